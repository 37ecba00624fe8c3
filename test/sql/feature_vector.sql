-- feature_vector: text form, length modifier, casts, subscripts, algebra, ordering

-- text in and out
SELECT '[1,2.5,NULL]'::feature_vector AS brackets,
	   ' { 1 , 2.5,null } '::feature_vector AS braces,
	   '[-0,+.5,1.,1e3,1e-3]'::feature_vector AS spellings;

-- the fewest digits that read back, at any setting
SET extra_float_digits = 0;
SELECT '[0.1,0.30000000000000004,1e300,5e-324,123456789012345680]'::feature_vector AS v;
SELECT bool_and(v::text::feature_vector = v)
FROM (SELECT feature_vector(1.0 / i, sqrt(i), exp(i), -i::float8 / 7) AS v
	  FROM generate_series(1, 500) AS i) AS t;
RESET extra_float_digits;

-- errors, and where they are
SELECT ''::feature_vector;
SELECT '1,2'::feature_vector;
SELECT '[1,,2]'::feature_vector;
SELECT '[1,2'::feature_vector;
SELECT '[1,2}'::feature_vector;
SELECT '[1 2]'::feature_vector;
SELECT '[1,2]]'::feature_vector;
SELECT '[1,2],3'::feature_vector;
SELECT '[1,2,]'::feature_vector;
SELECT '[0x10]'::feature_vector;
SELECT '[1,nullx]'::feature_vector;
SELECT '[1e]'::feature_vector;
SELECT '["é",1]'::feature_vector;
SELECT '[]'::feature_vector;
SELECT '[1,NaN]'::feature_vector;
SELECT '[1,-Infinity]'::feature_vector;
SELECT '[1e400]'::feature_vector;
SELECT '[1e-400]'::feature_vector;
SELECT dims(('[' || repeat('0,', 15999) || '0]')::feature_vector);
SELECT dims(('[' || repeat('0,', 16000) || '0]')::feature_vector);

-- the constructor, and arrays
SELECT feature_vector(1, 2.5, NULL) AS numbers,
	   feature_vector(7) AS one,
	   feature_vector(1::smallint, 2::bigint, 3::real, 4::numeric) AS mixed,
	   feature_vector(VARIADIC ARRAY[1, 2]) AS variadic_int,
	   feature_vector(VARIADIC ARRAY[1, 2]::float8[]) AS variadic_float8,
	   feature_vector(NULL) IS NULL AS cast_of_null;
SELECT feature_vector(ARRAY[1, 2]) AS int4s,
	   feature_vector(ARRAY[1.5, NULL]) AS numerics,
	   feature_vector('{1,2}'::float8[]) AS float8s,
	   ARRAY[1, 2]::float4[]::feature_vector AS float4s,
	   ARRAY[1, 2]::int2[]::feature_vector AS int2s,
	   ARRAY[1, 2]::int8[]::feature_vector AS int8s,
	   '[5:6]={1,2}'::int[]::feature_vector AS lower_bound;
SELECT feature_vector('NaN');
SELECT feature_vector(1, 'NaN'::float8);
SELECT ARRAY[1, 'Infinity'::numeric]::feature_vector;
SELECT ARRAY[[1, 2], [3, 4]]::feature_vector;
SELECT l2_norm(ARRAY[[1, 2], [3, 4]]);
SELECT l2_norm(ARRAY[1, 'NaN']::float8[]);
SELECT '{}'::int[]::feature_vector;
SELECT feature_vector(ARRAY['a']);
SELECT feature_vector(VARIADIC array_agg(i::float8)) FROM generate_series(1, 16001) AS i;

-- to arrays and JSON
SELECT v::float8[] AS float8s, v::float4[] AS float4s, v::json AS json, v::jsonb AS jsonb,
	   to_json(v) AS to_json, to_jsonb(v) AS to_jsonb
FROM (VALUES ('[1,2.5,NULL,1e20]'::feature_vector)) AS t(v);
SELECT row_to_json(t) FROM (VALUES (1, '[1,NULL]'::feature_vector)) AS t(id, v);
SELECT jsonb_agg(v) FROM (VALUES ('[1,NULL]'::feature_vector), (NULL)) AS t(v);
SELECT '[1e300]'::feature_vector::float4[];

-- feature_vector(n)
CREATE TEMP TABLE profile (id int, v feature_vector(3));
INSERT INTO profile VALUES (1, '[1,2,3]'), (2, ARRAY[4, 5, 6]), (3, ARRAY[7.5, NULL, 9]), (4, NULL);
INSERT INTO profile VALUES (5, '[1,2,3,4]');
INSERT INTO profile VALUES (5, ARRAY[1, 2]);
INSERT INTO profile VALUES (5, feature_vector(1));
SELECT '[1,2]'::feature_vector(1);
SELECT '[1]'::feature_vector(0);
SELECT '[1]'::feature_vector(16001);
SELECT '[1]'::feature_vector(1, 2);
SELECT format_type(atttypid, atttypmod) FROM pg_attribute
WHERE attrelid = 'profile'::regclass AND attname = 'v';

-- subscripts
SELECT v[1], v[3], v[0] AS before, v[4] AS after, v[2:3], v[:2], v[2:], v[:], v[3:9], v[5:9] AS outside,
	   v[NULL] AS no_index, v[NULL:2] AS no_bound
FROM profile ORDER BY id;
SELECT id, v[id] + 1 AS computed FROM profile WHERE v[1] > 1 ORDER BY id;
SELECT pg_typeof(v[1]), pg_typeof(v[1:2]) FROM profile LIMIT 1;
SELECT v[1][2] FROM profile;
SELECT v['x'] FROM profile;
SELECT v[now()] FROM profile;
UPDATE profile SET v[1] = 2;

-- algebra
SELECT v + '[1,1,1]' AS plus, v - '[1,1,1]' AS minus, v * v AS times, v || '[0]' AS longer,
	   v + 1 AS plus_1, 1 + v AS one_plus, v - 1 AS minus_1, 1 - v AS one_minus, v * 2 AS twice,
	   2.5 * v AS scaled
FROM profile WHERE id IN (1, 3) ORDER BY id;
SELECT v * 0 AS zero, v * -0.0::float8 AS no_minus_zero FROM profile WHERE id = 1;
SELECT dims(v), missing_count(v) FROM profile ORDER BY id;
SELECT dims(ARRAY[1, NULL]), missing_count(ARRAY[1, NULL]);
SELECT '[1]'::feature_vector + '[1,2]';
SELECT '[1e308]'::feature_vector * 10;
SELECT '[1e308]'::feature_vector + '[1e308]';
SELECT '[-1e308]'::feature_vector - 1.7e308;
SELECT '[1]'::feature_vector * 'NaN'::float8;
SELECT dims(v || v) FROM (SELECT feature_vector(VARIADIC array_agg(i::float8)) AS v
						  FROM generate_series(1, 8000) AS i) AS t;
SELECT dims(v || v) FROM (SELECT feature_vector(VARIADIC array_agg(i::float8)) AS v
						  FROM generate_series(1, 8001) AS i) AS t;

-- norms and distances
SELECT v <-> w AS l2, v <+> w AS l1, v <#> w AS negative_dot, round((v <=> w)::numeric, 3) AS cosine,
	   l2_norm(v) AS norm, dot_product(v, w) AS dot
FROM (VALUES ('[3,4]'::feature_vector, '[0,0]'::feature_vector), ('[3,4]', '[6,8]'),
			 ('[3,4]', '[-4,3]'), ('[3,4]', '[-3,-4]')) AS t(v, w);
SELECT l2_normalize('[3,4]'::feature_vector), l2_normalize('[0,0]'::feature_vector), l2_normalize(ARRAY[0, -2]);
SELECT l2_distance(ARRAY[3, 4], ARRAY[0, 0]), l1_distance(ARRAY[3, 4], ARRAY[0, 0]),
	   dot_product(ARRAY[3, 4], ARRAY[1, 2]), negative_dot_product(ARRAY[3, 4], ARRAY[1, 2]),
	   cosine_distance(ARRAY[3, 4], ARRAY[-4, 3]), l2_norm(ARRAY[3, 4]);
SELECT '[1,2]'::feature_vector <-> '[1]';
SELECT l2_distance(ARRAY[1, 2], ARRAY[1]);
SELECT '[1,2]'::feature_vector <-> '[1,NULL]';
SELECT '[1,NULL]'::feature_vector <+> '[1,2]';
SELECT '[1,NULL]'::feature_vector <=> '[1,2]';
SELECT '[1,NULL]'::feature_vector <#> '[1,2]';
SELECT l2_norm(ARRAY[1, 2, NULL]);
SELECT l2_normalize('[NULL]'::feature_vector);
SELECT '[1e308]'::feature_vector <-> '[-1e308]';
SELECT '[1e308]'::feature_vector <+> '[-1e308]';
SELECT '[1e200]'::feature_vector <#> '[1e200]';
SELECT l2_norm('[1.7e308,1.7e308]'::feature_vector);

-- ordering
SELECT v FROM (VALUES ('[2]'::feature_vector), ('[1,NULL]'), ('[1]'), ('[NULL]'), ('[1,2]'), ('[1,2,0]'), ('[-1,9]'))
	AS t(v) ORDER BY v;
SELECT '[1,2]'::feature_vector = '[1.0,2]' AS eq, '[1,NULL]'::feature_vector = '[1,NULL]' AS missing_eq,
	   '[0]'::feature_vector = '[-0]' AS zero_eq, '[1]'::feature_vector <> '[1,1]' AS ne,
	   '[1]'::feature_vector < '[1,1]' AS lt, '[1]'::feature_vector <= '[1]' AS le,
	   '[NULL]'::feature_vector > '[1e308]' AS gt, '[1]'::feature_vector >= '[2]' AS ge;
CREATE INDEX profile_v ON profile (v);
CREATE INDEX profile_v_hash ON profile USING hash (v);
SET enable_seqscan = off;
SELECT id FROM profile WHERE v = '[4,5,6]';
SELECT id FROM profile WHERE v > '[1,2,3]' ORDER BY v;
RESET enable_seqscan;

-- compressed or out-of-line values
CREATE TEMP TABLE wide (id int, v feature_vector);
INSERT INTO wide SELECT g, feature_vector(VARIADIC array_agg(((g * i) % 101)::float8))
FROM generate_series(1, 5) AS g, generate_series(1, 4000) AS i GROUP BY g;
SELECT id, dims(v), v[4000], v[1:3], v = (v || '[1]')[1:4000] AS same, v <-> v AS distance
FROM wide ORDER BY wide.v;
SELECT count(*), count(DISTINCT v) FROM (SELECT v FROM wide UNION ALL SELECT v FROM wide) AS t;

-- COPY, text and binary
CREATE TEMP TABLE copied (LIKE profile);
\copy profile TO 'results/feature_vector.txt'
\copy copied FROM 'results/feature_vector.txt'
\copy profile TO 'results/feature_vector.bin' (FORMAT binary)
\copy copied FROM 'results/feature_vector.bin' (FORMAT binary)
SELECT count(*) AS copies, count(DISTINCT c.v) AS vectors, bool_and(c.v IS NOT DISTINCT FROM p.v) AS same
FROM copied AS c JOIN profile AS p USING (id);
SELECT feature_vector_send('[1,NULL]');

-- damaged binary values: flags, length, no elements, another NaN, infinity
CREATE TEMP TABLE received (v feature_vector);
\setenv HEADER 'PGCOPY\\n\\377\\r\\n\\000\\000\\000\\000\\000\\000\\000\\000\\000\\000\\001'
\copy received FROM PROGRAM 'printf "$HEADER\000\000\000\014\000\001\000\000\077\360\000\000\000\000\000\000\377\377"' (FORMAT binary)
\copy received FROM PROGRAM 'printf "$HEADER\000\000\000\014\000\001\000\001\077\360\000\000\000\000\000\000\377\377"' (FORMAT binary)
\copy received FROM PROGRAM 'printf "$HEADER\000\000\000\014\000\002\000\000\077\360\000\000\000\000\000\000\377\377"' (FORMAT binary)
\copy received FROM PROGRAM 'printf "$HEADER\000\000\000\004\000\000\000\000\377\377"' (FORMAT binary)
\copy received FROM PROGRAM 'printf "$HEADER\000\000\000\014\000\001\000\000\377\370\000\000\000\000\000\000\377\377"' (FORMAT binary)
\copy received FROM PROGRAM 'printf "$HEADER\000\000\000\014\000\001\000\000\177\360\000\000\000\000\000\000\377\377"' (FORMAT binary)
\copy received FROM PROGRAM 'printf "$HEADER\000\000\000\002\000\001\377\377"' (FORMAT binary)
SELECT v FROM received;

-- aggregates
SELECT sum(v), avg(v), stddev(v), min_elements(v), max_elements(v) FROM profile;
SELECT sum(v) IS NULL AS sum, avg(v) IS NULL AS avg, stddev(v) IS NULL AS stddev,
	   min_elements(v) IS NULL AS min, max_elements(v) IS NULL AS max
FROM profile WHERE v IS NULL;
SELECT sum(v) IS NULL AS none FROM profile WHERE false;
SELECT sum(v), avg(v), stddev(v), min_elements(v), max_elements(v)
FROM (VALUES ('[1,NULL,NULL]'::feature_vector), ('[2,5,NULL]')) AS t(v);
SELECT stddev(v) FROM (VALUES ('[1000000]'::feature_vector), ('[1000000]'), ('[1000000]')) AS t(v);
SELECT sum(v) FROM (VALUES ('[1,2]'::feature_vector), ('[1]')) AS t(v);
SELECT avg(v) FROM (VALUES ('[1,2]'::feature_vector), ('[1]')) AS t(v);
SELECT stddev(v) FROM (VALUES ('[1,2]'::feature_vector), ('[1]')) AS t(v);
SELECT min_elements(v) FROM (VALUES ('[1,2]'::feature_vector), ('[1]')) AS t(v);
SELECT max_elements(v) FROM (VALUES ('[1]'::feature_vector), ('[1,2]')) AS t(v);
SELECT sum(v) FROM (VALUES ('[1e308]'::feature_vector), ('[1e308]')) AS t(v);
SELECT avg(v) FROM (VALUES ('[-1e308]'::feature_vector), ('[-1e308]')) AS t(v);
SELECT stddev(v) FROM (VALUES ('[1e200]'::feature_vector), ('[-1e200]')) AS t(v);
SELECT sum(v) OVER w AS running, avg(v) OVER w, min_elements(v) OVER w, max_elements(v) OVER w
FROM profile WINDOW w AS (ORDER BY id);
SELECT min_elements(v) OVER w AS moving, sum(v) OVER w
FROM profile WINDOW w AS (ORDER BY id ROWS 1 PRECEDING);

-- a damaged state is refused
SELECT feature_vector_sums_combine(NULL, '\x01');
SELECT feature_vector_sums_combine(NULL, '\x0300010000000000');
SELECT feature_vector_sum_final('\x050001000000000000000000');
SELECT feature_vector_sums_combine(NULL, NULL) IS NULL AS nothing;

-- Citus and postgres_fdw can ship the states (CITUS rules): no rows expected
SELECT p.oid::regprocedure
FROM pg_aggregate AS a
	 JOIN pg_proc AS p ON p.oid = a.aggfnoid
	 JOIN pg_proc AS s ON s.oid = a.aggtransfn
	 LEFT JOIN pg_proc AS c ON c.oid = a.aggcombinefn
WHERE 'feature_vector'::regtype = ANY (p.proargtypes)
  AND p.proname IN ('sum', 'avg', 'stddev', 'min_elements', 'max_elements')
  AND (c.oid IS NULL OR s.proisstrict OR c.proisstrict OR a.aggtranstype = 'internal'::regtype
	   OR p.proparallel <> 's');
