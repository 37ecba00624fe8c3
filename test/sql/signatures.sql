-- Calls that could be taken for another signature, types that drivers send, and
-- names in place of numbers.

CREATE TEMP TABLE users AS
SELECT i AS id, i % 2 AS churned, 10.0 * (i % 5) AS revenue, i % 7 AS months, 'topic ' || i % 3 AS topic
FROM generate_series(1, 100) AS i;

-- a flag as 0 or 1 is no churn rate and no number of customers
SELECT ltv(revenue, churned) FROM users;
SELECT ltv(revenue::float8, churned::bigint) FROM users;
SELECT ltv(id, churned::smallint) FROM users;
SELECT ltv(revenue, churned::boolean) FROM users;
SELECT ltv(100, 1), pg_typeof(ltv(100, 1)), pg_typeof(ltv(100.0, 1)), ltv(100, 0) IS NULL AS no_churn, ltv(100, 5 - 4);
SELECT sbg_train(months, churned) FROM users;
SELECT sbg_train(period, alive) FROM (VALUES (0, 1), (1, 1), (2, 0)) AS t(period, alive);
SELECT model_method(sbg_train(months, churned::boolean)) FROM users;
SELECT model_method(sbg_train(period, share)) FROM (VALUES (0, 1.0), (1, 0.8), (2, 0.7)) AS t(period, share);

-- options that are a literal are options
SELECT bgnbd_train(1, 1, 2, '{"tolerence": 1}');
SELECT paretonbd_train(1, 1, 2, '{"tolerence": 1}');
SELECT gamma_gamma_train(1, 1, '{"tolerence": 1}');
\set VERBOSITY terse
SELECT bgnbd_train(1, 1, 2, 3);
\set VERBOSITY default

-- a number of topics is no weight
SELECT top_interest(topic, 3) FROM users;
SELECT top_interest(topic, 1) AS one, top_interest(topic, 0.5) AS half, top_interest(topic, months) AS months FROM users;

-- the key comes first
SELECT fold(5, id) FROM users;
SELECT count(DISTINCT fold(id, 5)) AS parts, fold(7, 5) BETWEEN 1 AND 5 AS constants FROM users;

-- whole numbers may be bigint, as count(*) is
SELECT model_info(kmeans_train(ARRAY[id], 3::bigint, kmeans_options(restarts => 5::bigint, rank_by => 1::bigint))) -> 'k' AS k FROM users;
SELECT model_info(tier_train(id, 3::bigint)) -> 'edge_count' AS edges FROM users;
SELECT fold(7, 5::bigint) = fold(7, 5) AS same, tier_next('{1,2}', 2::bigint, 5, 0) AS tier;
SELECT kmeans_train(ARRAY[id], 3000000000) FROM users;
SELECT fold(7, -3000000000);
SELECT top_keywords(to_tsvector('simple', topic), 3000000000) FROM users;
SELECT tier_next('{1,2}', 3000000000, 5, 0);
SELECT kmeans_train(ARRAY[id], 3, kmeans_options(restarts => 3000000000)) FROM users;

-- a model's name is not the model
SELECT kmeans_assign('value', '[1]');
SELECT model_info(' value');
SELECT 'x'::segment_summary;

-- groups with too few rows
SELECT id / 50 AS part, model_info(kmeans_train(ARRAY[id], 3, kmeans_options(when_too_few => 'null'))) -> 'k' AS k
FROM users WHERE id <= 51 GROUP BY 1 ORDER BY 1;
SELECT id / 50 AS part, kmeans_train(ARRAY[id], 3) FROM users WHERE id <= 51 GROUP BY 1;
SELECT kmeans_elbow(ARRAY[id], 2, 4, '{"when_too_few": "null"}') IS NULL AS nothing FROM users WHERE id < 3;
SELECT churned, cox_train(months, churned = 1, ARRAY[id], cox_options(when_too_few => 'null')) IS NULL AS nothing
FROM users GROUP BY churned ORDER BY churned;
SELECT churned, cox_train(months, churned = 1, ARRAY[id]) FROM users GROUP BY churned;
SELECT tier_train(1, 3, tier_options(when_too_few => 'null')) IS NULL AS tiers,
	rfm_train(1, 1, 1, rfm_options(when_too_few => 'null')) IS NULL AS rfm,
	gamma_gamma_train(0, 5, gamma_gamma_options(when_too_few => 'null')) IS NULL AS gamma_gamma,
	sbg_train(0, 5, sbg_options(when_too_few => 'null')) IS NULL AS sbg;
SELECT kmeans_train(ARRAY[id], 3, kmeans_options(when_too_few => 'skip')) FROM users;

-- elements by their names
CREATE TEMP TABLE named AS
SELECT kmeans_train(ARRAY[id % 2, 1 - id % 2 + id % 3 * 0.1], 2,
	kmeans_options(rank_by => 'spend', feature_names => '{visits,spend}')) AS model
FROM users;
SELECT model = (SELECT kmeans_train(ARRAY[id % 2, 1 - id % 2 + id % 3 * 0.1], 2,
	kmeans_options(rank_by => 2, feature_names => '{visits,spend}')) FROM users) AS same FROM named;
SELECT cluster, feature, round(value::numeric, 3) AS value FROM named, kmeans_centroids(model);
SELECT feature FROM (SELECT kmeans_train(ARRAY[id, 1], 1) AS model FROM users) AS m, kmeans_centroids(model);
SELECT kmeans_options(rank_by => '2') = kmeans_options(rank_by => 2) AS digits, kmeans_options(rank_by => NULL),
	kmeans_options(rank_by => '');
SELECT kmeans_train(ARRAY[id, 1], 2, kmeans_options(rank_by => 'money', feature_names => '{visits,spend}')) FROM users;
SELECT kmeans_train(ARRAY[id, 1], 2, kmeans_options(rank_by => 'spend')) FROM users;
SELECT kmeans_train(ARRAY[id, 1], 2, kmeans_options(feature_names => '{spend,spend}')) FROM users;
SELECT kmeans_train(ARRAY[id, 1], 2, kmeans_options(feature_names => '{spend}')) FROM users;
SELECT kmeans_train(ARRAY[id, NULL], 2, kmeans_options(feature_names => '{visits,spend}')) FROM users;
SELECT kmeans_assign(model, '[1,null]') FROM named;
SELECT kmeans_assign(model, '[1]') FROM named;
SELECT simplified_silhouette(model, '[null,1]'::feature_vector) FROM named;
SELECT model_info(kmeans_align(model, model)) -> 'feature_names' AS names,
	model_info(kmeans_align(unnamed, model)) -> 'feature_names' AS of_the_old_one
FROM named, (SELECT kmeans_train(ARRAY[id, 1], 2) AS unnamed FROM users) AS u;

-- numbers in messages read back, whatever extra_float_digits says
SET extra_float_digits = 0;
SELECT tier(1, '{0.30000000000000004,0.3}'::float8[]);
SELECT bgnbd_train(3.0000000000000004::float8, 1, 2);
RESET extra_float_digits;
