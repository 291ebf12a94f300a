-- One-time notices (一次告知單): handed over before anything is accepted. No case, no clock.
TABLE once_notice (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    number TEXT NOT NULL,
    -- of the code that goes on with the draft: keyed hash, and sealed to print it again
    code_hash BYTES NOT NULL,
    code_sealed BYTES NOT NULL,
    service TEXT NOT NULL,
    service_version INT NOT NULL,
    -- the law articles that it rests on, as they stood, one a line
    law TEXT NOT NULL,
    channel TEXT NOT NULL,
    by_agent INT NOT NULL CHECK (by_agent IN (0, 1)),
    lang TEXT NOT NULL,
    unit_id ID NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, number),
    UNIQUE (agency_id, code_hash)
);
INDEX once_notice_by_time ON once_notice (agency_id, at_ms);
APPEND_ONLY once_notice;

-- What was missing: a paper of the list, one of an agent, or an answer of the form.
TABLE once_missing (
    agency_id ID NOT NULL,
    notice_id ID NOT NULL,
    place INT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('paper', 'agent_paper', 'question')),
    key TEXT NOT NULL,
    PRIMARY KEY (agency_id, notice_id, place),
    FOREIGN KEY (agency_id, notice_id) REFERENCES once_notice (agency_id, id)
);
APPEND_ONLY once_missing;

-- What had been typed, sealed; taken out when its time is over.
TABLE once_draft (
    agency_id ID NOT NULL,
    notice_id ID NOT NULL,
    answers BYTES NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, notice_id),
    FOREIGN KEY (agency_id, notice_id) REFERENCES once_notice (agency_id, id)
);
INDEX once_draft_until ON once_draft (until_ms);

-- It came back complete, once: at the counter or on line, and became a case.
TABLE once_back (
    agency_id ID NOT NULL,
    notice_id ID NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('counter', 'online')),
    casefile_id ID NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, notice_id),
    FOREIGN KEY (agency_id, notice_id) REFERENCES once_notice (agency_id, id)
);
APPEND_ONLY once_back;

-- Who has taken up a draft: it is open to him until then.
TABLE once_reading (
    agency_id ID NOT NULL,
    notice_id ID NOT NULL,
    session_id ID NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, notice_id, session_id)
);

-- The last number of an office in a ROC year.
TABLE once_serial (
    agency_id ID NOT NULL,
    roc_year INT NOT NULL,
    last_serial INT NOT NULL,
    PRIMARY KEY (agency_id, roc_year)
);
