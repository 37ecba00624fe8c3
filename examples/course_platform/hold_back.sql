-- Set the last month of the data aside, to arrive later as the next month.
--
-- The rows move to tables of the same names in the schema incoming; the clock is
-- set to the first moment of that month (UTC).  new_data.sql brings them back.

CREATE SCHEMA incoming;

INSERT INTO clock
SELECT date_trunc('month', max(at), 'UTC')
FROM (SELECT max(paid_at) FROM payments
	  UNION ALL
	  SELECT max(viewed_at) FROM lesson_views) AS latest(at);

-- Rows of users who have not signed up yet wait too, whatever their date.
CREATE TABLE incoming.payments AS TABLE payments WITH NO DATA;
WITH held AS (
	DELETE FROM payments AS p USING users AS u, clock AS c
	WHERE u.user_id = p.user_id AND greatest(p.paid_at, u.signed_up_at) >= c.as_of
	RETURNING p.*)
INSERT INTO incoming.payments TABLE held;

CREATE TABLE incoming.enrolments AS TABLE enrolments WITH NO DATA;
WITH held AS (
	DELETE FROM enrolments AS e USING users AS u, clock AS c
	WHERE u.user_id = e.user_id AND greatest(e.enrolled_at, u.signed_up_at) >= c.as_of
	RETURNING e.*)
INSERT INTO incoming.enrolments TABLE held;

CREATE TABLE incoming.lesson_views AS TABLE lesson_views WITH NO DATA;
WITH held AS (
	DELETE FROM lesson_views AS v USING users AS u, clock AS c
	WHERE u.user_id = v.user_id AND greatest(v.viewed_at, u.signed_up_at) >= c.as_of
	RETURNING v.*)
INSERT INTO incoming.lesson_views TABLE held;

CREATE TABLE incoming.events AS TABLE events WITH NO DATA;
WITH held AS (
	DELETE FROM events AS e USING users AS u, clock AS c
	WHERE u.user_id = e.user_id AND greatest(e.happened_at, u.signed_up_at) >= c.as_of
	RETURNING e.*)
INSERT INTO incoming.events TABLE held;

CREATE TABLE incoming.ratings AS TABLE ratings WITH NO DATA;
WITH held AS (
	DELETE FROM ratings AS r USING users AS u, clock AS c
	WHERE u.user_id = r.user_id AND greatest(r.rated_at, u.signed_up_at) >= c.as_of
	RETURNING r.*)
INSERT INTO incoming.ratings TABLE held;

CREATE TABLE incoming.coupon_exposures AS TABLE coupon_exposures WITH NO DATA;
WITH held AS (
	DELETE FROM coupon_exposures AS x USING users AS u, clock AS c
	WHERE u.user_id = x.user_id AND greatest(x.exposed_at, u.signed_up_at) >= c.as_of
	RETURNING x.*)
INSERT INTO incoming.coupon_exposures TABLE held;

CREATE TABLE incoming.users AS TABLE users WITH NO DATA;
WITH held AS (
	DELETE FROM users AS u USING clock AS c
	WHERE u.signed_up_at >= c.as_of
	RETURNING u.*)
INSERT INTO incoming.users TABLE held;
