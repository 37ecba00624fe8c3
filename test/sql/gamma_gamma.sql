-- gamma-gamma: ordinary calls and every error
CREATE TEMP TABLE buyers AS
	SELECT i AS customer_id, x AS frequency,
		round((25 * (2003.0 / (1 + i * 7919 % 2003)) ^ 0.3 * (1 + ((i * 31 % 101) / 50.5 - 1) * 0.7 / sqrt(greatest(x, 1))))::numeric,
			2) AS monetary
	FROM generate_series(1, 3000) AS i, LATERAL (SELECT i % 9 / 2) AS f(x);
CREATE TEMP TABLE model AS SELECT gamma_gamma_train(frequency, monetary) AS model FROM buyers;

SELECT key, trim_scale(round(value::numeric, 4)) AS value
FROM model, jsonb_each(model_info(model))
WHERE jsonb_typeof(value) = 'number' AND key NOT IN ('gradient_norm', 'iterations') ORDER BY key COLLATE "C";
SELECT customer_id, frequency, monetary, round(gamma_gamma_expected_spend(model, frequency, monetary)::numeric, 4) AS expected
FROM buyers, model WHERE customer_id <= 8 ORDER BY customer_id;

-- customers who bought nothing or got money back: the overall mean
SELECT round(gamma_gamma_expected_spend(model, x, m)::numeric, 4) AS expected
FROM model, (VALUES (0, 0), (0, 50), (2, 0), (2, -50), (NULL, 50), (2, NULL)) AS t(x, m);
-- an infinite mean is NULL
SELECT gamma_gamma_expected_spend(m, 0, 0) IS NULL AS none, round(gamma_gamma_expected_spend(m, 2, 50)::numeric, 4) AS known
FROM (SELECT (model::jsonb || '{"fingerprint": null, "q": 1}')::text::segment_model AS m FROM model) AS s;

SELECT model_info(m) -> 'rows_used' AS used, model_info(m) -> 'rows_skipped' AS skipped, model_info(m) -> 'weight' AS weight,
	model_info(m) -> 'correlation' AS correlation
FROM (SELECT gamma_gamma_train(x, m, '{}', w) AS m
	FROM (VALUES (2, 10, 5), (0, 9, 1), (2, 0, 1), (2, -3, 1), (NULL, 9, 1), (2, NULL, 1), (2, 9, NULL), (2, 9, 0),
		(2, 20, 1)) AS t(x, m, w)) AS s;
SELECT gamma_gamma_train(0, 5) IS NULL, gamma_gamma_train(2, NULL) IS NULL, gamma_gamma_train(2, 5) FILTER (WHERE false) IS NULL;

-- parameters that the rows do not determine, and what the model rules out; one warning for all groups
SELECT model_info(gamma_gamma_train(2, 10)) -> 'v_std_error' AS v_std_error FROM generate_series(1, 5);
SET enable_hashagg = off; -- so that groups come in order
SELECT frequency % 2 AS g, model_info(gamma_gamma_train(frequency, monetary * frequency ^ 2)) -> 'converged' AS converged
FROM buyers GROUP BY 1 ORDER BY 1;

SELECT gamma_gamma_train(1, 'NaN');
SELECT gamma_gamma_train(0, 'Infinity');
SELECT gamma_gamma_train(1.5, 10);
SELECT gamma_gamma_train(-1, 10);
SELECT gamma_gamma_train(1, 1e101);
SELECT gamma_gamma_train(1, 10, '{}', -1);
SELECT gamma_gamma_expected_spend(model, 1.5, 10) FROM model;
SELECT gamma_gamma_expected_spend(model, 1, 'NaN') FROM model;
SELECT gamma_gamma_expected_spend(tier_train(1, 2), 1, 1);
SELECT (model::jsonb || '{"fingerprint": null, "correlation": 1.5}')::text::segment_model FROM model;
SELECT (model::jsonb || '{"fingerprint": null, "p": 0}')::text::segment_model FROM model;

-- spend of 0 or less: one formula, continuous at 0, and the rows are counted
SELECT round(gamma_gamma_expected_spend(model, 20, m)::numeric, 4) AS expected FROM model, unnest('{-9,0,0.01}'::float8[]) AS m;
SELECT model_info(gamma_gamma_train(x, m)) -> 'rows_without_spend' AS unpaid,
	model_info(gamma_gamma_train(x, m)) -> 'rows_skipped' AS skipped
FROM (VALUES (1, 5), (2, 7), (3, 4), (2, 9), (4, 2), (3, 0), (2, -1), (0, 0)) AS v(x, m);
