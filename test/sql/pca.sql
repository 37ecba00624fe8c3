-- pca_train: text, info, errors
\pset null NULL
CREATE TABLE visitor AS SELECT i, feature_vector(i, 0, 0) AS v FROM generate_series(1, 3) AS i;
SELECT pca_train(v, 1, pca_options(feature_names => '{a,b,c}')) FROM visitor;
SELECT model_info(pca_train(v, 1)) FROM visitor;
SELECT * FROM pca_components((SELECT pca_train(v, 1) FROM visitor));
SELECT i, pca_project(model, v) FROM visitor, (SELECT pca_train(v, 1) AS model FROM visitor) AS t ORDER BY i;
SELECT pca_train(v, 4) FROM visitor;
SELECT pca_train(v, 0) FROM visitor;
SELECT pca_train(v, NULL) FROM visitor;
SELECT pca_train(v, i) FROM visitor;
SELECT pca_train(v, 3) FROM visitor WHERE i < 3;
SELECT pca_train(v, 2, '{"whitening": true}') FROM visitor;
SELECT pca_train('[1,NULL]'::feature_vector, 1);
SELECT pca_project(pca_train(v, 1), '[1,2]') FROM visitor;
-- damage
SELECT replace(pca_train(v, 1)::text, '"components": [[1,', '"components": [[0.5,')::segment_model FROM visitor;
DROP TABLE visitor;
