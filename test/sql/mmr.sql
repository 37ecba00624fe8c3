--
-- Maximal marginal relevance
--

-- two courses on algebra, one on music: the second place goes to music
CREATE TEMP TABLE candidates AS SELECT * FROM (VALUES
	('history', 0.1::float8, '[0.5,0.5]'::feature_vector), ('algebra 1', 0.9, '[1,0]'), ('algebra 2', 0.8, '[0.9,0.1]'),
	('music', 0.6, '[0,1]')) AS t(course, score, topics);
SELECT lambda, id, r.score, rank
FROM (SELECT array_agg(course) AS ids, array_agg(score) AS scores, array_agg(topics) AS vectors FROM candidates) AS c,
	unnest('{1,0.5,0}'::float8[]) AS lambda, mmr(ids, scores, vectors, 3, lambda) AS r ORDER BY lambda DESC, rank;

-- fewer than asked for; NULLs are left out; ties keep their order
SELECT * FROM mmr('{1,2,3}'::bigint[], '{1,NULL,1}', ARRAY['[1]', '[1]', NULL]::feature_vector[], 10, 0.5);
SELECT * FROM mmr('{7,5,6}'::int[], '{1,1,1}', ARRAY['[1,0]', '[0,1]', '[0,0]']::feature_vector[], 3, 0.5);
SELECT count(*) FROM mmr('{}'::text[], '{}', '{}', 3, 0.5);
SELECT count(*) FROM mmr('{a}'::text[], '{1}', ARRAY['[1]']::feature_vector[], 0, 0.5);
SELECT count(*) FROM mmr('{a}'::text[], NULL, ARRAY['[1]']::feature_vector[], 1, 0.5);

SELECT * FROM mmr('{a,b}'::text[], '{1}', ARRAY['[1]', '[2]']::feature_vector[], 1, 0.5);
SELECT * FROM mmr('{a,b}'::text[], '{1,2}', ARRAY['[1]', '[2,3]']::feature_vector[], 1, 0.5);
SELECT * FROM mmr('{a}'::text[], '{NaN}', ARRAY['[1]']::feature_vector[], 1, 0.5);
SELECT * FROM mmr('{a}'::text[], '{1}', ARRAY['[1,NULL]']::feature_vector[], 1, 0.5);
SELECT * FROM mmr('{a}'::text[], '{1}', ARRAY['[1]']::feature_vector[], -1, 0.5);
SELECT * FROM mmr('{a}'::text[], '{1}', ARRAY['[1]']::feature_vector[], 1, 1.5);
SELECT * FROM mmr('{a}'::text[], '{1}', ARRAY['[1]']::feature_vector[], 1, 'NaN');
