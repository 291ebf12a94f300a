-- Papers that go out: letters, decisions, certificates, notices. What is written in them is
-- sealed. "Issued" only with number and date; a certificate that was withdrawn stays.
TABLE letter (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    casefile_id ID NOT NULL,
    form TEXT NOT NULL,
    kind TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('draft', 'issued', 'withdrawn', 'dropped')),
    service TEXT NOT NULL,
    service_version INT NOT NULL,
    content BYTES NOT NULL,
    receipt_number TEXT NOT NULL,
    file_number TEXT NOT NULL,
    keep_years INT NOT NULL CHECK (keep_years >= 0),
    speed TEXT NOT NULL,
    secrecy TEXT NOT NULL,
    seal TEXT NOT NULL,
    copies INT NOT NULL CHECK (copies > 0),
    series TEXT NOT NULL,
    document_number TEXT NOT NULL,
    document_day INT NOT NULL,
    valid_until INT NOT NULL,
    scan_id ID NOT NULL,
    token_hash BYTES NOT NULL,
    token_sealed BYTES NOT NULL,
    made_by ID NOT NULL,
    made_ms INT NOT NULL,
    issued_by ID NOT NULL,
    issued_ms INT NOT NULL,
    withdrawn_ms INT NOT NULL,
    withdrawn_why BYTES NOT NULL,
    changes INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    CHECK (state IN ('draft', 'dropped') OR (document_number <> '' AND document_day > -2147483648))
);
INDEX letter_case ON letter (agency_id, casefile_id, id);
INDEX letter_state ON letter (agency_id, state, id);
INDEX letter_token ON letter (agency_id, token_hash) WHERE state IN ('issued', 'withdrawn');
INDEX letter_number ON letter (agency_id, document_number);

-- The last number of a series (字軌) in a year.
TABLE letter_series (
    agency_id ID NOT NULL,
    series TEXT NOT NULL,
    roc_year INT NOT NULL,
    last_number INT NOT NULL,
    PRIMARY KEY (agency_id, series, roc_year)
);

-- 用印登記: made when a letter is issued, completed by the seal keeper.
TABLE seal_use (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    letter_id ID NOT NULL,
    casefile_id ID NOT NULL,
    form TEXT NOT NULL,
    document_number TEXT NOT NULL,
    copies INT NOT NULL,
    seal TEXT NOT NULL,
    approved_by ID NOT NULL,
    made_by ID NOT NULL,
    made_ms INT NOT NULL,
    sealed_by ID NOT NULL,
    sealed_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    FOREIGN KEY (agency_id, letter_id) REFERENCES letter (agency_id, id)
);
INDEX seal_use_time ON seal_use (agency_id, made_ms);
INDEX seal_use_waiting ON seal_use (agency_id, id) WHERE sealed_ms = 0;
