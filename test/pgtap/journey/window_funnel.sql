-- Funnels against SQL's own joins, however rows are ordered and planned.
BEGIN;
SELECT plan(15);

-- 2000 users with up to 15 events each at few times, so that many coincide
CREATE TABLE funnel_log AS
	SELECT u AS user_id, '2026-01-01'::timestamptz + (hashint4(i * 7919 + u) & 63) * interval '1 minute' AS ts,
		chr(97 + (hashint4(i + u * 31) & 3)) AS event, hashint4(i * 13 + u) AS shuffle
	FROM generate_series(1, 2000) AS u, generate_series(1, 1 + (hashint4(u) & 15)) AS i;

CREATE FUNCTION pg_temp.differ(a text, b text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE n bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM (%s) AS x FULL JOIN (%s) AS y USING (user_id) WHERE x.a IS DISTINCT FROM y.a', a, b) INTO n;
	RETURN n;
END $$;

-- by definition: joins of events with events
CREATE TEMP TABLE by_join AS
	SELECT l.user_id, max(CASE WHEN d.ts IS NOT NULL THEN 4 WHEN c.ts IS NOT NULL THEN 3 WHEN b.ts IS NOT NULL THEN 2
		WHEN l.event = 'a' THEN 1 ELSE 0 END) AS a
	FROM funnel_log AS l
	LEFT JOIN funnel_log AS b ON l.event = 'a' AND b.user_id = l.user_id AND b.event = 'b' AND b.ts BETWEEN l.ts
		AND l.ts + interval '20 minutes'
	LEFT JOIN funnel_log AS c ON c.user_id = l.user_id AND c.event = 'c' AND c.ts BETWEEN b.ts AND l.ts + interval '20 minutes'
	LEFT JOIN funnel_log AS d ON d.user_id = l.user_id AND d.event = 'd' AND d.ts BETWEEN c.ts AND l.ts + interval '20 minutes'
	GROUP BY l.user_id;
SELECT is(pg_temp.differ('TABLE by_join',
	$$SELECT user_id, window_funnel('20 minutes', ts, event = 'a', event = 'b', event = 'c', event = 'd') AS a
		FROM funnel_log GROUP BY user_id$$),
	0::bigint, 'a funnel agrees with joins');
SELECT cmp_ok(count(DISTINCT a), '=', 5::bigint, 'of all lengths') FROM by_join;

CREATE TEMP TABLE by_strict_join AS
	SELECT l.user_id, max(CASE WHEN d.ts IS NOT NULL THEN 4 WHEN c.ts IS NOT NULL THEN 3 WHEN b.ts IS NOT NULL THEN 2
		WHEN l.event = 'a' THEN 1 ELSE 0 END) AS a
	FROM funnel_log AS l
	LEFT JOIN funnel_log AS b ON l.event = 'a' AND b.user_id = l.user_id AND b.event = 'b' AND b.ts > l.ts
		AND b.ts <= l.ts + interval '20 minutes'
	LEFT JOIN funnel_log AS c ON c.user_id = l.user_id AND c.event = 'c' AND c.ts > b.ts AND c.ts <= l.ts + interval '20 minutes'
	LEFT JOIN funnel_log AS d ON d.user_id = l.user_id AND d.event = 'd' AND d.ts > c.ts AND d.ts <= l.ts + interval '20 minutes'
	GROUP BY l.user_id;
SELECT is(pg_temp.differ('TABLE by_strict_join',
	$$SELECT user_id, window_funnel('20 minutes', 'strict_increase', ts, event = 'a', event = 'b', event = 'c', event = 'd') AS a
		FROM funnel_log GROUP BY user_id$$),
	0::bigint, 'so does strict_increase');

-- two events of one kind
CREATE TEMP TABLE by_pairs AS
	SELECT l.user_id, max(CASE WHEN b.ts IS NOT NULL THEN 2 WHEN l.event = 'a' THEN 1 ELSE 0 END) AS a
	FROM (SELECT ctid AS row, * FROM funnel_log) AS l
	LEFT JOIN (SELECT ctid AS row, * FROM funnel_log) AS b ON l.event = 'a' AND b.user_id = l.user_id AND b.event = 'a' AND b.row <> l.row
		AND b.ts BETWEEN l.ts AND l.ts + interval '20 minutes'
	GROUP BY l.user_id;
SELECT is(pg_temp.differ('TABLE by_pairs',
	$$SELECT user_id, window_funnel('20 minutes', 'strict_once', ts, event = 'a', event = 'a') AS a FROM funnel_log GROUP BY user_id$$),
	0::bigint, 'strict_once needs two events');

-- months follow the calendar, and agree with days where months are days
SELECT is(pg_temp.differ(
	$$SELECT user_id, window_funnel('1 month', '2026-01-01'::timestamptz + (ts - '2026-01-01') * 2000, event = 'a', event = 'b',
		event = 'c') AS a FROM funnel_log GROUP BY user_id$$,
	$$SELECT l.user_id, max(CASE WHEN c.ts IS NOT NULL THEN 3 WHEN b.ts IS NOT NULL THEN 2 WHEN l.event = 'a' THEN 1 ELSE 0 END) AS a
	FROM (SELECT user_id, event, '2026-01-01'::timestamp + (ts - '2026-01-01') * 2000 AS ts FROM funnel_log) AS l
	LEFT JOIN (SELECT user_id, event, '2026-01-01'::timestamp + (ts - '2026-01-01') * 2000 AS ts FROM funnel_log) AS b
		ON l.event = 'a' AND b.user_id = l.user_id AND b.event = 'b' AND b.ts BETWEEN l.ts AND l.ts + interval '1 month'
	LEFT JOIN (SELECT user_id, event, '2026-01-01'::timestamp + (ts - '2026-01-01') * 2000 AS ts FROM funnel_log) AS c
		ON c.user_id = l.user_id AND c.event = 'c' AND c.ts BETWEEN b.ts AND l.ts + interval '1 month'
	GROUP BY l.user_id$$), 0::bigint, 'months are calendar months');

-- the first time the last step was reached
SELECT is(pg_temp.differ(
	$$SELECT user_id, (funnel_times('20 minutes', ts, event = 'a', event = 'b'))[2] AS a FROM funnel_log GROUP BY user_id$$,
	$$SELECT l.user_id, min(b.ts) AS a FROM funnel_log AS l
	LEFT JOIN funnel_log AS b ON l.event = 'a' AND b.user_id = l.user_id AND b.event = 'b' AND b.ts BETWEEN l.ts
		AND l.ts + interval '20 minutes' GROUP BY l.user_id$$),
	0::bigint, 'funnel_times gives the first time of the last step');
SELECT is(pg_temp.differ(
	$$SELECT user_id, (funnel_times('20 minutes', ts, event = 'a', event = 'b'))[1] AS a FROM funnel_log GROUP BY user_id
	HAVING window_funnel('20 minutes', ts, event = 'a', event = 'b') = 2$$,
	$$SELECT DISTINCT ON (l.user_id) l.user_id, l.ts AS a FROM funnel_log AS l
	JOIN funnel_log AS b ON l.event = 'a' AND b.user_id = l.user_id AND b.event = 'b' AND b.ts BETWEEN l.ts
		AND l.ts + interval '20 minutes'
	ORDER BY l.user_id, b.ts, l.ts DESC$$), 0::bigint, 'and the latest first step before it');

-- order and plan
CREATE TEMP TABLE as_they_come AS
	SELECT user_id, ARRAY[window_funnel('20 minutes', ts, event = 'a', event = 'b', event = 'c'),
		window_funnel('20 minutes', 'strict_once', ts, event IN ('a', 'b'), event IN ('b', 'c'), event = 'c'),
		window_funnel('20 minutes', 'strict_increase', ts, event IN ('a', 'b'), event IN ('b', 'c'), event = 'c'),
		window_funnel('20 minutes', 'strict_order', ts, event = 'a', event IN ('b', 'd'), event = 'c')]::text
		|| funnel_times('20 minutes', 'strict_order', ts, event = 'a', event IN ('b', 'd'), event = 'c')::text AS a
	FROM funnel_log GROUP BY user_id;
CREATE FUNCTION pg_temp.ordered_by(key text) RETURNS text
	LANGUAGE sql RETURN replace($$SELECT user_id,
		ARRAY[window_funnel('20 minutes', ts, event = 'a', event = 'b', event = 'c' ORDER BY key),
		window_funnel('20 minutes', 'strict_once', ts, event IN ('a', 'b'), event IN ('b', 'c'), event = 'c' ORDER BY key),
		window_funnel('20 minutes', 'strict_increase', ts, event IN ('a', 'b'), event IN ('b', 'c'), event = 'c' ORDER BY key),
		window_funnel('20 minutes', 'strict_order', ts, event = 'a', event IN ('b', 'd'), event = 'c' ORDER BY key)]::text
		|| funnel_times('20 minutes', 'strict_order', ts, event = 'a', event IN ('b', 'd'), event = 'c' ORDER BY key)::text AS a
	FROM funnel_log GROUP BY user_id$$, 'key', key);
SELECT is(pg_temp.differ('TABLE as_they_come', pg_temp.ordered_by('shuffle')), 0::bigint, 'shuffled rows give the same result');
SELECT is(pg_temp.differ('TABLE as_they_come', pg_temp.ordered_by('ts DESC')), 0::bigint, 'and so do reversed rows');

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL enable_hashagg = off;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT cmp_ok(count(*), '>', 0::bigint, 'the scan below the grouping is parallel')
FROM pg_temp.plan_of($$SELECT user_id, window_funnel('20 minutes', ts, event = 'a') FROM funnel_log GROUP BY user_id$$) AS line
WHERE line ~ 'Parallel Seq Scan';
SELECT is(pg_temp.differ('TABLE as_they_come', replace(pg_temp.ordered_by('key'), ' ORDER BY key', '')), 0::bigint,
	'and gives the same result');

-- grouping sets hold several groups at once
SELECT is((SELECT jsonb_agg(x ORDER BY x) FROM (SELECT jsonb_build_array(user_id % 7, event, window_funnel('1 hour', ts, true, true)) AS x
		FROM funnel_log GROUP BY GROUPING SETS ((user_id % 7), (event), ())) AS t),
	(SELECT jsonb_agg(x ORDER BY x) FROM (
		SELECT jsonb_build_array(user_id % 7, NULL::text, window_funnel('1 hour', ts, true, true)) AS x
		FROM funnel_log GROUP BY user_id % 7
		UNION ALL SELECT jsonb_build_array(NULL::int, event, window_funnel('1 hour', ts, true, true)) FROM funnel_log GROUP BY event
		UNION ALL SELECT jsonb_build_array(NULL::int, NULL::text, window_funnel('1 hour', ts, true, true)) FROM funnel_log) AS t),
	'grouping sets agree with single groupings');

-- each group with its own window: any number of them, except for those in memory at once
CREATE FUNCTION pg_temp.own_windows(n int) RETURNS bigint LANGUAGE sql AS $$
	SELECT sum(level) FROM (SELECT window_funnel(i * interval '1 s', ts, ts = '2026-01-01', ts > '2026-01-01') AS level
		FROM generate_series(1, $1) AS i, unnest('{2026-01-01 00:00,2026-01-01 10:00}'::timestamp[]) AS ts GROUP BY i) AS t $$;
SET LOCAL work_mem = '64MB';
SELECT is(pg_temp.own_windows(70000), 70000 + 70000 - 35999::bigint, '70,000 windows in sequence');
SET LOCAL enable_hashagg = on;
SET LOCAL enable_sort = off;
SELECT is(pg_temp.own_windows(60000), 60000 + 60000 - 35999::bigint, '60,000 at once');
SELECT throws_ok('SELECT pg_temp.own_windows(70000)', '54000',
	'too many different values of window, mode and number of steps in one query', 'there is a limit');

SELECT * FROM finish();
ROLLBACK;
