-- model_drift: what it shows, and its errors
\pset null NULL
CREATE TEMP TABLE drift_models AS
	SELECT logistic_train(i % 3 = 0, feature_vector(i % 8, 7, i), '{"feature_names": ["orders", "plan", "amount"], "l2": 1}') AS named,
		tree_train(i % 3 = 0, feature_vector(i % 8, 7, nullif(i % 4, 0))) AS numbered
	FROM generate_series(1, 64) AS i;
CREATE TEMP TABLE drift_days AS
	SELECT i % 2 AS day, feature_summary(feature_vector(i % 8 + 3.5, 7, 2 * i)) AS summary FROM generate_series(1, 64) AS i GROUP BY i % 2;
SELECT named::jsonb -> 'training_means' AS means, named::jsonb -> 'training_missing' AS missing,
	model_info(named) -> 'training_dim' AS dim FROM drift_models;
SELECT feature, training_mean, current_mean, round(shift::numeric, 6) AS shift, round(training_stddev::numeric, 6) AS training_stddev,
	round(stddev_ratio::numeric, 6) AS ratio, training_missing, current_missing
FROM drift_models, model_drift(named, (SELECT rollup(summary) FROM drift_days));
SELECT feature, training_mean, training_missing
FROM drift_models, model_drift(model => numbered, summary => (SELECT rollup(summary) FROM drift_days));
-- without FROM, and as parameters
SELECT (model_drift(named, (SELECT rollup(summary) FROM drift_days))).feature FROM drift_models;
PREPARE drift AS SELECT feature, current_mean FROM model_drift($1, $2);
EXECUTE drift(NULL, NULL);
DEALLOCATE drift;
SELECT count(*) FROM model_drift(NULL, NULL);
-- a model from elsewhere, without figures
SELECT model_drift(regexp_replace(regexp_replace(pca_train(ARRAY[i]::float8[], 1)::text, '"training_dim": 1, .*"training_missing": .0.',
	'"training_dim": 0, "training_means": [], "training_deviations": [], "training_missing": []'),
	'"fingerprint": "[0-9a-f]*"', '"fingerprint": null')::segment_model,
	feature_summary('[1]'::feature_vector)) FROM generate_series(1, 3) AS i;
-- errors
SELECT model_drift(named, feature_summary('[1,2]'::feature_vector)) FROM drift_models GROUP BY named;
SELECT model_drift(scaler_train('[1,2]'::feature_vector, 'standard'), feature_summary('[1,2]'::feature_vector));
SELECT model_drift(tier_train(i, 2), feature_summary('[1,2]'::feature_vector)) FROM generate_series(1, 9) AS i;
SELECT model_drift(named, (SELECT confusion_matrix('a', 'b'))) FROM drift_models;
DROP TABLE drift_models, drift_days;
