-- Scores of clusterings: scikit-learn's numbers, SQL's own arithmetic, and what
-- holds however the rows are split, ordered and labelled.
BEGIN;
SELECT plan(59);

-- largest relative gap between two arrays, so that no test prints a raw float
CREATE FUNCTION pg_temp.gap(got float8[], want float8[]) RETURNS float8
	LANGUAGE sql IMMUTABLE
	RETURN (SELECT max(abs(g - w) / CASE w WHEN 0 THEN 1 ELSE abs(w) END) FROM unnest(got, want) AS t(g, w));

CREATE FUNCTION pg_temp.point(i int, base float8, scale float8) RETURNS float8[]
	LANGUAGE sql IMMUTABLE
	RETURN ARRAY[base + scale * ((i % 4) * 2 + (i * 7 % 11) / 11.0::float8),
		base + scale * (i * i % 13) / 3, base + scale * (i % 2) * 0.5];

CREATE FUNCTION pg_temp.scores(label text, base float8, scale float8) RETURNS float8[]
	LANGUAGE plpgsql AS $$
DECLARE result float8[];
BEGIN
	EXECUTE format('SELECT ARRAY[silhouette(c, x), calinski_harabasz(c, x), davies_bouldin(c, x)]
		FROM (SELECT %s AS c, pg_temp.point(i, $1, $2) AS x FROM generate_series(1, 400) AS i) t', label)
		INTO result USING base, scale;
	RETURN result;
END $$;

CREATE FUNCTION pg_temp.agreement(a text, b text) RETURNS float8[]
	LANGUAGE plpgsql AS $$
DECLARE result float8[];
BEGIN
	EXECUTE format('SELECT ARRAY[adjusted_rand(%1$s, %2$s), normalized_mutual_information(%1$s, %2$s)]
		FROM generate_series(1, 400) AS i', a, b) INTO result;
	RETURN result;
END $$;

-- numbers made by test/oracle/cluster_quality.py
SELECT cmp_ok(pg_temp.gap(pg_temp.scores(label, base, scale), ARRAY[s, ch, db]), '<', 1e-9::float8,
	format('scikit-learn''s scores by %s at %s, times %s', label, base, scale))
FROM (VALUES
	('i % 4', 0.0, 1.0, 0.368151500778296, 321.66449560538626, 1.3317758919108595),
	('i % 2', 0.0, 1.0, 0.1156243908254573, 69.79809192190444, 2.3630740626121387),
	('i * i % 13 / 5', 0.0, 1.0, 0.15050830663930523, 68.45566390171022, 4.729317680152199),
	('CASE WHEN i < 3 THEN i ELSE 0 END', 0.0, 1.0, -0.3668886704310493, 0.33048948043331744, 1.9897395153280346),
	('i % 4', 0.0, 0.001, 0.3681515007640313, 321.6644956053864, 1.3317758919108595),
	('i % 2', 0.0, 0.001, 0.11562439082054901, 69.79809192190463, 2.3630740626121356),
	('i * i % 13 / 5', 0.0, 0.001, 0.15050830662286158, 68.45566390171061, 4.72931768015219),
	('CASE WHEN i < 3 THEN i ELSE 0 END', 0.0, 0.001, -0.36688867043363077, 0.3304894804333152, 1.9897395153280477),
	('i % 4', 0.0, 1000000.0, 0.36815150078112685, 321.6644956053864, 1.331775891910859),
	('i % 2', 0.0, 1000000.0, 0.11562439082658091, 69.79809192190442, 2.3630740626121383),
	('i * i % 13 / 5', 0.0, 1000000.0, 0.15050830664132772, 68.4556639017103, 4.72931768015219),
	('CASE WHEN i < 3 THEN i ELSE 0 END', 0.0, 1000000.0, -0.3668886704306372, 0.3304894804333171, 1.9897395153280348)
) AS t(label, base, scale, s, ch, db);

SELECT cmp_ok(pg_temp.gap(pg_temp.agreement(a, b), ARRAY[ari, nmi]), '<', 1e-9::float8,
	format('scikit-learn''s agreement of %s and %s', a, b))
FROM (VALUES
	('i % 4', 'i % 2', 0.4981132075471698, 0.6666666666666666),
	('i % 3', 'i % 7', -0.007556675062972292, 2.405468538670632e-05),
	('i % 5', 'i * i % 11', -0.010645242091494613, 0.00048491714405195783),
	('i / 50', 'i / 40', 0.616402366515287, 0.7844502212016958),
	('i % 3', '5 - i % 3', 1.0, 1.0),
	('1', '1', 1.0, 1.0),
	('1', 'i % 3', 0.0, 0.0),
	('i', 'i', 1.0, 1.0),
	('i', '1', 0.0, 0.0),
	('i', 'i % 2', 0.0, 0.20738592121692762),
	('i % 2', 'i / 2 % 2', -0.002512562814070352, 0.0)
) AS t(a, b, ari, nmi);

CREATE TEMP TABLE points AS
	SELECT i, i % 5 AS c, i % 3 AS d, pg_temp.point(i, 0, 1)::feature_vector AS x,
		pg_temp.point(i, 1e6, 1)::feature_vector AS far
	FROM generate_series(1, 3000) AS i;

-- against SQL
SELECT cmp_ok(
	pg_temp.gap(ARRAY[simplified_silhouette(m, x)], ARRAY[avg(1 - ds[1] / ds[2])]),
	'<', 1e-13::float8, 'simplified_silhouette is the mean over rows')
FROM (SELECT kmeans_train(x, 4) AS m FROM points) t, points,
	LATERAL (SELECT array_agg(d ORDER BY d) AS ds FROM unnest(kmeans_distances(m, x)) AS d) u
GROUP BY m;
SELECT is((SELECT simplified_silhouette((SELECT kmeans_train(x, 1) FROM points), x) FROM points), NULL,
	'simplified_silhouette of one cluster is NULL');

-- far from zero: the same as near it, however the rows are split
SELECT cmp_ok(pg_temp.gap(ARRAY[calinski_harabasz(c, far), davies_bouldin(c, far), silhouette(c, far)],
		ARRAY[calinski_harabasz(c, x), davies_bouldin(c, x), silhouette(c, x)]),
	'<', 1e-7::float8, 'scores far from zero, but for the digits that the rows lose') FROM points;
SELECT cmp_ok(pg_temp.gap(ARRAY[calinski_harabasz(c, far ORDER BY i)], ARRAY[calinski_harabasz(c, far ORDER BY -i)]),
	'<', 1e-12::float8, 'calinski_harabasz hardly moves with the order') FROM points;
SELECT is(davies_bouldin(c, x ORDER BY i), davies_bouldin(c, x ORDER BY i * 7 % 3001),
	'davies_bouldin does not depend on the order') FROM points;
SELECT is(silhouette(c, x ORDER BY i), silhouette(c, x ORDER BY i * 7 % 3001),
	'silhouette does not depend on the order') FROM points;
SELECT is(ARRAY[silhouette(c, x), davies_bouldin(c, x), calinski_harabasz(c, x)],
		ARRAY[silhouette(c::text, x::float8[]), davies_bouldin(c::text, x::float8[]), calinski_harabasz(c::text, x::float8[])],
	'labels and vectors of other types') FROM points;

-- states: any split, through text, merged in any order, with empty parts
CREATE TEMP TABLE states AS
	SELECT i % 7 AS part, i, contingency_trans(NULL::bytea, c::bigint, d::bigint) AS pair,
		dispersion_trans(NULL::bytea, c::bigint, far) AS sums
	FROM points;
CREATE AGGREGATE pg_temp.merge_pairs(bytea) (SFUNC = contingency_combine, STYPE = bytea, COMBINEFUNC = contingency_combine);
CREATE AGGREGATE pg_temp.merge_sums(bytea) (SFUNC = dispersion_combine, STYPE = bytea, COMBINEFUNC = dispersion_combine);
CREATE AGGREGATE pg_temp.merge_means(bytea) (SFUNC = simplified_silhouette_combine, STYPE = bytea);
CREATE AGGREGATE pg_temp.means(segment_model, feature_vector) (SFUNC = simplified_silhouette_trans, STYPE = bytea);

SELECT is(ARRAY[adjusted_rand_final(s), normalized_mutual_information_final(s)],
	(SELECT ARRAY[adjusted_rand(c, d), normalized_mutual_information(c, d)] FROM points),
	'merged pair counts give the same bits')
FROM (SELECT pg_temp.merge_pairs(p::text::bytea ORDER BY part DESC) AS s
	FROM (SELECT part, pg_temp.merge_pairs(pair) AS p FROM states GROUP BY part UNION ALL VALUES (99, NULL::bytea)) t) u;
SELECT cmp_ok(pg_temp.gap(ARRAY[calinski_harabasz_final(s)], (SELECT ARRAY[calinski_harabasz(c, far)] FROM points)),
	'<', 1e-12::float8, 'merged sums agree')
FROM (SELECT pg_temp.merge_sums(p::text::bytea ORDER BY part DESC) AS s
	FROM (SELECT part, pg_temp.merge_sums(sums) AS p FROM states GROUP BY part UNION ALL VALUES (99, NULL::bytea)) t) u;
SELECT cmp_ok(pg_temp.gap(ARRAY[simplified_silhouette_final(pg_temp.merge_means(s::text::bytea))],
		(SELECT ARRAY[simplified_silhouette(m, x)] FROM points, (SELECT kmeans_train(x, 4) AS m FROM points) k)),
	'<', 1e-14::float8, 'merged means agree')
FROM (SELECT pg_temp.means(m, x) AS s FROM points, (SELECT kmeans_train(x, 4) AS m FROM points) k GROUP BY i % 7) t;

-- a parallel plan
CREATE TABLE parallel_points AS SELECT i, i % 50 AS c, (i % 17)::text AS d, pg_temp.point(i, 1e6, 1)::feature_vector AS x
	FROM generate_series(1, 20000) AS i;
CREATE TEMP TABLE serial AS SELECT ARRAY[calinski_harabasz(c, x), adjusted_rand(c, d), normalized_mutual_information(c, d)] AS want
	FROM parallel_points;
ALTER TABLE parallel_points SET (parallel_workers = 3);
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS off) ' || query; END $$;
SELECT ok(EXISTS (SELECT 1 FROM pg_temp.plan_of(
		'SELECT calinski_harabasz(c, x), adjusted_rand(c, d), normalized_mutual_information(c, d) FROM parallel_points') AS line
	WHERE line LIKE '%Partial Aggregate%'), 'the plan is parallel');
SELECT ok(pg_temp.gap(got[1:1], want[1:1]) < 1e-12 AND got[2:] = want[2:], 'workers give the same answers')
FROM serial, (SELECT ARRAY[calinski_harabasz(c, x), adjusted_rand(c, d), normalized_mutual_information(c, d)] AS got
	FROM parallel_points) t;

-- running frames: a final function leaves its state alone
SELECT is(count(DISTINCT r), 1::bigint, 'window plans')
FROM (SELECT round(last_value(s) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING)::numeric, 12) AS r
	FROM (SELECT i, calinski_harabasz(c, x) OVER (ORDER BY i ROWS BETWEEN 50 PRECEDING AND 50 FOLLOWING)
			+ silhouette(c, x) OVER (ORDER BY i ROWS BETWEEN 50 PRECEDING AND 50 FOLLOWING)
			+ davies_bouldin(c, x) OVER (ORDER BY i ROWS BETWEEN 50 PRECEDING AND 50 FOLLOWING)
			+ adjusted_rand(c, d) OVER (ORDER BY i ROWS BETWEEN 50 PRECEDING AND 50 FOLLOWING) AS s
		FROM points WHERE i <= 200) t) u;

-- ids count as their text
SELECT is(adjusted_rand(c, c::text), 1.0::float8, 'an integer and its text are one label') FROM points;
SELECT is(ARRAY[adjusted_rand(c = 0, d), adjusted_rand(d, c = 0), adjusted_rand((c = 0)::text, d::text)],
	array_fill(adjusted_rand((c = 0)::int, d), ARRAY[3]), 'booleans') FROM points;
SELECT is(normalized_mutual_information(a, b), normalized_mutual_information(b, a), 'symmetric')
	FROM (SELECT repeat('a', 1000 + i % 3) AS a, 'b' || i % 7 AS b FROM generate_series(1, 500) AS i) t;

-- NULL rows are skipped; no rows give NULL
SELECT is(ARRAY[silhouette(c, x), calinski_harabasz(c, x), davies_bouldin(c, x)],
	(SELECT ARRAY[silhouette(c, x), calinski_harabasz(c, x), davies_bouldin(c, x)] FROM points WHERE i <= 90), 'NULL rows are skipped')
FROM (SELECT c, x FROM points WHERE i <= 90 UNION ALL VALUES (NULL, '[1,2,3]'::feature_vector), (1, NULL)) t;
SELECT is(ARRAY[silhouette(c, x), calinski_harabasz(c, x), davies_bouldin(c, x), adjusted_rand(c, c),
	normalized_mutual_information(c, c), simplified_silhouette(NULL, x)], array_fill(NULL::float8, ARRAY[6]), 'no rows give NULL')
	FROM points WHERE false;

-- cases without an answer, and extremes
SELECT is(ARRAY[silhouette(1, x), calinski_harabasz(1, x), davies_bouldin(1, x)], array_fill(NULL::float8, ARRAY[3]),
	'one cluster has no scores') FROM points;
SELECT is(ARRAY[silhouette(i, x), calinski_harabasz(i, x), davies_bouldin(i, x)], array_fill(NULL::float8, ARRAY[3]),
	'nor have as many clusters as rows') FROM points;
SELECT is(ARRAY[silhouette(1, x), calinski_harabasz(1, x), davies_bouldin(1, x)], array_fill(NULL::float8, ARRAY[3]),
	'nor has one row') FROM points WHERE i = 1;
SELECT is(array_agg(g ORDER BY g) FILTER (WHERE silhouette IS NULL AND calinski IS NULL AND davies IS NULL), ARRAY[0],
	'a group without scores does not stop the others')
FROM (SELECT i % 3 AS g, silhouette(c, x), calinski_harabasz(c, x) AS calinski, davies_bouldin(c, x) AS davies
	FROM (SELECT i, CASE i % 3 WHEN 0 THEN 1 ELSE c END AS c, x FROM points) t GROUP BY i % 3) s;
SELECT throws_ok($$ SELECT calinski_harabasz(c, '[1e200]'::feature_vector) FROM points $$, '22003',
	'sum of squares is out of range', 'squares beyond float8');
SELECT is(ARRAY[silhouette(c, v), davies_bouldin(c, v), calinski_harabasz(c, v)], ARRAY[0, 0, 1]::float8[], 'equal rows')
	FROM points, (SELECT '[0.1,0.3]'::feature_vector AS v) t;
SELECT cmp_ok(pg_temp.gap(ARRAY[silhouette(c, v * 1e308), davies_bouldin(c, v * 1e308)],
		ARRAY[silhouette(c, v), davies_bouldin(c, v)]),
	'<', 1e-13::float8, 'no overflow near the limit of float8')
FROM (SELECT i % 2 AS c, feature_vector(i % 2, (i % 5) / 8.0) * 1 AS v FROM generate_series(1, 100) AS i) t;

-- beyond 20000 rows: a sample, the same in any order
SELECT ok(abs(a - b) < 0.02 AND a = c, 'a sample represents all rows')
FROM (SELECT silhouette(i % 2, feature_vector(i % 2 * 3 + i * 7919 % 10007 / 5000.0) ORDER BY i) AS a,
	silhouette(i % 2, feature_vector(i % 2 * 3 + i * 7919 % 10007 / 5000.0)) FILTER (WHERE i <= 20000) AS b,
	silhouette(i % 2, feature_vector(i % 2 * 3 + i * 7919 % 10007 / 5000.0) ORDER BY -i) AS c
	FROM generate_series(1, 20500) AS i) t;

-- 3 of 123456 rows are a cluster of their own; every distance by distinct values
WITH rows AS (SELECT i % 41152 = 0 AS far, CASE WHEN i % 41152 = 0 THEN 100 + i / 41152 ELSE i % 7 END AS x
		FROM generate_series(1, 123456) AS i),
	kinds AS (SELECT far::int AS c, x, count(*) AS n, sum(count(*)) OVER (PARTITION BY far) AS size FROM rows GROUP BY far, x),
	near AS (SELECT a.c, a.x, a.n, b.c = a.c AS own, sum(b.n * abs(a.x - b.x)) / (max(b.size) - (b.c = a.c)::int) AS d
		FROM kinds a, kinds b GROUP BY a.c, a.x, a.n, b.c),
	exact AS (SELECT sum(n * s) / sum(n) AS s
		FROM (SELECT n, 1 - max(d) FILTER (WHERE own) / max(d) FILTER (WHERE NOT own) AS s FROM near GROUP BY c, x, n) t)
SELECT cmp_ok(abs(silhouette(far::int, ARRAY[x]) - (SELECT s FROM exact)::float8), '<', 1e-3::float8,
	'a sample has every cluster') FROM rows;
SELECT throws_ok($$ SELECT silhouette(i % 5001, ARRAY[i]) FROM generate_series(1, 20100) AS i $$, '54000', NULL,
	'more clusters than a sample can tell apart');
SELECT ok(silhouette(i % 5000, ARRAY[i]) < 0, 'as many as it can') FROM generate_series(1, 20100) AS i;

-- elbow and alignment
SELECT ok(e.k = 5 AND e.inertia = (model_info(m) ->> 'inertia')::float8
	AND pg_temp.gap(ARRAY[e.simplified_silhouette, e.calinski_harabasz, e.davies_bouldin],
		(SELECT ARRAY[simplified_silhouette(m, x), calinski_harabasz(kmeans_assign(m, x), x), davies_bouldin(kmeans_assign(m, x), x)]
			FROM points)) < 1e-9, 'kmeans_elbow judges as the aggregates do')
FROM (SELECT kmeans_train(x, 5, '{"standardize": false}') AS m, kmeans_elbow(x, 4, 6, '{"standardize": false}') AS v FROM points) t,
	kmeans_elbow_points(v) AS e WHERE k = 5;
SELECT results_eq($$ SELECT k, simplified_silhouette IS NULL, calinski_harabasz IS NULL, davies_bouldin IS NULL
		FROM (SELECT kmeans_elbow(ARRAY[i], 1, 4) AS v FROM generate_series(1, 4) AS i) t, kmeans_elbow_points(v) $$,
	$$ VALUES (1, true, true, true), (2, false, false, false), (3, false, false, false), (4, false, true, true) $$,
	'scores that do not exist are NULL');
SELECT ok(v = v::text::segment_model AND model_method(v) = 'kmeans_elbow', 'an elbow survives a round trip through text')
	FROM (SELECT kmeans_elbow(x, 1, 3) AS v FROM points) t;

CREATE TEMP TABLE models AS SELECT kmeans_train(x, 5) AS m, kmeans_train(x, 5, '{"rank_by": 2}') AS other,
	kmeans_train(x, 3, '{"rank_by": 2}') AS fewer, kmeans_train(x, 8, '{"rank_by": 3}') AS more FROM points;
SELECT ok(kmeans_align(other, m) <> other AND bool_and(kmeans_assign(kmeans_align(other, m), x) = kmeans_assign(m, x)),
	'the same centers take the old numbers') FROM models, points GROUP BY m, other;
SELECT ok(kmeans_align(m, m) = m, 'a model aligned with itself stays') FROM models;
SELECT is((SELECT array_agg(size ORDER BY size) FROM kmeans_clusters(kmeans_align(more, fewer))),
	(SELECT array_agg(size ORDER BY size) FROM kmeans_clusters(more)), 'more clusters than before: none is lost') FROM models;
SELECT is((SELECT array_agg(size ORDER BY size) FROM kmeans_clusters(kmeans_align(fewer, more))),
	(SELECT array_agg(size ORDER BY size) FROM kmeans_clusters(fewer)), 'fewer clusters than before: none is lost') FROM models;

SELECT * FROM finish();
ROLLBACK;
