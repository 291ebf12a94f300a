-- An answer or a refusal has come back, and nobody at the sender has taken note of it yet.
COLUMN envelope unread INT NOT NULL DEFAULT 0;
-- Queries repeat the condition word for word.
INDEX envelope_unread ON envelope (agency_id, id) WHERE unread = 1;
