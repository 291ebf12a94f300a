-- A word sealed with the first key: who opens the instance with another key is told at once.
-- A row of the whole instance (agency 1).
TABLE key_proof (
    agency_id ID NOT NULL,
    sealed BYTES NOT NULL,
    PRIMARY KEY (agency_id)
);
