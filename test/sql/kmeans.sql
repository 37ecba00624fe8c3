-- k-means: call signatures, NULLs, every error and its message

-- twelve rows in three places; clusters are numbered by the first element
CREATE TABLE spots AS
	SELECT i, ARRAY[10 * (i % 3) + i / 10.0, i % 3 - 1]::feature_vector AS v,
		   ARRAY[10 * (i % 3) + i / 10.0, i % 3 - 1]::float8[] AS a
	FROM generate_series(1, 12) AS i;

SELECT cluster, size, share = size / 12.0::float8 AS is_share, inertia < 1 AS is_small
FROM (SELECT kmeans_train(v, 3) AS model FROM spots) AS t, kmeans_clusters(model);
SELECT kmeans_assign(model, v) AS cluster, array_agg(i ORDER BY i) AS rows
FROM spots, (SELECT kmeans_train(v, 3) AS model FROM spots) AS t
GROUP BY 1 ORDER BY 1;

-- every signature
SELECT (SELECT kmeans_train(v, 2) FROM spots) IS NOT NULL AS vector,
	   (SELECT kmeans_train(v, 2, '{}') FROM spots) IS NOT NULL AS with_options,
	   (SELECT kmeans_train(v, 2, NULL) FROM spots) IS NOT NULL AS with_null_options,
	   (SELECT kmeans_train(v, 2, NULL, 1.5) FROM spots) IS NOT NULL AS with_weight,
	   (SELECT kmeans_train(a, 2) FROM spots) IS NOT NULL AS array,
	   (SELECT kmeans_train(a, 2, '{}') FROM spots) IS NOT NULL AS array_with_options,
	   (SELECT kmeans_train(a, 2, '{}', i) FROM spots) IS NOT NULL AS array_with_weight,
	   (SELECT kmeans_train(ARRAY[i, -i], 2) FROM spots) IS NOT NULL AS int_array,
	   (SELECT kmeans_train(ARRAY[i::numeric], 2) FROM spots) IS NOT NULL AS numeric_array;
SELECT kmeans_assign(m, '[5,0]'::feature_vector) = kmeans_assign(m, ARRAY[5, 0]) AS assign,
	   kmeans_distance(m, '[5,0]'::feature_vector) = kmeans_distance(m, ARRAY[5, 0]) AS distance,
	   kmeans_distances(m, '[5,0]'::feature_vector) = kmeans_distances(m, ARRAY[5, 0]) AS distances,
	   kmeans_distance(m, ARRAY[5, 0]) = (SELECT min(d) FROM unnest(kmeans_distances(m, ARRAY[5, 0])) AS d) AS is_least,
	   cardinality(kmeans_distances(m, ARRAY[5, 0])) AS n
FROM (SELECT kmeans_train(v, 3) AS m FROM spots) AS t;

-- NULL in, NULL out; NULL rows and rows without weight are skipped
SELECT kmeans_train(v, 2) IS NULL AS no_rows FROM spots WHERE false;
SELECT kmeans_train(NULL::feature_vector, 2) IS NULL AS null_rows FROM spots;
SELECT kmeans_train(v, 2, NULL, 0) IS NULL AS rows_of_no_weight FROM spots;
SELECT model_info(kmeans_train(CASE WHEN i > 4 THEN v END, 2)) ->> 'rows_used' AS used,
	   model_info(kmeans_train(CASE WHEN i > 4 THEN v END, 2)) ->> 'rows_skipped' AS skipped
FROM spots;
SELECT model_info(m) ->> 'rows_used' AS used, model_info(m) ->> 'rows_skipped' AS skipped
FROM (SELECT kmeans_train(v, 2, NULL, CASE WHEN i > 8 THEN i WHEN i > 4 THEN 0 END) AS m FROM spots) AS t;
SELECT kmeans_assign(NULL::segment_model, '[1]'::feature_vector) IS NULL AS a,
	   kmeans_assign((SELECT kmeans_train(v, 1) FROM spots), NULL::feature_vector) IS NULL AS b,
	   kmeans_distance(NULL, ARRAY[1]) IS NULL AS c, kmeans_distances(NULL, ARRAY[1]) IS NULL AS d;
SELECT count(*) AS no_clusters FROM kmeans_clusters(NULL);

-- few rows, equal rows
SELECT cluster, size, share, centroid, inertia
FROM (SELECT kmeans_train(ARRAY[3, 4], 1) AS m) AS t, kmeans_clusters(m);
SELECT cluster, size, share, centroid, inertia
FROM (SELECT kmeans_train(ARRAY[7, 7.5], 1) AS m FROM spots) AS t, kmeans_clusters(m);
SELECT cluster, size, centroid
FROM (SELECT kmeans_train(ARRAY[i % 2, 5], 2, kmeans_options(standardize => false)) AS m FROM spots) AS t, kmeans_clusters(m);
SELECT size, centroid
FROM (SELECT kmeans_train(ARRAY[5e-324], 1) AS m) AS t, kmeans_clusters(m);
SELECT cluster, size, centroid
FROM (SELECT kmeans_train(ARRAY[x], 2, '{"standardize": false}') AS m FROM (VALUES (-1e140), (1e140)) AS v(x)) AS t, kmeans_clusters(m);

-- data without a possible model
SELECT kmeans_train(v, 13) FROM spots;
SELECT kmeans_train(ARRAY[1], 2) FROM spots;
SELECT kmeans_train(ARRAY[i % 3], 4) FROM spots;
SELECT kmeans_train(ARRAY[i, -1e308], 2) FROM spots;
SELECT kmeans_train(ARRAY[i * 5e-324], 2) FROM spots;
SELECT kmeans_train(ARRAY[1, NULL, i], 1) FROM spots;
SELECT kmeans_train(CASE WHEN i < 12 THEN '[1,2]' ELSE '[1,2,3]' END::feature_vector, 1) FROM spots;
SELECT kmeans_train(ARRAY['NaN'::float8], 1) FROM spots;
SELECT kmeans_train(ARRAY['-Infinity'::float8], 1) FROM spots;
SELECT kmeans_train(ARRAY[[1, 2]], 1) FROM spots;
SELECT kmeans_train('{}'::float8[], 1) FROM spots;
SELECT kmeans_train(array_fill(1::float8, '{16001}'), 1) FROM spots;
SELECT model_info(kmeans_train(array_fill(i::float8, '{16000}'), 1)) -> 'dim' AS dim FROM spots WHERE i < 3;

-- k
SELECT kmeans_train(v, 0) FROM spots;
SELECT kmeans_train(v, -1) FROM spots;
SELECT kmeans_train(v, 65536) FROM spots;
SELECT kmeans_train(v, NULL) FROM spots;
SELECT kmeans_train(v, i) FROM spots;
SELECT k, model_info(kmeans_train(v, k)) -> 'k' AS k_of_group
FROM spots, generate_series(1, 3) AS k GROUP BY k ORDER BY k;

-- weights
SELECT kmeans_train(v, 2, NULL, -1) FROM spots;
SELECT kmeans_train(v, 2, NULL, 'NaN') FROM spots;
SELECT kmeans_train(v, 2, NULL, 'Infinity') FROM spots;
SELECT kmeans_train(v, 2, NULL, 1e308) FROM spots;

-- options
SELECT kmeans_train(v, 2, '{"max_iteration": 5}') FROM spots;
SELECT kmeans_train(v, 2, '{"temperature": 5}') FROM spots;
SELECT kmeans_train(v, 2, '{"seed": "x"}') FROM spots;
SELECT kmeans_train(v, 2, '{"seed": 1.5}') FROM spots;
SELECT kmeans_train(v, 2, '{"seed": null}') FROM spots;
SELECT kmeans_train(v, 2, '{"seed": -1}') FROM spots;
SELECT kmeans_train(v, 2, '{"restarts": 0}') FROM spots;
SELECT kmeans_train(v, 2, '{"restarts": 1e400}') FROM spots;
SELECT kmeans_train(v, 2, '{"tolerance": 1.01}') FROM spots;
SELECT kmeans_train(v, 2, '{"tolerance": true}') FROM spots;
SELECT kmeans_train(v, 2, '{"standardize": 1}') FROM spots;
SELECT kmeans_train(v, 2, '{"rank_by": 0}') FROM spots;
SELECT kmeans_train(v, 2, '{"rank_by": 3}') FROM spots;
SELECT kmeans_train(v, 2, '{"rank_by": "c", "feature_names": ["a", "b"]}') FROM spots;
SELECT kmeans_train(v, 2, '{"rank_by": "x", "feature_names": ["a", "b", "c", "d", "e", "f", "g"]}') FROM spots;
SELECT kmeans_train(v, 2, '{"rank_by": "", "feature_names": [7]}') FROM spots;
SELECT kmeans_train(v, 2, '{"rank_by": "a", "feature_names": "a"}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": 3}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": []}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": {"a": 1}}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": [[1, 2], [3]]}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": [[1, 2], [3, "4"]]}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": [[1, 2], [3, 1e400]]}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": [[1, 2], [3, [4]]]}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": [[1], [2]]}') FROM spots;
SELECT kmeans_train(v, 2, '{"init": [[1, 2], [3, 4], [5, 6]]}') FROM spots;
SELECT kmeans_train(v, 2, '{"feature_names": ["a"]}') FROM spots;
SELECT kmeans_train(v, 2, '{"feature_names": ["a", null]}') FROM spots;
SELECT kmeans_train(v, 2, '{"feature_names": "a"}') FROM spots;
SELECT kmeans_train(v, 2, '{"feature_names": ["a", ["b"]]}') FROM spots;
SELECT kmeans_train(v, 2, '[]') FROM spots;
SELECT kmeans_train(v, 2, '1') FROM spots;
SELECT kmeans_train(v, 2, kmeans_options(seed => i)) FROM spots;

-- options with the same content may come from anywhere
SELECT model_info(kmeans_train(v, 2, CASE WHEN i > 5 THEN '{"seed": 1, "restarts": 2}' ELSE '{"restarts": 2, "seed": 1}' END::jsonb))
	-> 'options' AS options
FROM spots;
SELECT i % 2 AS g, model_info(kmeans_train(v, 2, kmeans_options(seed => i % 2))) #> '{options,seed}' AS seed
FROM spots GROUP BY 1 ORDER BY 1;

-- kmeans_options
SELECT kmeans_options();
SELECT kmeans_options(seed => 7, restarts => 1, max_iterations => 2, tolerance => 0.5, standardize => false,
					  rank_by => 2, feature_names => '{"a", "b \" c"}');
SELECT kmeans_options(init => kmeans_train(ARRAY[i % 2, 1], 2)) FROM spots;
SELECT model_info(kmeans_train(v, 2, '{}')) -> 'options' AS in_effect FROM spots;

-- an earlier model as the initial centers: nothing left to do
CREATE TABLE earlier AS SELECT kmeans_train(v, 3) AS model FROM spots;
SELECT model_info(m) -> 'iterations' AS iterations, model_info(m) -> 'converged' AS converged,
	   (SELECT max(a.centroid <-> b.centroid) FROM kmeans_clusters(m) AS a,
			   earlier, kmeans_clusters(model) AS b WHERE a.cluster = b.cluster) < 1e-12 AS same
FROM (SELECT kmeans_train(v, 3, kmeans_options(init => (SELECT model FROM earlier))) AS m FROM spots) AS t;
SELECT kmeans_train(ARRAY[1], 3, kmeans_options(init => (SELECT model FROM earlier))) FROM spots;
SELECT kmeans_train(v, 2, kmeans_options(init => (SELECT model FROM earlier))) FROM spots;

-- names and numbering
SELECT model_info(kmeans_train(v, 2, kmeans_options(feature_names => '{spending,"time spent"}'))) -> 'feature_names' AS names FROM spots;
SELECT cluster, centroid
FROM (SELECT kmeans_train(ARRAY[i % 3, -(i % 3)], 3, '{"rank_by": 2, "standardize": false}') AS m FROM spots) AS t, kmeans_clusters(m);

-- one pass too few
SELECT model_info(kmeans_train(ARRAY[i * i], 4, '{"max_iterations": 1, "tolerance": 0, "init": [[1], [2], [3], [4]]}'))
	-> 'converged' AS converged
FROM generate_series(1, 50) AS i;

-- scoring rows that do not fit
SELECT kmeans_assign(model, '[1]'::feature_vector) FROM earlier;
SELECT kmeans_assign(model, ARRAY[1, 2, 3]) FROM earlier;
SELECT kmeans_distance(model, feature_vector(1, NULL)) FROM earlier;
SELECT kmeans_assign(model, ARRAY[1, NULL]) FROM earlier;
SELECT kmeans_distances(model, ARRAY['NaN', 1]::float8[]) FROM earlier;
SELECT kmeans_distance(model, ARRAY[1e300, 1]) FROM earlier;
SELECT kmeans_distances(model, ARRAY[1e300, 1]) FROM earlier;
SELECT kmeans_assign(model, ARRAY[-1e150, 1]) AS far_but_finite FROM earlier;

-- a model of another method
CREATE TABLE other AS SELECT kmeans_elbow(v, 1, 2) AS elbow, tier_train(i, 3) AS tier FROM spots;
SELECT kmeans_assign(elbow, '[1,2]'::feature_vector) FROM other;
SELECT kmeans_assign(tier, ARRAY[1, 2]) FROM other;
SELECT kmeans_distance(elbow, ARRAY[1, 2]) FROM other;
SELECT kmeans_distances(tier, ARRAY[1, 2]) FROM other;
SELECT * FROM other, kmeans_clusters(elbow);
SELECT kmeans_init(tier) FROM other;
SELECT kmeans_align(model, elbow) FROM other, earlier;
-- different models in one query: each is checked
SELECT kmeans_assign(m, ARRAY[1, 2]) FROM (SELECT model AS m FROM earlier UNION ALL SELECT tier FROM other) AS t;

-- centers of a model in the form of the option init
SELECT kmeans_init(kmeans_train(ARRAY[x, 1.5], 2, '{"standardize": false}')) FROM (VALUES (1), (2), (11), (12)) t(x);

DROP TABLE spots, earlier, other;

-- A row equally near to two centers counts for the lower number, in training and in scoring.
WITH line (x) AS (VALUES (0), (1), (2), (3)),
     trained AS (SELECT kmeans_train(feature_vector(x), 2,
                            '{"init": [[2], [0]], "standardize": false}') AS m
                 FROM line)
SELECT c.cluster, c.size,
       (SELECT count(*) FROM line
        WHERE kmeans_assign(m, feature_vector(x)) = c.cluster) AS scored
FROM trained, kmeans_clusters(m) AS c;
