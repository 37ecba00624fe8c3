-- scaler, imputer, feature_quantiles: text, info, errors
\pset null NULL
CREATE TABLE visitor AS SELECT i, feature_vector(i, nullif(i % 3, 0), 7) AS v FROM generate_series(1, 6) AS i;
SELECT m, scaler_train(v, m) FROM visitor, unnest('{standard,minmax,maxabs,robust}'::text[]) AS m GROUP BY m ORDER BY m;
SELECT model_info(scaler_train(v, 'standard')) FROM visitor;
SELECT i, scale_features(model, v), unscale_features(model, scale_features(model, v))
FROM visitor, (SELECT scaler_train(v, 'minmax') AS model FROM visitor) AS t ORDER BY i;
SELECT imputer_train(v, 'mean', imputer_options(indicator => true, feature_names => '{a,b,c}')) FROM visitor;
SELECT i, impute_missing(model, v)
FROM visitor, (SELECT imputer_train(v, 'mean', '{"indicator": true}') AS model FROM visitor) AS t ORDER BY i;
SELECT feature_quantiles(v, '{0,0.5,1}') FROM visitor;
SELECT scaler_train(v, 'standart') FROM visitor;
SELECT scaler_train(v, NULL) FROM visitor;
SELECT scaler_train(v, m) FROM visitor, unnest('{standard,minmax}'::text[]) AS m;
SELECT imputer_train(v, 'mode') FROM visitor;
SELECT imputer_train(v, 'mean', '{"fill": 3}') FROM visitor;
SELECT imputer_train(v, 'mean', imputer_options(feature_names => '{a,b}')) FROM visitor;
SELECT feature_quantiles(v, '{0.5,1.5}') FROM visitor;
SELECT feature_quantiles(v, ARRAY['NaN'::float8]) FROM visitor;
SELECT scale_features(scaler_train(v, 'standard'), '[1,2]') FROM visitor;
SELECT impute_missing(scaler_train(v, 'standard'), '[1,2,3]') FROM visitor;
-- damage
SELECT regexp_replace(scaler_train(v, 'minmax')::text, '"scales": ?\[', '"scales": [0, ')::segment_model FROM visitor;
SELECT replace(scaler_train(v, 'minmax')::text, '"minmax"', '"maximum"')::segment_model FROM visitor;
DROP TABLE visitor;
