-- RFM: ordinary calls and every error
CREATE TEMP TABLE buyers AS
	SELECT i AS user_id, i * 37 % 101 AS days, 1 + i * 53 % 101 AS orders, (i * 71 % 101 * 10)::numeric(10,2) AS spend
	FROM generate_series(0, 100) AS i;
CREATE TEMP TABLE model AS SELECT rfm_train(days, orders, spend) AS model FROM buyers;

SELECT model_info(model) - 'version' FROM model;
SELECT user_id, days, orders, spend, s.* FROM buyers, model, rfm_score(model, days, orders, spend) AS s
WHERE user_id % 9 = 0 ORDER BY user_id;

-- outside the trained range, at an edge, and NULL
SELECT s.* FROM model, (VALUES (-1, 1e6, 1e9), (1e6, -1, -1e9), (20, 21, 200), (21, 22, 201), (NULL, 1, 1)) AS t(r, f, m),
	rfm_score(model, r, f, m) AS s;

-- one model per group, and from a growing frame
SELECT days % 2 AS side, model_info(rfm_train(days, orders, spend, rfm_options(n => 3))) -> 'rows_used' AS rows_used
FROM buyers GROUP BY 1 ORDER BY 1;
SELECT user_id, (rfm_score(rfm_train(days, orders, spend) OVER (ORDER BY user_id), days, orders, spend)).cell
FROM buyers WHERE user_id < 5;

-- equal values get equal scores; scores between equal edges are unused
SELECT f, count(*), (rfm_score(model, 1, f, 1)).frequency_score
FROM (VALUES (1), (1), (1), (1), (1), (2), (2), (3), (9), (9)) AS t(f),
	(SELECT rfm_train(1, f, 1) AS model FROM (VALUES (1), (1), (1), (1), (1), (2), (2), (3), (9), (9)) AS t(f)) AS m
GROUP BY f, model ORDER BY f;

-- the segment of every cell
SELECT r, string_agg(coalesce(segment, '-'), ', ' ORDER BY v) AS segments
FROM model, generate_series(5, 1, -1) AS r, generate_series(1, 5) AS v,
	rfm_score(model, 20 * (5 - r) + 10, 20 * v - 10, 200 * v - 100)
GROUP BY r ORDER BY r DESC;

-- other segments
CREATE TEMP TABLE own AS
	SELECT rfm_train(days, orders, spend, rfm_options(3, '{"très bon",fresh,"très bon"}', '{{3,3},{3,1},{2,2.5}}')) AS model FROM buyers;
SELECT model_info(model) -> 'options' FROM own;
SELECT r, v, segment FROM own, generate_series(3, 1, -1) AS r, generate_series(1, 3) AS v,
	rfm_score(model, 34 * (3 - r) + 10, 34 * v - 20, 340 * v - 200);

-- NULL is skipped and counted; no rows give no model
SELECT model_info(rfm_train(r, f, m)) -> 'rows_used' AS used, model_info(rfm_train(r, f, m)) -> 'rows_skipped' AS skipped
FROM (VALUES (1, 2, 3), (NULL, 2, 3), (1, NULL, 3), (1, 2, NULL)) AS t(r, f, m);
SELECT rfm_train(1, 1, NULL) IS NULL, rfm_train(1, 1, 1) FILTER (WHERE false) IS NULL;

SELECT rfm_train('NaN', 1, 1);
SELECT rfm_train(1, 'Infinity', 1);
SELECT rfm_train(1, 1, '-Infinity');
SELECT rfm_train(1, 1, 1, rfm_options(n => 1));
SELECT rfm_train(1, 1, 1, rfm_options(n => 10));
SELECT rfm_train(1, 1, 1, '{"segment_name": ["a"]}');
SELECT rfm_train(1, 1, 1, rfm_options(segment_names => '{a,b}'));
SELECT rfm_train(1, 1, 1, rfm_options(segment_names => '{a,b}', segment_rules => '{{1,1}}'));
SELECT rfm_train(1, 1, 1, rfm_options(segment_names => '{a}', segment_rules => '{{1,1,1}}'));
SELECT rfm_train(1, 1, 1, rfm_options(segment_names => '{a}', segment_rules => '{1,1}'));
SELECT rfm_train(1, 1, 1, rfm_options(n => 4, segment_names => '{a}', segment_rules => '{{1,4.5}}'));
SELECT rfm_train(1, 1, 1, rfm_options(segment_names => '{a,b}', segment_rules => '{{1,5},{0,1}}'));
SELECT rfm_train(1, 1, 1, rfm_options(segment_names => ARRAY['a', NULL], segment_rules => '{{1,1},{2,2}}'));
SELECT rfm_train(1, 1, 1,
	rfm_options(segment_names => array_fill('a'::text, ARRAY[1001]), segment_rules => array_fill(1, ARRAY[1001, 2])));
SELECT rfm_train(1, 1, 1, rfm_options(n => n)) FROM (VALUES (3), (4)) AS t(n);
SELECT rfm_score(model, 'NaN', 1, 1) FROM model;
SELECT rfm_score(model, 1, 1, 'Infinity') FROM model;
SELECT rfm_score(tier_train(1, 2), 1, 1, 1);
SELECT tier_edges(model) FROM model;
SELECT (model::jsonb || '{"fingerprint": null, "recency_edges": [4, 3, 2, 1]}')::text::segment_model FROM model;
