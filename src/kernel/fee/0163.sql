-- (Behind 0160: a stroke is a tally.)
-- Money of what is done in two keys, without a case: its receipts stand in the same series and
-- on the same sheets as all others.
OPTIONAL fee_receipt casefile_id ID;
-- The stroke that was paid for; NULL: a receipt of a case.
COLUMN fee_receipt stroke_id ID;
INDEX fee_receipt_by_stroke ON fee_receipt (agency_id, stroke_id, id) WHERE stroke_id > 0;

-- What was to be paid for one stroke, as the clerk said it: how many, what is waived. It is
-- written anew when a void receipt is followed by another.
TABLE fee_stroke_item (
    agency_id ID NOT NULL,
    stroke_id ID NOT NULL,
    number INT NOT NULL CHECK (number > 0),
    fee_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('fee', 'fine')),
    -- Texts by language, as JSON.
    what TEXT NOT NULL,
    law TEXT NOT NULL,
    dollars INT NOT NULL CHECK (dollars >= 0),
    times INT NOT NULL CHECK (times >= 0),
    waived INT NOT NULL CHECK (waived >= 0),
    waiver TEXT NOT NULL,
    waiver_what TEXT NOT NULL,
    -- Who said so, and when.
    waived_by ID NOT NULL,
    waived_ms INT NOT NULL,
    PRIMARY KEY (agency_id, stroke_id, number),
    FOREIGN KEY (agency_id, stroke_id) REFERENCES tally (agency_id, id),
    CHECK (waived <= dollars * times)
);
