-- Models that carry their preparation: what they say, and what is refused.
SET segment.progress = off;
CREATE TEMP TABLE visitor AS
	SELECT i, ARRAY[i % 7, CASE WHEN i % 5 > 0 THEN i * 3 % 11 END]::float8[] AS v, i % 3 = 0 AS left_us, i % 4 AS visits
	FROM generate_series(1, 60) AS i;
CREATE TEMP TABLE models AS
	SELECT logistic_train(left_us, v, regression_options(impute => 'mean', transform => 'log1p', scale => 'minmax',
		feature_names => '{days,visits}')) AS churn,
		kmeans_train(v, 2, kmeans_options(standardize => false, impute => 'constant', fill_value => 0, scale => 'maxabs')) AS groups,
		tree_train(visits, v, tree_options(impute => 'median', min_leaf_rows => 10)) AS tree,
		linear_train(visits, v, regression_options(impute => 'median')) AS visits
	FROM visitor;

-- what models say of it
SELECT key, value FROM models, jsonb_each(churn::jsonb) WHERE key ~ '^prepared' ORDER BY key;
SELECT key, value FROM models, jsonb_each(model_info(groups)) WHERE key ~ '^prepared' ORDER BY key;
SELECT model_info(tree) -> 'options' AS options, tree::jsonb -> 'prepared_fills' AS fills FROM models;
SELECT key, value FROM jsonb_each((SELECT linear_train(visits, ARRAY[i]) FROM visitor)::jsonb) WHERE key ~ '^prepared' ORDER BY key;

-- a missing element is what it was filled with, and is shown as it came
SELECT predict(churn, '{3,NULL}'::float8[]) = predict(churn, ARRAY[3, (churn::jsonb #>> '{prepared_fills,1}')::float8]) AS filled
	FROM models;
SELECT feature, value, contribution IS NOT NULL AS known FROM models, explain_prediction(churn, '{3,NULL}'::float8[]);
SELECT cluster, round(centroid[1]::numeric, 3) AS a, round(centroid[2]::numeric, 3) AS b FROM models, kmeans_clusters(groups);
SELECT kmeans_assign(groups, '{3,NULL}'::float8[]) = kmeans_assign(groups, '{3,0}'::float8[]) AS filled FROM models;

-- refused in training
SELECT kmeans_train(v, 2, '{"scale": "standard"}') FROM visitor;
SELECT kmeans_train(v, 2, '{"impute": "constant"}') FROM visitor;
SELECT kmeans_train(v, 2, '{"impute": "mean", "fill_value": 0}') FROM visitor;
SELECT kmeans_train(v, 2, '{"fill_value": 0}') FROM visitor;
SELECT kmeans_train(v, 2, '{"impute": "mode"}') FROM visitor;
SELECT kmeans_train(v, 2, '{"impute": true}') FROM visitor;
SELECT kmeans_train(v, 2, '{"impute": "constant", "fill_value": 1e999}') FROM visitor;
SELECT kmeans_train(v, 2, '{"transform": "log"}') FROM visitor;
SELECT kmeans_train(v, 2, '{"scale": "standardize"}') FROM visitor;
SELECT linear_train(visits, v, '{"impute": "mean", "scale": "standard", "offset": 1}') FROM visitor;
SELECT linear_train(visits, v, '{"impute": "mean", "transform": "log1p", "offset": 1}') FROM visitor;
SELECT tree_train(visits, v, '{"scale": "standard"}') FROM visitor;
SELECT boosting_train(visits, v, '{"transform": "log1p"}') FROM visitor;
SELECT cox_train(i, true, v, '{"impute": "mean"}') FROM visitor;
SELECT linear_train(visits, v, '{"scale": "standard"}') FROM visitor;
SELECT linear_train(visits, ARRAY[v[1] - 3], '{"transform": "log1p"}') FROM visitor;
SELECT linear_train(visits, ARRAY[v[1] - 3, CASE i % 2 WHEN 0 THEN '-1.7e308'::float8 ELSE '1.7e308' END], '{"scale": "minmax"}')
	FROM visitor;

-- a column without any value, one value, one row, no row
SELECT kmeans_train(ARRAY[i, NULL], 2,
	'{"impute": "mean", "scale": "standard", "standardize": false}')::jsonb -> 'prepared_fills' AS fills FROM visitor;
SELECT linear_train(visits, ARRAY[7], '{"transform": "yeo_johnson", "scale": "robust"}')::jsonb -> 'prepared_scales' AS scales
	FROM visitor;
SELECT linear_train(visits, v, '{"impute": "median", "scale": "standard"}')::jsonb -> 'prepared_centers' AS centers FROM visitor
	WHERE i = 1;
SELECT linear_train(visits, v, '{"impute": "median"}') FROM visitor WHERE i = 0;

-- refused in scoring
SELECT predict(churn, '{-1,2}'::float8[]) FROM models;
SELECT predict(churn, '{1,2,3}'::float8[]) FROM models;
SELECT predict(linear_train(visits, ARRAY[i], '{"scale": "standard"}'), '{NULL}'::float8[]) FROM visitor;

-- damaged
SELECT (churn::jsonb || '{"fingerprint": null, "prepared": 1}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "prepared_scales": [1, 0]}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "prepared_fills": [1, null]}')::text::segment_model FROM models;
SELECT (churn::jsonb || '{"fingerprint": null, "prepared_power": 3}')::text::segment_model FROM models;
SELECT (visits::jsonb || '{"fingerprint": null, "prepared": 0, "prepared_power": 1, "prepared_fills": [], "prepared_lambdas": [],
	"prepared_centers": [], "prepared_scales": []}')::text::segment_model FROM models;
