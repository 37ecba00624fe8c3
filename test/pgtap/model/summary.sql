-- Summaries add up: over any split, in any order and plan, through text.
BEGIN;
SELECT plan(30);

CREATE TABLE moves AS
	SELECT i, CASE WHEN i % 11 > 0 THEN 'tier ' || i * 7 % 11 % 6 END AS was, CASE WHEN i % 13 > 1 THEN 'tier ' || i % 7 END AS is_now
	FROM generate_series(1, 20000) AS i;
ANALYZE moves;
CREATE TEMP TABLE whole AS SELECT tier_transition(was, is_now) AS summary FROM moves;

SELECT results_eq(
	'SELECT t.* FROM whole, tier_transitions(summary) AS t',
	$$ SELECT was, is_now, count(*), count(*) / sum(count(*)) OVER (PARTITION BY was)::float8
		FROM moves WHERE coalesce(was, is_now) IS NOT NULL GROUP BY was, is_now ORDER BY was COLLATE "C", is_now COLLATE "C" $$,
	'counts are those of GROUP BY');
SELECT is((summary::jsonb ->> 'rows_skipped')::bigint, (SELECT count(*) FROM moves WHERE coalesce(was, is_now) IS NULL),
	'rows without a tier are counted') FROM whole;

SELECT is(rollup(part)::text, (SELECT summary::text FROM whole), 'the sum of ' || n || ' parts is the whole')
FROM (SELECT n, i * 31 % n AS p, tier_transition(was, is_now)::text::segment_summary AS part
	FROM moves, (VALUES (1), (2), (7), (1000), (20000)) AS t(n) GROUP BY n, p) AS parts
GROUP BY n;
SELECT is(rollup(part ORDER BY p DESC)::text, (SELECT summary::text FROM whole), 'in any order, with empty parts')
FROM (SELECT p, tier_transition(was, is_now) AS part FROM moves RIGHT JOIN generate_series(-3, 20) AS p ON i % 19 = p
	WHERE i IS NOT NULL OR p < 0 GROUP BY p
	UNION ALL SELECT NULL, NULL) AS parts
WHERE p >= 0 OR p IS NULL;
SELECT is(rollup(s)::text, (SELECT summary::text FROM whole), 'one summary gives itself')
FROM (SELECT summary AS s FROM whole) AS one;
SELECT is(rollup(NULL::segment_summary)::text, NULL, 'no summaries give NULL');
SELECT is(rollup(summary)::text, (summary::text), 'a summary without tiers is valid')
FROM (SELECT tier_transition(NULL::text, NULL) AS summary FROM generate_series(1, 3)) AS s GROUP BY summary::text;

-- equal if kind and content are: whatever order, whatever was merged
CREATE TEMP TABLE kinds AS
	SELECT 'whole' AS name, summary FROM whole
	UNION ALL SELECT 'parts', rollup(part) FROM (SELECT tier_transition(was, is_now) AS part FROM moves GROUP BY i % 7) AS p
	UNION ALL SELECT 'less', tier_transition(was, is_now) FROM moves WHERE i > 1
	UNION ALL SELECT 'survival', kaplan_meier(i, i % 2 = 0) FROM generate_series(1, 9) AS i;
SELECT is(string_agg(a.name || '=' || b.name, ' ' ORDER BY a.name, b.name), 'parts=whole', 'equal summaries')
FROM kinds AS a JOIN kinds AS b ON a.summary = b.summary AND a.name < b.name;
SELECT is((SELECT count(*) FROM (SELECT summary FROM kinds UNION SELECT summary FROM kinds) AS u)::int, 3, 'UNION');
SELECT is((SELECT count(*) FROM (SELECT DISTINCT summary FROM kinds) AS u)::int, 3, 'DISTINCT');
SET LOCAL enable_hashagg = off;
SELECT is((SELECT count(*) FROM (SELECT summary FROM kinds GROUP BY summary) AS u)::int, 3, 'GROUP BY, sorted');
RESET enable_hashagg;
SELECT ok(NOT EXISTS (SELECT FROM kinds AS a, kinds AS b
		WHERE (a.summary = b.summary) <> (a.summary <= b.summary AND a.summary >= b.summary)
			OR (a.summary < b.summary) <> (b.summary > a.summary) OR (a.summary <> b.summary) = (a.summary = b.summary)),
	'one order');
CREATE TABLE kept (id int PRIMARY KEY, s segment_summary, m segment_model) PARTITION BY HASH (id);
CREATE TABLE kept_0 PARTITION OF kept FOR VALUES WITH (MODULUS 1, REMAINDER 0);
CREATE TABLE by_summary (s segment_summary, m segment_model) PARTITION BY HASH (s, m);
CREATE TABLE by_summary_0 PARTITION OF by_summary FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE by_summary_1 PARTITION OF by_summary FOR VALUES WITH (MODULUS 2, REMAINDER 1);
SELECT lives_ok($$ INSERT INTO by_summary SELECT summary, tier_train(x, 2) FROM kinds, generate_series(1, 4) AS x GROUP BY summary $$,
	'partitions by hash');
SELECT is((SELECT count(*) FROM by_summary JOIN kinds ON s = summary)::int, 4, 'whose rows are found again');
CREATE FUNCTION pg_temp.note() RETURNS trigger LANGUAGE plpgsql AS $f$
BEGIN
	IF OLD.* IS DISTINCT FROM NEW.* THEN RAISE EXCEPTION 'changed'; END IF;
	RETURN NEW;
END $f$;
INSERT INTO kept SELECT 1, summary, NULL FROM whole;
CREATE TRIGGER note BEFORE UPDATE ON kept FOR EACH ROW EXECUTE FUNCTION pg_temp.note();
SELECT lives_ok($$ UPDATE kept SET s = (SELECT rollup(summary) FROM whole) $$, 'IS DISTINCT FROM in a trigger');

-- a plan with workers
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END $$;
SELECT matches(string_agg(line, ' '), 'Partial Aggregate', 'tier_transition works in parts')
FROM pg_temp.plan_of('SELECT tier_transition(was, is_now) FROM moves') AS line;
SELECT is(tier_transition(was, is_now)::text, (SELECT summary::text FROM whole), 'and gives the same bits') FROM moves;
SELECT results_eq(
	$$ SELECT g, tier_transition(was, is_now)::text FROM (SELECT i % 5 AS g, * FROM moves) AS m GROUP BY g ORDER BY g $$,
	$$ SELECT g, (SELECT tier_transition(was, is_now ORDER BY i)::text FROM moves WHERE i % 5 = g) FROM generate_series(0, 4) AS g $$,
	'in groups, too');

SELECT is(
	(SELECT (tier_transition(was, is_now) OVER (ORDER BY i))::text FROM moves WHERE i <= 300 ORDER BY i DESC LIMIT 1),
	(SELECT tier_transition(was, is_now)::text FROM moves WHERE i <= 300), 'and over a window frame');

SELECT throws_ok($$ SELECT tier_assign(NULL, 1), tier_transitions('{"method": "tier_transition", "format": 1, "fingerprint": null,
	"tiers": 1, "states": 2, "rows_used": 1, "rows_skipped": 0, "names": ["a"], "counts": [[0, 0], [0, 1]]}') $$,
	'XX001', 'tier transition summary is corrupted', 'an invalid summary is refused');

CREATE FUNCTION pg_temp.code_of(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE;
END $$;

-- time grows with n log n, if the sum grows with each summary
CREATE TEMP TABLE single AS
	SELECT i, kaplan_meier(i * 7919 % 100003, i % 3 = 0) AS s FROM generate_series(1, 40000) AS i GROUP BY i;
CREATE FUNCTION pg_temp.fastest(query text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE start timestamptz; best float8 := 'infinity';
BEGIN
	FOR i IN 1..3 LOOP
		start := clock_timestamp();
		EXECUTE query;
		best := least(best, extract(epoch FROM clock_timestamp() - start));
	END LOOP;
	RETURN best;
END $$;
SET LOCAL max_parallel_workers_per_gather = 0;
SELECT cmp_ok(pg_temp.fastest('SELECT rollup(s) FROM single'), '<',
	40 * pg_temp.fastest('SELECT kaplan_meier(i * 7919 % 100003, i % 3 = 0) FROM generate_series(1, 40000) AS i'),
	'many summaries do not take the square of their number');
SELECT is(rollup(s)::text, (SELECT kaplan_meier(i * 7919 % 100003, i % 3 = 0)::text FROM generate_series(1, 40000) AS i),
	'and give the whole') FROM single;
SELECT results_eq(
	$$ SELECT i, (rollup(s) OVER (ORDER BY i))::text FROM single WHERE i <= 50 ORDER BY i $$,
	$$ SELECT n, (SELECT kaplan_meier(i * 7919 % 100003, i % 3 = 0)::text FROM generate_series(1, n) AS i) 
		FROM generate_series(1, 50) AS n $$,
	'over a running window, too');
SELECT is(string_agg(code, ' ' ORDER BY i), 'XX001 XX001 XX001 XX001', 'a damaged state is refused')
FROM (SELECT i, pg_temp.code_of(format('SELECT rollup_final(%L)', damaged)) AS code
	FROM (SELECT rollup_trans(rollup_trans(NULL, s), s) AS state FROM single WHERE i = 1) AS t,
		LATERAL (VALUES (1, '\x00'::bytea), (2, overlay(state PLACING '\x00' FROM 9)),
			(3, overlay(state PLACING '\xff' FROM octet_length(state))),
			(4, overlay(state PLACING '\xff' FROM 21))) AS v (i, damaged)) AS codes;
SELECT is(rollup_combine(NULL, state), state, 'a first state is that of the second') 
FROM (SELECT rollup_trans(NULL, s) AS state FROM single WHERE i = 1) AS t;
SELECT throws_ok($$ SELECT rollup_combine(rollup_trans(NULL, s), rollup_trans(NULL, summary)) FROM single, whole WHERE i = 1 $$,
	'42804', 'summaries of different kinds cannot be merged', 'states of different kinds');

SELECT * FROM finish();
ROLLBACK;
