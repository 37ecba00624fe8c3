-- Steps as arguments: one by one or as an array, in views, and of the wrong type.
BEGIN;
SELECT plan(34);

CREATE TABLE step_log AS
	SELECT i % 3 AS user_id, '2026-01-01'::timestamptz + i * interval '1 hour' AS ts, chr(97 + i % 4) AS event
	FROM generate_series(1, 60) AS i;

-- every signature: the arguments before the steps
CREATE TABLE step_call (id int GENERATED ALWAYS AS IDENTITY, call text);
INSERT INTO step_call (call)
	SELECT format('%s(%s%s', name, first, time)
	FROM (VALUES ('window_funnel', '''1 day'', '), ('window_funnel', '''1 day'', ''strict_once'', '),
			('funnel_times', '''1 day'', '), ('funnel_times', '''1 day'', ''strict_order'', '),
			('sequence_match', '''(?1)(?2)'', '), ('sequence_count', '''(?1)(?2)'', '),
			('sequence_next', 'event, '), ('sequence_next', '''backward'', ''tail'', event, ')) AS f(name, first),
		(VALUES ('ts'), ('ts::timestamp'), ('ts::date')) AS t(time);
SELECT is((SELECT count(*) FROM step_call), (SELECT count(*) FROM pg_proc WHERE prokind = 'a' AND provariadic = '"any"'::regtype
	AND proname ~ '^(window_funnel|funnel_times|sequence_)'), 'every signature is called');

-- the same steps in all the ways to write them
CREATE TABLE step_way (way text, steps text);
INSERT INTO step_way VALUES
	('one by one', ', event = ''a'', event = ''b'')'),
	('an array', ', ARRAY[event = ''a'', event = ''b''])'),
	('VARIADIC', ', VARIADIC ARRAY[event = ''a'', event = ''b''])');
CREATE FUNCTION pg_temp.rows_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE t text;
BEGIN
	EXECUTE format('SELECT string_agg(x::text, E''\n'' ORDER BY x::text) FROM (%s) AS x', query) INTO t;
	RETURN t;
END $$;
-- both views are dropped again
CREATE FUNCTION pg_temp.survives(query text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE same boolean;
BEGIN
	EXECUTE 'CREATE VIEW pg_temp.written AS ' || query;
	EXECUTE 'CREATE VIEW pg_temp.restored AS ' || pg_get_viewdef('pg_temp.written'::regclass);
	same := pg_get_viewdef('pg_temp.restored'::regclass) = pg_get_viewdef('pg_temp.written'::regclass)
		AND pg_temp.rows_of('TABLE pg_temp.restored') = pg_temp.rows_of(query)
		AND pg_temp.rows_of('TABLE pg_temp.written') = pg_temp.rows_of(query);
	DROP VIEW pg_temp.written, pg_temp.restored;
	RETURN same;
END $$;
SELECT is(count(*), 0::bigint, 'steps one by one, as an array and VARIADIC are the same')
FROM (SELECT call FROM step_call, step_way GROUP BY call
	HAVING count(DISTINCT pg_temp.rows_of(format('SELECT user_id, %s%s AS x FROM step_log GROUP BY user_id', call, steps))) > 1) AS t;

-- a view is what the server prints of it
CREATE TABLE step_use (what text, query text);
INSERT INTO step_use VALUES
	('an aggregate', 'SELECT user_id, %s AS x FROM step_log GROUP BY user_id'),
	('with FILTER', 'SELECT user_id, %s FILTER (WHERE event <> ''c'') AS x FROM step_log GROUP BY user_id'),
	('OVER', 'SELECT ts, %s OVER (PARTITION BY user_id ORDER BY ts) AS x FROM step_log'),
	('FILTER and OVER', 'SELECT ts, %s FILTER (WHERE event <> ''c'') OVER (PARTITION BY user_id) AS x FROM step_log'),
	('a frame', 'SELECT ts, %s OVER w AS x FROM step_log WINDOW w AS (PARTITION BY user_id ORDER BY ts ROWS 5 PRECEDING)');
SELECT is((SELECT string_agg(call || steps, '; ') FROM step_call, step_way WHERE NOT pg_temp.survives(format(query, call || steps))), NULL,
	what || ': a view of every signature survives')
FROM step_use ORDER BY what;
SELECT ok(pg_temp.survives('SELECT window_funnel(''1 day'', ts, event = ''a'', NULL, event = ''b'' ORDER BY ts DESC) AS x FROM step_log'),
	'ORDER BY, and a step that is NULL');
SELECT ok(pg_temp.survives('SELECT user_id, window_funnel(DISTINCT ''1 day'', ts, event = ''a'') AS x FROM step_log GROUP BY user_id'),
	'DISTINCT');

-- steps
SELECT is(window_funnel('1 day', ts, event = 'a', NULL, event = 'b'), 1, 'NULL is not met') FROM step_log;
SELECT is(window_funnel('1 day', ts, event = 'a', NULL::boolean), 1, 'with a type, too') FROM step_log;
SELECT is(window_funnel('1 day', ts, NULL), 0, 'nothing but NULL') FROM step_log;
SELECT is(window_funnel('1 day', ts, VARIADIC array_fill(true, '{1000}')), 1000, 'a thousand steps in an array') FROM step_log;
CREATE FUNCTION pg_temp.funnel_of(steps int) RETURNS text LANGUAGE sql RETURN
	'SELECT window_funnel(''1 day'', ts' || repeat(', true', steps) || ') FROM step_log';
SELECT is(pg_temp.rows_of(pg_temp.funnel_of(97)), '(97)', '97 of them one by one');
SELECT is(pg_temp.rows_of(replace(pg_temp.funnel_of(97), ' FROM', ' OVER () FROM') || ' LIMIT 1'), '(97)', 'also in a window');
SELECT throws_ok(pg_temp.funnel_of(98), '54023', NULL, 'an aggregate has no more than 99 arguments');
SELECT throws_ok(replace(pg_temp.funnel_of(98), ' FROM', ' OVER () FROM'), '54023', NULL, 'nor has a window');
SELECT is(sequence_count('(?' || n || ')', now(), VARIADIC array_fill(false, ARRAY[n - 1]) || true), 1::bigint, 'step ' || n)
FROM unnest('{1,8,9,64,65,1000}'::int[]) AS n GROUP BY n ORDER BY n;

-- types
CREATE DOMAIN pg_temp.flag AS boolean;
CREATE DOMAIN pg_temp.flags AS boolean[];
SELECT is(window_funnel('1 day', ts, (event = 'a')::pg_temp.flag), 1, 'a domain over boolean') FROM step_log;
SELECT is(window_funnel('1 day', ts, ARRAY[event = 'a', event = 'b']::pg_temp.flags), 2, 'over boolean[]') FROM step_log;
SELECT is(window_funnel('1 day', ts, ARRAY[event = 'a', event = 'b']::pg_temp.flag[]), 2, 'an array of a domain') FROM step_log;
SELECT throws_ok('SELECT window_funnel(''1 day'', ts, event = ''a'', 1) FROM step_log', '42804',
	'step 2 must be a boolean, not of type integer', 'a number is not a step');
SELECT throws_ok('SELECT window_funnel(''1 day'', ts, ARRAY[1, 0]) FROM step_log', '42804',
	'step 1 must be a boolean, not of type integer[]', 'nor are numbers');
SELECT throws_ok('SELECT sequence_match(''(?1)'', ts, event = ''a'', ARRAY[true]) FROM step_log', '42804',
	'step 2 must be a boolean, not of type boolean[]', 'booleans and an array do not mix');
SELECT throws_ok('SELECT window_funnel(''1 day'', ts, ''strict_once'', event = ''a'') FROM step_log', '42804',
	'step 1 must be a boolean, not of type unknown', 'the mode is not a step');
SELECT throws_ok('SELECT sequence_next(event, ts, VARIADIC ''{t,f}'') FROM step_log', '42804', NULL, 'an array needs a type');
SELECT throws_ok('PREPARE p AS SELECT window_funnel(''1 day'', ts, $1) FROM step_log', '42P18', NULL, 'so does a parameter');
SELECT lives_ok('PREPARE p AS SELECT window_funnel($1, $2, ts, event = $3, $4::boolean) FROM step_log', 'others have theirs');
SELECT throws_ok('SELECT window_funnel(''1 day'', ts, NULL::boolean[]) FROM step_log', '22004',
	'array of steps must not be null', 'an array may not be NULL');

SELECT * FROM finish();
ROLLBACK;
