-- revenue per user, churn and lifetime value: ordinary calls and every error
CREATE TEMP TABLE users AS
	SELECT i AS user_id, 50 AS whole, 50::numeric(10,2) AS money, 50::float8 AS real, 50::bigint AS large,
		50::smallint AS small, i % 20 = 0 AS churned
	FROM generate_series(1, 1000) AS i;

-- 1000 users, 50,000 revenue, 50 churned
SELECT arpu(whole) AS whole, arpu(money) AS money, arpu(real) AS real, arpu(large) AS large, arpu(small) AS small,
	churn_rate(churned) FROM users;
SELECT ltv(whole, churned) AS whole, ltv(money, churned) AS money, ltv(real, churned) AS real, ltv(large, churned) AS large,
	ltv(small, churned) AS small, ltv(arpu(money), churn_rate(churned)) AS by_parts FROM users;
SELECT ltv(100, 0.1), ltv(100, 0.1::float8) AS real, ltv(100::float8, 0.1) AS also_real, ltv(100.00, 0.10) AS money, ltv(100, 1) AS int;
SELECT pg_typeof(ltv(100, 0.1)), pg_typeof(ltv(100, 1)), pg_typeof(ltv(100, 0.1, 0.4, 0.01)), pg_typeof(ltv(1::float8, 0.1, 0.4, 0.01));
SELECT ltv(30, 0.03, 0.4, 0.01), ltv(30::float8, 0.03, 0.4, 0.01) AS real, ltv(30, 1, 1, 0) AS int, ltv(30, 0, 0.5, 0.25) AS no_churn;
SELECT ltv(50, 0.05, margin => 0.4) AS margin, ltv(50::float8, 0.05, 0.4) AS real;
-- a year of months, and other ends
SELECT ltv(100, 0.1, horizon => 12), round(ltv(100::float8, 0.1, horizon => 12)::numeric, 10) AS real,
	ltv(100, 0, horizon => 12) AS no_churn, ltv(100, 1, horizon => 12) AS all_leave,
	ltv(100, 0.1, horizon => 0) AS none, ltv(100, 0.1, horizon => 'infinity') AS for_ever;
SELECT ltv(30, 0.03, 0.4, 0.01, 24), round(ltv(30::float8, 0.03, 0.4, 0.01, 24)::numeric, 10) AS real,
	ltv(100, 1e-30, horizon => 12) AS "numeric", ltv(100, 1e-30::float8, horizon => 12) AS float,
	ltv(100, 0.1, horizon => NULL) AS unknown;

-- events: distinct users, with ids of every type
SELECT arpu(amount, user_id) AS int, arpu(amount, user_id::bigint) AS bigint, arpu(amount, user_id::text) AS text,
	arpu(amount, lpad(user_id::text, 32, '0')::uuid) AS uuid, arpu(amount::numeric, user_id::varchar) AS varchar,
	sum(amount)::float8 / count(DISTINCT user_id) AS want
FROM (SELECT i % 40 AS user_id, i AS amount FROM generate_series(1, 1000) AS i) AS events;

-- a numeric counts as the nearest float8, as in a cast
SELECT count(*) AS tried, count(*) FILTER (WHERE got IS DISTINCT FROM n::float8) AS differ
FROM (SELECT n, arpu(n) AS got FROM (SELECT format('%se%s', sign * digits, places)::numeric AS n
	FROM unnest('{0,1,7,10,12,100,999,1234,5000,9999,10000,99999,100001,12345678,99999999,1234567890123,9007199254740991,
		9007199254740992,9007199254740993,9999999999999999,10000000000000001,123456789012345678901234567890}'::numeric[]) AS digits,
		unnest(ARRAY[-1, 1]) AS sign, generate_series(-30, 30) AS places) AS t GROUP BY n) AS each;
SELECT arpu(1e300::numeric) = 1e300 AS large, arpu(1e-300::numeric) = 1e-300 AS small, arpu('0.00'::numeric) AS zero,
	ltv(repeat('1', 300)::numeric, true) = repeat('1', 300)::float8 AS long;

-- undefined is NULL
SELECT arpu(real) IS NULL AS arpu, arpu(real, user_id) IS NULL AS events, churn_rate(churned) IS NULL AS churn_rate,
	churn_rate(churned, churned) IS NULL AS periods, churn_rate(now(), now(), '1 day') IS NULL AS inactive,
	ltv(real, churned) IS NULL AS ltv FROM users WHERE false;
SELECT churn_rate(false, true) IS NULL AS nobody_at_risk, ltv(10, false) IS NULL AS nobody_churned,
	ltv(10, 0) IS NULL AS float, ltv(10, 0.0) IS NULL AS "numeric", ltv(10, 0, 0.5, 0) IS NULL AS discounted,
	ltv(10, 0.0, 0.5, 0.0) IS NULL AS discounted_numeric, ltv(10, NULL::float8) IS NULL AS unknown;

-- rows with a NULL are skipped
SELECT arpu(revenue), arpu(revenue, id) AS events, churn_rate(churned), ltv(revenue, churned)
FROM (VALUES (10, 1, true), (NULL, 2, true), (20, NULL, NULL), (30, 3, false)) AS t(revenue, id, churned);
SELECT churn_rate(before, after) FROM (VALUES (true, true), (true, false), (true, NULL), (NULL, false), (false, true),
	(false, false), (true, true), (true, true)) AS t(before, after);
SELECT churn_rate(active, as_of, inactivity) FROM (VALUES (date '2026-01-01', date '2026-03-01', interval '30 days'),
	(NULL, date '2026-03-01', '30 days'), ('2026-02-01', NULL, '30 days'), ('2026-02-01', '2026-03-01', NULL),
	('2026-02-01', '2026-03-01', '30 days')) AS t(active, as_of, inactivity);

-- a user at the cutoff itself is still active, and so are later ones
SELECT at, churn_rate(at, '2026-03-01', '1 month') AS date, churn_rate(at::timestamp, '2026-03-01', '1 month') AS timestamp,
	churn_rate(at::timestamp, '2026-03-01', '28 days 1 second') AS with_a_second
FROM unnest('{2026-01-31,2026-02-01,2026-02-02,2026-04-01}'::date[]) AS at GROUP BY at ORDER BY at;

-- months end in UTC, whatever the session's time zone
SET TimeZone = 'Pacific/Auckland';
SELECT churn_rate(at, '2026-03-31 00:00Z', '1 month') FROM unnest('{2026-02-27 23:59:59Z,2026-02-28 00:00Z}'::timestamptz[]) AS at;
SET TimeZone = 'America/Los_Angeles';
SELECT churn_rate(at, '2026-03-31 00:00Z', '1 month') FROM unnest('{2026-02-27 23:59:59Z,2026-02-28 00:00Z}'::timestamptz[]) AS at;
RESET TimeZone;

-- groups, windows, filters
SELECT id, churn_rate(id % 3 = 0) OVER w AS rate, arpu(id) OVER w AS arpu, arpu(id, id % 2) OVER w AS events,
	ltv(id, id % 3 = 0) OVER w AS ltv
FROM generate_series(1, 6) AS id WINDOW w AS (ORDER BY id) ORDER BY id;
SELECT user_id % 2 AS half, churn_rate(churned) FILTER (WHERE user_id <= 100), ltv(money, churned) FROM users GROUP BY half ORDER BY half;

-- errors
SELECT ltv(100, 1.5);
SELECT ltv(100, 1.00000000000000000001);
SELECT ltv(100, -0.1::float8);
SELECT ltv(100, 5);
SELECT ltv(100, 10::float8);
SELECT ltv(100, 1e400);
SELECT ltv(100, 0.1, horizon => 1.5);
SELECT ltv(100, 0.1, horizon => -1);
SELECT ltv(100::float8, 0.1, horizon => 'NaN');
SELECT ltv(100, 0.1, 0.4, -0.01);
SELECT ltv(100::float8, 0.1, 0.4, -0.01);
SELECT ltv('NaN'::numeric, 0.1);
SELECT ltv('Infinity'::float8, 0.1);
SELECT ltv(100, 'NaN'::float8);
SELECT ltv(100, 0.1, 'Infinity'::numeric, 0.01);
SELECT ltv(100, 0.1, 0.4, 'NaN'::float8);
SELECT ltv(1e308::float8, 0.1);
SELECT ltv(100, NULL);
SELECT arpu('NaN'::float8);
SELECT arpu('-Infinity'::float8, 1);
SELECT arpu('NaN'::numeric);
SELECT ltv('Infinity'::float8, true);
SELECT arpu(1e308::float8) FROM generate_series(1, 2);
SELECT churn_rate(now(), now(), '0 days');
SELECT churn_rate(now(), now(), '-1 month');
SELECT churn_rate('infinity'::timestamptz, now(), '1 day');
SELECT churn_rate('-infinity'::date, '2026-01-01', '1 day');
SELECT churn_rate('2026-01-01'::timestamp, 'infinity', '1 day');
SELECT churn_rate('2026-01-01'::timestamp, '2026-01-01', '10000 years');
SELECT churn_rate('2026-01-01'::date, '2026-01-01'::date + i, '1 day') FROM generate_series(1, 2) AS i;
SELECT churn_rate('2026-01-01'::date, '2026-01-01', CASE i WHEN 1 THEN '1 day' ELSE '24 hours' END::interval)
FROM generate_series(1, 2) AS i;

-- states from untrusted sources
SELECT churn_rate_final('{1,2}');
SELECT churn_rate_final('{1,2,3}');
SELECT churn_rate_trans('{1,NULL}', true);
SELECT churn_rate_combine('{1,0}', '{1,-1}');
SELECT churn_rate_combine('{1,0}', '{9223372036854775807,0}');
SELECT churn_rate_inactive_combine('{1,0,5,0,1,0,4}', '{1,0,6,0,1,0,5}');
SELECT churn_rate_inactive_combine('{1,0,5,0,1,0,4}', '{1,0,5,0,2,0,3}');
-- a state as a machine of little-endian byte order has it
CREATE FUNCTION pg_temp.float_state(kind text, numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
	SELECT reverse(kind)::bytea || string_agg(substring(float8send(x) FROM b FOR 1), '' ORDER BY n, b DESC)
	FROM unnest(numbers) WITH ORDINALITY AS t (x, n), generate_series(1, 8) AS b
$$;
SELECT arpu_final(pg_temp.float_state('REVE', '{1,2,3,4}'));
SELECT arpu_final(pg_temp.float_state('REVE', '{NaN,0,3,4}'));
SELECT ltv_final(pg_temp.float_state('REVE', '{1,1,Infinity,NaN}'));
SELECT ltv_trans(pg_temp.float_state('REVE', '{1,2}'), 1, true);
SELECT revenue_combine(pg_temp.float_state('REVE', '{1,0,3,0}'), '\x00');
SELECT arpu_events_final('\x00');
SELECT arpu_events_trans('\x0102030405060708', 1, 1::bigint);

-- a day at a change of clocks has 25 hours there, 24 in UTC
SET TimeZone = 'Europe/Berlin';
SELECT churn_rate(at, '2026-10-26', '1 day'), churn_rate(at AT TIME ZONE 'Europe/Berlin', '2026-10-26', '1 day') AS local
FROM (VALUES (timestamptz '2026-10-25 00:30')) AS v(at);
RESET TimeZone;
