-- The shifted-beta-geometric model: published fits, shares and sums.
BEGIN;
SELECT plan(19);

-- Fader & Hardie (2007)
CREATE TEMP TABLE cohorts AS
	SELECT segment, t - 1 AS period, n AS customers
	FROM (VALUES ('high end', '{1000,869,743,653,593,551,517,491}'::int[]),
		('regular', '{1000,631,468,382,326,289,262,241}')) AS v(segment, counts), unnest(counts) WITH ORDINALITY AS u(n, t);
CREATE TEMP TABLE fitted AS SELECT segment, sbg_train(period, customers) AS model FROM cohorts GROUP BY segment;
CREATE TEMP VIEW parameters AS
	SELECT segment, model, info, (info ->> 'a')::float8 AS a, (info ->> 'b')::float8 AS b FROM fitted, model_info(model) AS info;

SELECT results_eq($$ SELECT segment, round(a::numeric, 3), round(b::numeric, 3), round((info ->> 'log_likelihood')::numeric, 3),
	info -> 'converged' FROM parameters ORDER BY 1 $$,
	$$ VALUES ('high end', 0.668, 3.806, -1611.158, 'true'::jsonb), ('regular', 0.704, 1.182, -1680.265, 'true') $$, 'the published fits');
SELECT is(sbg_train(period, customers ORDER BY period * 5 % 8), (SELECT model FROM fitted WHERE segment = 'regular'),
	'another order gives the same model') FROM cohorts WHERE segment = 'regular';
SELECT is(sbg_train(period::numeric, customers::bigint), (SELECT model FROM fitted WHERE segment = 'regular'), 'of any type of number')
FROM cohorts WHERE segment = 'regular';
SELECT ok(bool_and(model::text::segment_model = model), 'text reads back to the same model') FROM fitted;
SET LOCAL client_min_messages = error;
SELECT is_empty($$
	SELECT period FROM (SELECT period, sbg_train(period, customers) OVER (ORDER BY period) AS running
		FROM cohorts WHERE segment = 'regular') AS w
	WHERE running IS DISTINCT FROM (SELECT sbg_train(period, customers) FROM cohorts WHERE segment = 'regular' AND period <= w.period)
$$, 'as a window function over a growing frame');
RESET client_min_messages;

-- contracts that began at different times
CREATE TEMP TABLE contracts AS
	SELECT i, i % 3 AS plan, (i * 37 % 900) / 30.0::float8 AS age, ln((0.5 + i * 7919 % 1009) / 1009.0) * -(2 + i * 31 % 101 / 5.0) AS life
	FROM generate_series(1, 3000) AS i;
CREATE TEMP TABLE lasted AS SELECT i, plan, least(age, life)::float8 AS duration, life <= age AS lost FROM contracts;
CREATE TEMP TABLE by_contract AS SELECT plan, sbg_train(duration, lost) AS model FROM lasted GROUP BY plan;
SELECT ok(bool_and((model_info(model) -> 'converged')::bool), 'contracts: a fit') FROM by_contract;
SELECT cmp_ok(max(abs(got / want - 1)), '<', 1e-12::float8, 'its likelihood is that of all contracts')
FROM (SELECT (model_info(model) ->> 'log_likelihood')::float8 AS got,
	(SELECT sum(CASE WHEN lost THEN ln(sbg_survival(model, ceil(duration) - 1) - sbg_survival(model, ceil(duration)))
	ELSE ln(sbg_survival(model, floor(duration))) END) FROM lasted WHERE lasted.plan = by_contract.plan) AS want FROM by_contract) AS l;
SELECT is(sbg_train(duration, lost ORDER BY i * 7 % 1009, i), sbg_train(duration, lost), 'another order gives the same model') FROM lasted;
SELECT is((SELECT sbg_train(ceil(duration)::int, lost) FROM lasted WHERE lost),
	(SELECT sbg_train(duration::numeric, lost) FROM lasted WHERE lost), 'of any type of number');

-- the likelihood from shares; periods in between may be left out
CREATE FUNCTION pg_temp.log_likelihood(model segment_model, of_segment text, every int) RETURNS float8 LANGUAGE sql AS $$
	SELECT sum(CASE WHEN next_period IS NULL THEN customers * ln(sbg_survival(model, period))
		ELSE (customers - next_customers) * ln(sbg_survival(model, period) - sbg_survival(model, next_period)) END)
	FROM (SELECT *, lead(period) OVER w AS next_period, lead(customers) OVER w AS next_customers
		FROM cohorts WHERE segment = of_segment AND period % every = 0 WINDOW w AS (ORDER BY period)) AS c $$;
SELECT cmp_ok(max(abs(pg_temp.log_likelihood(model, segment, 1) - (info ->> 'log_likelihood')::float8)), '<', 1e-9::float8,
	'the likelihood is that of the shares') FROM parameters;
CREATE TEMP TABLE sparse AS SELECT segment, sbg_train(period, customers) AS model FROM cohorts WHERE period % 3 = 0 GROUP BY segment;
SELECT cmp_ok(max(abs(pg_temp.log_likelihood(model, segment, 3) - (model_info(model) ->> 'log_likelihood')::float8)), '<', 1e-9::float8,
	'with periods left out, too') FROM sparse;
SELECT cmp_ok(max(abs(sbg_survival(sparse.model, 7) - sbg_survival(fitted.model, 7))), '<', 0.02::float8, 'and the fit is much the same')
FROM sparse JOIN fitted USING (segment);

-- shares
SELECT cmp_ok(max(abs(sbg_retention(model, n) - (b + n - 1) / (a + b + n - 1))), '<', 1e-15::float8, 'retention is that of the paper')
FROM parameters, generate_series(1, 100) AS n;
SELECT cmp_ok(max(abs(sbg_survival(model, n) / sbg_survival(model, n - 1) / sbg_retention(model, n) - 1)), '<', 1e-13::float8,
	'survival is the product of retentions') FROM fitted, generate_series(1, 100) AS n;
SELECT ok(bool_and(sbg_survival(model, 0) = 1), 'all are there at the start') FROM fitted;

-- value: the sum, cut off where it no longer matters
SELECT cmp_ok(max(abs(sbg_ltv(model, 20, 0.4, 0.1) / value - 1)), '<', 1e-12::float8, 'value is the discounted sum')
	FROM (SELECT model, sum(20 * 0.4 * sbg_survival(model, n) / 1.1 ^ n) AS value
		FROM fitted, generate_series(0, 400) AS n GROUP BY model) AS s;
SELECT cmp_ok(max(abs(sbg_ltv(model, 20, 0.4, 0.01, 24) / value - 1)), '<', 1e-12::float8, 'and the sum up to a horizon')
	FROM (SELECT model, sum(20 * 0.4 * sbg_survival(model, n) / 1.01 ^ n) AS value
		FROM fitted, generate_series(0, 23) AS n GROUP BY model) AS s;
SELECT ok(bool_and(sbg_ltv(model, 20, 0.4, 0) IS NULL), 'without interest there is no end') FROM fitted;
SELECT ok(bool_and(provolatile = 'i' AND proisstrict AND proparallel = 's'), 'scoring is immutable')
FROM pg_proc WHERE proname IN ('sbg_retention', 'sbg_survival', 'sbg_ltv');

SELECT * FROM finish();
ROLLBACK;
