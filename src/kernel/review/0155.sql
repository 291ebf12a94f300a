-- What a review found in a case. The greatest turn is in force; what was found before stays.
TABLE review (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    turn INT NOT NULL CHECK (turn > 0),
    outcome TEXT NOT NULL CHECK (outcome IN ('in_order', 'finding', 'corrected')),
    is_drawn INT NOT NULL CHECK (is_drawn IN (0, 1)),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    note BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, turn),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX review_by_time ON review (agency_id, at_ms);

-- The person was told what was recorded, and says whether it is right (主動通知及確認).
TABLE review_confirm (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    unit_id ID NOT NULL,
    asked_ms INT NOT NULL,
    answer TEXT NOT NULL CHECK (answer IN ('', 'right', 'wrong')),
    answered_ms INT NOT NULL,
    said BYTES NOT NULL,
    is_open INT NOT NULL CHECK (is_open IN (0, 1)),
    settled_by ID NOT NULL,
    settled_ms INT NOT NULL,
    is_corrected INT NOT NULL CHECK (is_corrected IN (0, 1)),
    settled BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
INDEX review_confirm_open ON review_confirm (agency_id, answered_ms) WHERE is_open = 1;
INDEX review_confirm_by_time ON review_confirm (agency_id, asked_ms);
