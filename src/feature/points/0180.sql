-- Points per kind of case (獎點): off unless the head switches them on, from a day on.
TABLE points_switch (
    agency_id ID NOT NULL,
    since_day INT NOT NULL,
    is_on INT NOT NULL CHECK (is_on IN (0, 1)),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, since_day)
);
-- How many for a decided case of a service, and what a hard one weighs in percent; proposed by
-- one, approved by the head, in force from a day on.
TABLE points_rate (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    service TEXT NOT NULL,
    points INT NOT NULL CHECK (points >= 0),
    hard_percent INT NOT NULL CHECK (hard_percent >= 100),
    since_day INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('proposed', 'approved', 'refused')),
    proposed_by ID NOT NULL,
    proposed_ms INT NOT NULL,
    decided_by ID NOT NULL,
    decided_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
INDEX points_rate_by_service ON points_rate (agency_id, service, since_day);
-- A colleague says that his count is wrong; what he writes is sealed. delta: points added or
-- taken away when it was granted.
TABLE points_objection (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    staff_id ID NOT NULL,
    unit_id ID NOT NULL,
    month INT NOT NULL,
    reason BYTES NOT NULL,
    at_ms INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('open', 'granted', 'refused')),
    delta INT NOT NULL,
    answer BYTES NOT NULL,
    answered_by ID NOT NULL,
    answered_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
INDEX points_objection_of ON points_objection (agency_id, month, staff_id);
