-- one_hot, feature_hash, bucketize
BEGIN;
SELECT plan(27);

SELECT is(one_hot('b'::text, '{a,b,c}'::text[])::text, '[0,1,0]', 'text');
SELECT is(one_hot('b', '{a,b,c}')::text, '[0,1,0]', 'of unknown type');
SELECT is(one_hot(3, '{1,2,3}'::int[])::text, '[0,0,1]', 'int');
SELECT is(one_hot(3, '{1,2,3}'::bigint[])::text, '[0,0,1]', 'int among bigint');
SELECT is(one_hot(true, '{f,t}'::boolean[])::text, '[0,1]', 'boolean');
SELECT is(one_hot('2026-01-02'::date, '{2026-01-02,2026-01-03}'::date[])::text, '[1,0]', 'date');
SELECT is(one_hot('d'::text, '{a,b,c}'::text[])::text, '[0,0,0]', 'a value that is not in the list');
SELECT is(one_hot(NULL::text, '{a,b,c}'::text[])::text, '[NULL,NULL,NULL]', 'NULL is not known');
SELECT is(one_hot(NULL::text, '{a,NULL,c}'::text[])::text, '[0,1,0]', 'unless it is in the list');
SELECT is(one_hot('c'::text, '{a,NULL,c}'::text[])::text, '[0,0,1]', 'a NULL in the list is not another value');
SELECT is(one_hot('a'::text, '{a,a}'::text[])::text, '[1,0]', 'the first of equal categories');
SELECT is(one_hot('a'::text, NULL::text[]), NULL, 'no list');
SELECT throws_ok($$SELECT one_hot('a'::text, '{}'::text[])$$, '54000', NULL, 'an empty list');
SELECT throws_ok($$SELECT one_hot('1'::json, ARRAY['1'::json])$$, '42883', 'categories of type json cannot be compared', 'no equality');

-- numbers made by test/oracle/prepare.py
SELECT is(feature_hash(tokens, n), wanted::feature_vector, format('scikit-learn''s FeatureHasher: %s', left(tokens::text, 20)))
FROM (VALUES
	('{"games"}'::text[], 8, '{0.0,1.0,0.0,0.0,0.0,0.0,0.0,0.0}'),
	('{"work","travel"}', 8, '{0.0,1.0,1.0,0.0,0.0,0.0,0.0,0.0}'),
	('{"a","b","b","café",""}', 5, '{2.0,-2.0,1.0,0.0,0.0}'),
	((SELECT array_agg('tag' || i ORDER BY i) FROM generate_series(0, 39) AS i), 16,
		'{-1.0,0.0,1.0,-2.0,0.0,0.0,0.0,-5.0,-1.0,0.0,1.0,1.0,1.0,1.0,0.0,0.0}')
) AS w(tokens, n, wanted);
SELECT is(feature_hash('{a,NULL,b}', 7), feature_hash('{b,a}', 7), 'NULL tokens are skipped, order does not matter');
SELECT is(feature_hash('{}', 3)::text, '[0,0,0]', 'no tokens');
SELECT throws_ok($$SELECT feature_hash('{a}', 0)$$, '22023', 'n is out of range: 0', 'no place');
SELECT throws_ok($$SELECT feature_hash('{a}', 16001)$$, '22023', 'n is out of range: 16001', 'too many places');

SELECT is(ARRAY(SELECT bucketize(x, '{1,2.5,9}') FROM unnest('{-Infinity,0,1,2.4,2.5,9,Infinity}'::float8[]) AS x), '{0,0,1,1,2,3,3}',
	'the number of edges at or below');
SELECT is(count(*) FILTER (WHERE bucketize(x / 7.0, e) <> width_bucket(x / 7.0::float8, e))::int, 0, 'as width_bucket')
FROM generate_series(-50, 50) AS x, unnest(ARRAY['{0}', '{-3,0,1,2,5.5}']) AS s, LATERAL (SELECT s::float8[] AS e) AS t;
SELECT is(bucketize(3, '{}'), 0, 'no edges');
SELECT throws_ok($$SELECT bucketize(1, '{2,1}')$$, '22023', 'edges must be in strictly ascending order', 'edges that fall');
SELECT throws_ok($$SELECT bucketize('NaN', '{1,2}')$$, '22003', 'value is not a number', 'NaN');

SELECT * FROM finish();
ROLLBACK;
