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
