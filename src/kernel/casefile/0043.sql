-- Readings of personal data by staff, in order of time: for the check by government ethics.
-- Queries repeat the condition word for word.
INDEX event_read_by_staff ON event (agency_id, at_ms, seq)
    WHERE kind = 'case.read' AND actor_id <> 0;
