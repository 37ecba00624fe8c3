-- Cox regression: ordinary calls and every error
CREATE TEMP TABLE subscribers AS
	SELECT i AS user_id, 1 + i * 37 % 24 AS months, i * 7 % 10 < 6 AS churned, i * 13 % 50 AS lessons,
		i % 2 AS discount, i * 11 % 4 AS devices
	FROM generate_series(1, 200) AS i;
CREATE TEMP TABLE models AS
	SELECT cox_train(months, churned, feature_vector(lessons, discount), cox_options(feature_names => '{lessons,discount}')) AS model
	FROM subscribers;

SELECT pg_typeof(model), model_method(model), model_info(model) -> 'options' AS options FROM models;
SELECT jsonb_object_agg(key, value) FROM models, jsonb_each(model_info(model))
WHERE key IN ('dim', 'rank', 'rows_used', 'rows_skipped', 'event_count', 'event_times', 'converged', 'feature_names',
	'longest_duration', 'names');
SELECT string_agg(key, ' ' ORDER BY key) FROM models, jsonb_object_keys(model::jsonb) AS key;
SELECT round((model_info(model) ->> 'concordance')::numeric, 6) AS concordance,
	round((model_info(model) ->> 'log_likelihood')::numeric, 4) AS log_likelihood,
	(model_info(model) ->> 'gradient_norm')::float8 < 1e-9 AS flat FROM models;
SELECT test, round(statistic::numeric, 5) AS statistic, degrees_of_freedom, round(p_value::numeric, 5) AS p_value
FROM models, cox_tests(model);

-- arrays of every type, without options, without names
SELECT cox_train(months, churned, ARRAY[lessons, discount])::text
	= cox_train(months::numeric, churned, ARRAY[lessons, discount]::float8[])::text AS same,
	cox_train(months, churned, ARRAY[lessons, discount])::text
		= cox_train(months, churned, feature_vector(lessons, discount), '{}')::text AS as_vector,
	cox_train(months, churned, ARRAY[lessons, discount])::text
		= cox_train(months, churned, ARRAY[lessons, discount], NULL)::text AS no_options
FROM subscribers;
SELECT model_info(cox_train(months, churned, ARRAY[lessons], '{"ties": "breslow", "max_iterations": 50, "tolerance": 1e-8}')) -> 'options'
FROM subscribers;

-- an element that depends on those before it, or never varies, has no coefficient
SELECT feature, round(estimate::numeric, 6) AS estimate, std_error IS NULL AS none
FROM (SELECT cox_train(months, churned, ARRAY[lessons, 2 * lessons + 1, 7, discount, lessons - discount]) AS model FROM subscribers) AS m,
	coefficients(model);
SELECT test, statistic, degrees_of_freedom, p_value
FROM (SELECT cox_train(months, churned, ARRAY[1]) AS model FROM subscribers) AS m, cox_tests(model);

-- one row, equal rows, all events at the same time
SELECT model_info(cox_train(1, true, ARRAY[2])) -> 'rank' AS one_row;
SELECT model_info(cox_train(1, true, ARRAY[2, 3])) -> 'rank' AS equal_rows FROM generate_series(1, 5);
SELECT model_info(cox_train(1, true, ARRAY[i])) -> 'converged' AS at_once,
	model_info(cox_train(1, true, ARRAY[i])) -> 'concordance' AS no_pairs
FROM generate_series(1, 5) AS i;

-- an element that separates users with events from the others
SELECT model_info(cox_train(months, churned, ARRAY[lessons, churned::int])) -> 'converged' AS converged FROM subscribers;
SELECT model_info(cox_train(months, churned, ARRAY[lessons], cox_options(max_iterations => 1))) -> 'converged' AS converged
FROM subscribers;

-- NULL is skipped and counted; no rows give no model
SELECT model_info(model) -> 'rows_used' AS used, model_info(model) -> 'rows_skipped' AS skipped
FROM (SELECT cox_train(t, e, x::float8[]) AS model
	FROM (VALUES (1, true, '{1}'), (2, true, '{3}'), (NULL, true, '{1}'), (1, NULL, '{1}'), (1, true, NULL),
		(3, false, '{2}')) AS t(t, e, x)) AS m;
SELECT cox_train(NULL, true, ARRAY[1]) IS NULL AS skipped, cox_train(1, true, ARRAY[1]) FILTER (WHERE false) IS NULL AS none;

-- one model per group, and from a growing frame
SELECT discount, model_info(cox_train(months, churned, ARRAY[lessons])) -> 'rows_used' AS rows_used
FROM subscribers GROUP BY discount ORDER BY discount;
SELECT user_id, model_info(cox_train(months, user_id <> 2, ARRAY[lessons]) OVER (ORDER BY user_id)) -> 'event_count' AS events
FROM subscribers WHERE user_id BETWEEN 10 AND 13 ORDER BY user_id;

-- the chance of still being there
SELECT at, round(cox_survival(model, feature_vector(10, 1), at)::numeric, 6) AS survival,
	cox_survival(model, ARRAY[10, 1], at) = cox_survival(model, feature_vector(10, 1), at) AS of_array
FROM models, unnest('{-1,0,1,1.5,12,24,24.01,Infinity}'::float8[]) AS at;
SELECT at, given, round(cox_survival(model, feature_vector(10, 1), at, given)::numeric, 6) AS survival,
	cox_survival(model, ARRAY[10, 1], at, given) = cox_survival(model, feature_vector(10, 1), at, given) AS of_array
FROM models, unnest('{0,12,24,24.01}'::float8[]) AS at, unnest('{-Infinity,1.5,12,25}'::float8[]) AS given;
SELECT cox_survival(model, NULL::feature_vector, 1), cox_survival(NULL, ARRAY[1, 2], 1), cox_survival(model, ARRAY[1, 2], NULL)
FROM models;

-- errors
SELECT cox_train(months, false, ARRAY[lessons]) FROM subscribers;
SELECT cox_train(1, false, ARRAY[1]);
SELECT cox_train(-1, true, ARRAY[1]);
SELECT cox_train('NaN', true, ARRAY[1]);
SELECT cox_train('Infinity', true, ARRAY[1]);
SELECT cox_train(1, true, ARRAY[1, NULL]);
SELECT cox_train(1, true, ARRAY['NaN']::float8[]);
SELECT cox_train(1, true, x::float8[]) FROM unnest('{"{1,2}","{1,2,3}"}'::text[]) AS x;
SELECT cox_train(i, true, ARRAY[i * 1e150]) FROM generate_series(1, 3) AS i;
SELECT cox_train(i, true, ARRAY[i * 1e-150]) FROM generate_series(1, 3) AS i;
SELECT cox_train(1, true, array_fill(1, ARRAY[1001]));
SELECT cox_train(1, true, ARRAY[1], cox_options(ties => 'exact'));
SELECT cox_train(1, true, ARRAY[1], '{"tie": "efron"}');
SELECT cox_train(1, true, ARRAY[1], cox_options(max_iterations => 0));
SELECT cox_train(1, true, ARRAY[1], cox_options(tolerance => 0));
SELECT cox_train(1, true, ARRAY[1], cox_options(tolerance => 0.1));
SELECT cox_train(1, true, ARRAY[1], cox_options(feature_names => '{a,b}'));
SELECT cox_train(1, true, ARRAY[1], cox_options(max_iterations => i)) FROM generate_series(1, 2) AS i;
SET segment.max_model_size = '1kB';
SELECT cox_train(i, true, array_fill(i, ARRAY[20])) FROM generate_series(1, 3) AS i;
SELECT cox_train(i, true, ARRAY[i % 3]) FROM generate_series(1, 100) AS i;
RESET segment.max_model_size;
SELECT cox_survival(model, ARRAY[1], 1) FROM models;
SELECT cox_survival(model, ARRAY[1, NULL], 1) FROM models;
SELECT cox_survival(model, ARRAY[1, 2], 'NaN') FROM models;
SELECT cox_survival(model, ARRAY[1e9, 0], 1) FROM models;
SELECT cox_survival(tier_train(1, 2), ARRAY[1], 1);
SELECT count(*) FROM cox_tests((SELECT tier_train(1, 2)));

-- more rows than fit
SET segment.training_memory = '1MB';
SELECT cox_train(i, true, ARRAY[i % 7]) FROM generate_series(1, 20000) AS i;
SELECT model_info(cox_train(i % 100, true, ARRAY[i % 7])) -> 'rows_used' FROM generate_series(1, 10000) AS i;
RESET segment.training_memory;

-- models from untrusted sources
SELECT (model::jsonb || '{"fingerprint": null, "rank": 1}')::text::segment_model FROM models;
SELECT (model::jsonb || '{"fingerprint": null, "aliased": [true, false]}')::text::segment_model FROM models;
SELECT (model::jsonb || '{"fingerprint": null, "covariance": [[1, 2], [3, 4]]}')::text::segment_model FROM models;
SELECT (model::jsonb || '{"fingerprint": null, "covariance": [[1, 2, 3], [3, 4, 5]]}')::text::segment_model FROM models;
SELECT (model::jsonb || '{"fingerprint": null, "concordance": 0.9}')::text::segment_model FROM models;
SELECT (model::jsonb || '{"fingerprint": null, "event_times": 100000000}')::text::segment_model FROM models;
SELECT replace(model::text, '"rows_used": 200', '"rows_used": 201')::segment_model FROM models;
