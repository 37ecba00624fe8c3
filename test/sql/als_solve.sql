-- als_solve, als_wr_solve and als_gram: ordinary calls and every error
CREATE TEMP TABLE rated AS
	SELECT i, feature_vector(i % 3, i % 5 - 2) AS f, 1 + i % 4 AS rating, 1 + i % 2 AS weight FROM generate_series(1, 30) AS i;
CREATE FUNCTION pg_temp.rounded(v feature_vector) RETURNS numeric[] LANGUAGE sql
RETURN ARRAY(SELECT round(x::numeric, 6) FROM unnest(v::float8[]) AS x);

SELECT pg_temp.rounded(als_solve(f, rating, 0.5)) AS plain, pg_temp.rounded(als_wr_solve(f, rating, 0.5)) AS wr,
	pg_temp.rounded(als_solve(f, rating, 0.5, weight)) AS weighted, pg_temp.rounded(als_wr_solve(f, rating, 0.5, weight)) AS wr_weighted
FROM rated;
SELECT pg_temp.rounded(als_solve(f, rating, 15)) = pg_temp.rounded(als_wr_solve(f, rating, 0.5)) AS wr_is_lambda_times_n,
	als_solve(f, rating, 45, weight) = als_wr_solve(f, rating, 1, weight) AS wr_is_lambda_times_weight FROM rated;
SELECT als_gram(f) AS gram FROM rated;
SELECT pg_temp.rounded(als_solve(f, rating, 0.5, weight, (SELECT als_gram(f) FROM rated))) AS with_gram,
	als_solve(f, rating, 0.5, 1, '{{0,0},{0,0}}') = als_solve(f, rating, 0.5) AS zero_gram FROM rated;

-- arrays work like vectors; numbers of any type
SELECT als_solve(f, rating, 0.5) = als_solve(f::float8[], rating::numeric, 0.5::float8) AS arrays,
	als_wr_solve(f, rating, 1) = als_wr_solve(ARRAY[i % 3, i % 5 - 2], rating, 1) AS wr,
	als_gram(f) = als_gram(ARRAY[i % 3, i % 5 - 2]) AS gram FROM (SELECT * FROM rated) AS t;

-- one row, equal rows, a rating of 0
SELECT als_solve(ARRAY[2], 6, 0) AS one_row, pg_temp.rounded(als_solve(ARRAY[1, 1], 4, 2)) AS half_way,
	als_solve(ARRAY[1, 1], 0, 2) AS zero;
SELECT pg_temp.rounded(als_solve(ARRAY[2, 0], 6, 0.5)) AS equal_rows FROM generate_series(1, 1000);

-- undefined is NULL; rows with a NULL or without weight are skipped
SELECT als_solve(f, rating, 1) IS NULL AS solve, als_wr_solve(f, rating, 1) IS NULL AS wr, als_gram(f) IS NULL AS gram
FROM rated WHERE false;
SELECT pg_temp.rounded(als_solve(f, r, 1, w)) AS skipped, als_solve(f, NULL, 1) IS NULL AS no_rating,
	als_solve(f, r, 1, 0) IS NULL AS no_weight
FROM (VALUES ('[1,1]'::feature_vector, 4, 1), (NULL, 5, 1), ('[3,1]', NULL, 1), ('[3,1]', 5, NULL), ('[3]', 5, 0),
	('[0,0]', 1, 1)) AS t(f, r, w);

-- huge and tiny numbers
SELECT als_solve(ARRAY[1e150], 1e150, 0) AS large, als_solve(ARRAY[1e-150], 1, 0) = '[1e150]' AS small,
	l2_norm(als_solve(ARRAY[1e-200], 1, 2) - '[5e-201]'::feature_vector) < 1e-215 AS underflow;
SELECT dims(als_solve(array_fill(1::float8, ARRAY[500]), 1, 1)) AS most_factors;

-- groups, windows, filters
SELECT i % 2 AS half, pg_temp.rounded(als_solve(f, rating, 1)) AS by_group,
	pg_temp.rounded(als_solve(f, rating, 1) FILTER (WHERE i < 10)) AS filtered FROM rated GROUP BY half ORDER BY half;
SELECT i, pg_temp.rounded(als_solve(f, rating, 1) OVER (ORDER BY i)) AS running FROM rated WHERE i < 4 ORDER BY i;

-- errors
SELECT als_solve(f, rating, -1) FROM rated;
SELECT als_solve(f, rating, 'NaN') FROM rated;
SELECT als_solve(f, rating, NULL) FROM rated;
SELECT als_wr_solve(f, rating, i) FROM rated;
SELECT als_solve(f, 'NaN', 1) FROM rated;
SELECT als_solve(f, '-Infinity', 1) FROM rated;
SELECT als_solve(f, rating, 1, -1) FROM rated;
SELECT als_solve(f, rating, 1, 'Infinity') FROM rated;
SELECT als_solve(f, rating, 0) FROM rated WHERE i % 3 = 0;
SELECT als_solve(ARRAY[i, 2 * i], rating, 1e-12) FROM rated;
SELECT als_solve(CASE WHEN i = 7 THEN f || feature_vector(1) ELSE f END, rating, 1) FROM rated;
SELECT als_solve('[1,NULL]'::feature_vector, 1, 1);
SELECT als_gram(ARRAY[NULL, 1]);
SELECT als_solve(ARRAY['NaN'::float8], 1, 1);
SELECT als_solve(array_fill(1::float8, ARRAY[501]), 1, 1);
SELECT als_gram(array_fill(1::float8, ARRAY[501]));
SELECT als_solve(ARRAY[1e200], 1, 1);
SELECT als_gram(ARRAY[1e200]);
SELECT als_solve(ARRAY[1e-300], 1e300, 1e-320);
SELECT als_solve(ARRAY[1e154], 1, 1, 1, '{{1.7e308}}');
SELECT als_solve(ARRAY[1e153], 1, 1, 1, '{{1.7e308}}');
SELECT als_solve(f, rating, 1, 1, NULL) FROM rated;
SELECT als_solve(f, rating, 1, 1, '{1,2}') FROM rated;
SELECT als_solve(f, rating, 1, 1, '{{1}}') FROM rated;
SELECT als_solve(f, rating, 1, 1, '{{1,2},{3,4}}') FROM rated;
SELECT als_solve(f, rating, 1, 1, '{{1,NULL},{NULL,4}}') FROM rated;
SELECT als_solve(f, rating, 1, 1, '{{1,2},{2,NaN}}') FROM rated;
SELECT als_solve(f, rating, 1, 1, ARRAY[[1, 0], [0, i]]) FROM rated;

-- states from untrusted sources
-- a state as a machine of little-endian byte order has it
CREATE FUNCTION pg_temp.float_state(kind text, numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
	SELECT reverse(kind)::bytea || string_agg(substring(float8send(x) FROM b FOR 1), '' ORDER BY n, b DESC)
	FROM unnest(numbers) WITH ORDINALITY AS t (x, n), generate_series(1, 8) AS b
$$;
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{1,2}'));
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{1,0,1,0,1,0,1,0,1}'));
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{2,0,1,0,1,0,1,0,1,0}'));
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{1,0,-1,0,1,0,1,0,1,0}'));
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{1,0.5,1,0,1,0,1,0,1,0}'));
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{1,0,1,0,1,0,NaN,0,1,0}'));
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{1,0,0,0,1,0,-1,0,1,0}'));
SELECT als_solve_final(pg_temp.float_state('ALSQ', '{1,0,1,0,1,0,3,0,2,0}')) AS sound;
SELECT als_gram_final(pg_temp.float_state('ALSQ', '{1,0,1,0,1,0,Infinity,0,1,0}'));
SELECT als_combine(pg_temp.float_state('ALSQ', '{1,0,1,0,1,0,1,0,1,0}'), pg_temp.float_state('ALSQ', '{1,0,1,1,1,0,1,0,1,0}'));
SELECT als_combine(pg_temp.float_state('ALSQ', '{1,0,1,0,1,0,1,0,1,0}'), pg_temp.float_state('ALSQ', '{1,1,1,0,1,0,1,0,1,0,5}'));
SELECT als_combine(pg_temp.float_state('ALSQ', '{1,1,1,0,1,0,1,0,1,0,4}'), pg_temp.float_state('ALSQ', '{1,1,1,0,1,0,1,0,1,0,5}'));
SELECT als_combine(NULL, NULL) IS NULL AS nothing, als_combine(NULL, s) = s AS second, als_combine(s, NULL) = s AS first
FROM (VALUES (pg_temp.float_state('ALSQ', '{1,0,1,0,1,0,1,0,1,0}'))) AS t(s);
SELECT als_solve_trans(pg_temp.float_state('ALSQ', '{1,1,1,0,1,0,1,0,1,0,5}'), ARRAY[1], 1, 1);

-- lambda times the weights leaves the range of float8
SELECT als_wr_solve(feature_vector(1, 2), 3, 1e300, 1e307);
