-- Definitions of a pack that lie ready until the office publishes them.
TABLE definition_ready (
    agency_id ID NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    source TEXT NOT NULL,
    file TEXT NOT NULL,
    PRIMARY KEY (agency_id, kind, key)
);
