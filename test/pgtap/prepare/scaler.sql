-- scaler, imputer, feature_quantiles: scikit-learn's and numpy's numbers, and what holds for all of them.
BEGIN;
SELECT plan(48);

-- largest relative gap between two arrays with NULLs in the same places, so that no test prints a raw float
CREATE FUNCTION pg_temp.gap(got float8[], want float8[]) RETURNS float8
	LANGUAGE sql IMMUTABLE
	RETURN (SELECT max(CASE WHEN (g IS NULL) <> (w IS NULL) THEN 'Infinity'::float8 ELSE abs(g - w) / greatest(1, abs(w)) END)
			FROM unnest(got, want) AS t(g, w));

CREATE TEMP TABLE visitor AS
	SELECT i, ARRAY[i * 37 % 101 / 8.0, CASE WHEN i % 4 > 0 THEN 1e6 + i * 11 % 17 * 0.25 END, 0.1,
		(i * 29 % 83 - 41) ^ 3 / 1000.0]::float8[] AS a
	FROM generate_series(1, 200) AS i;
CREATE TEMP TABLE method AS SELECT m, scaler_train(a, m) AS model
	FROM visitor, unnest('{standard,minmax,maxabs,robust}'::text[]) AS m GROUP BY m;
CREATE TEMP TABLE strategy AS SELECT m, imputer_train(a, m, '{"fill_value": -1.5}') AS model,
		imputer_train(a, m, imputer_options(fill_value => -1.5, indicator => true)) AS marked
	FROM visitor, unnest('{mean,median,constant}'::text[]) AS m GROUP BY m;

-- numbers made by test/oracle/prepare.py
SELECT cmp_ok(greatest(pg_temp.gap(scale_features(model, v1.a)::float8[], row_1),
	pg_temp.gap(scale_features(model, v4.a)::float8[], row_4)),
	'<', 1e-9::float8, format('scikit-learn''s scaler: %s', m))
FROM (VALUES
	('standard', '{-0.453409110546287,0.6053301357798129,-6.938893903907228e-17,-0.06612184530007255}'::float8[],
		'{-0.1093961283412134,NULL,-6.938893903907228e-17,-0.020616579705202264}'::float8[]),
	('minmax', '{0.37,0.6875,0.0,0.4874639079525834}', '{0.47000000000000003,NULL,0.0,0.496285602356321}'),
	('maxabs', '{0.37,0.9999987500049999,1.0,-0.02507218409483321}', '{0.47,NULL,1.0,-0.007428795287357989}'),
	('robust', '{-0.25870646766169153,0.375,0.0,-0.09329446064139943}',
		'{-0.05970149253731343,NULL,0.0,-0.027642803153007236}')
) AS w(m, row_1, row_4) JOIN method USING (m), visitor AS v1, visitor AS v4 WHERE v1.i = 1 AND v4.i = 4;
SELECT cmp_ok(greatest(pg_temp.gap(impute_missing(model, a)::float8[], plain),
	pg_temp.gap(impute_missing(marked, a)::float8[], with_mark)),
	'<', 1e-9::float8, format('scikit-learn''s imputer: %s', m))
FROM (VALUES
	('mean', '{5.875,1000002.0083333333,0.1,-0.512}'::float8[], '{5.875,1000002.0083333333,0.1,-0.512,1.0}'::float8[]),
	('median', '{5.875,1000002.0,0.1,-0.512}', '{5.875,1000002.0,0.1,-0.512,1.0}'),
	('constant', '{5.875,-1.5,0.1,-0.512}', '{5.875,-1.5,0.1,-0.512,1.0}')
) AS w(m, plain, with_mark) JOIN strategy USING (m), visitor WHERE i = 4;
SELECT cmp_ok(pg_temp.gap(ARRAY(SELECT q FROM unnest((SELECT feature_quantiles(a, ARRAY[fraction]) FROM visitor)) AS q), wanted),
	'<', 1e-12::float8, format('numpy''s quantile %s', round(fraction::numeric, 2)))
FROM (VALUES
	(0, '{0.0,1000000.0,0.1,-68.921}'::float8[]),
	(0.05, '{0.625,1000000.0,0.1,-50.653}'),
	(0.3333333333333333, '{4.166666666666666,1000001.25,0.1,-2.197}'),
	(0.5, '{6.25,1000002.0,0.1,0.0}'),
	(0.9, '{11.2625,1000003.75,0.1,35.937}'),
	(1, '{12.5,1000004.0,0.1,68.921}')
) AS w(fraction, wanted);

-- against SQL
SELECT is(feature_quantiles(a, '{0.9,0.1}'), ARRAY[
	percentile_cont('{0.9,0.1}'::float8[]) WITHIN GROUP (ORDER BY a[1]),
	percentile_cont('{0.9,0.1}'::float8[]) WITHIN GROUP (ORDER BY a[2]),
	percentile_cont('{0.9,0.1}'::float8[]) WITHIN GROUP (ORDER BY a[3]),
	percentile_cont('{0.9,0.1}'::float8[]) WITHIN GROUP (ORDER BY a[4])], 'percentile_cont, in the order of the fractions') FROM visitor;

-- properties
SELECT cmp_ok(max(pg_temp.gap(unscale_features(model, scale_features(model, a))::float8[], a)), '<', 1e-14::float8,
	format('there and back: %s', m)) FROM method, visitor GROUP BY m ORDER BY m;
SELECT is(count(*) FILTER (WHERE missing_count(impute_missing(model, a)) > 0 OR dims(impute_missing(marked, a)) <> 5)::int, 0,
	format('nothing is missing afterwards: %s', m)) FROM strategy, visitor GROUP BY m ORDER BY m;
SELECT is(scaler_train(a, m ORDER BY i % 13, i), (SELECT model FROM method WHERE method.m = w.m),
	format('the same bits in any order: %s', m))
FROM visitor, unnest('{robust,standard}'::text[]) AS w(m) GROUP BY m ORDER BY m;
SELECT is(imputer_train(a::feature_vector, 'median', '{"fill_value": -1.5}'), (SELECT model FROM strategy WHERE m = 'median'),
	'an array is a vector') FROM visitor;
SELECT is(model::text::segment_model, model, 'the text gives the model back') FROM method WHERE m = 'robust';
SELECT is(marked::text::segment_model, marked, 'and that of an imputer') FROM strategy WHERE m = 'mean';
SELECT is(model_info(marked) -> 'options' -> 'indicator', 'true'::jsonb, 'options stand in the model') FROM strategy WHERE m = 'mean';

SELECT is(scaler_from_summary((SELECT feature_summary(a) FROM visitor), m), model, format('a summary makes the same scaler: %s', m))
FROM method WHERE m <> 'robust';
SELECT throws_ok($$SELECT scaler_from_summary(feature_summary(a), 'robust') FROM visitor$$, '0A000', NULL, 'a summary has no quartiles');
SELECT throws_ok($$SELECT scaler_from_summary(kaplan_meier(1, true), 'minmax')$$, '42804', NULL, 'a summary of another kind');

-- what is missing, constant or empty
SELECT is(scale_features(scaler_train(ARRAY[5, NULL, i]::float8[], 'standard'), '{7,1,NULL}'::float8[])::text, '[2,NULL,NULL]',
	'constant, unknown and missing elements') FROM generate_series(1, 3) AS i;
SELECT is(impute_missing(imputer_train(ARRAY[NULL, i]::float8[], 'mean'), '{NULL,NULL}'::float8[])::text, '[0,2]',
	'an element that no row has') FROM generate_series(1, 3) AS i;
SELECT is(num_nulls(scaler_train(NULL::float8[], 'minmax'), imputer_train(NULL::float8[], 'mean'),
	feature_quantiles(NULL::float8[], '{1}')), 3, 'no rows give NULL');

-- errors
PREPARE train AS SELECT scaler_train(a, $1) FROM visitor;
SELECT throws_ok('EXECUTE train(''standart'')', '22023', 'unrecognized method "standart"', 'an unknown method');
SELECT throws_ok('EXECUTE train(NULL)', '22004', 'method must not be null', 'no method');
SELECT throws_ok($$SELECT scaler_train(a, CASE WHEN i < 9 THEN 'minmax' ELSE 'maxabs' END) FROM visitor$$, '22023',
	'method must be the same for all rows', 'a method that changes');
SELECT throws_ok($$SELECT imputer_train(a, 'mode') FROM visitor$$, '22023', 'unrecognized strategy "mode"', 'an unknown strategy');
SELECT throws_ok($$SELECT imputer_train(a, 'mean', '{"indicators": true}') FROM visitor$$, '22023', 'unrecognized option "indicators"',
	'an unknown option');
SELECT throws_ok($$SELECT scale_features(model, '[1,2]') FROM method$$, '2202E', NULL, 'a vector that does not fit');
SELECT throws_ok($$SELECT impute_missing(model, '[1,2]') FROM method$$, '42804', NULL, 'a model of another kind');
SELECT throws_ok($$SELECT scaler_train(ARRAY[x], 'minmax') FROM unnest('{1.7e308,-1.7e308}'::float8[]) AS x$$, '22003',
	'values of element 1 are too large to compute with', 'a range beyond float8');
SELECT throws_ok($$SELECT feature_quantiles(a, '{0.5,1.5}') FROM visitor$$, '22023', 'fraction is out of range: 1.5',
	'a wrong fraction');
SELECT throws_ok($$SELECT feature_quantiles(a, '{}') FROM visitor$$, '22023', 'fractions must not be empty', 'no fractions');
SELECT throws_ok($$SELECT feature_quantiles(a, '{NULL}') FROM visitor$$, '22004', NULL, 'a NULL among them');
SELECT throws_ok($$SELECT feature_quantiles(a, ARRAY[i / 200.0]) FROM visitor$$, '22023', NULL, 'fractions that change');
SELECT throws_ok($$SELECT feature_quantiles(a, array_fill(0.5::float8, '{1001}')) FROM visitor$$, '54000', NULL,
	'too many');

SELECT * FROM finish();
ROLLBACK;
