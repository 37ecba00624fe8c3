-- Uplift: ordinary calls and every error
CREATE TEMP TABLE coupon (user_id int, treated boolean, ordered boolean, spent float8, score float8);
INSERT INTO coupon VALUES (1, true, true, 30, 9), (2, false, false, 0, 8), (3, true, true, 12, 8), (4, false, true, 25, 7),
	(5, true, false, 0, 6), (6, false, false, 0, 6), (7, true, true, 40, 5), (8, false, true, 35, 4), (9, true, false, 0, 3),
	(10, false, true, 18, 2), (11, NULL, true, 'NaN', 1), (12, true, NULL, NULL, 'NaN'), (13, true, true, 1, NULL);
SELECT bin, highest_score AS high, lowest_score AS low, mean_score AS mean, n_treated AS t, n_control AS c,
	round(mean_treated::numeric, 3) AS mean_t, round(mean_control::numeric, 3) AS mean_c, round(uplift::numeric, 3) AS uplift,
	round(ci_low::numeric, 3) AS ci_low, round(ci_high::numeric, 3) AS ci_high, round(uplift_so_far::numeric, 3) AS so_far,
	round(gain::numeric, 3) AS gain, round(qini::numeric, 3) AS qini
FROM (SELECT uplift_table(treated, ordered, score, 3) AS bins FROM coupon) AS t, unnest(bins);
SELECT bin, round(uplift::numeric, 3) AS uplift, round(ci_low::numeric, 3) AS ci_low, round(ci_high::numeric, 3) AS ci_high
FROM (SELECT uplift_table(treated, spent, score, 2, 0.8) AS bins FROM coupon WHERE score < 100) AS t, unnest(bins);
SELECT p.threshold, n_treated AS t, n_control AS c, round(qini::numeric, 3) AS qini, round(random_qini::numeric, 3) AS random_qini,
	round(gain::numeric, 3) AS gain
FROM (SELECT qini_curve(treated, ordered, score) AS points FROM coupon) AS t, unnest(points) AS p;
SELECT round(qini_coefficient(treated, ordered, score)::numeric, 6) AS coefficient,
	round(qini_area(treated, ordered, score)::numeric, 6) AS area,
	round(qini_area(treated, spent, score)::numeric, 6) AS area_of_spend
FROM coupon WHERE score < 100;
-- values of other types, and names
SELECT qini_area(i % 2 = 0, i % 3, i::numeric) = qini_area(i % 2 = 0, (i % 3)::real, i::smallint) AS equal,
	cardinality(uplift_table('t', i > 3, i, 2::smallint)) AS bins FROM generate_series(1, 9) AS i;
SELECT pg_typeof(uplift_table(treated, ordered, score, 3)), pg_typeof(qini_curve(treated, ordered, score)),
	pg_typeof(qini_area(treated, ordered, score)), (NULL::uplift_bin).gain, (NULL::qini_point).threshold FROM coupon;
-- nothing to measure
SELECT uplift_table(treated, ordered, score, 3) IS NULL AS bins, qini_curve(treated, ordered, score) IS NULL AS curve,
	qini_area(treated, ordered, score) IS NULL AS area, qini_coefficient(treated, ordered, score) IS NULL AS coefficient
FROM coupon WHERE false;
SELECT uplift_table(treated, ordered, NULL, 0) IS NULL AS no_score, qini_area(NULL, ordered, score) IS NULL AS no_arm FROM coupon;
SELECT uplift_table(true, ordered, score, 1) AS one_arm, qini_curve(true, ordered, score) IS NULL AS curve,
	qini_coefficient(false, ordered, score) IS NULL AS coefficient FROM coupon WHERE user_id < 4;
SELECT uplift_table(treated, 7, score, 1) AS constant FROM coupon WHERE user_id < 9;
SELECT round(((b).uplift / s)::numeric, 9) AS uplift, round(((b).ci_low / s)::numeric, 9) AS ci_low,
	round(((b).qini / s)::numeric, 9) AS qini
FROM (SELECT s, (uplift_table(treated, s * spent, s * score, 1))[1] AS b
	FROM coupon, (VALUES (1e-300::float8), (1e300)) AS t(s) WHERE user_id < 9 GROUP BY s) AS far ORDER BY s;

-- errors
SELECT uplift_table(treated, spent, 'Infinity', 3) FROM coupon;
SELECT uplift_table(true, spent, 1, 3) FROM coupon;
SELECT qini_curve(treated, true, score / 0.0000001 * 'NaN') FROM coupon;
SELECT qini_area(true, '-Infinity'::float8, score) FROM coupon;
SELECT qini_coefficient(true, true, score) FROM coupon;
SELECT uplift_table(treated, ordered, score, 0) FROM coupon;
SELECT uplift_table(treated, ordered, score, 10001) FROM coupon;
SELECT uplift_table(treated, ordered, score, 3000000000) FROM coupon;
SELECT uplift_table(treated, ordered, score, NULL) FROM coupon;
SELECT uplift_table(treated, ordered, score, user_id) FROM coupon;
SELECT uplift_table(treated, ordered, score, 3, 1) FROM coupon;
SELECT uplift_table(treated, ordered, score, 3, NULL) FROM coupon;
SELECT uplift_table(treated, ordered, score, 3, 'NaN') FROM coupon;
SELECT uplift_table(treated, ordered, score, 3, score / 10) FROM coupon;
SELECT uplift_table(i > 1, CASE WHEN i > 1 THEN 1.7e308 ELSE -1.7e308 END::float8, 1, 1) FROM generate_series(1, 2) AS i;
SELECT qini_curve(i > 1, CASE WHEN i > 1 THEN 1.7e308 ELSE -1.7e308 END::float8, 1) FROM generate_series(1, 2) AS i;
SET segment.training_memory = '1MB';
SELECT qini_area(i % 2 = 0, i % 3 = 0, i) FROM generate_series(1, 30000) AS i;
SELECT round(qini_area(i % 2 = 0, i % 3 = 0, i % 100)::numeric, 6) AS few_scores FROM generate_series(1, 90000) AS i;
RESET segment.training_memory;

-- uplift of a user, by two models
SET client_min_messages = error; -- what does not converge does not matter here
CREATE TEMP TABLE models AS
	SELECT logistic_train(ordered, v, regression_options(l2 => 1, feature_names => '{away,visits}')) FILTER (WHERE treated) AS treated,
		logistic_train(ordered, v, regression_options(l2 => 1, feature_names => '{away,visits}')) FILTER (WHERE NOT treated) AS control,
		logistic_train(ordered, v, regression_options(l2 => 1, feature_names => '{visits,away}')) AS turned,
		linear_train(away, v) AS number, linear_train(away, ARRAY[away]) AS shorter, isolation_train(v) AS isolation,
		cox_train(1 + away, ordered, ARRAY[away]) AS cox, kmeans_train(v, 1) AS kmeans, softmax_train(visits, v) AS classes
	FROM (SELECT i % 2 = 0 AS treated, i * 7 % 11 < 4 + i % 2 AS ordered, i % 5 AS away, i % 3 AS visits, ARRAY[i % 5, i % 3] AS v
		FROM generate_series(1, 200) AS i) AS u;
RESET client_min_messages;
SELECT round(predict_uplift(treated, control, '{1,2}'::float8[])::numeric, 6) AS of_array,
	round(predict_uplift(treated, control, feature_vector(1, 2))::numeric, 6) AS of_vector, predict_uplift(treated, NULL, '{1,2}') AS none
FROM models;
SELECT predict_uplift(treated, control, '{1,2,3}') FROM models;
SELECT predict_uplift(treated, control, '{1,NULL}') FROM models;
SELECT predict_uplift(treated, control, '{1,Infinity}') FROM models;
SELECT predict_uplift(treated, turned, '{1,2}') FROM models;
SELECT predict_uplift(treated, number, '{1,2}') FROM models;
SELECT predict_uplift(number, shorter, '{1,2}') FROM models;
SELECT predict_uplift(classes, classes, '{1,2}') FROM models;
SELECT predict_uplift(cox, cox, '{1}') FROM models;
SELECT predict_uplift(isolation, isolation, '{1,2}') FROM models;
SELECT predict_uplift(kmeans, kmeans, '{1,2}') FROM models;
SELECT predict_uplift(a, b, '{1.5e168}') FROM
	(SELECT linear_train(1e140 * i, ARRAY[i]) AS a, linear_train(-1e140 * i, ARRAY[i]) AS b
		FROM (VALUES (0::float8), (1), (0.5)) AS t(i)) AS m;
