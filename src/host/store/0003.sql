-- Several programs on one database.

-- The pulse of a program: a number that it raises every two seconds, by which it knows how
-- far behind a standby is.
COLUMN node_lease pulse INT NOT NULL DEFAULT 0;

-- What has changed for those who keep something made from it, in the order of COMMIT: gap-free
-- by agency, so that who comes back sees whether he has missed something. Pruned after an hour.
TABLE topic_head (
    agency_id ID NOT NULL,
    seq INT NOT NULL,
    PRIMARY KEY (agency_id)
);
TABLE topic_change (
    agency_id ID NOT NULL,
    seq INT NOT NULL CHECK (seq > 0),
    at_ms INT NOT NULL,
    slots BYTES NOT NULL,
    PRIMARY KEY (agency_id, seq)
);

-- Which program runs a job. Void when the program's node number is no longer its own.
TABLE job_lease (
    agency_id ID NOT NULL,
    name TEXT NOT NULL,
    holder TEXT NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, name)
);
