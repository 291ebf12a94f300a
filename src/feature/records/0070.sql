-- What government ethics found in a drawn reading. The greatest turn is in force; what was
-- found before stays. The note is sealed.
TABLE reading_look (
    agency_id ID NOT NULL,
    event_seq INT NOT NULL,
    turn INT NOT NULL CHECK (turn > 0),
    outcome TEXT NOT NULL CHECK (outcome IN ('in_order', 'ask')),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    note BYTES NOT NULL,
    PRIMARY KEY (agency_id, event_seq, turn)
);
