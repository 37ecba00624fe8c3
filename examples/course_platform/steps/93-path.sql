-- the next course on the path
--
-- What users took, in its order: how many of those who took one course went on to
-- the other later.  Then what comes next for somebody who took the first course of
-- the most travelled path.

CREATE TABLE paths AS
SELECT sequence_train(courses, sequence_options(min_support => 0.002)) AS model
FROM taken;

CREATE TABLE steps AS
SELECT s.items, s.support_count, round(100.0 * s.support_count / first.support_count) AS share
FROM paths, frequent_sequences(model, NULL::bigint) AS s JOIN frequent_sequences(model, NULL::bigint) AS first ON first.items = s.items[:1]
WHERE cardinality(s.items) = 2;

SELECT a.title AS "after", b.title AS "came", b.level, support_count AS users, share AS "of those, %"
FROM steps JOIN courses AS a ON a.course_id = items[1] JOIN courses AS b ON b.course_id = items[2]
ORDER BY share DESC, users DESC
LIMIT 8;

SELECT c.title AS "next after the first course", c.level, round(100 * score::numeric) AS "chance, %"
FROM paths, (SELECT items[:1] AS path FROM steps ORDER BY share DESC, support_count DESC LIMIT 1) AS p,
	 sequence_recommend(model, path, 3)
	 JOIN courses AS c ON c.course_id = item
ORDER BY score DESC;
