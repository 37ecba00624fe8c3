-- What the attack calls functions on: rows of every type, tame and at the edge,
-- whole and in partitions; and one model or summary of each kind.
SET client_min_messages = error;

-- number i of an array, starting again at its end
CREATE FUNCTION pick(i int, choices anyarray) RETURNS anyelement LANGUAGE sql IMMUTABLE PARALLEL SAFE
	AS 'SELECT choices[1 + i % cardinality(choices)]';

-- Names that end in _e hold edge values; in _n, also missing ones and infinity.
-- Columns without these hold what their name says, so that an argument of that
-- name can take them.
CREATE TABLE parts (
	i int, g int, frequency float8, recency float8, age float8, monetary float8, weight float8,
	duration float8, event boolean, churned boolean, cluster int, score float8, revenue float8,
	rating float8, probability float8, user_id int, item_id int, period int, vec feature_vector, arr float8[],
	vecs feature_vector[], ids int[], ids_text text[], ids_uuid uuid[], met boolean[], word text,
	num numeric, whole bigint, small smallint, single real, ids_small smallint[], nums numeric[],
	reals real[], wholes bigint[], uid uuid, day date, ts timestamp, tz timestamptz, span interval,
	document tsvector, options jsonb,
	float_e float8, float_n float8, vec_e feature_vector, vec_n feature_vector, arr_e float8[], arr_n float8[], ids_e int[], word_e text, num_e numeric,
	whole_e bigint, int_e int, met_e boolean[], day_e date, ts_e timestamp, tz_e timestamptz, span_e interval
) PARTITION BY RANGE (i);
CREATE TABLE parts_1 PARTITION OF parts FOR VALUES FROM (MINVALUE) TO (20);
CREATE TABLE parts_2 PARTITION OF parts FOR VALUES FROM (20) TO (21);
CREATE TABLE parts_3 PARTITION OF parts FOR VALUES FROM (21) TO (150);
CREATE TABLE parts_4 PARTITION OF parts FOR VALUES FROM (150) TO (MAXVALUE);
INSERT INTO parts SELECT
	i, i % 5, i * 7 % 6, i * 7 % 6 * (2 + i % 4), 25 + i % 11, 5 + i * 13 % 17 + i % 3 * 0.25, 1 + i % 4,
	1 + i * 5 % 23 * 0.5, i % 3 > 0, i % 4 = 0, i % 3, i * 37 % 101, i * 17 % 29 * 0.5,
	1 + i * 3 % 5, i * 11 % 51 / 50.0, i * 5 % 19, i * 7 % 13, i % 9,
	feature_vector(i % 3 * 10 + sin(i), i % 3 * 5 + cos(i * 7), sqrt(i)), ARRAY[i % 3 * 10 + cos(i), i % 7, i % 11 * 0.1],
	ARRAY[feature_vector(i % 3, 1, 2), feature_vector(1, i % 2, 0), feature_vector(0, 0, 1 + i % 5)],
	ARRAY[i % 4, 4 + i % 3, 7 + i % 5], ARRAY[chr(97 + i % 4), chr(101 + i % 3)],
	ARRAY[md5((i % 4)::text)::uuid, md5((4 + i % 3)::text)::uuid],
	ARRAY[i % 2 = 0, i % 3 = 0, i % 5 = 0], chr(97 + i % 6),
	i % 17 + 0.5, i % 13, i % 13, i % 13 + 0.5, ARRAY[i % 4, 5], ARRAY[i % 4, 5.5], ARRAY[i % 4, 5.5], ARRAY[i % 4, 4 + i % 3],
	md5((i % 7)::text)::uuid, date '2024-03-01' + i % 60, timestamp '2024-03-01' + i * 5 % 61 * interval '7 hours',
	timestamptz '2024-03-25 UTC' + i * 5 % 61 * interval '5 hours', i % 5 * interval '1 day',
	to_tsvector('simple', 'red green ' || chr(97 + i % 6) || ' blue ' || chr(97 + i % 3)), '{}',
	pick(i, '{0,-0,1,-1,0.1,1e308,-1e308,1.7976931348623157e308,5e-324,1e-300,1e150,-1e150,NULL,9007199254740993,1e18,-1e18,3,1e300,1e-150,2.5e305}'::float8[]),
	pick(i, '{NaN,1,Infinity,2,-Infinity,NULL}'::float8[]),
	pick(i, ARRAY['[1,2,3]', '[0,0,0]', '[1e308,1e308,-1e308]', '[5e-324,0,1e-300]', '[-1e200,1e200,3]', '[1e150,-1e150,1e150]', '[1e-160,1e-160,0]']::feature_vector[]),
	pick(i, ARRAY['[1,2,3]', '[1,NULL,3]', '[1,2]', NULL, '[3,NULL,NULL]']::feature_vector[]),
	(ARRAY['{1,2,3}', '{0,0,0}', '{1e308,-1e308,1e308}', '{5e-324,1e-300,0}', '{1e150,1e150,-1e150}'])[1 + i % 5]::float8[],
	(ARRAY['{1,2,3}', '{1,NULL,3}', '{}', '{NaN,1,2}', '{1,2}', NULL, '{Infinity,0,0}', '{{1,2,3}}', '[5:7]={1,2,3}'])[1 + i % 9]::float8[],
	(ARRAY['{}', '{1,1,1}', '{NULL}', NULL, '{2147483647,-2147483648}', '{1}', '{{1,2},{3,4}}', '{4,3,2,1,0}'])[1 + i % 8]::int[],
	pick(i, ARRAY['', 'a', NULL, repeat('x', 300), 'é', ' ', 'NULL', '{}']),
	pick(i, ARRAY[0, 'NaN', 1e30, -1e30, 1e-30, NULL, '1e400', 12.5]::numeric[]),
	pick(i, '{0,1,-1,9223372036854775807,-9223372036854775808,NULL,4611686018427387904,9007199254740993}'::bigint[]),
	pick(i, '{0,1,-1,2147483647,-2147483648,NULL,1000000,2}'::int[]),
	(ARRAY['{}', '{t}', '{NULL,t}', NULL, '{f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,f,t,t,t}', '{t,t,t}'])[1 + i % 6]::boolean[],
	pick(i, ARRAY['infinity', '-infinity', '4713-01-01 BC', '5874897-12-31', '2024-02-29', NULL]::date[]),
	pick(i, ARRAY['infinity', '-infinity', '4713-01-01 BC', '294276-12-31 23:59:59', '2024-02-29', NULL]::timestamp[]),
	pick(i, ARRAY['infinity', '-infinity', '4713-01-02 BC UTC', '294276-12-31 23:59:59 UTC', '2024-03-31 01:30 UTC', NULL]::timestamptz[]),
	pick(i, ARRAY['0', '-1 day', '1 month', '178000000 years', '-178000000 years', '1 microsecond', NULL, '1 month -30 days']::interval[])
FROM generate_series(1, 240) AS i;
CREATE TABLE rows AS TABLE parts;
ALTER TABLE rows ADD PRIMARY KEY (i);
ALTER TABLE rows SET (parallel_workers = 2);
ANALYZE rows;
ANALYZE parts;

CREATE TABLE models (value segment_model);
INSERT INTO models SELECT kmeans_train(vec, 3) FROM rows;
INSERT INTO models SELECT kmeans_train(vec, 2, '{"standardize": false, "feature_names": ["a", "b", "c"]}', weight) FROM rows;
INSERT INTO models SELECT kmeans_train(vec, 2, '{"standardize": false, "impute": "mean", "scale": "robust"}') FROM rows;
INSERT INTO models SELECT kmeans_elbow(vec, 2, 5) FROM rows;
INSERT INTO models SELECT tier_train(score, 4, jsonb_build_object('method', m)) FROM rows,
	unnest('{quantile,jenks}'::text[]) AS m GROUP BY m;
INSERT INTO models SELECT rfm_train(recency, frequency, monetary) FROM rows;
INSERT INTO models SELECT bgnbd_train(frequency, recency, age) FROM rows;
INSERT INTO models SELECT paretonbd_train(frequency, recency, age) FROM rows;
INSERT INTO models SELECT gamma_gamma_train(frequency, monetary) FROM rows WHERE frequency > 0;
INSERT INTO models SELECT sbg_train(period, 1000 - period * 50 - sqrt(period)) FROM (SELECT DISTINCT period::float8 FROM rows) AS t;
INSERT INTO models SELECT cox_train(duration, event, vec) FROM rows;
INSERT INTO models SELECT linear_train(score, vec) FROM rows;
INSERT INTO models SELECT logistic_train(event, vec, '{"feature_names": ["a", "b", "c"]}', weight) FROM rows;
INSERT INTO models SELECT logistic_train(event, vec, '{"impute": "median", "transform": "yeo_johnson", "scale": "standard"}') FROM rows;
INSERT INTO models SELECT poisson_train(frequency, vec, '{"l1": 1}') FROM rows;
INSERT INTO models SELECT gamma_train(1 + monetary, vec, '{"std_errors": "hc3", "intercept": false}') FROM rows;
INSERT INTO models SELECT softmax_train(cluster, vec) FROM rows;
INSERT INTO models SELECT softmax_train(word, vec, '{"l2": 1, "feature_names": ["a", "b", "c"]}') FROM rows;
INSERT INTO models SELECT tree_train(event, vec) FROM rows;
INSERT INTO models SELECT tree_train(word, vec, '{"feature_names": ["a", "b", "c"]}', weight) FROM rows;
INSERT INTO models SELECT forest_train(score, vec, '{"trees": 5}') FROM rows;
INSERT INTO models SELECT forest_train(word, vec, '{"trees": 5, "min_leaf_rows": 1}') FROM rows;
INSERT INTO models SELECT boosting_train(event, vec, '{"trees": 5}') FROM rows;
INSERT INTO models SELECT boosting_train(word, vec, '{"trees": 5}') FROM rows;
INSERT INTO models SELECT boosting_train(monetary, vec, '{"trees": 5, "loss": "poisson"}') FROM rows;
INSERT INTO models SELECT isolation_train(vec_n, '{"trees": 5}') FROM rows WHERE dims(vec_n) = 3;
INSERT INTO models SELECT hierarchical_train(id, vec, jsonb_build_object('linkage', l))
	FROM (SELECT row_number() OVER () AS id, vec FROM rows) AS r, unnest('{ward,average,single}'::text[]) AS l GROUP BY l;
INSERT INTO models SELECT hierarchical_gower_train('u' || id, vec, ARRAY[word], NULL, weight)
	FROM (SELECT row_number() OVER () AS id, vec, word, weight FROM rows) AS r;
INSERT INTO models SELECT kprototypes_train(vec, ARRAY[word], 3, NULL, weight) FROM rows;
INSERT INTO models SELECT kmodes_train(ids_text[1:1], 2, '{"when_too_few": "null"}') FROM rows WHERE cardinality(ids_text) > 0;
INSERT INTO models SELECT lda_train(ids_text, '{"k": 3}') FROM rows;
INSERT INTO models SELECT phrase_train(word || ids_text::text, '{"min_count": 2, "min_cohesion": 0, "min_freedom": 0}') FROM rows;
INSERT INTO models SELECT itemset_train(ids) FROM rows;
INSERT INTO models SELECT itemset_train(ids, '{"target": "closed"}') FROM rows;
INSERT INTO models SELECT frequent_sequence_train(ids) FROM rows;
INSERT INTO models SELECT cf_train(user_id, item_id, rating, '{"method": "svd", "factors": 3, "epochs": 5}') FROM rows;
INSERT INTO models SELECT cf_train(user_id, item_id, rating, '{"method": "als_implicit", "factors": 3}') FROM rows;
INSERT INTO models SELECT cf_train(user_id, item_id, rating, jsonb_build_object('method', m)) FROM rows,
	unnest('{baseline,user_knn,item_knn,ease}'::text[]) AS m GROUP BY m;
INSERT INTO models SELECT cf_train(user_id, item_id, rating, '{"method": "item_knn", "feedback": "implicit"}') FROM rows;
INSERT INTO models SELECT cf_train(word, word, rating, '{"method": "user_knn"}') FROM rows;
INSERT INTO models SELECT offer_allocate(i, word, score, monetary, '{"budget": 1000, "capacities": {"a": 3}}') FROM rows;
INSERT INTO models SELECT offer_allocate(word, i, monetary, 1, '{"per_user": 3}') FROM rows;
INSERT INTO models SELECT calibrate_train(event, score, jsonb_build_object('method', m)) FROM rows,
	unnest('{platt,isotonic}'::text[]) AS m GROUP BY m;
INSERT INTO models SELECT conformal_train(score, monetary) FROM rows;
INSERT INTO models SELECT conformal_classes_train(score / 100) FROM rows;

INSERT INTO models SELECT scaler_train(vec, m) FROM rows, unnest('{standard,robust}'::text[]) AS m GROUP BY m;
INSERT INTO models SELECT imputer_train(vec_n, 'mean', '{"indicator": true}') FROM rows WHERE dims(vec_n) = 3;
INSERT INTO models SELECT winsorizer_train(vec_n) FROM rows WHERE dims(vec_n) = 3;
INSERT INTO models SELECT power_train(vec, m) FROM rows, unnest('{yeo_johnson,log1p}'::text[]) AS m GROUP BY m;
INSERT INTO models SELECT pca_train(vec, 2) FROM rows;
INSERT INTO models SELECT profile_weights_train(vec, m) FROM rows, unnest('{entropy,pca,critic}'::text[]) AS m GROUP BY m;
INSERT INTO models SELECT profile_weights_regression_train(score, vec_n, '{"missing": "mean"}') FROM rows WHERE dims(vec_n) = 3;

CREATE TABLE summaries (value segment_summary);
INSERT INTO summaries SELECT kaplan_meier(duration, event) FROM rows;
INSERT INTO summaries SELECT kaplan_meier(1, false) FROM rows;
INSERT INTO summaries SELECT feature_summary(vec) FROM rows;
INSERT INTO summaries SELECT feature_summary(vec_n) FROM rows WHERE dims(vec_n) = 3;
INSERT INTO summaries SELECT feature_summary(vec_e) FROM rows;
INSERT INTO summaries SELECT segment_profile(word_e, vec_n) FROM rows WHERE dims(vec_n) = 3;
INSERT INTO summaries SELECT segment_profile(cluster, vec_e) FROM rows;
INSERT INTO summaries SELECT tier_transition(word, chr(97 + i * 5 % 7)) FROM rows;
INSERT INTO summaries SELECT tier_transition(cluster, i * 5 % 4) FROM rows;
INSERT INTO summaries SELECT confusion_matrix(cluster, i * 5 % 4) FROM rows;
INSERT INTO summaries SELECT ab_state(word, event) FROM rows;
INSERT INTO summaries SELECT ab_state(cluster, monetary, score) FROM rows;
INSERT INTO summaries SELECT ab_winsorized_state(cluster, monetary, 5, score) FROM rows;
INSERT INTO summaries SELECT ab_ratio_state(event, monetary, score) FROM rows;
INSERT INTO summaries SELECT ab_quantile_state(cluster, monetary) FROM rows;
INSERT INTO summaries SELECT linucb_state(vec, event::int) FROM rows;
INSERT INTO summaries SELECT linucb_state(arr_e, monetary, 1e-5) FROM rows;
