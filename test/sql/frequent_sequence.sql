-- Frequent sequences: ordinary calls and every error
CREATE TEMP TABLE visits (user_id int, day int, course text);
INSERT INTO visits VALUES
	(1, 1, 'intro'), (1, 2, 'sql'), (1, 3, 'python'), (1, 4, 'statistics'),
	(2, 1, 'intro'), (2, 5, 'python'), (2, 7, 'statistics'),
	(3, 1, 'sql'), (3, 2, 'intro'), (3, 3, 'intro'),
	(4, 1, 'intro'), (4, 2, 'drawing'), (4, 3, 'python');
CREATE TEMP TABLE paths AS SELECT user_id, array_agg(course ORDER BY day) AS path FROM visits GROUP BY user_id;
CREATE TEMP TABLE model AS SELECT frequent_sequence_train(path, frequent_sequence_options(min_support => 0.5)) AS model FROM paths;

SELECT model_info(model) - 'version' FROM model;
SELECT f.* FROM model, frequent_sequences(model) AS f;
SELECT pg_typeof(items) FROM model, frequent_sequences(model, NULL::varchar) LIMIT 1;

-- directly adjacent; limited in length; all of them
SELECT string_agg(items::text || support_count, ' ' ORDER BY o) AS directly
FROM (SELECT frequent_sequence_train(path, frequent_sequence_options(min_support => 0.5, max_gap => 1)) AS m FROM paths) AS s,
	frequent_sequences(m) WITH ORDINALITY AS f(items, support_count, support, o);
SELECT max_gap, max_length, count(*), max(cardinality(items))
FROM generate_series(0, 3) AS max_gap, (VALUES (0), (1), (3)) AS l(max_length),
	LATERAL (SELECT frequent_sequence_train(path, frequent_sequence_options(0.25, max_length, max_gap)) AS m FROM paths) AS s,
	frequent_sequences(m)
GROUP BY 1, 2 ORDER BY 1, 2;

-- items may repeat; NULL items are ignored; empty paths count, NULL paths do not
SELECT items, support_count, support
FROM (SELECT frequent_sequence_train(path, '{"min_support": 0.4}') AS m
	  FROM (VALUES ('{1,1,2}'::int[]), ('{1,NULL,1}'), ('{}'), (NULL), ('{2,2,2}'), ('{-1}')) AS t(path)) AS s,
	frequent_sequences(m, NULL::int);

-- one model per group; a growing frame
SELECT g, model_info(m) -> 'sequence_count' AS sequences
FROM (SELECT user_id % 2 AS g, frequent_sequence_train(path) AS m FROM paths GROUP BY 1) AS s ORDER BY g;
SELECT user_id, model_info(frequent_sequence_train(path, '{"min_support": 0.5}') OVER (ORDER BY user_id)) -> 'sequence_count' AS sequences
FROM paths;

-- what comes next
SELECT i, r.item, round(score::numeric, 4) AS score, because
FROM model, (VALUES (1, '{intro}'::text[]), (2, '{intro,python}'), (3, '{sql,intro}'), (4, '{}'), (5, '{cooking}'),
	(6, '{intro,cooking,NULL}'), (7, '{python,intro}'), (8, NULL)) AS t(i, path),
	frequent_sequence_recommend(model, path, 2) AS r ORDER BY i, score DESC, item;

-- directly next: an unknown item keeps its place
SELECT i, r.item, round(score::numeric, 4) AS score, because
FROM (SELECT frequent_sequence_train(path, frequent_sequence_options(min_support => 0.5, max_gap => 1)) AS model FROM paths) AS m,
	(VALUES (1, '{intro,python}'::text[]), (2, '{python,cooking}'), (3, '{python,cooking,intro}')) AS t(i, path),
	frequent_sequence_recommend(model, path, 1) AS r ORDER BY i;

-- 7 and '7' are the same item
SELECT r.*, pg_typeof(item), pg_typeof(because)
FROM (SELECT frequent_sequence_train('{7,8,9}'::bigint[]) AS m) AS s, frequent_sequence_recommend(m, '{7}'::text[], 5) AS r;
SELECT r.*, pg_typeof(item)
FROM (SELECT frequent_sequence_train('{7,8,9}'::text[]) AS m) AS s, frequent_sequence_recommend(m, '{8}'::int[], 5) AS r;
SELECT r.* FROM (SELECT frequent_sequence_train('{7,beer}'::text[]) AS m) AS s, frequent_sequence_recommend(m, '{7}'::int[], 5) AS r;

-- long paths, and how long their sequences get
SELECT model_info(m) -> 'sequence_count' AS sequences, model_info(m) -> 'longest' AS longest
FROM (SELECT frequent_sequence_train(array_fill(1, '{5000}')) AS m) AS s;
SELECT frequent_sequence_train(ARRAY(SELECT generate_series(1, 10000)), '{"min_support": 0.1}');
SELECT model_info(frequent_sequence_train(ARRAY(SELECT generate_series(1, 10000)), '{"min_support": 0.1, "max_gap": 1, "max_length": 2}'))
	-> 'sequence_count' AS sequences;

-- no paths
SELECT model_info(frequent_sequence_train(path)) ->> 'rows_used' AS used,
	model_info(frequent_sequence_train(path)) ->> 'rows_skipped' AS skipped
FROM (VALUES ('{}'::int[]), ('{NULL}'), (NULL)) AS t(path);
SELECT frequent_sequence_train(NULL::int[]) IS NULL AS of_null,
	frequent_sequence_train('{1}'::int[]) FILTER (WHERE false) IS NULL AS of_no_row;
SELECT count(*) FROM (SELECT frequent_sequence_train('{}'::int[]) AS m) AS s, frequent_sequence_recommend(m, '{1}'::int[], 5);
SELECT frequent_sequences(NULL), frequent_sequences(NULL, 1);

SELECT frequent_sequence_train(path, '{"min_support": 0}') FROM paths;
SELECT frequent_sequence_train(path, '{"min_support": 2}') FROM paths;
SELECT frequent_sequence_train(path, '{"max_gap": -1}') FROM paths;
SELECT frequent_sequence_train(path, '{"max_gaps": 1}') FROM paths;
SELECT frequent_sequence_train(path, frequent_sequence_options(max_length => user_id)) FROM paths;
SELECT frequent_sequence_recommend(model, '{intro}'::text[], 0) FROM model;
SELECT frequent_sequence_recommend(model, '{intro}'::text[], -1) FROM model;
SELECT frequent_sequences(model, 1) FROM model;
SELECT frequent_sequences(itemset_train('{1}'::int[]));
SELECT frequent_sequence_recommend(itemset_train('{1}'::int[]), '{1}'::int[], 1);
SET segment.training_memory = '1MB';
SELECT frequent_sequence_train(ARRAY[i, i + 1]) FROM generate_series(1, 100000) AS i;
RESET segment.training_memory;

-- models from outside
CREATE FUNCTION changed(model segment_model, key text, value jsonb) RETURNS segment_model LANGUAGE sql
	RETURN (model::jsonb || jsonb_build_object('fingerprint', NULL, key, value))::text::segment_model;
SELECT changed(model, 'rows_used', '4') = model FROM model;
SELECT changed(model, 'node_parents', '[-1, 0, 2, 0, -1, 4, -1, -1]') FROM model;
SELECT changed(model, 'node_counts', '[4, 5, 2, 2, 3, 2, 2, 2]') FROM model;
SELECT changed(model, 'longest', '4') FROM model;
DROP FUNCTION changed;
