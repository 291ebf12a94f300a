-- What somebody has typed so far, sealed; found by the hash of the cookie's token, gone
-- after a day. `reached`: how many steps are done. `case_number`: it has been sent.
TABLE apply_draft (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    token_hash BYTES NOT NULL,
    service TEXT NOT NULL,
    service_version INT NOT NULL,
    reached INT NOT NULL,
    answers BYTES NOT NULL,
    case_number TEXT NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, token_hash)
);
INDEX apply_draft_until ON apply_draft (until_ms);
