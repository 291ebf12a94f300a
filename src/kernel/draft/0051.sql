-- A code for a draft: with it one goes on elsewhere, for 14 days. Found by its hash; sealed
-- beside it, so that it can be shown again to whoever has the draft open.
TABLE draft_code (
    agency_id ID NOT NULL,
    draft_id ID NOT NULL,
    code_hash BYTES NOT NULL,
    code_sealed BYTES NOT NULL,
    PRIMARY KEY (agency_id, draft_id),
    UNIQUE (agency_id, code_hash),
    FOREIGN KEY (agency_id, draft_id) REFERENCES apply_draft (agency_id, id)
);
