-- The score of a profile is the sum that SQL computes, however weights and
-- profile are held and stored.
BEGIN;
SELECT plan(3);

-- short, plain and out-of-line values
CREATE TABLE profile_score_rows AS
	SELECT n, i, array_agg(((i * 7919 + j * 104729) % 1009 - 500) / 16.0::float8 ORDER BY j) AS x,
		array_agg(((i * 31 + j * 17) % 101 - 50) / 8.0::float8 ORDER BY j) AS w
	FROM unnest('{1,2,3,4,5,15,16,17,100,16000}'::int[]) AS n, generate_series(1, 20) AS i, generate_series(1, n) AS j
	WHERE n < 1000 OR i <= 2 GROUP BY n, i;
ALTER TABLE profile_score_rows ADD v feature_vector, ADD weights feature_vector;
UPDATE profile_score_rows SET v = x, weights = w;

-- eighths and sixteenths: every sum is exact
SELECT is_empty($$
	SELECT n, i FROM profile_score_rows
	WHERE (SELECT sum(a * b) FROM unnest(w, x) AS u(a, b)) IS DISTINCT FROM profile_score(weights, v)
$$, 'the sum of the products');
SELECT is_empty($$
	SELECT n, i FROM profile_score_rows
	WHERE profile_score(weights, v) <> ALL (ARRAY[profile_score(w, x), profile_score(w, v), profile_score(weights, x), dot_product(w, x)])
$$, 'of arrays and vectors');
SELECT is(array_agg(DISTINCT (provolatile, proparallel, proisstrict, prorettype::regtype)::text), '{"(i,s,t,\"double precision\")"}',
	'immutable, parallel safe and strict') FROM pg_proc WHERE proname = 'profile_score';

SELECT * FROM finish();
ROLLBACK;
