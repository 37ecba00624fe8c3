-- A function or an operator of two vectors takes an array for either of them.
BEGIN;
SELECT plan(6);

CREATE TEMP VIEW function AS
	SELECT p.oid, p.proname::text AS name, p.proargtypes::oid[] AS types, o.oprname
	FROM pg_depend AS d
		JOIN pg_extension AS e ON e.oid = d.refobjid AND e.extname = 'segment'
		JOIN pg_proc AS p ON p.oid = d.objid
		LEFT JOIN pg_operator AS o ON o.oprcode = p.oid
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.classid = 'pg_proc'::regclass
		-- called by users, not only by the server
		AND p.proname !~ '_(trans|combine|final|cmp)$' AND NOT 'internal'::regtype = ANY (p.proargtypes::oid[]);

-- what a function of two vectors lacks; an operator of two arrays is none of ours
CREATE TEMP VIEW pair AS
	SELECT f.*, i, j, of_i, of_j
	FROM function AS f, generate_series(1, cardinality(types)) AS i, generate_series(i + 1, cardinality(types)) AS j,
		unnest('{feature_vector,float8[]}'::regtype[]) AS of_i, unnest('{feature_vector,float8[]}'::regtype[]) AS of_j
	WHERE types[i - 1] = 'feature_vector'::regtype AND types[j - 1] = 'feature_vector'::regtype
		AND (name !~ '^feature_vector_' OR of_i <> of_j);
CREATE FUNCTION pg_temp.mixed(types oid[], i int, of_i oid, j int, of_j oid) RETURNS oid[] LANGUAGE sql
	RETURN ARRAY(SELECT CASE n WHEN i THEN of_i WHEN j THEN of_j ELSE t END FROM unnest(types) WITH ORDINALITY AS u(t, n) ORDER BY n);
SELECT cmp_ok(count(DISTINCT name), '>=', 14::bigint, 'there are such functions') FROM pair;
SELECT is(ARRAY(
	SELECT DISTINCT coalesce(oprname::text, name) FROM pair AS p
	WHERE NOT EXISTS (SELECT FROM function AS f WHERE f.name = p.name AND (
		f.types[0:] = pg_temp.mixed(p.types, i, of_i, j, of_j)
		OR f.types[0:] = pg_temp.mixed(p.types, i, CASE of_i WHEN 'float8[]'::regtype THEN 'anyarray' ELSE of_i END,
			j, CASE of_j WHEN 'float8[]'::regtype THEN 'anyarray' ELSE of_j END)))
	ORDER BY 1
-- order is for sorting; || of an array and a vector appends to an array of vectors
), ARRAY['<', '<=', '>', '>=', '||'], 'every function of two vectors takes an array for either, with known exceptions');
SELECT is(ARRAY(
	SELECT DISTINCT p.oprname::text FROM pair AS p
	WHERE oprname IS NOT NULL AND of_i <> of_j AND NOT EXISTS (SELECT FROM pg_operator AS o
		WHERE o.oprname = p.oprname AND o.oprleft IN (of_i, CASE of_i WHEN 'float8[]'::regtype THEN 'anyarray'::regtype END)
			AND o.oprright IN (of_j, CASE of_j WHEN 'float8[]'::regtype THEN 'anyarray'::regtype END))
	ORDER BY 1
), ARRAY['<', '<=', '>', '>=', '||'], 'and so does every operator');

-- and gives the same bits, for any type of number
CREATE FUNCTION pg_temp.differ(template text) RETURNS SETOF text LANGUAGE plpgsql AS $$
DECLARE
	number text;
	mixed text;
	result boolean;
BEGIN
	FOREACH number IN ARRAY '{float8,float4,int2,int4,int8,numeric}'::text[] LOOP
		FOREACH mixed IN ARRAY ARRAY[
			format(template, 'a::' || number || '[]', 'b::' || number || '[]::feature_vector'),
			format(template, 'a::' || number || '[]::feature_vector', 'b::' || number || '[]')] LOOP
			EXECUTE format($q$SELECT %s IS NOT DISTINCT FROM %s FROM (VALUES ('{3,-4,0}'::float8[], '{1,2,7}'::float8[])) AS v (a, b)$q$,
				mixed, format(template, 'a::feature_vector', 'b::feature_vector')) INTO result;
			IF result IS NOT TRUE THEN
				RETURN NEXT mixed;
			END IF;
		END LOOP;
	END LOOP;
END $$;
SELECT is_empty($q$SELECT pg_temp.differ(t) FROM unnest(ARRAY['(%s <-> %s)', '(%s <+> %s)', '(%s <=> %s)', '(%s <#> %s)', '(%s + %s)',
	'(%s - %s)', '(%s * %s)', '(%s = %s)', '(%s <> %s)', 'dot_product(%s, %s)', 'l2_distance(%s, %s)', 'l1_distance(%s, %s)',
	'cosine_distance(%s, %s)', 'negative_dot_product(%s, %s)', 'profile_score(%s, %s)']) AS t$q$, 'the mixes agree with vectors');

SELECT throws_ok($$SELECT ARRAY[1, 2] + feature_vector(1)$$, '2202E', NULL, 'lengths are checked');
-- the server's own operators keep their meaning
SELECT is(row(ARRAY[feature_vector(1)] || feature_vector(2), feature_vector(2) || ARRAY[feature_vector(1)], '{1}'::float8[] || '{2}',
	'{1}'::float8[] = '{1}'), row('{[1],[2]}'::feature_vector[], '{[2],[1]}'::feature_vector[], '{1,2}'::float8[], true),
	'arrays are appended and compared as ever');

SELECT * FROM finish();
ROLLBACK;
