-- the next course on the path
--
-- Courses in the order in which users took them: how many of those who took one
-- later went on to the other.  Then what comes next for users who took the two
-- courses that most users took in this order.

CREATE TABLE paths AS
SELECT frequent_sequence_train(courses, frequent_sequence_options(min_support => 0.002)) AS model
FROM taken;

CREATE TABLE steps AS
SELECT s.items, s.support_count, round(100.0 * s.support_count / first.support_count) AS share
FROM paths, frequent_sequences(model, NULL::bigint) AS s JOIN frequent_sequences(model, NULL::bigint) AS first ON first.items = s.items[:1]
WHERE cardinality(s.items) = 2;

SELECT a.title AS "after", b.title AS "came", b.level, support_count AS users, share AS "of those, %"
FROM steps JOIN courses AS a ON a.course_id = items[1] JOIN courses AS b ON b.course_id = items[2]
ORDER BY share DESC, users DESC
LIMIT 8;

SELECT (SELECT string_agg(title, ', ' ORDER BY place) FROM unnest(path) WITH ORDINALITY AS p (course_id, place) JOIN courses USING (course_id)) AS "after",
	   c.title AS "comes", c.level, round(100 * score::numeric) AS "of those, %"
FROM paths, (SELECT items AS path FROM steps JOIN courses ON course_id = items[1] WHERE price > 0 ORDER BY support_count DESC LIMIT 1) AS p,
	 frequent_sequence_recommend(model, path, 3)
	 JOIN courses AS c ON c.course_id = item
WHERE because = path  -- the others follow only a part of the path
ORDER BY score DESC;
