-- All cases of a unit, closed ones too, newest first.
INDEX casefile_by_unit ON casefile (agency_id, unit_id, id);
