-- Vectors as drivers and JSON bring them.
BEGIN;
SELECT plan(29);

-- text of arrays: some drivers quote every element
SELECT is('{"1","2.5",NULL,"-3e2"}'::feature_vector, '[1,2.5,NULL,-300]', 'quoted elements');
SELECT is('{" 1 ", "2" }'::feature_vector, '[1,2]', 'with spaces, as arrays take them');
SELECT throws_ok($$SELECT '{"NULL"}'::feature_vector$$, '22P02', NULL, 'a quoted NULL is a word, as in arrays');
SELECT throws_ok($$SELECT '{"1}'::feature_vector$$, '22P02', NULL, 'an open quote');
SELECT throws_ok($$SELECT '{"NaN"}'::feature_vector$$, '22003', NULL, 'NaN');
SELECT throws_ok($$SELECT '["1"]'::feature_vector$$, '22P02', NULL, 'JSON numbers are not quoted');

-- JSON
SELECT is('[1, null, 2.5]'::jsonb::feature_vector, '[1,NULL,2.5]', 'from jsonb');
SELECT throws_ok($$SELECT '[1, "2"]'::jsonb::feature_vector$$, '42804', NULL, 'a string in it');
SELECT throws_ok($$SELECT '[[1], [2]]'::jsonb::feature_vector$$, '42804', NULL, 'an array in it');
SELECT throws_ok($$SELECT '{"a": 1}'::jsonb::feature_vector$$, '42804', NULL, 'an object');
SELECT throws_ok($$SELECT '7'::jsonb::feature_vector$$, '42804', NULL, 'a number');
SELECT throws_ok($$SELECT '[]'::jsonb::feature_vector$$, '54000', NULL, 'nothing');
SELECT throws_ok($$SELECT '[1e400]'::jsonb::feature_vector$$, '22003', NULL, 'beyond float8');
CREATE TEMP TABLE lists AS SELECT ARRAY['[1,2]', NULL, '[3,NULL]']::feature_vector[] AS vectors;
SELECT is(to_jsonb(vectors)::text, '[[1, 2], null, [3, null]]', 'an array of vectors is an array of arrays') FROM lists;
SELECT is((row_to_json(lists)::jsonb -> 'vectors')::feature_vector[], vectors, 'and reads back') FROM lists;
SELECT is('[]'::jsonb::feature_vector[], '{}', 'when it is empty, too');

-- arrays beside vectors
CREATE TEMP TABLE v AS SELECT i, feature_vector(i, 2 * i) AS v, ARRAY[i, 2 * i]::float8[] AS a FROM generate_series(1, 4) AS i;
SELECT is(sum(v <-> ARRAY[1, 2]), sum(v <-> '[1,2]'), 'distance to an array of int') FROM v;
SELECT is(sum(ARRAY[1.5, 2] <-> v), sum(v <-> '[1.5,2]'), 'from an array of numeric') FROM v;
SELECT is(sum((v <+> a) + (v <=> a) + (a <#> v)), sum((v <+> v) + (v <=> v) + (v <#> v)), 'the other measures') FROM v;
SELECT is(count(*) FILTER (WHERE v = a AND a = v AND NOT v <> a AND v <> ARRAY[1, 1]), 4::bigint, 'equality') FROM v;
SELECT throws_ok($$SELECT v <-> ARRAY['a', 'b'] FROM v$$, '42883', NULL, 'an array of words');
SELECT throws_ok($$SELECT v <-> ARRAY[1] FROM v$$, '2202E', NULL, 'an array of another length');
SELECT is((v = ARRAY[NULL, 2]::float8[])::text, 'false', 'NULL is a missing element') FROM v WHERE i = 1;
-- what must not change for arrays alone
SELECT is(count(*) FILTER (WHERE a = '{1,2}' OR '{2,4}' = a OR a = '{}' OR '{}' = a), 2::bigint,
	'a literal beside an array stays an array') FROM v;
SELECT is((a || '{1}')::text, '{1,2,1}', 'and is appended to it') FROM v WHERE i = 1;

-- the names that arrays have
SELECT results_eq($$SELECT x FROM unnest('[1,NULL,2.5]'::feature_vector) AS x$$, 'VALUES (1::float8), (NULL), (2.5)', 'unnest');
SELECT is(cardinality('[1,NULL,2.5]'::feature_vector), 3, 'cardinality');

-- the functions behind operators and casts, as plans name them
SELECT is(ARRAY[l2_distance('[0,0]'::feature_vector, '{3,4}'::float8[]),
	l1_distance('[0,0]'::feature_vector, '{3,4}'::float8[]),
	negative_dot_product('[1,2]'::feature_vector, '{3,4}'::float8[]),
	cosine_distance('[1,0]'::feature_vector, '{0,4}'::float8[])],
	'{5,7,-11,1}'::float8[], 'distances to an array');
SELECT is(feature_vectors('[[1,2],null,[3]]'), ARRAY['[1,2]', NULL, '[3]']::feature_vector[], 'vectors of a JSON array');
SELECT * FROM finish();
ROLLBACK;
