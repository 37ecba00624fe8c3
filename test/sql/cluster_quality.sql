-- clustering scores: what they refuse, and with which messages
CREATE TEMP TABLE points AS
	SELECT i % 2 AS c, ARRAY[i, i % 3]::float8[] AS x FROM generate_series(1, 12) AS i;

SELECT silhouette(1, x) FROM points;
SELECT calinski_harabasz(x[1]::int, x) FROM points;
SELECT davies_bouldin('a', x) FROM points LIMIT 1;
SELECT silhouette(c, CASE c WHEN 1 THEN x ELSE x[1:1] END) FROM points;
SELECT calinski_harabasz(c, CASE c WHEN 1 THEN x ELSE x[1:1] END) FROM points;
SELECT davies_bouldin(c, ARRAY[1, NULL, c]) FROM points;
SELECT calinski_harabasz(c, ARRAY[1, NULL, c]) FROM points;
SELECT calinski_harabasz(c, ARRAY[1e160, c]) FROM points;
SELECT round(davies_bouldin(c, ARRAY[1e-310 * x[1], x[2] * 1e-310])::numeric, 6) = round(davies_bouldin(c, x)::numeric, 6) AS subnormal
FROM points;
SELECT simplified_silhouette(kmeans, ARRAY[1, 2, 3]) FROM points, (SELECT kmeans_train(x, 2) AS kmeans FROM points) t;
SELECT simplified_silhouette(elbow, x) FROM points, (SELECT kmeans_elbow(x, 1, 2) AS elbow FROM points) t;

-- damaged states
SELECT adjusted_rand_final('\x00');
SELECT adjusted_rand_final(dispersion_trans(NULL, 1, '{1,2}'::float8[]));
SELECT calinski_harabasz_final(contingency_trans(NULL, 1, 2));
SELECT dispersion_combine(dispersion_trans(NULL, 1, '{1,2}'::float8[]), dispersion_trans(NULL, 1, '{1}'::float8[]));
SELECT contingency_combine(contingency_trans(NULL, 1, 2), overlay(contingency_trans(NULL, 1, 2) PLACING '\xff' FROM 73));
-- a state as a machine of little-endian byte order has it
CREATE FUNCTION pg_temp.float_state(kind text, numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
	SELECT reverse(kind)::bytea || string_agg(substring(float8send(x) FROM b FOR 1), '' ORDER BY n, b DESC)
	FROM unnest(numbers) WITH ORDINALITY AS t (x, n), generate_series(1, 8) AS b
$$;
SELECT simplified_silhouette_final(pg_temp.float_state('SILH', '{1,2}'));
SELECT simplified_silhouette_combine(pg_temp.float_state('SILH', '{1,0,0}'), pg_temp.float_state('SILH', '{-1,0,0}'));

-- kmeans_elbow
SELECT kmeans_elbow(x, 3, 2) FROM points;
SELECT kmeans_elbow(x, 0, 2) FROM points;
SELECT kmeans_elbow(x, 1, NULL) FROM points;
SELECT kmeans_elbow(x, 1, 13) FROM points;
SELECT kmeans_elbow(x, 1, c + 2) FROM points;
SELECT kmeans_elbow(x, 1, 2, '{"restart": 3}') FROM points;
SELECT kmeans_elbow(x, 1, 2) FROM points WHERE false;
SELECT model_method(kmeans_elbow(x, 2, 4, '{"max_iterations": 1, "restarts": 1, "tolerance": 0}')) FROM points;
SELECT k FROM kmeans_elbow_points((SELECT kmeans_train(x, 2) FROM points));
SELECT model_info(kmeans_elbow(x, 1, 3)) - 'version' FROM points;

-- kmeans_align
SELECT kmeans_align(kmeans_train(x, 2), kmeans_train(x[1:1], 2)) FROM points;
SELECT kmeans_align(kmeans_train(x, 2), kmeans_elbow(x, 1, 2)) FROM points;
SELECT cluster, size, round(centroid[1]::numeric, 6) AS first
FROM (SELECT kmeans_align(kmeans_train(x, 3), kmeans_train(x * -1, 3)) AS m
	FROM (SELECT x::feature_vector AS x FROM points) t) s, kmeans_clusters(m);
