-- power_train: text, info, errors
\pset null NULL
CREATE TABLE visitor AS SELECT i, feature_vector(i * i, nullif(i % 3, 0) - 1, 7) AS v FROM generate_series(1, 6) AS i;
SELECT power_train(v, 'log1p', '{"standardize": false}') FROM visitor;
SELECT model_info(power_train(v, 'yeo_johnson')) FROM visitor;
SELECT feature, round(lambda::numeric, 6) AS lambda, round(center::numeric, 6) AS center, round(scale::numeric, 6) AS scale
FROM power_lambdas((SELECT power_train(v, 'yeo_johnson', '{"feature_names": ["a", "b", "c"]}') FROM visitor));
SELECT * FROM power_lambdas((SELECT power_train('{NULL,3}'::float8[], 'yeo_johnson')));
SELECT power_train(v, 'box_cox') FROM visitor;
SELECT power_train(v, NULL) FROM visitor;
SELECT power_train(v, 'log1p', '{"standardise": false}') FROM visitor;
SELECT power_train(v * -1, 'log1p') FROM visitor;
SELECT power_train(ARRAY[i, i * 1e200], 'yeo_johnson') FROM visitor;
SELECT power_transform(power_train(v, 'log1p'), '[1,-1,2]') FROM visitor;
SELECT power_inverse(power_train(v, 'log1p'), '[1e4,0,0]') FROM visitor;
SELECT power_transform(power_train(v, 'log1p'), '[1,2]') FROM visitor;
DROP TABLE visitor;
