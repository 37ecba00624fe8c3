-- what to take next
--
-- How far off predicted stars are for held-back ratings.  Predicting the mean for
-- all is off by the first number; no model can get below 0.6, the random scatter of
-- the stars in the sample.  Then five courses to sell to one user, from what all
-- users took, each with the two of that user's own courses that speak most for it.

WITH rated AS MATERIALIZED (
	SELECT user_id, course_id, rating, NOT is_train(user_id || ' ' || course_id, 0.8) AS held_back FROM ratings),
trials AS MATERIALIZED (
	SELECT options ->> 'method' AS method, cf_train(user_id, course_id, rating, options) AS model
	FROM rated, unnest(ARRAY[cf_options('svd'), cf_options('baseline'), cf_options('item_knn')]) AS options
	WHERE NOT held_back
	GROUP BY options)
SELECT 'the mean of all' AS "predicted by", round(stddev_pop(rating), 2) AS "error in stars" FROM rated WHERE held_back
UNION ALL
SELECT method, round(sqrt(avg((cf_predict(model, user_id, course_id) - rating) ^ 2))::numeric, 2)
FROM trials, rated
WHERE held_back
GROUP BY method
ORDER BY 2 DESC;

CREATE TABLE recommender AS
SELECT cf_train(user_id, course_id, 1, cf_options('ease')) AS model FROM enrolments;

CREATE VIEW taken AS
SELECT user_id, array_agg(course_id ORDER BY enrolled_at, course_id) AS courses FROM enrolments GROUP BY user_id;

SELECT r.rank, c.title, c.topic, c.level, string_agg(own.title, ', ' ORDER BY why.similarity DESC) AS because
FROM recommender,
	 (SELECT * FROM taken WHERE cardinality(courses) = 5 ORDER BY user_id LIMIT 1) AS u,
	 cf_recommend(model, user_id, courses || ARRAY(SELECT course_id FROM courses WHERE price = 0), 5) AS r
	 JOIN courses AS c ON c.course_id = item_id,
	 LATERAL (SELECT * FROM cf_neighbours(model, user_id, item_id, NULL::bigint) ORDER BY similarity DESC LIMIT 2) AS why
	 JOIN courses AS own ON own.course_id = neighbour
GROUP BY r.rank, c.course_id
ORDER BY r.rank;
