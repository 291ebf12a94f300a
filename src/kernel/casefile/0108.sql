-- Extensions (展期) by the day on which they were allowed: counted by month. Queries repeat the
-- condition word for word.
INDEX case_span_extended ON case_clock_span (agency_id, from_ms, kind) WHERE type = 'extend';
