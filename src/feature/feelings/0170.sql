-- How it felt (心情寫照): one for a case and the step it was at; a later tap replaces it.
-- Nobody of the staff is in it but the chief who took a bad one up.
TABLE feeling (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    step TEXT NOT NULL,
    id ID NOT NULL,
    place TEXT NOT NULL CHECK (place IN ('progress', 'pickup')),
    service TEXT NOT NULL,
    unit_id ID NOT NULL,
    face INT NOT NULL CHECK (face BETWEEN 1 AND 5),
    word BYTES NOT NULL,
    at_ms INT NOT NULL,
    changes INT NOT NULL,
    is_open INT NOT NULL CHECK (is_open IN (0, 1)),
    taken_by ID NOT NULL,
    taken_ms INT NOT NULL,
    answer BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, step),
    UNIQUE (agency_id, id)
);
-- Queries repeat the condition word for word.
INDEX feeling_open ON feeling (agency_id, at_ms) WHERE is_open = 1;
INDEX feeling_by_service ON feeling (agency_id, service, at_ms);
