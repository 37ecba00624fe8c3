-- BG/NBD: ordinary calls and every error
CREATE TEMP TABLE customers AS
	SELECT i AS customer_id, bought AS frequency,
		CASE WHEN bought > 0 THEN ceil(active * bought / (rate * active + jitter)) ELSE 0 END::int AS recency, age::numeric
	FROM (SELECT i, 0.12 * ln(2003.0 / (1 + i * 7919 % 2003)) ^ 2 AS rate, 12 * ((997.0 / (1 + i * 104729 % 997)) ^ 1.6 - 1) AS life,
			i * 31 % 101 / 101.0 AS jitter, 27 + i % 13 AS age FROM generate_series(1, 3000) AS i) AS t,
		least(life, age) AS active, floor(rate * active + jitter) AS bought;
CREATE TEMP TABLE model AS SELECT bgnbd_train(frequency, recency, age) AS model FROM customers;

SELECT key, CASE WHEN jsonb_typeof(value) = 'number' THEN to_jsonb(trim_scale(round(value::numeric, 4))) ELSE value END AS value
FROM model, jsonb_each(model_info(model) - '{version,iterations}'::text[]) WHERE key <> 'gradient_norm' ORDER BY key COLLATE "C";

SELECT customer_id, frequency, recency, age, round(bgnbd_p_alive(model, frequency, recency, age)::numeric, 6) AS p_alive,
	round(bgnbd_expected_purchases(model, frequency, recency, age, 52)::numeric, 6) AS next_year
FROM customers, model WHERE customer_id <= 8 ORDER BY customer_id;

-- a new customer; one who just bought; thousands of purchases
SELECT round(bgnbd_expected_purchases(model, 0, 0, 0, 52)::numeric, 6) AS new,
	round(bgnbd_p_alive(model, 3, 30, 30)::numeric, 6) AS just_bought,
	round(bgnbd_expected_purchases(model, 10000, 99.99, 100, 10)::numeric, 3) AS eager,
	bgnbd_p_alive(model, 10000, 50, 100) < 1e-100 AS gone
FROM model;
SELECT bgnbd_p_alive(model, NULL, 1, 2) IS NULL, bgnbd_expected_purchases(model, 1, 1, 2, NULL) IS NULL FROM model;

-- rows with NULL, or without weight, are skipped and counted
SELECT model_info(m) -> 'rows_used' AS used, model_info(m) -> 'rows_skipped' AS skipped, model_info(m) -> 'weight' AS weight
FROM (SELECT bgnbd_train(f, r, a, '{}', w) AS m
	FROM (VALUES (1, 2, 3, 5), (NULL, 2, 3, 1), (1, NULL, 3, 1), (1, 2, NULL, 1), (1, 2, 3, NULL), (1, 2, 3, 0),
		(0, 0, 3, 7)) AS t(f, r, a, w)) AS s;
SELECT bgnbd_train(1, 1, NULL) IS NULL, bgnbd_train(1, 1, 2, '{}', 0) IS NULL, bgnbd_train(1, 1, 2) FILTER (WHERE false) IS NULL;

-- parameters that the rows do not determine; one warning for all groups
SELECT model_info(m) -> 'converged' AS converged, model_info(m) -> 'r_std_error' AS r_std_error,
	bgnbd_expected_purchases(m, 0, 0, 5, 10) < 0.001 AS none, bgnbd_p_alive(m, 0, 0, 5) AS p_alive
FROM (SELECT bgnbd_train(0, 0, i) AS m FROM generate_series(1, 5) AS i) AS s;
SET enable_hashagg = off; -- so that groups come in order
SELECT i % 3 AS g, model_info(bgnbd_train(1, i, i)) -> 'converged' AS converged FROM generate_series(1, 9) AS i GROUP BY 1 ORDER BY 1;
SELECT model_info(bgnbd_train(frequency, recency, age, bgnbd_options(max_iterations => 2))) -> 'converged' AS converged FROM customers;

SELECT bgnbd_train('NaN', 1, 1);
SELECT bgnbd_train(1, 'Infinity', 'Infinity');
SELECT bgnbd_train(1, 1, '-Infinity');
SELECT bgnbd_train(1.5, 1, 2);
SELECT bgnbd_train(-1, 1, 2);
SELECT bgnbd_train(1, -1, 2);
SELECT bgnbd_train(1, 0, -2);
SELECT bgnbd_train(1, 3, 2);
SELECT bgnbd_train(0, 1, 2);
SELECT bgnbd_train(1, 1, 1e101);
SELECT bgnbd_train(1, 1, 2, '{}', -1);
SELECT bgnbd_train(1, 1, 2, '{}', 'NaN'::float8);
SELECT bgnbd_train(1, 1, 2, '{}', 1e101);
SELECT model_method(bgnbd_train(1, 1, 2, '{}'));
SELECT bgnbd_train(1, 1, 2, '{"tolerance": 1}');
SELECT bgnbd_train(1, 1, 2, bgnbd_options(max_iterations => 0));
SELECT bgnbd_train(1, 1, 2, '{"max_iteration": 5}');
SELECT bgnbd_train(1, 1, 2, bgnbd_options(max_iterations => n)) FROM (VALUES (3), (4)) AS t(n);
SELECT bgnbd_p_alive(model, 1, 5, 2) FROM model;
SELECT bgnbd_p_alive(model, 1.5, 1, 2) FROM model;
SELECT bgnbd_expected_purchases(model, 1, 1, 2, -1) FROM model;
SELECT bgnbd_expected_purchases(model, 1, 1, 2, 'NaN') FROM model;
SELECT bgnbd_p_alive(tier_train(1, 2), 1, 1, 2);
SELECT tier_edges(model) FROM model;

-- a model from outside must be valid
CREATE FUNCTION pg_temp.changed(key text, value jsonb) RETURNS segment_model LANGUAGE sql
	RETURN (SELECT (model::jsonb || jsonb_build_object('fingerprint', NULL, key, value))::text::segment_model FROM model);
SELECT bgnbd_p_alive(pg_temp.changed('a', '1'), 0, 0, 5) AS p_alive;
SELECT pg_temp.changed('alpha', '0');
SELECT pg_temp.changed('r', '1e10');
SELECT pg_temp.changed('b', 'null');
SELECT pg_temp.changed('a_std_error', '-1');
SELECT pg_temp.changed('converged', 'false');
SELECT pg_temp.changed('rows_used', '0');
SELECT model_info(pg_temp.changed('a_std_error', 'null')) -> 'a_std_error' AS a_std_error;
