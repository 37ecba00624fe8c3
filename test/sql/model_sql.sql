-- model_sql: what it writes, and what it refuses.
CREATE TEMP TABLE visitor AS SELECT i, i % 7 AS days, i * 3 % 11 AS visits FROM generate_series(1, 60) AS i;
SELECT model_sql(linear_train(visits - 2 * days, ARRAY[days, visits],
	'{"feature_names": ["days", "Visits here"], "std_errors": "model", "l2": 1e99}')) FROM visitor;
SELECT model_sql(tree_train(visits, ARRAY[days, visits], '{"max_depth": 2, "min_leaf_rows": 12}'), '{days,visits}') FROM visitor;
SELECT model_sql(tree_train(visits, ARRAY[days, CASE WHEN visits > 3 THEN visits END], '{"max_leaves": 2}'), '{days,visits}')
	FROM visitor;
SELECT model_sql(imputer_train(ARRAY[days, nullif(visits, 3)], 'constant', '{"fill_value": -1.5, "indicator": true}'), '{days,visits}')
	FROM visitor;
SELECT model_sql(scaler_train(ARRAY[days, NULL], 'minmax'), '{days,visits}') FROM visitor;
SELECT model_sql(tier_train(days, 3), '{score}') FROM visitor;
SELECT model_sql(tier_train(days, 3), '{"user"}') FROM visitor;
SELECT model_sql(kmeans_train(ARRAY[days], 2, '{"standardize": false}'), '{days}') FROM visitor WHERE days IN (1, 3);
SELECT model_sql(NULL), model_sql(NULL, '{a}'), model_sql(tier_train(days, 3), NULL) FROM visitor;

SELECT model_sql(tier_train(days, 3)) FROM visitor;
SELECT model_sql(linear_train(visits, ARRAY[days, visits])) FROM visitor;
SELECT model_sql(linear_train(visits, ARRAY[days]), '{a,b}') FROM visitor;
SELECT model_sql(linear_train(visits, ARRAY[days, visits]), '{a}') FROM visitor;
SELECT model_sql(linear_train(visits, ARRAY[days, visits]), '{}') FROM visitor;
SELECT model_sql(linear_train(visits, ARRAY[days]), ARRAY[NULL]::text[]) FROM visitor;
SELECT model_sql(power_train(ARRAY[days], 'log1p'), '{days}') FROM visitor;
SELECT model_sql(kmeans_train(ARRAY[days], 2, '{"transform": "yeo_johnson"}'), '{days}') FROM visitor;
SELECT model_sql(pca_train(ARRAY[days, visits], 1), '{a,b}') FROM visitor;
SELECT model_sql(bgnbd_train(days, days, days + 1), '{a}') FROM visitor;
SELECT model_sql(kmeans_train(ARRAY[i::float8], 1001, '{"standardize": false, "max_iterations": 1}'), '{a}') 
	FROM generate_series(1, 1100) AS i;
SELECT model_sql(kmeans_train(array_fill(i::float8, ARRAY[999]), 30, '{"max_iterations": 1}'),
	ARRAY(SELECT 'a_rather_long_name_of_a_column_' || g FROM generate_series(1, 999) AS g)) FROM generate_series(1, 40) AS i;
