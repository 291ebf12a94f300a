-- What stood in an answer before the applicant supplied another, or a field was corrected on
-- his word: as sealed as it was. `changes` is that of the act.
TABLE case_former (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    changes INT NOT NULL,
    question TEXT NOT NULL,
    plain TEXT NOT NULL,
    masked TEXT NOT NULL,
    sealed BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, changes, question),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
-- Hard cases: a question to the law study group (the note of the act that asked), and what
-- the next clerk should know, without anything personal.
TABLE case_study (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    asked_changes INT NOT NULL,
    service TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'instructed', 'answered')),
    lesson TEXT NOT NULL,
    asked_ms INT NOT NULL,
    answered_ms INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, asked_changes),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX case_study_of_service ON case_study (agency_id, service, answered_ms)
    WHERE state = 'answered';
INDEX case_study_open ON case_study (agency_id, asked_ms) WHERE state <> 'answered';
-- What was decided, by time, and whether in time; special cases. For the head's page.
INDEX casefile_decided ON casefile (agency_id, decided_ms, due_shown, unit_id)
    WHERE decided_ms > 0;
INDEX casefile_special ON casefile (agency_id, id) WHERE special = 1;
-- Who takes up new cases of a unit (分案): of a village, or on a day (2026-03-02, or 1 to 5
-- for Monday to Friday).
TABLE case_assign (
    agency_id ID NOT NULL,
    unit_id ID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('village', 'roster')),
    key TEXT NOT NULL,
    staff_id ID NOT NULL,
    PRIMARY KEY (agency_id, unit_id, kind, key),
    FOREIGN KEY (agency_id, unit_id) REFERENCES unit (agency_id, id)
);
