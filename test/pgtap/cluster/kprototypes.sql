-- k-prototypes and k-modes: what must hold for any rows, and what clustMixType and kmodes find (test/oracle/kprototypes.R, .py).
BEGIN;
SELECT plan(21);

-- the rows of the oracles
CREATE TEMP TABLE rows AS
SELECT i, ARRAY[i * i * 37 % 1009 / 100.0, i * i * i * 13 % 997 / 50.0]::float8[] AS v,
	ARRAY[(i % 3)::text, (i * i % 5)::text, (i * 7 % 11 % 4)::text] AS c, 1 + i % 4 AS w
FROM generate_series(0::bigint, 119) AS i;
CREATE TEMP TABLE models AS
SELECT 'mixed' AS name, kprototypes_train(v, c, 4) AS model FROM rows
UNION ALL SELECT 'weighted', kprototypes_train(v, c, 4, '{"gamma": 2}', w) FROM rows
UNION ALL SELECT 'raw', kprototypes_train(v, c, 6, kprototypes_options(standardize => false)) FROM rows
UNION ALL SELECT 'modes', kmodes_train(c, 6) FROM rows
UNION ALL SELECT 'prepared', kprototypes_train(CASE WHEN i % 9 = 0 THEN ARRAY[v[1], NULL] ELSE v END, c, 3,
	kprototypes_options(impute => 'median', transform => 'yeo_johnson', feature_names => '{a,b}', rank_by => 'b')) FROM rows;
CREATE FUNCTION pg_temp.model(which text) RETURNS segment_model LANGUAGE sql AS 'SELECT model FROM models WHERE name = which';

SELECT ok((model_info(pg_temp.model('raw')) ->> 'gamma')::float8 BETWEEN 2.192654824437 AND 2.192654824438, 'gamma is that of kmodes');
SELECT is((model_info(pg_temp.model('mixed')) ->> 'gamma')::float8, 0.5::float8, 'a half for standardized numbers');
SELECT cmp_ok((model_info(pg_temp.model('raw')) ->> 'cost')::float8, '<=', 1043.3220883537757::float8,
	'the cost is not above that of 100 starts of kmodes');
SELECT cmp_ok((model_info(pg_temp.model('modes')) ->> 'cost')::float8, '<=', 102::float8, 'nor is that of k-modes');

-- the model says what scoring its rows does
SELECT results_eq($$SELECT kprototypes_assign(pg_temp.model('mixed'), v, c), count(*) FROM rows GROUP BY 1 ORDER BY 1$$,
	$$SELECT cluster, size FROM kprototypes_clusters(pg_temp.model('mixed'))$$, 'sizes are those of scoring');
SELECT results_eq($$SELECT kprototypes_assign(pg_temp.model('modes'), c), sum(kprototypes_distance(pg_temp.model('modes'), c))
	FROM rows GROUP BY 1 ORDER BY 1$$,
	$$SELECT cluster, cost FROM kprototypes_clusters(pg_temp.model('modes'))$$, 'costs as well');
SELECT ok(abs(sum(w * kprototypes_distance(pg_temp.model('weighted'), v, c)) /
	(model_info(pg_temp.model('weighted')) ->> 'cost')::float8 - 1) < 1e-12,
	'distances times weights sum to the cost') FROM rows;
SELECT ok(abs(sum(kprototypes_distance(pg_temp.model('prepared'), CASE WHEN i % 9 = 0 THEN ARRAY[v[1], NULL] ELSE v END, c)) /
	(model_info(pg_temp.model('prepared')) ->> 'cost')::float8 - 1) < 1e-12, 'of prepared rows too') FROM rows;
SELECT is(kprototypes_assign(pg_temp.model('mixed'), v::feature_vector, c),
	kprototypes_assign(pg_temp.model('mixed'), v, c), 'either type of vector')
FROM rows WHERE i = 7;

-- means and modes of the rows, weighted
SELECT ok(bool_and(abs(centroid[1] - a) < 1e-12 AND abs(centroid[2] - b) < 1e-12 AND abs(share - s) < 1e-12), 'centroids are means')
FROM kprototypes_clusters(pg_temp.model('weighted')), LATERAL (
	SELECT sum(w * v[1]) / sum(w) AS a, sum(w * v[2]) / sum(w) AS b, sum(w)::float8 / (SELECT sum(w) FROM rows) AS s
	FROM rows WHERE kprototypes_assign(pg_temp.model('weighted'), v, c) = cluster) AS of_rows;
SELECT results_eq($$SELECT modes FROM kprototypes_clusters(pg_temp.model('weighted'))$$, $$
	SELECT ARRAY(SELECT (SELECT label FROM (SELECT c[j] AS label, sum(w) AS n FROM rows
			WHERE kprototypes_assign(pg_temp.model('weighted'), v, c) = cluster GROUP BY 1) AS t
		ORDER BY n DESC, label COLLATE "C" LIMIT 1)
		FROM generate_series(1, 3) AS j)
	FROM generate_series(1, 4) AS cluster$$, 'modes are the most frequent labels, by weight');
SELECT ok(bool_and(centroid[2] >= before), 'clusters are numbered by the element of rank_by')
FROM (SELECT centroid, lag(centroid[2], 1, '-Infinity') OVER (ORDER BY cluster) AS before
	FROM kprototypes_clusters(pg_temp.model('prepared'))) AS t;
SELECT ok(bool_and(modes COLLATE "C" >= before), 'those of k-modes by their modes')
FROM (SELECT modes, lag(modes, 1, '{}') OVER (ORDER BY cluster) AS before
	FROM kprototypes_clusters(pg_temp.model('modes'))) AS t;

-- without categories: k-means
SELECT results_eq($$SELECT size, round((centroid[1])::numeric, 9)
	FROM kprototypes_clusters((SELECT kprototypes_train(ARRAY[v[1]], '{}', 3) FROM rows))$$,
	$$SELECT size, round((centroid[1])::numeric, 9) FROM kmeans_clusters((SELECT kmeans_train(ARRAY[v[1]], 3) FROM rows))$$,
	'without categories it is k-means');
-- a whole weight is so many rows
SELECT ok(abs((model_info(pg_temp.model('weighted')) ->> 'cost')::float8 /
	(model_info(kprototypes_train(v, c, 4, '{"gamma": 2}')) ->> 'cost')::float8 - 1) < 1e-12,
	'a whole weight is so many rows') FROM rows, generate_series(1, w);

-- the same model in any order, in little memory, in groups; and back from its forms
SELECT is(md5(kprototypes_train(v, c, 4 ORDER BY i)::text), md5(kprototypes_train(v, c, 4 ORDER BY -i)::text),
	'the same model in any order of rows') FROM rows;
SELECT is(md5(kmodes_train(c, 6 ORDER BY c)::text), md5(kmodes_train(c, 6 ORDER BY -i)::text), 'of categories too') FROM rows;
CREATE TEMP TABLE many AS
SELECT i, ARRAY[i % 5 * 10 + i * 7919 % 1013 / 100.0, i * 31 % 4093]::float8[] AS v,
	ARRAY['p' || i % 5, nullif('q' || i % 7, 'q3')] AS c FROM generate_series(1, 40000) AS i;
CREATE TEMP TABLE in_memory AS SELECT kprototypes_train(v, c, 5, '{"restarts": 1}') AS model FROM many;
SET LOCAL segment.training_memory = '1MB';
SELECT ok((SELECT kprototypes_train(v, c, 5, '{"restarts": 1}') FROM many) = (SELECT model FROM in_memory), 'from disk as from memory');
RESET segment.training_memory;
SELECT ok(bool_and(model::text::segment_model = model), 'a model comes back from its text') FROM models;
SELECT ok(bool_and(model::jsonb ->> 'k' IS NOT NULL AND model::jsonb #>> '{modes,0,0}' IS NOT NULL), 'and is shown as jsonb') FROM models;
SELECT is(count(model), 3::bigint, 'one model for each group')
FROM (SELECT kprototypes_train(v, c, 2, kprototypes_options(when_too_few => 'null')) AS model FROM rows GROUP BY i % 3) AS t;

SELECT * FROM finish();
ROLLBACK;
