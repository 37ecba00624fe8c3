-- cosine_similarity and pearson_similarity: ordinary calls and every error
CREATE TEMP TABLE stars (user_id int, course text, rating int);
INSERT INTO stars VALUES (1, 'sql', 5), (1, 'r', 3), (1, 'css', 1), (1, 'go', 4), (2, 'sql', 4), (2, 'r', 3), (2, 'css', 2), (2, 'art', 5),
	(3, 'sql', 1), (3, 'r', 3), (3, 'css', 5), (4, 'go', 2), (5, 'sql', 3), (5, 'r', 3), (5, 'css', 3);
SELECT a.user_id AS u, b.user_id AS v, count(*) AS n, round(cosine_similarity(a.rating, b.rating)::numeric, 4) AS cosine,
	pearson_similarity(a.rating, b.rating) AS pearson
FROM stars AS a JOIN stars AS b USING (course) WHERE a.user_id < b.user_id GROUP BY 1, 2 ORDER BY 1, 2;

-- numbers of every type, and of two different types
SELECT pearson_similarity(i, i * i) = pearson_similarity(i::numeric, (i * i)::bigint) AS "numeric",
	pearson_similarity(i, i * i) = pearson_similarity(i::real, (i * i)::smallint) AS "real"
FROM generate_series(1, 9) AS i;

-- minimum support and shrinkage
SELECT n, cosine_similarity(i, i, 3) AS support, cosine_similarity(i, i, 1, 4) AS shrunk, pearson_similarity(i, -i, 3) AS pearson_support,
	pearson_similarity(i, -i, 1, 3) AS pearson_shrunk
FROM generate_series(1, 4) AS n, generate_series(1, n) AS i GROUP BY n ORDER BY n;
SELECT cosine_similarity(1, 1, 2147483647) IS NULL AS most, cosine_similarity(1, 1, 1, 1e300) < 1e-299 AS shrunk_away;

-- undefined is NULL
SELECT cosine_similarity(1, 1) IS NULL AS cosine, pearson_similarity(1, 1) IS NULL AS pearson FROM stars WHERE false;
SELECT cosine_similarity(0, rating) IS NULL AS zeros, pearson_similarity(0.1, rating) IS NULL AS "constant",
	pearson_similarity(rating, 1e49) IS NULL AS large FROM stars;
SELECT cosine_similarity(2, 3) AS one_row, pearson_similarity(2, 3) IS NULL AS no_deviation;
SELECT cosine_similarity(7, 7) AS equal, pearson_similarity(7, 7) IS NULL AS no_deviation FROM generate_series(1, 1000);

-- rows with a NULL are skipped
SELECT pearson_similarity(a, b), cosine_similarity(a, b) = 1 AS cosine
FROM (VALUES (1, 2), (NULL, 5), (2, 4), (9, NULL), (3, 6)) AS t(a, b);
SELECT cosine_similarity(NULL, NULL) IS NULL AS nothing, cosine_similarity(NULL, 1, 2, 3) IS NULL AS nothing_shrunk;

-- large and small; what is close to 0 counts as 0
SELECT pearson_similarity(i * 1e49, i * 1e-49) AS ends, cosine_similarity(1e50, -1e50) AS opposite,
	cosine_similarity(1e-55, i) IS NULL AS nothing FROM generate_series(1, 9) AS i;
SELECT round(pearson_similarity(1e8 + i, 1e8 + i * i)::numeric, 6) AS far, round(corr(i, i * i)::numeric, 6) AS near
FROM generate_series(1, 9) AS i;

-- groups, windows, filters
SELECT i, pearson_similarity(i, i % 3) OVER w AS pearson, cosine_similarity(i, i) FILTER (WHERE i > 2) OVER w AS cosine
FROM generate_series(1, 3) AS i WINDOW w AS (ORDER BY i) ORDER BY i;

-- errors
SELECT cosine_similarity('NaN', 1);
SELECT pearson_similarity(1, 'Infinity');
SELECT pearson_similarity(1, '-Infinity'::numeric);
SELECT cosine_similarity(1e55, 1);
SELECT cosine_similarity(1, 1, 0);
SELECT cosine_similarity(1, 1, NULL);
SELECT cosine_similarity(1, 1, 1, NULL);
SELECT cosine_similarity(1, 1, 1, -1);
SELECT cosine_similarity(1, 1, 1, 'NaN');
SELECT cosine_similarity(1, 1, 1, 'Infinity');
SELECT cosine_similarity(i, i, i) FROM generate_series(1, 2) AS i;
SELECT pearson_similarity(i, i, 1, i) FROM generate_series(1, 2) AS i;

-- states from untrusted sources
-- a state as a machine of little-endian byte order has it
CREATE FUNCTION pg_temp.float_state(kind text, numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
	SELECT reverse(kind)::bytea || string_agg(substring(float8send(x) FROM b FOR 1), '' ORDER BY n, b DESC)
	FROM unnest(numbers) WITH ORDINALITY AS t (x, n), generate_series(1, 8) AS b
$$;
SELECT cosine_similarity_final(pg_temp.float_state('SIMI', '{1,2}'));
SELECT cosine_similarity_final(pg_temp.float_state('SIMI', '{NaN,1,0,0,0,0,0,0,0,0,0,0,0}'));
SELECT cosine_similarity_final(pg_temp.float_state('SIMI', '{1,1,0,5,0,5,0,-25,0,25,0,25,0}'));
SELECT pearson_similarity_final(pg_temp.float_state('SIMI', '{1.5,1,0,5,0,5,0,25,0,25,0,25,0}'));
SELECT pearson_similarity_final(pg_temp.float_state('SIMI', '{1,1,0,Infinity,0,5,0,25,0,25,0,25,0}'));
SELECT similarity_combine(pg_temp.float_state('SIMI', '{1,1,0,5,0,5,0,25,0,25,0,25,0}'),
	pg_temp.float_state('SIMI', '{1,2,0,5,0,5,0,25,0,25,0,25,0}'));
SELECT similarity_combine(pg_temp.float_state('SIMI', '{1,1,0,5,0,5,0,25,0,25,0,25,0}'),
	pg_temp.float_state('SIMI', '{1,1,0,5,9,5,0,25,0,25,0,25,0}'));
SELECT similarity_combine(NULL, NULL) IS NULL AS nothing, similarity_combine(NULL, s) = s AS second,
	similarity_combine(s, NULL) = s AS first
FROM (VALUES (pg_temp.float_state('SIMI', '{1,1,0,5,0,5,0,25,0,25,0,25,0}'))) AS t(s);
SELECT similarity_trans('\x00', 1, 1);
