-- Who is signed in, one-time links, failures. Sessions and links are rows of the whole
-- instance (agency 1); office_id is where the person works.
TABLE session (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    token_hash BYTES NOT NULL,
    office_id ID NOT NULL,
    staff_id ID NOT NULL,
    began_ms INT NOT NULL,
    seen_ms INT NOT NULL,
    form_token TEXT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, token_hash)
);

TABLE one_time_link (
    agency_id ID NOT NULL,
    token_hash BYTES NOT NULL,
    purpose TEXT NOT NULL CHECK (purpose IN ('password', 'setup')),
    office_id ID NOT NULL,
    staff_id ID NOT NULL,
    until_ms INT NOT NULL,
    used_ms INT NOT NULL,
    PRIMARY KEY (agency_id, token_hash)
);

TABLE signin_failure (
    agency_id ID NOT NULL,
    sign_name TEXT NOT NULL,
    failures INT NOT NULL,
    last_ms INT NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, sign_name)
);
