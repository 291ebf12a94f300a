-- Clocks that run or stand: gone through when the calendar has changed. Queries repeat the
-- condition word for word.
INDEX case_clock_running ON case_clock (agency_id, casefile_id, kind, number)
    WHERE state <> 'ended';
