-- The outbox: what must be told to somebody. `say` is the id of the words with their values.
TABLE notice (
    agency_id ID NOT NULL,
    subject_id ID NOT NULL,
    number INT NOT NULL CHECK (number > 0),
    kind TEXT NOT NULL,
    say TEXT NOT NULL,
    changes INT NOT NULL,
    channels INT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'failed')),
    at_ms INT NOT NULL,
    sent_ms INT NOT NULL,
    PRIMARY KEY (agency_id, subject_id, number)
);
-- Queries repeat the condition word for word.
INDEX notice_waiting ON notice (agency_id, at_ms, subject_id, number) WHERE state = 'waiting';
