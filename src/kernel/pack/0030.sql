-- Definitions as they were published: a version is never changed, a change is the next one.
TABLE definition (
    agency_id ID NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    version INT NOT NULL CHECK (version >= 1),
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    published_ms INT NOT NULL,
    staff_id ID NOT NULL,
    PRIMARY KEY (agency_id, kind, key, version)
);
APPEND_ONLY definition;
