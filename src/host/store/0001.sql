-- The store's own tables.

-- Which migrations this database has had.
TABLE migration (
    agency_id ID NOT NULL,
    number INT NOT NULL,
    name TEXT NOT NULL,
    hash BYTES NOT NULL,
    applied_ms INT NOT NULL,
    PRIMARY KEY (agency_id, number)
);

-- One row for the instance (agency 1): the greatest id that any kept row has had, so that
-- ids never go back although the clock may; and a number that each group of commits raises,
-- so that after a failed COMMIT the writer can see whether the group is in.
TABLE store_mark (
    agency_id ID NOT NULL,
    greatest_id ID NOT NULL,
    groups_kept INT NOT NULL,
    PRIMARY KEY (agency_id)
);
INSERT INTO store_mark (agency_id, greatest_id, groups_kept) VALUES (1, 0, 0);

-- The end of each agency's chain of events.
TABLE agency_head (
    agency_id ID NOT NULL,
    seq INT NOT NULL,
    hash BYTES NOT NULL,
    PRIMARY KEY (agency_id)
);

-- What happened. hash = SHA-256(hash before | canonical event), see chain.c.
TABLE event (
    agency_id ID NOT NULL,
    seq INT NOT NULL CHECK (seq > 0),
    at_ms INT NOT NULL,
    actor_id ID NOT NULL,
    subject_id ID NOT NULL,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    hash BYTES NOT NULL,
    PRIMARY KEY (agency_id, seq)
);
INDEX event_by_subject ON event (agency_id, subject_id, seq);
APPEND_ONLY event;

-- Which program holds which node number (ten bits of every id).
TABLE node_lease (
    agency_id ID NOT NULL,
    node INT NOT NULL CHECK (node BETWEEN 0 AND 1023),
    holder TEXT NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, node)
);
