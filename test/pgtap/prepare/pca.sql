-- pca_train: scikit-learn's components, and properties.
BEGIN;
SELECT plan(29);

-- largest relative gap between two arrays, so that no test prints a raw float
CREATE FUNCTION pg_temp.gap(got float8[], want float8[]) RETURNS float8
	LANGUAGE sql IMMUTABLE
	RETURN (SELECT max(abs(g - w) / greatest(1, abs(w))) FROM unnest(got, want) AS t(g, w));

CREATE TEMP TABLE visitor AS
	SELECT i, ARRAY[i * 37 % 101 / 8.0, 1e3 + i * 37 % 101 / 4.0 + i % 5, i * 11 % 17 * 0.25,
		(i * 29 % 83 - 41) / 10.0, i % 3]::float8[] AS a
	FROM generate_series(1, 200) AS i;
CREATE TEMP TABLE trained AS
	SELECT pca_train(a, 4) AS model, pca_train(a, 4, pca_options(whiten => true)) AS white, pca_train(a, 5) AS whole FROM visitor;

-- numbers made by test/oracle/prepare.py
CREATE TEMP TABLE wanted (component, variance, share, loadings, projected) AS VALUES
	(1, 67.20373160379454, 0.8901288183574562,
		'{0.43896886837152493,0.8984590698865748,0.0070215548873073,0.005214569703087372,-0.0010669437427433279}'::float8[],
		'{-4.583203857110131,0.9073625518898444,-0.559078099774292,0.11068382448883442}'::float8[]),
	(2, 5.753911611651635, 0.07621187725122584,
		'{0.016847651997719478,-0.014407011471806164,0.051754380724586796,0.9982335596973293,0.018969423091579993}',
		'{-1.1298716685292125,-0.8016958379292124,-0.47102886925753074,-0.3342166146353835}'),
	(3, 1.481464613464505, 0.01962233814032862,
		'{-0.004482276655631456,-0.0053450250798498305,0.9983300026835401,-0.05127280930416467,-0.025683548641489088}',
		'{0.824726953122577,0.5196348449713128,0.677586191490783,0.42692601986258116}'),
	(4, 0.665930290266703, 0.008820399228397443,
		'{0.01318667072921123,-0.005329471971221515,0.024684821426519076,-0.020570538428903308,0.9993824197890782}',
		'{0.03904754598118336,0.01181936782278797,0.04784971553332056,0.01448371143161267}');
SELECT cmp_ok(pg_temp.gap(ARRAY[c.variance, c.share], ARRAY[w.variance, w.share]), '<', 1e-12::float8,
	format('variance of component %s', component))
FROM trained, pca_components(model) AS c JOIN wanted AS w USING (component);
SELECT cmp_ok(pg_temp.gap(c.loadings::float8[], w.loadings), '<', 1e-9::float8, format('component %s', component))
FROM trained, pca_components(model) AS c JOIN wanted AS w USING (component);
SELECT cmp_ok(pg_temp.gap(ARRAY[(pca_project(model, v1.a))[component], (pca_project(model, v4.a))[component],
	(pca_project(white, v1.a))[component], (pca_project(white, v4.a))[component]], projected), '<', 1e-9::float8,
	format('projections on component %s', component))
FROM trained, wanted, visitor AS v1, visitor AS v4 WHERE v1.i = 1 AND v4.i = 4;

SELECT cmp_ok(max(abs(s.stddev - 1) + abs(s.mean)), '<', 1e-12::float8, 'whitened projections have mean 0 and deviation 1')
FROM feature_statistics((SELECT feature_summary(pca_project(white, a)) FROM trained, visitor)) AS s;
SELECT cmp_ok(max(CASE WHEN i <> j THEN abs(r[i][j]) ELSE 0 END), '<', 1e-12::float8, 'and no correlation')
FROM (SELECT correlation_matrix(pca_project(model, a)) AS r FROM trained, visitor) AS t,
	generate_series(1, 4) AS i, generate_series(1, 4) AS j;
SELECT cmp_ok(max(abs((v.a::feature_vector <-> w.a) - (pca_project(whole, v.a) <-> pca_project(whole, w.a)))), '<', 1e-10::float8,
	'all components keep distances') FROM trained, visitor AS v, visitor AS w WHERE w.i < 20;
SELECT cmp_ok(abs(sum(c.share) - 1), '<', 1e-14::float8, 'and have all of the variance') FROM trained, pca_components(whole) AS c;
SELECT is((SELECT pca_train(a, 4 ORDER BY i % 13, i) FROM visitor), model, 'the same bits in any order') FROM trained;
SELECT is((SELECT pca_train(a::feature_vector, 4) FROM visitor), model, 'an array is a vector') FROM trained;
SELECT is(model::text::segment_model, model, 'the text gives the model back') FROM trained;
SELECT is(pca_train(NULL::float8[], 1), NULL, 'no rows give NULL');
SELECT results_eq('SELECT component, variance, share FROM pca_components((SELECT pca_train(ARRAY[3, 4], 1)))',
	'VALUES (1, 0::float8, NULL::float8)', 'one row has no variance');

SELECT throws_ok('SELECT pca_train(a, 0) FROM visitor', '22023', 'n_components is out of range: 0', 'no components');
SELECT throws_ok('SELECT pca_train(a, 6) FROM visitor', '22023', 'n_components is out of range: 6', 'more than elements');
SELECT throws_ok('SELECT pca_train(a, NULL) FROM visitor', '22004', NULL, 'NULL components');
SELECT throws_ok('SELECT pca_train(a, 3) FROM visitor WHERE i < 3', '22000', NULL, 'fewer rows than components');
SELECT is(pca_train(a, 3, '{"when_too_few": "null"}'), NULL, 'or NULL, if you like') FROM visitor WHERE i < 3;
SELECT throws_ok($$SELECT pca_train('{1,NULL}'::float8[], 1)$$, '22004', NULL, 'missing elements');
SELECT throws_ok('SELECT pca_train(array_fill(i::float8, ''{1001}''), 1) FROM visitor', '54000', NULL, 'the limit');
SELECT throws_ok('SELECT pca_project(model, ''[1,2]'') FROM trained', '2202E', NULL, 'a vector that does not fit');

SELECT * FROM finish();
ROLLBACK;
