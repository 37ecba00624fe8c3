-- Recommenders against their definitions in SQL, against numpy, and
-- however rows are ordered and planned.
BEGIN;
SELECT plan(40);

-- ratings from 1 to 5, some of all pairs
CREATE TABLE cf_ratings AS
	SELECT u, i, (1 + (u * 13 + i * 7 + u * i * 3 + (u % 4) * (i % 3) * 5) % 5)::float8 AS r
	FROM generate_series(1, 60) AS u, generate_series(1, 25) AS i WHERE (u * 31 + i * 17 + u * i) % 7 < 3 OR u % 25 + 1 = i;
ANALYZE cf_ratings;
-- weights: the fixture of test/oracle/cf.py
CREATE TABLE cf_weights AS
	SELECT u, i, (1 + u * i % 3)::float8 AS w FROM generate_series(1, 40) AS u, generate_series(1, 15) AS i
	WHERE (u * 7 + i * 11 + u * i) % 5 < 2 OR u % 15 + 1 = i;

CREATE FUNCTION pg_temp.gap(float8, float8) RETURNS float8 IMMUTABLE LANGUAGE sql RETURN abs($1 - $2) / greatest(1, abs($2));

-- ---------- neighbours, by joins ----------

-- (own, other, r): what is compared, and what it has in common
CREATE FUNCTION pg_temp.sides(of_users boolean) RETURNS TABLE (own int, other int, r float8) STABLE LANGUAGE sql
	BEGIN ATOMIC SELECT CASE WHEN of_users THEN u ELSE i END, CASE WHEN of_users THEN i ELSE u END, cf_ratings.r FROM cf_ratings; END;

CREATE FUNCTION pg_temp.similarities(of_users boolean, kind text, shrinkage float8, min_support int) RETURNS TABLE (a int, b int,
	s float8) STABLE LANGUAGE sql
	BEGIN ATOMIC
	SELECT a, b, CASE WHEN n < min_support THEN 0 ELSE CASE kind
			WHEN 'msd' THEN 1 / (1 + gap / n)
			WHEN 'cosine' THEN xy / sqrt(xx * yy)
			ELSE coalesce((n * xy - x * y) / nullif(sqrt((n * xx - x * x) * (n * yy - y * y)), 0), 0) END
		* CASE WHEN shrinkage = 0 THEN 1 WHEN kind = 'pearson' THEN (n - 1) / (n - 1 + shrinkage) ELSE n / (n + shrinkage) END END
	FROM (SELECT p.own AS a, q.own AS b, count(*)::float8 AS n, sum((p.r - q.r) ^ 2) AS gap, sum(p.r * q.r) AS xy,
		sum(p.r ^ 2) AS xx, sum(q.r ^ 2) AS yy,
			sum(p.r) AS x, sum(q.r) AS y
		FROM pg_temp.sides(of_users) AS p JOIN pg_temp.sides(of_users) AS q USING (other) WHERE p.own <> q.own GROUP BY 1, 2) AS t;
	END;

-- mean-centered predictions of every pair, whether rated or not
CREATE FUNCTION pg_temp.predictions(of_users boolean, kind text, k int, shrinkage float8, min_support int) RETURNS TABLE (u int, i int,
	p float8) STABLE LANGUAGE sql
	BEGIN ATOMIC
	WITH means AS (SELECT own, avg(r) AS mean FROM pg_temp.sides(of_users) GROUP BY own),
		pairs AS (SELECT own, other FROM means, (SELECT DISTINCT other FROM pg_temp.sides(of_users)) AS o),
		ranked AS (
			SELECT pairs.own, pairs.other, s, n.r - m.mean AS above,
				row_number() OVER (PARTITION BY pairs.own, pairs.other ORDER BY s DESC, n.own) AS place
			FROM pairs JOIN pg_temp.sides(of_users) AS n USING (other)
				JOIN pg_temp.similarities(of_users, kind, shrinkage, min_support) AS t ON a = pairs.own AND b = n.own
				JOIN means AS m ON m.own = n.own WHERE s > 0)
	SELECT CASE WHEN of_users THEN own ELSE other END, CASE WHEN of_users THEN other ELSE own END,
		least(5, greatest(1, mean + coalesce(sum(s * above) FILTER (WHERE place <= k) / sum(s) FILTER (WHERE place <= k), 0)))
	FROM pairs JOIN means USING (own) LEFT JOIN ranked USING (own, other) GROUP BY own, other, mean;
	END;

CREATE FUNCTION pg_temp.neighbours_hold(of_users boolean, kind text, k int, shrinkage float8, min_support int) RETURNS text LANGUAGE sql
	BEGIN ATOMIC
	WITH m AS MATERIALIZED (
		SELECT cf_train(u, i, r, cf_options(CASE WHEN of_users THEN 'user_knn' ELSE 'item_knn' END, similarity => kind, k => k,
			shrinkage => shrinkage, min_support => min_support)) AS model
		FROM cf_ratings)
	SELECT ok(count(*) = 1500 AND max(pg_temp.gap(cf_predict((SELECT model FROM m), u, i), p)) < 1e-9,
		format('%s neighbours by %s, k %s, shrinkage %s, support %s: as by joins', CASE WHEN of_users THEN 'user' ELSE 'item' END,
			kind, k, shrinkage, min_support))
	FROM pg_temp.predictions(of_users, kind, k, shrinkage, min_support);
	END;

SELECT pg_temp.neighbours_hold(of_users, kind, k, shrinkage, min_support)
FROM unnest('{true,false}'::boolean[]) AS of_users, unnest('{msd,cosine,pearson}'::text[]) AS kind,
	(VALUES (3, 0, 1), (1000, 10, 4)) AS t(k, shrinkage, min_support);

-- the rows of an explanation add up
CREATE TEMP TABLE models AS
	SELECT o ->> 'method' AS method, cf_train(u, i, r, o) AS model
	FROM cf_ratings, unnest(ARRAY[cf_options('svd', factors => 8), cf_options('baseline'), cf_options('user_knn', k => 5, shrinkage => 0),
		cf_options('item_knn', k => 5, shrinkage => 0),
		cf_options('als_implicit', factors => 8, regularization => 0.03), cf_options('ease', regularization => 20)]) AS o GROUP BY o;
CREATE FUNCTION pg_temp.model(name text) RETURNS segment_model STABLE LANGUAGE sql BEGIN ATOMIC SELECT model
FROM models WHERE method = name; END;
SELECT is_empty($$
	SELECT u, i FROM (SELECT u, avg(r) AS mean FROM cf_ratings GROUP BY u) AS m, generate_series(1, 25) AS i,
		LATERAL (SELECT sum(contribution) AS sum, count(*) AS n FROM cf_neighbours(pg_temp.model('user_knn'), u, i)) AS r
	WHERE n > 5 OR pg_temp.gap(least(5, greatest(1, mean + coalesce(sum, 0))), cf_predict(pg_temp.model('user_knn'), u, i)) > 1e-12
$$, 'mean and contributions add up to the prediction');
SELECT is_empty($$
	SELECT n.* FROM generate_series(1, 60, 7) AS v CROSS JOIN LATERAL cf_neighbours(pg_temp.model('user_knn'), v, 3, NULL::int) AS n
		LEFT JOIN cf_ratings ON u = neighbour AND i = 3 LEFT JOIN pg_temp.similarities(true, 'msd', 0, 1) AS s ON a = v AND b = neighbour
	WHERE rating IS DISTINCT FROM r OR pg_temp.gap(similarity, s) > 1e-12
$$, 'neighbours show their rating and similarity');
SELECT is_empty($$
	SELECT x FROM generate_series(1, 25) AS x WHERE
		ARRAY(SELECT item_id FROM cf_similar_items(pg_temp.model('item_knn'), x, 6) ORDER BY rank) <>
		ARRAY(SELECT b FROM pg_temp.similarities(false, 'msd', 0, 1) WHERE a = x ORDER BY s DESC, b LIMIT 6)
$$, 'similar items are the most similar');

-- implicit: cosine of whole lists, 0 for missing weights; sums, not means
SELECT ok(max(pg_temp.gap(cf_predict(m, w.u, c.i), c.s)) < 1e-9 AND count(*) = 600, 'implicit item neighbours: sums of cosines')
FROM (SELECT cf_train(u, i, cf_weights.w, cf_options('item_knn', feedback => 'implicit')) AS m FROM cf_weights) AS t,
	generate_series(1, 40) AS w(u),
	LATERAL (SELECT j AS i, coalesce((SELECT sum(h.w * (SELECT sum(a.w * b.w)
		FROM cf_weights AS a JOIN cf_weights AS b USING (u) WHERE a.i = j AND b.i = h.i)
			/ sqrt((SELECT sum(a.w ^ 2) FROM cf_weights AS a WHERE a.i = j) * (SELECT sum(b.w ^ 2) FROM cf_weights AS b WHERE b.i = h.i)))
			FROM cf_weights AS h WHERE h.u = w.u AND h.i <> j), 0) AS s FROM generate_series(1, 15) AS j) AS c;

-- ---------- baseline ----------

-- items, then users: once converged, each is the shrunk mean of the residuals
SELECT is_empty($$
	WITH m AS MATERIALIZED (SELECT cf_train(u, i, r, cf_options('baseline', iterations => 500)) AS model FROM cf_ratings),
		b AS MATERIALIZED (SELECT * FROM m, cf_users(model, NULL::int)), c AS MATERIALIZED (SELECT * FROM m, cf_items(model, NULL::int)),
		mu AS (SELECT avg(r) AS mean FROM cf_ratings)
	SELECT 'user', user_id FROM cf_ratings JOIN b ON u = b.user_id JOIN c ON i = item_id, mu GROUP BY user_id, b.bias, mean
		HAVING pg_temp.gap(b.bias, sum(r - mean - c.bias) / (15 + count(*))) > 1e-9
	UNION ALL SELECT 'item', item_id FROM cf_ratings JOIN b ON u = user_id JOIN c ON i = c.item_id, mu GROUP BY item_id, c.bias, mean
		HAVING pg_temp.gap(c.bias, sum(r - mean - b.bias) / (10 + count(*))) > 1e-9
$$, 'baseline: biases are means of the residuals');

-- ---------- factors ----------

SELECT is_empty($$
	WITH m AS MATERIALIZED (SELECT pg_temp.model('svd') AS model), b AS MATERIALIZED (SELECT * FROM m, cf_users(model, NULL::int)),
		c AS MATERIALIZED (SELECT * FROM m, cf_items(model, NULL::int))
	SELECT user_id, item_id FROM b, c WHERE pg_temp.gap(cf_predict((SELECT model FROM m), user_id, item_id),
		least(5, greatest(1, (SELECT avg(r) FROM cf_ratings) + b.bias + c.bias + dot_product(b.factors, c.factors)))) > 1e-12
$$, 'svd: mean, biases and the product of factors');
SELECT ok((model_info(pg_temp.model('svd')) ->> 'loss')::float8 < (model_info(pg_temp.model('baseline')) ->> 'loss')::float8,
	'svd explains more than biases');
SELECT is_empty($$
	WITH m AS MATERIALIZED (SELECT pg_temp.model('als_implicit') AS model)
	SELECT user_id, item_id FROM m, cf_users(model) AS b, cf_items(model) AS c
	WHERE pg_temp.gap(cf_predict((SELECT model FROM m), user_id, item_id), dot_product(b.factors, c.factors)) > 1e-12
$$, 'als_implicit: the product of factors');
SELECT is_empty($$
	WITH m AS MATERIALIZED (SELECT pg_temp.model('als_implicit') AS model)
	SELECT user_id FROM m, cf_users(model, NULL::int)
		JOIN (SELECT u, array_agg(i ORDER BY i DESC) AS items, array_agg(r ORDER BY i DESC) AS ratings
			FROM cf_ratings GROUP BY u) AS h ON u = user_id
	WHERE l2_norm(factors - cf_fold_in((SELECT model FROM m), items, ratings)) > 1e-6 * l2_norm(factors)
$$, 'als_implicit: a user''s history folds in to that user''s factors');
SELECT is_empty($$
	SELECT method, h.u, i FROM models,
		(SELECT u, array_agg(i) AS items, array_agg(r) AS ratings FROM cf_ratings GROUP BY u) AS h, generate_series(1, 25) AS i
	WHERE method IN ('baseline', 'item_knn', 'als_implicit', 'ease')
		AND pg_temp.gap(cf_predict(model, h.u, i), cf_predict(model, items, ratings, i)) > 1e-9
$$, 'predictions from a history are those of its user');
SELECT ok(abs((model_info(m) ->> 'loss')::float8 - 513.275813) < 1e-4, 'als_implicit: the final loss of numpy')
FROM (SELECT cf_train(u, i, w, cf_options('als_implicit', factors => 2, alpha => 5, regularization => 0.1, iterations => 3000)) AS m
	FROM cf_weights) AS t;

-- the gradient of the loss at a user's factors is 0: numpy's solution in SQL
SELECT is_empty($$
	WITH m AS MATERIALIZED (SELECT pg_temp.model('als_implicit') AS model),
		q AS MATERIALIZED (SELECT item_id AS i, factors FROM m, cf_items(model, NULL::int)),
		p AS MATERIALIZED (SELECT user_id AS u, factors FROM m, cf_users(model, NULL::int))
	SELECT p.u FROM p, q LEFT JOIN LATERAL (SELECT r FROM cf_ratings AS x WHERE x.u = p.u AND x.i = q.i) AS x ON true
	GROUP BY p.u, p.factors
	HAVING l2_norm(sum(q.factors * ((1 + 10 * coalesce(r, 0)) * (dot_product(p.factors, q.factors) - (r IS NOT NULL)::int)))
		+ p.factors * (0.03 * sum(1 + 10 * coalesce(r, 0)))) > 1e-8 * sum(1 + 10 * coalesce(r, 0))
$$, 'als_implicit: the gradient is 0 at the factors of users');

-- ---------- ease, by numpy ----------

CREATE TEMP TABLE ease AS SELECT cf_train(u, i, w, cf_options('ease', regularization => 20)) AS model FROM cf_weights;
CREATE TEMP TABLE ease_weights AS SELECT j, s.item_id AS i, similarity AS weight
FROM ease, generate_series(1, 15) AS j, cf_similar_items(model, j, 100) AS s;
SELECT is(array_agg(round(weight::numeric, 9) ORDER BY o), '{0.003737007,0.003711611,0.077070125}', 'ease: weights of items')
FROM (VALUES (2, 1, 1), (1, 2, 2), (7, 3, 3)) AS t(j, i, o) JOIN ease_weights USING (j, i);
SELECT is(array_agg(round(cf_predict(model, u, i)::numeric, 9) ORDER BY o), '{-0.021283069,0.293781567,0.998030825}', 'ease: scores')
FROM ease, (VALUES (1, 1, 1), (5, 9, 2), (40, 15, 3)) AS t(u, i, o);
SELECT is(round(sum(abs(x::float8))::numeric, 9), 13.922379085, 'ease: all weights')
FROM ease, jsonb_array_elements_text(model::jsonb -> 'weights') AS x;
SELECT ok(bool_and(cardinality(e) = 3) AND count(*) = 15, 'ease: an item keeps the requested number of weights')
FROM (SELECT cf_train(u, i, w, cf_options('ease', regularization => 20, neighbours => 3))::jsonb -> 'weight_ends' AS ends
	FROM cf_weights) AS t,
	LATERAL (SELECT array_agg(1) AS e
		FROM generate_series(1, 15) AS i, generate_series(coalesce((ends ->> (i - 2))::int * (i > 1)::int, 0) + 1, (ends ->> (i - 1))::int)
		GROUP BY i) AS l;

-- ---------- recommendations ----------

SELECT is_empty($$
	SELECT method, v FROM models, generate_series(1, 60, 11) AS v, LATERAL (SELECT array_agg(i) AS seen FROM cf_ratings WHERE u = v) AS s,
		LATERAL (SELECT array_agg(item_id ORDER BY rank) AS got, array_agg(score ORDER BY rank) AS scores,
			array_agg(rank ORDER BY rank) AS ranks
			FROM cf_recommend(model, v, seen, 5, '{"fallback": "none"}')) AS g
	WHERE ranks <> '{1,2,3,4,5}' OR got && seen
		OR EXISTS (SELECT FROM unnest(got, scores) AS t(i, score) WHERE pg_temp.gap(cf_predict(model, v, i), score) > 1e-12)
		OR EXISTS (SELECT FROM generate_series(1, 25) AS i WHERE i <> ALL (seen || got) AND cf_predict(model, v, i) > scores[5] + 1e-12)
$$, 'the best unseen items are recommended, with their predictions');
SELECT is_empty($$
	SELECT method, rank FROM models, cf_recommend(model, -1, '{3}'::int[], 8) AS r
		JOIN (SELECT i, row_number() OVER (ORDER BY count(*) DESC, i) AS place, count(*) / 60.0 AS share
			FROM cf_ratings WHERE i <> 3 GROUP BY i) AS p ON place = rank
	WHERE method NOT IN ('als_implicit', 'ease') AND (item_id <> i OR pg_temp.gap(score, share) > 1e-12)
$$, 'unknown users get the most popular items');
SELECT is_empty($$
	SELECT method FROM models, (SELECT array_agg(i) AS items, array_agg(1.0::float8) AS ones FROM generate_series(2, 8, 3) AS i) AS h
	WHERE method IN ('als_implicit', 'ease')
		AND ARRAY(SELECT r::text FROM cf_recommend(model, -1, items, 5) AS r) <> ARRAY(SELECT r::text
			FROM cf_recommend_history(model, items, ones, 5) AS r)
$$, 'what an unknown user has seen is a history, if feedback is implicit');
SELECT is_empty($$
	SELECT method FROM models, (SELECT array_agg(i) AS items, array_agg(r) AS ratings FROM cf_ratings WHERE u = 7) AS h
	WHERE method IN ('baseline', 'item_knn', 'als_implicit', 'ease')
	AND ARRAY(SELECT item_id FROM cf_recommend(model, 7, items, 9)) <> ARRAY(SELECT item_id
		FROM cf_recommend_history(model, items, ratings, 9))
$$, 'a history gets the recommendations of its user');
-- the same by mmr over the item factors, with the scores of the pool scaled to 0 to 1
SELECT is_empty($$
	WITH m AS MATERIALIZED (SELECT pg_temp.model('als_implicit') AS model), pool AS (
		SELECT array_agg(item_id ORDER BY r.rank) AS ids, array_agg(factors ORDER BY r.rank) AS vectors,
			array_agg((score - low) / (high - low) ORDER BY r.rank) AS scores
		FROM m, cf_recommend(model, 11, NULL::int[], 25) AS r
			JOIN (SELECT i.item_id, factors FROM m, cf_items(model, NULL::int) AS i) AS f USING (item_id),
			LATERAL (SELECT min(score) AS low, max(score) AS high FROM m, cf_recommend(model, 11, NULL::int[], 25)) AS b)
	SELECT rank FROM pool, mmr(ids, scores, vectors, 10, 0.6) FULL
		JOIN (SELECT r.item_id, r.rank
			FROM m, cf_recommend(model, 11, NULL::int[], 10, cf_recommend_options(diversity => 0.4)) AS r) AS v USING (rank)
	WHERE id IS DISTINCT FROM item_id
$$, 'diversity is mmr');

-- ---------- the same bits ----------

CREATE FUNCTION pg_temp.trained(o jsonb) RETURNS segment_model STABLE LANGUAGE sql BEGIN ATOMIC SELECT cf_train(u, i, r, o ORDER BY u, i)
FROM cf_ratings; END;
SELECT is_empty($$
	SELECT method FROM (SELECT o ->> 'method' AS method, cf_train(u, i, r, o ORDER BY r, i * 7 % 11, -u) AS model
		FROM cf_ratings, (SELECT model_info(model) -> 'options' AS o FROM models) AS t GROUP BY o) AS t
	WHERE model <> pg_temp.trained(model_info(model) -> 'options')
$$, 'another order gives the same model');
SELECT is((SELECT count(*) FROM models WHERE model = pg_temp.trained(model_info(model) -> 'options')), 6::bigint,
	'the options in effect give the same model again');
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(cf_train(u, i, r, cf_options('svd', factors => 8)), pg_temp.model('svd'), 'by a parallel scan, too') FROM cf_ratings;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
SELECT is(cf_train(t.u, t.i, t.r), cf_train(c.u, c.i, c.r), 'of any type of number')
	FROM (SELECT u::smallint, i::bigint, r::numeric FROM cf_ratings) AS t, LATERAL (SELECT 1) AS one, (SELECT u, i, r FROM cf_ratings) AS c
	WHERE t.u = c.u AND t.i = c.i;
SELECT is(pg_temp.trained(cf_options(seed => 7)) = pg_temp.trained(cf_options(seed => 8)), false, 'another seed gives another model');
SELECT ok(bool_and(model::text::segment_model = model), 'text reads back to the same model') FROM models;
SELECT ok(bool_and(m::text::segment_model = m AND cf_predict(m, 'user ' || 7, '3') = cf_predict(m, 'user ' || 7, 3)), 'text ids, too')
	FROM (SELECT cf_train('user ' || u, i::text, r, o) AS m
		FROM cf_ratings, unnest(ARRAY[cf_options(), cf_options('ease')]) AS o GROUP BY o) AS t;

SELECT * FROM finish();
ROLLBACK;
