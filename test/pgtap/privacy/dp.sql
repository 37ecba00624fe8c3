-- Differential privacy: what a unit contributes, in any plan; the law of the noise; settings and NULLs.
BEGIN;
SELECT plan(31);
-- an epsilon that leaves no noise worth naming: what is counted can be seen
\set loud 1e6

CREATE TEMP TABLE spend AS
	SELECT i % 50 AS unit, i % 3 AS part, ((i * 37) % 101 - 50)::float8 / 4 AS x FROM generate_series(1, 3000) AS i;

-- ---------- contributions, against SQL ----------

SELECT is((SELECT dp_count(unit, :loud) FROM spend), 50::bigint, 'a unit counts once');
SELECT is((SELECT dp_count(unit, :loud, 0, 7) FROM spend), 350::bigint, 'or as many rows as may count');
SELECT is((SELECT dp_count(unit, :loud, 0, 1000) FROM spend), 3000::bigint, 'all rows, if there are not more');
SELECT is((SELECT dp_count_threshold(unit, 100, 1e-9) FROM spend), 50::bigint, 'units above a threshold');
SELECT ok(abs((SELECT dp_sum(unit, x, -20, 30, :loud) FROM spend) -
	(SELECT sum(least(greatest(s, -20), 30)) FROM (SELECT sum(x) AS s FROM spend GROUP BY unit) AS u)) < 0.01,
	'the sum of a unit is clamped, not its rows');
SELECT ok(abs((SELECT dp_avg(unit, x, -1, 0.1, :loud) FROM spend) -
	(SELECT avg(least(greatest(m, -1), 0.1)) FROM (SELECT avg(x) AS m FROM spend GROUP BY unit) AS u)) < 0.001,
	'the mean of a unit is clamped');

-- one unit with rows beyond all bounds moves no result by more than its bound
CREATE TEMP VIEW more AS SELECT unit, x FROM spend UNION ALL
	SELECT 1000, y FROM unnest(ARRAY[1e300, 1e9, 'Infinity', 5]::float8[]) AS y, generate_series(1, 100);
SELECT ok(abs((SELECT dp_sum(unit, x, -20, 30, :loud) FROM more) -
	(SELECT dp_sum(unit, x, -20, 30, :loud) FROM spend) - 30) < 0.01, 'an extreme unit adds its bound');
SELECT is((SELECT dp_count(unit, :loud, 0, 60) FROM more), 3060::bigint, 'and as many rows as may count');
SELECT ok(abs((SELECT dp_sum(unit, x, -20, 30, :loud) FROM (VALUES (1, 1e308::float8), (1, 1e308), (1, '-Infinity'), (1, '-Infinity'),
	(1, 7)) AS v(unit, x)) - 7) < 0.01, 'infinity counts as much as the largest number');
SELECT ok(abs((SELECT dp_sum(unit, x, -20, 30, :loud) FROM (VALUES (1, 'NaN'::float8), (1, 7)) AS v(unit, x)) - 7) < 0.01,
	'NaN adds nothing');

-- ---------- plans ----------

-- the same rows under any split into states, and in any order
CREATE FUNCTION pg_temp.state(which int) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	state bytea;
	r record;
BEGIN
	FOR r IN SELECT unit, x FROM spend WHERE part = which ORDER BY x, unit LOOP
		state := dp_sum_trans(state, r.unit::bigint, r.x, -20, 30, 1e6);
	END LOOP;
	RETURN state;
END $$;
SELECT ok(abs((SELECT dp_number_final(dp_combine(dp_combine(NULL, pg_temp.state(1)),
	dp_combine(pg_temp.state(2), pg_temp.state(0))))) -
	(SELECT sum(least(greatest(s, -20), 30)) FROM (SELECT sum(x) AS s FROM spend GROUP BY unit) AS u)) < 0.01,
	'states of parts of a unit''s rows combine before its bound is applied');
SELECT ok(abs(dp_number_final(dp_combine(pg_temp.state(1), NULL)) -
	(SELECT sum(least(greatest(s, -20), 30)) FROM (SELECT sum(x) AS s FROM spend WHERE part = 1 GROUP BY unit) AS u)) < 0.01,
	'an empty state adds nothing');

CREATE TABLE public.spend_large AS SELECT unit, x, g FROM spend, generate_series(1, 20) AS g;
SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	line text;
	whole text := '';
BEGIN
	FOR line IN EXECUTE 'EXPLAIN (COSTS OFF, VERBOSE) ' || query LOOP
		whole := whole || line || E'\n';
	END LOOP;
	RETURN whole;
END $$;
SELECT matches(pg_temp.plan_of('SELECT dp_sum(unit, x, -20, 30, 1e6) FROM public.spend_large'), 'Partial Aggregate',
	'workers compute partial states');
SELECT ok(abs((SELECT dp_sum(unit, x, -20, 30, :loud) FROM public.spend_large) -
	(SELECT sum(least(greatest(s, -20), 30)) FROM (SELECT sum(x) AS s FROM public.spend_large GROUP BY unit) AS u)) < 0.01,
	'in a parallel plan no unit adds more than its bound');
SELECT is((SELECT dp_count(unit, :loud, 0, 7) FROM public.spend_large), 350::bigint, 'nor more rows');
SET LOCAL max_parallel_workers_per_gather = 0;

-- nothing is computed when the query is planned
SELECT matches(pg_temp.plan_of('SELECT dp_count(unit, 1.0) FROM (VALUES (1), (2)) AS v(unit)'), 'Aggregate',
	'no result is folded into the plan');
SELECT is((SELECT count(DISTINCT provolatile)::int FROM pg_proc WHERE proname IN ('dp_count_final', 'dp_number_final')
	AND provolatile = 'v'), 1, 'the final functions are volatile');

-- ---------- noise ----------

CREATE FUNCTION pg_temp.noises(call text, n int) RETURNS SETOF float8 LANGUAGE plpgsql AS $$
DECLARE
	x float8;
BEGIN
	FOR i IN 1 .. n LOOP
		EXECUTE call INTO x;
		RETURN NEXT x;
	END LOOP;
END $$;
SELECT ok((SELECT count(DISTINCT x) FROM pg_temp.noises('SELECT dp_sum(unit, x, -20, 30, 1) FROM spend', 5) AS x) = 5,
	'every execution draws other noise');
PREPARE twice AS SELECT dp_sum(unit, x, -20, 30, 1) FROM spend;
CREATE TEMP TABLE first AS EXECUTE twice;
CREATE TEMP TABLE second AS EXECUTE twice;
SELECT isnt((SELECT dp_sum FROM first), (SELECT dp_sum FROM second), 'a prepared statement, too');

-- the spread of 4000 draws, by group, is that of the law; wrong with a chance below 1e-9
SELECT ok(abs(avg(abs(noise)) / (2 * exp(-0.5) / (1 - exp(-1))) - 1) < 0.12, 'Laplace noise of scale 1 / epsilon')
FROM (SELECT dp_count(i, 0.5) - 1 AS noise FROM generate_series(1, 4000) AS i GROUP BY i) AS s;
-- 3.73063163481594: test/oracle/dp.R
SELECT ok(abs(stddev(noise) / (3.73063163481594 * 30) - 1) < 0.08, 'Gaussian noise of the deviation for epsilon and delta')
FROM (SELECT dp_sum(i, 1, -20, 30, 1, 1e-5) - 1 AS noise FROM generate_series(1, 4000) AS i GROUP BY i) AS s;
SELECT is((SELECT count(n) FROM (SELECT dp_count_threshold(i, 1, 1e-15) AS n FROM generate_series(1, 4000) AS i GROUP BY i) AS s),
	0::bigint, 'a group of one unit is not seen');

-- ---------- rows and settings ----------

SELECT ok((SELECT dp_count(NULL::bigint, :loud) = 0 AND abs(dp_sum(1, NULL, 0, 1, :loud)) < 0.001
	FROM generate_series(1, 3)), 'rows without a unit or a value add nothing, and there is a result');
SELECT ok((SELECT dp_count(i, 1.0) IS NULL FROM generate_series(1, 0) AS i), 'no row, no result');
SELECT is((SELECT dp_count(unit::text, :loud) + dp_count(lpad(unit::text, 32, '0')::uuid, :loud) FROM spend), 100::bigint,
	'units may be text or uuid');
SELECT throws_ok('SELECT dp_count(unit, 0) FROM spend', '22023', 'epsilon is out of range: 0', 'epsilon must be positive');
SELECT throws_ok('SELECT dp_count(unit, ''NaN'') FROM spend', '22023', 'epsilon is out of range: NaN', 'and a number');
SELECT throws_ok('SELECT dp_count(unit, 1, 0.2) FROM spend', '22023', 'delta is out of range: 0.2', 'delta must be small');
SELECT throws_ok('SELECT dp_sum(unit, x, 1, 1, 1) FROM spend', '22023', 'lower must be below upper', 'bounds must differ');
SELECT throws_ok('SELECT dp_count(unit, 1 + part) FROM spend', '22023', NULL, 'settings must be the same for all rows');
SELECT throws_ok('SELECT dp_count(unit, NULL::float8) FROM spend', '22004', 'epsilon must not be null', 'nor be NULL');

SELECT * FROM finish();
ROLLBACK;
