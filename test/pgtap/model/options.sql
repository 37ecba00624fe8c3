-- The functions that build options offer exactly what the methods' tables hold.
BEGIN;
SELECT plan(63);

CREATE FUNCTION pg_temp.arguments_of(function text) RETURNS text LANGUAGE sql
	RETURN (SELECT string_agg(DISTINCT name, ' ' ORDER BY name)
			FROM pg_proc, unnest(proargnames) AS name
			-- what to do without a model does not describe one
			WHERE proname = function AND name <> 'when_too_few');

-- a model stores every option in effect
CREATE FUNCTION pg_temp.options_in(model segment_model) RETURNS text LANGUAGE sql
	RETURN (SELECT string_agg(key, ' ' ORDER BY key)
			FROM jsonb_object_keys(model_info(model) -> 'options') AS key);

CREATE TEMP TABLE first AS SELECT kmeans_train(ARRAY[i, i % 3], 2) AS model FROM generate_series(1, 10) AS i;
SELECT is(pg_temp.options_in(kmeans_train(ARRAY[i, i % 3], 2,
		kmeans_options(init => model, feature_names => '{a,b}', impute => 'constant', fill_value => 0))),
	pg_temp.arguments_of('kmeans_options'), 'k-means')
	FROM first, generate_series(1, 10) AS i GROUP BY model;
SELECT is(pg_temp.options_in(tier_train(i, 2)),
	pg_temp.arguments_of('tier_options'), 'tiers') FROM generate_series(1, 10) AS i;
SET LOCAL client_min_messages = error; -- one customer is too few
SELECT is(pg_temp.options_in(bgnbd_train(1, 2, 3)), pg_temp.arguments_of('bgnbd_options'), 'BG/NBD');
SELECT is(pg_temp.options_in(paretonbd_train(1, 2, 3)), pg_temp.arguments_of('paretonbd_options'), 'Pareto/NBD');
RESET client_min_messages;
SELECT is(pg_temp.options_in(cox_train(i, true, ARRAY[i % 3], cox_options(feature_names => '{a}'))),
	pg_temp.arguments_of('cox_options'), 'Cox regression') FROM generate_series(1, 10) AS i;
SELECT is(pg_temp.options_in(model), pg_temp.arguments_of('regression_options'), model_method(model) || ' regression')
FROM (SELECT linear_train(i % 7, x, o) AS a, logistic_train(i % 7 > 3, x, o) AS b, poisson_train(i % 7, x, o) AS c,
		gamma_train(1 + i % 7, x, o) AS d
	FROM generate_series(1, 30) AS i, LATERAL (SELECT ARRAY[i % 5]::float8[] AS x) AS x,
		regression_options(feature_names => '{a}', impute => 'constant', fill_value => 0) AS o) AS m,
	unnest(ARRAY[a, b, c, d]) AS model;
SELECT is(pg_temp.options_in(softmax_train(i % 3, ARRAY[i % 5], softmax_options(feature_names => '{a}', impute => 'constant',
	fill_value => 0))),
	pg_temp.arguments_of('softmax_options'), 'softmax regression') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(calibrate_train(i % 3 = 0, i)), pg_temp.arguments_of('calibrate_options'), 'calibration')
FROM generate_series(1, 10) AS i;
SELECT is(pg_temp.options_in(conformal_train(i, 0)), pg_temp.arguments_of('conformal_options'), 'conformal prediction')
FROM generate_series(1, 10) AS i;
SELECT is(pg_temp.options_in(tree_train(i, ARRAY[i % 5], tree_options(feature_names => '{a}', monotone => '{1}', impute => 'constant',
	fill_value => 0))),
	pg_temp.arguments_of('tree_options'), 'trees') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(forest_train(i, ARRAY[i % 5], forest_options(feature_names => '{a}', monotone => '{1}',
	impute => 'constant', fill_value => 0))),
	pg_temp.arguments_of('forest_options'), 'forests') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(boosting_train(i, ARRAY[i % 5], boosting_options(feature_names => '{a}', monotone => '{1}',
	impute => 'constant', fill_value => 0))),
	pg_temp.arguments_of('boosting_options'), 'gradient boosting') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(lda_train('{a,b}')), pg_temp.arguments_of('lda_options'), 'topics');
SELECT is(pg_temp.options_in(phrase_train('a', phrase_options(dictionary => '{a}'))), pg_temp.arguments_of('phrase_options'), 'phrases');
SELECT is(pg_temp.options_in(isolation_train(ARRAY[i % 5], isolation_options(feature_names => '{a}'))),
	pg_temp.arguments_of('isolation_options'), 'isolation forests') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(hierarchical_train(i, ARRAY[i % 5], hierarchical_options(feature_names => '{a}', impute => 'constant',
	fill_value => 0))),
	pg_temp.arguments_of('hierarchical_options'), 'hierarchical clustering') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(hierarchical_gower_train(i, ARRAY[i % 5], '{}', hierarchical_gower_options(feature_names => '{a}',
	impute => 'constant', fill_value => 0))),
	pg_temp.arguments_of('hierarchical_gower_options'), 'hierarchical clustering of mixed rows') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(kprototypes_train(ARRAY[i % 5], '{}', 2, kprototypes_options(feature_names => '{a}', impute => 'constant',
	fill_value => 0, gamma => 1))),
	pg_temp.arguments_of('kprototypes_options'), 'k-prototypes') FROM generate_series(1, 30) AS i;
SELECT is(pg_temp.options_in(kmodes_train(ARRAY[(i % 5)::text], 2)), pg_temp.arguments_of('kmodes_options'), 'k-modes')
FROM generate_series(1, 30) AS i;

SELECT is(pg_temp.options_in(imputer_train(ARRAY[i], 'mean', imputer_options(feature_names => '{a}'))),
	pg_temp.arguments_of('imputer_options'), 'imputers') FROM generate_series(1, 10) AS i;

SELECT is(pg_temp.options_in(winsorizer_train(ARRAY[i], winsorizer_options(feature_names => '{a}'))),
	pg_temp.arguments_of('winsorizer_options'), 'winsorizers') FROM generate_series(1, 10) AS i;

SELECT is(pg_temp.options_in(power_train(ARRAY[i], 'log1p', power_options(feature_names => '{a}'))),
	pg_temp.arguments_of('power_options'), 'power transformations') FROM generate_series(1, 10) AS i;

SELECT is(pg_temp.options_in(profile_weights_train(ARRAY[i], 'entropy',
	profile_weights_options(feature_names => '{a}', directions => '{less}'))),
	pg_temp.arguments_of('profile_weights_options'), 'weights of a profile') FROM generate_series(1, 10) AS i;
SELECT is(pg_temp.options_in(profile_weights_regression_train(i, ARRAY[i], profile_weights_regression_options(feature_names => '{a}'))),
	pg_temp.arguments_of('profile_weights_regression_options'), 'and by an outcome') FROM generate_series(1, 10) AS i;

SELECT is(pg_temp.options_in(pca_train(ARRAY[i], 1, pca_options(feature_names => '{a}'))),
	pg_temp.arguments_of('pca_options'), 'principal components') FROM generate_series(1, 10) AS i;

SELECT is(pg_temp.options_in(offer_allocate(i, i % 2, i, 1, offer_allocate_options(budget => 3, offer_budgets => '{"0": 1}',
	capacities => '{"1": 1}'))), pg_temp.arguments_of('offer_allocate_options'), 'offers')
FROM generate_series(1, 4) AS i;

-- each recommender method has its own options
SELECT is((SELECT string_agg(DISTINCT key, ' ' ORDER BY key)
		FROM (SELECT cf_train(i, i, i, o) AS model FROM generate_series(1, 3) AS i,
			unnest(ARRAY[cf_options('svd', rating_min => 1, rating_max => 3), cf_options('baseline'), cf_options('user_knn'),
				cf_options('item_knn'), cf_options('als_implicit'), cf_options('ease')]) AS o GROUP BY o) AS t,
			jsonb_object_keys(model_info(model) -> 'options') AS key),
	pg_temp.arguments_of('cf_options'), 'recommenders');
SELECT is(pg_temp.arguments_of('cf_recommend_options'), 'diversity fallback fallback_items fatigue most_shown shown', 'recommendations');
SELECT is(pg_temp.arguments_of('segment_rules_options'), 'feature_names max_bins max_depth min_coverage min_leaf_rows rules', 'rules');

-- no model says which options key_drivers has: it refuses others than those
SELECT is((SELECT count(*)::int FROM jsonb_each(key_drivers_options(0.1, 2, 5, 'contribution', true)) AS o,
		LATERAL (SELECT key_drivers('{a}', i, true, jsonb_build_object(o.key, o.value)) AS d FROM generate_series(1, 3) AS i) AS t
		WHERE d IS NOT NULL), 5, 'key drivers');

-- options left out or NULL keep their defaults, which are defined in one place
SELECT is(kmeans_options(), '{}'::jsonb, 'no k-means option is given by default');
SELECT is(tier_options(), '{}'::jsonb, 'no tier option is given by default');
SELECT is(bgnbd_options(), '{}'::jsonb, 'no BG/NBD option is given by default');
SELECT is(paretonbd_options(), '{}'::jsonb, 'no Pareto/NBD option is given by default');
SELECT is(calibrate_options(), '{}'::jsonb, 'no option of calibration is given by default');
SELECT is(conformal_options(), '{}'::jsonb, 'no option of conformal prediction is given by default');
SELECT is(cox_options(), '{}'::jsonb, 'no option of Cox regression is given by default');
SELECT is(regression_options(), '{}'::jsonb, 'no option of regressions is given by default');
SELECT is(softmax_options(), '{}'::jsonb, 'no option of softmax regression is given by default');
SELECT is(tree_options(), '{}'::jsonb, 'no option of a tree is given by default');
SELECT is(forest_options(), '{}'::jsonb, 'no option of a forest is given by default');
SELECT is(boosting_options(), '{}'::jsonb, 'no option of gradient boosting is given by default');

SELECT is(hierarchical_options(), '{}'::jsonb, 'no option of hierarchical clustering is given by default');
SELECT is(hierarchical_gower_options(), '{}'::jsonb, 'nor one of mixed rows');
SELECT is(kprototypes_options(), '{}'::jsonb, 'no option of k-prototypes is given by default');
SELECT is(kmodes_options(), '{}'::jsonb, 'nor one of k-modes');
SELECT is(chart_options(), '{}'::jsonb, 'no option of a chart is given by default');
SELECT is(lda_options(), '{}'::jsonb, 'no option of topics is given by default');
SELECT is(phrase_options(), '{}'::jsonb, 'no option of phrases is given by default');
SELECT is(isolation_options(), '{}'::jsonb, 'no option of an isolation forest is given by default');
SELECT is(segment_rules_options(), '{}'::jsonb, 'no option of rules is given by default');
SELECT is(power_options(), '{}'::jsonb, 'no option of a power transformation is given by default');
SELECT is(profile_weights_options(), '{}'::jsonb, 'no option of weights is given by default');
SELECT is(profile_weights_regression_options(), '{}'::jsonb, 'nor one of weights by an outcome');
SELECT is(pca_options(), '{}'::jsonb, 'no option of principal components is given by default');
SELECT is(imputer_options(), '{}'::jsonb, 'no option of an imputer is given by default');
SELECT is(winsorizer_options(), '{}'::jsonb, 'no option of a winsorizer is given by default');
SELECT is(key_drivers_options(), '{}'::jsonb, 'no option of key drivers is given by default');
SELECT is(cf_options(), '{}'::jsonb, 'no option of a recommender is given by default');

-- as many options as groups, met in turn
SELECT is(count(*) FILTER (WHERE (model_info(m) -> 'options' ->> 'seed')::int = g)::int, 700, 'each group has its own options')
FROM (SELECT i % 700 AS g, kmeans_train(ARRAY[i::float8], 1, jsonb_build_object('seed', i % 700, 'restarts', 1)) AS m
	FROM generate_series(1, 2100) AS i GROUP BY i % 700) AS t;

SELECT * FROM finish();
ROLLBACK;
