-- Frequent sequences against SQL's own counting.
BEGIN;
SELECT plan(25);

-- 1200 paths of up to 7 of 12 courses; courses may repeat
CREATE TABLE paths AS
	SELECT i AS user_id, array_agg((i * 7919 % 97 + j * j * (i % 11)) % (4 + i % 9) ORDER BY j) AS path
	FROM generate_series(1, 1200) AS i, generate_series(1, 1 + i % 7) AS j GROUP BY i;
ANALYZE paths;
CREATE TEMP TABLE models AS
	SELECT max_gap, frequent_sequence_train(path, frequent_sequence_options(min_support => 0.02, max_gap => max_gap)) AS model
	FROM paths, generate_series(0, 2) AS max_gap GROUP BY max_gap;
CREATE TEMP TABLE sequences AS SELECT max_gap, f.* FROM models, frequent_sequences(model, NULL::int) WITH ORDINALITY AS f;

-- items, pairs and triples, counted by self-joins on position
CREATE TEMP TABLE place AS SELECT user_id, item, o FROM paths, unnest(path) WITH ORDINALITY AS u(item, o);
SELECT is_empty($$
	WITH counted AS (
		SELECT max_gap, ARRAY[item] AS items, count(DISTINCT user_id) AS n FROM place, generate_series(0, 2) AS max_gap GROUP BY 1, 2
		UNION ALL SELECT max_gap, ARRAY[a.item, b.item], count(DISTINCT user_id)
		FROM generate_series(0, 2) AS max_gap, place AS a JOIN place AS b USING (user_id)
			WHERE a.o < b.o AND (max_gap = 0 OR b.o - a.o <= max_gap) GROUP BY 1, 2
		UNION ALL SELECT max_gap, ARRAY[a.item, b.item, c.item], count(DISTINCT user_id)
			FROM generate_series(0, 2) AS max_gap, place AS a JOIN place AS b USING (user_id) JOIN place AS c USING (user_id)
			WHERE a.o < b.o AND b.o < c.o AND (max_gap = 0 OR (b.o - a.o <= max_gap AND c.o - b.o <= max_gap)) GROUP BY 1, 2),
	want AS (SELECT max_gap, items, n FROM counted WHERE n >= 24),
	got AS (SELECT max_gap, items, support_count FROM sequences WHERE cardinality(items) <= 3)
	(TABLE want EXCEPT TABLE got) UNION ALL (TABLE got EXCEPT TABLE want)
$$, 'sequences of up to three agree with self-joins');
SELECT cmp_ok(max(cardinality(items)), '>', 3, 'there are longer ones') FROM sequences;
SELECT is_empty($$
	SELECT max_gap, items FROM sequences WHERE max_gap = 0 AND cardinality(items) > 3 AND support_count <> (
		SELECT count(*) FROM paths WHERE array_to_string(path, ',', '') || ',' ~ ('(^|,)' || array_to_string(items, '(,|,.*,)') || ','))
$$, 'support counts agree with regular expressions');
SELECT is_empty($$
	SELECT max_gap, items FROM sequences WHERE max_gap = 1 AND support_count <> (
		SELECT count(*) FROM paths WHERE ',' || array_to_string(path, ',') || ',' LIKE '%,' || array_to_string(items, ',') || ',%')
$$, 'with a gap of one the items are adjacent');
SELECT is_empty($$ SELECT items FROM sequences WHERE support <> support_count / 1200.0::float8 $$, 'support is the share of all rows');
SELECT is_empty($$
	SELECT o FROM (SELECT max_gap, ordinality AS o, items, support_count, lag(items) OVER w AS before, lag(support_count) OVER w AS count
		FROM sequences WINDOW w AS (PARTITION BY max_gap ORDER BY ordinality)) AS f
	WHERE (cardinality(before), -count, before) >= (cardinality(items), -support_count, items)
$$, 'shorter ones first, then more frequent ones, then by items');
SELECT is(count(*), (SELECT count(*) FROM sequences WHERE max_gap = 0 AND cardinality(items) <= 2), 'at most two items')
FROM (SELECT frequent_sequence_train(path, frequent_sequence_options(min_support => 0.02, max_length => 2)) AS m FROM paths) AS s,
	frequent_sequences(m);

-- the same bits in any order and plan, in windows and groups, and after a round trip
SELECT is(frequent_sequence_train(path, frequent_sequence_options(min_support => 0.02) ORDER BY user_id * 7919 % 4001),
	(SELECT model FROM models WHERE max_gap = 0), 'another order gives the same model') FROM paths;
SELECT ok(bool_and(model::text::segment_model = model), 'text reads back to the same model') FROM models;
SELECT is_empty($$
	SELECT user_id FROM (SELECT user_id,
		frequent_sequence_train(path, '{"min_support": 0.2, "max_gap": 2}') OVER (ORDER BY user_id) AS running
	FROM paths WHERE user_id <= 30) AS w
	WHERE running <> (SELECT frequent_sequence_train(path, '{"min_support": 0.2, "max_gap": 2}') FROM paths WHERE user_id <= w.user_id)
$$, 'as a window function over a growing frame');
SELECT results_eq(
	$$ SELECT user_id % 3, frequent_sequence_train(path) FROM paths GROUP BY 1 ORDER BY 1 $$,
	$$ SELECT j, (SELECT frequent_sequence_train(path) FROM paths WHERE user_id % 3 = j) FROM generate_series(0, 2) AS j $$,
	'a model for each group');
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(frequent_sequence_train(path, frequent_sequence_options(min_support => 0.02)), (SELECT model FROM models WHERE max_gap = 0),
	'over a parallel scan') FROM paths;

-- what comes next, by definition: the longest end of the path that is a frequent
-- sequence, the share of its paths that go on, and 0.4 for each step back
CREATE FUNCTION pg_temp.by_hand(gap int, path int[], n int) RETURNS TABLE (item int, score float8, because int[]) LANGUAGE sql AS $$
	WITH ending AS (
		SELECT k, path[cardinality(path) - k + 1:] AS items, coalesce(support_count, 1200) AS count
		FROM generate_series(0, cardinality(path)) AS k
			LEFT JOIN sequences AS s ON max_gap = gap AND s.items = path[cardinality(path) - k + 1:]
		WHERE k = 0 OR support_count IS NOT NULL),
	longest AS (SELECT max(k) AS most FROM ending),
	known AS (
		SELECT DISTINCT ON (next) next, e.k, e.items, 0.4 ^ (most - e.k)::float8 * (s.support_count::float8 / e.count) AS score
		FROM longest, ending AS e JOIN sequences AS s ON max_gap = gap AND cardinality(s.items) = e.k + 1 AND s.items[:e.k] = e.items,
			LATERAL (SELECT s.items[e.k + 1] AS next) AS l
		WHERE next <> ALL (path) ORDER BY next, e.k DESC)
	SELECT next, score, items FROM known ORDER BY round(score::numeric, 12) DESC, k DESC, next LIMIT n
$$;
SELECT is_empty(format($q$
	SELECT user_id, g, w FROM paths, models,
		LATERAL (SELECT array_agg((item, round(score::numeric, 12), because)::text) AS g
			FROM frequent_sequence_recommend(model, path, %2$s)) AS got,
		LATERAL (SELECT array_agg((item, round(score::numeric, 12), because)::text) AS w FROM pg_temp.by_hand(%1$s, path, %2$s)) AS want
	WHERE max_gap = %1$s AND user_id %% 10 = 0 AND g IS DISTINCT FROM w
$q$, gap, n), format('gap %s, the best %s', gap, n))
FROM (VALUES (0, 1), (0, 100), (1, 3)) AS t(gap, n);
SELECT results_eq(
	$$ SELECT item::int, score, because::int[] FROM models, frequent_sequence_recommend(model, '{3,4}'::text[], 4) WHERE max_gap = 0 $$,
	$$ SELECT item::int, score, because::int[]
		FROM models, frequent_sequence_recommend(model, '{3,NULL,999,4}'::bigint[], 4) WHERE max_gap = 0 $$,
	'of any type; unknown items are left out');
SELECT is_empty($$
	SELECT item FROM models, frequent_sequence_recommend(model, '{3,999}'::int[], 100) WHERE max_gap = 1 AND because <> '{}'
$$, 'except if gaps count');

-- options: those offered are those a model keeps
SELECT is(frequent_sequence_options(), '{}'::jsonb, 'no option is given by default');
SELECT is(
	(SELECT string_agg(key, ' ' ORDER BY key) FROM jsonb_object_keys(model_info(frequent_sequence_train(path)) -> 'options') AS key),
	(SELECT string_agg(name, ' ' ORDER BY name) FROM pg_proc, unnest(proargnames) AS name WHERE proname = 'frequent_sequence_options'),
	'options by name are those of the table') FROM paths;
SELECT is(model_info(frequent_sequence_train(path)) -> 'options', '{"min_support": 0.01, "max_length": 0, "max_gap": 0}', 'defaults')
FROM paths;

-- paths with NULL items, NULL and empty paths
SELECT is(frequent_sequence_train(CASE WHEN user_id % 2 = 0 THEN path ELSE NULL::int || path || NULL::int END),
	frequent_sequence_train(path), 'NULL items are not there') FROM paths;
SELECT is(model_info(frequent_sequence_train(CASE WHEN user_id % 4 > 0 THEN path END)) ->> 'rows_skipped', '300',
	'NULL paths are counted as skipped') FROM paths;
SELECT is(model_info(frequent_sequence_train(CASE WHEN user_id % 4 > 0 THEN path ELSE '{}' END)) ->> 'rows_used', '1200',
	'empty ones are paths') FROM paths;

SELECT throws_ok($$ SELECT frequent_sequence_train(ARRAY(SELECT generate_series(1, 30)), '{"min_support": 1}') $$, '54000',
	'too many sequences: more than 5500000', '2^30 sequences are refused');
SELECT is(model_info(frequent_sequence_train(array_fill(1, '{2000}'), '{"min_support": 1}')) ->> 'longest',
	'2000', 'a long sequence is not');

SELECT * FROM finish();
ROLLBACK;
