-- power_train: scikit-learn's transformation at the lambda of highest likelihood, and properties.
BEGIN;
SELECT plan(22);

-- largest relative gap between two arrays with NULLs in the same places, so that no test prints a raw float
CREATE FUNCTION pg_temp.gap(got float8[], want float8[]) RETURNS float8
	LANGUAGE sql IMMUTABLE
	RETURN (SELECT max(CASE WHEN (g IS NULL) <> (w IS NULL) THEN 'Infinity'::float8 ELSE abs(g - w) / greatest(1, abs(w)) END)
			FROM unnest(got, want) AS t(g, w));

CREATE TEMP TABLE visitor AS
	SELECT i, ARRAY[i * 37 % 101 / 8.0 * (i * 37 % 101), CASE WHEN i % 4 > 0 THEN i * 11 % 17 * 0.25 END,
		(i * 29 % 83 - 41) ^ 3 / 1000.0]::float8[] AS a
	FROM generate_series(1, 200) AS i;
CREATE TEMP TABLE trained AS
	SELECT power_train(a, 'yeo_johnson') AS model, power_train(a, 'yeo_johnson', '{"standardize": false}') AS plain
	FROM visitor;

-- numbers made by test/oracle/prepare.py
CREATE TEMP TABLE wanted (position, lambda, near, rows_1_4) AS VALUES
	(1, 0.349446619907967, 0.34944660431418006, '{-0.35262030734214056,-0.008132527970227238}'::float8[]),
	(2, 0.7465964313380187, 0.7465964315726801, '{0.6315532487459253,NULL}'),
	(3, 0.9988452623550623, 0.9988452538475795, '{-0.06412154237881028,-0.018576622060560894}');
SELECT cmp_ok(abs(l.lambda - w.lambda), '<', 1e-9::float8, format('the most likely lambda of element %s', position))
FROM trained, power_lambdas(model) AS l JOIN wanted AS w ON w.position::text = l.feature;
SELECT cmp_ok(abs(l.lambda - near), '<', 1e-5::float8, format('near that of scikit-learn: element %s', position))
FROM trained, power_lambdas(model) AS l JOIN wanted AS w ON w.position::text = l.feature;
SELECT cmp_ok(pg_temp.gap(ARRAY[(power_transform(model, v1.a))[position], (power_transform(model, v4.a))[position]], rows_1_4),
	'<', 1e-9::float8, format('scikit-learn''s transformation of element %s', position))
FROM trained, wanted, visitor AS v1, visitor AS v4 WHERE v1.i = 1 AND v4.i = 4;

SELECT cmp_ok(max(pg_temp.gap(power_inverse(model, power_transform(model, a))::float8[], a)), '<', 1e-11::float8, 'there and back')
FROM trained, visitor;
SELECT cmp_ok(max(greatest(abs(s.mean), abs(s.stddev * sqrt((s.count - 1.0) / s.count) - 1))), '<', 1e-14::float8, 'mean 0, deviation 1')
FROM feature_statistics((SELECT feature_summary(power_transform(model, a)) FROM trained, visitor)) AS s;
SELECT is((SELECT power_train(a, 'yeo_johnson' ORDER BY i % 13, i) FROM visitor), model, 'the same bits in any order') FROM trained;
SELECT is((SELECT power_train(a::feature_vector, 'yeo_johnson') FROM visitor), model, 'an array is a vector') FROM trained;
SELECT is(model::text::segment_model, model, 'the text gives the model back') FROM trained;
SELECT cmp_ok(pg_temp.gap(power_transform(power_train(ARRAY[i], 'log1p', '{"standardize": false}'), ARRAY[-0.5])::float8[],
	ARRAY[ln(0.5)]),
	'<', 1e-15::float8, 'log1p of a negative number') FROM generate_series(1, 5) AS i;
SELECT is(power_transform(power_train(ARRAY[5, NULL, i]::float8[], 'yeo_johnson'), '{5,1,NULL}'::float8[])::text, '[0,NULL,NULL]',
	'constant, unknown and missing elements') FROM generate_series(1, 3) AS i;
SELECT is(power_train(NULL::float8[], 'log1p'), NULL, 'no rows give NULL');

SELECT throws_ok($$SELECT power_train(a, 'box_cox') FROM visitor$$, '22023', 'unrecognized method "box_cox"', 'an unknown method');
SELECT throws_ok($$SELECT power_train(a, 'log1p') FROM visitor$$, '22003', 'log1p takes values above -1',
	'log1p at or below -1');
SELECT throws_ok($$SELECT power_train(ARRAY[x], 'yeo_johnson') FROM unnest('{1,1e200}'::float8[]) AS x$$, '22003',
	'values of element 1 are too large to compute with', 'squares beyond float8');
SELECT throws_ok($$SELECT power_inverse(plain, '{1e300,0,0}'::float8[]) FROM trained$$, '22003', 'original element 1 is out of range',
	'a number that no value becomes');
SELECT throws_ok($$SELECT power_inverse(model, '{1,2}'::float8[]) FROM trained$$, '2202E', NULL, 'a vector that does not fit');

SELECT * FROM finish();
ROLLBACK;
