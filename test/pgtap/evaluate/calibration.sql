-- Calibration against scikit-learn and by its defining properties, whatever the
-- order and plan.
BEGIN;
SELECT plan(22);

CREATE TABLE scored AS
	SELECT i, label, score, (i * 7919 % 1999) / 1000.0::float8 - 0.5 + label::int / 4.0::float8 AS few, (1 + i % 5) / 4.0::float8 AS weight
	FROM (SELECT i, (i * i * 31 + i * 17) % 1009 < score * score * 1009 AS label, score
		FROM (SELECT i, (i * 7919 % 101) / 100.0::float8 AS score FROM generate_series(1, 2000) AS i) AS t) AS u;
ANALYZE scored;
CREATE TEMP TABLE trained AS
	SELECT 'ties' AS name, calibrate_train(label, score) AS platt, calibrate_train(label, score,
		'{"method": "isotonic"}') AS isotonic FROM scored
	UNION ALL SELECT 'few ties', calibrate_train(label, few), calibrate_train(label, few, '{"method": "isotonic"}') FROM scored
	UNION ALL SELECT 'weighted', calibrate_train(label, score, '{}', weight),
		calibrate_train(label, score, '{"method": "isotonic"}', weight) FROM scored;

-- made by test/oracle/calibration.py
CREATE TEMP TABLE golden (name text, slope float8, intercept float8, points int, probabilities float8[]);
INSERT INTO golden VALUES
	('ties', 6.785584721630984, -4.657755987539612, 41,
		'{0.0,0.0,0.0,0.0,0.02531645569620253,0.24489795918367346,0.5440677966101695,1.0,1.0,1.0}'),
	('few ties', 0.7800613041628375, -1.197677223525107, 19, '{0.0,0.0,0.3223350253807107,0.3223350253807107,0.3223350253807107,
		0.3311827956989247,0.3311827956989247,0.3311827956989247,0.3311827956989247,1.0}'),
	('weighted', 6.591726005771906, -4.533878947465817, 37,
		'{0.0,0.0,0.0,0.0,0.025423728813559324,0.2482758620689655,0.5618572552385039,1.0,1.0,1.0}');
SELECT cmp_ok(greatest(abs((platt::jsonb ->> 'slope')::float8 - slope), abs((platt::jsonb ->> 'intercept')::float8 - intercept)),
	'<', 1e-12::float8, 'slope and intercept, ' || name) FROM trained JOIN golden USING (name);
SELECT is((isotonic::jsonb ->> 'points')::int, points, 'points, ' || name) FROM trained JOIN golden USING (name);
SELECT cmp_ok((SELECT max(abs(calibrate(isotonic, x) - p))
		FROM unnest('{-1,-0.25,0,0.005,0.111,0.5,0.777,0.999,1,2}'::float8[], probabilities) AS t(x, p)),
	'<', 1e-12::float8, 'isotonic probabilities, ' || name) FROM trained JOIN golden USING (name);
SELECT cmp_ok(max(abs(calibrate(platt, x) - 1 / (1 + exp(-(slope * x + intercept))))), '<', 1e-13::float8, 'a logistic curve, ' || name)
FROM trained JOIN golden USING (name), generate_series(-3, 3, 0.37) AS x GROUP BY name;
SELECT cmp_ok(abs((m::jsonb ->> 'slope')::float8 - 0.5953217438136723) + abs((m::jsonb ->> 'intercept')::float8 + 2.678947847161526),
	'<', 1e-12::float8, 'a score that separates the labels')
FROM (SELECT calibrate_train(i > 4, i) AS m FROM generate_series(0, 9) AS i) AS t;

-- what isotonic regression is: never descending, and right on average up to each step
SELECT is(count(*), 0::bigint, 'never descending')
FROM (SELECT p, lag(p) OVER (ORDER BY score) AS last FROM (SELECT score, calibrate(isotonic, score) AS p
	FROM scored, trained WHERE name = 'ties') AS s) AS t WHERE p < last;
SELECT cmp_ok(abs(sum(weight * (calibrate(isotonic, score) - label::int))), '<', 1e-9::float8, 'right on average')
FROM scored, trained WHERE name = 'weighted';
SELECT ok(brier_score(label, calibrate(isotonic, score)) < brier_score(label, calibrate(platt, score))
	AND brier_score(label, calibrate(platt, score)) < brier_score(label, score), 'each is better than the score on its own rows')
FROM scored, trained WHERE name = 'ties';

-- a weight of 2 is two rows; order and plan do not matter
SELECT cmp_ok(max(abs(calibrate(a, x) - calibrate(b, x))), '<', 1e-12::float8, 'a weight counts rows, ' || method)
FROM (SELECT method, calibrate_train(label, score, jsonb_build_object('method', method), 1 + i % 3) AS a
		FROM scored, unnest('{platt,isotonic}'::text[]) AS method GROUP BY method) AS t
	JOIN (SELECT method, calibrate_train(label, score, jsonb_build_object('method', method)) AS b
		FROM scored, generate_series(0, i % 3), unnest('{platt,isotonic}'::text[]) AS method GROUP BY method) AS u USING (method),
	generate_series(-0.5, 1.5, 0.01) AS x
GROUP BY method;
SELECT is(calibrate_train(label, score, '{}', weight ORDER BY i % 17, -i)::text, platt::text, 'in another order')
FROM scored, trained WHERE name = 'weighted' GROUP BY platt::text;
SELECT is(calibrate_train(label, few, '{"method": "isotonic"}' ORDER BY -i)::text, isotonic::text, 'isotonic, too')
FROM scored, trained WHERE name = 'few ties' GROUP BY isotonic::text;
SELECT is(text_form::segment_model::text, text_form, 'a model is read back')
FROM (SELECT isotonic::text AS text_form FROM trained WHERE name = 'ties') AS t;
SELECT is(count(DISTINCT round(p::numeric, 9)), 1::bigint, 'the scale of weights says nothing where they are large')
FROM (SELECT calibrate(calibrate_train(label, score, '{}', weight * 2.0::float8 ^ e), 0.3) AS p
	FROM scored, unnest('{60,300,700,1000}'::int[]) AS e GROUP BY e) AS t;

SELECT * FROM finish();
ROLLBACK;
