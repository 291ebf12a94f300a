-- Official calendars that were brought in (rows of the city), as they were: of each year the
-- newest import holds. Only the days that differ from the plain week, or have a name.
TABLE calendar_import (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    year INT NOT NULL,
    file TEXT NOT NULL,
    hash BYTES NOT NULL,
    is_revised INT NOT NULL CHECK (is_revised IN (0, 1)),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
APPEND_ONLY calendar_import;
TABLE calendar_day (
    agency_id ID NOT NULL,
    import_id ID NOT NULL,
    day INT NOT NULL,
    is_open INT NOT NULL CHECK (is_open IN (0, 1)),
    name TEXT NOT NULL,
    PRIMARY KEY (agency_id, import_id, day),
    FOREIGN KEY (agency_id, import_id) REFERENCES calendar_import (agency_id, id)
);
APPEND_ONLY calendar_day;

-- Hours of a day on which the city's offices, or one office, are shut. Never taken out: what
-- became of it are its steps, and the last one holds.
TABLE closure (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    day INT NOT NULL,
    from_minute INT NOT NULL CHECK (from_minute >= 0),
    until_minute INT NOT NULL CHECK (until_minute > from_minute AND until_minute <= 1440),
    reason TEXT NOT NULL,
    source TEXT NOT NULL CHECK (source IN ('hand', 'feed')),
    -- What the feed calls it; the same message twice is one row.
    source_key TEXT NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
APPEND_ONLY closure;
UNIQUE INDEX closure_of_feed ON closure (agency_id, source_key) WHERE source = 'feed';
TABLE closure_step (
    agency_id ID NOT NULL,
    closure_id ID NOT NULL,
    number INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'holds', 'withdrawn', 'refused',
        'doubted')),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, closure_id, number),
    FOREIGN KEY (agency_id, closure_id) REFERENCES closure (agency_id, id)
);
APPEND_ONLY closure_step;

-- The calendar of an office has changed on these days: its running cases are gone through in
-- order of id, `after_id` the last one seen.
TABLE calendar_change (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    first_day INT NOT NULL,
    last_day INT NOT NULL,
    reason TEXT NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    after_id ID NOT NULL,
    seen INT NOT NULL,
    moved INT NOT NULL,
    done_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
INDEX calendar_change_open ON calendar_change (agency_id, id) WHERE done_ms = 0;
