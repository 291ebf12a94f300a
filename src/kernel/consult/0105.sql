-- Questions to other units about a case. due_day 2147483647: no term.
TABLE consult (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    number INT NOT NULL CHECK (number > 0),
    unit_id ID NOT NULL,
    asked_by ID NOT NULL,
    asked_ms INT NOT NULL,
    asked_changes INT NOT NULL,
    due_day INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'answered', 'waived')),
    agrees INT NOT NULL CHECK (agrees IN (0, 1)),
    answered_by ID NOT NULL,
    answered_ms INT NOT NULL,
    answered_changes INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, number),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id),
    FOREIGN KEY (agency_id, unit_id) REFERENCES unit (agency_id, id)
);
-- What waits for a unit; queries repeat the condition word for word.
INDEX consult_asked ON consult (agency_id, unit_id, due_day, casefile_id, number)
    WHERE state = 'asked';
