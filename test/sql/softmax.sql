-- Softmax regression: ordinary calls and every error
CREATE TYPE tier_of_user AS ENUM ('basic', 'plus', 'family');
CREATE TEMP TABLE users AS
	SELECT i AS user_id, i * 37 % 61 AS days, i * 13 % 8 AS lessons, (1 + i % 4)::float8 AS w,
		(i * 7919 % 1009 + 100 * (i * 13 % 8)) / 600 AS code
	FROM generate_series(1, 200) AS i;
ALTER TABLE users ADD plan text, ADD tier tier_of_user;
UPDATE users SET plan = (ARRAY['free', 'pro', 'team'])[1 + code], tier = (ARRAY['plus', 'family', 'basic'])[1 + code]::tier_of_user;
CREATE TEMP TABLE models AS
	SELECT softmax_train(plan, feature_vector(days, lessons), softmax_options(feature_names => '{days,lessons}')) AS plan FROM users;

SELECT pg_typeof(plan), model_method(plan), model_info(plan) -> 'options' AS options FROM models;
SELECT jsonb_object_agg(key, value) FROM models, jsonb_each(model_info(plan))
WHERE key IN ('dim', 'rank', 'rows_used', 'rows_skipped', 'weight', 'converged', 'feature_names', 'classes', 'class_count',
	'has_intercept', 'has_reference');
SELECT string_agg(key, ' ' ORDER BY key) FROM models, jsonb_object_keys(plan::jsonb) AS key;
SELECT class, feature, round(estimate::numeric, 6) AS estimate, round(std_error::numeric, 6) AS std_error,
	round(p_value::numeric, 6) AS p_value, round(exp_estimate::numeric, 5) AS ratio
FROM models, coefficients(plan);
SELECT predict_class(plan, ARRAY[30, 4]), class, round(probability::numeric, 6) AS probability
FROM models, predict_probabilities(plan, ARRAY[30, 4]);
SELECT round(avg((predict_class(model, ARRAY[days, lessons]) = u.plan)::int), 3) AS accuracy FROM users AS u,
	(SELECT plan AS model FROM models) AS m;

-- labels of every type; classes are ordered by number or by bytes
SELECT model_info(softmax_train(code, ARRAY[days, lessons])) -> 'classes' AS int,
	model_info(softmax_train(9.5 + code, ARRAY[days, lessons])) -> 'classes' AS numeric,
	model_info(softmax_train(tier, ARRAY[days, lessons])) -> 'classes' AS enum,
	model_info(softmax_train(code > 0, ARRAY[days, lessons])) -> 'classes' AS boolean,
	model_info(softmax_train(date '2026-01-31' + code, ARRAY[days, lessons])) -> 'classes' AS date
FROM users;
SELECT round(predict(softmax_train(code > 0, ARRAY[days, lessons]), ARRAY[30, 4])::numeric, 9) AS softmax,
	round(predict(logistic_train(code > 0, ARRAY[days, lessons]), ARRAY[30, 4])::numeric, 9) AS logistic FROM users;

-- a penalty: a coefficient of each class, and no errors
SELECT class, feature, round(estimate::numeric, 6) AS estimate, std_error
FROM (SELECT softmax_train(plan, ARRAY[days, lessons], '{"l2": 10}') AS m FROM users) AS m, coefficients(m);
-- an element that depends on those before it
SELECT class, feature, estimate IS NULL AS none
FROM (SELECT softmax_train(plan, ARRAY[lessons, 7, 2 * lessons]) AS m FROM users) AS m, coefficients(m);
SELECT model_info(softmax_train(user_id * 10, ARRAY[1])) -> 'rank' AS many_classes FROM users;
SELECT model_info(softmax_train(plan, ARRAY[days], '{"intercept": false}')) -> 'rank' AS no_intercept FROM users;

-- NULL and a weight of 0 are skipped and counted; no rows give no model
SELECT model_info(model) -> 'rows_used' AS used, model_info(model) -> 'rows_skipped' AS skipped, model_info(model) -> 'weight' AS weight
FROM (SELECT softmax_train(y, x::float8[], '{"l2": 1}', w) AS model
	FROM (VALUES ('a', '{1}', 1), ('b', '{3}', 2), (NULL, '{1}', 1), ('a', NULL, 1), ('b', '{2}', NULL), ('c', '{2}', 0))
		AS t(y, x, w)) AS m;
SELECT softmax_train(NULL::text, ARRAY[1]) IS NULL AS skipped, softmax_train(1, ARRAY[1]) FILTER (WHERE false) IS NULL AS none;
SELECT g, softmax_train(i > g, ARRAY[i], '{"when_too_few": "null", "l2": 1}') IS NULL AS is_null
FROM generate_series(1, 9) AS i, generate_series(8, 9) AS g GROUP BY g ORDER BY g;
SELECT user_id, model_info(softmax_train(user_id % 2, ARRAY[lessons], '{"l2": 1, "when_too_few": "null"}')
	OVER (ORDER BY user_id)) -> 'rows_used' AS rows_used FROM users WHERE user_id BETWEEN 10 AND 13 ORDER BY user_id;

-- an element that separates a class
SELECT model_info(softmax_train(plan, ARRAY[days, (plan = 'pro')::int])) -> 'converged' AS converged FROM users;

-- errors
SELECT softmax_train('free'::text, ARRAY[lessons]) FROM users;
SELECT softmax_train(i, ARRAY[1]) FROM generate_series(1, 1001) AS i;
SELECT softmax_train(user_id, ARRAY[1, 2, 3, 4, 5]) FROM users;
SELECT softmax_train(plan, ARRAY[1, NULL]) FROM users;
SELECT softmax_train(plan, ARRAY[days], NULL, -1) FROM users;
SELECT softmax_train(plan, ARRAY[days], '{"std_errors": "hc3"}') FROM users;
SELECT softmax_train(plan, ARRAY[days], softmax_options(l1 => -1)) FROM users;
SELECT softmax_train(plan, ARRAY[days], softmax_options(max_iterations => i)) FROM users, generate_series(1, 2) AS i;
SELECT softmax_train(plan, array_fill(days, ARRAY[1001])) FROM users;
SELECT softmax_train(ROW(plan), ARRAY[days]) IS NOT NULL AS any_type FROM users;
SELECT predict(plan, ARRAY[1, 2]) FROM models;

-- models from untrusted sources
SELECT (plan::jsonb || '{"fingerprint": null, "classes": ["pro", "pro", "team"]}')::text::segment_model FROM models;
SELECT (plan::jsonb || '{"fingerprint": null, "has_reference": false}')::text::segment_model FROM models;
SELECT (plan::jsonb || '{"fingerprint": null, "coefficients": [[1, 0], [0, 0], [0, 0]]}')::text::segment_model FROM models;
SELECT (plan::jsonb || '{"fingerprint": null, "aliased": [[0, 0], [1, 0], [0, 0]]}')::text::segment_model FROM models;
SELECT (plan::jsonb || '{"fingerprint": null, "covariance_size": 3}')::text::segment_model FROM models;
SELECT (plan::jsonb || '{"fingerprint": null, "intercepts": [0, 0]}')::text::segment_model FROM models;
DROP TABLE users;
DROP TYPE tier_of_user;
