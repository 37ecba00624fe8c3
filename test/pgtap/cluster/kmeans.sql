-- What k-means promises, checked against SQL's own aggregates.
BEGIN;
SELECT plan(79);

-- 6000 rows around five places, not in the order of their clusters
CREATE TEMP TABLE points AS
	SELECT i, i % 3 AS g, 1 + i % 4 AS w,
		   ARRAY[(i % 5) * 10 + sin(i), ((i % 5) * 7) % 11 + cos(i * 3.0), 1000 + 10 * (i % 5) + sin(i * 7.0)]::float8[] AS a
	FROM generate_series(1, 6000) AS i;
ALTER TABLE points ADD v feature_vector(3);
UPDATE points SET v = a;
CREATE TEMP TABLE models AS
	SELECT 'plain' AS name, kmeans_train(v, 5, kmeans_options(tolerance => 0)) AS model FROM points
	UNION ALL SELECT 'raw', kmeans_train(v, 5, kmeans_options(tolerance => 0, standardize => false)) FROM points
	UNION ALL SELECT 'weighted', kmeans_train(v, 5, kmeans_options(tolerance => 0), w) FROM points
	UNION ALL SELECT 'one', kmeans_train(v, 1) FROM points
	UNION ALL SELECT 'many', kmeans_train(v, 40, kmeans_options(tolerance => 0)) FROM points;
CREATE TEMP TABLE labels AS
	SELECT name, i, g, w, a, kmeans_assign(model, v) AS c, kmeans_distance(model, v) AS d FROM points, models;
CREATE TEMP TABLE clusters AS SELECT name, s.* FROM models, kmeans_clusters(model) AS s;

-- a model describes its clusters as its rows do
SELECT is(count(*), 0::bigint, 'all converged') FROM models WHERE (model_info(model) ->> 'converged')::boolean IS NOT TRUE;
SELECT is(count(*), 56::bigint, 'a row for each cluster') FROM clusters;
SELECT is_empty($$
	SELECT name, c, count(*) FROM labels GROUP BY 1, 2 EXCEPT SELECT name, cluster, size FROM clusters
$$, 'sizes are what kmeans_assign counts');
SELECT is_empty($$
	SELECT name, cluster FROM clusters WHERE size <= 0 EXCEPT SELECT NULL, NULL
$$, 'no cluster is empty');
SELECT cmp_ok(max(abs(x - m)), '<', 1e-9::float8, 'centroids are the means of their rows')
	FROM (SELECT name, c, j, sum(a[j] * CASE name WHEN 'weighted' THEN w ELSE 1 END)
			/ sum(CASE name WHEN 'weighted' THEN w ELSE 1 END) AS m
		  FROM labels, generate_series(1, 3) AS j GROUP BY 1, 2, 3) AS t
		 JOIN clusters ON clusters.name = t.name AND cluster = c, LATERAL (SELECT centroid[j] AS x) AS u;
SELECT cmp_ok(max(abs(inertia - s) / s), '<', 1e-9::float8, 'inertia is the sum of squared distances')
	FROM (SELECT name, c, sum(d * d * CASE name WHEN 'weighted' THEN w ELSE 1 END) AS s FROM labels GROUP BY 1, 2) AS t
		 JOIN clusters ON clusters.name = t.name AND cluster = c;
SELECT cmp_ok(max(abs((model_info(model) ->> 'inertia')::float8 - s) / s), '<', 1e-9::float8, 'in total, too')
	FROM models JOIN (SELECT name, sum(inertia) AS s FROM clusters GROUP BY 1) AS t USING (name);
SELECT cmp_ok(max(abs(s - 1)), '<', 1e-12::float8, 'shares sum to 1')
	FROM (SELECT sum(share) AS s FROM clusters GROUP BY name) AS t;
SELECT cmp_ok(max(abs(share - s)), '<', 1e-12::float8, 'shares are shares of the weight')
	FROM clusters JOIN (SELECT c, sum(w) / sum(sum(w)) OVER () AS s FROM labels WHERE name = 'weighted' GROUP BY 1) AS t
		 ON name = 'weighted' AND cluster = c;

-- cluster numbers ascend with the element that ranks them
SELECT is_empty($$
	SELECT 1 FROM (SELECT centroid[1] AS x, lag(centroid[1]) OVER (PARTITION BY name ORDER BY cluster) AS b FROM clusters) AS t
	WHERE x < b
$$, 'clusters are numbered by their first element');
SELECT is_empty($$
	SELECT 1 FROM (SELECT centroid[2] AS x, lag(centroid[2]) OVER (ORDER BY cluster) AS b
		  FROM (SELECT kmeans_train(v, 5, '{"rank_by": 2}') AS m FROM points) AS t, kmeans_clusters(m)) AS t
	WHERE x < b
$$, 'or by another element');
SELECT is(array_agg(DISTINCT kmeans_assign((SELECT model FROM models WHERE name = 'plain'), v) - i % 5), '{1}',
		  'places are separated, and numbered') FROM points;

-- distances: the nearest is the smallest; the distance to the centroid is in deviations
SELECT is_empty($$
	SELECT 1 FROM points, models, LATERAL (SELECT kmeans_distances(model, v) AS ds) AS t
	WHERE i % 50 = 0 AND (kmeans_distance(model, v) <> (SELECT min(x) FROM unnest(ds) AS x)
		OR ds[kmeans_assign(model, v)] <> kmeans_distance(model, v)
		OR cardinality(ds) <> (model_info(model) ->> 'k')::int)
$$, 'kmeans_distances, kmeans_distance and kmeans_assign agree');
SELECT cmp_ok(max(abs(kmeans_distance(model, v) - (v <-> centroid))), '<', 1e-9::float8, 'raw distances are Euclidean')
	FROM points, models JOIN clusters USING (name) WHERE name = 'raw' AND cluster = kmeans_assign(model, v);
SELECT cmp_ok(max(abs(f - 1 / s)), '<', 1e-9::float8, 'elements are scaled by their standard deviations')
	FROM (SELECT j, stddev_pop(a[j]) AS s FROM points, generate_series(1, 3) AS j GROUP BY j) AS t,
		 LATERAL (SELECT (model::jsonb #>> ARRAY['feature_weights', (j - 1)::text])::float8 AS f FROM models WHERE name = 'plain') AS u;

-- only ratios of weights matter, or it is an error: no power of two changes a center
CREATE TEMP TABLE heavy AS
	SELECT ARRAY[i * 31 % 17, sqrt(i)] AS a, (1 + i % 4)::float8 AS w FROM generate_series(1, 200) AS i;
SELECT cmp_ok(max(far), '<', 1e-9::float8, 'huge and tiny weights lead to the same centers')
	FROM (SELECT max(abs(c.value - d.value)) AS far
		  FROM unnest('{-980,-600,-52,30,300,600,1000}'::float8[]) AS e,
			LATERAL (SELECT kmeans_train(a, 3, '{}', w * 2 ^ e) AS m, kmeans_train(a, 3, '{}', w) AS n FROM heavy) AS t,
			LATERAL kmeans_centroids(m) AS c, LATERAL kmeans_centroids(n) AS d
		  WHERE c.cluster = d.cluster AND c.feature = d.feature) AS t;
SELECT throws_ok(format('SELECT kmeans_train(a * %s::float8, 3, %L, w * 2 ^ %s::float8)
		FROM (SELECT a::feature_vector, w FROM heavy) AS t', scale, options, e), '22003', NULL,
		format('weights times 2^%s of values times %s with %s', e, scale, options))
	FROM (VALUES (1, 1012, '{}'), (1e-30, -1000, '{}'), (1e30, 1000, '{"standardize": false}')) AS t(scale, e, options);

SELECT is(array_agg(nearest_centroid(ARRAY[ARRAY[0, x], ARRAY[x, 0]], ARRAY[x, x / 2])), '{2,2,2}',
	'near and far centroids are told apart')
	FROM unnest('{1e-150,1,1e150}'::float8[]) AS x;
SELECT throws_ok($$ SELECT nearest_centroid('{{0,0},{1,1}}'::float8[], '{1e200,0}'::float8[]) $$, '22003', 'distance is out of range');

-- a weight means repetition
CREATE TEMP TABLE repeated AS
	SELECT kmeans_train(v, 5, kmeans_options(tolerance => 0)) AS model FROM points, generate_series(1, w);
SELECT is_empty($$
	SELECT 1 FROM points, repeated AS r, models AS m WHERE name = 'weighted' AND kmeans_assign(r.model, v) <> kmeans_assign(m.model, v)
$$, 'weighted rows are labelled like repeated ones');
SELECT cmp_ok(max(c.centroid <-> r.centroid), '<', 1e-9::float8, 'their centroids are the same')
	FROM clusters AS c, repeated, kmeans_clusters(model) AS r WHERE name = 'weighted' AND c.cluster = r.cluster;
SELECT is(kmeans_train(v, 3, NULL, w)::jsonb - '{options}'::text[],
		  kmeans_train(v, 3, '{}', w)::jsonb - '{options}'::text[], 'no options are the defaults') FROM points;

-- kinds of vectors
SELECT is(kmeans_train(a, 4), kmeans_train(v, 4), 'an array is a vector') FROM points;
SELECT is(kmeans_train(ARRAY[i % 10, i % 7], 4), kmeans_train(feature_vector(i % 10, i % 7), 4), 'of integers') FROM points;
SELECT is(kmeans_train(ARRAY[i % 10, 0.5]::numeric[], 4), kmeans_train(ARRAY[i % 10, 0.5]::float8[], 4), 'of numerics') FROM points;
SELECT is(kmeans_train(ARRAY[i % 10, i % 7]::real[]::float8[], 4), kmeans_train(ARRAY[i % 10, i % 7]::smallint[]::float8[], 4),
	'of other numbers') FROM points;

-- any order, any plan, any setting: the same bytes
CREATE TEMP TABLE answers AS SELECT md5(kmeans_train(v, 7)::text) AS m FROM points;
SELECT is(md5(kmeans_train(v, 7 ORDER BY i)::text), m, 'ascending') FROM points, answers GROUP BY m;
SELECT is(md5(kmeans_train(v, 7 ORDER BY -i)::text), m, 'descending') FROM points, answers GROUP BY m;
SELECT is(md5(kmeans_train(v, 7 ORDER BY hashint4(i))::text), m, 'shuffled') FROM points, answers GROUP BY m;
SELECT is(md5(kmeans_train(v, 7)::text), m, 'read from a shuffled table')
	FROM (SELECT v FROM points ORDER BY sin(i), i OFFSET 0) AS t, answers GROUP BY m;
CREATE FUNCTION pg_temp.trained(setting text, value text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	old text := current_setting(setting);
	result text;
BEGIN
	PERFORM set_config(setting, value, true);
	SELECT md5(kmeans_train(v, 7)::text) INTO result FROM points;
	PERFORM set_config(setting, old, true);
	RETURN result;
END $$;
SELECT is(pg_temp.trained(s, x), m, format('%s = %s', s, x))
	FROM answers, (VALUES ('segment.training_memory', '1MB'), ('segment.training_memory', '1GB'), ('TimeZone', 'UTC'),
						  ('TimeZone', 'Asia/Kathmandu'), ('extra_float_digits', '-15'), ('extra_float_digits', '3'),
						  ('DateStyle', 'German'), ('work_mem', '64kB'), ('jit', 'off'), ('bytea_output', 'escape')) AS t(s, x);
-- the best optimum: rows far out are seen, and a center may change its group
SELECT cmp_ok(max((model_info(m) ->> 'inertia')::float8 / best), '<', 1.005::float8, 'two of 20000 rows far out, k = ' || k)
FROM (VALUES (3, 1.0419926), (4, 0.46735717), (5, 0.26130755)) AS b (k, best),
	LATERAL (SELECT kmeans_train(ARRAY[CASE WHEN i % 10000 = 0 THEN 1e6 ELSE i * 7919 % 50101 / 100.2 END]::float8[], k,
		kmeans_options(seed => s)) AS m FROM generate_series(0, 19999) AS i, generate_series(1, 3) AS s
	GROUP BY s) AS t GROUP BY k ORDER BY k;
SELECT cmp_ok(max((model_info(m) ->> 'inertia')::float8) / min((model_info(m) ->> 'inertia')::float8), '<', 1.005::float8,
	'36 groups in the plane, five seeds')
FROM (SELECT kmeans_train(ARRAY[g % 6 * 3 + sin(i * 1.7) * (1 + g % 4), g / 6 * 3 + cos(i * 2.3) * (1 + g % 4)], 36,
		kmeans_options(seed => s, standardize => false)) AS m
	FROM generate_series(1, 60) AS i, generate_series(0, 35) AS g, generate_series(1, 5) AS s GROUP BY s) AS t;
SELECT is(count(*) FILTER (WHERE c <> 0), 0::bigint, 'the center of zeros is zero')
FROM (SELECT kmeans_train(ARRAY[i % 100, (i % 2) * (0.1 + i % 7), 0.3], 2, '{"standardize": false}') AS m
		FROM generate_series(1, 20000) AS i) AS t, kmeans_clusters(m) AS k, LATERAL (SELECT centroid[3] - 0.3::float8 AS c) AS d;
SELECT isnt(md5(kmeans_train(v, 7, '{"seed": 43, "restarts": 1}')::text), m, 'another seed is another model')
FROM points, answers GROUP BY m;

-- memory limits: 60,000 rows of 3 numbers and a weight are 1.9 MB, in memory or not, alone or in groups
CREATE TEMP TABLE large AS
	SELECT i, i % 7 AS g, ARRAY[sin(i), cos(i * 3.0) + i % 4, i % 10] AS a, (i % 9) / 2.0::float8 AS w FROM generate_series(1, 60000) AS i;
CREATE FUNCTION pg_temp.large(budget text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	PERFORM set_config('segment.training_memory', budget, true);
	SELECT md5(string_agg(m::text, ',' ORDER BY g)) INTO result
	FROM (SELECT -2 AS g, kmeans_train(a, 6, '{"restarts": 2}', w) AS m FROM large
		  UNION ALL SELECT -1, kmeans_train(a, 6,
			kmeans_options(restarts => 2, init => (SELECT kmeans_train(a, 6, '{"max_iterations": 2, "tolerance": 1}') FROM large)))
		FROM large
		  UNION ALL SELECT g, kmeans_train(a, 3, '{"restarts": 2}') FROM large GROUP BY g) AS t;
	RETURN result;
END $$;
SELECT is(pg_temp.large('1MB'), pg_temp.large('256MB'), 'a memory limit of 1 MB changes no bit');
SELECT is(pg_temp.large('1500kB'), pg_temp.large('256MB'), 'nor does 1.5 MB');
SELECT set_config('segment.training_memory', '256MB', true) \gset unused_

-- GROUP BY, FILTER, windows
CREATE TEMP TABLE grouped AS SELECT g, kmeans_train(v, 4) AS m FROM points GROUP BY g;
SELECT is(kmeans_train(v, 4) FILTER (WHERE g = 1), (SELECT m FROM grouped WHERE g = 1), 'FILTER is the group') FROM points;
SELECT is(kmeans_train(CASE WHEN g = 1 THEN v END, 4)::jsonb - '{rows_skipped,fingerprint}'::text[],
		  (SELECT m::jsonb - '{rows_skipped,fingerprint}'::text[] FROM grouped WHERE g = 1), 'so are rows that are NULL elsewhere')
	FROM points;
SELECT is(count(*), 0::bigint, 'a window over the partition gives the group')
	FROM (SELECT g, kmeans_train(v, 4) OVER (PARTITION BY g) AS m FROM points) AS t JOIN grouped USING (g)
	WHERE t.m <> grouped.m;
SELECT results_eq($$ SELECT g, kmeans_train(v, 4) FROM points GROUP BY GROUPING SETS (g) ORDER BY g $$,
				  $$ SELECT g, m FROM grouped ORDER BY g $$, 'grouping sets give the groups');
SELECT is(count(*), 0::bigint, 'a running window gives the rows so far')
	FROM (SELECT i, kmeans_train(v, 2) OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND 3 FOLLOWING) AS m
		  FROM points WHERE i <= 60) AS t
	WHERE m IS DISTINCT FROM (SELECT kmeans_train(v, 2) FROM points WHERE points.i <= least(t.i + 3, 60));
SELECT is(count(*), 0::bigint, 'a moving window gives the rows in it')
	FROM (SELECT i, kmeans_train(v, 2) OVER (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 3 FOLLOWING) AS m
		  FROM points WHERE i <= 60) AS t
	WHERE m IS DISTINCT FROM (SELECT kmeans_train(v, 2) FROM points WHERE points.i BETWEEN t.i - 5 AND least(t.i + 3, 60));
SELECT throws_ok($$ SELECT kmeans_train(v, 2) OVER (ORDER BY i) FROM points WHERE i <= 60 $$, '22000',
				 'too few distinct rows for 2 clusters', 'one row alone cannot make two clusters');
-- rows may follow a result when some of them are already on disk
SET LOCAL segment.training_memory = '1MB';
SELECT is(count(*), 0::bigint, 'also where rows are on disk')
	FROM (SELECT DISTINCT i / 20000 AS h, kmeans_train(a, 3, '{"restarts": 1}') OVER (ORDER BY i / 20000) AS m FROM large) AS t
	WHERE m IS DISTINCT FROM (SELECT kmeans_train(a, 3, '{"restarts": 1}') FROM large WHERE i / 20000 <= h);
SELECT is(count(*), 0::bigint, 'and where some leave the frame')
	FROM (SELECT DISTINCT i / 20000 AS h, kmeans_train(a, 3, '{"restarts": 1}')
			OVER (ORDER BY i / 20000 GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW) AS m FROM large) AS t
	WHERE m IS DISTINCT FROM (SELECT kmeans_train(a, 3, '{"restarts": 1}') FROM large WHERE i / 20000 BETWEEN h - 1 AND h);
RESET segment.training_memory;

-- everywhere SQL allows a function
CREATE TABLE kmeans_models AS SELECT * FROM models;
SELECT lives_ok(format('CREATE TABLE kmeans_users (i int, v feature_vector, cluster int GENERATED ALWAYS AS
	(kmeans_assign(%L::segment_model, v)) STORED)', model), 'a generated column') FROM models WHERE name = 'plain';
INSERT INTO kmeans_users SELECT i, v FROM points WHERE i <= 500;
SELECT is_empty($$ SELECT 1 FROM kmeans_users JOIN labels USING (i) WHERE name = 'plain' AND c <> cluster $$, 'holds the cluster');
UPDATE kmeans_users SET v = (SELECT centroid FROM clusters WHERE name = 'plain' AND cluster = 3) WHERE i = 1;
SELECT is(cluster, 3, 'and follows its row') FROM kmeans_users WHERE i = 1;
SELECT lives_ok(format('CREATE INDEX kmeans_users_near ON kmeans_users (kmeans_distance(%L::segment_model, v))', model),
	'an index on an expression')
	FROM models WHERE name = 'raw';
SELECT lives_ok(format('CREATE INDEX ON kmeans_users (i) WHERE kmeans_assign(%L::segment_model, v) = 1', model),
	'the predicate of an index')
	FROM models WHERE name = 'raw';
SELECT lives_ok($$ ALTER TABLE kmeans_users ADD CHECK (nearest_centroid(ARRAY['[0,0,0]']::feature_vector[], v) = 1) $$, 'a check');
SELECT lives_ok($$ CREATE MATERIALIZED VIEW kmeans_view AS
	SELECT i, kmeans_assign((SELECT model FROM kmeans_models WHERE name = 'plain'), v) AS cluster
	FROM kmeans_users $$, 'a materialized view');
CREATE UNIQUE INDEX ON kmeans_view (i);
DELETE FROM kmeans_users WHERE i > 100;
SELECT lives_ok('REFRESH MATERIALIZED VIEW CONCURRENTLY kmeans_view', 'refreshed concurrently');
SELECT results_eq('SELECT count(*) FROM kmeans_view', 'VALUES (100::bigint)', 'with the current rows');
SELECT lives_ok($$ CREATE MATERIALIZED VIEW kmeans_model_view AS SELECT 1 AS id, kmeans_train(v, 2) AS model FROM kmeans_users $$,
	'a model in a materialized view');
CREATE UNIQUE INDEX ON kmeans_model_view (id);
DELETE FROM kmeans_users WHERE i > 50;
SELECT lives_ok('REFRESH MATERIALIZED VIEW CONCURRENTLY kmeans_model_view', 'refreshed concurrently, by the comparison of models');
SELECT is(model_info(model) ->> 'rows_used', '50', 'is trained anew') FROM kmeans_model_view;

-- rows that a user may not see are not in any model
CREATE ROLE segment_kmeans_analyst;
GRANT SELECT ON kmeans_users, kmeans_models TO segment_kmeans_analyst;
ALTER TABLE kmeans_users ENABLE ROW LEVEL SECURITY;
CREATE POLICY own ON kmeans_users FOR SELECT USING (i <= 20);
SET LOCAL ROLE segment_kmeans_analyst;
CREATE FUNCTION pg_temp.seen() RETURNS text LANGUAGE sql AS $$ SELECT model_info(kmeans_train(v, 2)) ->> 'rows_used' FROM kmeans_users $$;
SELECT results_eq('SELECT pg_temp.seen()', $$ VALUES ('20') $$, 'row-level security holds in training');
SELECT throws_ok('SELECT kmeans_train(i, 2) FROM kmeans_view', '42883', NULL, 'a number is not a vector');
SELECT throws_ok('SELECT kmeans_train(ARRAY[i], 2) FROM kmeans_view', '42501', NULL, 'permissions also hold');
RESET ROLE;

SELECT is_empty($$
	SELECT p.oid::regprocedure FROM pg_proc AS p WHERE proname ~ '^kmeans_(assign|distance|distances|clusters|options)$'
		AND (provolatile <> 'i' OR proparallel <> 's')
$$, 'scoring is immutable and parallel safe');

-- many models in one query, alternating: each row is scored by its own
SELECT is_empty($$
	SELECT 1 FROM (SELECT name, i, kmeans_assign(model, v) AS by_turns FROM points, kmeans_models WHERE i <= 300 ORDER BY i, name) AS t
		JOIN labels USING (name, i) WHERE by_turns <> c
$$, 'five alternating models');
SELECT is_empty($$
	SELECT 1 FROM (SELECT i, kmeans_assign(m::text::segment_model, v) AS a, kmeans_assign(m, v) AS b
		FROM points JOIN grouped USING (g)) AS t
	WHERE a <> b
$$, 'a model made per row');
SELECT is(count(DISTINCT k), 40::bigint, 'a model per row count')
	FROM (SELECT k, kmeans_assign(m, ARRAY[1e6]) AS top
		FROM (SELECT k, kmeans_train(ARRAY[i], k) AS m FROM generate_series(1, 40) AS i, generate_series(1, 40) AS k GROUP BY k) AS t) AS u
	WHERE top = k;

-- nothing is written
SET LOCAL transaction_read_only = on;
SELECT lives_ok('SELECT kmeans_train(v, 2), (SELECT kmeans_assign(model, '
	'$v$[1,2,3]$v$::feature_vector) FROM kmeans_models LIMIT 1) FROM kmeans_users',
				'a read-only transaction');

SELECT * FROM finish();
ROLLBACK;
