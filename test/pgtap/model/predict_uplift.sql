-- predict_uplift: a difference of two predictions, of models that belong together.
BEGIN;
SELECT plan(28);
SET LOCAL client_min_messages = error;

-- a treatment that helps those who stayed away for long and harms those who did not
CREATE TABLE users AS
	SELECT i, treated, away, visits, feature_vector(away, visits) AS v,
		fold(i, 1000, 'outcome') <= 250 + 8 * visits - 3 * away + CASE WHEN treated THEN 10 * away - 100 ELSE 0 END AS yes,
		exp(0.02 * away + CASE WHEN treated THEN 0.1 * visits ELSE 0 END) * (1 + fold(i, 100, 'amount') / 100.0) AS amount
	FROM (SELECT i, fold(i, 2, 'arm') = 1 AS treated, fold(i, 30, 'away') AS away, fold(i, 11, 'visits') - 1 AS visits
		FROM generate_series(1, 16000) AS i) AS u;

-- every method, with what the models carry
CREATE FUNCTION pg_temp.trained(call text, where_ text) RETURNS segment_model LANGUAGE plpgsql AS $$
DECLARE
	result segment_model;
BEGIN
	EXECUTE format('SELECT %s FROM users WHERE i <= 4000 AND %s', call, where_) INTO result;
	RETURN result;
END $$;
CREATE TABLE models AS
	SELECT call, kind, pg_temp.trained(call, 'treated') AS treated, pg_temp.trained(call, 'NOT treated') AS control
	FROM (VALUES ('logistic_train(yes, v)', 'chance'),
		('logistic_train(yes, v, regression_options(l2 => 1, scale => ''standard'', feature_names => ''{away,visits}''))', 'chance'),
		('logistic_train(yes, v, regression_options(transform => ''log1p'', impute => ''mean''))', 'chance'),
		('linear_train(amount, v, regression_options(feature_names => ''{away,visits}''))', 'number'),
		('poisson_train(visits, v)', 'number'),
		('gamma_train(amount, v, regression_options(scale => ''minmax''))', 'number'),
		('tree_train(amount, v)', 'number'),
		('forest_train(yes, v, forest_options(trees => 20))', 'chance'),
		('boosting_train(yes, v, boosting_options(trees => 20))', 'chance')) AS c(call, kind);
SELECT is(count(*) FILTER (WHERE predict_uplift(t.treated, t.control, v) IS DISTINCT FROM predict(t.treated, v) - predict(t.control, v)
		OR predict_uplift(t.treated, t.control, ARRAY[away, visits]) IS DISTINCT FROM predict(t.treated, v) - predict(t.control, v)),
	0::bigint, 'the difference of ' || call)
FROM models AS t, (SELECT * FROM users WHERE i <= 300) AS u GROUP BY call;
SELECT is(count(*) FILTER (WHERE predict_uplift(a.treated, b.control, v) IS DISTINCT FROM predict(a.treated, v) - predict(b.control, v)),
	0::bigint, 'of two methods: ' || kind)
FROM models AS a JOIN models AS b USING (kind), (SELECT * FROM users WHERE i <= 20) AS u GROUP BY kind ORDER BY kind;
SELECT is(predict_uplift(m.treated, m.treated, v), 0::float8, 'a model and itself')
FROM models AS m, users WHERE i = 1 AND call = 'logistic_train(yes, v)';
SELECT is(count(*) FILTER (WHERE predict_uplift(m.treated, m.control, v) <> predict(m.treated, v) - predict(m.control, v)), 0::bigint,
	'other models for each row') FROM models AS m JOIN users AS u ON kind IN ('chance', 'number') AND i < 50;
SELECT is(num_nulls(predict_uplift(NULL, control, '{1,2}'), predict_uplift(treated, NULL, '{1,2}'),
	predict_uplift(treated, control, NULL::feature_vector)), 3, 'NULL for a NULL') FROM models WHERE kind = 'chance' LIMIT 1;
SELECT is(predict_uplift(treated, control, '{NULL,3}'), predict(treated, '{NULL,3}') - predict(control, '{NULL,3}'),
	'each model fills in what is missing') FROM models WHERE call ~ 'impute';

-- models that do not belong together
CREATE TABLE odd AS
	SELECT logistic_train(yes, v) AS plain, logistic_train(yes, v, '{"feature_names": ["away", "visits"]}') AS named,
		logistic_train(yes, v, '{"feature_names": ["visits", "away"]}') AS turned, logistic_train(yes, ARRAY[away]) AS shorter,
		linear_train(amount, v) AS number, softmax_train(visits % 3, v) AS classes, softmax_train(yes, v) AS two_classes,
		cox_train(amount, yes, v) AS cox, isolation_train(v) AS isolation, kmeans_train(v, 2) AS kmeans FROM users WHERE i <= 1000;
SELECT is(predict_uplift(named, plain, '{1,2}') = predict(named, '{1,2}') - predict(plain, '{1,2}'), true,
	'names cannot differ from none') FROM odd;
SELECT throws_ok('SELECT predict_uplift(named, turned, v) FROM odd, users', '22023', 'the models take different vectors', 'names differ');
SELECT throws_ok('SELECT predict_uplift(named, shorter, v) FROM odd, users', '2202E', 'the models take different vectors',
	'lengths differ');
SELECT throws_ok('SELECT predict_uplift(named, number, v) FROM odd, users', '42804', 'the models predict different outcomes',
	'a chance and a number');
SELECT throws_ok('SELECT predict_uplift(classes, classes, v) FROM odd, users', '42804',
	'a softmax regression model predicts a class, not a number',
	'other classes');
SELECT is(predict_uplift(two_classes, plain, v) = predict(two_classes, v) - predict(plain, v), true, 'classes false and true are a chance')
FROM odd, users WHERE i = 1;
SELECT throws_ok('SELECT predict_uplift(cox, cox, v) FROM odd, users', '42804', 'a Cox model gives no uplift', 'a hazard has no unit');
SELECT throws_ok('SELECT predict_uplift(plain, isolation, v) FROM odd, users', '42804', 'a model of outliers gives no uplift',
	'nor has a score');
SELECT throws_ok('SELECT predict_uplift(kmeans, plain, v) FROM odd, users', '42804', 'expected a supervised model, got a k-means model',
	'not supervised');
SELECT throws_ok('SELECT predict_uplift(plain, plain, ''{1,2,3}''::float8[]) FROM odd', '2202E',
	'vector does not fit the model', 'a longer vector');

-- cross-fitted, the score finds those whom the treatment moves; what it is judged on did not train it
CREATE TABLE scored AS
	WITH models AS (
		SELECT part, logistic_train(yes, v, regression_options(scale => 'standard')) FILTER (WHERE treated) AS treated_model,
			logistic_train(yes, v, regression_options(scale => 'standard')) FILTER (WHERE NOT treated) AS control_model
		FROM users JOIN generate_series(1, 5) AS part ON fold(i, 5) <> part GROUP BY part)
	SELECT users.*, predict_uplift(treated_model, control_model, v) AS uplift FROM users JOIN models ON part = fold(i, 5);
SELECT cmp_ok(qini_coefficient(treated, yes, uplift), '>', 0.9 * qini_coefficient(treated, yes, away), 'nearly as good as the true order')
FROM scored;
SELECT cmp_ok(abs(corr(uplift, (10 * away - 100) / 1000.0)), '>', 0.95::float8, 'what was planted') FROM scored;
SELECT is(ARRAY[bins[1].ci_low > 0, bins[3].ci_high < 0], '{t,t}', 'it helps the first and harms the last')
FROM (SELECT uplift_table(treated, yes, uplift, 3) AS bins FROM scored) AS t;

SELECT * FROM finish();
ROLLBACK;
