-- Cox regression by its properties: the same model whatever the order, plan and memory
-- budget; the log-rank test for one element; its own predictions.  Its numbers are
-- compared with R's in survival_r.sql.
BEGIN;
SELECT plan(25);

CREATE TABLE users AS
	SELECT i, 1 + i * 7919 % 1009 AS days, i % 3 > 0 AS churned, i * 13 % 50 AS lessons, i % 2 AS discount, sqrt(i * 31 % 997) AS spend
	FROM generate_series(1, 6000) AS i;
ANALYZE users;
CREATE TABLE cox_models AS SELECT cox_train(days, churned, ARRAY[lessons, discount, spend]) AS model FROM users;
CREATE TEMP VIEW fields AS SELECT model::jsonb AS m FROM cox_models;

CREATE FUNCTION pg_temp.is_near(got float8, want float8, what text, gap float8 DEFAULT 1e-9) RETURNS text
	LANGUAGE sql RETURN cmp_ok(abs(got - want) / abs(want), '<=', gap, what);

-- the same bits
SELECT is(cox_train(days, churned, ARRAY[lessons, discount, spend] ORDER BY i * 7 % 1009, i), (SELECT model FROM cox_models),
	'another order gives the same model') FROM users;
SELECT is(cox_train(days, churned, feature_vector(lessons, discount, spend)), (SELECT model FROM cox_models), 'of vectors, too')
FROM users;
SELECT ok(model::text::segment_model = model, 'text reads back to the same model') FROM cox_models;
SET LOCAL segment.training_memory = '1MB';
SELECT is(cox_train(days, churned, ARRAY[lessons, discount, spend]), (SELECT model FROM cox_models), 'with little memory, too') FROM users;
-- other groups take the memory: rows go to disk and come back
SELECT is(max(model::text) FILTER (WHERE g = 7),
	(SELECT cox_train(days, churned, ARRAY[lessons, discount, spend])::text FROM users), 'and from disk')
FROM (SELECT g, cox_train(days, churned, ARRAY[lessons, discount, spend]) AS model FROM users, generate_series(1, 7) AS g GROUP BY g) AS t;
RESET segment.training_memory;
SELECT throws_ok($$ SET LOCAL segment.training_memory = '1MB'; SELECT cox_train(i, true, ARRAY[i % 7, i % 3])
	FROM generate_series(1, 50000) AS i $$,
	'54000', 'too many rows for Cox regression', 'more rows than fit are refused');
SELECT is_empty($$
	SELECT i FROM (SELECT i, cox_train(days, churned, ARRAY[lessons, spend]) OVER (ORDER BY i) AS running FROM users WHERE i <= 60) AS w
	WHERE i > 30 AND running IS DISTINCT FROM (SELECT cox_train(days, churned, ARRAY[lessons, spend]) FROM users WHERE i <= w.i)
$$, 'as a window function over a growing frame');
SELECT results_eq(
	$$ SELECT discount, cox_train(days, churned, ARRAY[lessons, spend]) FROM users GROUP BY 1 ORDER BY 1 $$,
	$$ SELECT j, (SELECT cox_train(days, churned, ARRAY[lessons, spend]) FROM users WHERE discount = j) FROM generate_series(0, 1) AS j $$,
	'a model for each group');

-- properties: the score test of one yes-or-no element is the log-rank test, if no two users leave at the same time
SELECT pg_temp.is_near((SELECT statistic FROM cox_tests(cox) WHERE test = 'score'), (logrank).chi_square,
	'the score test is the log-rank test')
FROM (SELECT cox_train(i, churned, ARRAY[discount]) AS cox, logrank_test(discount, i, churned) AS logrank FROM users) AS t;
SELECT pg_temp.is_near(sum(statistic) FILTER (WHERE test = 'likelihood ratio'),
	2 * ((m ->> 'log_likelihood')::float8 - (m ->> 'null_log_likelihood')::float8),
	'likelihood ratio') FROM cox_models, fields, cox_tests(model) GROUP BY m;
-- Breslow: everybody twice gives the same, with smaller errors
SELECT is_empty($$
	SELECT a.*, b.* FROM (SELECT cox_train(days, churned, ARRAY[lessons, spend], cox_options('breslow')) AS once FROM users) AS o,
		coefficients(once) AS a,
		(SELECT cox_train(days, churned, ARRAY[lessons, spend], cox_options('breslow')) AS twice FROM users, generate_series(1, 2)) AS t,
		coefficients(twice) AS b
	WHERE a.feature = b.feature AND (abs(a.estimate / b.estimate - 1) > 1e-9 OR abs(a.std_error / b.std_error - sqrt(2)) > 1e-9)
$$, 'everybody twice: the same coefficients');
-- the concordance, pair by pair
CREATE TEMP TABLE few AS
	SELECT u.*, m.model, predict(m.model, ARRAY[lessons, discount]) AS hazard
	FROM (SELECT * FROM users WHERE i <= 400) AS u,
		(SELECT cox_train(days, churned, ARRAY[lessons, discount]) AS model FROM users WHERE i <= 400) AS m;
SELECT is(ARRAY[count(*) FILTER (WHERE a.hazard > b.hazard), count(*) FILTER (WHERE a.hazard < b.hazard),
	count(*) FILTER (WHERE a.hazard = b.hazard)],
	(SELECT ARRAY[m -> 'concordant_pairs', m -> 'discordant_pairs', m -> 'tied_pairs']::bigint[]
		FROM (SELECT model::jsonb AS m FROM few LIMIT 1) AS t),
	'concordant pairs')
FROM few AS a JOIN few AS b ON a.churned AND (b.days > a.days OR (b.days = a.days AND NOT b.churned));

-- predictions for a row
SELECT is_empty($$
	SELECT i FROM users, cox_models, LATERAL (SELECT sum((x - m.mean) * c.estimate) AS linear
		FROM unnest(ARRAY[lessons, discount, spend]) WITH ORDINALITY AS v(x, j)
		JOIN (SELECT feature::int AS j, estimate FROM coefficients(model)) AS c USING (j)
		JOIN (SELECT k AS j, mean::float8
			FROM jsonb_array_elements_text(model::jsonb -> 'means') WITH ORDINALITY AS e(mean, k)) AS m USING (j)) AS l
	WHERE i % 50 = 0 AND abs(predict(model, ARRAY[lessons, discount, spend]) / exp(linear) - 1) > 1e-12
$$, 'predict is exp of the sum of the contributions of the elements');
SELECT is((m -> 'means' -> 1)::text, '0', 'the reference of a yes or no is no') FROM fields;
SELECT pg_temp.is_near((m -> 'means' ->> 0)::float8, avg(lessons)::float8, 'of a number, its mean') FROM fields, users GROUP BY m;
SELECT is_empty($$
	SELECT i, t FROM users, cox_models, generate_series(0, 1000, 250) AS t, LATERAL (SELECT coalesce((SELECT h::float8
		FROM ROWS FROM (jsonb_array_elements_text(model::jsonb -> 'times'),
			jsonb_array_elements_text(model::jsonb -> 'cumulative_hazards')) AS u(time, h)
		WHERE time::float8 <= t ORDER BY time::float8 DESC LIMIT 1), 0) AS hazard) AS h
	WHERE i <= 3 AND abs(cox_survival(model, ARRAY[lessons, discount, spend],
		t) - exp(-hazard * predict(model, ARRAY[lessons, discount, spend]))) > 1e-12
$$, 'cox_survival follows from the hazard');
SELECT is_empty($$
	SELECT i, t, given FROM users, cox_models, generate_series(0, 1000, 250) AS t, generate_series(0, 1000, 200) AS given,
		LATERAL (SELECT ARRAY[lessons, discount, spend] AS x) AS l
	WHERE i <= 3 AND abs(cox_survival(model, x, t, given) - least(cox_survival(model, x, t) / cox_survival(model, x, given), 1)) > 1e-12
$$, 'with given: a quotient');
-- with an element that has no effect, the curve is nearly that of all users
SELECT cmp_ok(max(abs(cox_survival(model, ARRAY[1], time) - survival)), '<', 1e-3::float8, 'without a feature: the Kaplan-Meier curve')
FROM (SELECT cox_train(days, churned, ARRAY[1]) AS model, kaplan_meier(days, churned) AS km FROM users) AS t, survival_curve(km)
WHERE at_risk > 50;

-- two models in one query do not evict each other, and one replaces another row by row
CREATE TEMP TABLE two AS SELECT discount, cox_train(days, churned, ARRAY[lessons, spend]) AS model FROM users GROUP BY discount;
SELECT is_empty($$
	SELECT i FROM users AS u, two AS a, two AS b
	WHERE a.discount = 0 AND b.discount = 1 AND i <= 100
		AND ARRAY[predict(a.model, ARRAY[lessons, spend]), predict(b.model, ARRAY[lessons, spend])]
	IS DISTINCT FROM ARRAY[(SELECT predict(model, ARRAY[u.lessons, u.spend]) FROM two WHERE discount = 0),
		(SELECT predict(model, ARRAY[u.lessons, u.spend]) FROM two WHERE discount = 1)]
$$, 'two models in one query');
SELECT is(count(DISTINCT predict(model, ARRAY[10, 20])), 2::bigint, 'the model of each row')
FROM users JOIN two USING (discount) WHERE i <= 100;

-- a plan with workers
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
CREATE TEMP TABLE serial AS SELECT sum(predict(model, ARRAY[lessons, discount, spend])::numeric(12, 6)) AS total FROM users, cox_models;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT matches(string_agg(line, ' '), 'Aggregate.*Gather.*Parallel Seq Scan', 'training reads in parallel')
FROM pg_temp.plan_of('SELECT cox_train(days, churned, ARRAY[lessons, discount, spend]) FROM users WHERE sqrt(days) > 0') AS line;
SELECT is(cox_train(days, churned, ARRAY[lessons, discount, spend]), (SELECT model FROM cox_models), 'with the same model')
FROM users WHERE sqrt(days) > 0;
SELECT matches(string_agg(line, ' '), 'Partial Aggregate.*Parallel Seq Scan on users', 'workers predict')
FROM pg_temp.plan_of('SELECT sum(predict((SELECT model FROM cox_models), ARRAY[lessons, discount, spend])) FROM users') AS line;
SELECT is(sum(predict((SELECT model FROM cox_models), ARRAY[lessons, discount, spend])::numeric(12, 6)), (SELECT total FROM serial),
	'and say the same') FROM users;
SELECT ok(bool_and(provolatile = 'i' AND proisstrict AND proparallel = 's'), 'scoring is immutable')
FROM pg_proc WHERE proname IN ('predict', 'cox_survival', 'coefficients', 'cox_tests', 'survival_at', 'survival_curve', 'median_survival');

SELECT * FROM finish();
ROLLBACK;
