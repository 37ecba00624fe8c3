-- cf_predict over rows: against the formula in SQL, and however rows are split,
-- ordered and planned.
BEGIN;
SELECT plan(12);

CREATE FUNCTION pg_temp.gap(got float8, want float8) RETURNS float8
	LANGUAGE sql RETURN abs(got - want) / greatest(1, abs(want));

CREATE TABLE neighbours AS
	SELECT g, i, i % 13 AS part, round((((i * i * 7 + g * i) % 401 - 200) / 200.0), 3) AS s, 1 + (i * g + i / 3) % 9 / 2.0 AS r,
		2 + (i * 13 % 21) / 10.0 AS m, 1 + g % 37 / 10.0 AS mean
	FROM generate_series(1, 200) AS g, generate_series(1, 40) AS i;
CREATE TEMP TABLE answer AS
	SELECT g, cf_predict(s, r, m, mean) AS got, (mean + sum(s * (r - m)) / sum(abs(s)))::float8 AS want FROM neighbours GROUP BY g, mean;
SELECT is(count(*), 0::bigint, 'the formula') FROM answer WHERE NOT pg_temp.gap(got, want) <= 1e-14;
SELECT is(cf_predict(s, r, m, mean), NULL, 'no neighbour: NULL') FROM neighbours WHERE false;
SELECT is(cf_predict(CASE WHEN i = 2 THEN s END, r, m, mean), cf_predict(s, r, m, mean) FILTER (WHERE i = 2),
	'a NULL similarity is not a neighbour')
FROM neighbours WHERE g = 7;
SELECT is(cf_predict(0, r, m, mean), NULL, 'similarities of 0 only: NULL') FROM neighbours WHERE g = 7;
SELECT is(cf_predict(s, mean, mean, mean), cf_predict(s, mean + 1, mean + 1, mean),
	'a neighbour who rates the item like all others adds nothing')
FROM neighbours WHERE g = 7;
-- a prediction does not change if all similarities are multiplied, and shifts with the ratings
SELECT cmp_ok(max(abs(d)), '<=', 1e-13::float8, 'scale and shift')
FROM (SELECT cf_predict(s * 7, r + 2, m + 2, mean + 2) - cf_predict(s, r, m, mean) - 2 AS d FROM neighbours GROUP BY g) AS t;

-- terms that nearly cancel: no digits are lost
SELECT is(cf_predict(s, r, 0, 0), 0.5 / 4::float8, 'sums have twice the digits')
FROM (VALUES (1, 1e17), (1, 0.5), (1, -1e17), (1, 0)) AS t(s, r);
SELECT cmp_ok(pg_temp.gap(cf_predict(s, r * 1e15, m, mean ORDER BY i), cf_predict(s, r * 1e15, m, mean ORDER BY r)), '<=', 1e-15::float8,
	'row order does not matter') FROM neighbours WHERE g = 9;

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.part(float8, float8, float8, float8) (SFUNC = cf_predict_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge(bytea) (SFUNC = cf_predict_combine, STYPE = bytea, FINALFUNC = cf_predict_final);
SELECT is(count(*), 0::bigint, 'parts')
FROM (SELECT g, pg_temp.merge(state::text::bytea) AS merged
	FROM (SELECT g, pg_temp.part(CASE WHEN part <> 5 THEN s END, r, m, mean) AS state FROM neighbours GROUP BY g, part
		UNION ALL SELECT g, NULL FROM generate_series(1, 200) AS g) AS t GROUP BY g) AS merged
JOIN (SELECT g, cf_predict(s, r, m, mean) AS whole FROM neighbours WHERE part <> 5 GROUP BY g) AS whole USING (g)
WHERE NOT pg_temp.gap(merged, whole) <= 1e-15;

CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(count(*), 1::bigint, 'partly computed by workers')
FROM pg_temp.plan_of('SELECT g, cf_predict(s, r, m, mean) FROM neighbours GROUP BY g') AS line WHERE line ~ 'Partial .*Aggregate';
SELECT is(count(*), 0::bigint, 'workers give the same result')
FROM (SELECT g, cf_predict(s, r, m, mean) AS parallel FROM neighbours GROUP BY g) AS p JOIN answer USING (g)
WHERE NOT pg_temp.gap(parallel, want) <= 1e-14;

SELECT throws_ok($$ SELECT cf_predict(s, r, m, g) FROM neighbours $$, '22023',
	'user_mean must be the same for all rows', 'a user has one mean');

SELECT * FROM finish();
ROLLBACK;
