-- model_drift: against SQL's own avg and stddev, for every method that has it, at any
-- budget, order and preparation.
BEGIN;
SELECT plan(33);

CREATE TEMP TABLE visitor AS
	SELECT i, ARRAY[i * 37 % 101 / 8.0, i * 11 % 170 * 0.25 - 20, 1.7e9 + i * 29 % 83, 4]::float8[] AS v,
		ARRAY[i * 37 % 101 / 8.0, CASE WHEN i % 4 > 0 THEN i * 11 % 170 * 0.25 END, NULL, i % 7]::float8[] AS gaps,
		i * 13 % 11 > 5 AS yes, (i * 17 % 23) / 3.0 AS amount, (i * 17 % 3)::text AS plan, 1.0 + i % 3 AS weight
	FROM generate_series(1, 700) AS i;
CREATE TEMP TABLE later AS
	SELECT i, i % 5 AS day, ARRAY[i * 37 % 101 / 4.0 + 3, CASE WHEN i % 10 > 0 THEN i * 11 % 170 * 0.25 END,
		1.7e9 + i * 29 % 40, 4 + i % 2]::float8[] AS v
	FROM generate_series(1, 400) AS i;
CREATE TEMP TABLE summary AS SELECT feature_summary(v) AS s FROM later;

-- of the elements of arrays, by SQL
CREATE FUNCTION pg_temp.by_sql(rows text, OUT j int, OUT mean float8, OUT stddev float8, OUT missing float8) RETURNS SETOF record
LANGUAGE plpgsql AS $$ BEGIN
	RETURN QUERY EXECUTE format('SELECT j, avg(v[j]), stddev_samp(v[j]), (count(*) - count(v[j]))::float8 / count(*)
		FROM %s, generate_series(1, 4) AS j GROUP BY j ORDER BY j', rows);
END $$;
CREATE FUNCTION pg_temp.near(a float8, b float8, scale float8) RETURNS boolean LANGUAGE sql
	RETURN CASE WHEN a IS NULL OR b IS NULL THEN a IS NULL AND b IS NULL ELSE abs(a - b) <= 1e-11 * (abs(b) + coalesce(scale, 0)) END;

-- one model of each method, and its rows
CREATE TEMP TABLE models (rows text, m segment_model);
INSERT INTO models SELECT 'visitor', unnest(ARRAY[
	linear_train(amount, v, '{}', weight), logistic_train(yes, v), poisson_train(i % 5, v, '{"l2": 1}'), gamma_train(1 + amount, v),
	softmax_train(plan, v, '{"l2": 0.5}'), cox_train(1 + i % 90, yes, v), pca_train(v, 2), kmeans_train(v, 3, '{}', weight),
	tree_train(yes, v), tree_train(amount, v), forest_train(plan, v, '{"trees": 3}'),
	boosting_train(amount, v, '{"trees": 3}')]) FROM visitor;
INSERT INTO models SELECT '(SELECT gaps AS v FROM visitor) AS t', unnest(ARRAY[
	tree_train(yes, gaps), forest_train(amount, gaps, '{"trees": 3}'), boosting_train(plan, gaps, '{"trees": 3}')]) FROM visitor;
INSERT INTO models SELECT '(SELECT gaps[1:2] || v[3:4] AS v FROM visitor) AS t', unnest(ARRAY[
	logistic_train(yes, gaps[1:2] || v[3:4], '{"impute": "mean", "transform": "yeo_johnson", "scale": "robust"}'),
	kmeans_train(gaps[1:2] || v[3:4], 3, '{"impute": "median", "scale": "standard", "standardize": false}'),
	softmax_train(plan, gaps[1:2] || v[3:4], '{"impute": "mean", "l2": 1}')]) FROM visitor;
SELECT is((SELECT count(*)::int FROM models), 18, 'as many models as below');

SELECT ok(bool_and(d.feature = t.j::text
		AND pg_temp.near(d.training_mean, t.mean, t.stddev) AND pg_temp.near(d.training_stddev, t.stddev, 0)
			AND d.training_missing = t.missing
		AND pg_temp.near(d.current_mean, c.mean, c.stddev) AND pg_temp.near(d.current_stddev, c.stddev, 0)
			AND d.current_missing = c.missing
		AND pg_temp.near(d.shift, (c.mean - t.mean) / nullif(t.stddev, 0), 1)
		AND pg_temp.near(d.stddev_ratio, c.stddev / nullif(t.stddev, 0), 1)) AND count(*) = 4,
	model_method(m) || ' of ' || rows)
FROM models, summary, model_drift(m, s) WITH ORDINALITY AS d,
	LATERAL (SELECT * FROM pg_temp.by_sql(rows) AS b WHERE b.j = ordinality) AS t,
	LATERAL (SELECT * FROM pg_temp.by_sql('later') AS b WHERE b.j = ordinality) AS c
GROUP BY m, rows;

-- the same bits in any order, at any budget, with and without a preparation
CREATE FUNCTION pg_temp.figures(m segment_model) RETURNS text LANGUAGE sql
	RETURN (m::jsonb -> 'training_means')::text || (m::jsonb -> 'training_deviations')::text || (m::jsonb -> 'training_missing')::text;
CREATE TEMP TABLE many AS
	SELECT i, ARRAY[i * 37 % 1001 / 7.0, CASE WHEN i % 3 > 0 THEN exp(i % 97 / 5.0) END,
		1e6 + i % 71 / 9.0]::float8[] AS v, i % 11 > 5 AS yes
	FROM generate_series(1, 40000) AS i;
CREATE TEMP TABLE figures (f text);
INSERT INTO figures SELECT pg_temp.figures(logistic_train(yes, v, '{"impute": "mean"}' ORDER BY i)) FROM many;
INSERT INTO figures SELECT pg_temp.figures(logistic_train(yes, v, '{"impute": "mean"}' ORDER BY i * 7919 % 40009)) FROM many;
INSERT INTO figures SELECT pg_temp.figures(logistic_train(yes, v, '{"impute": "median", "scale": "standard"}')) FROM many;
SET LOCAL segment.training_memory = '1MB';
INSERT INTO figures SELECT pg_temp.figures(logistic_train(yes, v, '{"impute": "mean"}' ORDER BY -i)) FROM many;
INSERT INTO figures SELECT pg_temp.figures(logistic_train(yes, v, '{"impute": "median", "scale": "standard"}')) FROM many;
RESET segment.training_memory;
SELECT is((SELECT count(DISTINCT f)::int FROM figures), 1, 'any order, budget and preparation have the same bits');

-- what a summary of the same rows says
SELECT ok(bool_and(abs(shift) < 1e-13 AND abs(stddev_ratio - 1) < 1e-13 AND training_missing = current_missing),
	'the same rows have not moved')
FROM (SELECT logistic_train(yes, v, '{"impute": "mean"}') AS m, feature_summary(v) AS s FROM many) AS t, model_drift(m, s);
SELECT results_eq(
	$$SELECT d.* FROM models, (SELECT rollup(s) AS s FROM (SELECT feature_summary(v) AS s FROM later GROUP BY day) AS t) AS r,
		model_drift(m, s) AS d
		WHERE model_method(m) = 'linear'$$,
	$$SELECT d.* FROM models, summary, model_drift(m, s) AS d WHERE model_method(m) = 'linear'$$, 'summaries of days roll up');
SELECT is((SELECT array_agg(feature) FROM (SELECT kmeans_train(v, 2, '{"feature_names": ["a", "b", "c", "d"]}') AS m
	FROM visitor) AS t, summary, model_drift(m, s)),
	'{a,b,c,d}'::text[], 'names are those of the model');
SELECT is((SELECT m::text::segment_model FROM models LIMIT 1), (SELECT m FROM models LIMIT 1), 'through text');
SELECT is((SELECT pg_temp.figures(kmeans_align(m, m)) FROM models WHERE rows = 'visitor' AND model_method(m) = 'kmeans'),
	(SELECT pg_temp.figures(m) FROM models WHERE rows = 'visitor' AND model_method(m) = 'kmeans'), 'kmeans_align keeps them');

-- rows that are skipped do not count; a row counts once whatever its weight
SELECT is((SELECT pg_temp.figures(linear_train(i, CASE WHEN i < 5 THEN ARRAY[i]::float8[] END, '{}',
	CASE WHEN i = 4 THEN 0 ELSE i END)) FROM generate_series(1, 9) AS i),
	'[2][1][0]', 'skipped rows and weights');
SELECT is((SELECT pg_temp.figures(tree_train(i < 3, ARRAY[i, 7, NULL]::float8[])) FROM generate_series(1, 4) AS i),
	'[2.5, 7, null][1.2909944487358056, 0, null][0, 0, 1]', 'constant and missing elements');

-- one row, constants, nothing there
SELECT results_eq($$SELECT d.* FROM (SELECT tree_train(i < 3, ARRAY[i, 7, NULL, 7]::float8[]) AS m FROM generate_series(1, 4) AS i) AS t,
		(SELECT feature_summary(ARRAY[NULL, 9, 1, 7]::float8[]) AS s) AS u, model_drift(m, s) AS d$$,
	$$VALUES ('1', 2.5::float8, NULL::float8, NULL::float8, sqrt(5 / 3.0::float8), NULL::float8, NULL::float8, 0::float8, 1::float8),
		('2', 7, 9, NULL, 0, NULL, NULL, 0, 0), ('3', NULL, 1, NULL, NULL, NULL, NULL, 1, 0), ('4', 7, 7, NULL, 0, NULL, NULL, 0, 0)$$,
	'NULL where nothing can be said');
SELECT is((SELECT array_agg(shift) FROM (SELECT tree_train(x > 0, ARRAY[x, x]) AS m FROM unnest('{-1.7e308,1.7e308}'::float8[]) AS x) AS t,
		(SELECT feature_summary(ARRAY[0, 1.7e308]::float8[]) AS s) AS u, model_drift(m, s)),
	ARRAY[0, 1.7e308 / 1.7976931348623157e308]::float8[], 'as far as numbers go');
SELECT is((SELECT count(*)::int FROM models, model_drift(m, NULL)), 0, 'no rows for NULL');

-- errors
CREATE TEMP TABLE tiny AS SELECT tree_train(x > 2e-300, ARRAY[x]) AS m FROM unnest('{1e-300,3e-300}'::float8[]) AS x;
SELECT throws_ok($$SELECT model_drift(m, feature_summary(ARRAY[1e300::float8])) FROM tiny GROUP BY m$$, '22003', 'shift is out of range',
	'a shift beyond float8');
SELECT throws_ok($$SELECT model_drift(m, feature_summary(ARRAY[x])) FROM tiny, unnest('{-1e300,1e300}'::float8[]) AS x GROUP BY m$$,
	'22003', 'stddev_ratio is out of range', 'a ratio beyond float8');
SELECT throws_ok($$SELECT model_drift(m, feature_summary(ARRAY[x])) FROM tiny, unnest('{-1.7e308,1.7e308}'::float8[]) AS x GROUP BY m$$,
	'22003', 'current_stddev is out of range', 'a deviation beyond float8');

SELECT * FROM finish();
ROLLBACK;
