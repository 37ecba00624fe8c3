-- what to take next
--
-- From stars: how far predictions are from ratings that were held back, in stars;
-- chance alone makes 0.6 of it.  From what users took: one course of each user is
-- hidden, ten are recommended, and this often the hidden one is among them.  Last,
-- five courses for one user, each with the two of that user's own that speak for it.

CREATE TABLE rated AS
SELECT user_id, course_id, rating, (user_id * 7 + course_id) % 5 = 0 AS held_back FROM ratings;

WITH trials AS MATERIALIZED (
	SELECT options ->> 'method' AS method, cf_train(user_id, course_id, rating, options) AS model
	FROM rated, unnest(ARRAY[cf_options('svd'), cf_options('baseline'), cf_options('item_knn')]) AS options
	WHERE NOT held_back
	GROUP BY options)
SELECT method, (SELECT round(sqrt(avg((cf_predict(model, user_id, course_id) - rating) ^ 2))::numeric, 2)
				FROM rated WHERE held_back) AS "error in stars"
FROM trials
ORDER BY 2;

CREATE TABLE hidden AS
SELECT DISTINCT ON (user_id) user_id, course_id
FROM enrolments
WHERE user_id IN (SELECT user_id FROM enrolments GROUP BY user_id HAVING count(*) > 1)
ORDER BY user_id, course_id * 7919 % 163;

CREATE TABLE taken AS
SELECT user_id, course_id FROM enrolments EXCEPT SELECT user_id, course_id FROM hidden;

CREATE TABLE histories AS
SELECT h.user_id, h.course_id AS hidden, array_agg(t.course_id) AS seen
FROM hidden AS h JOIN taken AS t USING (user_id)
GROUP BY h.user_id, h.course_id;

-- a stranger is recommended what is popular
CREATE TABLE recommenders AS
SELECT CASE options ->> 'method' WHEN 'ease' THEN 'what others took' ELSE 'popularity' END AS name,
	   cf_train(user_id, course_id, 1, options) AS model
FROM taken, unnest(ARRAY[cf_options('ease'), cf_options('baseline')]) AS options
GROUP BY options;

SELECT name AS "recommended by",
	   (SELECT round(100 * avg((EXISTS (
			SELECT FROM cf_recommend(model, CASE name WHEN 'what others took' THEN user_id END, seen, 10)
			WHERE item_id = hidden))::int)) FROM histories) AS "found among ten, %"
FROM recommenders
ORDER BY 2 DESC;

SELECT r.rank, c.title, c.topic, string_agg(own.title, ', ' ORDER BY why.similarity DESC) AS because
FROM (SELECT user_id, array_agg(course_id) AS seen FROM taken GROUP BY user_id HAVING count(*) = 5 ORDER BY user_id LIMIT 1) AS u,
	 cf_recommend((SELECT model FROM recommenders WHERE name = 'what others took'), user_id, seen, 5) AS r,
	 courses AS c,
	 LATERAL (SELECT * FROM cf_neighbours((SELECT model FROM recommenders WHERE name = 'what others took'), u.user_id, r.item_id, NULL::bigint) LIMIT 2) AS why,
	 courses AS own
WHERE c.course_id = r.item_id AND own.course_id = why.neighbour
GROUP BY r.rank, c.title, c.topic
ORDER BY r.rank;
