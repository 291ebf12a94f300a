-- Offices and their people.

-- The tenants. They are rows of the whole instance, so agency_id is 1 (the city's).
TABLE agency (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    key TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_ja TEXT NOT NULL,
    short_zh TEXT NOT NULL,
    short_en TEXT NOT NULL,
    short_ja TEXT NOT NULL,
    city_zh TEXT NOT NULL,
    city_en TEXT NOT NULL,
    city_ja TEXT NOT NULL,
    address_zh TEXT NOT NULL,
    address_en TEXT NOT NULL,
    address_ja TEXT NOT NULL,
    hours_zh TEXT NOT NULL,
    hours_en TEXT NOT NULL,
    hours_ja TEXT NOT NULL,
    telephone TEXT NOT NULL,
    email TEXT NOT NULL,
    map_url TEXT NOT NULL,
    case_prefix TEXT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, key),
    CHECK (agency_id = 1)
);

TABLE unit (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    key TEXT NOT NULL,
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_ja TEXT NOT NULL,
    telephone TEXT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, key)
);

TABLE staff (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    unit_id ID NOT NULL,
    deputy_id ID NOT NULL,
    sign_name TEXT NOT NULL,
    name TEXT NOT NULL,
    title TEXT NOT NULL,
    telephone TEXT NOT NULL,
    is_active INT NOT NULL CHECK (is_active IN (0, 1)),
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, sign_name),
    FOREIGN KEY (agency_id, unit_id) REFERENCES unit (agency_id, id)
);
INDEX staff_by_deputy ON staff (agency_id, deputy_id) WHERE deputy_id <> 0;

-- A duty from a day to a day, both included; 2147483647: no end known.
TABLE staff_duty (
    agency_id ID NOT NULL,
    staff_id ID NOT NULL,
    duty TEXT NOT NULL,
    since_day INT NOT NULL,
    until_day INT NOT NULL,
    PRIMARY KEY (agency_id, staff_id, duty, since_day),
    FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id),
    CHECK (until_day >= since_day)
);

TABLE staff_absence (
    agency_id ID NOT NULL,
    staff_id ID NOT NULL,
    from_day INT NOT NULL,
    to_day INT NOT NULL,
    PRIMARY KEY (agency_id, staff_id, from_day),
    FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id),
    CHECK (to_day >= from_day)
);

-- Argon2id hashes; the greatest turn is in force, the three newest are remembered.
TABLE staff_password (
    agency_id ID NOT NULL,
    staff_id ID NOT NULL,
    turn INT NOT NULL,
    stored TEXT NOT NULL,
    set_ms INT NOT NULL,
    PRIMARY KEY (agency_id, staff_id, turn),
    FOREIGN KEY (agency_id, staff_id) REFERENCES staff (agency_id, id)
);
