-- Worklists are counted out of an index alone, so that a count costs the same however many
-- cases there are: each holds all that its conditions ask, its own condition too. Queries
-- repeat that word for word.
DROP_INDEX casefile_open_by_unit;
DROP_INDEX casefile_open_by_officer;
DROP_INDEX casefile_proposed;
INDEX casefile_open_of_unit ON casefile (agency_id, unit_id, due_day, id, state, is_open)
    WHERE is_open = 1;
INDEX casefile_open_of_officer ON casefile (agency_id, officer_id, due_day, id, state,
    is_open) WHERE is_open = 1;
INDEX casefile_open ON casefile (agency_id, due_day, id, state, is_open) WHERE is_open = 1;
INDEX casefile_to_decide ON casefile (agency_id, level, due_day, id, unit_id, state)
    WHERE state = 'proposed';
