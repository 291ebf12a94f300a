-- Terms end at an instant, not with a day: a matter of four hours is late in the fifth.
-- due_ms and control_ms are what lists go by and what is late from then on, the first
-- instant that is too late: 4611686018427387904 no term, 4611686018427387903 the clock
-- stands still. The days that are shown stay beside them.
COLUMN casefile due_ms INT NOT NULL DEFAULT 4611686018427387904;
COLUMN casefile control_ms INT NOT NULL DEFAULT 4611686018427387904;
UPDATE casefile SET due_ms = 4611686018427387903 WHERE due_day = 2147483646;
UPDATE casefile SET due_ms = COALESCE((SELECT k.due_ms FROM case_clock k
        WHERE k.agency_id = casefile.agency_id AND k.casefile_id = casefile.id
        AND k.kind = 'statutory' AND k.number = 0 AND k.due_ms > 0
        AND k.due_day = casefile.due_shown),
    (due_shown + 1) * 86400000 - 28800000) WHERE due_day < 2147483646;
UPDATE casefile SET control_ms = 4611686018427387903 WHERE control_day = 2147483646;
UPDATE casefile SET control_ms = COALESCE((SELECT k.due_ms FROM case_clock k
        WHERE k.agency_id = casefile.agency_id AND k.casefile_id = casefile.id
        AND k.kind = 'control' AND k.number = 0 AND k.due_ms > 0
        AND k.due_day = casefile.control_shown),
    (control_shown + 1) * 86400000 - 28800000) WHERE control_day < 2147483646;

DROP_INDEX casefile_open_of_unit;
DROP_INDEX casefile_open_of_officer;
DROP_INDEX casefile_open;
DROP_INDEX casefile_new_of_unit;
DROP_INDEX casefile_waits;
DROP_INDEX casefile_control;
DROP_INDEX casefile_decided;
DROP_COLUMN casefile due_day;
DROP_COLUMN casefile control_day;
INDEX casefile_open_of_unit ON casefile (agency_id, unit_id, due_ms, id, state, is_open)
    WHERE is_open = 1;
INDEX casefile_open_of_officer ON casefile (agency_id, officer_id, due_ms, id, state,
    is_open) WHERE is_open = 1;
INDEX casefile_open ON casefile (agency_id, due_ms, id, state, is_open) WHERE is_open = 1;
INDEX casefile_new_of_unit ON casefile (agency_id, unit_id, due_ms, id, state)
    WHERE state = 'received';
INDEX casefile_waits ON casefile (agency_id, waits_level, due_ms, id, unit_id, state)
    WHERE waits_level <> '';
INDEX casefile_decided ON casefile (agency_id, decided_ms, due_ms, unit_id)
    WHERE decided_ms > 0;
-- The same by the control limit.
INDEX casefile_control ON casefile (agency_id, control_ms, id, unit_id, state, is_open)
    WHERE is_open = 1;
INDEX casefile_control_of_unit ON casefile (agency_id, unit_id, control_ms, id, state,
    is_open) WHERE is_open = 1;
INDEX casefile_control_of_officer ON casefile (agency_id, officer_id, control_ms, id, state,
    is_open) WHERE is_open = 1;
-- Warned before the control limit as well.
CHOICES case_told kind ('warned', 'overdue', 'control');
