-- One rule for all aggregates (docs/design/architecture.md, "Rows that count"): a row
-- that is skipped is not looked at, every other row is checked in full.
BEGIN;
SELECT plan(8);
SET LOCAL client_min_messages = error;

-- An argument of an aggregate: its value in row i, and one that is an error in a row that counts; for a setting,
-- another setting (NULL: any value is right). NULL skips the row if it is an input or a weight, and so does 0 as a
-- weight; NULL as a setting is an error, and other arguments may be NULL.
CREATE TABLE argument (aggregate text, place int, kind text, good text, bad text, PRIMARY KEY (aggregate, place));
CREATE FUNCTION pg_temp.takes(aggregate text, VARIADIC arguments text[]) RETURNS void LANGUAGE sql AS $$
	INSERT INTO argument
	SELECT aggregate, place, trim(part[1]), trim(part[2]), nullif(trim(part[3]), '')
	FROM unnest(arguments) WITH ORDINALITY AS a(words, place), string_to_array(words, '|') AS part $$;
SELECT pg_temp.takes(name, 'input | feature_vector(i, i * i) | feature_vector(i)')
FROM unnest('{sum,avg,min_elements,max_elements,stddev}'::text[]) AS name;
SELECT pg_temp.takes(name, 'input | feature_vector(i, i * i % 7) | feature_vector(i)')
FROM unnest('{feature_summary,correlation_matrix}'::text[]) AS name;
SELECT pg_temp.takes('segment_profile', 'input | i % 3 |', 'input | feature_vector(i, i * i % 7) | feature_vector(i)');
SELECT pg_temp.takes('linucb_state', 'input | feature_vector(i, i * i % 7) | feature_vector(i)',
	'input | (i % 3)::float8 | ''NaN''::float8', 'setting | 0.5::float8 | 0.6::float8');
SELECT pg_temp.takes('feature_quantiles', 'input | feature_vector(i, i * i % 7) | feature_vector(i)',
	'setting | ''{0.5,1}''::float8[] | ''{0.5}''::float8[]');
SELECT pg_temp.takes('scaler_train', 'input | feature_vector(i, i * i % 7) | feature_vector(i)',
	'setting | ''minmax''::text | ''robust''::text');
SELECT pg_temp.takes('power_train', 'input | feature_vector(i, i * i % 7) | feature_vector(i)',
	'setting | ''log1p''::text | ''yeo_johnson''::text', 'setting | ''{"standardize": false}''::jsonb | ''{}''::jsonb');
SELECT pg_temp.takes('pca_train', 'input | feature_vector(i, i * i % 7) | feature_vector(i)', 'setting | 1 | 2',
	'setting | ''{"whiten": true}''::jsonb | ''{}''::jsonb');
SELECT pg_temp.takes('profile_weights_train', 'input | feature_vector(i, i * i % 7) | feature_vector(i)',
	'setting | ''entropy''::text | ''critic''::text', 'setting | ''{"missing": "mean"}''::jsonb | ''{}''::jsonb');
SELECT pg_temp.takes('profile_weights_regression_train', 'input | i::float8 | ''NaN''::float8',
	'input | feature_vector(i, i * i % 7) | feature_vector(i)', 'setting | ''{"missing": "mean"}''::jsonb | ''{}''::jsonb');
SELECT pg_temp.takes('feature_relevance', 'input | i::float8 | ''NaN''::float8',
	'input | feature_vector(i % 3, i * i % 7) | feature_vector(i)');
SELECT pg_temp.takes('imputer_train', 'input | feature_vector(i, i * i % 7) | feature_vector(i)',
	'setting | ''mean''::text | ''median''::text', 'setting | ''{"indicator": true}''::jsonb | ''{}''::jsonb');
SELECT pg_temp.takes('winsorizer_train', 'input | feature_vector(i, i * i % 7) | feature_vector(i)',
	'setting | ''{"lower": 0.2}''::jsonb | ''{}''::jsonb');
SELECT pg_temp.takes('rollup', 'input | (SELECT avg_state FROM (SELECT kaplan_meier(i, true) AS avg_state) AS s) |');
SELECT pg_temp.takes('kmeans_train', 'input | feature_vector(i % 3, i) | feature_vector(i)', 'setting | 2 | 3',
	'setting | ''{"seed": 1}''::jsonb | ''{"seed": 2}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('hierarchical_train', 'input | i |', 'input | feature_vector(i % 3, i) | feature_vector(i)',
	'setting | ''{"linkage": "single"}''::jsonb | ''{"linkage": "average"}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('hierarchical_gower_train', 'input | i |', 'input | feature_vector(i % 3, i) | feature_vector(i)',
	'input | ARRAY[(i % 2)::text] | ARRAY[''a'', ''b'']', 'setting | ''{"linkage": "single"}''::jsonb | ''{"linkage": "average"}''::jsonb',
	'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('kprototypes_train', 'input | feature_vector(i % 3, i) | feature_vector(i)',
	'input | ARRAY[(i % 2)::text] | ARRAY[''a'', ''b'']', 'setting | 2 | 3', 'setting | ''{"seed": 1}''::jsonb | ''{"seed": 2}''::jsonb',
	'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('kmodes_train', 'input | ARRAY[(i % 2)::text] | ARRAY[''a'', ''b'']', 'setting | 2 | 1',
	'setting | ''{"seed": 1}''::jsonb | ''{"seed": 2}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('kmeans_elbow', 'input | feature_vector(i % 3, i) | feature_vector(i)', 'setting | 1 | 2', 'setting | 3 | 4',
	'setting | ''{"seed": 1}''::jsonb | ''{"seed": 2}''::jsonb');
SELECT pg_temp.takes(name, 'input | i % 2 |', 'input | feature_vector(i, i % 2) | feature_vector(i)')
FROM unnest('{calinski_harabasz,davies_bouldin,silhouette}'::text[]) AS name;
SELECT pg_temp.takes('simplified_silhouette', 'input | (SELECT kmeans_train(ARRAY[j % 2, j], 2) FROM generate_series(1, 9) AS j) |',
	'input | feature_vector(i, i % 2) | feature_vector(i)');
SELECT pg_temp.takes(name, 'input | i % 2 |', 'input | i % 3 |')
FROM unnest('{adjusted_rand,normalized_mutual_information}'::text[]) AS name;
SELECT pg_temp.takes('tier_transition', 'may be null | i % 2 |', 'may be null | i % 3 |');
SELECT pg_temp.takes('tier_train', 'input | i::float8 | ''NaN''::float8', 'setting | 2 | 3',
	'setting | ''{"method": "quantile"}''::jsonb | ''{"method": "k_means"}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('rfm_train', 'input | i::float8 | ''NaN''::float8', 'input | (i % 5)::float8 | ''NaN''::float8',
	'input | (i * i)::float8 | ''NaN''::float8', 'setting | ''{"n": 2}''::jsonb | ''{"n": 3}''::jsonb');
SELECT pg_temp.takes('top_interest', 'input | i % 3 |', 'input | i::float8 | ''NaN''::float8');
SELECT pg_temp.takes('top_keywords', 'input | to_tsvector(''simple'', format(''a b%s'', i)) |', 'setting | 2 | 3');
SELECT pg_temp.takes('churn_rate', 'input | ''2026-01-01''::timestamp + i * interval ''1 day'' | ''infinity''::timestamp',
	'input | ''2026-01-11''::timestamp | ''infinity''::timestamp', 'input | interval ''5 days'' | interval ''-5 days''');
SELECT pg_temp.takes('arpu', 'input | i::float8 | ''NaN''::float8', 'input | i % 3 |');
SELECT pg_temp.takes('ltv', 'may be null | i::float8 | ''NaN''::float8', 'input | i % 3 = 0 |');
SELECT pg_temp.takes('csat', 'input | (1 + i % 5)::float8 | 6::float8', 'setting | 1::float8 | 0::float8',
	'setting | 5::float8 | 7::float8', 'setting | 3::float8 | 4::float8');
SELECT pg_temp.takes('nps', 'input | (1 + i % 5)::float8 | 6::float8', 'setting | 1::float8 | 0::float8',
	'setting | 5::float8 | 7::float8', 'setting | 2::float8 | 1::float8', 'setting | 4::float8 | 5::float8');
SELECT pg_temp.takes('bayes_average', 'input | i::float8 | ''NaN''::float8', 'setting | 3.5::float8 | 4::float8',
	'setting | 10::float8 | 11::float8');
SELECT pg_temp.takes('purchase_summary', 'input | ''2026-01-01''::timestamp + i * interval ''1 day'' | ''infinity''::timestamp',
	'may be null | i::float8 | ''NaN''::float8', 'input | ''2026-03-01''::timestamp | ''2026-03-08''::timestamp',
	'input | interval ''1 week'' | interval ''1 day''');
SELECT pg_temp.takes(name, 'input | (i % 4)::float8 | -1.0::float8', 'input | (i % 4 * 2)::float8 | ''NaN''::float8',
	'input | (20 + i)::float8 | ''NaN''::float8',
	'setting | ''{"max_iterations": 900}''::jsonb | ''{"max_iterations": 901}''::jsonb', 'weight | 1.0::float8 | -1.0::float8')
FROM unnest('{bgnbd_train,paretonbd_train}'::text[]) AS name;
SELECT pg_temp.takes('gamma_gamma_train', 'input | (1 + i % 4)::float8 | -1.0::float8', 'input | (10 + i % 7)::float8 | ''NaN''::float8',
	'setting | ''{"when_too_few": "null"}''::jsonb | ''{}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('sbg_train', 'input | (i - 1)::float8 | -1.0::float8', 'input | (100 - i)::float8 | -1.0::float8');
SELECT pg_temp.takes('kaplan_meier', 'input | i::float8 | -1.0::float8', 'input | i % 2 = 0 |');
SELECT pg_temp.takes('logrank_test', 'input | i % 2 |', 'input | i::float8 | -1.0::float8', 'input | i % 3 > 0 |');
SELECT pg_temp.takes(name, 'input | i::float8 | ''NaN''::float8', 'input | feature_vector(i * 7 % 5) | feature_vector(i, i)',
	'setting | ''{"max_iterations": 900}''::jsonb | ''{"max_iterations": 901}''::jsonb', 'weight | 1.0::float8 | -1.0::float8')
FROM unnest('{linear_train,poisson_train,gamma_train}'::text[]) AS name;
SELECT pg_temp.takes('logistic_train', 'input | i % 3 > 0 |', 'input | feature_vector(i * 7 % 5) | feature_vector(i, i)',
	'setting | ''{"max_iterations": 900}''::jsonb | ''{"max_iterations": 901}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('softmax_train', 'input | i % 3 |', 'input | feature_vector(i * 7 % 5) | feature_vector(i, i)',
	'setting | ''{"max_iterations": 900}''::jsonb | ''{"max_iterations": 901}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes(name, 'input | i::float8 | ''NaN''::float8', 'input | feature_vector(i * 7 % 5) | feature_vector(i, i)',
	'setting | ''{"max_depth": 3}''::jsonb | ''{"max_depth": 4}''::jsonb', 'weight | 1.0::float8 | -1.0::float8')
FROM unnest('{tree_train,forest_train,boosting_train}'::text[]) AS name;
SELECT pg_temp.takes('segment_rules', 'input | i % 3 |', 'input | feature_vector(i * 7 % 5) | feature_vector(i, i)',
	'setting | ''{"max_depth": 3}''::jsonb | ''{"max_depth": 4}''::jsonb');
SELECT pg_temp.takes('isolation_train', 'input | feature_vector(i * 7 % 5) | feature_vector(i, i)',
	'setting | ''{"max_depth": 3}''::jsonb | ''{"max_depth": 4}''::jsonb');
SELECT pg_temp.takes('cox_train', 'input | i::float8 | -1.0::float8', 'input | i % 3 > 0 |',
	'input | feature_vector(i * 7 % 5) | feature_vector(i, i)',
	'setting | ''{"max_iterations": 900}''::jsonb | ''{"max_iterations": 901}''::jsonb');
SELECT pg_temp.takes(name, 'setting | interval ''1 day'' | interval ''2 days''',
	'setting | ''strict_once''::text | ''strict_order''::text',
	'input | ''2026-01-01''::timestamp + i * interval ''1 hour'' | ''infinity''::timestamp', 'may be null | i % 2 = 0 |',
	'may be null | i % 3 = 0 |')
FROM unnest('{window_funnel,funnel_times}'::text[]) AS name;
SELECT pg_temp.takes(name, 'setting | ''(?1).*(?2)''::text | ''(?2)''::text',
	'input | ''2026-01-01''::timestamp + i * interval ''1 hour'' | ''infinity''::timestamp', 'may be null | i % 2 = 0 |',
	'may be null | i % 3 = 0 |')
FROM unnest('{sequence_match,sequence_count}'::text[]) AS name;
SELECT pg_temp.takes('sequence_next', 'setting | ''forward''::text | ''backward''::text',
	'setting | ''first_match''::text | ''last_match''::text',
	'input | i |', 'input | ''2026-01-01''::timestamp + i * interval ''1 hour'' | ''infinity''::timestamp', 'may be null | i % 3 = 0 |');
SELECT pg_temp.takes('retention', 'may be null | ''2026-01-01''::timestamp + i * interval ''1 day'' | ''infinity''::timestamp',
	'input | ''2026-01-01''::timestamp | ''2026-01-02''::timestamp', 'setting | interval ''1 week'' | interval ''1 day''',
	'setting | 5 | 6',
	'setting | ''bounded''::text | ''unbounded''::text', 'setting | ''2026-01-15''::timestamp | ''2026-01-16''::timestamp');
SELECT pg_temp.takes('retention_curve', 'input | ARRAY[true, i % 2 = 0] | ARRAY[[true], [false]]');
SELECT pg_temp.takes('lifecycle', 'input | ''2026-01-01''::timestamp + i * interval ''1 day'' | ''infinity''::timestamp',
	'setting | ''2026-01-11''::timestamp | ''2026-01-12''::timestamp', 'setting | interval ''1 week'' | interval ''1 day''');
SELECT pg_temp.takes('active_users', 'input | i % 5 |',
	'input | ''2026-01-01''::timestamp + i * interval ''1 day'' | ''infinity''::timestamp', 'setting | 7 | 8', 'setting | 30 | 31');
SELECT pg_temp.takes('trend', 'input | ''2026-01-01''::timestamp + i * interval ''1 day'' | ''infinity''::timestamp',
	'input | i::float8 | ''NaN''::float8', 'setting | ''2026-01-21''::timestamp | ''2026-01-20''::timestamp',
	'setting | ''{7,30}''::bigint[] | ''{7,31}''::bigint[]');
SELECT pg_temp.takes('lda_train', 'input | ARRAY[''a'', concat(''b'', i % 3)] |', 'setting | ''{"k": 2}''::jsonb | ''{"k": 3}''::jsonb');
SELECT pg_temp.takes('phrase_train', 'input | concat(''ab'', i % 3) |',
	'setting | ''{"min_count": 2}''::jsonb | ''{"min_count": 3}''::jsonb');
SELECT pg_temp.takes('lda_perplexity', 'input | (SELECT lda_train(ARRAY[''a'', concat(''b'', j % 3)]) FROM generate_series(1, 9) AS j) |',
	'input | ARRAY[''a'', concat(''b'', i % 3)] |');
SELECT pg_temp.takes('itemset_train', 'input | ARRAY[1, i % 3] |',
	'setting | ''{"min_support": 0.5}''::jsonb | ''{"min_support": 0.1}''::jsonb');
SELECT pg_temp.takes('frequent_sequence_train', 'input | ARRAY[1, i % 3] |',
	'setting | ''{"min_support": 0.5}''::jsonb | ''{"min_support": 0.1}''::jsonb');
SELECT pg_temp.takes('key_drivers', 'input | ARRAY[''a'', concat(''b'', i % 3)] |', 'input | i::float8 | ''NaN''::float8',
	'input | i % 2 = 0 |', 'setting | ''{"min_support": 0.5}''::jsonb | ''{"min_support": 0.1}''::jsonb');
SELECT pg_temp.takes('key_drivers_rate', 'input | ARRAY[''a'', concat(''b'', i % 3)] |', 'input | i::float8 | ''NaN''::float8',
	'input | (i % 4)::float8 | -1.0::float8', 'input | i % 2 = 0 |',
	'setting | ''{"min_support": 0.5}''::jsonb | ''{"min_support": 0.1}''::jsonb');
SELECT pg_temp.takes('offer_allocate', 'input | i |', 'input | i % 2 |', 'input | (1 + i)::float8 | ''NaN''::float8',
	'input | (i % 3)::float8 | -1.0::float8', 'setting | ''{"budget": 4}''::jsonb | ''{"budget": 5}''::jsonb');
SELECT pg_temp.takes('list_novelty', 'input | ARRAY[i, 2]::bigint[] | ARRAY[-1]::bigint[]', 'input | 1000::bigint | 0::bigint');
SELECT pg_temp.takes('cf_train', 'input | i % 4 |', 'input | i % 5 |', 'input | (i % 6)::float8 | ''NaN''::float8',
	'setting | ''{"method": "svd", "factors": 2}''::jsonb | ''{"method": "svd", "factors": 3}''::jsonb');
SELECT pg_temp.takes('als_solve', 'input | feature_vector(i, i % 2) | feature_vector(i)', 'input | 1.0::float8 | ''NaN''::float8',
	'setting | 0.1::float8 | 0.2::float8');
SELECT pg_temp.takes('als_wr_solve', 'input | feature_vector(i, i % 2) | feature_vector(i)', 'input | 1.0::float8 | ''NaN''::float8',
	'setting | 0.1::float8 | 0.2::float8');
SELECT pg_temp.takes('als_gram', 'input | feature_vector(i, i % 2) | feature_vector(i)');
SELECT pg_temp.takes(name, 'input | i::float8 | ''NaN''::float8', 'input | (i % 4)::float8 | ''NaN''::float8', 'setting | 2 | 3')
FROM unnest('{cosine_similarity,pearson_similarity}'::text[]) AS name;
SELECT pg_temp.takes(name, 'setting | 2 | 3', 'input | ARRAY[i, 2]::bigint[] | ARRAY[[1], [2]]::bigint[]',
	'input | ARRAY[2]::bigint[] | ARRAY[[1], [2]]::bigint[]')
FROM unnest('{precision_at,recall_at,hit_rate_at,average_precision_at}'::text[]) AS name;
SELECT pg_temp.takes('ndcg_at', 'setting | 2 | 3', 'input | ARRAY[i, 2]::bigint[] | ARRAY[[1], [2]]::bigint[]',
	'input | ARRAY[2]::bigint[] | ARRAY[[1], [2]]::bigint[]',
	'input | ARRAY[1]::float8[] | ARRAY[1, 2]::float8[]', 'setting | ''linear''::text | ''exponential''::text');
SELECT pg_temp.takes('mrr', 'input | ARRAY[i, 2]::bigint[] | ARRAY[[1], [2]]::bigint[]',
	'input | ARRAY[2]::bigint[] | ARRAY[[1], [2]]::bigint[]');
SELECT pg_temp.takes('catalog_coverage', 'input | ARRAY[i % 7]::bigint[] | ARRAY[[1], [2]]::bigint[]',
	'setting | 20::bigint | 30::bigint');
SELECT pg_temp.takes('intra_list_diversity',
	'input | ARRAY[feature_vector(i, 1), feature_vector(1, i)] | ARRAY[feature_vector(i, 1), feature_vector(1)]');
-- a chart says how many rows have a NULL
SELECT pg_temp.takes(name, 'may be null | i % 3 |', 'may be null | i::float8 | ''NaN''::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb')
FROM unnest('{bar_svg,funnel_svg}'::text[]) AS name;
SELECT pg_temp.takes(name, 'may be null | i % 3 |', 'may be null | i % 2 |', 'may be null | i::float8 | ''NaN''::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb')
FROM unnest('{grouped_bar_svg,heatmap_svg,grouped_funnel_svg,sankey_svg}'::text[]) AS name;
SELECT pg_temp.takes('path_sankey_svg', 'may be null | i % 3 |', 'may be null | i % 3 |', 'may be null | i % 2 |',
	'may be null | i::float8 | ''NaN''::float8', 'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('forest_svg', 'may be null | i |', 'may be null | i::float8 | ''NaN''::float8',
	'may be null | i - 1.5::float8 | ''NaN''::float8', 'may be null | i + 2.5::float8 | ''NaN''::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('line_svg', 'may be null | i::float8 | ''NaN''::float8', 'may be null | i::float8 | ''NaN''::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('grouped_line_svg', 'may be null | i::float8 | ''NaN''::float8', 'may be null | i % 3 |',
	'may be null | i::float8 | ''NaN''::float8', 'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('band_svg', 'may be null | i::float8 | ''NaN''::float8', 'may be null | i::float8 | ''NaN''::float8',
	'may be null | (i - 1)::float8 | ''NaN''::float8', 'may be null | (i + 1)::float8 | 0::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('grouped_band_svg', 'may be null | i::float8 | ''NaN''::float8', 'may be null | i % 3 |',
	'may be null | i::float8 | ''NaN''::float8', 'may be null | (i - 1)::float8 | ''NaN''::float8',
	'may be null | (i + 1)::float8 | 0::float8', 'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('survival_svg', 'may be null | i::float8 | -1::float8', 'may be null | i | -1',
	'may be null | (1.0 / i)::float8 | 1.5::float8', 'may be null | 0::float8 | -1::float8', 'may be null | 1::float8 | 2::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('grouped_survival_svg', 'may be null | i::float8 | -1::float8', 'may be null | i % 3 |', 'may be null | i | -1',
	'may be null | (1.0 / i)::float8 | 1.5::float8', 'may be null | 0::float8 | -1::float8', 'may be null | 1::float8 | 2::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('histogram_svg', 'may be null | i::float8 | ''NaN''::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('grouped_histogram_svg', 'may be null | i::float8 | ''NaN''::float8', 'may be null | i % 2 |',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('scatter_svg', 'may be null | i::float8 | ''NaN''::float8', 'may be null | (i % 5)::float8 | ''infinity''::float8',
	'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('grouped_scatter_svg', 'may be null | i::float8 | ''NaN''::float8',
	'may be null | (i % 5)::float8 | ''infinity''::float8',
	'may be null | i % 2 |', 'setting | ''{"width": 300}''::jsonb | ''{"width": 301}''::jsonb');
SELECT pg_temp.takes('confusion_matrix', 'input | i % 3 |', 'input | i % 2 |');
SELECT pg_temp.takes('difference_in_differences', 'input | i::float8 | ''NaN''::float8', 'input | i % 2 = 0 |', 'input | i % 3 = 0 |',
	'input | i % 5 |');
SELECT pg_temp.takes(name, 'input | i::float8 | ''NaN''::float8', 'input | i % 2 = 0 |', 'input | i % 4 | 3000000000', 'setting | 2 | 3',
	'input | i % 5 |')
FROM unnest('{event_study,pretrend_test}'::text[]) AS name;
SELECT pg_temp.takes(name, 'input | i % 2 |', 'input | i::float8 | ''NaN''::float8')
FROM unnest('{welch_t_test,mann_whitney_test,ab_quantile_state}'::text[]) AS name;
SELECT pg_temp.takes('chi_square_test', 'input | i % 2 |', 'input | i % 3 |');
SELECT pg_temp.takes('ab_state', 'input | i % 2 |', 'input | i::float8 | ''NaN''::float8', 'input | sqrt(i) | ''Infinity''::float8');
SELECT pg_temp.takes('uplift_table', 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8',
	'input | sqrt(i) | ''Infinity''::float8', 'setting | 5 | 6', 'setting | 0.9::float8 | 0.8::float8');
SELECT pg_temp.takes(name, 'input | i % 3 = 0 |', 'input | i % 2 = 0 |', 'input | sqrt(i) | ''Infinity''::float8')
FROM unnest('{qini_coefficient,qini_area,qini_curve}'::text[]) AS name;
SELECT pg_temp.takes('ab_winsorized_state', 'input | i % 2 |', 'input | i::float8 | ''NaN''::float8',
	'setting | 5::float8 | 6::float8', 'input | sqrt(i) | ''Infinity''::float8');
SELECT pg_temp.takes('ab_ratio_state', 'input | i % 2 |', 'input | i::float8 | ''NaN''::float8',
	'input | sqrt(i) | ''Infinity''::float8');
SELECT pg_temp.takes(name, 'input | i::float8 | ''NaN''::float8', 'input | (i * i)::float8 | ''NaN''::float8',
	'weight | 1.0::float8 | -1.0::float8') FROM unnest('{mae,rmse,r2}'::text[]) AS name;
SELECT pg_temp.takes(name, 'input | i % 3 = 0 |', 'input | i / 100.0::float8 | 1.5::float8', 'weight | 1.0::float8 | -1.0::float8')
FROM unnest('{log_loss,brier_score}'::text[]) AS name;
SELECT pg_temp.takes(name, 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8')
FROM unnest('{roc_auc,roc_curve,average_precision,best_f1}'::text[]) AS name;
SELECT pg_temp.takes('roc_auc_interval', 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8',
	'setting | 0.9::float8 | 0.8::float8');
SELECT pg_temp.takes('f1_at', 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8', 'setting | 5.0::float8 | 6.0::float8');
SELECT pg_temp.takes('best_threshold', 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8', 'setting | 1.0::float8 | 2.0::float8',
	'setting | 3.0::float8 | 4.0::float8');
SELECT pg_temp.takes('population_stability', 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8', 'setting | 5 | 6');
SELECT pg_temp.takes('lift_table', 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8', 'setting | 5 | 6');
SELECT pg_temp.takes('calibration_table', 'input | i % 3 = 0 |', 'input | i / 100.0::float8 | 1.5::float8', 'setting | 5 | 6',
	'setting | ''uniform''::text | ''quantile''::text');
SELECT pg_temp.takes('calibrate_train', 'input | i % 3 = 0 |', 'input | i::float8 | ''NaN''::float8',
	'setting | ''{"method": "platt"}''::jsonb | ''{"method": "isotonic"}''::jsonb', 'weight | 1.0::float8 | -1.0::float8');
SELECT pg_temp.takes('conformal_train', 'input | i::float8 | ''NaN''::float8', 'input | 1.0::float8 | ''NaN''::float8',
	'setting | ''{"coverage": 0.9}''::jsonb | ''{"coverage": 0.8}''::jsonb');
SELECT pg_temp.takes('conformal_classes_train', 'input | i / 100.0::float8 | 1.5::float8',
	'setting | ''{"coverage": 0.9}''::jsonb | ''{"coverage": 0.8}''::jsonb');
SELECT pg_temp.takes('cf_predict', 'input | (i % 3)::float8 | ''NaN''::float8', 'input | (i % 4)::float8 | ''NaN''::float8',
	'input | (i % 5)::float8 | ''NaN''::float8', 'may be null | 3.0::float8 | 4.0::float8');
-- the settings of a row count even if it adds nothing: a result of NULL would tell that no row does
SELECT pg_temp.takes('dp_count', 'may be null | i % 4 |', 'setting | 1.0::float8 | 2.0::float8', 'setting | 0.0::float8 | 0.01::float8',
	'setting | 2::bigint | 3::bigint');
SELECT pg_temp.takes('dp_count_threshold', 'may be null | i |', 'setting | 1000.0::float8 | 2.0::float8',
	'setting | 0.001::float8 | 0.01::float8');
SELECT pg_temp.takes(name, 'may be null | i % 4 |', 'may be null | i::float8 |', 'setting | 0.0::float8 | 1.0::float8',
	'setting | 5.0::float8 | 6.0::float8', 'setting | 1.0::float8 | 2.0::float8', 'setting | 0.0::float8 | 0.01::float8')
FROM unnest('{dp_sum,dp_avg}'::text[]) AS name;
SELECT pg_temp.takes('k_anonymity', 'input | ARRAY[(i % 3)::text] | ARRAY[''a'', ''b'']');
SELECT pg_temp.takes('l_diversity', 'input | ARRAY[(i % 3)::text] | ARRAY[''a'', ''b'']', 'input | (i % 5)::text |');

-- a row that counts and adds nothing
CREATE TABLE idle (aggregate text, place int, value text, PRIMARY KEY (aggregate, place));
INSERT INTO idle VALUES ('window_funnel', 4, 'false'), ('window_funnel', 5, 'NULL::boolean'), ('funnel_times', 4, 'false'),
	('funnel_times', 5, 'false'), ('sequence_match', 3, 'false'), ('sequence_match', 4, 'false'), ('sequence_count', 3, 'false'),
	('sequence_count', 4, 'NULL::boolean'), ('sequence_next', 5, 'false'), ('retention', 1, '''2026-02-01''::timestamp'),
	('lifecycle', 1, '''2026-02-01''::timestamp'), ('trend', 1, '''2026-02-01''::timestamp'),
	('purchase_summary', 1, '''2026-06-01''::timestamp'),
	('precision_at', 3, '''{}''::bigint[]'), ('recall_at', 3, '''{}''::bigint[]'), ('hit_rate_at', 3, '''{}''::bigint[]'),
	('average_precision_at', 3, '''{}''::bigint[]'), ('catalog_coverage', 1, '''{}''::bigint[]');

SELECT is(ARRAY(SELECT DISTINCT proname::text FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid
	JOIN pg_extension AS e ON e.oid = d.refobjid WHERE e.extname = 'segment' AND d.deptype = 'e' AND p.prokind = 'a' ORDER BY 1),
	ARRAY(SELECT DISTINCT aggregate FROM argument ORDER BY 1), 'every aggregate is here');

-- The result over 20 good rows and one other, before or behind them; NULL: without it.  What a result says of
-- skipped rows is left out.
CREATE FUNCTION pg_temp.outcome(aggregate text, other text[], first boolean) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	good text := (SELECT string_agg(a.good || ' AS a' || place, ', ' ORDER BY place)
		FROM argument AS a WHERE a.aggregate = outcome.aggregate);
	list text := (SELECT string_agg('a' || place, ', ' ORDER BY place) FROM argument AS a WHERE a.aggregate = outcome.aggregate);
	rows text := format('(SELECT %s FROM generate_series(1, 20) AS i)', good);
	row text := format('(SELECT %s FROM (SELECT 21 AS i) AS i)', array_to_string(other, ', '));
	result text;
BEGIN
	IF other IS NOT NULL THEN
		rows := CASE WHEN first THEN row || ' UNION ALL ' || rows ELSE rows || ' UNION ALL ' || row END;
	END IF;
	EXECUTE format('SELECT %I(%s)::text FROM (%s) AS r(%s)', aggregate, list, rows, list) INTO result;
	RETURN regexp_replace(result, '"(rows_)?skipped": ?\d+|"fingerprint": ?"\w+"', '', 'g');
EXCEPTION WHEN OTHERS THEN
	RETURN 'error ' || sqlstate || ': ' || sqlerrm;
END $$;
-- Arguments of the other row: one value, and elsewhere bad ones where there are any, or those of an idle row, or
-- good ones.
CREATE FUNCTION pg_temp.other(aggregate text, at int, value text, kind text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(format('(%s)', CASE WHEN a.place = other.at THEN other.value WHEN other.kind = 'bad' THEN coalesce(a.bad, a.good)
		WHEN other.kind = 'idle' THEN coalesce(i.value, a.good) ELSE a.good END) ORDER BY a.place)
	FROM argument AS a LEFT JOIN idle AS i USING (aggregate, place) WHERE a.aggregate = other.aggregate $$;

CREATE TABLE wanted AS SELECT aggregate, pg_temp.outcome(aggregate, NULL, false) AS result FROM argument GROUP BY aggregate;
SELECT is((SELECT string_agg(aggregate || ' ' || coalesce(result, 'NULL'), '; ') FROM wanted
	WHERE coalesce(result, 'error') ~ '^error'), NULL,
	'good rows have a result');

-- what a row does that is bad at one place or, if it is skipped, everywhere else
CREATE TABLE attempt AS
	SELECT aggregate, place, first, what, pg_temp.outcome(aggregate, pg_temp.other(aggregate, place, value, rest), first) AS got
	FROM argument AS a, unnest('{t,f}'::boolean[]) AS first,
		LATERAL (VALUES ('skipped', format('nullif(%s, %1$s)', good), 'bad', kind IN ('input', 'weight')),
			('weightless', '0.0::float8', 'bad', kind = 'weight'),
			('bad', bad, 'good', bad IS NOT NULL),
			('bad and idle', bad, 'idle', bad IS NOT NULL AND EXISTS (SELECT FROM idle AS i WHERE i.aggregate = a.aggregate)
				AND NOT EXISTS (SELECT FROM idle AS i WHERE (i.aggregate, i.place) = (a.aggregate, a.place))),
			('a NULL setting', format('nullif(%s, %1$s)', good), 'good', kind = 'setting')) AS t(what, value, rest, applies)
	WHERE applies;
CREATE FUNCTION pg_temp.wrong(kind text, is_error boolean) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s(%s, %s): %s', aggregate, place, CASE WHEN first THEN 'first' ELSE 'last' END, left(got, 100)), E'\n')
	FROM attempt JOIN wanted USING (aggregate)
	WHERE what = kind AND CASE WHEN is_error THEN got IS NULL OR got !~ '^error (22|42|54)' ELSE got IS DISTINCT FROM result END $$;
SELECT is(pg_temp.wrong('skipped', false), NULL, 'a row with a NULL is not looked at');
SELECT is(pg_temp.wrong('weightless', false), NULL, 'nor is one without weight');
SELECT is(pg_temp.wrong('bad', true), NULL, 'every other row is checked in full');
SELECT is(pg_temp.wrong('bad and idle', true), NULL, 'even if it adds nothing');
SELECT is(pg_temp.wrong('a NULL setting', true), NULL, 'a setting is never NULL');
SELECT cmp_ok(count(*), '>', 300::bigint, 'many rows are tried') FROM attempt;

SELECT * FROM finish();
ROLLBACK;
