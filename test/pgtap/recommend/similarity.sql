-- cosine_similarity and pearson_similarity: against scikit-learn and scipy, against
-- SQL's own arithmetic, and however rows are split, ordered and planned.
BEGIN;
SELECT plan(22);

CREATE FUNCTION pg_temp.gap(got float8, want float8) RETURNS float8
	LANGUAGE sql RETURN abs(got - want) / greatest(1, abs(want));

-- made by test/oracle/similarity.py
CREATE TEMP TABLE golden (shift float8, scale float8, g int, cosine float8, pearson float8);
INSERT INTO golden VALUES
	(0.0, 1.0, 3, 0.750283189178046, -0.5231217748320653),
	(0.0, 1.0, 5, 0.9204724088124712, -0.05984151901315081),
	(0.0, 1.0, 8, 0.8572735900563508, -0.21457161356096535),
	(0.0, 1.0, 13, 0.8306741472920642, -0.17619034773760237),
	(0.0, 1000000.0, 3, 0.750283189178046, -0.5231217748320655),
	(0.0, 1000000.0, 5, 0.9204724088124713, -0.05984151901315079),
	(0.0, 1000000.0, 8, 0.8572735900563508, -0.21457161356096527),
	(0.0, 1000000.0, 13, 0.8306741472920645, -0.17619034773760237),
	(1000.0, 0.25, 3, 0.9999998220695346, -0.5231217748320655),
	(1000.0, 0.25, 5, 0.9999999315738594, -0.05984151901315085),
	(1000.0, 0.25, 8, 0.999999842558626, -0.21457161356096535),
	(1000.0, 0.25, 13, 0.9999998477540142, -0.17619034773760237);
CREATE TEMP TABLE answer AS
	SELECT golden.*, cosine_similarity(a, b) AS got_cosine, pearson_similarity(a, b) AS got_pearson
	FROM golden, generate_series(1, 4 * g) AS i,
		LATERAL (SELECT shift + scale * (1 + i * g % 5 + i % 3 / 2.0) AS a,
			shift + scale * (1 + i * i % 7 + g % 3 - i % 5 / 4.0) AS b) AS t
	GROUP BY 1, 2, 3, 4, 5;
SELECT cmp_ok(max(pg_temp.gap(got_cosine, cosine)), '<=', 1e-14::float8, 'cosine is that of scikit-learn') FROM answer;
SELECT cmp_ok(max(pg_temp.gap(got_pearson, pearson)), '<=', 1e-12::float8, 'Pearson is that of scipy') FROM answer;
SELECT is(count(got_cosine + got_pearson), 12::bigint, 'for all of them') FROM answer;

-- 300 users who have rated some of 60 items
CREATE TABLE stars AS
	SELECT u AS user_id, i AS item_id, 1 + (u * u * 7 + i * i * 3 + u * i * 5) % 9 / 2.0 AS rating
	FROM generate_series(1, 300) AS u, generate_series(1, 60) AS i WHERE (u * 31 + i * 17 + u * i) % 7 < 2;
CREATE TABLE pairs AS
	SELECT a.user_id AS u, b.user_id AS v, a.rating AS a, b.rating AS b, row_number() OVER () % 97 AS part
	FROM stars AS a JOIN stars AS b USING (item_id) WHERE a.user_id < b.user_id;

-- SQL's own corr() answers even where deviations are only rounding; whole numbers have none
CREATE TEMP TABLE by_pair AS
	SELECT u, v, count(*) AS n, cosine_similarity(a, b) AS cosine, pearson_similarity(a, b) AS pearson,
		cosine_similarity(a, b, 3) AS cosine_3, pearson_similarity(a, b, 3) AS pearson_3,
		cosine_similarity(a, b, 1, 20) AS cosine_shrunk, pearson_similarity(a, b, 1, 20) AS pearson_shrunk,
		sum(a * b)::float8 / sqrt((sum(a * a) * sum(b * b))::float8) AS want_cosine,
		CASE WHEN count(DISTINCT a) > 1 AND count(DISTINCT b) > 1 THEN corr(2 * a, 2 * b) END AS want_pearson
	FROM pairs GROUP BY u, v;
SELECT cmp_ok(count(*), '>', 10000::bigint, 'many pairs of users') FROM by_pair;
SELECT is(count(*), 0::bigint, 'cosine by hand') FROM by_pair WHERE NOT pg_temp.gap(cosine, want_cosine) <= 1e-14;
SELECT is(count(*), 0::bigint, 'Pearson by corr(), NULL for constants') FROM by_pair
WHERE (pearson IS NULL) <> (want_pearson IS NULL) OR NOT pg_temp.gap(pearson, want_pearson) <= 1e-14;
SELECT is(count(*), 0::bigint, 'min_support takes away those of fewer rows, and no others') FROM by_pair
WHERE cosine_3 IS DISTINCT FROM CASE WHEN n >= 3 THEN cosine END OR pearson_3 IS DISTINCT FROM CASE WHEN n >= 3 THEN pearson END;
SELECT is(count(*), 0::bigint, 'shrinkage is n / (n + s) and (n - 1) / (n - 1 + s)') FROM by_pair
WHERE NOT (pg_temp.gap(cosine_shrunk, cosine * n / (n + 20)) <= 1e-15)
	OR NOT (pg_temp.gap(pearson_shrunk, pearson * (n - 1) / (n - 1 + 20)) <= 1e-15)
	OR (pearson_shrunk IS NULL) <> (pearson IS NULL);
SELECT is(count(*), 0::bigint, 'none is beyond 1') FROM by_pair WHERE abs(cosine) > 1 OR abs(pearson) > 1;
SELECT is(ARRAY[cosine_similarity(rating, rating), pearson_similarity(rating, rating), pearson_similarity(rating, -rating)], '{1,1,-1}',
	'ratings with themselves: to the bit') FROM stars;

-- a mean of a million deviations; SQL's arithmetic in numeric
CREATE TABLE far AS
	SELECT i, i % 89 AS part, 1e6 + (i * 7919 % 1009) / 1009.0 AS a, -1e6 + (i * 104729 % 997) / 997.0 + (i * 7919 % 1009) / 2018.0 AS b
	FROM generate_series(1, 5000) AS i;
CREATE TEMP TABLE want AS
	SELECT (count(*) * sum(x * y) - sum(x) * sum(y))
		/ sqrt((count(*) * sum(x * x) - sum(x) ^ 2) * (count(*) * sum(y * y) - sum(y) ^ 2)) AS pearson
	FROM (SELECT a::float8::numeric AS x, b::float8::numeric AS y FROM far) AS t;
SELECT cmp_ok(pg_temp.gap(pearson_similarity(a, b), want.pearson::float8), '<=', 1e-9::float8, 'Pearson far from zero')
FROM far, want GROUP BY want.pearson;
SELECT cmp_ok(pg_temp.gap(pearson_similarity(a, b ORDER BY a), pearson_similarity(a, b ORDER BY -i)), '<=',
	1e-12::float8, 'row order does not matter')
FROM far;
SELECT is(pearson_similarity(1e6 / 3, a), NULL, 'a constant far from zero') FROM far;

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.part(float8, float8, bigint, float8) (SFUNC = similarity_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge_pearson(bytea) (SFUNC = similarity_combine, STYPE = bytea, FINALFUNC = pearson_similarity_final);
CREATE AGGREGATE pg_temp.merge_cosine(bytea) (SFUNC = similarity_combine, STYPE = bytea, FINALFUNC = cosine_similarity_final);
SELECT cmp_ok(greatest(pg_temp.gap(pg_temp.merge_pearson(state::text::bytea),
	(SELECT pearson_similarity(a, b, 10, 5) FROM far WHERE part <> 5)),
		pg_temp.gap(pg_temp.merge_cosine(state::text::bytea), (SELECT cosine_similarity(a, b, 10, 5) FROM far WHERE part <> 5))),
	'<=', 1e-12::float8, 'parts of one similarity')
FROM (SELECT NULL::bytea AS state
	UNION ALL SELECT pg_temp.part(CASE WHEN part <> 5 THEN a END, b, 10, 5) FROM far GROUP BY part) AS t;
SET LOCAL extra_float_digits = 0;
CREATE TEMP TABLE texts AS
SELECT pg_temp.part(1e9 + sin(i), 1e9 + cos(7 * i), 1, 0)::text AS state FROM generate_series(1, 1000) AS i GROUP BY i % 7;
SELECT cmp_ok(pg_temp.gap(pg_temp.merge_pearson(state::bytea), 
	(SELECT pearson_similarity(1e9 + sin(i), 1e9 + cos(7 * i)) FROM generate_series(1, 1000) AS i)),
	'<=', 1e-9::float8, 'parts far from zero, sent with few digits')
FROM texts;
RESET extra_float_digits;
SELECT is(count(*), 0::bigint, 'parts of many')
FROM (SELECT u, v, pg_temp.merge_pearson(state::text::bytea) AS pearson, pg_temp.merge_cosine(state::text::bytea) AS cosine
	FROM (SELECT u, v, pg_temp.part(a, b, 3, 0) AS state FROM pairs GROUP BY u, v, part) AS t GROUP BY u, v) AS merged
JOIN by_pair USING (u, v)
WHERE merged.pearson IS DISTINCT FROM pearson_3 OR merged.cosine IS DISTINCT FROM cosine_3;
SELECT throws_ok($$
	SELECT pg_temp.merge_pearson(state) FROM (SELECT pg_temp.part(1, 2, k, 0) AS state FROM generate_series(1, 2) AS k GROUP BY k) AS t
$$, '22023', 'min_support must be the same for all rows', 'parts with other settings are refused');

-- as a window, where the final function is called repeatedly on one state
SELECT is(count(*), 0::bigint, 'a running window agrees with a group')
FROM (SELECT i, pearson_similarity(a, b) OVER (ORDER BY i) AS running FROM far WHERE i <= 40) AS w
WHERE running IS DISTINCT FROM (SELECT pearson_similarity(a, b) FROM far WHERE far.i <= w.i);

-- a parallel plan
CREATE TEMP TABLE serial AS SELECT pearson_similarity(a, b) AS pearson, cosine_similarity(a, b, 2, 3) AS cosine FROM far;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'partly computed by workers')
FROM pg_temp.plan_of('SELECT pearson_similarity(a, b), cosine_similarity(a, b, 2, 3) FROM far') AS line WHERE line ~ 'Partial Aggregate';
SELECT cmp_ok(greatest(pg_temp.gap(pearson_similarity(a, b), s.pearson), pg_temp.gap(cosine_similarity(a, b, 2, 3), s.cosine)),
	'<=', 1e-12::float8, 'workers give the same result') FROM far, serial AS s GROUP BY s.pearson, s.cosine;

SELECT throws_ok($$ SELECT pearson_similarity('NaN', 1) $$, '22003', 'rating must be finite', 'NaN is refused');
SELECT throws_ok($$ SELECT cosine_similarity(1, 1, 0) $$, '22023', 'min_support is out of range: 0', 'a support of 0 is refused');

SELECT * FROM finish();
ROLLBACK;
