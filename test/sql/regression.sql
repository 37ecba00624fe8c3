-- Linear, logistic, Poisson and gamma regression: ordinary calls and every error
CREATE TEMP TABLE users AS
	SELECT i AS user_id, i * 37 % 61 AS days, i * 13 % 8 AS lessons, i % 3 AS plan, (1 + i % 4)::float8 AS w,
		i * 7919 % 1009 % 7 < 2 + i * 13 % 8 / 3 AS churned, i * 13 % 8 * 2 + i * 7919 % 1009 % 11 AS spend,
		i * 7919 % 1009 % 5 + i * 13 % 8 / 4 AS visits, ln(1 + i % 12) AS log_months
	FROM generate_series(1, 200) AS i;
CREATE TEMP TABLE models AS
	SELECT logistic_train(churned, feature_vector(days, lessons), regression_options(feature_names => '{days,lessons}')) AS churn,
		linear_train(spend, feature_vector(days, lessons)) AS spend,
		poisson_train(visits, feature_vector(days, lessons)) AS visits,
		gamma_train(spend + 1, feature_vector(days, lessons)) AS amount
	FROM users;

SELECT pg_typeof(m), model_method(m), model_info(m) -> 'options' AS options FROM models, unnest(ARRAY[spend, churn, visits, amount]) AS m;
SELECT jsonb_object_agg(key, value) FROM models, jsonb_each(model_info(churn))
WHERE key IN ('dim', 'rank', 'rows_used', 'rows_skipped', 'weight', 'converged', 'feature_names', 'degrees_of_freedom', 'dispersion',
	'has_intercept', 'offset', 'names', 'covariance_size');
SELECT string_agg(key, ' ' ORDER BY key) FROM models, jsonb_object_keys(churn::jsonb) AS key;
SELECT model_method(m) AS method, feature, round(estimate::numeric, 6) AS estimate, round(std_error::numeric, 6) AS std_error,
	round(p_value::numeric, 6) AS p_value, round(ci_low::numeric, 4) AS low, round(ci_high::numeric, 4) AS high,
	round(exp_estimate::numeric, 5) AS ratio
FROM models, unnest(ARRAY[spend, churn, visits, amount]) AS m, coefficients(m);
SELECT model_method(m) AS method, round(predict(m, feature_vector(30, 4))::numeric, 6) AS prediction,
	predict(m, ARRAY[30, 4]) = predict(m, feature_vector(30, 4)) AS of_array
FROM models, unnest(ARRAY[spend, churn, visits, amount]) AS m;
SELECT predict(churn, NULL::feature_vector), predict(NULL, ARRAY[1, 2]) FROM models;

-- arrays of every type, without options, without names; numbers of every type
SELECT linear_train(spend, ARRAY[days, lessons])::text = linear_train(spend::numeric, ARRAY[days, lessons]::float8[])::text AS same,
	linear_train(spend, ARRAY[days, lessons])::text = linear_train(spend::bigint, feature_vector(days, lessons), '{}')::text AS as_vector,
	linear_train(spend, ARRAY[days, lessons])::text = linear_train(spend, ARRAY[days, lessons], NULL)::text AS no_options
FROM users;

-- the offset by number, by its digits, by name
SELECT options, feature, round(estimate::numeric, 5) AS estimate, round(std_error::numeric, 5) AS std_error
FROM (VALUES (1, regression_options("offset" => 2)), (2, regression_options("offset" => '2')),
		(3, regression_options("offset" => 'log_months', feature_names => '{lessons,log_months}'))) AS o (n, options),
	LATERAL (SELECT poisson_train(visits, ARRAY[lessons, log_months], options) AS m FROM users) AS m, coefficients(m)
ORDER BY n;

-- an element that depends on those before it, or never varies, has no coefficient; a penalty gives it one
SELECT feature, round(estimate::numeric, 6) AS estimate, std_error IS NULL AS none
FROM (SELECT linear_train(spend, ARRAY[lessons, 2 * lessons + 1, 7, days]) AS m FROM users) AS m, coefficients(m);
SELECT predict(m, ARRAY[1, 3, 7, 2]) = predict(m, ARRAY[1, 300, 700, 2]) AS counts_as_0
FROM (SELECT linear_train(spend, ARRAY[lessons, 2 * lessons + 1, 7, days]) AS m FROM users) AS m;
SELECT feature, round(estimate::numeric, 6) AS estimate, std_error, p_value, round(exp_estimate::numeric, 6) AS ratio
FROM (SELECT logistic_train(churned, ARRAY[lessons, 2 * lessons + 1, 7, days], '{"l2": 1}') AS m FROM users) AS m, coefficients(m);
-- the lasso chooses
SELECT feature, estimate = 0 AS is_zero
FROM (SELECT linear_train(spend, ARRAY[lessons, days, plan], '{"l1": 300}') AS m FROM users) AS m, coefficients(m);
-- a huge penalty leaves the base rate
SELECT round(predict(m, ARRAY[60, 7])::numeric, 6) = round(rate, 6) AS base_rate
FROM (SELECT logistic_train(churned, ARRAY[days, lessons], '{"l2": 1e15}') AS m, avg(churned::int) AS rate FROM users) AS m;

-- one row, equal rows, as many rows as coefficients
SELECT feature, estimate, std_error FROM (SELECT linear_train(5, ARRAY[2]) AS m) AS m, coefficients(m);
SELECT feature, round(estimate::numeric, 9) AS estimate, std_error
FROM (SELECT poisson_train(5, ARRAY[2, 3]) AS m FROM generate_series(1, 5)) AS m, coefficients(m);
SELECT feature, round(estimate::numeric, 9) AS estimate, std_error
FROM (SELECT linear_train(i * i, ARRAY[i]) AS m FROM generate_series(1, 2) AS i) AS m, coefficients(m);
SELECT round((model_info(m) ->> 'r_squared')::numeric, 9) AS r_squared, round((model_info(m) ->> 'deviance')::numeric, 9) AS deviance
FROM (SELECT linear_train(2 * i + 1, ARRAY[i]) AS m FROM generate_series(1, 9) AS i) AS m;

-- an element that separates the labels
SELECT model_info(logistic_train(churned, ARRAY[lessons, churned::int])) -> 'converged' AS converged FROM users;
SELECT model_info(logistic_train(churned, ARRAY[lessons, (churned AND plan = 0)::int],
	'{"feature_names": ["lessons", "sure"]}')) -> 'converged' AS converged FROM users;
SELECT model_info(poisson_train(CASE WHEN plan = 1 THEN 0 ELSE visits END, ARRAY[lessons, (plan = 1)::int])) -> 'converged' AS converged
FROM users;
SELECT model_info(logistic_train(churned, ARRAY[lessons, churned::int], '{"l2": 0.1}')) -> 'converged' AS converged FROM users;
SELECT model_info(logistic_train(churned, ARRAY[lessons, days], regression_options(max_iterations => 1))) -> 'converged' AS converged
FROM users;

-- NULL and a weight of 0 are skipped and counted; no rows give no model
SELECT model_info(model) -> 'rows_used' AS used, model_info(model) -> 'rows_skipped' AS skipped, model_info(model) -> 'weight' AS weight
FROM (SELECT linear_train(y, x::float8[], NULL, w) AS model
	FROM (VALUES (1, '{1}', 1), (2, '{3}', 2), (NULL, '{1}', 1), (1, NULL, 1), (3, '{2}', NULL), (9, '{2}', 0)) AS t(y, x, w)) AS m;
SELECT logistic_train(NULL, ARRAY[1]) IS NULL AS skipped, logistic_train(true, ARRAY[1]) FILTER (WHERE false) IS NULL AS none,
	logistic_train(true, ARRAY[1], NULL, 0) IS NULL AS weightless;

-- one model per group, and from a growing frame
SELECT plan, model_info(logistic_train(churned, ARRAY[lessons])) -> 'rows_used' AS rows_used FROM users GROUP BY plan ORDER BY plan;
SELECT user_id, model_info(linear_train(spend, ARRAY[lessons]) OVER (ORDER BY user_id)) -> 'rows_used' AS rows_used
FROM users WHERE user_id BETWEEN 10 AND 13 ORDER BY user_id;
SELECT g, logistic_train(i > g, ARRAY[i], '{"when_too_few": "null", "l2": 1}') IS NULL AS is_null
FROM generate_series(1, 9) AS i, generate_series(8, 9) AS g GROUP BY g ORDER BY g;

-- errors
SELECT logistic_train(true, ARRAY[lessons]) FROM users;
SELECT logistic_train(false, ARRAY[1]);
SELECT poisson_train(0, ARRAY[lessons]) FROM users;
SELECT poisson_train(-1, ARRAY[1]);
SELECT poisson_train('Infinity', ARRAY[1]);
SELECT gamma_train(0, ARRAY[1]);
SELECT gamma_train('NaN', ARRAY[1]);
SELECT linear_train('NaN', ARRAY[1]);
SELECT linear_train('-Infinity', ARRAY[1]);
SELECT linear_train(1e200, ARRAY[1]);
SELECT poisson_train(1e200, ARRAY[1]);
SELECT gamma_train(1e200, ARRAY[1]);
SELECT linear_train(i * 1e-150, ARRAY[1]) FROM generate_series(1, 3) AS i;
SELECT linear_train(1, ARRAY[1, NULL]);
SELECT linear_train(1, ARRAY['NaN']::float8[]);
SELECT linear_train(1, x::float8[]) FROM unnest('{"{1,2}","{1,2,3}"}'::text[]) AS x;
SELECT linear_train(i, ARRAY[i * 1e150]) FROM generate_series(1, 3) AS i;
SELECT linear_train(i, ARRAY[i * 1e-150]) FROM generate_series(1, 3) AS i;
SELECT linear_train(1, ARRAY[1], NULL, -1);
SELECT linear_train(1, ARRAY[1], NULL, 'Infinity');
SELECT linear_train(i, ARRAY[i], NULL, 1e308) FROM generate_series(1, 3) AS i;
SELECT linear_train(1, array_fill(1, ARRAY[1001]));
SELECT linear_train(i, ARRAY[i, (i = 3)::int], '{"std_errors": "hc3"}') FROM generate_series(1, 20) AS i;
SELECT linear_train(1, ARRAY[1], regression_options(std_errors => 'hc4'));
SELECT linear_train(1, ARRAY[1], '{"l3": 1}');
SELECT linear_train(1, ARRAY[1], regression_options(l1 => -1));
SELECT linear_train(1, ARRAY[1], regression_options(l2 => 'NaN'));
SELECT linear_train(1, ARRAY[1], regression_options("offset" => 2));
SELECT linear_train(1, ARRAY[1], regression_options("offset" => 'time'));
SELECT linear_train(1, ARRAY[1], regression_options("offset" => -1));
SELECT linear_train(1, ARRAY[1], regression_options(max_iterations => 0));
SELECT linear_train(1, ARRAY[1], regression_options(max_iterations => 3000000000));
SELECT linear_train(1, ARRAY[1], regression_options(tolerance => 0));
SELECT linear_train(1, ARRAY[1], regression_options(tolerance => 0.1));
SELECT linear_train(1, ARRAY[1], regression_options(feature_names => '{a,b}'));
SELECT linear_train(1, ARRAY[1], regression_options(max_iterations => i)) FROM generate_series(1, 2) AS i;
\set VERBOSITY terse
SELECT linear_train(true, ARRAY[1]);
SELECT logistic_train(1, ARRAY[1]);
\set VERBOSITY default
SET segment.max_model_size = '1kB';
SELECT linear_train(i, array_fill(i, ARRAY[20])) FROM generate_series(1, 3) AS i;
RESET segment.max_model_size;
SELECT predict(churn, ARRAY[1]) FROM models;
SELECT predict(churn, ARRAY[1, NULL]) FROM models;
SELECT predict(visits, ARRAY[1e9, 1e9]) FROM models;
SELECT count(*) FROM models, coefficients(churn, 1);

-- models from untrusted sources
SELECT (churn::jsonb || '{"fingerprint": null, "rank": 9}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "offset": 3}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "aliased": [true, false]}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "covariance_size": 2}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "covariance": [[1, 2, 3], [1, 2, 3], [1, 2, 3]]}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "covariance": [[-1, 0, 0], [0, 1, 0], [0, 0, 1]]}')::text::segment_model FROM models;
SELECT replace(churn::text, '"rows_used": 200', '"rows_used": 201')::segment_model FROM models;

-- numbers that leave a double
SELECT gamma_train(y, '{1}', '{}', 1e-160) FROM (VALUES (1e-320), (2e-320)) AS t (y);
SELECT model_info(gamma_train(0.1, '{1}', '{}', 6e306)) ->> 'gradient_norm' ~ 'Inf' AS is_infinite;
SELECT explain_prediction(linear_train(5 * x, ARRAY[x]), ARRAY[1e308]) FROM generate_series(1, 5) AS x;
