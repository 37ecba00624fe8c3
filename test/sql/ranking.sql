-- ranking metrics: ordinary calls and every error
CREATE TEMP TABLE lists (user_id int, recommended int[], relevant int[]);
INSERT INTO lists VALUES (1, '{10,20,30,40}', '{20,40,50}'), (2, '{50,10}', '{50}'), (3, '{20,30,40,10}', '{99}');
SELECT user_id, precision_at(3, recommended, relevant), recall_at(3, recommended, relevant), hit_rate_at(3, recommended, relevant),
	mrr(recommended, relevant), average_precision_at(3, recommended, relevant) AS average_precision,
	round(ndcg_at(3, recommended, relevant)::numeric, 6) AS ndcg
FROM lists GROUP BY user_id ORDER BY user_id;
SELECT round(precision_at(3, recommended, relevant)::numeric, 6) AS precision,
	round(recall_at(3, recommended, relevant)::numeric, 6) AS recall,
	round(hit_rate_at(3, recommended, relevant)::numeric, 6) AS hit_rate, mrr(recommended, relevant),
	round(average_precision_at(3, recommended, relevant)::numeric, 6) AS average_precision,
	round(ndcg_at(3, recommended, relevant)::numeric, 6) AS ndcg, catalog_coverage(recommended, 10) AS coverage,
	catalog_coverage(recommended[1:1], 10) AS coverage_1
FROM lists;

-- several k in one query
SELECT k, round(recall_at(k, recommended, relevant)::numeric, 4) AS recall FROM lists, generate_series(1, 4) AS k GROUP BY k ORDER BY k;

-- ids of every type
SELECT mrr(ARRAY['a', 'b'], ARRAY['b']) AS text, mrr(ARRAY['a', 'b']::varchar[], ARRAY['b']::text[]) AS varchar,
	mrr(ARRAY['a', 'b']::name[]::text[], ARRAY['b']) AS name,
	mrr(ARRAY[1, 2]::smallint[], ARRAY[2]) AS smallint, mrr(ARRAY[1, 2]::bigint[], '{2}') AS bigint,
	mrr(ARRAY['00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002']::uuid[],
		'{00000000-0000-0000-0000-000000000002}') AS uuid;
SELECT mrr(ARRAY['', 'a', 'ä', 'A'], ARRAY['A']) AS by_bytes, mrr(ARRAY['a', ''], ARRAY['']) AS empty,
	mrr(ARRAY[repeat('x', 3000), repeat('x', 3001)], ARRAY[repeat('x', 3001)]) AS long;

-- no relevant items: the user is skipped
SELECT precision_at(3, recommended, '{}') IS NULL AS precision, recall_at(3, recommended, '{}') IS NULL AS recall,
	hit_rate_at(3, recommended, '{}') IS NULL AS hit_rate,
	mrr(recommended, '{}') IS NULL AS mrr, average_precision_at(3, recommended, '{}') IS NULL AS ap,
	ndcg_at(3, recommended, '{NULL}') IS NULL AS ndcg FROM lists;
SELECT hit_rate_at(1, recommended, relevant) FROM (VALUES (ARRAY[1], ARRAY[1]), (ARRAY[1], ARRAY[]::int[])) AS t(recommended, relevant);
-- an empty list is a miss; NULL is skipped
SELECT hit_rate_at(1, recommended, relevant) AS skipped, hit_rate_at(1, coalesce(recommended, '{}'), relevant) AS missed,
	catalog_coverage(recommended, 4) AS coverage
FROM (VALUES (ARRAY[1], ARRAY[1]), (NULL, ARRAY[1]), (ARRAY[1], NULL)) AS t(recommended, relevant);
SELECT precision_at(3, recommended, relevant) IS NULL AS precision, mrr(recommended, relevant) IS NULL AS mrr,
	catalog_coverage(recommended, 5) IS NULL AS coverage,
	intra_list_diversity(ARRAY[ARRAY[1, 2]]) IS NULL AS diversity FROM lists WHERE false;

-- repeated items and NULLs take places and are misses; lists shorter than k
SELECT precision_at(4, ARRAY[1, 1, NULL, 2], ARRAY[1, 2, 2, NULL]) AS precision,
	recall_at(4, ARRAY[1, 1, NULL, 2], ARRAY[1, 2, 2, NULL]) AS recall,
	average_precision_at(4, ARRAY[1, 1, NULL, 2], ARRAY[1, 2, 2, NULL]) AS ap, precision_at(10, ARRAY[1, 2], ARRAY[1, 2]) AS short,
	average_precision_at(10, ARRAY[1, 2], ARRAY[1, 2]) AS short_ap, ndcg_at(1000000, ARRAY[1, 2], ARRAY[1, 2]) AS short_ndcg,
	catalog_coverage(ARRAY[1, 1, NULL, 2], 4) AS coverage;

-- grades: 2^grade - 1, or the grade
SELECT round(ndcg_at(3, ARRAY['a', 'b', 'c'], ARRAY['a', 'c', 'd'], ARRAY[1, 3, 2])::numeric, 6) AS exponential,
	round((1 + 7 / 2.0) / (7 + 3 / log(2, 3.0) + 1 / 2.0), 6) AS want_exponential,
	round(ndcg_at(3, ARRAY['a', 'b', 'c'], ARRAY['a', 'c', 'd'], ARRAY[1, 3, 2], 'linear')::numeric, 6) AS linear,
	round((1 + 3 / 2.0) / (3 + 2 / log(2, 3.0) + 1 / 2.0), 6) AS want_linear;
SELECT ndcg_at(2, ARRAY[1, 2], ARRAY[1, 2], ARRAY[1, NULL]) AS unknown,
	ndcg_at(2, ARRAY[1, 2], ARRAY[1, 2], ARRAY[0, 0]) IS NULL AS all_zero,
	ndcg_at(2, ARRAY[1, 2], ARRAY[1, 2, 1], ARRAY[0.5, 1, 2]) AS larger_counts,
	ndcg_at(2, ARRAY[1, 2], ARRAY[1, 2], ARRAY[500, 0]) AS largest,
	ndcg_at(2, ARRAY[1, 2], ARRAY[1, 2], ARRAY[1e100, 1e100], 'linear') AS largest_linear;

-- diversity
SELECT intra_list_diversity(ARRAY['[1,0]', '[0,1]']::feature_vector[]) AS right_angle,
	intra_list_diversity(ARRAY['[1,2]', '[2,4]']::feature_vector[]) AS same,
	intra_list_diversity(ARRAY['[1,0]', '[-1,0]']::feature_vector[]) AS opposite,
	intra_list_diversity(ARRAY[ARRAY[1, 0], ARRAY[0, 3]]) AS arrays,
	intra_list_diversity(ARRAY['[1e300,0]', '[0,1e-300]']::feature_vector[]) AS far;
SELECT intra_list_diversity(list) AS mean, count(list)
FROM (VALUES (ARRAY['[1,0]', '[0,1]', NULL, '[0,0]']::feature_vector[]), (ARRAY['[1,1]', '[1,1]']::feature_vector[]),
	(ARRAY['[1,1]']::feature_vector[]), (ARRAY[]::feature_vector[]), (NULL)) AS t(list);

-- groups, windows, filters
SELECT user_id, mrr(recommended, relevant) OVER w AS running, catalog_coverage(recommended, 10) OVER w AS coverage,
	mrr(recommended, relevant) FILTER (WHERE user_id > 1) OVER w AS filtered
FROM lists WINDOW w AS (ORDER BY user_id) ORDER BY user_id;

-- errors
SELECT precision_at(0, ARRAY[1], ARRAY[1]);
SELECT recall_at(1000001, ARRAY[1], ARRAY[1]);
SELECT ndcg_at(NULL, ARRAY[1], ARRAY[1]);
SELECT hit_rate_at(user_id, recommended, relevant) FROM lists;
SELECT mrr(ARRAY[ARRAY[1, 2]], ARRAY[1]);
SELECT precision_at(3, ARRAY[1], ARRAY[ARRAY[1]]);
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], ARRAY[1]);
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], '{{1,2}}');
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], ARRAY[1, -1]);
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], ARRAY[1, 501]);
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], ARRAY[1, 1e101], 'linear');
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], ARRAY[1, 'NaN']::float8[]);
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], ARRAY[1, 2], 'quadratic');
SELECT ndcg_at(3, ARRAY[1], ARRAY[1, 2], ARRAY[1, 2], NULL);
SELECT ndcg_at(3, recommended, relevant, ARRAY[user_id], gain)
FROM (VALUES (1, ARRAY[1], ARRAY[1], 'linear'), (2, ARRAY[1], ARRAY[1], 'exponential')) AS t(user_id, recommended, relevant, gain);
SELECT catalog_coverage(recommended, 0) FROM lists;
SELECT catalog_coverage(recommended, NULL) FROM lists;
SELECT catalog_coverage(recommended, user_id) FROM lists;
SELECT catalog_coverage(recommended, 4) FROM lists;
SELECT catalog_coverage(ARRAY[recommended, recommended], 4) FROM lists;
SELECT intra_list_diversity(ARRAY['[1,0]', '[0,1,2]']::feature_vector[]);
SELECT intra_list_diversity(ARRAY['[1,0]', '[0,NULL]']::feature_vector[]);
SELECT intra_list_diversity(ARRAY[1, 2]);
SELECT intra_list_diversity(ARRAY[ARRAY[1, NULL], ARRAY[1, 2]]);
SELECT intra_list_diversity(ARRAY[ARRAY[1, 'NaN'], ARRAY[1, 2]]::float8[]);

-- states from untrusted sources
-- a state as a machine of little-endian byte order has it
CREATE FUNCTION pg_temp.float_state(kind text, numbers float8[]) RETURNS bytea LANGUAGE sql AS $$
	SELECT reverse(kind)::bytea || string_agg(substring(float8send(x) FROM b FOR 1), '' ORDER BY n, b DESC)
	FROM unnest(numbers) WITH ORDINALITY AS t (x, n), generate_series(1, 8) AS b
$$;
SELECT ranking_final(pg_temp.float_state('RANK', '{1,2}'));
SELECT ranking_final(pg_temp.float_state('RANK', '{1,64,0,10,1}'));
SELECT ranking_final(pg_temp.float_state('RANK', '{1,NaN,0,10,1}'));
SELECT ranking_final(pg_temp.float_state('RANK', '{1,0.5,0,10,2}'));
SELECT ranking_final(pg_temp.float_state('RANK', '{0,0,0,10,1}')) IS NULL AS nobody,
	ranking_final(pg_temp.float_state('RANK', '{2,0.5,0,10,1}')) AS sound;
SELECT ranking_combine(pg_temp.float_state('RANK', '{1,0.5,0,10,1}'), pg_temp.float_state('RANK', '{1,0.5,0,20,1}'));
SELECT ranking_combine(pg_temp.float_state('RANK', '{1,0.5,0,10,1}'), pg_temp.float_state('RANK', '{-1,0.5,0,10,1}'));
SELECT ranking_combine(NULL, NULL) IS NULL AS nothing, ranking_combine(NULL, s) = s AS second, ranking_combine(s, NULL) = s AS first
FROM (VALUES (pg_temp.float_state('RANK', '{1,0.5,0,10,1}'))) AS t(s);
SELECT catalog_coverage_final('\x00');
SELECT catalog_coverage_trans('\x0102030405060708', ARRAY[1], 5);
