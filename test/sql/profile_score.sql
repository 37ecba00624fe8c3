-- profile_score: ordinary calls and every error
CREATE TEMP TABLE profiles AS
	SELECT i AS user_id, feature_vector(i, i % 3, 10.5) AS v, ARRAY[i, i % 3, 10.5] AS a FROM generate_series(1, 4) AS i;

-- weights and profile of every type
SELECT user_id, profile_score('[0.5,2,1]', v) AS literal, profile_score('{0.5,2,1}', v) AS braces,
	profile_score(ARRAY[0.5, 2, 1], v) AS "array",
	profile_score(feature_vector(0.5, 2, 1), v) AS vector, profile_score('{0.5,2,1}', a) AS literal_of_array,
	profile_score(feature_vector(0.5, 2, 1), a) AS vector_of_array, profile_score(ARRAY[0.5, 2, 1], a) AS arrays
FROM profiles ORDER BY user_id;
SELECT profile_score(ARRAY[1, 2], ARRAY[3, 4]) AS int, profile_score(ARRAY[1, 2]::bigint[], ARRAY[3, 4]::real[]) AS others,
	profile_score(weights => ARRAY[0.5, 0.5], v => ARRAY[1, -1]) AS named, profile_score(ARRAY[-1.0], ARRAY[0]) AS zero,
	profile_score(ARRAY[1e200, 1e-200], ARRAY[1e-200, 1e200]) AS far;
SELECT bool_and(profile_score(v, v) = dot_product(v, v)) AS "as dot_product" FROM profiles;
SELECT profile_score(NULL::feature_vector, v) IS NULL AS weights, profile_score(v, NULL::float8[]) IS NULL AS profile
FROM profiles LIMIT 1;
SELECT profile_score(array_fill(0.25::float8, ARRAY[16000])::feature_vector, array_fill(2::float8, ARRAY[16000])) AS longest;

-- in an index and in a generated column
CREATE TEMP TABLE kept (v feature_vector(2), score float8 GENERATED ALWAYS AS (profile_score('[0.25,0.75]', v)) STORED);
INSERT INTO kept VALUES ('[4,8]');
SELECT * FROM kept;

-- errors
SELECT profile_score(ARRAY[1, 2], v) FROM profiles;
SELECT profile_score('[1,2]', '[1]'::feature_vector);
SELECT profile_score(ARRAY[0, NULL], ARRAY[1, 2]);
SELECT profile_score(ARRAY[0, 1], feature_vector(1, NULL));
SELECT profile_score(ARRAY[1e200], ARRAY[1e200]);
SELECT profile_score('{1,NaN}'::float8[], ARRAY[1, 2]);
SELECT profile_score('{}'::float8[], '{}'::float8[]);
SELECT profile_score(ARRAY[[1, 2]], ARRAY[1, 2]);
