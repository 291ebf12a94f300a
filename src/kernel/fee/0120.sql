-- Money: what is to be paid on a case, receipts, daily sheets, refunds, payments.
-- What is due, kept from the first act on it; until then it is reckoned from the definition.
TABLE fee_item (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
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
    -- 0: the rule of the definition.
    waived_by ID NOT NULL,
    waived_ms INT NOT NULL,
    -- The ground, sealed: free text of cases is personal.
    note BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, number),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id),
    CHECK (waived <= dollars * times)
);

-- 字軌: pre-numbered receipts of the treasury.
TABLE fee_series (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    code TEXT NOT NULL,
    digits INT NOT NULL CHECK (digits > 0),
    first_number INT NOT NULL CHECK (first_number > 0),
    last_number INT NOT NULL,
    -- Who takes the money: people at a counter, or the program when it came online.
    taker TEXT NOT NULL CHECK (taker IN ('people', 'program')),
    made_by ID NOT NULL,
    made_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, code),
    CHECK (first_number <= last_number)
);
-- A pad: a run of numbers given to one person (0: the program). What a returned pad had
-- left over goes to the next one.
TABLE fee_pad (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    series_id ID NOT NULL,
    first_number INT NOT NULL,
    last_number INT NOT NULL,
    staff_id ID NOT NULL,
    issued_by ID NOT NULL,
    issued_ms INT NOT NULL,
    returned_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    FOREIGN KEY (agency_id, series_id) REFERENCES fee_series (agency_id, id),
    CHECK (first_number <= last_number)
);
INDEX fee_pad_by_staff ON fee_pad (agency_id, staff_id, first_number) WHERE returned_ms = 0;
INDEX fee_pad_by_series ON fee_pad (agency_id, series_id, first_number);
-- How many receipts of a pad are written: numbers without a gap.
TABLE fee_pad_used (
    agency_id ID NOT NULL,
    pad_id ID NOT NULL,
    used INT NOT NULL,
    PRIMARY KEY (agency_id, pad_id)
);

-- What one person took on one day; sealed, then paid in by another.
TABLE fee_sheet (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    staff_id ID NOT NULL,
    sheet_day INT NOT NULL,
    turn INT NOT NULL CHECK (turn > 0),
    closed_by ID NOT NULL,
    closed_ms INT NOT NULL,
    cash_counted INT NOT NULL,
    cash_sum INT NOT NULL,
    other_sum INT NOT NULL,
    difference_why TEXT NOT NULL,
    -- The sheet as it was printed, sealed; the event has the hash.
    content BYTES NOT NULL,
    hash TEXT NOT NULL,
    -- 繳庫: '' not yet.
    slip_number TEXT NOT NULL,
    slip_day INT NOT NULL,
    slip_by ID NOT NULL,
    slip_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, staff_id, sheet_day, turn),
    -- Who takes the money is not the one who books it.
    CHECK (slip_by <> staff_id OR slip_by = 0)
);
INDEX fee_sheet_by_day ON fee_sheet (agency_id, sheet_day, id);
INDEX fee_sheet_waiting ON fee_sheet (agency_id, sheet_day) WHERE slip_number = '';

TABLE fee_receipt (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    series_id ID NOT NULL,
    pad_id ID NOT NULL,
    number INT NOT NULL,
    casefile_id ID NOT NULL,
    means TEXT NOT NULL CHECK (means IN ('cash', 'card', 'transfer', 'online')),
    dollars INT NOT NULL CHECK (dollars > 0),
    payer_masked TEXT NOT NULL,
    payer BYTES NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    receipt_day INT NOT NULL,
    reference TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('given', 'void')),
    void_by ID NOT NULL,
    void_ms INT NOT NULL,
    void_why TEXT NOT NULL,
    -- 0: on no daily sheet yet.
    sheet_id ID NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, series_id, number),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX fee_receipt_by_case ON fee_receipt (agency_id, casefile_id, id);
INDEX fee_receipt_open ON fee_receipt (agency_id, staff_id, id) WHERE sheet_id = 0;
INDEX fee_receipt_by_sheet ON fee_receipt (agency_id, sheet_id, id);
INDEX fee_receipt_by_pad ON fee_receipt (agency_id, pad_id, number);
TABLE fee_receipt_line (
    agency_id ID NOT NULL,
    receipt_id ID NOT NULL,
    place INT NOT NULL,
    fee_key TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('fee', 'fine')),
    what TEXT NOT NULL,
    dollars INT NOT NULL CHECK (dollars > 0),
    PRIMARY KEY (agency_id, receipt_id, place),
    FOREIGN KEY (agency_id, receipt_id) REFERENCES fee_receipt (agency_id, id)
);

-- What the accountant took over, month by month.
TABLE fee_month (
    agency_id ID NOT NULL,
    month_key TEXT NOT NULL,
    taken_by ID NOT NULL,
    taken_ms INT NOT NULL,
    content BYTES NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (agency_id, month_key)
);

TABLE fee_refund (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    receipt_id ID NOT NULL,
    casefile_id ID NOT NULL,
    dollars INT NOT NULL CHECK (dollars > 0),
    reason TEXT NOT NULL,
    note BYTES NOT NULL,
    level TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('asked', 'approved', 'refused', 'paid')),
    asked_by ID NOT NULL,
    asked_ms INT NOT NULL,
    decided_by ID NOT NULL,
    decided_ms INT NOT NULL,
    decision BYTES NOT NULL,
    paid_by ID NOT NULL,
    paid_ms INT NOT NULL,
    paid_reference TEXT NOT NULL,
    PRIMARY KEY (agency_id, id),
    FOREIGN KEY (agency_id, receipt_id) REFERENCES fee_receipt (agency_id, id),
    CHECK (decided_by <> asked_by OR decided_by = 0),
    CHECK (paid_by <> decided_by OR paid_by = 0)
);
INDEX fee_refund_by_receipt ON fee_refund (agency_id, receipt_id, id);
INDEX fee_refund_open ON fee_refund (agency_id, id) WHERE state IN ('asked', 'approved');

-- A payment on its way through a provider: online, or by transfer to an account number of
-- its own.
TABLE fee_payment (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    casefile_id ID NOT NULL,
    way TEXT NOT NULL CHECK (way IN ('online', 'transfer')),
    provider TEXT NOT NULL,
    dollars INT NOT NULL CHECK (dollars > 0),
    account TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('begun', 'paid', 'failed', 'expired', 'wrong')),
    reference TEXT NOT NULL,
    begun_ms INT NOT NULL,
    until_ms INT NOT NULL,
    -- When the provider is asked how it stands; each time later than before.
    ask_ms INT NOT NULL,
    asked INT NOT NULL,
    ended_ms INT NOT NULL,
    receipt_id ID NOT NULL,
    PRIMARY KEY (agency_id, id),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX fee_payment_by_case ON fee_payment (agency_id, casefile_id, id);
INDEX fee_payment_waiting ON fee_payment (agency_id, ask_ms) WHERE state = 'begun';
