-- Retention against SQL's own arithmetic, however rows are split, ordered and planned.
BEGIN;
SELECT plan(14);

CREATE TEMP TABLE streams AS
	SELECT u AS user_id, u % 17 AS part, '2026-01-01'::timestamptz + (u % 100) * interval '1 day' AS start,
		'2026-01-01'::timestamptz + (u % 100) * interval '1 day' + (hashint4(i * 7919 + u) & 8191) * interval '30 minutes'
			- interval '5 days' AS ts
	FROM generate_series(1, 17000) AS u, generate_series(1, 1 + (hashint4(u) & 15)) AS i;
-- for slow or parallel tests
CREATE TABLE retention_log AS SELECT * FROM streams WHERE user_id <= 1000;

CREATE INDEX ON retention_log (user_id);
ANALYZE retention_log;

CREATE TEMP TABLE period AS SELECT * FROM unnest('{1 day,1 week,10:30,1 month,1 month 3 days 12:00,2 years}'::interval[]) AS period;
ANALYZE streams;
CREATE TEMP TABLE by_definition AS
	SELECT user_id, period, array_agg(bounded ORDER BY i) AS bounded, array_agg(unbounded ORDER BY i) AS unbounded,
		array_agg(CASE WHEN is_over THEN bounded END ORDER BY i) AS known
	FROM (SELECT user_id, period, i, bool_or(ts >= first AND ts < next) AS bounded, bool_or(ts >= first) AS unbounded,
		bool_and(next <= '2026-04-01') AS is_over
		FROM streams JOIN (SELECT user_id, period, i, start::timestamp + (i - 1) * period AS first, start::timestamp + i * period AS next
			FROM (SELECT DISTINCT user_id, start FROM streams) AS u, period, generate_series(1, 6) AS i) AS p USING (user_id)
		GROUP BY user_id, period, i) AS t
	GROUP BY user_id, period;
CREATE TEMP TABLE answers AS
	SELECT user_id, period, retention(ts, start, period, 6) AS bounded, retention(ts, start, period, 6, 'unbounded') AS unbounded,
		retention(ts, start, period, 6, 'bounded', '2026-04-01') AS known
	FROM streams, period GROUP BY user_id, period;
SELECT is(count(*) FILTER (WHERE a.bounded <> d.bounded), 0::bigint, 'bounded')
FROM answers AS a JOIN by_definition AS d USING (user_id, period);
SELECT is(count(*) FILTER (WHERE a.unbounded <> d.unbounded), 0::bigint, 'unbounded')
FROM answers AS a JOIN by_definition AS d USING (user_id, period);
SELECT is(count(*) FILTER (WHERE a.known IS DISTINCT FROM d.known), 0::bigint, 'as of a day')
FROM answers AS a JOIN by_definition AS d USING (user_id, period);
SELECT is(count(*), 102000::bigint, 'of all users and periods') FROM answers JOIN by_definition USING (user_id, period);

-- a cohort table by hand
SELECT is((SELECT jsonb_object_agg(cohort, curve) FROM (SELECT date_trunc('month', start) AS cohort, to_jsonb(retention_curve(r)) AS curve
		FROM (SELECT start, retention(ts, start, '1 week', 5) AS r FROM retention_log GROUP BY user_id, start) AS t GROUP BY 1) AS t),
	(SELECT jsonb_object_agg(cohort, curve) FROM (SELECT cohort, jsonb_agg(share ORDER BY i) AS curve FROM (
		SELECT date_trunc('month', u.start) AS cohort, i, avg(EXISTS (SELECT FROM retention_log AS e WHERE e.user_id = u.user_id
			AND e.ts >= u.start + (i - 1) * interval '1 week' AND e.ts < u.start + i * interval '1 week')::int)::float8 AS share
		FROM (SELECT DISTINCT user_id, start FROM retention_log) AS u, generate_series(1, 5) AS i GROUP BY 1, 2) AS t
		GROUP BY cohort) AS t),
	'a curve is one row of a cohort table');

-- parts sent as text, as by another node, in any order, some empty
CREATE AGGREGATE pg_temp.part_retention(timestamptz, timestamptz, interval, bigint, text,
	timestamptz) (SFUNC = retention_trans, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.merge_retention(bigint[]) (SFUNC = retention_combine, STYPE = bigint[], FINALFUNC = retention_final);
CREATE AGGREGATE pg_temp.part_curve(boolean[]) (SFUNC = retention_curve_trans, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.merge_curve(bigint[]) (SFUNC = retention_curve_combine, STYPE = bigint[], FINALFUNC = retention_curve_final);
SELECT is(count(*), 0::bigint, 'parts of retention') FROM (
	SELECT user_id, pg_temp.merge_retention(state::text::bigint[]) AS merged FROM (
		SELECT user_id, pg_temp.part_retention(ts, start, '1 month', 6, 'bounded', '2026-04-01') AS state
		FROM retention_log GROUP BY user_id, hashint8(extract(epoch FROM ts)::bigint) & 3
		UNION ALL SELECT user_id, NULL FROM retention_log
		UNION ALL SELECT user_id, pg_temp.part_retention(NULL, start, '1 month', 6, 'bounded', '2026-04-01')
		FROM retention_log GROUP BY user_id) AS s
	GROUP BY user_id) AS t JOIN answers USING (user_id) WHERE period = '1 month' AND merged IS DISTINCT FROM known;
SELECT is(pg_temp.merge_curve(state::text::bigint[]),
	(SELECT retention_curve(known[:2 + user_id % 5]) FROM answers WHERE period = '1 month'), 'parts of a curve')
FROM (SELECT pg_temp.part_curve(known[:2 + user_id % 5]) AS state
	FROM answers WHERE period = '1 month' GROUP BY user_id % 5, user_id % 7 UNION ALL SELECT NULL) AS s;
SELECT throws_ok($$SELECT pg_temp.merge_retention(s)
	FROM (SELECT pg_temp.part_retention(now(), now(), i * interval '1 day', 6, 'bounded', now()) AS s
	FROM generate_series(1, 2) AS i
	GROUP BY i) AS t$$, '22023', 'period must be the same for all rows', 'parts must have the same arguments');

-- a single part, as the first to arrive: there are no arguments of a row to look at
SELECT is(retention_combine(NULL, state), state, 'a part without another')
FROM retention_trans(NULL, '2026-02-05'::timestamptz, '2026-01-01', '1 month', 3) AS state;

-- damaged states are refused
SELECT throws_ok($$SELECT retention_final('{1,2,3}')$$, 'XX001', NULL, 'a short state');
SELECT throws_ok($$SELECT retention_final('{0,0,0,1,0,3,0,64}')$$, 'XX001', NULL, 'bits beyond the periods');
SELECT throws_ok($$SELECT retention_curve_final('{3,2}')$$, 'XX001', NULL, 'more active than known');

-- parallel
CREATE TEMP TABLE serial AS SELECT retention(ts, '2026-01-01', '1 week', 20) AS r, retention_curve(ARRAY[ts > start, ts < start]) AS c
FROM retention_log;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'workers compute parts')
FROM pg_temp.plan_of($$SELECT retention(ts, '2026-01-01', '1 week', 20), retention_curve(ARRAY[ts > start, ts < start])
	FROM retention_log$$) AS line WHERE line ~ 'Partial Aggregate';
SELECT is(ROW(retention(ts, '2026-01-01', '1 week', 20), retention_curve(ARRAY[ts > start, ts < start]))::text,
	(SELECT serial::text FROM serial), 'and give the same result')
FROM retention_log;

SELECT * FROM finish();
ROLLBACK;
