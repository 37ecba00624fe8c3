-- The server's own operators on arrays, and untyped literals, mean the same with
-- the extension as without it.
SET client_min_messages = warning;
CREATE TEMP TABLE statements (id int GENERATED ALWAYS AS IDENTITY, sql text);
INSERT INTO statements (sql) VALUES
	('SELECT ARRAY[1,2] = ARRAY[1,2]'), ('SELECT ARRAY[1,2] = ARRAY[1,2.0]'),
	('SELECT ARRAY[1,2]::float8[] = ''{1,2}'''), ('SELECT ''{1,2}'' = ARRAY[1,2]'),
	('SELECT ARRAY[1,2] <> ''{1,2}'''), ('SELECT ARRAY[1,2] < ARRAY[1,3]'),
	('SELECT ARRAY[1,2] >= ''{1}'''), ('SELECT ARRAY[1.5] > ''{1,2}'''),
	('SELECT ARRAY[1,2] || ARRAY[3]'), ('SELECT ARRAY[1,2] || 3'), ('SELECT 3 || ARRAY[1,2]'),
	('SELECT ARRAY[1,2] || ''{3}'''), ('SELECT ''{3}'' || ARRAY[1.5]'), ('SELECT ARRAY[1,2] || NULL'),
	('SELECT ARRAY[1,2]::float8[] || ARRAY[3]'), ('SELECT ''a'' || ''b'''), ('SELECT ''a'' || 1'),
	('SELECT 1 || ''a'''), ('SELECT ''{1}'' || ''{2}'''),
	('SELECT ARRAY[1,2] IN (ARRAY[1,2], ''{3}'')'), ('SELECT ''{1,2}'' IN (ARRAY[1,2])'),
	('SELECT ARRAY[1,2] = ANY (ARRAY[ARRAY[1,2]])'), ('SELECT 1 = ANY (''{1,2}'')'),
	('SELECT ARRAY[1,2] @> ''{1}'''), ('SELECT ARRAY[1,2] && ARRAY[2]'),
	('SELECT ARRAY[1,2] IS DISTINCT FROM ''{1,2}'''), ('SELECT COALESCE(NULL, ARRAY[1,2], ''{3}'')'),
	('SELECT CASE WHEN true THEN ARRAY[1,2] ELSE ''{1}'' END'), ('SELECT ''{1,2}'''),
	('SELECT x FROM (SELECT ARRAY[1,2] AS x UNION SELECT ''{1,2}'') AS t'),
	('SELECT x FROM (VALUES (ARRAY[1.5]), (''{2}''), (ARRAY[3])) AS t(x) ORDER BY x'),
	('SELECT sum(x) FROM unnest(ARRAY[1,2]) AS x'), ('SELECT sum(NULL)'), ('SELECT avg(NULL)'),
	('SELECT sum(''1'')'), ('SELECT avg(x) FROM (VALUES (''1''), (2)) AS t(x)'),
	('SELECT sum(x) FROM (VALUES (ARRAY[1,2])) AS t(x)'),
	('SELECT 2 * ''3'''), ('SELECT ''2'' * 3.5'), ('SELECT 2.5::float8 + ''1'''), ('SELECT ''1'' - 2::bigint'),
	('SELECT 1 + NULL'), ('SELECT NULL * 2.5'), ('SELECT ''1'' + ''2'''), ('SELECT ''1'' * ''2'''),
	('SELECT NULL + NULL'), ('SELECT ''2024-01-01''::date - ''2023-12-31'''),
	('SELECT ''1 day''::interval * ''2'''), ('SELECT ''(0,0)''::point <-> ''(3,4)'''),
	('SELECT ''1'' = ''1'''), ('SELECT ''[1,2]'' = ''[1,2]'''), ('SELECT ''1'' < ''2'''), ('SELECT NULL = NULL'),
	('SELECT ''[1,2]''::int4range = ''[1,3)'''), ('SELECT ''[1,2]''::jsonb - 0'), ('SELECT ''[1]''::jsonb || ''[2]'''),
	('SELECT ARRAY[1,2]::text'), ('SELECT to_jsonb(ARRAY[1,NULL])'), ('SELECT (ARRAY[1,2])[1]'),
	('SELECT greatest(ARRAY[1,2], ''{3}'')'), ('SELECT array_cat(ARRAY[1], ''{2}'')');

CREATE FUNCTION pg_temp.answer(sql text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE format('SELECT string_agg(row_to_json(t)::text || pg_typeof(t.x)::text, %L) FROM (%s) AS t(x)', ' ', sql)
		INTO answer;
	RETURN coalesce(answer, 'NULL');
EXCEPTION WHEN others THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

CREATE TEMP TABLE loaded AS SELECT id, sql, pg_temp.answer(sql) FROM statements;
DROP EXTENSION segment;
CREATE TEMP TABLE plain AS SELECT id, sql, pg_temp.answer(sql) FROM statements;
CREATE EXTENSION segment;

-- no rows: nothing changed
SELECT l.sql, p.answer AS without, l.answer AS with_segment
FROM loaded AS l JOIN plain AS p USING (id) WHERE l.answer IS DISTINCT FROM p.answer ORDER BY id;

-- and this many of them worked
SELECT count(*) AS statements, count(*) FILTER (WHERE answer !~ '^[0-9A-Z]{5} ') AS answered FROM plain;

-- the type casts by assignment only, except for its own length check
SELECT castsource::regtype, casttarget::regtype, castcontext FROM pg_cast
WHERE 'feature_vector'::regtype IN (castsource, casttarget)
ORDER BY castcontext, castsource::regtype::text, casttarget::regtype::text;
SELECT oprname FROM pg_operator AS o
	 JOIN pg_depend AS d ON d.classid = 'pg_operator'::regclass AND d.objid = o.oid AND d.deptype = 'e'
WHERE 'feature_vector'::regtype NOT IN (oprleft, oprright)
  AND refobjid = (SELECT oid FROM pg_extension WHERE extname = 'segment')
  AND oprleft IN ('float8[]'::regtype, 'int[]'::regtype);

-- every object of the type has a comment: no rows expected
SELECT pg_describe_object(classid, objid, objsubid)
FROM pg_depend
WHERE refobjid = (SELECT oid FROM pg_extension WHERE extname = 'segment') AND deptype = 'e'
  AND pg_describe_object(classid, objid, objsubid)
	  ~ '^(type|cast|operator|function (feature_vector|dims|missing_count|l[12]_|cosine_distance|'
		'dot_|negative_dot|sum|avg|stddev|min_e|max_e))'
  AND pg_describe_object(classid, objid, objsubid) ~ 'feature_vector|double precision\[\]'
  AND pg_describe_object(classid, objid, objsubid) !~ 'feature_vector\[\]'
  AND obj_description(objid, classid::regclass::name) IS NULL;
