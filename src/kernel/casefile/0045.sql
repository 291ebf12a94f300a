-- The whole flow: more states, and what the fold over the events keeps besides.
CHOICES casefile state ('received', 'in_work', 'sent_back', 'consulted', 'proposed',
    'submitted', 'decided', 'refused', 'not_admitted', 'issued', 'collected', 'closed',
    'withdrawn', 'transferred', 'merged');
-- Whose turn a proposal is; '': it does not wait.
COLUMN casefile waits_level TEXT NOT NULL DEFAULT '';
-- Levels a live proposal goes through, as bits.
COLUMN casefile path INT NOT NULL DEFAULT 0;
COLUMN casefile proposer_id ID NOT NULL DEFAULT 0;
COLUMN casefile four_eyes INT NOT NULL DEFAULT 0;
COLUMN casefile seals INT NOT NULL DEFAULT 0;
COLUMN casefile outcome TEXT NOT NULL DEFAULT '';
-- Units that were asked and have not answered, ids with a blank between.
COLUMN casefile consults TEXT NOT NULL DEFAULT '';
COLUMN casefile objected INT NOT NULL DEFAULT 0;
COLUMN casefile asked INT NOT NULL DEFAULT 0;
COLUMN casefile special INT NOT NULL DEFAULT 0;
-- due_day and control_day are what is late after them, for the lists: 2147483647 no term,
-- 2147483646 the clock stands still. What is shown: due_shown and control_shown.
COLUMN casefile due_shown INT NOT NULL DEFAULT 2147483647;
COLUMN casefile control_day INT NOT NULL DEFAULT 2147483647;
COLUMN casefile control_shown INT NOT NULL DEFAULT 2147483647;
UPDATE casefile SET due_shown = due_day;

-- What was proposed and decided before these columns were there, out of the events.
UPDATE casefile SET seals = (SELECT COUNT(*) FROM event e
    WHERE e.agency_id = casefile.agency_id AND e.subject_id = casefile.id
    AND e.kind IN ('case.proposed', 'case.decided'));
UPDATE casefile SET outcome = 'grant' WHERE seals > 0 AND is_granted = 1;
UPDATE casefile SET outcome = 'refuse' WHERE seals > 0 AND is_granted = 0;
UPDATE casefile SET proposer_id = (SELECT e.actor_id FROM event e
    WHERE e.agency_id = casefile.agency_id AND e.subject_id = casefile.id
    AND e.kind = 'case.proposed' ORDER BY e.seq DESC LIMIT 1) WHERE seals > 0;
UPDATE casefile SET waits_level = level, path = 2
    WHERE state = 'proposed' AND level = 'unit_head';
UPDATE casefile SET waits_level = level, path = 4
    WHERE state = 'proposed' AND level = 'secretary';
UPDATE casefile SET waits_level = level, path = 8
    WHERE state = 'proposed' AND level = 'head';

DROP_INDEX casefile_to_decide;
INDEX casefile_waits ON casefile (agency_id, waits_level, due_day, id, unit_id, state)
    WHERE waits_level <> '';
INDEX casefile_control ON casefile (agency_id, control_day, id, unit_id, state, is_open)
    WHERE is_open = 1;

-- The clocks of a case: rule as canonical JSON, when it started, how it stands.
TABLE case_clock (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('statutory', 'control', 'consult', 'study')),
    number INT NOT NULL,
    rule TEXT NOT NULL,
    started_ms INT NOT NULL,
    due_day INT NOT NULL,
    due_ms INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('running', 'paused', 'ended')),
    extended INT NOT NULL,
    ended_ms INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, kind, number),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
-- Its pauses and extensions, in the order in which they happened.
TABLE case_clock_span (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    kind TEXT NOT NULL,
    number INT NOT NULL,
    place INT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('pause', 'extend')),
    -- pause: ground; extend: unit of its length
    what TEXT NOT NULL,
    value INT NOT NULL,
    from_ms INT NOT NULL,
    until_ms INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, kind, number, place),
    FOREIGN KEY (agency_id, casefile_id, kind, number)
        REFERENCES case_clock (agency_id, casefile_id, kind, number)
);
-- Warned and told once for each due date.
TABLE case_told (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('warned', 'overdue')),
    due_day INT NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, kind, due_day),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
-- What the applicant must supply, exactly: a question of the form, or a paper of the list.
TABLE case_wanted (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    changes INT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('question', 'paper')),
    key TEXT NOT NULL,
    until_day INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, changes, kind, key),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
-- Cases that belong together: split from, merged into.
TABLE case_link (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    other_id ID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('split', 'merged')),
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, other_id, kind),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id),
    FOREIGN KEY (agency_id, other_id) REFERENCES casefile (agency_id, id)
);
INDEX case_link_back ON case_link (agency_id, other_id);
-- Sealed pieces of a refusal: facts, reasons, law, remedy, term, authority; and former values
-- of what was corrected. `changes` is that of the act.
TABLE case_ground (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    changes INT NOT NULL,
    sealed BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, changes),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
