-- model_info, model_method, model_size and jsonb for every kind of model and summary.
BEGIN;
SELECT plan(16);

-- one of each kind, or more
\ir ../../attack/tables.sql
CREATE TEMP TABLE info AS
	SELECT model_method(value) AS method, model_size(value) AS size, value::jsonb AS whole, model_info(value) AS i, false AS is_summary
	FROM models
	UNION ALL
	SELECT model_method(value), model_size(value), value::jsonb, model_info(value), true FROM summaries;
-- a new kind has a row in tables.sql and its name here
SELECT is((SELECT string_agg(DISTINCT method, ' ' ORDER BY method) FROM info WHERE NOT is_summary),
	'bgnbd boosting calibration cf conformal cox forest frequent_sequence gamma gamma_gamma hierarchical imputer isolation itemset kmeans '
	'kmeans_elbow kprototypes lda linear logistic offer_allocation paretonbd pca phrase poisson power profile_weights rfm sbg '
	'scaler softmax tier tree winsorizer', 'all models');
SELECT is((SELECT string_agg(DISTINCT method, ' ' ORDER BY method) FROM info WHERE is_summary),
	'ab_quantile_state ab_ratio_state ab_state confusion_matrix feature_summary kaplan_meier linucb_state segment_profile '
	'tier_transition', 'all summaries');

-- what they all say
CREATE FUNCTION pg_temp.lacking(condition text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT string_agg(DISTINCT method, '' '' ORDER BY method) FROM info WHERE (%s) IS NOT TRUE', condition) INTO result;
	RETURN coalesce(result, 'none');
END $$;
SELECT is(pg_temp.lacking($$i ->> 'method' = method AND (i ->> 'format')::int >= 1$$), 'none', 'method and format');
SELECT is(pg_temp.lacking($$(i ->> 'rows_used')::bigint BETWEEN 1 AND 240$$), 'none', 'rows used');
SELECT is(pg_temp.lacking($$is_summary OR (i ->> 'rows_skipped')::bigint BETWEEN 0 AND 240$$), 'none', 'rows skipped');
SELECT is(pg_temp.lacking($$is_summary OR i ->> 'version' = segment_version()$$), 'none', 'version of the extension');
SELECT is(pg_temp.lacking($$is_summary OR jsonb_typeof(i -> 'options') = 'object'$$), 'none', 'options');
-- all but those that have none
SELECT is(pg_temp.lacking($$is_summary OR i -> 'options' <> '{}'$$), 'gamma_gamma sbg scaler', 'options in effect');
SELECT is(pg_temp.lacking($$size > 32 AND whole - 'fingerprint' @> (i - CASE WHEN whole ? 'options' THEN '' ELSE 'options' END)$$),
	'none', 'jsonb has all that model_info has');

-- what those say that learn from vectors: their number of elements; and names, if they were given
SELECT is(pg_temp.lacking($$CASE WHEN method IN ('kmeans', 'kmeans_elbow', 'cox', 'linear', 'logistic', 'poisson', 'gamma', 'softmax',
		'tree', 'forest', 'boosting', 'isolation', 'hierarchical', 'scaler', 'imputer', 'winsorizer', 'power', 'pca',
		'feature_summary', 'segment_profile', 'linucb_state', 'profile_weights') THEN (i ->> 'dim')::int = 3
		-- k-modes have none
		WHEN method = 'kprototypes' THEN (i ->> 'dim')::int IN (0, 3) ELSE NOT i ? 'dim' END$$), 'none', 'number of elements');
SELECT is(ARRAY(SELECT DISTINCT method FROM info WHERE i -> 'feature_names' = '["a", "b", "c"]' ORDER BY method),
	'{kmeans,logistic,softmax,tree}', 'names of elements');

-- whether those converged that search for something
SELECT is(ARRAY(SELECT DISTINCT method FROM info WHERE jsonb_typeof(i -> 'converged') = 'boolean' ORDER BY method),
	'{bgnbd,calibration,cox,gamma,gamma_gamma,kmeans,kmeans_elbow,kprototypes,lda,linear,logistic,paretonbd,phrase,poisson,power,sbg,'
	'softmax}',
	'converged');
SELECT is(pg_temp.lacking($$NOT i ? 'iterations' OR (i ->> 'iterations')::int BETWEEN 0 AND 1000$$), 'none', 'iterations');
SELECT is((SELECT string_agg(DISTINCT i ->> 'iterations', ' ') FROM info
	WHERE method = 'calibration' AND i -> 'options' ->> 'method' = 'isotonic'), '0', 'isotonic calibration does not iterate');

-- how well it fits
SELECT is(pg_temp.lacking($$CASE WHEN method IN ('bgnbd', 'paretonbd', 'gamma_gamma', 'sbg', 'linear', 'logistic', 'poisson', 'gamma',
				'softmax')
			AND i -> 'log_likelihood' <> 'null'
			THEN jsonb_typeof(i -> 'aic') = 'number' AND abs((i ->> 'aic')::float8 + 2 * (i ->> 'log_likelihood')::float8) < 60
		WHEN method = 'cox' THEN (i ->> 'log_likelihood')::float8 >= (i ->> 'null_log_likelihood')::float8
			AND (i ->> 'concordance')::float8 BETWEEN 0 AND 1
		WHEN method = 'kmeans' THEN (i ->> 'inertia')::float8 > 0
		WHEN method = 'kmeans_elbow' THEN jsonb_array_length(whole -> 'inertias') = (i ->> 'points')::int
		WHEN method = 'tier' THEN (i ->> 'goodness_of_variance_fit')::float8 BETWEEN 0.5 AND 1
		WHEN method = 'calibration' THEN (i ->> 'log_loss')::float8 BETWEEN 0.3 AND ln(2)
		WHEN method = 'conformal' THEN (i ->> 'coverage')::float8 BETWEEN 0.5 AND 1
		WHEN method = 'pca' THEN (i ->> 'total_variance')::float8 > 0
		WHEN method = 'lda' THEN (i ->> 'perplexity')::float8 BETWEEN 1 AND 2 * (i ->> 'term_count')::int
		WHEN method = 'cf' THEN (i ->> 'loss')::float8 >= 0
		WHEN method = 'boosting' THEN (i ->> 'train_loss')::float8 IS NOT NULL
		WHEN method = 'forest' THEN (i ->> 'out_of_bag_score')::float8 <= 1
		ELSE true END$$), 'none', 'how well it fits');
-- the loss is that of the rows
SELECT cmp_ok(max(abs((model_info(model) ->> 'log_loss')::float8 - loss)), '<', 1e-12::float8, 'log_loss of a calibration')
FROM (SELECT m, calibrate_train(event, score, jsonb_build_object('method', m)) AS model
		FROM rows, unnest('{platt,isotonic}'::text[]) AS m GROUP BY m) AS t,
	LATERAL (SELECT log_loss(event, calibrate(model, score)) AS loss FROM rows) AS l;

SELECT * FROM finish();
ROLLBACK;
