-- Open cases by the version of their service: who publishes a new one sees which still run
-- on an old one. Queries repeat the condition word for word.
INDEX casefile_open_of_version ON casefile (agency_id, service, service_version, id, state,
    is_open) WHERE is_open = 1;
