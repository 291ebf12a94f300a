-- Names opened on a worklist: only they, until then. until_ms is of the whole case.
COLUMN case_shown names_until_ms INT NOT NULL DEFAULT 0;
