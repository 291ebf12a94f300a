-- New cases of a unit: among hundreds that are in work the few new ones were looked for one
-- by one, by their day. Queries repeat the condition word for word.
INDEX casefile_new_of_unit ON casefile (agency_id, unit_id, due_day, id, state)
    WHERE state = 'received';
