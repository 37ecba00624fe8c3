-- Weights of a profile against R (test/oracle/profile_weights.R), and what they must hold.
BEGIN;
SELECT plan(19);

-- the users of the oracle
CREATE TABLE learner AS
	SELECT i, feature_vector((i * 37) % 101, ((i * i) % 89)^2 / 10.0::float8,
		50 - (i * 37) % 101 / 3.0::float8 + (i * 17) % 23, (i * 53) % 7) AS v
	FROM generate_series(1, 200) AS i;
ALTER TABLE learner ADD spent float8;
UPDATE learner SET spent = 3 * (v::float8[])[1] - 0.02 * (v::float8[])[2] - 4 * (v::float8[])[3] + (i * i * 7) % 50;

CREATE TABLE golden (name text, i int, value float8, statistic float8);
INSERT INTO golden VALUES
	('entropy', 1, 0.1823533655414642, 0.96332435059728017),
	('entropy', 2, 0.45788871838806683, 0.90790756150183083),
	('entropy', 3, 0.096197780353045839, 0.9806523117625382),
	('entropy', 4, 0.26356013571742315, 0.94699171520414016),
	('entropy score', 1, 0.18489177359544567, NULL),
	('entropy score', 2, 0.41748888332236589, NULL),
	('entropy score', 3, 0.10177146485278576, NULL),
	('entropy score', 4, 0.30310732550885261, NULL),
	('entropy score', 5, 0.24914899017908759, NULL),
	('pca', 1, 0.49856104244370869, 0.70608855141809845),
	('pca', 2, 0.0040685221804148929, 0.063784968295162559),
	('pca', 3, 0.49729191556664365, 0.70518927641211593),
	('pca', 4, 7.8519809232626301e-05, 0.0088611404024891913),
	('pca score', 1, 0.33703781673367017, NULL),
	('pca score', 2, 0.68935042862332052, NULL),
	('pca score', 3, 0.22991311465564404, NULL),
	('pca score', 4, 0.37179971223320241, NULL),
	('pca score', 5, 0.72420670125982578, NULL),
	('critic', 1, 0.20158861746510667, 0.61674813689180485),
	('critic', 2, 0.31597060428411322, 0.96669288154890831),
	('critic', 3, 0.15140692585167781, 0.46322029788066393),
	('critic', 4, 0.33103385239910238, 1.0127779746820393),
	('critic score', 1, 0.23141705020343728, NULL),
	('critic score', 2, 0.52322202121729144, NULL),
	('critic score', 3, 0.13343986550128351, NULL),
	('critic score', 4, 0.36768065243107939, NULL),
	('critic score', 5, 0.28772336648575902, NULL),
	('regression', 1, 0.54003574817102007, 290.89787084852173),
	('regression', 2, 0.031043552941907936, -16.722047540294639),
	('regression', 3, 0.42576492149958073, -229.34427871799619),
	('regression', 4, 0.0031557773874911496, -1.699903989693601),
	('regression score', 1, 0.36250743349406678, NULL),
	('regression score', 2, 0.70750142848410236, NULL),
	('regression score', 3, 0.2393596133271424, NULL),
	('regression score', 4, 0.40348043600952554, NULL),
	('regression score', 5, 0.74337360267936192, NULL);

CREATE TABLE learned AS
	SELECT method, profile_weights_train(v, method, profile_weights_options(directions => '{more,more,less,less}')) AS model
	FROM learner, unnest('{entropy,pca,critic}'::text[]) AS method GROUP BY method
	UNION ALL SELECT 'regression', profile_weights_regression_train(spent, v) FROM learner;
CREATE TABLE answer AS
	SELECT method AS name, feature::int AS i, weight AS value, statistic FROM learned, profile_weights(model)
	UNION ALL SELECT method || ' score', i, profile_score(model, v), NULL FROM learned, learner WHERE i <= 5;

SELECT is(count(*), 36::bigint, 'there is an answer for every golden number') FROM golden JOIN answer USING (name, i);
SELECT is(string_agg(format('%s %s: %s %s', name, i, a.value - g.value, a.statistic - g.statistic), E'\n'), NULL, 'as R, to 1e-9')
FROM golden AS g JOIN answer AS a USING (name, i)
WHERE NOT abs(a.value - g.value) < 1e-9 OR NOT abs(a.statistic - g.statistic) <= 1e-9 * greatest(abs(g.statistic), 1);

SELECT is(string_agg(format('%s: %s', method, sum), ' '), NULL, 'weights add up to 1')
FROM (SELECT method, sum(weight) FROM learned, profile_weights(model) GROUP BY method) AS t WHERE NOT abs(sum - 1) < 1e-12;
SELECT ok(min(score) >= 0 AND max(score) <= 1, 'scores are from 0 to 1')
FROM (SELECT profile_score(model, v * 3 - v) AS score FROM learned, learner) AS t;
SELECT is(string_agg(direction, ' ' ORDER BY feature), 'more less less less', 'an outcome tells which is better')
FROM learned, profile_weights(model) WHERE method = 'regression';
SELECT ok(corr(profile_score(w.model, v), predict(l.model, v)) > 1 - 1e-12, 'the score is the prediction, on another scale')
FROM learner, (SELECT model FROM learned WHERE method = 'regression') AS w, (SELECT linear_train(spent, v) AS model FROM learner) AS l;
SELECT ok(abs(weight - loading * loading) < 1e-9, 'the component is that of pca_train on standardized features')
FROM learned, profile_weights(model) AS w, (SELECT pca_train(scale_features(s.model, v), 1) AS pca
	FROM learner, (SELECT scaler_train(v, 'standard') AS model FROM learner) AS s) AS p, pca_components(pca) AS c,
	LATERAL (SELECT (loadings::float8[])[feature::int] AS loading) AS x WHERE method = 'pca' AND feature = '2';

-- directions turn a feature round, and its weight by entropy with it
SELECT is(profile_weights_train(v, 'pca', '{"directions": ["less", "more", "more", "more"]}') = profile_weights_train(v, 'pca'), false,
	'directions are kept') FROM learner;
SELECT ok(abs(a.s + b.s - 1) < 1e-12, 'less of everything is the score turned round')
FROM (SELECT profile_score(profile_weights_train(ARRAY[i, i * i % 17], 'pca'), '{5,3}'::float8[]) AS s FROM learner) AS a,
	(SELECT profile_score(profile_weights_train(ARRAY[i, i * i % 17], 'pca', '{"directions": ["less", "less"]}'), '{5,3}'::float8[]) AS s
	FROM learner) AS b;

-- missing elements
CREATE TABLE gaps AS SELECT i, feature_vector(nullif(i % 10, 3), i * i % 11, i % 4) AS v FROM learner;
SELECT throws_ok($$SELECT profile_weights_train(v, 'critic') FROM gaps$$, '22004', NULL, 'missing elements are refused');
SELECT is((missing_as, minimum, maximum)::text, '(0,0,9)', 'or are the worst')
FROM (SELECT profile_weights_train(v, 'critic', '{"missing": "worst"}') AS model FROM gaps) AS t, profile_weights(model) LIMIT 1;
SELECT ok(abs(missing_as - mean / 9) < 1e-12, 'or the mean')
FROM (SELECT profile_weights_train(v, 'critic', '{"missing": "mean"}') AS model, avg(nullif(i % 10, 3)) AS mean FROM gaps) AS t,
	profile_weights(model) LIMIT 1;
SELECT is(profile_score(m.model, '{NULL,0,0}'::float8[]), weight * missing_as, 'and score as that')
FROM (SELECT profile_weights_train(v, 'critic', '{"missing": "mean"}') AS model FROM gaps) AS m, profile_weights(model) LIMIT 1;
SELECT is((w.weight, w.statistic)::text, '(0,)', 'what does not vary weighs nothing')
FROM (SELECT profile_weights_train(ARRAY[i, 7, i % 3], 'critic') AS model FROM learner) AS m, profile_weights(model) AS w
WHERE feature = '2';

-- rows that do not count
SELECT is(model_info(profile_weights_regression_train(CASE WHEN i > 5 THEN spent END, v)) ->> 'rows_skipped', '5',
	'rows without an outcome are skipped') FROM learner;
SELECT throws_ok($$SELECT profile_weights_regression_train(CASE i WHEN 7 THEN 'NaN' ELSE spent END, v) FROM learner$$, '22003', NULL,
	'NaN is refused');
SELECT is(profile_weights_train(v, 'entropy', '{"when_too_few": "null"}') IS NULL, true, 'one row has no weights')
FROM learner WHERE i = 1;

-- order, types and groups
SELECT is(profile_weights_train(v, method ORDER BY i * 7919 % 200)::text, profile_weights_train(v::float8[], method)::text,
	'order and type do not matter') FROM learner, (VALUES ('pca')) AS m (method);
SELECT is(count(DISTINCT model_info(model) ->> 'rows_used'), 1::bigint, 'a model for each of many groups')
FROM (SELECT profile_weights_train(v, 'entropy') AS model FROM learner GROUP BY i % 20) AS t;

SELECT * FROM finish();
ROLLBACK;
