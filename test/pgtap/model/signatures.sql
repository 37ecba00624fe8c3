-- How calls find their function: no two signatures give one place two meanings,
-- parameters of unknown type resolve, and whole numbers may be bigint.
BEGIN;
SELECT plan(10);

CREATE TEMP VIEW function AS
	SELECT p.* FROM pg_depend d
		JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'segment'
		JOIN pg_proc p ON p.oid = d.objid
	WHERE d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND d.classid = 'pg_proc'::regclass
		-- called by users, not only by the server
		AND p.proname !~ '_(trans|combine|final|in|out|recv|send|check|length|subscript|cmp|hash|hash_extended)$'
		AND p.oid NOT IN (SELECT oprcode FROM pg_operator)
		AND NOT p.proargtypes::oid[] && ARRAY['internal'::regtype, 'cstring'::regtype]::oid[];

-- one row for each number of arguments that a function may be called with
CREATE TEMP VIEW call AS
	SELECT f.oid, f.proname AS name, n, f.proargtypes::oid[] AS types,
		CASE WHEN f.prokind = 'f' AND f.proargnames IS NOT NULL THEN
			ARRAY(SELECT a FROM unnest(f.proargnames, f.proargmodes) AS u(a, mode) WHERE coalesce(mode, 'i') IN ('i', 'v'))
		ELSE f.proargnames END AS names,
		f.prokind
	FROM function f, LATERAL generate_series(f.pronargs - f.pronargdefaults, f.pronargs::int) AS n
	WHERE n > 0 AND f.provariadic = 0;

-- the same name and number of arguments, but another meaning of a place: only
-- where the types keep them apart, or a test below shows the error
SELECT is(ARRAY(
	SELECT DISTINCT format('%s/%s %s: %s or %s', a.name, a.n, i,
		least(a.names[i], b.names[i]), greatest(a.names[i], b.names[i]))
	FROM call a JOIN call b ON a.name = b.name AND a.n = b.n AND a.oid < b.oid,
		LATERAL generate_series(1, a.n) AS i
	WHERE a.names[i] <> b.names[i] AND a.names[i] <> '' AND b.names[i] <> ''
		AND a.name NOT IN ('kmeans_options', 'kprototypes_options', 'regression_options') -- by name
		AND a.name NOT IN ('model_info', 'model_method', 'model_size') -- one argument
		AND (a.name <> 'cf_predict' OR a.n <> 4) AND a.name <> 'profile_score' -- a model or numbers come first
		AND a.name !~ '^(window_funnel|funnel_times|sequence_)'
	ORDER BY 1
), ARRAY['association_rules/4 4: drop_redundant or witness', 'ltv/2 1: arpu or revenue', 'ltv/2 2: churn_rate or churned',
	'sbg_train/2 1: duration or period', 'sbg_train/2 2: alive_count or lost',
	'sbg_train/3 1: duration or period', 'sbg_train/3 2: alive_count or lost'],
	'each place of a call means one thing, with known exceptions');
CREATE TEMP TABLE flags AS SELECT i % 7 AS months, i % 2 AS lost, 10.0 AS revenue, i FROM generate_series(1, 50) AS i;
SELECT throws_ok('SELECT ltv(revenue, lost) FROM flags', '42804', NULL, 'a flag for a churn rate is refused');
SELECT throws_ok('SELECT sbg_train(months, lost) FROM flags', '22023', NULL, 'a flag for a number of customers is refused');

-- what PREPARE says of SELECT name($1, $2, ...)
CREATE FUNCTION pg_temp.prepared(name text, n int, names text[]) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('PREPARE unknowns AS SELECT %s(%s)', name,
		(SELECT string_agg(coalesce(quote_ident(names[i]) || ' => ', '') || '$' || i, ', ') FROM generate_series(1, n) AS i));
	SELECT parameter_types::text INTO result FROM pg_prepared_statements AS p WHERE p.name = 'unknowns';
	DEALLOCATE unknowns;
	RETURN result;
EXCEPTION WHEN ambiguous_function OR indeterminate_datatype OR datatype_mismatch THEN
	RETURN NULL;
END $$;

-- those that do not resolve, each with the cast to write in docs/guides/troubleshooting.md
SELECT is(ARRAY(
	SELECT DISTINCT name::text FROM call
	WHERE pg_temp.prepared(name, n, CASE WHEN name ~ '_options$' THEN names END) IS NULL
	ORDER BY 1
), ARRAY['ab_state', 'association_rules', 'avg', 'band_svg', 'boosting_train', 'cardinality', 'cf_neighbours', 'cf_predict',
	'cf_train', 'feature_vector', 'forest_train', 'frequent_sequence_train', 'grouped_band_svg', 'grouped_line_svg',
	'hierarchical_gower_train', 'hierarchical_train', 'intra_list_diversity', 'itemset_train', 'line_svg', 'linucb_state',
	'nearest_centroid', 'offer_allocate', 'offer_assignments', 'profile_score', 'qini_area', 'qini_curve', 'sbg_train',
	'segment_rules', 'sentiment', 'softmax_train', 'stddev', 'sum', 'tier_transitions', 'top_keywords', 'tree_train',
	'unnest', 'uplift_table'],
	'parameters of unknown type resolve, with known exceptions');
SELECT is(pg_temp.prepared('model_info', 1, NULL), '{segment_model}', 'model_info($1) takes a model');
SELECT is(pg_temp.prepared('kmeans_assign', 2, NULL), '{segment_model,feature_vector}',
	'kmeans_assign($1, $2) takes a vector');

-- an untyped NULL is like such a parameter
SELECT is(num_nulls(kmeans_assign(NULL, NULL), model_info(NULL), model_method(NULL), model_size(NULL), ltv(NULL, NULL),
	ltv(1, NULL)), 6,
	'an untyped NULL gives NULL');
PREPARE rates AS SELECT ltv($1, $2);
SELECT results_eq('EXECUTE rates(50, 0.05)', 'SELECT 1000::float8', 'and its value is read as a number');

SELECT is(ARRAY[precision_at(2, '{a,b}', '{b}'), ndcg_at(2, '{a,b}', '{b}'), mrr('{a,b}', '{b}'),
	catalog_coverage('{a,b}', 4)],
	ARRAY[precision_at(2, '{a,b}'::text[], '{b}'::text[]), ndcg_at(2, '{a,b}'::text[], '{b}'::text[]),
		mrr('{a,b}'::text[], '{b}'::text[]), catalog_coverage('{a,b}'::text[], 4)], 'lists of unknown type are read as text[]');

-- whole numbers are bigint, so that count(*) and setLong fit; int is a witness, or
-- beside a bigint
SELECT is(ARRAY(
	SELECT DISTINCT proname::text FROM function WHERE 'int'::regtype = ANY(proargtypes::oid[]) ORDER BY 1
), ARRAY['ltv', 'tier_transitions'], 'whole numbers are bigint, with known exceptions');

SELECT * FROM finish();
ROLLBACK;
