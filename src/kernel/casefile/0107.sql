-- When a question to the law study group went on to the higher agency, so that "the same day"
-- can be counted: 0 it did not, or before this was kept.
COLUMN case_study instructed_ms INT NOT NULL DEFAULT 0;
INDEX case_study_asked ON case_study (agency_id, asked_ms);
