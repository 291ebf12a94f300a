-- Who applies for the applicant: his name masked for lists, all of it sealed.
TABLE case_agent (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    masked TEXT NOT NULL,
    id_seen INT NOT NULL CHECK (id_seen IN (0, 1)),
    sealed BYTES NOT NULL,
    PRIMARY KEY (agency_id, casefile_id),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id)
);
APPEND_ONLY case_agent;
