-- The BG/NBD model: the same from any order, plan, budget and grouping, and its
-- predictions against sums and integrals in SQL.
BEGIN;
SELECT plan(24);

-- 3000 customers: rates and lifetimes vary widely, purchases come at regular times
CREATE TABLE customers AS
	SELECT i, bought AS frequency, CASE WHEN bought > 0 THEN ceil(active * bought / (rate * active + jitter)) ELSE 0 END AS recency, age
	FROM (SELECT i, 0.12 * ln(2003.0 / (1 + i * 7919 % 2003)) ^ 2 AS rate, 12 * ((997.0 / (1 + i * 104729 % 997)) ^ 1.6 - 1) AS life,
			i * 31 % 101 / 101.0 AS jitter, 27 + i % 13 AS age FROM generate_series(1, 3000) AS i) AS t,
		least(life, age) AS active, floor(rate * active + jitter) AS bought;
ANALYZE customers;
CREATE TEMP TABLE fitted AS SELECT bgnbd_train(frequency, recency, age) AS model FROM customers;
CREATE TEMP VIEW parameters AS
	SELECT model, (info ->> 'r')::float8 AS r, (info ->> 'alpha')::float8 AS alpha,
		(info ->> 'a')::float8 AS a, (info ->> 'b')::float8 AS b
	FROM fitted, model_info(model) AS info;

-- a fit without the number of its rows
CREATE FUNCTION pg_temp.essence(model segment_model) RETURNS jsonb LANGUAGE sql
	RETURN model::jsonb - '{fingerprint,rows_used,rows_skipped}'::text[];

SELECT ok((model_info(model) -> 'converged')::boolean, 'it converges') FROM fitted;
SELECT cmp_ok((model_info(model) ->> 'gradient_norm')::float8, '<', 1e-9::float8, 'with a gradient of rounding') FROM fitted;

-- the same bits
SELECT is(bgnbd_train(frequency, recency, age ORDER BY i * 7 % 1009), (SELECT model FROM fitted), 'another order gives the same model')
FROM customers;
SET LOCAL segment.training_memory = '1MB';
SELECT is(pg_temp.essence(bgnbd_train(frequency, recency, age)),
	(SELECT pg_temp.essence(bgnbd_train(frequency, recency, age, '{}', 30.0)) FROM customers),
	'with little memory, the same fit') FROM customers, generate_series(1, 30);
RESET segment.training_memory;
SELECT is(pg_temp.essence(bgnbd_train(frequency, recency, age, '{}', n)), (SELECT pg_temp.essence(model) FROM fitted),
	'from grouped customers, the same fit')
	FROM (SELECT frequency, recency, age, count(*) AS n FROM customers GROUP BY 1, 2, 3) AS g;
SELECT is(bgnbd_train(frequency::numeric, recency::real, age::smallint), (SELECT model FROM fitted), 'of any type of number')
FROM customers;
SELECT is(bgnbd_train(frequency, recency, age, '{}'::jsonb), (SELECT model FROM fitted), 'with options') FROM customers;
SELECT is(bgnbd_train(frequency, recency, age, bgnbd_options(), 1), bgnbd_train(frequency, recency, age, '{}', 1),
	'with weight and options')
FROM customers;
SELECT is(bgnbd_train(frequency, recency * -0e0::float8, age)::text, bgnbd_train(frequency, recency * 0, age)::text, '-0 is 0')
FROM customers WHERE i <= 50;
SELECT ok(model::text::segment_model = model, 'text reads back to the same model') FROM fitted;
SET LOCAL client_min_messages = error;
SELECT ok(model::text::segment_model = model AND model_info(model) -> 'r_std_error' = 'null', 'also one without standard errors')
	FROM (SELECT bgnbd_train(0, 0, 10) AS model) AS m;

-- weeks or seconds
SELECT cmp_ok(max(abs(ln(got::float8 / want::float8))), '<', 1e-9::float8, 'another time unit, the same shapes')
	FROM (SELECT model_info(bgnbd_train(frequency, recency * 604800, age * 604800.0)) AS seconds FROM customers) AS s,
		fitted, model_info(model) AS weeks,
		LATERAL (VALUES (seconds ->> 'r', weeks ->> 'r'), (seconds ->> 'a', weeks ->> 'a'), (seconds ->> 'b', weeks ->> 'b'),
			(seconds ->> 'b_std_error', weeks ->> 'b_std_error')) AS v(got, want);
SELECT cmp_ok(abs(ln((model_info(bgnbd_train(frequency, recency * 604800, age * 604800.0)) ->> 'alpha')::float8 / 604800 / alpha)), '<',
	1e-9::float8, 'and alpha in that unit')
	FROM customers, parameters GROUP BY alpha;

-- groups and windows
SELECT results_eq(
	$$ SELECT i % 3, bgnbd_train(frequency, recency, age) FROM customers GROUP BY 1 ORDER BY 1 $$,
	$$ SELECT j, (SELECT bgnbd_train(frequency, recency, age) FROM customers WHERE i % 3 = j) FROM generate_series(0, 2) AS j $$,
	'a model for each group');
SELECT is(count(model), 20000::bigint, 'also for many small groups')
	FROM (SELECT bgnbd_train(frequency, recency, age) AS model
		FROM (SELECT i % 20000 AS g, i % 3 AS frequency, i % 3 * 2 AS recency, 7 AS age FROM generate_series(1, 60000) AS i) AS t
		GROUP BY g) AS m;
SELECT is_empty($$
	SELECT i FROM (SELECT i, bgnbd_train(frequency, recency, age) OVER (ORDER BY i) AS running FROM customers WHERE i <= 40) AS w
	WHERE running <> (SELECT bgnbd_train(frequency, recency, age) FROM customers WHERE i <= w.i)
$$, 'as a window function over a growing frame');
RESET client_min_messages;

-- likelihood: the paper's formula, with our own gamma function; it is not higher anywhere near
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
CREATE FUNCTION pg_temp.log_beta(a float8, b float8) RETURNS float8 LANGUAGE sql
	RETURN pg_temp.log_gamma(a) + pg_temp.log_gamma(b) - pg_temp.log_gamma(a + b);
CREATE FUNCTION pg_temp.log_likelihood(r float8, alpha float8, a float8, b float8) RETURNS float8 LANGUAGE sql AS $$
	SELECT sum(n * (pg_temp.log_gamma(r + x) - pg_temp.log_gamma(r) + r * ln(alpha) - (r + x) * ln(alpha + age)
		+ ln(exp(pg_temp.log_beta(a, b + x) - pg_temp.log_beta(a, b)) + CASE WHEN x > 0
			THEN exp(pg_temp.log_beta(a + 1, b + x - 1) - pg_temp.log_beta(a, b)) * ((alpha + age) / (alpha + recency)) ^ (r + x)
				ELSE 0 END)))
	FROM (SELECT frequency::float8 AS x, recency::float8, age, count(*) AS n FROM customers WHERE i <= 500 GROUP BY 1, 2, 3) AS c $$;
CREATE TEMP TABLE few AS
	SELECT model, info, (info ->> 'r')::float8 AS r, (info ->> 'alpha')::float8 AS alpha,
		(info ->> 'a')::float8 AS a, (info ->> 'b')::float8 AS b
	FROM (SELECT bgnbd_train(frequency, recency, age) AS model FROM customers WHERE i <= 500) AS m, model_info(model) AS info;
SELECT cmp_ok(abs(pg_temp.log_likelihood(r, alpha, a, b) - (info ->> 'log_likelihood')::float8), '<', 1e-8::float8,
	'the likelihood is that of the paper') FROM few;
SELECT cmp_ok(max(pg_temp.log_likelihood(r * exp(dr), alpha * exp(dalpha), a * exp(da),
	b * exp(db)) - (info ->> 'log_likelihood')::float8), '<', -1e-7::float8,
	'and lower everywhere near')
FROM few, (VALUES (1e-3, 0, 0, 0), (-1e-3, 0, 0, 0), (0, 1e-3, 0, 0), (0, -1e-3, 0, 0), (0, 0, 1e-3, 0), (0, 0, -1e-3, 0),
		(0, 0, 0, 1e-3), (0, 0, 0, -1e-3), (1e-3, 1e-3, 0, 0), (0, 0, 1e-3, 1e-3), (-1e-3, -1e-3, 1e-3, 1e-3)) AS d(dr, dalpha, da, db);
SELECT is(info -> 'aic', to_jsonb(8 - 2 * (info ->> 'log_likelihood')::float8), 'aic') FROM few;

-- predictions
SELECT is(max(abs(bgnbd_p_alive(model, frequency, recency, age)
		- 1 / (1 + CASE WHEN frequency > 0 THEN a / (b + frequency - 1) * ((alpha + age) / (alpha + recency)) ^ (r + frequency)
			ELSE 0 END))) < 1e-12, true,
	'P(alive) is as in the paper') FROM customers, parameters;
-- purchases of customers still there: the mean over p, with density p^(a - 1) (1 - p)^(b + x - 1), by midpoints of u, p = u^5
SELECT cmp_ok(max(abs(bgnbd_expected_purchases(model, x, t, age, horizon) / (bgnbd_p_alive(model, x, t, age) * mean) - 1)), '<',
	1e-7::float8, 'expected purchases, by integration')
FROM (SELECT model, x, t, age, horizon,
		sum(density * CASE WHEN n * p * z < 1e-5 THEN n * z * (1 - (n + 1) * p * z / 2)
			ELSE (1 - (1 + p * z) ^ -n) / p END) / sum(density) AS mean
	FROM parameters, (VALUES (0, 0, 30, 10), (1, 5, 30, 100), (7, 25, 30, 30), (60, 29, 30, 5), (3, 3, 30, 1000)) AS c(x, t, age, horizon),
		generate_series(1, 20000) AS k, LATERAL (SELECT ((k - 0.5::float8) / 20000) ^ 5, r + x, horizon / (alpha + age)) AS u(p, n, z),
		LATERAL (SELECT p ^ (a - 0.2) * (1 - p) ^ (b + x - 1)) AS d(density)
	GROUP BY model, x, t, age, horizon) AS m;
SELECT ok(bool_and(bgnbd_expected_purchases(model, frequency, recency, age, 0) = 0
		AND bgnbd_expected_purchases(model, frequency, recency, age, 1) > 0
		AND bgnbd_expected_purchases(model, frequency, recency, age, 10) > bgnbd_expected_purchases(model, frequency, recency, age, 9)),
	'none at horizon 0, more with time') FROM customers, fitted;
SELECT ok(bool_and(e BETWEEN 0 AND 1e300 AND p BETWEEN 0 AND 1), 'finite for all inputs')
FROM fitted, (VALUES (0, 0, 0), (10000, 99, 100), (1, 0, 0), (9e15, 1e100, 1e100), (1, 1e-300, 1e100)) AS c(x, t, age),
	(VALUES (1e-300), (1), (1e100)) AS h(horizon),
	bgnbd_expected_purchases(model, x, t, age, horizon) AS e, bgnbd_p_alive(model, x, t, age) AS p;

SELECT ok(bool_and(provolatile = 'i' AND proisstrict AND proparallel = 's'), 'scoring is immutable')
FROM pg_proc WHERE proname IN ('bgnbd_p_alive', 'bgnbd_expected_purchases');

SELECT * FROM finish();
ROLLBACK;
