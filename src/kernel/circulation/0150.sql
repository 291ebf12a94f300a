-- What goes round in an office (傳閱). The text is sealed; link and file may be missing.
TABLE circulation (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    sealed BYTES NOT NULL,
    link TEXT NOT NULL,
    file_id INT NOT NULL,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    due_day INT NOT NULL,
    sender_id ID NOT NULL,
    at_ms INT NOT NULL,
    readers INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
INDEX circulation_by_sender ON circulation (agency_id, sender_id, id);

-- To whom, and when he marked it read; 0: not yet.
TABLE circulation_reader (
    agency_id ID NOT NULL,
    circulation_id ID NOT NULL,
    staff_id ID NOT NULL,
    unit_id ID NOT NULL,
    read_ms INT NOT NULL,
    PRIMARY KEY (agency_id, circulation_id, staff_id),
    FOREIGN KEY (agency_id, circulation_id) REFERENCES circulation (agency_id, id)
);
-- Queries repeat the condition word for word.
INDEX circulation_unread ON circulation_reader (agency_id, staff_id, circulation_id)
    WHERE read_ms = 0;
INDEX circulation_by_reader ON circulation_reader (agency_id, staff_id, circulation_id);
