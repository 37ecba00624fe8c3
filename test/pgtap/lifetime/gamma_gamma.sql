-- The gamma-gamma model: the same from any order, budget and grouping, and its
-- likelihood and expectations against the paper's formulas.
BEGIN;
SELECT plan(14);

-- everybody has a level; the mean of more purchases is nearer to it
CREATE TABLE buyers AS
	SELECT i, x AS frequency,
		25 * (2003.0 / (1 + i * 7919 % 2003)) ^ 0.3 * (1 + ((i * 31 % 101) / 50.5 - 1) * 0.7 / sqrt(greatest(x, 1))) AS monetary
	FROM generate_series(1, 3000) AS i, LATERAL (SELECT i % 9 / 2) AS f(x);
CREATE TEMP TABLE fitted AS SELECT gamma_gamma_train(frequency, monetary) AS model FROM buyers;
CREATE TEMP VIEW parameters AS
	SELECT model, info, (info ->> 'p')::float8 AS p, (info ->> 'q')::float8 AS q, (info ->> 'v')::float8 AS v
	FROM fitted, model_info(model) AS info;
CREATE FUNCTION pg_temp.essence(model segment_model) RETURNS jsonb LANGUAGE sql
	RETURN model::jsonb - '{fingerprint,rows_used,rows_skipped}'::text[];

SELECT ok((info -> 'converged')::boolean AND (info ->> 'gradient_norm')::float8 < 1e-9, 'it converges, to the level of rounding')
FROM parameters;
SELECT is(info ->> 'rows_skipped', (SELECT count(*) FROM buyers WHERE frequency = 0)::text, 'who bought once is skipped and counted')
FROM parameters;
SELECT cmp_ok(abs((info ->> 'correlation')::float8 - (SELECT corr(frequency, monetary) FROM buyers WHERE frequency > 0)), '<',
	1e-12::float8, 'correlation is corr()''s') FROM parameters;
SELECT is(gamma_gamma_train(frequency, monetary ORDER BY i * 7 % 1009), (SELECT model FROM fitted), 'another order gives the same model')
FROM buyers;
SET LOCAL segment.training_memory = '1MB';
SELECT is(pg_temp.essence(gamma_gamma_train(frequency, monetary)),
	(SELECT pg_temp.essence(gamma_gamma_train(frequency, monetary, '{}', 40.0)) FROM buyers),
	'with little memory, the same fit') FROM buyers, generate_series(1, 40);
RESET segment.training_memory;
SELECT is(pg_temp.essence(gamma_gamma_train(frequency, monetary, '{}', n)), (SELECT pg_temp.essence(model) FROM fitted),
	'from grouped customers, the same fit')
	FROM (SELECT frequency, monetary, count(*) AS n FROM buyers GROUP BY 1, 2) AS g;
SELECT is(pg_temp.essence(gamma_gamma_train(f, m)), (SELECT pg_temp.essence(model) || '{"rows_without_spend": 2}' FROM fitted),
	'refunds are counted, and change nothing else; nor does NULL')
	FROM (SELECT frequency, monetary FROM buyers UNION ALL VALUES (3, -5), (2, 0), (NULL, 7), (3, NULL)) AS t(f, m);
SELECT ok(model::text::segment_model = model, 'text reads back to the same model') FROM fitted;
SET LOCAL client_min_messages = error;
SELECT is_empty($$
	SELECT i FROM (SELECT i, gamma_gamma_train(frequency, monetary) OVER (ORDER BY i) AS running FROM buyers WHERE i <= 30) AS w
	WHERE running IS DISTINCT FROM (SELECT gamma_gamma_train(frequency, monetary) FROM buyers WHERE i <= w.i)
$$, 'as a window function over a growing frame');
RESET client_min_messages;

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
CREATE FUNCTION pg_temp.log_likelihood(p float8, q float8, v float8) RETURNS float8 LANGUAGE sql AS $$
	SELECT sum(pg_temp.log_gamma(p * x + q) - pg_temp.log_gamma(p * x) - pg_temp.log_gamma(q)
		+ q * ln(v) + (p * x - 1) * ln(m) + p * x * ln(x) - (p * x + q) * ln(x * m + v))
	FROM (SELECT frequency::float8 AS x, monetary::float8 AS m FROM buyers WHERE frequency > 0) AS b $$;
SELECT cmp_ok(abs(pg_temp.log_likelihood(p, q, v) - (info ->> 'log_likelihood')::float8), '<', 1e-6::float8,
	'the likelihood is that of the paper') FROM parameters;
SELECT cmp_ok(max(pg_temp.log_likelihood(p * exp(dp), q * exp(dq), v * exp(dv)) - (info ->> 'log_likelihood')::float8), '<',
	-1e-6::float8, 'and lower everywhere near')
	FROM parameters, (VALUES (3e-3, 0, 0), (-3e-3, 0, 0), (0, 3e-3, 0), (0, -3e-3, 0), (0, 0, 3e-3), (0, 0, -3e-3), (-3e-3, 0, 3e-3),
		(3e-3, 3e-3, 3e-3)) AS d(dp, dq, dv);

SELECT cmp_ok(max(abs(gamma_gamma_expected_spend(model, frequency, monetary)
		/ CASE WHEN frequency = 0 THEN p * v / (q - 1) ELSE p * (v + frequency * monetary::float8) / (p * frequency + q - 1) END - 1)),
		'<', 1e-12::float8, 'expected spend is as in the paper')
	FROM buyers, parameters;
SELECT ok(gamma_gamma_expected_spend(model, 0, 99) = gamma_gamma_expected_spend(model, 0, 0)
	AND gamma_gamma_expected_spend(model, 3, -9) = gamma_gamma_expected_spend(model, 3, 0)
	AND gamma_gamma_expected_spend(model, 3, 0) BETWEEN 0 AND gamma_gamma_expected_spend(model, 3, 1e-9),
	'without purchases, the mean of all; spend below 0 counts as 0') FROM fitted;
SELECT ok(bool_and(provolatile = 'i' AND proisstrict AND proparallel = 's'), 'scoring is immutable')
FROM pg_proc WHERE proname = 'gamma_gamma_expected_spend';

SELECT * FROM finish();
ROLLBACK;
