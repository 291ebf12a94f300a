-- What was done without a case: short records (one stroke each) and counts brought in from
-- other systems. Nothing here is ever changed: what was wrong is taken back by a row with
-- the opposite count, so that sums are right by adding up. No personal data.
TABLE tally (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('short', 'brought')),
    service TEXT NOT NULL,
    service_version INT NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('done', 'not_done', 'passed_on')),
    -- a one-time notice was handed over
    told INT NOT NULL CHECK (told IN (0, 1)),
    channel TEXT NOT NULL,
    -- year * 12 + month - 1, western
    month INT NOT NULL,
    amount INT NOT NULL,
    -- which system it was counted in; '' here
    source TEXT NOT NULL,
    unit_id ID NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    -- the row that this one takes back; 0: none
    takes_back ID NOT NULL,
    PRIMARY KEY (agency_id, id),
    CHECK (kind = 'brought' OR amount = 1 OR (amount = -1 AND takes_back <> 0))
);
INDEX tally_by_month ON tally (agency_id, month, service);
-- What counts is taken back once. Queries repeat the condition word for word.
UNIQUE INDEX tally_taken_back ON tally (agency_id, takes_back) WHERE takes_back <> 0;
APPEND_ONLY tally;
