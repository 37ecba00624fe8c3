-- Customer lifetime value, by its definition.
BEGIN;
SELECT plan(9);

CREATE TABLE customers AS
	SELECT i, bought AS frequency, CASE WHEN bought > 0 THEN ceil(active * bought / (rate * active + jitter)) ELSE 0 END AS recency, age,
		CASE WHEN bought > 0 THEN 25 * (2003.0 / (1 + i * 911 % 2003)) ^ 0.3 * (1 + ((i * 31 % 101) / 50.5 - 1) * 0.7 / sqrt(bought))
			ELSE 0 END AS monetary
	FROM (SELECT i, 0.12 * ln(2003.0 / (1 + i * 7919 % 2003)) ^ 2 AS rate, 12 * ((997.0 / (1 + i * 104729 % 997)) ^ 1.6 - 1) AS life,
			i * 31 % 101 / 101.0 AS jitter, 27 + i % 13 AS age FROM generate_series(1, 3000) AS i) AS t,
		least(life, age) AS active, floor(rate * active + jitter) AS bought;
CREATE TEMP TABLE models AS
	SELECT bgnbd_train(frequency, recency, age) AS bg, paretonbd_train(frequency, recency, age) AS pareto,
		gamma_gamma_train(frequency, monetary) AS spend FROM customers;

CREATE TEMP VIEW purchases AS
	SELECT i, bg AS model, bgnbd_expected_purchases(bg, frequency, recency, age, h) AS n, h
	FROM customers, models, generate_series(0, 13) AS h WHERE i <= 100
	UNION ALL
	SELECT i, pareto, paretonbd_expected_purchases(pareto, frequency, recency, age, h), h
	FROM customers, models, generate_series(0, 13) AS h WHERE i <= 100;
CREATE TEMP VIEW defined AS
	SELECT i, model, horizon, gamma_gamma_expected_spend(spend, frequency, monetary)
		* sum((n - before) / 1.01 ^ h) FILTER (WHERE h BETWEEN 1 AND horizon) AS value
	FROM (SELECT *, lag(n) OVER (PARTITION BY model, i ORDER BY h) AS before FROM purchases) AS p JOIN customers USING (i), models,
		generate_series(1, 13) AS horizon
	GROUP BY i, model, horizon, spend, frequency, monetary;

SELECT cmp_ok(max(abs(clv(model, spend, frequency, recency, age, monetary, horizon, 0.01) / value - 1)), '<',
	1e-12::float8, 'periods of one unit')
	FROM defined JOIN customers USING (i), models;
SELECT cmp_ok(max(abs(clv(bg, spend, frequency, recency, age, monetary, 13, 0.01, period => 4)
		/ (gamma_gamma_expected_spend(spend, frequency,
			monetary) * (e4 / 1.01 + (e8 - e4) / 1.01 ^ 2 + (e12 - e8) / 1.01 ^ 3 + (e13 - e12) / 1.01 ^ 4)) - 1)),
		'<', 1e-12::float8, 'of four units, the last one cut off')
	FROM customers, models, bgnbd_expected_purchases(bg, frequency, recency, age, 4) AS e4,
		bgnbd_expected_purchases(bg, frequency, recency, age, 8) AS e8,
		bgnbd_expected_purchases(bg, frequency, recency, age, 12) AS e12, bgnbd_expected_purchases(bg, frequency, recency, age, 13) AS e13
	WHERE i <= 100;
SELECT cmp_ok(max(abs(clv(pareto, spend, frequency, recency, age, monetary, 13, 0)
		/ (gamma_gamma_expected_spend(spend, frequency, monetary) * paretonbd_expected_purchases(pareto, frequency, recency, age,
			13)) - 1)), '<', 1e-12::float8, 'without interest, just the spend')
	FROM customers, models WHERE i <= 100;
SELECT ok(bool_and(clv(bg, spend, frequency, recency, age, monetary, 0, 0.01) = 0), 'nothing within no time') FROM customers, models;
SELECT ok(clv(bg, spend, 2, 5, 9, NULL, 1, 0.1) IS NULL AND clv(bg, NULL, 2, 5, 9, 1, 1, 0.1) IS NULL
	AND clv(bg, spend, 2, 5, 9, 1, 1, 0.1, NULL) IS NULL, 'NULL gives NULL') FROM models;
SELECT is(clv(bg, (SELECT (model::jsonb || '{"fingerprint": null, "q": 0.9}')::text::segment_model
	FROM (SELECT spend AS model FROM models) AS s), 0, 0, 9, 0, 10, 0.1), NULL,
	'infinite expected spend gives NULL') FROM models;

-- a query may alternate between models, or pass them in the wrong places
SELECT throws_ok($$
	SELECT clv(a, b, 1, 1, 2, 5, 10, 0.1)
	FROM (SELECT bg, spend FROM models UNION ALL SELECT pareto, spend FROM models UNION ALL SELECT spend, bg FROM models) AS t(a, b)
$$, '42804', 'expected a BG/NBD model or a Pareto/NBD model, got a gamma-gamma model',
	'a model in the wrong place is noticed, however many were right');
SELECT is_empty($$
	SELECT i FROM defined JOIN customers USING (i), models
	WHERE abs(clv(CASE WHEN i % 2 = 0 THEN bg ELSE pareto END, spend, frequency, recency, age, monetary,
		horizon, 0.01) / value - 1) > 1e-12
		AND model = CASE WHEN i % 2 = 0 THEN bg ELSE pareto END
$$, 'alternating models');
SELECT ok(bool_and(provolatile = 'i' AND proisstrict AND proparallel = 's'), 'scoring is immutable') FROM pg_proc WHERE proname = 'clv';

SELECT * FROM finish();
ROLLBACK;
