-- Metrics of predictions: ordinary calls and every error
CREATE TEMP TABLE churn (user_id int, churned boolean, probability float8, spend float8, predicted_spend float8, weight float8);
INSERT INTO churn VALUES (1, true, 0.9, 10, 12, 1), (2, false, 0.2, 20, 19, 2), (3, true, 0.4, 5, 9, 1), (4, false, 0.6, 40, 30, 0),
	(5, false, 0.1, 30, NULL, 1), (6, NULL, 0.5, 30, 30, 1), (7, true, NULL, NULL, 30, NULL);
SELECT c.* FROM (SELECT confusion_matrix(churned, probability >= 0.5) AS m FROM churn) AS t, confusion_cells(m) AS c;
SELECT class, average, round(precision::numeric, 4) AS precision, round(recall::numeric, 4) AS recall, round(f1::numeric, 4) AS f1, support
FROM (SELECT confusion_matrix(churned, probability >= 0.5) AS m FROM churn) AS t, classification_report(m);
SELECT confusion_matrix('a'::text, 'b'), confusion_matrix('b'::text, 'b') = confusion_matrix('b'::text, 'b') AS equal;
SELECT model_info(confusion_matrix(churned, probability >= 0.5)) FROM churn;
SELECT round(mae(spend, predicted_spend)::numeric, 6) AS mae, round(mae(spend, predicted_spend, weight)::numeric, 6) AS weighted_mae,
	round(rmse(spend, predicted_spend)::numeric, 6) AS rmse, round(r2(spend, predicted_spend)::numeric, 6) AS r2,
	round(log_loss(churned, probability)::numeric, 6) AS log_loss, round(brier_score(churned, probability)::numeric, 6) AS brier_score
FROM churn;
-- values of other types
SELECT mae(1, 2.5), rmse(1::smallint, 2::real), r2(a, a::numeric), log_loss(true, 1) < 1e-15 AS log_loss, brier_score('t', '0.5')
FROM generate_series(1, 3) AS a;
-- nothing to measure
SELECT mae(spend, spend) IS NULL AS mae, rmse(spend, spend) IS NULL AS rmse, r2(spend, spend) IS NULL AS r2,
	log_loss(churned, probability) IS NULL AS log_loss, brier_score(churned, probability) IS NULL AS brier_score,
	confusion_matrix(churned, churned) IS NULL AS matrix FROM churn WHERE false;
SELECT mae(spend, spend, 0) IS NULL AS weightless, log_loss(NULL, 0.5) IS NULL AS unknown FROM churn;

-- errors
SELECT log_loss(churned, 1.2) FROM churn;
SELECT brier_score(churned, -1e-9) FROM churn;
SELECT log_loss(churned, 'NaN') FROM churn;
SELECT brier_score(churned, 'Infinity') FROM churn;
SELECT mae(spend, 'NaN') FROM churn;
SELECT rmse('-Infinity', spend) FROM churn;
SELECT r2(spend, 'Infinity') FROM churn;
SELECT rmse(1e200, -1e200) FROM churn;
SELECT r2(spend * 1e200, spend) FROM churn;
SELECT mae(spend, spend, -1) FROM churn;
SELECT log_loss(churned, probability, 'Infinity') FROM churn;
SELECT r2(spend, spend, 'NaN') FROM churn;
SELECT confusion_cells(kaplan_meier(spend, true)) FROM churn;
SELECT classification_report(tier_transition(1, 2));
\set VERBOSITY terse
SELECT confusion_matrix(1, true);
\set VERBOSITY default

-- ranked scores
CREATE TEMP TABLE ranked (churned boolean, score float8);
INSERT INTO ranked VALUES (true, 5), (false, 4), (true, 4), (true, 3), (false, 2), (false, 1), (NULL, 'NaN'), (true, NULL);
SELECT round(roc_auc(churned, score)::numeric, 6) AS auc, round(average_precision(churned, score)::numeric, 6) AS average_precision
FROM ranked;
SELECT round(auc::numeric, 6) AS auc, round(std_error::numeric, 6) AS std_error, round(ci_low::numeric, 6) AS ci_low, ci_high
FROM (SELECT (roc_auc_interval(churned, score)).* FROM ranked) AS t;
SELECT p.threshold, round(false_positive_rate::numeric, 4) AS fpr, round(true_positive_rate::numeric, 4) AS tpr
FROM (SELECT roc_curve(churned, score) AS curve FROM ranked) AS t, unnest(curve) AS p;
SELECT costs.*, (best_threshold(churned, score, fp, fn)).* FROM ranked, (VALUES (1, 1), (1, 5), (5, 1), (0, 0)) AS costs(fp, fn)
GROUP BY fp, fn ORDER BY fp, fn;
SELECT bin, highest_score, lowest_score, users, round(positives::numeric, 4) AS positives, round(rate::numeric, 4) AS rate,
	round(lift::numeric, 4) AS lift, round(lift_so_far::numeric, 4) AS lift_so_far, round(gain::numeric, 4) AS gain
FROM (SELECT lift_table(churned, score, 3) AS bins FROM ranked) AS t, unnest(bins);
SELECT bin, low, high, users, mean_probability, rate
FROM (SELECT calibration_table(churned, score / 10, 2) AS bins FROM ranked) AS t, unnest(bins);
SELECT bin, low, high, users, round(mean_probability::numeric, 4) AS mean, rate
FROM (SELECT calibration_table(churned, score / 10, 2, 'quantile') AS bins FROM ranked) AS t, unnest(bins);
SELECT pg_typeof(roc_auc_interval(churned, score)), pg_typeof(roc_curve(churned, score)),
	pg_typeof(best_threshold(churned, score, 1, 1)), pg_typeof(lift_table(churned, score, 3)), pg_typeof(calibration_table(churned, 1, 3))
FROM ranked WHERE score < 9;
SELECT (NULL::roc_auc_result).auc, (NULL::roc_point).threshold, (NULL::lift_bin).gain, (NULL::calibration_bin).rate;
-- one label, one row of a label, no rows
SELECT roc_auc(true, score) IS NULL AS auc, roc_curve(false, score) IS NULL AS curve,
	average_precision(false, score) IS NULL AS precision,
	(best_threshold(true, score, 1, 2)).*, (best_threshold(false, score, 1, 2)).threshold AS none FROM ranked WHERE score < 9;
SELECT roc_auc_interval(churned, score) FROM ranked WHERE score IN (1, 5);
SELECT roc_auc(churned, score) IS NULL AS auc, roc_auc_interval(churned, score) IS NULL AS interval,
	roc_curve(churned, score) IS NULL AS curve, lift_table(churned, score, 3) IS NULL AS lift,
	calibration_table(churned, score, 3) IS NULL AS calibration, best_threshold(churned, score, 1, 1) IS NULL AS threshold
FROM ranked WHERE false;
-- errors
SELECT roc_auc(true, score) FROM ranked;
SELECT roc_curve(true, '-Infinity') FROM ranked;
SELECT lift_table(true, score, 3) FROM ranked;
SELECT roc_auc_interval(churned, score, 1) FROM ranked;
SELECT roc_auc_interval(churned, score, NULL) FROM ranked;
SELECT roc_auc_interval(churned, score, score / 10) FROM ranked;
SELECT best_threshold(churned, score, -1, 1) FROM ranked;
SELECT best_threshold(churned, score, 1, 'Infinity') FROM ranked;
SELECT best_threshold(churned, score, 1, NULL) FROM ranked;
SELECT best_threshold(churned, score, score, 1) FROM ranked;
SELECT best_threshold(churned, 7, 1e308, 1e308) FROM ranked;
SELECT lift_table(churned, score, 0) FROM ranked;
SELECT lift_table(churned, score, 10001) FROM ranked;
SELECT lift_table(churned, score, NULL) FROM ranked;
SELECT lift_table(churned, score, score::int) FROM ranked;
SELECT calibration_table(churned, score, 10) FROM ranked;
SELECT calibration_table(churned, 0.5, 10, 'even') FROM ranked;
SELECT calibration_table(churned, 0.5, 3000000000) FROM ranked;

-- calibration
CREATE TEMP TABLE calibrated AS
	SELECT calibrate_train(churned, score) AS platt, calibrate_train(churned, score, calibrate_options('isotonic')) AS isotonic
	FROM ranked WHERE score < 9;
SELECT model_info(platt) - '{version,slope,intercept,log_loss}'::text[] AS platt,
	model_info(isotonic) - '{version,log_loss}'::text[] AS isotonic FROM calibrated;
SELECT x, round(calibrate(platt, x)::numeric, 6) AS platt, calibrate(isotonic, x) AS isotonic
FROM calibrated, unnest('{-1,1,2.5,3,3.5,4,4.5,5,1e300,NULL}'::float8[]) AS x;
-- equal scores, tiny, huge and far from zero
SELECT x, round(calibrate(m, x)::numeric, 6) AS rate, (m::jsonb ->> 'slope')::float8 AS slope
FROM (SELECT x, calibrate_train(i < 3, x) AS m FROM unnest('{0,7,-1e300}'::float8[]) AS x, generate_series(1, 6) AS i GROUP BY x) AS t
ORDER BY x;
SELECT s, round(calibrate(m, 2 * s + o)::numeric, 9) AS at_2, round(calibrate(i, 2.5 * s + o)::numeric, 9) AS isotonic
FROM (SELECT s, o, calibrate_train(x % 3 = 0, x * s + o) AS m, calibrate_train(x % 3 = 0, x * s + o, '{"method": "isotonic"}') AS i
	FROM (VALUES (1::float8, 0::float8), (1e-300, 0), (1e300, 0), (1, 1e6)) AS t(s, o), generate_series(1, 9) AS x GROUP BY s, o) AS t
ORDER BY s, at_2;
SELECT calibrate_train(true, 1) FROM ranked;
SELECT calibrate_train(i > 5, 1) FROM generate_series(1, 5) AS i;
SELECT calibrate_train(i > 5, 1, '{"when_too_few": "null"}') IS NULL AS excused FROM generate_series(1, 5) AS i;
SELECT calibrate_train(NULL, 1) IS NULL AS unlabeled, calibrate_train(churned, score, '{}', 0) IS NULL AS weightless FROM ranked;
SELECT calibrate_train(true, score) FROM ranked;
SELECT calibrate_train(churned, score, '{"method": "sigmoid"}') FROM ranked WHERE score < 9;
SELECT calibrate_train(churned, score, '{"kind": "platt"}') FROM ranked WHERE score < 9;
SELECT calibrate_train(churned, score, '{}', -1) FROM ranked WHERE score < 9;
SELECT calibrate_train(churned, score, '{}', 1e308) FROM ranked WHERE score < 9;
SELECT calibrate(platt, 'NaN') FROM calibrated;
SELECT calibrate(isotonic, '-Infinity') FROM calibrated;
SELECT calibrate(tier_train(score, 2), 1) FROM ranked WHERE score < 9;
SET segment.training_memory = '1MB';
SELECT calibrate_train(i % 2 = 0, i) FROM generate_series(1, 20000) AS i;
RESET segment.training_memory;
-- damaged models
SELECT replace(isotonic::text, '"scores": [1,', '"scores": [7,')::segment_model FROM calibrated;
SELECT replace(platt::text, '"positives": 3', '"positives": 6')::segment_model FROM calibrated;
-- conformal prediction
CREATE TEMP TABLE conformal AS
	SELECT conformal_train(i * i % 17, i % 7) AS numbers, conformal_train(i * i % 17, i % 7, conformal_options(0.8, 'signed')) AS signed,
		conformal_classes_train(i / 20.0, conformal_options(0.8)) AS classes
	FROM generate_series(1, 19) AS i;
SELECT model_info(numbers) - 'version' AS numbers, model_info(classes) - 'version' AS classes FROM conformal;
SELECT predict_interval(numbers, 10) AS numbers, predict_interval(signed, 10) AS signed, predict_interval(signed, NULL) AS unknown,
	(predict_interval(numbers, 1.7e308)).low > 1e308 AS large FROM conformal;
SELECT pg_typeof(predict_interval(numbers, 10)), ROW(1, 2)::prediction_interval FROM conformal;
SELECT predict_set_includes(classes, 0.2) AS likely, predict_set_includes(classes, 0.19999) AS unlikely,
	predict_set_includes(classes, NULL) AS unknown FROM conformal;
SELECT conformal_train(1, NULL) IS NULL AS nothing, conformal_classes_train(NULL) IS NULL AS nothing;
SELECT conformal_train(i, 0) FROM generate_series(1, 8) AS i;
SELECT conformal_train(i, 0, '{"coverage": 0.99, "method": "signed"}') FROM generate_series(1, 198) AS i;
SELECT conformal_classes_train(0.5, '{"coverage": 0.5}') IS NOT NULL AS one, conformal_classes_train(0.5) FROM generate_series(1, 1) AS i;
SELECT conformal_train(1, 'NaN');
SELECT conformal_train('Infinity', 1);
SELECT conformal_train(1.7e308, -1.7e308);
SELECT conformal_classes_train(1.5);
SELECT conformal_train(1, 1, '{"coverage": 1}');
SELECT conformal_classes_train(1, conformal_options(method => 'signed'));
SELECT predict_interval(classes, 1) FROM conformal;
SELECT predict_set_includes(numbers, 1) FROM conformal;
SELECT predict_interval(numbers, 'NaN') FROM conformal;
SELECT predict_set_includes(classes, -0.1) FROM conformal;
SELECT predict_interval(platt, 1) FROM calibrated;
SELECT replace(classes::text, '"high": 1', '"high": 2')::segment_model FROM conformal;
-- drift
SELECT round(population_stability(i % 2 = 0, i + 20 * (1 - i % 2), 5)::numeric, 6) AS moved,
	population_stability(i % 2 = 0, 1, 5) AS equal, population_stability(true, i, 5) IS NULL AS nothing
FROM generate_series(1, 100) AS i;
SELECT population_stability(true, 'Infinity', 5);
SELECT population_stability(true, 1, 0);
SELECT population_stability(true, 1, NULL);
SELECT population_stability(true, 1, i) FROM generate_series(1, 2) AS i;
-- damaged states
SELECT mean_loss_final('\x00');
-- a state as a machine of little-endian byte order has it
CREATE FUNCTION pg_temp.float_state(kind text, numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
	SELECT reverse(kind)::bytea || string_agg(substring(float8send(x) FROM b FOR 1), '' ORDER BY n, b DESC)
	FROM unnest(numbers) WITH ORDINALITY AS t (x, n), generate_series(1, 8) AS b
$$;
SELECT mean_loss_final(pg_temp.float_state('LOSS', '{2,2,0,3,0}')) AS sound,
	rmse_final(pg_temp.float_state('LOSS', '{2,2,0,8,0}')) AS root;
SELECT mean_loss_final(pg_temp.float_state('LOSS', '{0.5,2,0,3,0}'));
SELECT mean_loss_final(pg_temp.float_state('LOSS', '{2,0,0,3,0}'));
SELECT mean_loss_final(pg_temp.float_state('LOSS', '{2,1,0,NaN,0}'));
SELECT r2_final(pg_temp.float_state('LOSS', '{2,2,0,3,0}'));
SELECT r2_final(pg_temp.float_state('R2OF', '{2,2,0,3,0,5,0,1,0,1,2}')) AS sound;
SELECT r2_combine(pg_temp.float_state('R2OF', '{2,2,0,3,0,5,0,1,0,1,2}'), pg_temp.float_state('R2OF', '{-2,2,0,3,0,5,0,1,0,1,2}'));
SELECT mean_loss_combine(NULL, NULL) IS NULL AS nothing, mean_loss_combine(NULL, s) = s AS second, mean_loss_combine(s, NULL) = s AS first
FROM (VALUES (pg_temp.float_state('LOSS', '{2,2,0,3,0}'))) AS t(s);

-- weights that add up to more than a number holds
SELECT log_loss(true, 0.5, w) FROM (VALUES (1e308), (1e308)) AS t (w);
SELECT r2(y, 0, w) FROM (VALUES (1, 1e308), (2, 1e308)) AS t (y, w);
