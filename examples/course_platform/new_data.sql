-- The next month arrives: the rows that hold_back.sql set aside move in, and the
-- clock advances by one month (or, if the data end earlier, to their end).

BEGIN;

WITH arrived AS (DELETE FROM incoming.users RETURNING *)
INSERT INTO users TABLE arrived;
WITH arrived AS (DELETE FROM incoming.enrolments RETURNING *)
INSERT INTO enrolments TABLE arrived;
WITH arrived AS (DELETE FROM incoming.payments RETURNING *)
INSERT INTO payments TABLE arrived;
WITH arrived AS (DELETE FROM incoming.lesson_views RETURNING *)
INSERT INTO lesson_views TABLE arrived;
WITH arrived AS (DELETE FROM incoming.events RETURNING *)
INSERT INTO events TABLE arrived;
WITH arrived AS (DELETE FROM incoming.ratings RETURNING *)
INSERT INTO ratings TABLE arrived;
WITH arrived AS (DELETE FROM incoming.coupon_exposures RETURNING *)
INSERT INTO coupon_exposures TABLE arrived;

-- in UTC, where a month has the same days for everybody
UPDATE clock SET as_of = ((as_of AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC';

COMMIT;
