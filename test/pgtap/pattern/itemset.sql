-- Frequent itemsets against SQL's own counting, and models that do not depend on
-- order, plan or type of id.
BEGIN;
SELECT plan(39);

-- 4000 baskets of up to 8 of 40 courses, some of which go together
CREATE TABLE baskets AS
	SELECT i AS user_id, array_agg(DISTINCT course) AS items
	FROM generate_series(1, 4000) AS i,
		LATERAL (SELECT (i * 7919 % 97 + j * (i % 13) * 31) % (10 + i % 31) AS course FROM generate_series(1, 1 + i % 8) AS j) AS c
	GROUP BY i;
ANALYZE baskets;
CREATE TEMP TABLE models AS
	SELECT s AS min_support, itemset_train(items, itemset_options(min_support => s)) AS model
	FROM baskets, unnest(ARRAY[0.002, 0.01, 0.05]) AS s GROUP BY s;

-- items, pairs and triples, counted by self-joins
SELECT is_empty($$
	WITH item AS (SELECT user_id, unnest(items) AS item FROM baskets),
	counted AS (
		SELECT ARRAY[item] AS items, count(*) AS n FROM item GROUP BY 1
		UNION ALL SELECT ARRAY[a.item, b.item], count(*) FROM item AS a JOIN item AS b USING (user_id)
			WHERE a.item < b.item GROUP BY 1
		UNION ALL SELECT ARRAY[a.item, b.item, c.item], count(*)
		FROM item AS a JOIN item AS b USING (user_id) JOIN item AS c USING (user_id)
			WHERE a.item < b.item AND b.item < c.item GROUP BY 1),
	want AS (SELECT min_support, items, n FROM counted, models WHERE n >= ceil(min_support * 4000)),
	got AS (
		SELECT min_support, items, support_count AS n FROM models, frequent_itemsets(model, NULL::int) WHERE cardinality(items) <= 3)
	(TABLE want EXCEPT TABLE got) UNION ALL (TABLE got EXCEPT TABLE want)
$$, 'items, pairs and triples agree with self-joins');
SELECT is_empty($$
	SELECT min_support, items FROM models, frequent_itemsets(model, NULL::int) AS f
	WHERE cardinality(items) > 3 AND support_count <> (SELECT count(*) FROM baskets AS b WHERE b.items @> f.items)
$$, 'support counts of larger sets');
SELECT is_empty($$
	SELECT min_support FROM models, frequent_itemsets(model, NULL::int) WHERE support <> support_count / 4000.0::float8
$$, 'support is the share of all rows');
SELECT is_empty($$
	SELECT min_support, o FROM models,
		LATERAL (SELECT o, items, support_count, lag(items) OVER (ORDER BY o) AS before, lag(support_count) OVER (ORDER BY o) AS count
			FROM frequent_itemsets(model, NULL::int) WITH ORDINALITY AS f(items, support_count, support, o)) AS f
	WHERE (cardinality(before), -count, before) >= (cardinality(items), -support_count, items)
$$, 'smaller sets first, then more frequent ones, then by items');

-- closed and maximal, by definition
SELECT is_empty($$
	WITH f AS MATERIALIZED (SELECT items, support_count AS n FROM models, frequent_itemsets(model, NULL::int) WHERE min_support = 0.002),
	closed AS (SELECT items, n FROM f AS a WHERE NOT EXISTS (
		SELECT FROM f AS b WHERE b.n = a.n AND cardinality(b.items) = cardinality(a.items) + 1 AND b.items @> a.items)),
	got AS (SELECT items, support_count AS n
		FROM (SELECT itemset_train(items, '{"min_support": 0.002, "target": "closed"}') AS m FROM baskets) AS s,
			frequent_itemsets(m, NULL::int))
	(TABLE closed EXCEPT TABLE got) UNION ALL (TABLE got EXCEPT TABLE closed)
$$, 'closed: no larger set is in as many baskets');
SELECT is_empty($$
	WITH f AS MATERIALIZED (SELECT items, support_count AS n FROM models, frequent_itemsets(model, NULL::int) WHERE min_support = 0.002),
	maximal AS (SELECT items, n FROM f AS a WHERE NOT EXISTS (
		SELECT FROM f AS b WHERE cardinality(b.items) = cardinality(a.items) + 1 AND b.items @> a.items)),
	got AS (SELECT items, support_count AS n
		FROM (SELECT itemset_train(items, '{"min_support": 0.002, "target": "maximal"}') AS m FROM baskets) AS s,
			frequent_itemsets(m, NULL::int))
	(TABLE maximal EXCEPT TABLE got) UNION ALL (TABLE got EXCEPT TABLE maximal)
$$, 'maximal: no larger set is frequent');
SELECT is(count(*), 1::bigint, format('target %s, at most %s items: three algorithms, one model', target, max_length))
FROM (SELECT DISTINCT target, max_length, frequent
	  FROM unnest(ARRAY['eclat', 'fp_growth', 'apriori']) AS algorithm, unnest(ARRAY['all', 'closed', 'maximal']) AS target,
		unnest(ARRAY[0, 2]) AS max_length,
		LATERAL (SELECT itemset_train(items, itemset_options(0.003, max_length, target, algorithm)) AS m FROM baskets) AS s,
		LATERAL (SELECT m::jsonb - 'fingerprint' - 'options' AS frequent) AS f) AS t
GROUP BY target, max_length ORDER BY target, max_length;

-- the same bits in any order and plan, in windows and groups, and after a round trip
SELECT is(itemset_train(items, itemset_options(min_support => 0.01) ORDER BY user_id * 7919 % 4001),
	(SELECT model FROM models WHERE min_support = 0.01), 'another order gives the same model') FROM baskets;
SELECT is(itemset_train(ARRAY(SELECT i FROM unnest(items || items) AS i ORDER BY i * 31 % 41, i), itemset_options(min_support => 0.01)),
	(SELECT model FROM models WHERE min_support = 0.01), 'items in another order, and twice') FROM baskets;
SELECT ok(bool_and(model::text::segment_model = model), 'text reads back to the same model') FROM models;
SELECT is_empty($$
	SELECT user_id FROM (SELECT user_id, itemset_train(items, '{"min_support": 0.2}') OVER (ORDER BY user_id) AS running
		FROM baskets WHERE user_id <= 30) AS w
	WHERE running <> (SELECT itemset_train(items, '{"min_support": 0.2}') FROM baskets WHERE user_id <= w.user_id)
$$, 'as a window function over a growing frame');
SELECT results_eq(
	$$ SELECT user_id % 3, itemset_train(items) FROM baskets GROUP BY 1 ORDER BY 1 $$,
	$$ SELECT j, (SELECT itemset_train(items) FROM baskets WHERE user_id % 3 = j) FROM generate_series(0, 2) AS j $$,
	'a model for each group');
SET LOCAL enable_hashagg = off;
SELECT results_eq(
	$$ SELECT user_id % 3, itemset_train(items) FROM baskets GROUP BY 1 ORDER BY 1 $$,
	$$ SELECT j, (SELECT itemset_train(items) FROM baskets WHERE user_id % 3 = j) FROM generate_series(0, 2) AS j $$,
	'and in a sorted plan');
RESET enable_hashagg;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(itemset_train(items, itemset_options(min_support => 0.01)), (SELECT model FROM models WHERE min_support = 0.01),
	'over a parallel scan') FROM baskets;
RESET parallel_setup_cost;

-- missing and empty baskets
SELECT is(model_info(itemset_train(CASE WHEN user_id % 4 > 0 THEN items END)) ->> 'rows_skipped', '1000',
	'NULL baskets are counted as skipped') FROM baskets;
SELECT is(model_info(itemset_train(CASE WHEN user_id % 4 > 0 THEN items ELSE '{}' END)) ->> 'rows_used', '4000', 'empty ones are baskets')
FROM baskets;

-- ids of any type come out as they went in
CREATE TYPE mood AS ENUM ('sad', 'happy');
CREATE DOMAIN course AS text CHECK (value <> '');
CREATE FUNCTION pg_temp.survives(items anyarray, witness anyelement) RETURNS boolean LANGUAGE sql AS $$
	SELECT bool_and(f.items[1] = i) FROM (SELECT itemset_train($1) AS m) AS s, frequent_itemsets(m, $2) AS f, unnest($1) AS i
$$;
SELECT ok(bool_and(survives), 'as the only item: integers, text, uuid, numeric, date, …') FROM (VALUES
	(pg_temp.survives('{-7}'::smallint[], NULL::smallint)), (pg_temp.survives('{-2147483648}'::int[], 0)),
	(pg_temp.survives('{9223372036854775807}'::bigint[], 0::bigint)), (pg_temp.survives('{été}'::text[], ''::text)),
	(pg_temp.survives('{b}'::varchar[], ''::varchar)), (pg_temp.survives('{"a b"}'::char(5)[], ''::char(5))),
	(pg_temp.survives('{6d3f5f6e-0b4c-4d3e-9d43-4a6a4b1c2d3e}'::uuid[], NULL::uuid)), (pg_temp.survives('{1.50}'::numeric[], 0::numeric)),
	(pg_temp.survives('{0.1,0.1}'::float8[], 0::float8)), (pg_temp.survives('{0.1}'::float4[], 0::float4)),
	(pg_temp.survives('{2024-02-29}'::date[], NULL::date)),
	(pg_temp.survives('{"2024-02-29 12:00:00.000001"}'::timestamp[], NULL::timestamp)),
	(pg_temp.survives('{"2024-02-29 12:00:00+02"}'::timestamptz[], NULL::timestamptz)),
	(pg_temp.survives('{"\\xdeadbeef"}'::bytea[], NULL::bytea)),
	(pg_temp.survives('{happy}'::mood[], NULL::mood)), (pg_temp.survives('{true}'::boolean[], true)),
	(pg_temp.survives('{x}'::name[], ''::name)),
	(pg_temp.survives('{sql}'::course[], NULL::course)), (pg_temp.survives('{10.0.0.1}'::inet[], NULL::inet))) AS t(survives);
CREATE FUNCTION pg_temp.model_of_all() RETURNS text LANGUAGE sql RETURN (
	SELECT string_agg(m::text, ' ') FROM (
		SELECT itemset_train('{2024-03-01,infinity}'::date[]) UNION ALL SELECT itemset_train('{"2024-03-01 12:30"}'::timestamp[])
		UNION ALL SELECT itemset_train('{"2024-03-01 12:30+00"}'::timestamptz[])
		UNION ALL SELECT itemset_train('{0.30000000000000004}'::float8[])
		UNION ALL SELECT itemset_train('{0.1}'::float4[]) UNION ALL SELECT itemset_train('{"\\x00ff"}'::bytea[])) AS t(m));
CREATE TEMP TABLE printed AS SELECT pg_temp.model_of_all() AS model;
SET LOCAL DateStyle = 'German';
SET LOCAL TimeZone = 'Asia/Kathmandu';
SET LOCAL extra_float_digits = -5;
SET LOCAL bytea_output = 'escape';
SELECT is(pg_temp.model_of_all(), (SELECT model FROM printed), 'no setting changes an id');
RESET DateStyle;
RESET TimeZone;
RESET extra_float_digits;
RESET bytea_output;
SELECT is(itemset_train('{1.0,1.00,2.50}'::numeric[]), itemset_train('{1,2.5}'::numeric[]), 'equal numerics are the same id');
SELECT is(itemset_train('{"ab   "}'::char(5)[]), itemset_train('{ab}'::text[]), 'padding of char(n) is not part of an id');
SELECT is(itemset_train('{0,-0}'::float8[]), itemset_train('{0}'::float8[]), '-0 is 0');
SELECT is(itemset_train('{7,8}'::smallint[]), itemset_train('{7,8}'::bigint[]), 'integers of all types are the same ids');
SELECT results_eq($$ SELECT items
	FROM (SELECT itemset_train('{10,9,b,B,ä}'::text[], '{"max_length": 1}') AS m) AS s, frequent_itemsets(m) $$,
	$$ VALUES ('{10}'::text[]), ('{9}'), ('{B}'), ('{b}'), ('{ä}') $$, 'text is in byte order, whatever the collation');
SELECT results_eq($$ SELECT items FROM (SELECT itemset_train('{10,9,-1}'::int[], '{"max_length": 1}') AS m) AS s, frequent_itemsets(m) $$,
	$$ VALUES ('{-1}'::text[]), ('{9}'), ('{10}') $$, 'numbers are ordered by value');

-- options: those offered are those a model keeps
SELECT is(itemset_options(), '{}'::jsonb, 'no option is given by default');
SELECT is(
	(SELECT string_agg(key, ' ' ORDER BY key) FROM jsonb_object_keys(model_info(itemset_train(items)) -> 'options') AS key),
	(SELECT string_agg(name, ' ' ORDER BY name) FROM pg_proc, unnest(proargnames) AS name WHERE proname = 'itemset_options'),
	'options by name are those of the table') FROM baskets;
SELECT is(model_info(itemset_train(items)) -> 'options',
	'{"min_support": 0.01, "max_length": 0, "target": "all", "algorithm": "eclat"}', 'defaults') FROM baskets;

-- limits
SELECT throws_ok($$ SELECT itemset_train(items, '{"min_support": 0}') FROM baskets $$, '22023', 'option "min_support" is out of range: 0',
	'a support of 0 is refused');
SELECT throws_ok($$ SELECT itemset_train(ARRAY(SELECT generate_series(1, 30)), '{"min_support": 1}') $$, '54000',
	'too many itemsets: more than 5500000', '2^30 sets are refused');
SELECT lives_ok($$ SELECT itemset_train(ARRAY(SELECT generate_series(1, 30)), '{"min_support": 1, "max_length": 4}') $$,
	'sets of up to four are not');
SET LOCAL segment.training_memory = '1MB';
SELECT throws_ok($$ SELECT itemset_train(ARRAY[i % 9, i % 8]) FROM generate_series(1, 40000) AS i $$, '54000',
	'rows of items need more memory than the setting segment.training_memory allows', 'more rows than fit are refused');
SELECT throws_ok($$ SELECT max(model_size(m))
	FROM (SELECT itemset_train(ARRAY[i % 9, i % 8]) AS m FROM generate_series(1, 40000) AS i GROUP BY i % 4) AS t $$, '54000',
	'rows of items need more memory than the setting segment.training_memory allows', 'also in all groups together');
SELECT is(model_info(itemset_train(ARRAY[i % 9, i % 8])) ->> 'rows_used', '10000', 'a quarter of them are not')
FROM generate_series(1, 10000) AS i;
SELECT is(sum((model_info(m) ->> 'rows_used')::int), 100000::bigint, 'and small groups are the executor''s care')
FROM (SELECT itemset_train(ARRAY[i % 9, i % 8]) AS m FROM generate_series(1, 100000) AS i GROUP BY i % 20000) AS t;

SELECT * FROM finish();
ROLLBACK;
