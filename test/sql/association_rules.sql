-- Association rules: ordinary calls and every error
CREATE TEMP TABLE model AS
	SELECT itemset_train(items, '{"min_support": 0.15}') AS model
	FROM (VALUES ('{python,sql}'::text[]), ('{sql,statistics}'), ('{drawing}'), ('{python,sql,statistics}'),
		('{sql}'), ('{}')) AS t(items);

SELECT antecedent, consequent, round(support::numeric, 4) AS support, round(confidence::numeric, 4) AS confidence,
	round(lift::numeric, 4) AS lift, round(leverage::numeric, 4) AS leverage,
	CASE WHEN conviction < 'Infinity' THEN round(conviction::numeric, 4)::text ELSE conviction::text END AS conviction,
	round(coverage::numeric, 4) AS coverage, support_count
FROM model, association_rules(model, 0);
SELECT antecedent, consequent FROM model, association_rules(model, 0.6);
SELECT count(*) FROM model, association_rules(model, 0, 1.5);
SELECT count(*) FROM model, association_rules(model, 0, min_lift => 1.51);
SELECT pg_typeof(antecedent), pg_typeof(consequent) FROM model, association_rules(model, 0.6, 0, NULL::varchar) LIMIT 1;

-- an item that every basket has: no conviction
SELECT antecedent, consequent, confidence, lift, leverage, conviction
FROM (SELECT itemset_train(items) AS m FROM (VALUES ('{1,2}'::int[]), ('{2}')) AS t(items)) AS s, association_rules(m, 0, 0, 1);

-- what belongs in a basket
SELECT basket, r.* FROM model, (VALUES (1, '{python}'::text[]), (2, '{sql}'), (3, '{statistics,python,python}'), (4, '{drawing}'),
	(5, '{cooking,NULL,sql}'), (6, '{}'), (7, NULL), (8, '{sql,python,statistics,drawing}')) AS t(i, basket),
	rule_recommend(model, basket, 3) AS r ORDER BY i, score DESC, item;
SELECT r.* FROM model, rule_recommend(model, '{sql}'::text[], 1) AS r;
SELECT r.* FROM model, rule_recommend(model, '{sql}'::text[], 5, min_confidence => 0.6) AS r;
SELECT r.* FROM model, rule_recommend(model, '{python}'::text[], 5, 0.5, 1.5) AS r;

-- 7 and '7' are the same item
SELECT r.*, pg_typeof(item), pg_typeof(because)
FROM (SELECT itemset_train(items) AS m FROM (VALUES ('{7,8}'::bigint[]), ('{8,9}')) AS t(items)) AS s,
	rule_recommend(m, '{7}'::text[], 5) AS r;
SELECT r.*, pg_typeof(item)
FROM (SELECT itemset_train(items) AS m FROM (VALUES ('{7,8}'::text[]), ('{8,9}')) AS t(items)) AS s,
	rule_recommend(m, '{7}'::smallint[], 5) AS r;
SELECT r.* FROM (SELECT itemset_train(items) AS m FROM (VALUES ('{7,beer}'::text[])) AS t(items)) AS s,
	rule_recommend(m, '{7}'::int[], 5) AS r;
SELECT r.* FROM (SELECT itemset_train(items) AS m FROM (VALUES ('{7,70000}'::int[])) AS t(items)) AS s,
	rule_recommend(m, '{7}'::smallint[], 5) AS r;

-- no rules, no rows
SELECT count(*) FROM (SELECT itemset_train('{}'::int[]) AS m) AS s, association_rules(m, 0);
SELECT count(*) FROM (SELECT itemset_train('{}'::int[]) AS m) AS s, rule_recommend(m, '{1}'::int[], 5);
SELECT count(*) FROM model, association_rules(NULL, 0);
SELECT count(*) FROM model, association_rules(model, NULL);
SELECT count(*) FROM model, association_rules(model, 0, NULL, ''::text);

SELECT association_rules(model, 1.1) FROM model;
SELECT association_rules(model, 'NaN') FROM model;
SELECT association_rules(model, 0, -1) FROM model;
SELECT rule_recommend(model, '{sql}'::text[], 0) FROM model;
SELECT rule_recommend(model, '{sql}'::text[], -1) FROM model;
SELECT rule_recommend(model, '{sql}'::text[], 5, -0.5) FROM model;
SELECT rule_recommend(model, '{sql}'::text[], 5, 0.5, 'Infinity') FROM model;
SELECT association_rules(itemset_train('{1,2}'::int[], '{"target": "closed"}'), 0);
SELECT rule_recommend(itemset_train('{1,2}'::int[], '{"target": "maximal"}'), '{1}'::int[], 5);
SELECT association_rules(frequent_sequence_train('{1,2}'::int[]), 0);
SELECT rule_recommend(tier_train(1, 2), '{1}'::int[], 5);
SET segment.training_memory = '1MB';
SELECT count(*) FROM (SELECT itemset_train(ARRAY(SELECT generate_series(1, 15)), '{"min_support": 1}') AS m) AS s,
	association_rules(m, 0.1);
SELECT count(*) FROM (SELECT itemset_train(ARRAY(SELECT generate_series(1, 16)), '{"min_support": 1}') AS m) AS s,
	rule_recommend(m, '{1}'::int[], 5);
RESET segment.training_memory;

-- from outside: the numbers are consistent, but {2,3} is missing
SELECT association_rules('{"method": "itemset", "format": 1, "fingerprint": null, "rows_used": 9, "rows_skipped": 0, "min_count": 1,
	"item_count": 4, "set_count": 7, "longest": 3, "has_all": true, "id_numbers": 4, "id_texts": 0, "node_count": 7,
	"options": {}, "version": "0", "item_numbers": [1, 2, 3, 4], "item_texts": [], "item_counts": [5, 6, 7, 8],
	"node_items": [0, 1, 2, 2, 1, 2, 3], "node_counts": [5, 4, 3, 3, 6, 7, 8], "node_parents": [-1, 0, 1, 0, -1, -1, -1]}', 0);
