-- The Pareto/NBD model: the same from any order, budget and grouping, and its
-- likelihood and predictions against integrals in SQL.
BEGIN;
SELECT plan(16);

-- 3000 customers: rates and lifetimes vary widely, purchases come at regular times
CREATE TABLE customers AS
	SELECT i, bought AS frequency, CASE WHEN bought > 0 THEN ceil(active * bought / (rate * active + jitter)) ELSE 0 END AS recency, age
	FROM (SELECT i, 0.12 * ln(2003.0 / (1 + i * 7919 % 2003)) ^ 2 AS rate, 12 * ((997.0 / (1 + i * 104729 % 997)) ^ 1.6 - 1) AS life,
			i * 31 % 101 / 101.0 AS jitter, 27 + i % 13 AS age FROM generate_series(1, 3000) AS i) AS t,
		least(life, age) AS active, floor(rate * active + jitter) AS bought;
CREATE TEMP TABLE fitted AS SELECT paretonbd_train(frequency, recency, age) AS model FROM customers;
CREATE TEMP VIEW parameters AS
	SELECT model, (info ->> 'r')::float8 AS r, (info ->> 'alpha')::float8 AS alpha, (info ->> 's')::float8 AS s,
		(info ->> 'beta')::float8 AS beta
	FROM fitted, model_info(model) AS info;
CREATE FUNCTION pg_temp.essence(model segment_model) RETURNS jsonb LANGUAGE sql
	RETURN model::jsonb - '{fingerprint,rows_used,rows_skipped}'::text[];

SELECT ok((model_info(model) -> 'converged')::boolean AND (model_info(model) ->> 'gradient_norm')::float8 < 1e-9,
	'it converges, to the level of rounding') FROM fitted;
SELECT is(paretonbd_train(frequency, recency, age ORDER BY i * 7 % 1009), (SELECT model FROM fitted), 'another order gives the same model')
FROM customers;
SET LOCAL segment.training_memory = '1MB';
SELECT is(pg_temp.essence(paretonbd_train(frequency, recency, age)),
	(SELECT pg_temp.essence(paretonbd_train(frequency, recency, age, '{}', 30.0)) FROM customers),
	'with little memory, the same fit') FROM customers, generate_series(1, 30);
RESET segment.training_memory;
SELECT is(pg_temp.essence(paretonbd_train(frequency, recency, age, '{}', n)), (SELECT pg_temp.essence(model) FROM fitted),
	'from grouped customers, the same fit')
	FROM (SELECT frequency, recency, age, count(*) AS n FROM customers GROUP BY 1, 2, 3) AS g;
SELECT is(paretonbd_train(frequency::numeric, recency::real, age::smallint), (SELECT model FROM fitted), 'of any type of number')
FROM customers;
SELECT is(paretonbd_train(frequency, recency, age, paretonbd_options()), (SELECT model FROM fitted), 'with options') FROM customers;
SELECT is(paretonbd_train(frequency, recency, age, paretonbd_options(), 1), paretonbd_train(frequency, recency, age, '{}', 1),
	'with weight and options') FROM customers;
SELECT ok(model::text::segment_model = model, 'text reads back to the same model') FROM fitted;
SET LOCAL client_min_messages = error;
SELECT results_eq(
	$$ SELECT i % 3, paretonbd_train(frequency, recency, age) FROM customers GROUP BY 1 ORDER BY 1 $$,
	$$ SELECT j, (SELECT paretonbd_train(frequency, recency, age) FROM customers WHERE i % 3 = j) FROM generate_series(0, 2) AS j $$,
	'a model for each group');
SELECT is_empty($$
	SELECT i FROM (SELECT i, paretonbd_train(frequency, recency, age) OVER (ORDER BY i) AS running FROM customers WHERE i <= 30) AS w
	WHERE running <> (SELECT paretonbd_train(frequency, recency, age) FROM customers WHERE i <= w.i)
$$, 'as a window function over a growing frame');
RESET client_min_messages;

-- a lost customer left at some time u between recency and age: an integral by Simpson's rule
CREATE FUNCTION pg_temp.log_gamma(x float8) RETURNS float8 LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	factors float8 := 0;
BEGIN
	FOR i IN 1..12 LOOP
		factors := factors + ln(x);
		x := x + 1;
	END LOOP;
	RETURN (x - 0.5) * ln(x) - x + 0.5 * ln(2 * pi()) + 1 / (12 * x) - 1 / (360 * x ^ 3)
		+ 1 / (1260 * x ^ 5) - 1 / (1680 * x ^ 7) - factors;
END $$;
CREATE TEMP TABLE chosen AS
	SELECT i, frequency::float8 AS x, recency::float8 AS t, age::float8 FROM customers WHERE i <= 600;
CREATE FUNCTION pg_temp.parts(r float8, alpha float8, s float8, beta float8, OUT i int, OUT alive float8,
	OUT dead float8) RETURNS SETOF record LANGUAGE sql AS $$
	SELECT i, ((alpha + t) / (alpha + age)) ^ (r + x) * (beta + age) ^ -s,
		sum(((alpha + t) / (alpha + u)) ^ (r + x) * s * (beta + u) ^ -(s + 1) * CASE WHEN k IN (0, 400) THEN 1
			ELSE 2 + k % 2 * 2 END) * (age - t) / 1200
	FROM chosen, generate_series(0, 400) AS k, LATERAL (SELECT t + (age - t) * k / 400) AS v(u)
	GROUP BY i, x, t, age $$;
SELECT cmp_ok(max(abs(paretonbd_p_alive(model, x, t, age) - alive / (alive + dead))), '<', 1e-7::float8, 'P(alive), by integration')
	FROM chosen, parameters, pg_temp.parts(r, alpha, s, beta) AS p WHERE p.i = chosen.i;
CREATE TEMP TABLE few AS SELECT paretonbd_train(x, t, age) AS model FROM chosen;
SELECT cmp_ok(abs(sum(pg_temp.log_gamma(r + x) - pg_temp.log_gamma(r) + r * ln(alpha) + s * ln(beta)
		- (r + x) * ln(alpha + t) + ln(alive + dead)) - likelihood),
		'<', 1e-4::float8, 'the likelihood, by integration')
	FROM few, model_info(model) AS info,
		LATERAL (SELECT (info ->> 'r')::float8, (info ->> 'alpha')::float8, (info ->> 's')::float8, (info ->> 'beta')::float8,
			(info ->> 'log_likelihood')::float8)
			AS v(r, alpha, s, beta, likelihood), pg_temp.parts(r, alpha, s, beta) AS p JOIN chosen USING (i)
	GROUP BY likelihood;

-- the closed forms of the papers
SELECT cmp_ok(max(abs(paretonbd_expected_purchases(model, x, t, age, h) / (paretonbd_p_alive(model, x, t, age)
		* (r + x) * (beta + age) / ((alpha + age) * (s - 1)) * (1 - ((beta + age) / (beta + age + h)) ^ (s - 1))) - 1)), '<',
		1e-12::float8, 'expected purchases of a customer')
	FROM chosen, parameters, (VALUES (1), (30), (1000)) AS g(h);
SELECT cmp_ok(max(abs(paretonbd_expected_purchases(model, 0, 0, 0,
	h) / (r * beta / (alpha * (s - 1)) * (1 - (beta / (beta + h)) ^ (s - 1))) - 1)), '<', 1e-12::float8, 'and of a new customer')
	FROM parameters, (VALUES (1), (30), (1000)) AS g(h);
SELECT ok(bool_and(e BETWEEN 0 AND 1e300 AND p BETWEEN 0 AND 1), 'finite for all inputs')
FROM fitted, (VALUES (0, 0, 0), (10000, 99, 100), (1, 0, 0), (9e15, 1e100, 1e100), (9e15, 0, 1e100), (1, 1e-300, 1e100)) AS c(x, t, age),
	(VALUES (1e-300), (1), (1e100)) AS h(horizon),
	paretonbd_expected_purchases(model, x, t, age, horizon) AS e, paretonbd_p_alive(model, x, t, age) AS p;
SELECT ok(bool_and(provolatile = 'i' AND proisstrict AND proparallel = 's'), 'scoring is immutable')
FROM pg_proc WHERE proname IN ('paretonbd_p_alive', 'paretonbd_expected_purchases');

SELECT * FROM finish();
ROLLBACK;
