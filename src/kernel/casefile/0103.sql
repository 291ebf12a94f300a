-- A file stays with the case it came with (case_file); what was split off from that case has it
-- too: the same bytes, not a copy. `from_id`: the case it was split from.
TABLE case_file_too (
    agency_id ID NOT NULL,
    casefile_id ID NOT NULL,
    file_id ID NOT NULL,
    question TEXT NOT NULL,
    from_id ID NOT NULL,
    PRIMARY KEY (agency_id, casefile_id, file_id),
    FOREIGN KEY (agency_id, casefile_id) REFERENCES casefile (agency_id, id),
    FOREIGN KEY (agency_id, file_id) REFERENCES case_file (agency_id, file_id)
);
-- Cases that were split off before have what their answers speak of.
INSERT INTO case_file_too (agency_id, casefile_id, file_id, question, from_id)
    SELECT f.agency_id, l.other_id, f.file_id, f.question, l.casefile_id
    FROM case_link l
    JOIN case_file f ON f.agency_id = l.agency_id AND f.casefile_id = l.casefile_id
    WHERE l.kind = 'split' AND EXISTS (SELECT 1 FROM case_answer x
        WHERE x.agency_id = l.agency_id AND x.casefile_id = l.other_id
        AND x.question = f.question);
