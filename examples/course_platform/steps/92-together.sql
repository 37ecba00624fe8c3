-- frequently bought together
--
-- Courses that many users have in common, and by how many users more than chance
-- would give.  Lift says how many times as often as any user somebody with the
-- first course has the second too.

CREATE TABLE bundles AS
SELECT itemset_train(courses, itemset_options(min_support => 0.002)) AS model
FROM taken;

SELECT (SELECT string_agg(title, ' + ' ORDER BY course_id) FROM courses WHERE course_id = ANY (antecedent)) AS "who has",
	   other.title AS "often has",
	   support_count AS users, round(leverage * (model_info(model) ->> 'rows_used')::int) AS "more than by chance",
	   round(100 * confidence::numeric) AS "of these, %", round(lift::numeric, 1) AS lift
FROM bundles, association_rules(model, min_confidence => 0.5, min_lift => 3, witness => NULL::bigint)
	 JOIN courses AS other ON other.course_id = consequent
ORDER BY leverage DESC, lift DESC
LIMIT 10;
