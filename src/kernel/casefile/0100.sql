-- Papers that came, one row each time: with the application as they were seen, or later by
-- hand. `changes` is that of the act; 1: with the application.
TABLE case_paper (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    changes INT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('paper', 'question')),
    key TEXT NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('original', 'copy', 'looked_up', 'missing')),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, changes, kind, key),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
APPEND_ONLY case_paper;
