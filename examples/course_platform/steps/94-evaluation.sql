-- are the recommendations any good?
--
-- All of them learn from what was bought before the last month, and recommend ten
-- courses to every user who then bought more.  Precision: of the ten, how many were
-- bought; recall: of those bought, how many were among the ten; NDCG: how high they
-- ranked; coverage: how much of what is for sale is recommended to anybody.
-- Popularity is one list for all, which the others have to beat; ease and
-- als_implicit learn from who took what, rules from what is taken together, paths
-- from the order in which courses are taken.

CREATE TABLE trial AS
SELECT user_id,
	   array_agg(course_id ORDER BY bought_at, course_id) FILTER (WHERE bought_at < since) AS before,
	   array_agg(course_id) FILTER (WHERE bought_at >= since) AS after
FROM (SELECT user_id, course_id, min(paid_at) AS bought_at FROM payments GROUP BY user_id, course_id) AS p,
	 (SELECT as_of - interval '1 month' AS since FROM clock) AS c
GROUP BY user_id
HAVING min(bought_at) < min(since);

CREATE TABLE learned AS
SELECT cf_train(user_id, course_id, 1, cf_options('ease')) AS ease,
	   cf_train(user_id, course_id, 1, cf_options('als_implicit', factors => 32)) AS als,
	   -- knows no users, so recommends what is popular
	   cf_train(user_id, course_id, 1, cf_options('baseline')) AS popularity
FROM trial, unnest(before) AS course_id;

CREATE TABLE learned_in_order AS
SELECT itemset_train(before, itemset_options(min_support => 0.0005, max_length => 3)) AS rules,
	   frequent_sequence_train(before, frequent_sequence_options(min_support => 0.0005, max_length => 3)) AS paths
FROM trial;

CREATE TABLE recommended_list AS
SELECT by, user_id, before, after, recommended
FROM trial, learned, learned_in_order, LATERAL (VALUES
	('popularity', ARRAY(SELECT item_id FROM cf_recommend(popularity, NULL::bigint, before, 10) ORDER BY rank)),
	('als_implicit', ARRAY(SELECT item_id FROM cf_recommend(als, user_id, before, 10) ORDER BY rank)),
	('ease', ARRAY(SELECT item_id FROM cf_recommend(ease, user_id, before, 10) ORDER BY rank)),
	('association rules', ARRAY(SELECT item FROM rule_recommend(rules, before, 10) ORDER BY score DESC)),
	('paths', ARRAY(SELECT item FROM frequent_sequence_recommend(paths, before, 10) ORDER BY score DESC))
) AS r(by, recommended)
WHERE after IS NOT NULL;

SELECT by AS "recommended by", count(*) AS users,
	   round(100 * precision_at(10, recommended, after)::numeric, 1) AS "precision, %",
	   round(100 * recall_at(10, recommended, after)::numeric, 1) AS "recall, %",
	   round(ndcg_at(10, recommended, after)::numeric, 3) AS "NDCG",
	   round(100 * catalog_coverage(recommended, (SELECT count(*) FROM courses WHERE price > 0))::numeric) AS "coverage, %"
FROM recommended_list
GROUP BY by
ORDER BY "NDCG" DESC;
