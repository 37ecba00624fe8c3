-- Frequent itemsets: ordinary calls and every error
CREATE TEMP TABLE baskets (id int, items text[]);
INSERT INTO baskets VALUES
	(1, '{python,sql}'), (2, '{sql,statistics}'), (3, '{drawing}'), (4, '{python,sql,statistics}'),
	(5, '{sql,sql,NULL}'), (6, '{}'), (7, NULL), (8, '{{python},{sql}}');
CREATE TEMP TABLE model AS SELECT itemset_train(items, itemset_options(min_support => 0.25)) AS model FROM baskets;

SELECT model_info(model) - 'version' FROM model;
SELECT items, support_count, round(support::numeric, 4) AS support FROM model, frequent_itemsets(model);
SELECT items[1], pg_typeof(items) FROM model, frequent_itemsets(model, NULL::varchar) LIMIT 1;

-- all sets, closed sets, maximal sets
SELECT target, string_agg(items::text || support_count, ' ' ORDER BY o) AS sets
FROM (VALUES ('all'), ('closed'), ('maximal')) AS t(target),
	LATERAL (SELECT itemset_train(items, itemset_options(min_support => 0.1, target => target)) AS m FROM baskets) AS s,
	frequent_itemsets(m) WITH ORDINALITY AS f(items, support_count, support, o)
GROUP BY target ORDER BY target;

-- limited number of items
SELECT max_length, count(*), max(cardinality(items))
FROM generate_series(0, 4) AS max_length,
	LATERAL (SELECT itemset_train(items, itemset_options(min_support => 0.1, max_length => max_length)) AS m FROM baskets) AS s,
	frequent_itemsets(m)
GROUP BY max_length ORDER BY max_length;

-- numbers, in numeric order; one model per group; a growing frame
CREATE TEMP TABLE orders AS
	SELECT i, i % 2 AS shop, ARRAY[i % 3 * 10, i % 4 + 7, -(i % 2)] AS items FROM generate_series(1, 24) AS i;
SELECT shop, items, support_count
FROM (SELECT shop, itemset_train(items, '{"min_support": 0.3}') AS m FROM orders GROUP BY shop) AS s, frequent_itemsets(m, NULL::int)
WHERE cardinality(items) > 1 ORDER BY shop, items;
SELECT i, model_info(itemset_train(items, '{"min_support": 0.5}') OVER (ORDER BY i)) -> 'set_count' AS sets FROM orders WHERE i <= 6;

-- by default: one basket in a hundred
SELECT count(*), min(support_count)
FROM (SELECT itemset_train(ARRAY[sqrt(i)::int]) AS m FROM generate_series(1, 1000) AS i) AS s, frequent_itemsets(m);

-- one basket, one item everywhere, nothing frequent, no baskets
SELECT items, support_count FROM (SELECT itemset_train('{b,a}'::text[], '{"min_support": 1}') AS m) AS s, frequent_itemsets(m);
SELECT items, support_count FROM (SELECT itemset_train('{7}'::int[]) AS m FROM generate_series(1, 5)) AS s, frequent_itemsets(m);
SELECT model_info(itemset_train(ARRAY[i], '{"min_support": 1}')) -> 'set_count' AS sets FROM generate_series(1, 5) AS i;
SELECT model_info(itemset_train(items)) ->> 'rows_used' AS used, model_info(itemset_train(items)) ->> 'rows_skipped' AS skipped
FROM (VALUES ('{}'::int[]), ('{NULL}'), (NULL)) AS t(items);
SELECT itemset_train(NULL::int[]) IS NULL AS of_null, itemset_train('{1}'::int[]) FILTER (WHERE false) IS NULL AS of_no_row;
SELECT frequent_itemsets(NULL), frequent_itemsets(NULL, 1);

-- a basket of 10,000 items
SELECT items, support_count
FROM (SELECT itemset_train(items, '{"min_support": 0.5}') AS m
	  FROM (VALUES ((SELECT array_agg(i) FROM generate_series(1, 10000) AS i)), ('{3,9}'), ('{9,10001}')) AS t(items)) AS s,
	frequent_itemsets(m, 0) ;
SELECT itemset_train(ARRAY(SELECT generate_series(1, 10000)), '{"min_support": 0.1}');
SELECT itemset_train(ARRAY(SELECT generate_series(1, 10000)), '{"min_support": 0.1, "algorithm": "fp_growth"}');
SELECT itemset_train(ARRAY(SELECT generate_series(1, 10000)), '{"min_support": 0.1, "algorithm": "apriori"}');
SELECT model_info(itemset_train(ARRAY(SELECT generate_series(1, 10000)), '{"min_support": 0.1, "target": "closed"}'))
	-> 'longest' AS longest;

-- memory limits
SET segment.training_memory = '1MB';
SELECT itemset_train(ARRAY[i, i + 1]) FROM generate_series(1, 100000) AS i;
SELECT itemset_train(ARRAY(SELECT generate_series(1, 1000)), '{"min_support": 0.1, "max_length": 2}');
SELECT itemset_train(ARRAY(SELECT j FROM generate_series(1, 150) AS j WHERE j <> i), '{"min_support": 0.001, "target": "closed"}')
FROM generate_series(1, 150) AS i;
RESET segment.training_memory;
SET segment.max_model_size = '1kB';
SELECT itemset_train(ARRAY[1, 2, 3, 4, 5, 6, 7], '{"min_support": 0.1}');
RESET segment.max_model_size;

SELECT itemset_train(items, '{"min_support": 0}') FROM baskets;
SELECT itemset_train(items, '{"min_support": 1.5}') FROM baskets;
SELECT itemset_train(items, '{"min_support": "1"}') FROM baskets;
SELECT itemset_train(items, '{"max_length": -1}') FROM baskets;
SELECT itemset_train(items, '{"target": "close"}') FROM baskets;
SELECT itemset_train(items, '{"algorithm": "fpgrowth"}') FROM baskets;
SELECT itemset_train(items, '{"min_supp": 1}') FROM baskets;
SELECT itemset_train(items, itemset_options(min_support => id / 10.0)) FROM baskets;
SELECT frequent_itemsets(model, 1) FROM model;
SELECT frequent_itemsets(tier_train(1, 2));
\set VERBOSITY terse
SELECT itemset_train_trans(NULL, '{1}'::int[]);
\set VERBOSITY default

-- from outside: inconsistent numbers
CREATE FUNCTION changed(model segment_model, key text, value jsonb) RETURNS segment_model LANGUAGE sql
	RETURN (model::jsonb || jsonb_build_object('fingerprint', NULL, key, value))::text::segment_model;
SELECT changed(model, 'rows_used', '7') = model FROM model;
SELECT changed(model, 'item_texts', '["sql", "python", "statistics"]') FROM model;
SELECT changed(model, 'node_parents', '[-1, 4, -1, 2, -1]') FROM model;
SELECT changed(model, 'node_parents', '[-1, 0, -1, 1, -1]') FROM model;
SELECT changed(model, 'node_counts', '[2, 3, 3, 3, 5]') FROM model;
SELECT changed(model, 'node_items', '[2, 1, 0, 3, 1]') FROM model;
SELECT changed(model, 'node_items', '[2, 1, 0, 4294967297, 1]') FROM model;
SELECT changed(model, 'longest', '3') FROM model;
DROP FUNCTION changed;
