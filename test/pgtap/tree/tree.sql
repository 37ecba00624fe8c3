-- Decision trees, forests and boosted trees against scikit-learn (test/oracle/tree.py), and
-- what must hold for every model.
BEGIN;
SELECT plan(52);

CREATE TEMP TABLE t AS
	SELECT i, x, x[1] / 10 + (x[2] > 3)::int * x[3] / 20 + i * 7919 % 1009 / 300.0::float8 + ln(i::float8) / 10 AS y,
		ARRAY[CASE WHEN i % 5 > 0 THEN x[1] END, x[2], CASE WHEN i % 7 > 0 THEN x[3] END] AS missing
	FROM generate_series(1, 2000) AS i, LATERAL (SELECT ARRAY[i * 37 % 61, i * 13 % 8, i * 11 % 97]::float8[] AS x) AS x;
ALTER TABLE t ADD c text;
UPDATE t SET c = CASE WHEN y > 8 THEN 'c' WHEN y > 5 THEN 'b' ELSE 'a' END;
CREATE TEMP TABLE o AS SELECT boosting_options(trees => 50, max_leaves => 15) AS o;

-- the largest distance of predictions for some rows from those of scikit-learn
CREATE FUNCTION pg_temp.distance(train text, verb text, want float8[]) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE result float8;
BEGIN
	EXECUTE format('SELECT max(abs(%s - w)) FROM (SELECT %s AS m FROM t, o) AS m, t
		JOIN unnest($1, ''{1,2,3,100,500,1000,2000}''::int[]) AS w (w, i) USING (i)', verb, train)
		INTO result USING want;
	RETURN result;
END $$;
SELECT cmp_ok(pg_temp.distance('tree_train(y, x, tree_options(max_depth => 4))', 'predict(m, x)',
	'{7.31223929253,3.5096357272,8.5530758077,7.31223929253,
	8.11895981772,5.88460595593,3.5096357272}'), '<', 1e-9::float8, 'scikit-learn: a tree of numbers');
SELECT cmp_ok(pg_temp.distance('tree_train(c, x, tree_options(max_depth => 4))',
	$$(SELECT probability FROM predict_probabilities(m, x) WHERE class = 'b')$$,
	'{0.774834437086,0.25,0.410714285714,0.774834437086,
	0.728813559322,0.745454545455,0}'), '<', 1e-9::float8, 'scikit-learn: a tree of classes');
SELECT cmp_ok(pg_temp.distance('boosting_train(y, x, o)', 'predict(m, x)',
	'{6.48512635679,3.90467735221,8.61573914138,7.81073540341,
	7.53159474963,5.70757141618,3.41397453035}'), '<', 1e-4::float8, 'scikit-learn: boosting of numbers');
SELECT cmp_ok(pg_temp.distance('boosting_train(y, missing, o)', 'predict(m, missing)',
	'{6.37974659321,3.87446535841,8.65596014827,6.45189273042,
	8.48118847224,5.55053853525,5.53915497084}'), '<', 1e-4::float8, 'scikit-learn: missing elements');
SELECT cmp_ok(pg_temp.distance($$boosting_train(y, x, o || '{"loss": "poisson"}')$$, 'predict(m, x)',
	'{6.45388805,3.88783207296,8.64342826159,7.75987008024,
	7.60581338629,5.61560558384,3.40551609707}'), '<', 1e-4::float8, 'scikit-learn: Poisson loss');
SELECT cmp_ok(pg_temp.distance($$boosting_train(y, x, o || '{"loss": "quantile", "quantile": 0.9}')$$, 'predict(m, x)',
	'{7.92012593116,5.31591379478,9.98071922425,9.03469345706,
	8.78938985385,6.93495844285,4.74238980006}'), '<', 0.2::float8, 'scikit-learn: a quantile, which it interpolates');
SELECT cmp_ok(pg_temp.distance($$boosting_train(y, x, o || '{"l2": 5, "max_depth": 3}')$$, 'predict(m, x)',
	'{6.76085726493,3.95956550036,8.72827972491,7.85172238078,
	7.53971041492,5.61711584733,3.51964025563}'), '<', 1e-4::float8, 'scikit-learn: l2 and a limit on depth');
SELECT cmp_ok(pg_temp.distance('boosting_train(y > 6, x, o)', 'predict(m, x)',
	'{0.765223830023,0.00887023507048,0.993427628843,0.943989551905,
	0.974650527994,0.361064454081,0.00762266269959}'), '<', 1e-4::float8, 'scikit-learn: boosting of a boolean');
SELECT cmp_ok(pg_temp.distance('boosting_train(c, x, o)',
	$$(SELECT probability FROM predict_probabilities(m, x) WHERE class = 'b')$$,
	'{0.938704073484,0.134650287273,0.354418287264,0.468936262771,
	0.591608051038,0.776381024162,0.00309105544867}'), '<', 1e-4::float8, 'scikit-learn: boosting of classes');
SELECT cmp_ok(pg_temp.distance('boosting_train(y, x, o, 1.0 + i % 3)', 'predict(m, x)',
	'{6.47856996858,3.84481918785,8.54435922291,7.68301044347,
	7.28096904812,5.62204969026,3.29423080783}'), '<', 1e-4::float8, 'scikit-learn: weights');

-- the same rows give the same model in any order
CREATE FUNCTION pg_temp.models(rows_in text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE result text;
BEGIN
	EXECUTE format('SELECT md5(concat(boosting_train(y, x), boosting_train(c, missing, ''{"row_share": 0.5, "trees": 20}'', 1.0 + i %% 3),
		forest_train(c, missing), forest_train(y, x, ''{"trees": 20}'', 1.0 + i %% 3), tree_train(y > 6, missing))) FROM (%s) AS t',
	rows_in)
		INTO result;
	RETURN result;
END $$;
SELECT is(pg_temp.models('SELECT * FROM t ORDER BY md5(i::text)'), pg_temp.models('SELECT * FROM t ORDER BY i'), 'any order of rows');
SELECT is(pg_temp.models('SELECT * FROM t ORDER BY c DESC, y'), pg_temp.models('SELECT * FROM t ORDER BY i'), 'any order of labels');

CREATE TEMP TABLE m AS
	SELECT name, model FROM (SELECT tree_train(c, missing) AS a, forest_train(c, missing, '{"trees": 10}') AS b,
			boosting_train(c, missing, '{"trees": 10}') AS c, tree_train(y, missing) AS d, forest_train(y, missing, '{"trees": 10}') AS e,
			boosting_train(y, missing, '{"trees": 10, "loss": "poisson"}') AS f, boosting_train(y > 6, missing, '{"trees": 10}') AS g,
			forest_train(y > 6, missing, '{"trees": 10}') AS h
		FROM t) AS s, unnest('{a,b,c,d,e,f,g,h}'::text[], ARRAY[a, b, c, d, e, f, g, h]) AS u (name, model);
SELECT ok(bool_and(model::text::segment_model = model), 'a model comes back from its text') FROM m;

-- contributions and base add up to the prediction on the link scale
SELECT cmp_ok(max(abs(s.score - e.total)), '<', 1e-9::float8, 'contributions add up')
FROM m, t, LATERAL (SELECT sum(contribution) AS total FROM explain_prediction(model, missing)) AS e,
	LATERAL (SELECT CASE name WHEN 'g' THEN ln(p / (1 - p)) WHEN 'f' THEN ln(p) ELSE p END AS score
		FROM (SELECT predict(model, missing) AS p) AS p) AS s
WHERE name IN ('d', 'e', 'f', 'g', 'h') AND i <= 100;
SELECT cmp_ok(max(abs(p.probability - e.total)), '<', 1e-9::float8, 'and of a forest of classes to the chance of each')
FROM m, t, predict_probabilities(model, missing) AS p,
	LATERAL (SELECT sum(contribution) AS total FROM explain_prediction(model, missing, p.class)) AS e
WHERE name IN ('a', 'b') AND i <= 100;
SELECT cmp_ok(max(abs(p.ratio - e.ratio)), '<', 1e-9::float8, 'and the scores of boosted classes are log chances but for a constant')
FROM m, t, LATERAL (SELECT ln(max(probability) FILTER (WHERE class = 'b') / max(probability) FILTER (WHERE class = 'a')) AS ratio
		FROM predict_probabilities(model, missing)) AS p,
	LATERAL (SELECT (SELECT sum(contribution) FROM explain_prediction(model, missing, 'b'))
		- (SELECT sum(contribution) FROM explain_prediction(model, missing, 'a')) AS ratio) AS e
WHERE name = 'c' AND i <= 100;
SELECT cmp_ok(max(abs(total - 1)), '<', 1e-12::float8, 'chances add up to 1')
FROM m, t, LATERAL (SELECT sum(probability) AS total FROM predict_probabilities(model, missing)) AS p
WHERE name IN ('a', 'b', 'c', 'g', 'h') AND i <= 200;

-- rules
SELECT cmp_ok(max(abs(total - 1)), '<', 1e-12::float8, 'the rules of a tree cover all rows')
FROM (SELECT name, tree, sum(share) AS total FROM m, tree_rules(model) GROUP BY name, tree) AS r;
CREATE FUNCTION pg_temp.mean_where(condition text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE result float8;
BEGIN
	EXECUTE 'SELECT avg(y) FROM t WHERE ' || condition INTO result;
	RETURN result;
END $$;
SELECT cmp_ok(max(abs(prediction - pg_temp.mean_where(replace(rule, 'v[', 'x[')))), '<', 1e-9::float8,
	'a tree predicts the mean label of the rows that its rule holds for')
FROM (SELECT tree_train(y, x, tree_options(max_depth => 3)) AS model FROM t) AS m, tree_rules(model);
SELECT cmp_ok(abs(sum(gain) - 1), '<', 1e-12::float8, 'gains add up to 1') FROM m, feature_importance(model) WHERE name = 'e';
SELECT is(sum(splits)::int, (SELECT (i ->> 'leaves')::int - (i ->> 'trees')::int FROM m, model_info(model) AS i WHERE name = 'e'),
	'splits are counted') FROM m, feature_importance(model) WHERE name = 'e';

-- an element that was never missing in training
SELECT is(round(predict(model, ARRAY[NULL, 1])::numeric, 9), 2.000000000, 'a missing element goes to the side with more rows')
FROM (SELECT tree_train(CASE WHEN i % 10 < 3 THEN 1 ELSE 2 END, ARRAY[i % 10, 1], tree_options(max_depth => 1))
	FROM generate_series(1, 100) AS i) AS m (model);

-- labels
SELECT is(model_info(boosting_train(i % 3, ARRAY[i], '{"trees": 1}')) ->> 'class_count', '0', 'an integer is a number')
FROM generate_series(1, 99) AS i;
SELECT is(model_info(boosting_train((i % 3)::numeric, ARRAY[i], '{"trees": 1}')) ->> 'class_count', '0', 'so is numeric')
FROM generate_series(1, 99) AS i;
SELECT is(model_info(boosting_train((i % 3)::text, ARRAY[i], '{"trees": 1}')) ->> 'class_count', '3', 'text is a class')
FROM generate_series(1, 99) AS i;
SELECT is(predict_class(forest_train(x, ARRAY[i, 7], '{"trees": 20, "min_leaf_rows": 1}'), ARRAY[3, 7]), '2026-01-01', 'a date is a class')
FROM generate_series(1, 200) AS i, LATERAL (SELECT date '2026-01-01' + i / 100 AS x) AS x;

-- bad rows
SELECT throws_ok('SELECT boosting_train(true, x) FROM t', '22000', 'gradient boosting needs labels that differ', 'one class');
SELECT is((SELECT forest_train(c, x, '{"when_too_few": "null"}') FROM t WHERE c = 'a'), NULL, 'when_too_few');
SELECT is((SELECT tree_train(y, x) FROM t WHERE false), NULL, 'no rows');
SELECT is((SELECT tree_train(NULL::float8, x) FROM t), NULL, 'labels are all NULL');
SELECT is(model_info(tree_train(CASE WHEN i > 9 THEN y END, x)) ->> 'rows_skipped', '9', 'rows without a label are counted') FROM t;
SELECT throws_ok('SELECT tree_train(''infinity''::float8, x) FROM t', '22003', 'label must be finite', 'an infinite label');
SELECT throws_ok('SELECT tree_train(''NaN''::float8, x) FROM t', '22003', 'label must be finite', 'NaN');
SELECT throws_ok('SELECT forest_train(1e200::float8, x) FROM t', '22023', NULL, 'a label that we cannot square');
SELECT throws_ok('SELECT forest_train(i, x, NULL, 1e300) FROM t', '22003', NULL, 'weights that we cannot add up');
SELECT throws_ok('SELECT boosting_train(-1, x, ''{"loss": "poisson"}'') FROM t', '22023', 'label is out of range: -1', 'a negative count');
SELECT throws_ok('SELECT boosting_train(c, x, ''{"loss": "poisson"}'') FROM t', '22023', NULL, 'a loss of numbers for classes');
SELECT throws_ok('SELECT boosting_train(y, x, ''{"class_weights": "balanced"}'') FROM t', '22023', NULL, 'weights of classes for numbers');
SELECT throws_ok('SELECT boosting_train(y, x, boosting_options(monotone => ''{1}'')) FROM t', '22023', NULL,
	'monotone needs a number per element');
SELECT throws_ok('SELECT boosting_train(y, x, boosting_options(monotone => ''{1,2,0}'')) FROM t', '22023', NULL, 'each -1, 0 or 1');
SELECT throws_ok('SELECT boosting_train(c, x, boosting_options(monotone => ''{1,1,0}'')) FROM t', '22023', NULL,
	'and no more than two classes');
SELECT throws_ok('SELECT forest_train(y, x, ''{"features_per_split": 4}'') FROM t', '22023',
	'option "features_per_split" is out of range: 4',
	'more features per split than features');
SELECT throws_ok('SELECT tree_train(i::text, x) FROM t', '54000', NULL, 'too many classes');
SELECT throws_ok('SELECT predict(model, ARRAY[1, 2]) FROM m WHERE name = $$d$$', '2202E', NULL, 'a row of another dimension');
SELECT throws_ok('SELECT predict(model, ARRAY[1, 2, 3]) FROM m WHERE name = $$a$$', '42804', NULL, 'a number from classes');
SELECT throws_ok('SELECT feature_importance(kmeans_train(x, 2)) FROM t', '42804',
	'expected a model of trees, got a k-means model', 'another model');
SET LOCAL segment.training_memory = '1MB';
SELECT throws_ok('SELECT boosting_train(y, x) FROM t, generate_series(1, 10)', '54000', NULL, 'more rows than memory');
RESET segment.training_memory;

-- constants, missing elements, one row
SELECT is(predict(model, ARRAY[NULL, 1]), 2.5::float8, 'nothing to learn from')
FROM (SELECT boosting_train(CASE WHEN i % 2 = 0 THEN 2 ELSE 3 END, ARRAY[NULL, 1]::float8[]) FROM generate_series(1,
	100) AS i) AS m (model);
SELECT is(predict(tree_train(3, ARRAY[1]), ARRAY[2]), 3::float8, 'one row');
SELECT is(predict(forest_train(3, ARRAY[1], '{"trees": 4}'), ARRAY[2]), 3::float8, 'a forest of one row');
SELECT is(predict(boosting_train(y, ARRAY[y], '{"trees": 5, "row_share": 0.01}'), ARRAY[2]), 3::float8,
	'a share in which no row is drawn') FROM (VALUES (2), (4)) AS t (y);
SELECT is(array_agg(DISTINCT predict(m, ARRAY[x])::text), '{1,2,3}', 'a leaf of one label predicts it')
FROM (SELECT tree_train(1 + i % 3, ARRAY[i % 3]) AS m FROM generate_series(1, 30001) AS i) AS t, generate_series(0, 2) AS x;

SELECT * FROM finish();
ROLLBACK;
