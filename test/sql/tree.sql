-- Decision trees, forests, gradient boosting: ordinary calls, and the words of every error
CREATE TEMP TABLE users AS
	SELECT i, i * 37 % 61 AS days, i * 13 % 8 AS lessons, CASE WHEN i % 4 > 0 THEN i * 11 % 5 END AS rating,
		i * 37 % 61 > 20 AND i * 13 % 8 < 3 AS churned, (ARRAY['free', 'pro', 'team'])[1 + i * 37 % 61 / 21] AS plan
	FROM generate_series(1, 400) AS i;
CREATE TEMP TABLE models AS
	SELECT tree_train(churned, ARRAY[days, lessons, rating], tree_options(max_depth => 2, feature_names => '{days,lessons,rating}')) AS t,
		tree_train(plan, ARRAY[days, lessons, rating], tree_options(max_depth => 2)) AS p,
		tree_train(days + lessons, ARRAY[days, lessons], tree_options(max_leaves => 3)) AS n,
		forest_train(plan, ARRAY[days, lessons, rating], forest_options(trees => 3, seed => 7)) AS f,
		boosting_train(churned, ARRAY[days, lessons, rating], boosting_options(trees => 3, max_leaves => 3)) AS b
	FROM users;

SELECT pg_typeof(t), model_method(t), model_method(f), model_method(b) FROM models;
SELECT string_agg(key, ' ' ORDER BY key) FROM models, jsonb_object_keys(t::jsonb) AS key;
SELECT model_info(t) -> 'options' AS tree FROM models;
SELECT model_info(f) -> 'options' AS forest FROM models;
SELECT model_info(b) -> 'options' AS boosting FROM models;
SELECT tree, leaf, rule, round(share::numeric, 4) AS share, round(prediction::numeric, 4) AS prediction, class
FROM models, tree_rules(t);
SELECT tree, leaf, rule, round(share::numeric, 4) AS share, round(prediction::numeric, 4) AS prediction, class
FROM models, tree_rules(p);
SELECT tree, leaf, rule, round(share::numeric, 4) AS share, round(prediction::numeric, 4) AS prediction, class
FROM models, tree_rules(n);
SELECT tree, leaf, rule, round(share::numeric, 4) AS share, round(prediction::numeric, 4) AS prediction, class
FROM models, tree_rules(b) WHERE tree < 3;
SELECT feature, round(gain::numeric, 4) AS gain, splits FROM models, feature_importance(t);
SELECT feature, round(gain::numeric, 4) AS gain, splits FROM models, feature_importance(n);
SELECT i, predict(t, ARRAY[days, lessons, rating]), predict_class(p, ARRAY[days, lessons, rating]) AS tree, plan,
	predict_class(f, ARRAY[days, lessons, rating]) AS forest, round(predict(b, ARRAY[days, lessons, rating])::numeric, 6) AS chance
FROM users, models WHERE i < 4 ORDER BY i;
SELECT feature, value, round(contribution::numeric, 6) AS contribution FROM models, explain_prediction(t, ARRAY[30, 1, NULL]);
SELECT feature, value, round(contribution::numeric, 6) AS contribution FROM models, explain_prediction(f, ARRAY[30, 1, NULL], 'pro');

-- every signature
SELECT count(DISTINCT m::text) AS one
FROM (SELECT boosting_train(churned, ARRAY[days, lessons]) AS a, boosting_train(churned, feature_vector(days, lessons)) AS b,
		boosting_train(churned, feature_vector(days, lessons), NULL) AS c,
		boosting_train(churned, ARRAY[days, lessons]::float8[], '{}') AS d
	FROM users) AS s, unnest(ARRAY[a, b, c, d]) AS m;
SELECT model_info(tree_train(days, ARRAY[lessons], '{}', 2)) -> 'rows_used' AS tree,
	model_info(forest_train(days, feature_vector(lessons), '{"trees": 1}', 2)) -> 'rows_used' AS forest,
	model_info(boosting_train(days, ARRAY[lessons], '{"trees": 1}', CASE WHEN i % 2 = 0 THEN 1 ELSE 0 END)) -> 'rows_used' AS boosting
FROM users;

-- errors
SELECT boosting_train(true, ARRAY[days]) FROM users;
SELECT tree_train(plan, ARRAY[days]) FROM users WHERE plan = 'pro';
SELECT tree_train(1e200::float8, ARRAY[days]) FROM users;
SELECT tree_train('infinity'::float8, ARRAY[days]) FROM users;
SELECT boosting_train(-days, ARRAY[days], '{"loss": "poisson"}') FROM users;
SELECT boosting_train(plan, ARRAY[days], '{"loss": "quantile"}') FROM users;
SELECT forest_train(days, ARRAY[days], '{"class_weights": "balanced"}') FROM users;
SELECT forest_train(days, ARRAY[days], '{"features_per_split": 2}') FROM users;
SELECT forest_train(days, ARRAY[days], '{"max_depth": 33}') FROM users;
SELECT boosting_train(days, ARRAY[days], boosting_options(monotone => '{1,1}')) FROM users;
SELECT boosting_train(days, ARRAY[days], boosting_options(monotone => '{2}')) FROM users;
SELECT boosting_train(plan, ARRAY[days], boosting_options(monotone => '{1}')) FROM users;
SELECT boosting_train(days, ARRAY[days], '{"tree": 5}') FROM users;
SELECT boosting_train(days, ARRAY[days], '{}', 1e300) FROM users;
SELECT boosting_train(days, ARRAY[days], '{"patience": 1, "holdout_share": 0.9}') FROM users WHERE days = 3;
SELECT tree_train(i::text, ARRAY[days]) FROM generate_series(1, 1001) AS i, LATERAL (SELECT i AS days) AS d;
SELECT predict(p, ARRAY[1, 2, 3]) FROM models;
SELECT predict(t, ARRAY[1, 2]) FROM models;
SELECT tree_rules(kmeans_train(ARRAY[days], 2)) FROM users;
SELECT feature_importance(kmeans_train(ARRAY[days], 2)) FROM users;
SET segment.training_memory = '1MB';
SELECT boosting_train(days, ARRAY[days]) FROM users, generate_series(1, 100);
RESET segment.training_memory;
SET segment.max_model_size = '8kB';
SELECT forest_train(churned, ARRAY[days, lessons]) FROM users;
RESET segment.max_model_size;
