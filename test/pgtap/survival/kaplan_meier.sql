-- Survival curves against SQL's own counts, and summaries that add up however rows
-- are split, ordered and planned.
BEGIN;
SELECT plan(21);

CREATE TABLE users AS
	SELECT i, i % 31 AS day, CASE WHEN i % 101 > 0 THEN (i * 7919 % 10007) / 16.0 END AS months,
		CASE WHEN i % 103 > 0 THEN i % 3 = 0 END AS churned
	FROM generate_series(1, 30000) AS i;
ANALYZE users;
CREATE TEMP TABLE whole AS SELECT kaplan_meier(months, churned) AS summary FROM users;
CREATE TEMP VIEW curve AS SELECT c.* FROM whole, survival_curve(summary) AS c;

SELECT cmp_ok(count(*), '>=', 10000::bigint, 'ten thousand distinct times') FROM curve;
SELECT results_eq('SELECT time, at_risk, events, censored FROM curve', $$
	SELECT months::float8, sum(n) OVER (ORDER BY months DESC)::bigint, events, n - events
	FROM (SELECT months, count(*) AS n, count(*) FILTER (WHERE churned) AS events
		FROM users WHERE months IS NOT NULL AND churned IS NOT NULL GROUP BY months) AS t
	ORDER BY months $$, 'counts are those of GROUP BY');
SELECT is(ARRAY[summary::jsonb -> 'rows_used', summary::jsonb -> 'rows_skipped', summary::jsonb -> 'event_count']::bigint[],
	(SELECT ARRAY[count(*) FILTER (WHERE months + churned::int IS NOT NULL), count(*) FILTER (WHERE months + churned::int IS NULL),
		count(*) FILTER (WHERE churned AND months IS NOT NULL)] FROM users), 'and so are their sums') FROM whole;
-- as a sum of logarithms, and Greenwood's
SELECT cmp_ok(max(abs(survival - s) / s), '<=', 1e-11::float8, 'survival is the product of the shares kept')
FROM (SELECT survival, exp(sum(ln((at_risk - events) / at_risk::float8)) OVER (ORDER BY time)) AS s FROM curve WHERE survival > 0) AS t;
SELECT cmp_ok(max(abs(std_error - s) / greatest(s, 1e-9)), '<=', 1e-11::float8, 'its error is Greenwood''s')
FROM (SELECT std_error, survival * sqrt(sum(events / (at_risk * (at_risk - events)::float8)) OVER (ORDER BY time)) AS s
	FROM curve WHERE survival > 0) AS t;
SELECT is_empty($$ SELECT * FROM curve WHERE NOT (0 < ci_low AND ci_low < survival AND survival < ci_high AND ci_high < 1) $$,
	'intervals contain the survival');
SELECT is_empty($$ SELECT a.time FROM curve, whole, survival_curve(summary, 0.5) AS a WHERE a.time = curve.time
	AND NOT (a.ci_low > curve.ci_low AND a.ci_high < curve.ci_high) $$, 'lower confidence gives narrower intervals');

-- single values
SELECT is_empty($$ SELECT * FROM curve, whole WHERE survival_at(summary, time) IS DISTINCT FROM survival $$,
	'survival_at agrees with the curve at its steps');
SELECT is_empty($$ SELECT * FROM (SELECT time, survival, lead(time) OVER (ORDER BY time) AS next FROM curve) AS c, whole
	WHERE survival_at(summary, (time + next) / 2) IS DISTINCT FROM survival AND next IS NOT NULL $$, 'and between them');
-- the curve of users still there at a time is a curve of its own
SELECT is_empty($$ SELECT given, time FROM unnest('{-1,0,3,7.5,12}'::float8[]) AS given, whole,
	LATERAL (SELECT kaplan_meier(months, churned) AS later FROM users WHERE months > given) AS k, survival_curve(later)
	WHERE time > given AND survival_at(summary, time, given) - survival NOT BETWEEN -1e-13
		AND 1e-13 $$, 'with given: the curve of the users still there');
SELECT is(median_survival(summary), (SELECT min(time) FROM curve WHERE survival <= 0.5), 'the median is where the curve passes one half')
FROM whole;

-- sums of summaries
SELECT is(rollup(part)::text, (SELECT summary::text FROM whole), 'the sum of ' || n || ' parts is the whole')
FROM (SELECT n, i * 31 % n AS p, kaplan_meier(months, churned)::text::segment_summary AS part
	FROM users, (VALUES (1), (7), (1000)) AS t(n) GROUP BY n, p) AS parts
GROUP BY n;
SELECT is(rollup(daily ORDER BY day DESC)::text, (SELECT summary::text FROM whole),
	'daily summaries add up in any order, with NULL and empty ones')
FROM (SELECT day, kaplan_meier(months, churned) AS daily FROM users GROUP BY day
	UNION ALL SELECT -1, NULL UNION ALL SELECT -2, kaplan_meier(1, true) FILTER (WHERE false)) AS days;
SELECT is(kaplan_meier(months, churned ORDER BY i * 7 % 1009, i)::text, (SELECT summary::text FROM whole), 'row order does not matter')
FROM users;

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.part(float8, boolean) (SFUNC = kaplan_meier_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge(bytea) (SFUNC = kaplan_meier_combine, STYPE = bytea, FINALFUNC = kaplan_meier_final);
SELECT is(pg_temp.merge(state::text::bytea)::text, (SELECT summary::text FROM whole), 'parts of states, as text')
FROM (SELECT NULL::bytea AS state UNION ALL SELECT pg_temp.part(months, churned) FROM users GROUP BY i % 97) AS t;

-- a plan with workers
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT matches(string_agg(line, ' '), 'Partial Aggregate', 'kaplan_meier works in parts')
FROM pg_temp.plan_of('SELECT kaplan_meier(months, churned) FROM users') AS line;
SELECT is(kaplan_meier(months, churned)::text, (SELECT summary::text FROM whole), 'and gives the same bits') FROM users;

SELECT is_empty($$
	SELECT i FROM (SELECT i, kaplan_meier(months, churned) OVER (ORDER BY i) AS running FROM users WHERE i <= 200) AS w
	WHERE running::text <> (SELECT kaplan_meier(months, churned)::text FROM users WHERE i <= w.i)
$$, 'over a growing frame');
SELECT is(sum((s::jsonb ->> 'rows_used')::int + (s::jsonb ->> 'rows_skipped')::int), 30000::bigint, 'in ten thousand groups')
FROM (SELECT kaplan_meier(months, churned) AS s FROM users GROUP BY i % 10000) AS t;

SELECT * FROM finish();
ROLLBACK;
