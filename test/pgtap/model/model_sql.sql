-- The expression of a model against the extension's own scoring: every row, every bit.
BEGIN;
SELECT plan(43);
SET LOCAL extra_float_digits = 0; -- changes nothing

CREATE TEMP TABLE point AS
	SELECT i, i * 37 % 101 / 8.0::float8 AS days, CASE WHEN i % 5 > 0 THEN (i * 11 % 170 - 60) * 0.3::float8 END AS "Spend",
		exp(i * 29 % 83 / 20.0)::float8 AS "select", i * 13 % 11 > 5 AS yes, (i * 17 % 23) / 3.0::float8 AS amount,
			'c' || i * 19 % 4 AS plan
	FROM generate_series(1, 600) AS i;
-- what rows may be, and training did not see
CREATE TEMP TABLE row AS
	SELECT days, "Spend", "select" FROM point
	UNION ALL SELECT a, b, c FROM unnest('{0,-0,1e-12,-3.5,1e6,-1e6,12.5,0.125,7e100,-7e100,NULL}'::float8[]) AS a,
		unnest('{0,-0,-18,33,1e9,-1e9,-1e90,NULL}'::float8[]) AS b, unnest('{0,1,2.5,-1e4,3e80,1e-300,NULL}'::float8[]) AS c
	UNION ALL SELECT random() * 20 - 5, CASE WHEN random() < 0.8 THEN random() * 60 - 25 END, exp(random() * 6 - 1)
		FROM (SELECT setseed(0.5)) AS s, generate_series(1, 3000);

-- rows in which the expression and scoring differ; where scoring would fail for a missing element, it must be NULL
CREATE FUNCTION pg_temp.differing(model segment_model, scoring text, takes_missing boolean) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format($query$
		SELECT count(*) FROM (SELECT ARRAY[days, "Spend", "select"] AS v, %s AS got FROM row
			-- no count or amount is beyond float8, no chance below its normal numbers
			WHERE model_method($1) NOT IN ('poisson', 'gamma', 'softmax')
				OR coalesce(greatest(abs(days), abs("Spend"), abs("select")), 0) <= 200) AS r
		WHERE CASE WHEN %L OR array_position(v, NULL) IS NULL THEN record_send(ROW(got)) <> record_send(ROW(%s)) ELSE got IS NOT NULL END
		$query$, model_sql(model, '{days,Spend,select}'), takes_missing, scoring)
		INTO result USING model;
	RETURN result;
END $$;

CREATE TEMP TABLE models (name text, model segment_model, scoring text, takes_missing boolean);
INSERT INTO models SELECT w.name, w.m, 'predict($1, v)', w.missing
FROM (SELECT linear_train(amount, v) AS a, logistic_train(yes, v) AS b, poisson_train(i % 5, v) AS c, gamma_train(1 + amount, v) AS d,
			linear_train(amount, v, '{"l1": 20, "standardize": true}') AS e
		FROM (SELECT *, ARRAY[days, "Spend", "select"] AS v FROM point WHERE "Spend" IS NOT NULL) AS p) AS t,
	LATERAL (VALUES ('linear', a, false), ('logistic', b, false), ('poisson', c, false), ('gamma', d, false), ('lasso', e,
		false)) AS w(name, m, missing);
INSERT INTO models SELECT w.name, w.m, 'predict($1, v)', true
FROM (SELECT linear_train(amount, v, '{"impute": "mean", "scale": "robust"}') AS a, logistic_train(yes, v, '{"impute": "median"}') AS b,
			poisson_train(i % 5, v, '{"impute": "constant", "fill_value": -2.5, "scale": "minmax", "l2": 1}') AS c,
			tree_train(amount, v) AS d, tree_train(yes, v) AS e, forest_train(yes, v, '{"trees": 20}') AS f, forest_train(amount, v,
				'{"trees": 20}') AS g,
			boosting_train(yes, v, '{"trees": 40, "max_leaves": 7}') AS h, boosting_train(amount, v,
				'{"trees": 40, "loss": "poisson"}') AS i,
			boosting_train(amount, v, '{"trees": 30, "loss": "quantile", "quantile": 0.9}') AS j, tree_train(yes, v,
				'{"impute": "mean"}') AS k
		FROM (SELECT *, ARRAY[days, "Spend", "select"] AS v FROM point) AS p) AS t,
	LATERAL (VALUES ('linear, prepared', a), ('logistic, filled in', b), ('poisson, prepared', c), ('tree of numbers', d),
		('tree of yes and no', e),
		('forest of yes and no', f), ('forest of numbers', g), ('boosting of yes and no', h), ('boosting, Poisson', i),
			('boosting, quantile', j),
		('tree, filled in', k)) AS w(name, m);
INSERT INTO models SELECT w.name, w.m, 'ARRAY(SELECT probability FROM predict_probabilities($1, v))', true
FROM (SELECT softmax_train(plan, v, '{"impute": "mean", "scale": "standard"}') AS a, tree_train(plan, v) AS b, forest_train(plan, v,
	'{"trees": 9}') AS c,
			boosting_train(plan, v, '{"trees": 9, "max_leaves": 5}') AS d, boosting_train(CASE WHEN yes THEN 'stays' ELSE 'goes' END, v,
				'{"trees": 9}') AS e,
			forest_train(CASE WHEN yes THEN 'stays' ELSE 'goes' END, v, '{"trees": 9}') AS f
		FROM (SELECT *, ARRAY[days, "Spend", "select"] AS v FROM point) AS p) AS t,
	LATERAL (VALUES ('softmax', a), ('tree of classes', b), ('forest of classes', c), ('boosting of classes', d),
		('boosting of two names', e),
		('forest of two names', f)) AS w(name, m);
INSERT INTO models SELECT 'softmax of yes and no', softmax_train(yes, ARRAY[days, "Spend", "select"], '{"impute": "mean"}'),
	'predict($1, v)', true FROM point;
INSERT INTO models SELECT 'scaler ' || method, scaler_train(ARRAY[days, "Spend", "select"], method), 'scale_features($1, v)::float8[]',
	true
	FROM point, unnest('{standard,minmax,maxabs,robust}'::text[]) AS method GROUP BY method;
INSERT INTO models SELECT 'imputer', imputer_train(ARRAY[days, "Spend", "select"], 'mean', '{"indicator": true}'),
	'impute_missing($1, v)::float8[]', true FROM point;
INSERT INTO models SELECT 'winsorizer', winsorizer_train(ARRAY[days, "Spend", "select"], '{"lower": 0.2, "upper": 0.7}'),
	'winsorize_features($1, v)::float8[]', true FROM point;
SELECT is(pg_temp.differing(model, scoring, takes_missing)::int, 0, name) FROM models ORDER BY name;

-- clusters: the same but for rows that are equally far from two centers
CREATE FUNCTION pg_temp.cluster(model segment_model) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format($query$
		SELECT count(*) FROM (SELECT ARRAY[days, "Spend", "select"] AS v, %s AS got FROM row
			WHERE num_nulls(days, "Spend", "select") = 0) AS r
		WHERE got <> kmeans_assign($1, v) AND (kmeans_distances($1, v))[got] > kmeans_distance($1, v) * (1 + 1e-14)
		$query$, model_sql(model, '{days,Spend,select}')) INTO result USING model;
	RETURN result;
END $$;
SELECT is(pg_temp.cluster(kmeans_train(ARRAY[days, "Spend", "select"], 7))::int, 0, 'k-means') FROM point WHERE "Spend" IS NOT NULL;
SELECT is(pg_temp.cluster(kmeans_train(ARRAY[days, "Spend", "select"], 7,
	'{"standardize": false, "impute": "mean", "scale": "robust"}'))::int, 0, 'k-means, prepared') FROM point;
CREATE FUNCTION pg_temp.evaluate(expression text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT string_agg(coalesce((%s)::text, ''none''), '' '' ORDER BY i) FROM sample', expression) INTO result;
	RETURN result;
END $$;
CREATE TEMP TABLE sample AS SELECT i, x FROM unnest('{-1e100,-5,0,-0,3,4.5,7,1e100,2e100,NULL}'::float8[])
	WITH ORDINALITY AS t(x, i);
SELECT is(split_part(pg_temp.evaluate(model_sql(kmeans_train(ARRAY[g], 3), '{x}')), ' ', 10), 'none', 'k-means of a NULL is NULL')
FROM generate_series(1, 30) AS g;

-- tiers at their edges, and RFM
SELECT is(pg_temp.evaluate(model_sql(model, '{x}')), (SELECT string_agg(coalesce(tier_assign(model, x)::text, 'none'), ' ' ORDER BY i)
	FROM sample), 'tiers: ' || method)
FROM (SELECT method, tier_train(g, 4, jsonb_build_object('method', method)) AS model FROM generate_series(-6, 8) AS g,
	unnest('{quantile,jenks,equal_width}'::text[]) AS method GROUP BY method) AS t;
SELECT is(pg_temp.evaluate(model_sql(tier_train(7, 3), '{x}')), '1 1 1 1 1 1 1 1 1 none', 'one tier');
CREATE TEMP TABLE rfm AS SELECT rfm_train(days, amount, "select") AS model FROM point;
CREATE FUNCTION pg_temp.rfm_differs(model segment_model) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM point WHERE %s IS DISTINCT FROM (rfm_score($1, days, amount, "select")).segment',
		model_sql(model, '{days,amount,select}')) INTO result USING model;
	RETURN result;
END $$;
SELECT is(pg_temp.rfm_differs(model)::int, 0, 'RFM') FROM rfm;
SELECT is(pg_temp.rfm_differs((model::jsonb || jsonb_build_object('fingerprint', NULL, 'segment_names',
		(SELECT jsonb_agg(E'it''s \\ ' || n)
			FROM jsonb_array_elements_text(model::jsonb -> 'segment_names') AS n)))::text::segment_model)::int, 0,
			'RFM, names with quotes') FROM rfm;

-- names, quoted; generated columns
SELECT is(model_sql(linear_train(amount, ARRAY[days, "select"], '{"feature_names": ["days", "sel\"ect"]}')),
		model_sql(linear_train(amount, ARRAY[days, "select"]), '{days,"sel\"ect"}'), 'names of a model are those of columns') FROM point;
SELECT matches(model_sql(linear_train(amount, ARRAY[days, "select"], '{"feature_names": ["Days", "sel\"ect"]}')),
	'"Days"::float8 .*"sel""ect"::float8', 'they are quoted') FROM point;
DO $$
BEGIN
	EXECUTE (SELECT format('CREATE TABLE generated (days int, spend numeric, chance float8 GENERATED ALWAYS AS (%s) STORED,
			risk float8 GENERATED ALWAYS AS (%s) STORED, cluster int GENERATED ALWAYS AS (%s) STORED)',
			model_sql(logistic_train(yes, ARRAY[days, "Spend"], '{"impute": "mean"}'), '{days,spend}'),
			model_sql(boosting_train(yes, ARRAY[days, "Spend"], '{"trees": 5}'), '{days,spend}'),
			model_sql(kmeans_train(ARRAY[days, "Spend"], 3, '{"impute": "mean"}'), '{days,spend}')) FROM point);
	INSERT INTO generated VALUES (3, 1.5), (8, NULL);
END $$;
SELECT is(count(*)::int, 2, 'generated columns') FROM generated WHERE chance BETWEEN 0 AND 1 AND risk BETWEEN 0 AND 1
	AND cluster BETWEEN 1 AND 3;

-- limits
CREATE TEMP TABLE large AS SELECT boosting_train(amount, ARRAY[days, "Spend"], '{"trees": 1000, "max_leaves": 2}') AS model FROM point;
SELECT lives_ok(format('SELECT count(%s) FROM point', model_sql(model, '{days,Spend}')), '1000 trees can be evaluated') FROM large;
SELECT throws_ok($$ SELECT model_sql(boosting_train(amount, ARRAY[days], '{"trees": 1001, "max_leaves": 2}'), '{days}') FROM point $$,
	'54000',
	'too many terms in a sum of an SQL expression: 1001', '1001 cannot be promised');

SELECT * FROM finish();
ROLLBACK;
