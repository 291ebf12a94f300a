-- How a case was taken in by a member of staff: beside the case, nothing personal but the
-- sealed reason for what could not be given.
TABLE intake_case (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    service TEXT NOT NULL,
    channel TEXT NOT NULL,
    by_agent INT NOT NULL CHECK (by_agent IN (0, 1)),
    -- by post: the day of the postmark, which is the day of filing (APA §49)
    filed_day INT NOT NULL,
    -- by telephone: called back by us, and how we made sure who it is
    called_back INT NOT NULL CHECK (called_back IN (0, 1)),
    identity TEXT NOT NULL,
    -- cross-office: where it was handed in, and when
    from_office TEXT NOT NULL,
    from_day INT NOT NULL,
    -- cases of one list have the same; 0: none
    list_id ID NOT NULL,
    -- the one-time notice that it came back from; 0: none
    notice_id ID NOT NULL,
    -- questions that could not be answered, keys with a blank between; why is sealed
    without TEXT NOT NULL,
    ground BYTES NOT NULL,
    -- taken in although something was missing
    incomplete INT NOT NULL CHECK (incomplete IN (0, 1)),
    unit_id ID NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX intake_case_by_time ON intake_case (agency_id, at_ms);
INDEX intake_case_by_list ON intake_case (agency_id, list_id) WHERE list_id <> 0;
APPEND_ONLY intake_case;

-- The papers as they were seen: original, copy, looked up, missing.
TABLE intake_paper (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    place INT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('paper', 'agent_paper', 'question')),
    key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('original', 'copy', 'looked_up', 'missing')),
    PRIMARY KEY (agency_id, casefile_id, place),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES intake_case (agency_id, casefile_id)
);
APPEND_ONLY intake_paper;
