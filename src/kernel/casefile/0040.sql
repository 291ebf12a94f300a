-- Cases. The row of a case is what the fold over its events gives (flow.h).
TABLE casefile (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    number TEXT NOT NULL,
    service TEXT NOT NULL,
    service_version INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('received', 'in_work', 'sent_back', 'proposed',
        'decided', 'refused', 'issued', 'collected', 'closed', 'withdrawn')),
    channel TEXT NOT NULL,
    unit_id ID NOT NULL,
    officer_id ID NOT NULL,
    received_ms INT NOT NULL,
    -- 2147483647: no term, so that these come last.
    due_day INT NOT NULL,
    decided_ms INT NOT NULL,
    closed_ms INT NOT NULL,
    level TEXT NOT NULL,
    is_granted INT NOT NULL CHECK (is_granted IN (0, 1)),
    document_number TEXT NOT NULL,
    document_day INT NOT NULL,
    applicant_masked TEXT NOT NULL,
    applicant_question TEXT NOT NULL,
    -- For the salted hash of the answers in the event; without it the hash tells nothing.
    salt BYTES NOT NULL,
    code_hash BYTES NOT NULL,
    code_sealed BYTES NOT NULL,
    changes INT NOT NULL CHECK (changes > 0),
    is_open INT NOT NULL CHECK (is_open IN (0, 1)),
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, number),
    FOREIGN KEY (agency_id, unit_id) REFERENCES unit (agency_id, id),
    -- Issued is true only when number and date are there.
    CHECK (state <> 'issued' OR document_number <> '')
);
-- Worklists: queries repeat the condition word for word.
INDEX casefile_open_by_unit ON casefile (agency_id, unit_id, due_day, id) WHERE is_open = 1;
INDEX casefile_open_by_officer ON casefile (agency_id, officer_id, due_day, id)
    WHERE is_open = 1;
INDEX casefile_proposed ON casefile (agency_id, level, due_day, id) WHERE state = 'proposed';

-- What was answered: as JSON where it is not personal, else sealed with its masked form.
TABLE case_answer (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    question TEXT NOT NULL,
    place INT NOT NULL,
    plain TEXT NOT NULL,
    masked TEXT NOT NULL,
    sealed BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, question),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);

-- Blind index: a value finds its cases and is not told.
TABLE case_find (
    agency_id ID NOT NULL,
    kind TEXT NOT NULL,
    blind BYTES NOT NULL,
    casefile_id ID NOT NULL,
    question TEXT NOT NULL,
    PRIMARY KEY (agency_id, kind, blind, casefile_id, question)
);

-- A file belongs to one case.
TABLE case_file (
    agency_id ID NOT NULL,
    file_id ID NOT NULL,
    casefile_id ID NOT NULL,
    question TEXT NOT NULL,
    PRIMARY KEY (agency_id, file_id),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX case_file_by_case ON case_file (agency_id, casefile_id);

-- Free text of a case is personal: sealed. `changes` is that of the act it came with.
TABLE case_note (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    changes INT NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    sealed BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, changes),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);

-- The last serial number of an office in a ROC year.
TABLE case_serial (
    agency_id ID NOT NULL,
    roc_year INT NOT NULL,
    last_serial INT NOT NULL,
    PRIMARY KEY (agency_id, roc_year)
);

-- A submission that came before gives its first receipt again.
TABLE case_submission (
    agency_id ID NOT NULL,
    token BYTES NOT NULL,
    casefile_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, token)
);

-- Cases whose personal data a session may see until then.
TABLE case_shown (
    agency_id ID NOT NULL,
    session_id ID NOT NULL,
    casefile_id ID NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, session_id, casefile_id)
);
