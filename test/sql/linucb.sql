-- linucb_state, linucb_score, linear_thompson_sample, linucb_coefficients: ordinary calls and every error
CREATE TABLE shown AS
	SELECT i, 'arm ' || i % 2 AS arm, ARRAY[1, i % 3, i % 5]::float8[] AS context, (i * 7 % 10 < 2 + i % 3 + i % 2)::int AS reward
	FROM generate_series(1, 300) AS i;
CREATE TABLE arms AS SELECT arm, linucb_state(context, reward) AS state FROM shown GROUP BY arm;
SELECT arm, model_method(state), model_info(state) FROM arms ORDER BY arm;
SELECT arm, round(linucb_score(state, '{1,2,0}', 0.5)::numeric, 6) AS score, round(linucb_score(state, '{1,2,0}', 0)::numeric, 6) AS mean,
	round(linear_thompson_sample(state, '{1,2,0}', 0.5, 1, arm)::numeric, 6) AS draw
FROM arms ORDER BY arm;
SELECT arm, feature, round(coefficient::numeric, 6) AS coefficient, round(width::numeric, 6) AS width
FROM arms, linucb_coefficients(state, '{level,weekday,visits}') ORDER BY arm;
SELECT feature, round(coefficient::numeric, 6) AS coefficient, round(width::numeric, 6) AS width
FROM (SELECT linucb_state(context, reward, 100) AS state FROM shown) AS t, linucb_coefficients(state);
SELECT state FROM (SELECT linucb_state(context, reward) AS state FROM shown WHERE i < 9) AS t;
SELECT linear_thompson_sample(state, '{1,2,0}', 0.5, 1) = linear_thompson_sample(state, '{1,2,0}', 0.5, 1, '') AS same,
	linear_thompson_sample(state, '{1,2,0}', 0, 1) = linucb_score(state, '{1,2,0}', 0) AS certain
FROM arms WHERE arm = 'arm 1';
-- whether it worked
SELECT linucb_state(context, reward = 1)::text = linucb_state(context, reward)::text AS array,
	linucb_state(feature_vector(context), reward = 1)::text = linucb_state(context, reward)::text AS vector,
	linucb_state(context, reward = 1, 2)::text = linucb_state(context, reward, 2)::text AS lambda,
	linucb_state(feature_vector(context), reward = 1, 2)::text = linucb_state(context, reward, 2)::text AS both
FROM shown;
-- rows that do not count, and arms without rows
SELECT model_info(linucb_state(c, r)) FROM (VALUES ('{1,2}'::float8[], 1), (NULL, 2), ('{3,4}', NULL)) AS v (c, r);
SELECT linucb_state(context, reward) IS NULL AS empty FROM shown WHERE i < 0;
SELECT linucb_score(NULL, '{1}'::float8[], 1) IS NULL AS state, linucb_score(state, NULL::float8[], 1) IS NULL AS context,
	linucb_score(state, '{1,2,3}', NULL) IS NULL AS alpha, linear_thompson_sample(state, '{1,2,3}', 1, NULL) IS NULL AS seed
FROM arms WHERE arm = 'arm 1';
SELECT count(*) FROM linucb_coefficients(NULL);
SELECT linucb_score(state, '{0,0,0}', 3) AS nobody FROM arms WHERE arm = 'arm 1';
SELECT linucb_score(linucb_state('{1e300,1e-300}'::float8[], 1e300), '{1e300,0}', 1)::numeric / 1e299 AS huge;

-- errors
SELECT linucb_state(context, reward, 0) FROM shown;
SELECT linucb_state(context, reward, 'NaN') FROM shown;
SELECT linucb_state(context, reward, 'Infinity') FROM shown;
SELECT linucb_state(context, reward, NULL) FROM shown;
SELECT linucb_state(context, reward, i) FROM shown;
SELECT linucb_state(context, 'NaN'::float8) FROM shown;
SELECT linucb_state('{1,NULL}'::float8[], 1);
SELECT linucb_state('{1,NaN}'::float8[], 1);
SELECT linucb_state('{}'::float8[], 1);
SELECT linucb_state(array_fill(1::float8, ARRAY[1001]), 1);
SELECT linucb_state(context[:1 + i % 2], 1) FROM shown;
SELECT linucb_score(state, '{1,2}', 1) FROM arms;
SELECT linucb_score(state, '{1,2,NULL}', 1) FROM arms;
SELECT linucb_score(state, '{1,2,3}', -1) FROM arms;
SELECT linucb_score(state, '{1,2,3}', 'NaN') FROM arms;
SELECT linucb_score(state, '{1e308,1e308,1e308}', 1e9) FROM arms;
SELECT linear_thompson_sample(state, '{1,2,3}', 'Infinity', 1) FROM arms;
SELECT linucb_score(confusion_matrix('a', 'b'), '{1}'::float8[], 1);
SELECT linucb_coefficients(confusion_matrix('a', 'b'));
SELECT linucb_coefficients(state, '{a,b}') FROM arms;
SELECT linucb_coefficients(state, '{a,b,NULL}') FROM arms;
SELECT rollup(s) FROM (SELECT linucb_state(context, reward, 1 + i % 2) AS s FROM shown GROUP BY i % 2) AS t;
DROP TABLE shown, arms;
