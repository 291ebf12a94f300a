-- What hangs where: 張貼紀錄. A sheet is that of a service (guide, sop-counter …), the table
-- of fees, or a poster of the office's own. Taken down rows stay.
TABLE posting (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    service TEXT NOT NULL,
    sheet TEXT NOT NULL,
    title TEXT NOT NULL,
    version INT NOT NULL,
    place TEXT NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    photo_id ID NOT NULL,
    down_by ID NOT NULL,
    down_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id)
);
INDEX posting_hangs ON posting (agency_id, service, sheet, id) WHERE down_ms = 0;

-- Forms that belong to no service (委託書、切結書 …). A change is a new version.
TABLE shelf_form (
    agency_id ID NOT NULL,
    id ID NOT NULL,
    form_number TEXT NOT NULL,
    version INT NOT NULL CHECK (version > 0),
    name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL,
    name_ja TEXT NOT NULL,
    unit TEXT NOT NULL,
    law TEXT NOT NULL,
    checked_day INT NOT NULL,
    next_check_day INT NOT NULL,
    odt_id ID NOT NULL,
    pdf_id ID NOT NULL,
    on_shelf INT NOT NULL CHECK (on_shelf IN (0, 1)),
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, id),
    UNIQUE (agency_id, form_number)
);

-- How often a form or sheet was taken, by month. No reader stands here.
TABLE download_count (
    agency_id ID NOT NULL,
    what TEXT NOT NULL,
    file_format TEXT NOT NULL,
    month INT NOT NULL,
    downloads INT NOT NULL,
    PRIMARY KEY (agency_id, what, file_format, month)
);
