-- A model that carries its preparation has the bits of one trained on rows that were
-- prepared by hand, and scores raw rows as that one scores prepared ones.
BEGIN;
SELECT plan(25);

CREATE TEMP TABLE visitor AS
	SELECT i, ARRAY[i * 37 % 101 / 8.0, CASE WHEN i % 4 > 0 THEN i * 11 % 170 * 0.25 END, exp(i * 29 % 83 / 20.0)]::float8[] AS v,
		i * 13 % 11 > 5 AS yes, (i * 17 % 23) / 3.0 AS amount, (i * 17 % 3)::text AS plan, 1.0 + i % 3 AS weight
	FROM generate_series(1, 700) AS i;

-- what a preparation does, by the models that it is made of
CREATE FUNCTION pg_temp.by_hand(impute text, transform text, scale text) RETURNS TABLE (i int, v feature_vector)
LANGUAGE sql AS $$
	WITH a AS (SELECT imputer_train(v, impute, '{"fill_value": 1.5}') AS m FROM visitor),
		filled AS (SELECT i, impute_missing(m, v) AS v FROM visitor, a),
		b AS (SELECT power_train(v, transform, '{"standardize": false}') AS m FROM filled WHERE transform IS NOT NULL),
		transformed AS (SELECT i, coalesce(power_transform(m, v), v) AS v FROM filled LEFT JOIN b ON true),
		c AS (SELECT scaler_train(v, scale) AS m FROM transformed WHERE scale IS NOT NULL)
	SELECT i, coalesce(scale_features(m, v), v) FROM transformed LEFT JOIN c ON true;
$$;
CREATE FUNCTION pg_temp.options(impute text, transform text, scale text) RETURNS jsonb LANGUAGE sql
	RETURN jsonb_strip_nulls(jsonb_build_object('impute', impute, 'transform', transform, 'scale', scale,
		'fill_value', CASE WHEN impute = 'constant' THEN 1.5 END));

-- all that a model says but how it came to its rows, and what those were like
CREATE FUNCTION pg_temp.content(model segment_model) RETURNS jsonb LANGUAGE sql
	RETURN (SELECT jsonb_object_agg(key, value) FROM jsonb_each(model::jsonb) WHERE key !~ '^(fingerprint|options|prepared|training)');

CREATE TEMP TABLE way (impute text, transform text, scale text);
INSERT INTO way VALUES ('median', 'yeo_johnson', 'robust'), ('mean', 'log1p', 'standard'), ('constant', NULL, 'minmax'),
	('mean', 'yeo_johnson', NULL), ('median', NULL, NULL), ('mean', NULL, 'maxabs');
CREATE TEMP TABLE prepared AS SELECT way.*, i, h.v FROM way, pg_temp.by_hand(impute, transform, scale) AS h;

CREATE TEMP TABLE trained AS
	SELECT impute, transform, scale,
		ARRAY[linear_train(amount, r.v, o, weight), logistic_train(yes, r.v, o), poisson_train(i % 5, r.v, o || '{"l2": 1}'),
			gamma_train(1 + amount, r.v, o || '{"std_errors": "hc1"}'), softmax_train(plan, r.v, o || '{"l2": 0.5}', weight),
			kmeans_train(r.v, 4, o || '{"standardize": false}', weight)] AS own
	FROM way, visitor AS r, pg_temp.options(impute, transform, scale) AS o GROUP BY impute, transform, scale;
CREATE TEMP TABLE hand AS
	SELECT impute, transform, scale,
		ARRAY[linear_train(amount, p.v, '{}', weight), logistic_train(yes, p.v), poisson_train(i % 5, p.v, '{"l2": 1}'),
			gamma_train(1 + amount, p.v, '{"std_errors": "hc1"}'), softmax_train(plan, p.v, '{"l2": 0.5}', weight),
			kmeans_train(p.v, 4, '{"standardize": false}', weight)] AS own
	FROM prepared AS p JOIN visitor AS r USING (i) GROUP BY impute, transform, scale;
SELECT is((SELECT count(*)::int FROM trained t JOIN hand h ON (t.impute, t.transform, t.scale) IS NOT DISTINCT FROM (h.impute,
	h.transform, h.scale),
		unnest(t.own, h.own) AS u(a, b) WHERE pg_temp.content(a) = pg_temp.content(b)), 36, 'models have the same bits');
SELECT is(model_info(m) ->> 'prepared', '3', model_method(m) || ' says that it prepares rows')
FROM trained, unnest(own) AS m WHERE scale = 'robust';

-- scoring: raw rows against prepared ones
CREATE TEMP TABLE scored AS
	SELECT model_method(a) AS method, r.v AS raw, p.v AS v, a, b
	FROM trained t JOIN hand h ON (t.impute, t.transform, t.scale) IS NOT DISTINCT FROM (h.impute, h.transform, h.scale)
		JOIN prepared AS p ON (t.impute, t.transform, t.scale) IS NOT DISTINCT FROM (p.impute, p.transform, p.scale)
		JOIN visitor AS r USING (i), unnest(t.own, h.own) AS u(a, b)
	WHERE i % 9 = 0;
SELECT is((SELECT count(*)::int FROM scored WHERE method NOT IN ('softmax', 'kmeans') AND predict(a, raw) <> predict(b, v)), 0,
	'predict');
SELECT is((SELECT count(*)::int FROM scored WHERE method NOT IN ('softmax', 'kmeans') AND predict(a, raw::feature_vector) <> predict(b,
	v)), 0, 'predict of a feature_vector');
SELECT is((SELECT count(*)::int FROM scored WHERE method = 'softmax' AND predict_class(a, raw) <> predict_class(b, v)), 0,
	'predict_class');
SELECT is((SELECT count(*)::int FROM scored WHERE method IN ('softmax', 'logistic')
	AND ARRAY(SELECT probability FROM predict_probabilities(a, raw)) <> ARRAY(SELECT probability FROM predict_probabilities(b, v))), 0,
		'predict_probabilities');
SELECT is((SELECT count(*)::int FROM scored WHERE method = 'kmeans' AND (kmeans_assign(a, raw), kmeans_distance(a, raw),
	kmeans_distances(a, raw))
	IS DISTINCT FROM (kmeans_assign(b, v), kmeans_distance(b, v), kmeans_distances(b, v))), 0, 'k-means: number and distances');
SELECT is(simplified_silhouette(a, raw), simplified_silhouette(b, v), 'simplified silhouette')
FROM scored WHERE method = 'kmeans' GROUP BY a, b LIMIT 1;

-- contributions add up, for values as they came
SELECT is((SELECT count(*)::int FROM scored, LATERAL (SELECT sum(contribution) AS total, array_agg(value
	ORDER BY feature) FILTER (WHERE feature <> '(base)') AS shown
			FROM explain_prediction(a, raw)) AS e
		WHERE method <> 'kmeans' AND (shown <> raw OR array_position(shown, NULL) IS DISTINCT FROM array_position(raw, NULL)
			OR method = 'linear' AND abs(total - predict(a, raw)) > 1e-9 OR method = 'logistic'
				AND abs(1 / (1 + exp(-total)) - predict(a, raw)) > 1e-9
			OR method IN ('poisson', 'gamma') AND abs(exp(total) - predict(a, raw)) > 1e-9 * predict(a, raw))), 0, 'explain_prediction');

-- centers are in the units of the rows
SELECT is((SELECT count(*)::int FROM trained, unnest(own) AS m, kmeans_clusters(m) AS c
	WHERE model_method(m) = 'kmeans' AND kmeans_assign(m, c.centroid) <> c.cluster), 0, 'a center belongs to its own cluster');
SELECT is((SELECT count(*)::int FROM trained, unnest(own) AS m, kmeans_centroids(m) AS c, kmeans_clusters(m) AS l
	WHERE model_method(m) = 'kmeans' AND l.cluster = c.cluster AND l.centroid[c.feature::int] <> c.value), 0,
		'kmeans_centroids shows the same');
SELECT ok(kmeans_clusters.centroid[1] BETWEEN 0 AND 12.7 AND kmeans_clusters.centroid[3] BETWEEN 1 AND 65, 'and lies among the rows')
FROM trained, unnest(own) AS m, kmeans_clusters(m) WHERE scale = 'robust' AND model_method(m) = 'kmeans' AND cluster = 1;
SELECT ok(bool_and((model_info(again) ->> 'iterations')::int <= 3), 'init takes centers as they are shown')
FROM (SELECT kmeans_train(v, 4, pg_temp.options(impute, transform, scale) || '{"standardize": false}' || kmeans_init(m), weight) AS again
	FROM visitor, trained, unnest(own) AS m WHERE model_method(m) = 'kmeans' AND scale IS NOT NULL GROUP BY m, impute, transform,
		scale) AS t;
SELECT is(kmeans_align(m, m)::jsonb -> 'centers', m::jsonb -> 'centers', 'kmeans_align leaves a model as it is')
FROM trained, unnest(own) AS m WHERE scale = 'robust' AND model_method(m) = 'kmeans';

-- trees: impute alone
SELECT is(pg_temp.content(a), pg_temp.content(b), model_method(a) || ': the same bits, filled in')
FROM (SELECT ARRAY[tree_train(yes, r.v, '{"impute": "median"}'), forest_train(plan, r.v, '{"impute": "median", "trees": 7}', weight),
			boosting_train(amount, r.v, '{"impute": "median", "trees": 7}')] AS own,
		ARRAY[tree_train(yes, p.v), forest_train(plan, p.v, '{"trees": 7}', weight), boosting_train(amount, p.v, '{"trees": 7}')] AS hand
	FROM visitor AS r JOIN prepared AS p USING (i) WHERE p.impute = 'median' AND p.scale IS NULL) AS t, unnest(own, hand) AS u(a, b);

-- any order, any budget, text and back
CREATE TEMP TABLE many AS SELECT ARRAY[i * 37 % 1009 / 8.0, CASE WHEN i % 4 > 0 THEN i * 11 % 1700 * 0.25 END, i % 97]::float8[] AS v,
	i * 7919 % 30011 AS at
	FROM generate_series(1, 30000) AS i;
CREATE TEMP TABLE models (model segment_model);
INSERT INTO models SELECT kmeans_train(v, 5,
	'{"standardize": false, "impute": "mean", "transform": "yeo_johnson", "scale": "standard"}') FROM many;
INSERT INTO models SELECT kmeans_train(v, 5, '{"standardize": false, "impute": "mean", "transform": "yeo_johnson", "scale": "standard"}')
	FROM (SELECT v FROM many ORDER BY at) AS t;
SET LOCAL segment.training_memory = '1MB';
INSERT INTO models SELECT kmeans_train(v, 5,
	'{"standardize": false, "impute": "mean", "transform": "yeo_johnson", "scale": "standard"}') FROM many;
RESET segment.training_memory;
INSERT INTO models SELECT model::text::segment_model FROM models LIMIT 1;
SELECT is(count(DISTINCT model::text)::int, 1, 'one model in any order, at any budget, and back from text') FROM models;

-- many groups, and a frame that goes on after a model was made
SELECT is(count(*)::int, 300, 'a group has the model of its rows')
FROM (SELECT at % 300 AS g, linear_train(at, v, '{"impute": "mean", "transform": "yeo_johnson", "l2": 1}')::text AS m
		FROM many GROUP BY g) AS t
WHERE g > 0 OR m = (SELECT linear_train(at, v, '{"impute": "mean", "transform": "yeo_johnson", "l2": 1}')::text
		FROM many WHERE at % 300 = 0);
SELECT is(count(*) FILTER (WHERE framed = direct)::int, 60, 'a frame has the model of its rows')
FROM (SELECT i, linear_train(amount, v, '{"impute": "median", "scale": "robust", "l2": 1}')
			OVER (ORDER BY i ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)::text AS framed
		FROM visitor WHERE i <= 60) AS f
	JOIN (SELECT o.i, linear_train(a.amount, a.v, '{"impute": "median", "scale": "robust", "l2": 1}')::text AS direct
		FROM visitor AS o JOIN visitor AS a ON a.i <= o.i WHERE o.i <= 60 GROUP BY o.i) AS d USING (i);

SELECT * FROM finish();
ROLLBACK;
