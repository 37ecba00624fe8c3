-- RFM scores against SQL's own quantiles, and models that do not depend on order,
-- plan or memory budget.
BEGIN;
SELECT plan(14);

CREATE TABLE buyers AS
	SELECT i, i * 7919 % 500 AS days, 1 + (i * 31 % 97) / 40 * (i % 7) AS orders, (i::bigint * 6007 % 10007) ^ 2 / 1000 AS spend
	FROM generate_series(1, 50000) AS i;
ANALYZE buyers;
CREATE TEMP TABLE models AS SELECT n, rfm_train(days, orders, spend, rfm_options(n => n)) AS model
FROM buyers, generate_series(2, 9) AS n GROUP BY n;

SELECT is_empty($$
	WITH edges AS (
		SELECT n, percentile_cont(p) WITHIN GROUP (ORDER BY days) AS r, percentile_cont(p) WITHIN GROUP (ORDER BY orders) AS f,
			percentile_cont(p) WITHIN GROUP (ORDER BY spend) AS m
		FROM buyers, generate_series(2, 9) AS n, LATERAL (SELECT array_agg(j / n::float8) AS p FROM generate_series(1, n - 1) AS j) AS q
		GROUP BY n, p)
	SELECT n, edges.r, model::jsonb FROM edges JOIN models USING (n),
		unnest(r || f || m, ARRAY(SELECT e::float8 FROM jsonb_array_elements_text((model::jsonb -> 'recency_edges')
			|| (model::jsonb -> 'frequency_edges') || (model::jsonb -> 'monetary_edges')) WITH ORDINALITY AS t(e, o)
		ORDER BY o)) AS u(want, got)
	WHERE got IS NULL OR abs(want - got) > 1e-12 * abs(want)
$$, 'edges are percentile_cont''s');
SELECT is_empty($$
	SELECT n, i FROM models, buyers, rfm_score(model, days, orders, spend) AS s
	WHERE i % 10 = 0 AND (
		recency_score <> n - (SELECT count(*) FROM jsonb_array_elements(model::jsonb -> 'recency_edges') AS e WHERE e::float8 < days)
		OR frequency_score <> 1 + (SELECT count(*)
			FROM jsonb_array_elements(model::jsonb -> 'frequency_edges') AS e WHERE e::float8 < orders)
		OR monetary_score <> 1 + (SELECT count(*) FROM jsonb_array_elements(model::jsonb -> 'monetary_edges') AS e WHERE e::float8 < spend)
		OR cell <> concat(recency_score, frequency_score, monetary_score)
		OR segment IS NULL)
$$, 'scores count the edges below, cells are their digits, and every cell has a segment');

-- without ties, ntile is the same except for a row at each edge
SELECT ok(count(*) FILTER (WHERE s.monetary_score <> t.fifth) <= 4 AND max(abs(s.monetary_score - t.fifth)) <= 1,
	'distinct values: as ntile')
FROM models, (SELECT days, orders, spend, ntile(5) OVER (ORDER BY spend) AS fifth FROM buyers WHERE i <= 10007) AS t,
	LATERAL (SELECT rfm_train(days, orders, spend) AS few FROM buyers WHERE i <= 10007) AS f, rfm_score(few, days, orders, t.spend) AS s
WHERE n = 5;

-- the same bits in any order and budget, and after a round trip
SELECT is(rfm_train(days, orders, spend ORDER BY i * 7 % 1009), (SELECT model FROM models WHERE n = 5),
	'another order gives the same model') FROM buyers;
SET LOCAL segment.training_memory = '1MB';
SELECT is(rfm_train(days, orders, spend), (SELECT model FROM models WHERE n = 5), 'with little memory, too') FROM buyers;
RESET segment.training_memory;
SELECT ok(bool_and(model::text::segment_model = model), 'text reads back to the same model') FROM models;
SELECT is(rfm_train(t.days, t.orders, t.spend), (SELECT model FROM models WHERE n = 5), 'of any type of number')
FROM (SELECT days::numeric, orders::smallint, spend FROM buyers) AS t;
SELECT is(rfm_train(days * 0.0, orders, spend)::text, rfm_train(days * -0e0::float8, orders, spend)::text, '-0 is 0')
FROM buyers WHERE i <= 100;

SELECT is_empty($$
	SELECT i FROM (SELECT i, rfm_train(days, orders, spend) OVER (ORDER BY i) AS running FROM buyers WHERE i <= 50) AS w
	WHERE running <> (SELECT rfm_train(days, orders, spend) FROM buyers WHERE i <= w.i)
$$, 'as a window function over a growing frame');
SELECT results_eq(
	$$ SELECT i % 3, rfm_train(days, orders, spend) FROM buyers GROUP BY 1 ORDER BY 1 $$,
	$$ SELECT j, (SELECT rfm_train(days, orders, spend) FROM buyers WHERE i % 3 = j) FROM generate_series(0, 2) AS j $$,
	'a model for each group');

-- options: those offered are those a model keeps
SELECT is(rfm_options(), '{}'::jsonb, 'no option is given by default');
SELECT is(
	(SELECT string_agg(key, ' ' ORDER BY key)
		FROM (SELECT rfm_train(1, 1, 1, rfm_options(4, '{a}', '{{1,1}}')) AS model) AS m,
			jsonb_object_keys(model_info(model) -> 'options') AS key),
	(SELECT string_agg(name, ' ' ORDER BY name) FROM pg_proc, unnest(proargnames) AS name
		WHERE proname = 'rfm_options' AND name <> 'when_too_few'),
	'rfm_options offers all options');

-- any map of cells can be given: rules from the best cell down
CREATE TEMP TABLE cells AS
	SELECT r, v / 2.0 AS v, 's' || (r * 31 + v * 7) % 5 AS name FROM generate_series(1, 5) AS r, generate_series(2, 10) AS v;
SELECT is_empty($$
	SELECT c.*, s.* FROM cells AS c,
		(SELECT rfm_train(g, g, g, rfm_options(5, (SELECT array_agg(name ORDER BY r DESC, v DESC) FROM cells),
				(SELECT array_agg(ARRAY[r, v] ORDER BY r DESC, v DESC)::float8[] FROM cells))) AS model
			FROM generate_series(0, 100) AS g) AS m,
		rfm_score(model, 20 * (5 - r) + 10, 20 * floor(v) - 10, 20 * ceil(v) - 10) AS s
	WHERE s.segment IS DISTINCT FROM c.name
$$, 'rules describe any map');
SELECT ok(bool_and(provolatile = 'i' AND proisstrict AND proparallel = 's'), 'scoring is immutable')
FROM pg_proc WHERE proname = 'rfm_score';

SELECT * FROM finish();
ROLLBACK;
