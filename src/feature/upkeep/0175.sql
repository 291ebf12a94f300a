-- A service was looked at again: procedure, papers, limit, form. What was found, and when it
-- is looked at next. A later look is added, none is changed.
TABLE service_look (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    service TEXT NOT NULL,
    version INT NOT NULL CHECK (version > 0),
    finding TEXT NOT NULL CHECK (finding IN ('stays', 'changes')),
    found TEXT NOT NULL,
    next_day INT NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
INDEX service_look_by_service ON service_look (agency_id, service, id);
APPEND_ONLY service_look;
