-- cf_predict over rows: ordinary calls and every error
CREATE TEMP TABLE neighbours (similarity numeric, rating int, mean numeric, user_mean numeric);
INSERT INTO neighbours VALUES (1, 5, 4, 3), (0.5, 2, 3, 3), (-0.5, 1, 2.5, 3), (0, 5, 1, 3);
-- 3 + (1 - 0.5 + 0.75) / 2
SELECT cf_predict(similarity, rating, mean, user_mean) FROM neighbours;
SELECT cf_predict(similarity::float8, rating::bigint, mean::real, 3) FROM neighbours;
SELECT cf_predict(0.5, 4, 3.5, 3) AS one_neighbour, cf_predict(-0.5, 4, 3.5, 3) AS unlike;

-- undefined is NULL
SELECT cf_predict(1, 1, 1, 1) IS NULL AS no_row FROM neighbours WHERE false;
SELECT cf_predict(0, rating, mean, user_mean) IS NULL AS no_similarity, cf_predict(NULL, NULL, NULL, user_mean) IS NULL AS no_neighbour,
	cf_predict(similarity, rating, mean, NULL) IS NULL AS no_mean, coalesce(cf_predict(NULL, 1, 1, user_mean), max(user_mean)) AS filled_in
FROM neighbours;

-- a row with a NULL is skipped, whatever its other values
SELECT cf_predict(s, r, m, u)
FROM (VALUES (1, 5, 4, 3), (NULL, 9, 9, 8), (1, NULL, 9, 8), (1, 9, NULL, 8), (1, 9, 9, NULL)) AS t(s, r, m, u);

-- limits of the range
SELECT cf_predict(1e50, 1e50, -1e50, 0) = 2e50 AS largest, cf_predict(1e-50, 5, 4, 3) AS smallest,
	cf_predict(1e-55, 5, 4, 3) IS NULL AS nothing;
SELECT round(cf_predict(0.1, 1e15 + i, 1e15, 0)::numeric, 6) AS large_ratings FROM generate_series(1, 3) AS i;

-- groups, windows, filters
SELECT g, cf_predict(1, i, 2, g) AS by_group, cf_predict(1, i, 2, g) FILTER (WHERE i > 2) AS filtered
FROM generate_series(1, 2) AS g, generate_series(1, 4) AS i GROUP BY g ORDER BY g;
SELECT i, cf_predict(1, i, 2, 3) OVER (ORDER BY i) AS running FROM generate_series(1, 4) AS i ORDER BY i;

-- errors
SELECT cf_predict('NaN', 1, 1, 1);
SELECT cf_predict(1, 'Infinity', 1, 1);
SELECT cf_predict(1, 1, 'NaN', 1);
SELECT cf_predict(1, 1, 1, '-Infinity');
SELECT cf_predict(1e55, 1, 1, 1);
SELECT cf_predict(1, 1, 1, -1e55);
SELECT cf_predict(1, 1, 1, i) FROM generate_series(1, 2) AS i;

-- states from untrusted sources
-- a state as a machine of little-endian byte order has it
CREATE FUNCTION pg_temp.float_state(kind text, numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
	SELECT reverse(kind)::bytea || string_agg(substring(float8send(x) FROM b FOR 1), '' ORDER BY n, b DESC)
	FROM unnest(numbers) WITH ORDINALITY AS t (x, n), generate_series(1, 8) AS b
$$;
SELECT cf_predict_final(pg_temp.float_state('NEIG', '{3,1}'));
SELECT cf_predict_final(pg_temp.float_state('NEIG', '{3,1,0,-2,0}'));
SELECT cf_predict_final(pg_temp.float_state('NEIG', '{NaN,1,0,2,0}'));
SELECT cf_predict_final(pg_temp.float_state('NEIG', '{3,1,5,2,0}'));
SELECT cf_predict_combine(pg_temp.float_state('NEIG', '{3,1,0,2,0}'), pg_temp.float_state('NEIG', '{4,1,0,2,0}'));
SELECT cf_predict_combine(pg_temp.float_state('NEIG', '{3,1,0,2,0}'), '\x00');
SELECT cf_predict_combine(NULL, NULL) IS NULL AS nothing, cf_predict_combine(NULL, s) = s AS second,
	cf_predict_combine(s, NULL) = s AS first
FROM (VALUES (pg_temp.float_state('NEIG', '{3,1,0,2,0}'))) AS t(s);
