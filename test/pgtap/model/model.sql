-- What a model value promises: comparison, conversions, information, limits.
BEGIN;
SELECT plan(24);

CREATE TEMP TABLE models AS
	SELECT k, kmeans_train(ARRAY[sin(i), cos(i), i], k, kmeans_options(restarts => 1, feature_names => '{a,b,c}')) AS model
	FROM generate_series(1, 500) AS i, generate_series(1, 40) AS k GROUP BY k;
CREATE TEMP TABLE twice AS SELECT k, model FROM models UNION ALL SELECT k, model::text::segment_model FROM models;

-- comparison
SELECT is(count(DISTINCT model), 40::bigint, 'DISTINCT by sorting') FROM twice;
SET LOCAL enable_sort = off;
SELECT is(count(*), 40::bigint, 'GROUP BY by hashing') FROM (SELECT model FROM twice GROUP BY model) AS t;
RESET enable_sort;
SELECT is(count(*), 80::bigint, 'hash join') FROM twice JOIN models USING (model);
SET LOCAL enable_hashjoin = off;
SET LOCAL enable_nestloop = off;
SELECT is(count(*), 80::bigint, 'merge join') FROM twice JOIN models USING (model);
RESET enable_hashjoin;
RESET enable_nestloop;
SELECT is_empty($$
	SELECT 1 FROM models AS a, models AS b
	WHERE (a.model = b.model) <> (a.k = b.k) OR (a.model <> b.model) = (a.k = b.k)
	   OR (a.model < b.model)::int + (a.model = b.model)::int + (a.model > b.model)::int <> 1
	   OR (a.model <= b.model) = (a.model > b.model) OR (a.model >= b.model) = (a.model < b.model)
	   OR sign(segment_model_cmp(a.model, b.model)) <> -sign(segment_model_cmp(b.model, a.model))
$$, 'operators agree with each other');
SELECT is(count(*), 0::bigint, 'the order is total')
	FROM (SELECT model, lag(model) OVER (ORDER BY model) AS before FROM models) AS t WHERE before >= model;
SELECT is(count(*), 0::bigint, 'equal models have equal hashes')
	FROM twice JOIN models USING (k) WHERE segment_model_hash(twice.model) <> segment_model_hash(models.model);
SELECT cmp_ok(count(DISTINCT segment_model_hash(model)), '>', 38::bigint, 'different ones mostly do not') FROM models;
CREATE TEMP TABLE indexed AS TABLE models;
SELECT lives_ok('CREATE INDEX ON indexed USING hash (model)', 'a hash index');
SELECT is((SELECT k FROM indexed AS i WHERE i.model = m.model), 17, 'finds a model') FROM models AS m WHERE k = 17;

-- JSON
SELECT is_empty($$
	SELECT 1 FROM models WHERE model::jsonb <> model::text::jsonb OR model::jsonb::text::segment_model <> model
$$, 'the JSON is complete');
SELECT is((SELECT array_agg(x::text::float8 ORDER BY n, j)
	FROM jsonb_array_elements(model::jsonb -> 'centers') WITH ORDINALITY AS r(row, n),
		   jsonb_array_elements(row) WITH ORDINALITY AS e(x, j)),
		  (SELECT array_agg(centroid[j] ORDER BY cluster, j) FROM kmeans_clusters(model), generate_series(1, 3) AS j),
		  'numbers have all their digits') FROM models WHERE k = 7;
SELECT is(model_info(model) -> 'k', to_jsonb(k), 'model_info has the facts') FROM models WHERE k = 7;
SELECT is(model_info(model) ->> 'version', segment_version(), 'the version') FROM models WHERE k = 7;
SELECT is(model_info(model) -> 'feature_names', '["a", "b", "c"]'::jsonb, 'the names') FROM models WHERE k = 7;
SELECT ok(NOT model_info(model) ? 'centers' AND model::jsonb ? 'centers', 'but no arrays') FROM models WHERE k = 7;
SELECT is(model_method(model), 'kmeans', 'model_method') FROM models WHERE k = 7;
SELECT is(count(*), 0::bigint, 'model_size counts every byte')
FROM models WHERE model_size(model) <> length(segment_model_send(model)) + 12;
SELECT is(model_info(NULL::segment_model), NULL, 'NULL gives NULL');

-- limits
CREATE FUNCTION pg_temp.try_size(k int) RETURNS segment_model LANGUAGE sql AS $$
	SELECT kmeans_train(ARRAY[i], k, '{"restarts": 1, "max_iterations": 1000}') FROM generate_series(1, 200) AS i $$;
SET LOCAL segment.max_model_size = '4kB';
SELECT lives_ok('SELECT pg_temp.try_size(50)', 'a model below segment.max_model_size');
SELECT throws_like('SELECT pg_temp.try_size(150)',
	'model would have % kB, more than the setting segment.max_model_size allows', 'a model above it');
RESET segment.max_model_size;
SELECT throws_ok($$ SET segment.max_model_size = '1GB' $$, '22023', NULL, 'the limit has a maximum');
SELECT throws_ok($$ SET segment.training_memory = '1kB' $$, '22023', NULL, 'training memory has a minimum');

-- the functions behind the casts to jsonb
SELECT is(ARRAY[segment_model_to_jsonb(model), segment_summary_to_jsonb(summary)], ARRAY[model::text::jsonb, summary::text::jsonb],
	'a model and a summary as JSON')
FROM models, (SELECT tier_transition('a'::text, 'b'::text) AS summary) AS s WHERE k = 3;

SELECT * FROM finish();
ROLLBACK;
