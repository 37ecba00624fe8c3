-- Active users by hand: weeks of 3 days, months of 5.
CREATE TABLE visit (user_id int, day int);
INSERT INTO visit VALUES (1, 1), (1, 1), (1, 2), (1, 8), (2, 2), (2, 7), (3, 4), (NULL, 3), (4, NULL);
CREATE VIEW visits AS SELECT user_id, date '2026-02-26' + day AS day FROM visit;

SELECT day, dau, wau, mau, round(stickiness::numeric, 3) AS stickiness, new_users, returning_users, lost_users
FROM unnest((SELECT active_users(user_id, day, 3, 5) FROM visits));

-- types of users and of times
SELECT active_users(user_id, day) = active_users(user_id, day, 7, 30) AS windows,
	active_users(user_id, day) = active_users(user_id::text, day) AS text,
	active_users(user_id, day) = active_users(md5(user_id::text)::uuid, day) AS uuid,
	active_users(user_id, day) = active_users(user_id, day + time '23:59:59.999999') AS timestamp,
	active_users(user_id, day) = active_users(user_id, day::timestamptz) AS timestamptz
FROM visits;
SELECT active_users(user_id, day) IS NULL AS none FROM visits WHERE false;
SELECT active_users(NULL::int, day) IS NULL AS none FROM visits;
SELECT user_id, active_users(user_id, day, 1, 2) FROM visits GROUP BY user_id ORDER BY user_id;
SELECT active_users('é', '1999-12-31'::date, 1, 1), active_users('', '-infinity'::timestamp + NULL) IS NULL AS no_time;
-- far from today, and across the beginning of 2000, whose days have negative numbers before
SELECT (d).* FROM (SELECT unnest(active_users(1, ts)) AS d FROM unnest('{1999-12-31 23:59:59.999999,2000-01-01}'::timestamp[]) AS ts) AS t;

-- errors
\set SHOW_CONTEXT never
SELECT active_users(1, 'infinity'::timestamptz);
SELECT active_users(1, '-infinity'::date);
SELECT active_users(1, now(), 0, 30);
SELECT active_users(1, now(), 7, 6);
SELECT active_users(1, now(), 7, 0);
SELECT active_users(1, now(), 7, 3661);
SELECT active_users(1, now(), NULL, 30);
SELECT active_users(1, now(), 7, NULL);
SELECT active_users(1, date '2026-02-26' + day, day, 30) FROM visit WHERE user_id = 1;
SELECT active_users(1, day) FROM unnest('{1900-01-01,2000-01-02}'::date[]) AS day;

-- days in another time zone
SET timezone = 'Asia/Shanghai';
SELECT (active_users(1, ts))[1].day, (active_users(1, ts AT TIME ZONE 'Asia/Shanghai'))[1].day AS local
FROM unnest('{2026-03-01 20:00+00}'::timestamptz[]) AS ts;
RESET timezone;
DROP VIEW visits;
DROP TABLE visit;
