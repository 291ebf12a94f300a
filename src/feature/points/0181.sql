-- The list of a month (獎點月報): drawn up by one, approved by the head, then it goes round. What
-- stood on it is sealed; the event has its hash.
TABLE points_report (
    agency_id ID NOT NULL,
    month INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('drawn', 'approved', 'returned')),
    content BYTES NOT NULL,
    hash TEXT NOT NULL,
    drawn_by ID NOT NULL,
    drawn_ms INT NOT NULL,
    decided_by ID NOT NULL,
    decided_ms INT NOT NULL,
    -- Why it went back, sealed.
    note BYTES NOT NULL,
    -- The paper with which it went round; 0: it has not.
    circulation_id ID NOT NULL,
    PRIMARY KEY (agency_id, month)
);
