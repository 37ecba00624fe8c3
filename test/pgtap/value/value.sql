-- Revenue per user, churn and lifetime value, against SQL's own arithmetic and
-- however rows are split, ordered and planned.
BEGIN;
SELECT plan(30);

CREATE TABLE value_users AS
	SELECT i AS user_id, i % 997 AS part, (i * 7919 % 100003) / 100.0 * CASE i % 3 WHEN 0 THEN 1e9 WHEN 1 THEN -1e9 ELSE 1 END AS money,
		i % 13 = 0 AS churned, i % 4 <> 0 AS before, i % 5 <> 0 AS after,
		'2026-06-01'::timestamptz - i * interval '13 minutes' AS last_active
	FROM generate_series(1, 20000) AS i;
CREATE VIEW value_real AS SELECT *, money::float8 AS revenue FROM value_users;

CREATE FUNCTION pg_temp.is_near(got float8, want float8, what text) RETURNS text
	LANGUAGE sql RETURN cmp_ok(abs(got - want) / abs(want), '<=', 1e-12::float8, what);

SELECT pg_temp.is_near(arpu(revenue), avg(money)::float8, 'arpu is the mean, with twice the digits') FROM value_real;
SELECT pg_temp.is_near(arpu(revenue, user_id % 777), (sum(money) / count(DISTINCT user_id % 777))::float8, 'arpu over events')
FROM value_real;
SELECT is(churn_rate(churned), (avg(churned::int))::float8, 'churn_rate is the mean') FROM value_real;
SELECT is(churn_rate(before, after), (avg((NOT after)::int) FILTER (WHERE before))::float8, 'churn_rate of two periods') FROM value_real;
SELECT is(churn_rate(last_active, '2026-06-01', '30 days'),
	avg((last_active < '2026-06-01'::timestamptz - interval '30 days')::int)::float8,
	'churn_rate by inactivity') FROM value_real;
SELECT pg_temp.is_near(ltv(revenue, churned), (sum(money) / count(*) FILTER (WHERE churned))::float8, 'ltv over users') FROM value_real;
SELECT pg_temp.is_near(ltv(revenue, churned), ltv(arpu(revenue), churn_rate(churned)), 'ltv is arpu over churn_rate') FROM value_real;
SELECT pg_temp.is_near(ltv(money, churned), ltv(revenue, churned), 'numeric and float8 revenue give the same') FROM value_real;
SELECT is(ltv(100, 0.07), 100 / 0.07, 'numeric arguments are divided as numeric');
SELECT is(ltv(100, 0.07, 0.35, 0.01), 100 * 0.35 * 1.01 / 0.08, 'and discounted as numeric');

-- up to a horizon: the sum of the periods
CREATE TEMP TABLE horizon AS
SELECT rate, discount, horizon,
	(SELECT coalesce(sum(80 * ((1 - rate) / round(1 + discount, 50)) ^ n), 0) FROM generate_series(0, horizon - 1) AS n) AS value
FROM unnest('{0,0.000001,0.03,0.1,0.97,1}'::numeric[]) AS rate, unnest('{0,0.01,0.5}'::numeric[]) AS discount,
	unnest('{0,1,2,12,120}'::int[]) AS horizon;
SELECT is(count(*), 0::bigint, 'up to a horizon the periods add up, as numeric')
FROM horizon WHERE abs(ltv(200, rate, 0.4, discount, horizon) - value) > 1e-11 * value;
SELECT is(count(*), 0::bigint, 'and as float8')
FROM horizon WHERE abs(ltv(200::float8, rate, 0.4, discount, horizon) - value::float8) > 1e-13 * value::float8;
SELECT is(ltv(100, 0.1, horizon => 12), 100 * (1 - 0.9 ^ 12) / 0.1, 'a year of months at 10 % churn');
SELECT is(ltv(100, 0.1, horizon => 1000000), ltv(100, 0.1), 'a long horizon is for ever');
SELECT is(ltv(100, 0.1, horizon => 'infinity'), ltv(100, 0.1), 'so is none');

SELECT is(count(*), 0::bigint, 'a numeric counts as the nearest float8, whatever its scale and size')
FROM (SELECT x, arpu(x) AS got FROM (
		SELECT sign * ((i::numeric * 2654435761 % 10::numeric ^ digits) * 10::numeric ^ scale)::numeric AS x
		FROM generate_series(1, 200) AS i, generate_series(1, 20) AS digits, generate_series(-18, 18, 3) AS scale,
			(VALUES (1), (-1)) AS s(sign)) AS t GROUP BY x) AS t
WHERE got <> x::float8;
SELECT is(ARRAY[arpu(x), ltv(x, true)], '{1.5e307,1.5e307}', 'the largest numbers too') FROM (VALUES (1e307::float8), (2e307)) AS t(x);

-- twice through each order, so that remainders cannot hide
SELECT pg_temp.is_near(arpu(revenue ORDER BY revenue), arpu(revenue ORDER BY -user_id), 'row order does not matter') FROM value_real;

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.merge_churn(bigint[]) (SFUNC = churn_rate_combine, STYPE = bigint[], FINALFUNC = churn_rate_final);
CREATE AGGREGATE pg_temp.merge_inactive(bigint[]) (SFUNC = churn_rate_inactive_combine, STYPE = bigint[], FINALFUNC = churn_rate_final);
CREATE AGGREGATE pg_temp.merge_ltv(bytea) (SFUNC = revenue_combine, STYPE = bytea, FINALFUNC = ltv_final);
CREATE AGGREGATE pg_temp.merge_arpu(bytea) (SFUNC = arpu_events_combine, STYPE = bytea, FINALFUNC = arpu_events_final);
CREATE AGGREGATE pg_temp.part_churn(boolean) (SFUNC = churn_rate_trans, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.part_inactive(timestamptz, timestamptz, interval) (SFUNC = churn_rate_trans, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.part_ltv(float8, boolean) (SFUNC = ltv_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.part_arpu(float8, bigint) (SFUNC = arpu_events_trans, STYPE = bytea);

-- parts, some of them empty except for rows with NULL
SELECT is(pg_temp.merge_churn(state::text::bigint[]), (SELECT churn_rate(churned) FROM value_real), 'parts of churn_rate')
FROM (SELECT pg_temp.part_churn(CASE WHEN part <> 5 THEN churned END) AS state FROM value_real WHERE part <> 5 GROUP BY part
	UNION ALL SELECT pg_temp.part_churn(churned) FROM value_real WHERE part = 5
	UNION ALL SELECT NULL) AS t;
SELECT is(pg_temp.merge_inactive(state::text::bigint[]), (SELECT churn_rate(last_active, '2026-06-01', '30 days') FROM value_real),
	'parts of churn_rate by inactivity')
FROM (SELECT NULL::bigint[] AS state
	UNION ALL SELECT pg_temp.part_inactive(last_active, '2026-06-01', '30 days') FROM value_real GROUP BY part) AS t;
SELECT pg_temp.is_near(pg_temp.merge_ltv(state::text::bytea), (SELECT ltv(revenue, churned) FROM value_real), 'parts of ltv')
FROM (SELECT NULL::bytea AS state UNION ALL SELECT pg_temp.part_ltv(revenue, churned) FROM value_real GROUP BY part) AS t;
SELECT pg_temp.is_near(pg_temp.merge_arpu(state::text::bytea),
	(SELECT arpu(revenue, user_id % 777) FROM value_real), 'parts of arpu over events')
FROM (SELECT NULL::bytea AS state UNION ALL SELECT pg_temp.part_arpu(revenue, user_id % 777) FROM value_real GROUP BY part) AS t;

-- a parallel plan
CREATE TEMP TABLE serial AS
	SELECT ARRAY[arpu(revenue), arpu(revenue, user_id % 777), churn_rate(churned), churn_rate(before, after),
		churn_rate(last_active, '2026-06-01', '30 days'), ltv(revenue, churned)] AS x FROM value_real;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'arpu is partly computed by workers')
FROM pg_temp.plan_of('SELECT arpu(revenue, user_id), churn_rate(churned), ltv(revenue, churned) FROM value_real') AS line
WHERE line ~ 'Partial Aggregate';
SELECT cmp_ok(max(abs(a - b) / abs(b)), '<=', 1e-12::float8, 'workers give the same result')
FROM (SELECT ARRAY[arpu(revenue), arpu(revenue, user_id % 777), churn_rate(churned), churn_rate(before, after),
		churn_rate(last_active, '2026-06-01', '30 days'), ltv(revenue, churned)] AS y FROM value_real) AS p, serial,
	unnest(x, y) AS t(a, b);

SELECT throws_ok('SELECT ltv(1, 2)', '22023', 'churn_rate is out of range: 2', 'a churn rate above 1 is refused');
SELECT throws_ok('SELECT arpu(''NaN''::float8)', '22003', 'revenue must be finite', 'NaN is refused');

-- an integer is a rate if it is the same in the whole query
SELECT is(ARRAY[ltv_rate_check(1), ltv_rate_check(0::smallint), ltv_rate_check(NULL::int)], ARRAY[1, 0, NULL], 'constants pass');
PREPARE rate_of(bigint) AS SELECT ltv_rate_check($1) + 1;
SELECT lives_ok('EXECUTE rate_of(1)', 'a parameter is a constant');
SELECT throws_ok($$SELECT ltv_rate_check(churned) FROM (VALUES (0), (1)) AS t (churned)$$, '42804',
	'churn rate must not be an integer column', 'a column is a flag');
SELECT throws_ok($$SELECT ltv(10::float8, churned) FROM (VALUES (0), (1)) AS t (churned)$$, '42804',
	'churn rate must not be an integer column', 'ltv asks');

SELECT * FROM finish();
ROLLBACK;
