-- Softmax regression against R, by a Poisson regression with a parameter per row.
-- The golden answers are printed by test/oracle/regression.R.
BEGIN;
SELECT plan(5);

CREATE TEMP TABLE learners AS
SELECT a, b, (1 + i % 3)::float8 AS w,
	CASE WHEN yes THEN CASE WHEN orders > 1 THEN 'pro' ELSE 'team' END WHEN spend > 45 THEN 'free' ELSE 'pro' END AS plan
FROM generate_series(1, 240) AS i,
	LATERAL (SELECT ((i * 7919) % 101)::float8 / 10 AS a, ((i * 104729) % 37 - 18)::float8 AS b, ((i * 31) % 2)::float8 AS c,
		((i * 31337) % 211)::float8 / 211 AS noise) AS x,
	LATERAL (SELECT 0.3 * a - 0.05 * b + 6 * noise > 4.5 AS yes, 20 + 3 * a + b / 4 + 40 * noise AS spend,
		floor(exp(0.1 * a + 0.5 * c + noise) * 0.8) AS orders) AS y;

CREATE TEMP TABLE golden (key, want) AS SELECT key, want::float8[] FROM (VALUES
('softmax pro', '{2.8190096356861218,0.32477668119517039,8.6798400221106817,3.9632589019162979e-18,-0.22206850138895448,
	0.047284293823843061,-4.6964537995696292,2.64717075462858e-06,-0.11976384684948467,0.014719095050937782,-8.1366311199854842,
	4.0642864049924515e-16}'),
	('softmax team', '{1.0306455588918966,0.54681108480706608,1.8848293085637502,0.059452886634513084,-0.83469989392217525,
	0.18285324313316281,-4.5648623979521394,4.998220740591014e-06,-0.18335675785346384,0.033400927008130167,-5.4895709274426041,
	4.0291130126144152e-08}'),
	('softmax log-likelihood', '{-243.19749519650918}')
) AS g (key, want);

CREATE TEMP TABLE fits AS
SELECT 'text' AS labels, softmax_train(plan, ARRAY[a, b], NULL, w) AS model FROM learners
UNION ALL
SELECT 'numbers', softmax_train(CASE plan WHEN 'free' THEN 9 WHEN 'pro' THEN 10 ELSE 100 END, ARRAY[a, b], NULL, w) FROM learners;

SELECT cmp_ok(max(abs(got - want) / greatest(abs(want), 1e-3)), '<', 1e-8::float8,
	labels || ': coefficients, errors, statistics, p-values as R')
FROM (SELECT labels, replace(replace(class, '100', 'team'), '10', 'pro') AS class, x AS got,
		row_number() OVER (PARTITION BY labels, class ORDER BY n, k) AS at
	FROM fits, coefficients(model) WITH ORDINALITY AS c (feature, estimate, std_error, statistic, p_value, low, high, factor, class, n),
		LATERAL (VALUES (1, estimate), (2, std_error), (3, statistic), (4, p_value)) AS x (k, x)) AS c
JOIN (SELECT key, w.want, at FROM golden, unnest(golden.want) WITH ORDINALITY AS w (want, at)) AS g
	ON key = 'softmax ' || class AND c.at = g.at
GROUP BY labels HAVING count(*) = 24 ORDER BY labels;

SELECT cmp_ok(abs((model_info(model) ->> 'log_likelihood')::float8 / want[1] - 1), '<', 1e-11::float8, 'log-likelihood as R')
FROM fits, golden WHERE key = 'softmax log-likelihood' AND labels = 'text';

-- numbers are in their own order, texts in that of their bytes; the model is the same in any order of rows
SELECT is(jsonb_agg(model_info(model) -> 'classes' ORDER BY labels), '[["9", "10", "100"], ["free", "pro", "team"]]', 'order of classes')
FROM fits;
SELECT is((SELECT softmax_train(plan, ARRAY[a, b], NULL, w ORDER BY b, a DESC) FROM learners)::text, model::text, 'in any order of rows')
FROM fits WHERE labels = 'text';
SELECT * FROM finish();
ROLLBACK;
