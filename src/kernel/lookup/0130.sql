-- Look-ups in registers of others, in place of a paper the applicant would bring.
TABLE lookup (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    casefile_id ID NOT NULL,
    register_key TEXT NOT NULL,
    -- The paper of the definition it stands for; '' none.
    paper TEXT NOT NULL,
    purpose TEXT NOT NULL,
    -- Who or what was asked about: sealed, with its mask; the question it came from.
    question TEXT NOT NULL,
    subject_masked TEXT NOT NULL,
    subject BYTES NOT NULL,
    how TEXT NOT NULL CHECK (how IN ('simulator', 'gateway', 'hand')),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    month_key TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'found', 'nothing', 'failed')),
    -- When it is asked (again), and how often it was.
    ask_ms INT NOT NULL,
    asked INT NOT NULL,
    -- Why no answer came the last time; '' one came, or it was not asked yet.
    fault TEXT NOT NULL,
    ended_ms INT NOT NULL,
    -- Number of the other system.
    reference TEXT NOT NULL,
    -- What came back: sealed; the event has the salted hash.
    answer BYTES NOT NULL,
    PRIMARY KEY (agency_id, id),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX lookup_by_case ON lookup (agency_id, casefile_id, id);
INDEX lookup_waiting ON lookup (agency_id, ask_ms) WHERE state = 'asked';
INDEX lookup_by_month ON lookup (agency_id, month_key, id);
-- What government ethics found in a drawn look-up; the greatest turn is in force.
TABLE lookup_audit (
    agency_id ID NOT NULL,
    lookup_id ID NOT NULL,
    turn INT NOT NULL CHECK (turn > 0),
    outcome TEXT NOT NULL CHECK (outcome IN ('in_order', 'ask')),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    note BYTES NOT NULL,
    PRIMARY KEY (agency_id, lookup_id, turn),
    FOREIGN KEY (agency_id, lookup_id) REFERENCES lookup (agency_id, id)
);
