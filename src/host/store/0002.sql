-- What each writer of each program keeps in mind, a row of its own, so that no two wait for
-- each other: a number that it raises with each group, so that after a COMMIT of unknown
-- outcome it can see whether the group is in; and the greatest id that its rows have had.
-- (store_mark is what there was before, and is no longer written.)
TABLE writer_mark (
    agency_id ID NOT NULL,
    node INT NOT NULL,
    writer INT NOT NULL,
    groups_kept INT NOT NULL,
    greatest_id ID NOT NULL,
    PRIMARY KEY (agency_id, node, writer)
);
