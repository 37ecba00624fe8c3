-- predict and coefficients: one function for every supervised model
CREATE TEMP TABLE subscribers AS
	SELECT i AS user_id, 1 + i * 37 % 24 AS months, i * 7 % 10 < 6 AS churned, i * 13 % 50 AS lessons, i % 2 AS discount
	FROM generate_series(1, 200) AS i;
CREATE TABLE predict_models AS
	SELECT 'named' AS name, cox_train(months, churned, ARRAY[lessons, discount],
		cox_options(feature_names => '{lessons,discount}')) AS model FROM subscribers
	UNION ALL SELECT 'plain', cox_train(months, churned, ARRAY[lessons, discount]) FROM subscribers
	UNION ALL SELECT 'collinear', cox_train(months, churned, ARRAY[lessons, 0, discount]) FROM subscribers;

SELECT user_id, round(predict(model, feature_vector(lessons, discount))::numeric, 6) AS hazard,
	predict(model, ARRAY[lessons, discount]) = predict(model, feature_vector(lessons, discount)) AS of_array
FROM subscribers, predict_models WHERE name = 'named' AND user_id < 4 ORDER BY user_id;
-- the reference: the mean of a number, 0 for a yes or no
SELECT predict(model, ARRAY[avg_lessons, 0]) = 1 AS reference
FROM predict_models, (SELECT (model::jsonb -> 'means' ->> 0)::float8 AS avg_lessons
	FROM predict_models WHERE name = 'plain') AS m WHERE name = 'plain';
SELECT predict(model, NULL::feature_vector), predict(model, NULL::float8[]), predict(NULL, ARRAY[1]),
	predict(model, '[1,2]') IS NOT NULL AS literal
FROM predict_models WHERE name = 'plain';

SELECT name, feature, round(estimate::numeric, 6) AS estimate, round(std_error::numeric, 6) AS std_error,
	round(statistic::numeric, 6) AS statistic,
	round(p_value::numeric, 6) AS p_value, round(ci_low::numeric, 6) AS ci_low, round(ci_high::numeric, 6) AS ci_high,
	round(exp_estimate::numeric, 6) AS exp_estimate
FROM predict_models, coefficients(model) ORDER BY name, feature;
SELECT confidence, round(ci_low::numeric, 6) AS ci_low, round(ci_high::numeric, 6) AS ci_high
FROM predict_models, unnest('{0.5,0.9,0.999}'::float8[]) AS confidence, coefficients(model, confidence)
WHERE name = 'named' AND feature = 'lessons';
SELECT count(*) FROM coefficients(NULL);
-- a ratio beyond float8 is left out
SELECT feature, exp_estimate
FROM (SELECT cox_train(months, churned, ARRAY[lessons * 1e-9::float8]) AS model FROM subscribers WHERE user_id < 40) AS m,
	coefficients(model);

-- two models in one query, stored in different ways
SELECT count(DISTINCT round(predict(model, ARRAY[lessons, discount])::numeric, 9)) = count(DISTINCT (lessons, discount)) AS same
FROM subscribers, predict_models WHERE name <> 'collinear';

-- errors
SELECT predict(model, ARRAY[1]) FROM predict_models WHERE name = 'plain';
SELECT predict(model, ARRAY[1, NULL]) FROM predict_models WHERE name = 'plain';
SELECT predict(model, ARRAY[1e12, 0]), predict(model, ARRAY[-1e12, 0]) FROM predict_models WHERE name = 'plain';
SELECT predict(model, ARRAY[1e308, -1e308]) FROM predict_models WHERE name = 'plain';
SELECT predict(tier_train(1, 2), ARRAY[1]);
SELECT predict(kmeans_train(ARRAY[1], 1), ARRAY[1]);
SELECT count(*) FROM coefficients((SELECT kmeans_train(ARRAY[1], 1)));
SELECT count(*) FROM predict_models, coefficients(model, 1.5);

-- a prediction can be stored next to its row, and indexed
CREATE TABLE predict_scores (lessons float8, hazard float8 GENERATED ALWAYS AS (predict(
	'{"method": "cox", "format": 1, "fingerprint": null, "dim": 1, "rank": 1, "rows_used": 2, "rows_skipped": 0,
	"event_count": 2, "iterations": 1, "converged": true, "gradient_norm": 0, "null_log_likelihood": -1, "log_likelihood": -1,
	"likelihood_ratio": 0, "wald": 0, "score": 0, "concordance": 0.5, "concordant_pairs": 0, "discordant_pairs": 0,
	"tied_pairs": 1, "longest_duration": 2, "options": {}, "version": "0", "names": 0, "feature_names": [],
	"training_dim": 0, "training_means": [], "training_deviations": [], "training_missing": [],
	"event_times": 1, "coefficients": [0.5], "aliased": [false], "means": [1], "covariance": [[1]], "times": [1],
	"cumulative_hazards": [1]}',
	ARRAY[lessons])) STORED);
INSERT INTO predict_scores VALUES (1), (3);
SELECT lessons, round(hazard::numeric, 6) AS hazard FROM predict_scores ORDER BY lessons;
CREATE INDEX ON predict_scores (hazard);
DROP TABLE predict_scores, predict_models;
