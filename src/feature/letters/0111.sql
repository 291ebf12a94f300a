-- An office's own template (ODT) for a form of letter. The greatest version is in force; a
-- version without a file goes back to the plain form.
TABLE letter_template (
    agency_id ID NOT NULL,
    form TEXT NOT NULL,
    version INT NOT NULL CHECK (version > 0),
    file_id ID NOT NULL,
    staff_id ID NOT NULL,
    at_ms INT NOT NULL,
    PRIMARY KEY (agency_id, form, version)
);
