-- Isolation forests: ordinary calls, and the words of every error
CREATE TEMP TABLE users AS
	SELECT i, CASE WHEN i = 77 THEN 400 ELSE i * 37 % 61 END AS pages, i * 13 % 8 AS lessons,
		CASE WHEN i % 4 > 0 THEN i * 11 % 5 END AS rating
	FROM generate_series(1, 400) AS i;
CREATE TEMP TABLE models AS
	SELECT isolation_train(ARRAY[pages, lessons, rating], isolation_options(trees => 20, feature_names => '{pages,lessons,rating}')) AS m
	FROM users;

SELECT pg_typeof(m), model_method(m), jsonb_pretty(model_info(m) - 'version') FROM models;
SELECT i, pages, round(outlier_score(m, ARRAY[pages, lessons, rating])::numeric, 6) AS score
FROM users, models ORDER BY score DESC, i LIMIT 3;
SELECT outlier_score(m, ARRAY[9, 1, NULL]) = predict(m, feature_vector(9, 1, NULL)) AS same,
	outlier_score(m, NULL::float8[]) AS none FROM models;
SELECT feature, value, round(contribution::numeric, 6) AS contribution FROM models, explain_prediction(m, ARRAY[400, 1, NULL]);

-- every signature
SELECT count(DISTINCT m::text) AS one
FROM (SELECT isolation_train(ARRAY[pages, lessons]) AS a, isolation_train(feature_vector(pages, lessons)) AS b,
		isolation_train(feature_vector(pages, lessons), NULL) AS c,
		isolation_train(ARRAY[pages, lessons]::float8[], '{}') AS d
	FROM users) AS s, unnest(ARRAY[a, b, c, d]) AS m;

-- errors
SELECT isolation_train(ARRAY[pages], '{"trees": 0}') FROM users;
SELECT isolation_train(ARRAY[pages], '{"sample_size": 1}') FROM users;
SELECT isolation_train(ARRAY[pages], '{"max_depth": 33}') FROM users;
SELECT isolation_train(ARRAY[pages], '{"samples": 9}') FROM users;
SELECT isolation_train(CASE WHEN i < 9 THEN ARRAY[i] ELSE ARRAY[i, i] END) FROM users;
SELECT outlier_score(m, ARRAY[1, 2]) FROM models;
SELECT outlier_score(kmeans_train(ARRAY[pages], 2), ARRAY[1]) FROM users;
SELECT predict_class(m, ARRAY[1, 2, 3]) FROM models;
SELECT coefficients(m) FROM models;
SELECT tree_rules(m) FROM models;
SET segment.max_model_size = '8kB';
SELECT isolation_train(ARRAY[pages, lessons]) FROM users;
RESET segment.max_model_size;
