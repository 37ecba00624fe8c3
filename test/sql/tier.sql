-- tiers by given edges: ordinary calls and every error
CREATE TEMP TABLE spending AS
	SELECT i AS user_id, v AS whole, v::numeric(10,2) AS money, v::float8 AS real, v::bigint AS large, v::smallint AS small
	FROM generate_series(1, 6) AS i, LATERAL (SELECT i * 100 AS v) AS s;

SELECT user_id,
	tier(avg(whole), '{200,500}', '{low,medium,high}') AS whole,
	tier(avg(money), '{200,500}', '{low,medium,high}') AS money,
	tier(avg(real), '{200,500}', '{low,medium,high}') AS real,
	tier(avg(large), '{200,500}', '{low,medium,high}') AS large,
	tier(sum(small), '{200,500}', '{low,medium,high}') AS small,
	tier(max(whole), '{200,500}') AS number
FROM spending GROUP BY user_id ORDER BY user_id;

-- edges of any numeric type, columns as edges and labels
SELECT tier(200, ARRAY[200, 500]), tier(201, ARRAY[200, 500]), tier(1.5, ARRAY[1.2, 1.7]),
	tier(1.5::float8, ARRAY[1.2, 1.7]), tier(501::numeric, ARRAY[200, 500]::float8[]),
	tier('Infinity'::float8, '{200,500}'), tier('-Infinity'::numeric, '{200,500}');
SELECT country, score, tier(score, edges, labels)
FROM (VALUES ('DE', 5, '{1,9}'::float8[], '{a,b,c}'::text[]), ('FR', 5, '{7}', '{x,y}'), ('DE', 10, '{1,9}', '{a,b,c}'))
	AS t(country, score, edges, labels);

-- numeric is exact
SELECT tier(200.00000000000000000001, '{200}') AS "numeric", tier(200.00000000000000000001::float8, '{200}') AS float8;

-- NULL in, NULL out
SELECT tier(NULL::float8, '{1}', '{a,b}') IS NULL, tier(1, NULL::float8[], '{a,b}') IS NULL, tier(1, '{1}', NULL) IS NULL;

SELECT tier(1, '{2,1}');
SELECT tier(1, '{2,2.0}'::numeric[]);
SELECT tier(1.5, '{2.50,1}');
SELECT tier(1, '{}');
SELECT tier(1, '{1,NULL}');
SELECT tier(1, '{1,NaN}');
SELECT tier(1.0, '{1,Infinity}');
SELECT tier(1, '{{1,2},{3,4}}'::float8[]);
SELECT tier(1, '{1,2}', '{a,b}');
SELECT tier(1, '{1}', '{a,NULL}');
SELECT tier('NaN'::float8, '{1}');
SELECT tier('NaN'::numeric, '{1}');

-- hysteresis
SELECT score,
	tier_next('{200,500}', 1, score, 20) AS was_1,
	tier_next('{200,500}', 2, score, 20) AS was_2,
	tier_next('{200,500}', 3, score, 20) AS was_3,
	tier_next('{200,500}', NULL, score, 20) AS was_new
FROM unnest(ARRAY[100, 180, 181, 200, 201, 220, 221, 480, 481, 500, 501, 520, 521, 900]) AS score;
SELECT tier_next('{0.3}', 2, 0.2, 0.1) AS "numeric", tier_next('{0.3}', 2, 0.2::float8, 0.1::float8) AS float8;
SELECT tier_next('{1}', 1, NULL::float8, 0) IS NULL, tier_next(NULL::float8[], 1, 1, 0) IS NULL,
	tier_next('{1}', 1, 1, NULL::float8) IS NULL;
SELECT tier_next('{1}', 3, 1, 0);
SELECT tier_next('{1}', 0, 1.0, 0.0);
SELECT tier_next('{1}', 1, 1, -1);
SELECT tier_next('{1}', 1, 1.0, 'NaN'::numeric);
SELECT tier_next('{1}', 1, 1, 'Infinity'::float8);

-- learned tiers
CREATE TEMP TABLE models AS
	SELECT method, tier_train(score, 3, tier_options(method)) AS model
	FROM unnest(ARRAY['quantile', 'jenks', 'equal_width']) AS method,
		unnest(ARRAY[1, 2, 3, 11, 12, 13, 20, 21, 41]) AS score
	GROUP BY method;
SELECT method, tier_edges(model)::numeric(9,3)[], tier_assign(model, 12), tier(12, tier_edges(model), '{low,medium,high}')
FROM models ORDER BY method;
SELECT method, tier, round(above::numeric, 3) AS above, round(up_to::numeric, 3) AS up_to, size, round(share::numeric, 3) AS share,
	lowest, highest, round(mean::numeric, 3) AS mean
FROM models, tier_ranges(model) ORDER BY method, tier;
SELECT tier_assign_next(model, 1, 14, 2), tier_assign_next(model, 2, 14, 2), tier_assign_next(model, NULL, 14, 2)
FROM models WHERE method = 'jenks';
SELECT model_info(tier_train(score, 4)) - 'version'
FROM unnest(ARRAY[0, 0, 0, 10, NULL]) AS score;

SELECT tier_train(1, 0);
SELECT tier_train(1, 1001);
SELECT tier_train(1, NULL);
SELECT tier_train(1, i) FROM generate_series(2, 3) AS i;
SELECT tier_train('NaN', 2);
SELECT tier_train('Infinity', 2);
SELECT tier_train(1, 2, '{"methods": "jenks"}');
SELECT tier_train(1, 2, '{"method": "natural"}');
SELECT tier_train(1, 2, '{"method": 1}');
SELECT tier_train(1, 2, NULL, -1);
SELECT tier_train(i, 1000, tier_options('jenks')) FROM generate_series(1, 16778) AS i;
SELECT tier_assign(model, 'NaN') FROM models LIMIT 1;
SELECT tier_assign_next(model, 4, 1, 0) FROM models LIMIT 1;
SELECT tier_assign_next(model, 1, 1, -1) FROM models LIMIT 1;
SELECT tier_assign(kmeans_train(ARRAY[i], 2), 1) FROM generate_series(1, 3) AS i;

-- transitions
CREATE TEMP TABLE moves AS
	SELECT * FROM (VALUES ('low', 'low'), ('low', 'high'), ('low', 'high'), ('high', 'low'), (NULL, 'low'), ('high', NULL), (NULL, NULL))
		AS t(was, is_now);
SELECT from_tier, to_tier, users, round(share::numeric, 3) AS share
FROM (SELECT tier_transition(was, is_now) AS m FROM moves) AS s, tier_transitions(m);
SELECT tier_transition(was, is_now) FROM moves;
SELECT tier_transitions(tier_transition(i % 12, i % 3), NULL::int) FROM generate_series(1, 24) AS i;
SELECT tier_transitions(tier_transition(i % 12, i % 3)) FROM generate_series(9, 12) AS i;
SELECT tier_transitions(tier_transition(9000000000 + i, NULL), NULL::bigint) FROM generate_series(1, 2) AS i;
SELECT tier_transitions(tier_transition(i > 1, i > 2)) FROM generate_series(1, 3) AS i;
SELECT tier_transition(was, is_now) IS NULL FROM moves WHERE false;
SELECT * FROM tier_transitions(NULL);
SELECT tier_transitions(tier_transition(was, is_now), NULL::int) FROM moves;
SELECT model_size(tier_transition(i, i)) > 8000000 FROM generate_series(1, 1000) AS i;
SELECT tier_transition(i, i) FROM generate_series(1, 1001) AS i;
SELECT segment_summary_merge_trans(m, m) FROM (SELECT tier_transition(was, is_now) AS m FROM moves) AS s;
SELECT tier_transition_trans(NULL, 'a', 'b');

-- weights whose products with the number of tiers leave the range of float8: an
-- error, and just below it the same tiers as with small weights
SELECT tier_train(1, 3, '{}', 1e308);
SELECT tier_train(x, 1000, '{}', 1e305) FROM generate_series(1, 2000) AS x;
SELECT tier_edges(tier_train(x, 3, '{}', 1e306)) = tier_edges(tier_train(x, 3, '{}', 1e300)) AS huge,
	tier_edges(tier_train(x, 3, '{}', 5e-324)) = tier_edges(tier_train(x, 3, '{}', 0.5)) AS tiny
FROM generate_series(1, 9) AS x;
SELECT tier_edges(tier_train(x, 3, '{"method": "jenks"}', 1e307)) = tier_edges(tier_train(x, 3, '{"method": "jenks"}')) AS huge,
	tier_edges(tier_train(x, 3, '{"method": "jenks"}', 1e-300)) = tier_edges(tier_train(x, 3, '{"method": "jenks"}')) AS tiny
FROM generate_series(1, 9) AS x;
