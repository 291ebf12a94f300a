-- What each program has counted of things that went wrong (wrong codes, uploaded bytes), for
-- the other programs on this database. Keys are hashes under a secret of the instance; rows
-- go when their time is over.
TABLE limit_share (
    agency_id ID NOT NULL,
    key_hash BYTES NOT NULL,
    program BYTES NOT NULL,
    times INT NOT NULL,
    ends_ms INT NOT NULL,
    last_ms INT NOT NULL,
    PRIMARY KEY (agency_id, key_hash, program)
);
