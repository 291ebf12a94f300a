-- The tables of 分案 with the day from which a line holds: of a key, the newest that has begun
-- is in force. staff_id 0: from then on nobody; the one with the fewest open cases gets it.
-- A single day of the roster (2026-03-02) holds from the first, since_day 0.
TABLE case_assign_line (
    agency_id ID NOT NULL,
    unit_id ID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('village', 'roster')),
    key TEXT NOT NULL,
    since_day INT NOT NULL,
    staff_id ID NOT NULL,
    by_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, unit_id, kind, key, since_day),
    FOREIGN KEY (agency_id, unit_id) REFERENCES unit (agency_id, id)
);
INSERT INTO case_assign_line (agency_id, unit_id, kind, key, since_day, staff_id, by_id, at_ms)
    SELECT agency_id, unit_id, kind, key, 0, staff_id, 0, 0 FROM case_assign;
DELETE FROM case_assign;

-- Who may propose, as the authority table said when the case came.
COLUMN casefile proposes TEXT NOT NULL DEFAULT 'officer';
