-- Learned tiers against SQL's own quantiles, and models that do not depend on order,
-- plan or memory budget.
BEGIN;
SELECT plan(19);

CREATE TABLE scores AS
	SELECT i, (i::bigint * 7919 % 10007) ^ 2 / 1000 AS score, 1 + i % 3 AS weight FROM generate_series(1, 30000) AS i;
ANALYZE scores;

SELECT results_eq(
	$$ SELECT proname::text COLLATE "default", bool_and(proisstrict) FROM pg_proc
		WHERE proname IN ('tier', 'tier_assign', 'tier_edges', 'tier_next', 'tier_assign_next') AND provolatile = 'i'
		GROUP BY proname HAVING count(*) = CASE proname WHEN 'tier' THEN 4 WHEN 'tier_next' THEN 2 ELSE 1 END ORDER BY 1 $$,
	$$ VALUES ('tier', true), ('tier_assign', true), ('tier_assign_next', false), ('tier_edges', true), ('tier_next', false) $$,
	'tiers are immutable');

SELECT ok(max(abs(edge - quantile) / quantile) < 1e-14, 'quantiles are percentile_cont''s, for ' || n || ' tiers')
FROM (VALUES (2), (5), (10), (64)) AS t(n),
	LATERAL (SELECT tier_edges(tier_train(score, n)) AS edges,
		percentile_cont((SELECT array_agg(j / n::float8) FROM generate_series(1, n - 1) AS j)) WITHIN GROUP (ORDER BY score) AS quantiles
		FROM scores) AS s,
	unnest(edges, quantiles) AS u(edge, quantile)
GROUP BY n;

-- Fisher's dynamic programming in SQL, over all breaks
CREATE FUNCTION pg_temp.least_squares(x float8[], k int) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	n int := cardinality(x);
	cost float8[][] := array_fill(0, ARRAY[n, n]);
	best float8[]; next float8[]; s float8; q float8;
BEGIN
	FOR i IN 1..n LOOP
		s := 0; q := 0;
		FOR j IN i..n LOOP
			s := s + x[j]; q := q + x[j] * x[j];
			cost[i][j] := q - s * s / (j - i + 1);
		END LOOP;
	END LOOP;
	FOR j IN 1..n LOOP best[j] := cost[1][j]; END LOOP;
	FOR m IN 2..k LOOP
		next := array_fill('Infinity'::float8, ARRAY[n]);
		FOR j IN m..n LOOP
			FOR i IN m..j LOOP next[j] := least(next[j], best[i - 1] + cost[i][j]); END LOOP;
		END LOOP;
		best := next;
	END LOOP;
	RETURN best[n];
END $$;
SELECT ok(abs(sum(s.squares) / pg_temp.least_squares(x, k) - 1) < 1e-9, 'no ' || k || ' classes have less variance than natural breaks')
FROM generate_series(2, 6, 2) AS k,
	LATERAL (SELECT array_agg(score ORDER BY score) AS x, tier_train(score, k, tier_options('jenks')) AS model
		FROM (SELECT (i * i * 31 % 97)::float8 AS score FROM generate_series(1, 60) AS i) AS t) AS a,
	LATERAL (SELECT var_pop(v) * count(*) AS squares FROM unnest(x) AS v GROUP BY tier_assign(model, v)) AS s
GROUP BY k, x;

SELECT ok(abs((model_info(model) ->> 'goodness_of_variance_fit')::float8 - r2) < 1e-12,
	'goodness of variance fit is the variance explained')
FROM (SELECT tier_train(score, 5) AS model FROM scores) AS m,
	LATERAL (SELECT 1 - sum(d * d) / (SELECT var_pop(score) * count(*) FROM scores) AS r2
		FROM (SELECT score - avg(score) OVER (PARTITION BY tier_assign(model, score)) AS d FROM scores) AS t) AS s;
SELECT results_eq(
	$$ SELECT r.tier, r.size, r.lowest, r.highest, round(r.mean::numeric, 9)
		FROM (SELECT tier_train(score, 5) AS model FROM scores) AS m, tier_ranges(model) AS r $$,
	$$ SELECT tier_assign(model, score), count(*), min(score), max(score), round(avg(score)::numeric, 9)
		FROM (SELECT tier_train(score, 5) AS model FROM scores) AS m, scores GROUP BY 1 ORDER BY 1 $$,
	'tier_ranges describes the tiers');

-- the same bits in any order and budget, and after a round trip
CREATE TEMP TABLE model AS
	SELECT method, tier_train(score, 6, tier_options(method), weight) AS model
	FROM scores, unnest(ARRAY['quantile', 'jenks', 'equal_width']) AS method GROUP BY method;
SELECT is(count(DISTINCT model::text), 1::bigint, 'a ' || method || ' model does not depend on the order of its rows')
FROM (SELECT method, model FROM model
	UNION ALL SELECT method, tier_train(score, 6, tier_options(method), weight ORDER BY i * 7 % 1009)
	FROM scores, unnest(ARRAY['quantile', 'jenks', 'equal_width']) AS method GROUP BY method) AS t
GROUP BY method;
SET LOCAL segment.training_memory = '1MB';
SELECT results_eq(
	$$ SELECT method, tier_train(score, 6, tier_options(method), weight)
		FROM scores, unnest(ARRAY['quantile', 'jenks', 'equal_width']) AS method GROUP BY method ORDER BY method $$,
	'SELECT method, model FROM model ORDER BY method', 'nor on memory');
RESET segment.training_memory;
SELECT is(model::text::segment_model, model, 'text reads back to the same ' || method || ' model') FROM model;

-- a running frame: the final function leaves the rows unchanged
SELECT results_eq(
	$$ SELECT tier_edges(tier_train(score, 3, tier_options(method)) OVER (ORDER BY i))
		FROM scores, (VALUES ('quantile'), ('jenks')) AS m(method) WHERE i = 1 AND method = 'jenks' $$,
	$$ SELECT '{}'::float8[] $$, 'one row, one tier');
SELECT is_empty($$
	SELECT i FROM (SELECT i, tier_train(score, 3) OVER (ORDER BY i) AS running FROM scores WHERE i <= 50) AS w
	WHERE running <> (SELECT tier_train(score, 3) FROM scores WHERE i <= w.i)
$$, 'as a window function over a growing frame');

SELECT * FROM finish();
ROLLBACK;
