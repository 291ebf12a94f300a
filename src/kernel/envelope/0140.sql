-- What goes signed from agency to agency: a row at the sender and a row at the receiver, under
-- one uid. Content is in the steps, sealed; `subject` is a line without names.
TABLE envelope (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    uid TEXT NOT NULL,
    is_out INT NOT NULL CHECK (is_out IN (0, 1)),
    kind TEXT NOT NULL CHECK (kind IN ('transfer', 'referral', 'intake', 'query')),
    state TEXT NOT NULL CHECK (state IN ('sent', 'received', 'refused', 'answered')),
    -- 0: of another installation, by file.
    other_agency INT NOT NULL,
    other_key TEXT NOT NULL,
    other_name TEXT NOT NULL,
    other_public BYTES NOT NULL,
    unit_id INT NOT NULL,
    casefile_id INT NOT NULL,
    subject TEXT NOT NULL,
    case_number TEXT NOT NULL,
    persons INT NOT NULL,
    reply_day INT NOT NULL,
    sent_ms INT NOT NULL,
    ended_ms INT NOT NULL,
    changes INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    -- Exactly once, however often it is brought.
    UNIQUE (agency_id, uid)
);
INDEX envelope_by_side ON envelope (agency_id, is_out, id);
INDEX envelope_by_case ON envelope (agency_id, casefile_id, id) WHERE casefile_id > 0;

-- Each step with its signed words; sent, received, refused, answered come once each.
TABLE envelope_step (
    agency_id ID NOT NULL,
    envelope_id ID NOT NULL,
    step TEXT NOT NULL CHECK (step IN ('sent', 'received', 'refused', 'answered')),
    is_own INT NOT NULL CHECK (is_own IN (0, 1)),
    at_ms INT NOT NULL,
    staff_id INT NOT NULL,
    body BYTES NOT NULL,
    signature BYTES NOT NULL,
    hash BYTES NOT NULL,
    -- 0 brought, or not ours; 1 to be brought to another agency here; 2 by file.
    carry INT NOT NULL CHECK (carry IN (0, 1, 2)),
    PRIMARY KEY (agency_id, envelope_id, step),
    FOREIGN KEY (agency_id, envelope_id) REFERENCES envelope (agency_id, id)
);
-- Queries repeat the condition word for word.
INDEX envelope_carry ON envelope_step (agency_id, envelope_id, step) WHERE carry = 1;

-- The persons of a list, and what is answered about each. `blind` finds one person again.
TABLE envelope_line (
    agency_id ID NOT NULL,
    envelope_id ID NOT NULL,
    number INT NOT NULL CHECK (number > 0),
    person BYTES NOT NULL,
    masked TEXT NOT NULL,
    blind BYTES NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('', 'found', 'nothing', 'unknown')),
    answer BYTES NOT NULL,
    answered_by INT NOT NULL,
    answered_ms INT NOT NULL,
    PRIMARY KEY (agency_id, envelope_id, number),
    FOREIGN KEY (agency_id, envelope_id) REFERENCES envelope (agency_id, id)
);
INDEX envelope_line_by_person ON envelope_line (agency_id, blind, envelope_id);

-- Agencies of other installations whose key was compared with theirs.
TABLE envelope_partner (
    agency_id ID NOT NULL,
    public_key BYTES NOT NULL,
    key TEXT NOT NULL,
    name TEXT NOT NULL,
    since_ms INT NOT NULL,
    added_by INT NOT NULL,
    PRIMARY KEY (agency_id, public_key)
);

-- Envelopes whose content a session may see until then.
TABLE envelope_shown (
    agency_id ID NOT NULL,
    session_id INT NOT NULL,
    envelope_id ID NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, session_id, envelope_id)
);
