-- Pareto/NBD: ordinary calls and every error
CREATE TEMP TABLE customers AS
	SELECT i AS customer_id, bought AS frequency,
		CASE WHEN bought > 0 THEN ceil(active * bought / (rate * active + jitter)) ELSE 0 END::int AS recency, age::numeric
	FROM (SELECT i, 0.12 * ln(2003.0 / (1 + i * 7919 % 2003)) ^ 2 AS rate, 12 * ((997.0 / (1 + i * 104729 % 997)) ^ 1.6 - 1) AS life,
			i * 31 % 101 / 101.0 AS jitter, 27 + i % 13 AS age FROM generate_series(1, 3000) AS i) AS t,
		least(life, age) AS active, floor(rate * active + jitter) AS bought;
CREATE TEMP TABLE model AS SELECT paretonbd_train(frequency, recency, age) AS model FROM customers;

SELECT key, CASE WHEN jsonb_typeof(value) = 'number' THEN to_jsonb(trim_scale(round(value::numeric, 4))) ELSE value END AS value
FROM model, jsonb_each(model_info(model) - '{version,iterations}'::text[]) WHERE key <> 'gradient_norm' ORDER BY key COLLATE "C";

SELECT customer_id, frequency, recency, age, round(paretonbd_p_alive(model, frequency, recency, age)::numeric, 6) AS p_alive,
	round(paretonbd_expected_purchases(model, frequency, recency, age, 52)::numeric, 6) AS next_year
FROM customers, model WHERE customer_id <= 8 ORDER BY customer_id;

SELECT round(paretonbd_expected_purchases(model, 0, 0, 0, 52)::numeric, 6) AS new, paretonbd_p_alive(model, 3, 30, 30) AS just_bought,
	round(paretonbd_expected_purchases(model, 10000, 99.99, 100, 10)::numeric, 3) AS eager,
	paretonbd_p_alive(model, 10000, 50, 100) < 1e-100 AS gone
FROM model;
SELECT paretonbd_p_alive(model, NULL, 1, 2) IS NULL, paretonbd_expected_purchases(model, 1, 1, 2, NULL) IS NULL FROM model;
SELECT model_info(m) -> 'rows_used' AS used, model_info(m) -> 'rows_skipped' AS skipped, model_info(m) -> 'weight' AS weight
FROM (SELECT paretonbd_train(f, r, a, '{}', w) AS m
	FROM (VALUES (1, 2, 3, 5), (NULL, 2, 3, 1), (1, 2, 3, NULL), (1, 2, 3, 0), (0, 0, 3, 7)) AS t(f, r, a, w)) AS s;
SELECT paretonbd_train(1, 1, NULL) IS NULL, paretonbd_train(1, 1, 2, '{}', 0) IS NULL,
	paretonbd_train(1, 1, 2) FILTER (WHERE false) IS NULL;

SELECT model_info(m) -> 'converged' AS converged, model_info(m) -> 's_std_error' AS s_std_error,
	paretonbd_expected_purchases(m, 0, 0, 5, 10) < 0.001 AS none
FROM (SELECT paretonbd_train(0, 0, i) AS m FROM generate_series(1, 5) AS i) AS s;
SET enable_hashagg = off; -- so that groups come in order
SELECT i % 3 AS g, model_info(paretonbd_train(1, i, i)) -> 'converged' AS converged FROM generate_series(1, 9) AS i GROUP BY 1 ORDER BY 1;
SELECT model_info(paretonbd_train(frequency, recency, age, paretonbd_options(max_iterations => 1))) -> 'converged' AS converged
FROM customers;

SELECT paretonbd_train('NaN', 1, 1);
SELECT paretonbd_train(1.5, 1, 2);
SELECT paretonbd_train(1, 3, 2);
SELECT paretonbd_train(0, 1, 2);
SELECT paretonbd_train(1, 1, 2, '{}', -1);
SELECT paretonbd_train(1, 1, 2, '{"tolerence": 1}');
SELECT paretonbd_p_alive(model, 1, 5, 2) FROM model;
SELECT paretonbd_expected_purchases(model, 1, 1, 2, 'Infinity') FROM model;
SELECT bgnbd_p_alive(model, 1, 1, 2) FROM model;
SELECT (model::jsonb || '{"fingerprint": null, "beta": -1}')::text::segment_model FROM model;
SELECT (model::jsonb || '{"fingerprint": null, "converged": false}')::text::segment_model FROM model;
SELECT ((model::jsonb || '{"fingerprint": null}') - 'beta_std_error')::text::segment_model FROM model;
