-- explain_text says what explain_prediction gives, for every kind of supervised model.
BEGIN;
SELECT plan(15);

CREATE TEMP TABLE t AS
	SELECT i, ARRAY[i * 37 % 61, i * 13 % 8, i * 11 % 97, 5, (i % 3 = 0)::int, i * 7 % 3 / 2.0]::float8[] AS x,
		i * 37 % 61 + 3 * (i * 13 % 8) + 40 * (i % 3 = 0)::int + i * 7 % 3 * 9 + i % 7 AS y
	FROM generate_series(1, 400) AS i;
CREATE TEMP TABLE m AS
	SELECT model_method(model) || row_number() OVER () AS name, model
	FROM (SELECT ARRAY[linear_train(y, x, n), logistic_train(i % 9 * 5 + y > 70, x, n), poisson_train(y, x, n), gamma_train(1 + y, x, n),
				softmax_train(y / 60, x, n || '{"l2": 1}'), cox_train(1 + (y + i * 31) % 83, i % 4 > 0, x, n), tree_train(y, x, n),
				forest_train((y / 60)::text, x, n),
				boosting_train(y > 70, x, n), isolation_train(x, n)] AS models
			FROM t, (SELECT '{"feature_names": ["a", "b", "c", "d", "annual", "share"]}'::jsonb AS n) AS n) AS s, unnest(models) AS model;

-- the same phrase made of the rows
CREATE FUNCTION pg_temp.number(x float8) RETURNS text LANGUAGE sql AS $$
	SELECT CASE WHEN x < 0 THEN '-' ELSE '+' END || CASE WHEN abs(x) >= 99.5 THEN round(abs(x)::numeric)::text
		WHEN abs(x) < 1e-4 THEN replace(trim(to_char(abs(x), '9.9EEEE')), '.0e', 'e')
		ELSE trim_scale(round(abs(x)::numeric, 1 - floor(log(abs(x)::numeric * 1.0000001))::int))::text END $$;
CREATE FUNCTION pg_temp.phrase(model segment_model, x float8[], n int) RETURNS text LANGUAGE sql AS $$
	SELECT coalesce(string_agg(CASE WHEN feature <> 'annual' THEN format('%s %s', feature, coalesce(value::text, 'missing'))
			WHEN value = 0 THEN 'not annual' ELSE 'annual' END || format(' (%s)', pg_temp.number(contribution)),
		', ' ORDER BY place), '')
	FROM (SELECT row_number() OVER (ORDER BY abs(contribution) DESC, feature) AS place, * FROM explain_prediction(model, x)
		WHERE feature <> '(base)' AND contribution <> 0) AS e WHERE place <= n $$;
SELECT is(string_agg(DISTINCT model_method(model), ' '),
	'boosting cox forest gamma isolation linear logistic poisson softmax tree', 'methods') FROM m;
SELECT is(count(*), 0::bigint, 'phrases are made of the rows')
FROM m, t, generate_series(1, 7) AS n WHERE i <= 20 AND explain_text(model, x, n) <> pg_temp.phrase(model, x, n);
SELECT is(explain_text(model, x, 9223372036854775807), explain_text(model, x::feature_vector, 6), 'n may be large')
FROM m, t WHERE i = 1 AND name ~ 'linear';
SELECT ok(bool_and(explain_text(model, x, 9) !~ 'd 5'), 'what adds nothing is no reason') FROM m, t WHERE name ~ 'tree|linear' AND i < 9;

-- an element that was 0 or 1 in all rows says yes or no, if it has a name
SELECT is(count(DISTINCT name) FILTER (WHERE explain_text(model, x, 9) ~ '(^|, )(not )?annual [(]'), 10::bigint,
	'yes or no in each method') FROM m, t WHERE i <= 20;
SELECT is(array_agg(explain_text(model, x, 1) ORDER BY x), ARRAY['not new 0 (-1)', 'new 0 (+1)', 'new 0 2 (+3)'],
	'another value is said') FROM (SELECT linear_train(2 * a, ARRAY[a], '{"impute": "mean", "feature_names": ["new 0"]}') AS model
	FROM (VALUES (0), (1), (0), (1), (NULL)) AS r (a)) AS m, (VALUES (ARRAY[0]), (ARRAY[1]), (ARRAY[2])) AS v (x);
SELECT is(array_agg(explain_text(model, ARRAY[1], 1)), ARRAY['a (+1)', 'a (+0.5)', 'a 1 (+1)', 'a 1 (+1)'], 'only 0 and 1')
FROM (SELECT g, linear_train(2 * a, ARRAY[a], '{"feature_names": ["a"]}') AS model
	FROM (VALUES (1, ARRAY[0, 1, 1, 0]), (2, ARRAY[0, 1, 1, 1]),
	(3, ARRAY[0, 0.5, 0.5, 1]), (4, ARRAY[-1, 0, 1, 2])) AS r (g, values), unnest(values) AS a GROUP BY g ORDER BY g) AS m;
SELECT is(explain_text(logistic_train(i % 7 < 3 + 3 * (i % 2), ARRAY[i % 2], '{"feature_names": ["odd"]}', i % 5), ARRAY[0], 1),
	'not odd (-1)', 'rows without weight are no rows') FROM generate_series(1, 700) AS i;

-- ties, missing elements, no names, numbers
SELECT is(explain_text(linear_train(i % 7, ARRAY[0, i % 7]), ARRAY[1, 3], 2), '', 'the mean has no reasons')
FROM generate_series(1, 7) AS i;
SELECT is(explain_text(linear_train(a + b, ARRAY[a, b]), ARRAY[2, 2], 2), '1 2 (+1), 2 2 (+1)', 'ties go by element; numbers for names')
FROM generate_series(0, 2) AS a, generate_series(0, 2) AS b;
SELECT is(explain_text(linear_train(a * 1000.0 - b / 1000.0, ARRAY[a, b]), ARRAY[2, 2], 2), '1 2 (+1000), 2 2 (-0.001)', 'large and small')
FROM generate_series(0, 2) AS a, generate_series(0, 2) AS b;
SELECT matches(explain_text(tree_train(i % 9, ARRAY[nullif(i % 9, 0)], '{"feature_names": ["days"]}'), ARRAY[NULL]::float8[], 1),
	'^days missing \(-[0-9.]+\)$', 'a missing element') FROM generate_series(1, 900) AS i;
SET LOCAL lc_numeric = 'C';
SET LOCAL extra_float_digits = 0;
SELECT matches(explain_text(linear_train(a, ARRAY[a]), ARRAY[0.30000000000000004], 1), '^1 0.30000000000000004 \(-0.7\)$', 'exact values')
FROM generate_series(0, 2) AS a;
SELECT is(explain_text(model, x, NULL), NULL, 'NULL') FROM m, t WHERE i = 1 LIMIT 1;
SELECT throws_ok('SELECT explain_text(model, x, 0) FROM m, t', '22023', 'n is out of range: 0', 'no reasons wanted');

SELECT * FROM finish();
ROLLBACK;
