-- profile_weights_train: text, info, errors
\pset null NULL
CREATE TABLE learner AS SELECT i, feature_vector(i, i * i % 7, nullif(i % 4, 3), 5) AS v FROM generate_series(1, 12) AS i;
SELECT profile_weights_train(v, 'entropy', '{"missing": "worst", "directions": ["less", "more", "more", "more"]}') FROM learner;
SELECT model_info(profile_weights_regression_train(i, v,
	profile_weights_regression_options(missing => 'mean', feature_names => '{a,b,c,d}'))) FROM learner;
SELECT feature, round(weight::numeric, 6) AS weight, direction, minimum, maximum, round(missing_as::numeric, 6) AS missing_as,
	round(statistic::numeric, 6) AS statistic
FROM profile_weights((SELECT profile_weights_regression_train(i % 5, v,
	profile_weights_regression_options(missing => 'mean', feature_names => '{a,b,c,d}')) FROM learner));
SELECT profile_weights_train(v, 'pca') FROM learner;
SELECT profile_weights_train(v, 'pca', '{"feature_names": ["a", "b", "c", "d"]}') FROM learner;
SELECT profile_weights_train(v, 'topsis') FROM learner;
SELECT profile_weights_train(v, NULL::text) FROM learner;
SELECT profile_weights_train(v, 'entropy', '{"direction": ["more"]}') FROM learner;
SELECT profile_weights_train(v, 'entropy', '{"directions": ["more"]}') FROM learner;
SELECT profile_weights_train(v, 'entropy', '{"directions": ["more", "more", "up", "less"]}') FROM learner;
SELECT profile_weights_train(v, 'entropy', '{"missing": "zero"}') FROM learner;
SELECT profile_weights_regression_train(i, v, '{"missing": "worst"}') FROM learner;
SELECT profile_weights_regression_train(i, v, '{"directions": ["more", "more", "more", "less"]}') FROM learner;
SELECT profile_weights_regression_train(i, v, '{"missing": "mean"}') FROM learner WHERE i = 3;
SELECT profile_weights_regression_train(3, ARRAY[i]) FROM learner;
SELECT profile_weights_regression_train('Infinity', ARRAY[i]) FROM learner;
SELECT profile_weights_train(ARRAY[i, 2 * i], 'critic') FROM learner;
SELECT profile_weights_train(ARRAY[i * 1.7e308 - 3.4e308], 'entropy') FROM learner WHERE i IN (1, 3);
SELECT profile_weights_train(array_fill(i::float8, ARRAY[1001]), 'entropy') FROM learner;
SELECT profile_score(profile_weights_train(ARRAY[i, i % 3], 'pca'), '{1}'::float8[]) FROM learner;
SELECT profile_score(profile_weights_train(ARRAY[i, i % 3], 'pca'), '{1,NULL}'::float8[]) FROM learner;
SELECT profile_score(scaler_train(v, 'standard'), '[1,2,3,4]'::feature_vector), profile_score(NULL::segment_model, '[1]'::feature_vector)
FROM learner;
DROP TABLE learner;
