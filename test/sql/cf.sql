--
-- Recommenders: cf_train and the functions that read its models
--

-- Ratings of courses: two tastes, and a course that everybody takes
CREATE TEMP TABLE ratings AS
SELECT u AS user_id, c AS course,
	CASE WHEN c = 'study skills' THEN 4 WHEN (u % 2 = 0) = (c < 'm') THEN 5 - u % 3 / 2 ELSE 2 - u % 5 / 4 END AS rating
FROM generate_series(1, 12) AS u,
	unnest('{algebra,biology,calculus,drawing,music,painting,poetry,study skills}'::text[]) WITH ORDINALITY AS t(c, i)
WHERE c = 'study skills' OR (u * 7 + i * 5) % 4 <> 0;
SELECT count(*) AS ratings, count(DISTINCT user_id) AS users, count(DISTINCT course) AS courses FROM ratings;

CREATE TEMP TABLE models AS
SELECT options ->> 'method' AS method, cf_train(user_id, course, rating, options) AS model
FROM ratings, unnest(ARRAY[cf_options('svd', factors => 2), cf_options('baseline'), cf_options('user_knn'), cf_options('item_knn'),
	cf_options('als_implicit', factors => 4), cf_options('ease', regularization => 5)]) AS options
GROUP BY options;

-- what a model shows
SELECT method, model_method(model), i ->> 'users' AS users, i ->> 'items' AS items, i ->> 'ratings' AS ratings, i -> 'options' AS options
FROM models, model_info(model) AS i ORDER BY method;

-- predictions: a user who likes mathematics, one who likes the arts; unknown ids
SELECT method, round(cf_predict(model, 2, 'algebra')::numeric, 1) AS liked, round(cf_predict(model, 3, 'algebra')::numeric, 1) AS disliked,
	round(cf_predict(model, 99, 'algebra')::numeric, 1) AS stranger, round(cf_predict(model, 2, 'rowing')::numeric, 1) AS new_course,
	round(cf_predict(model, 99, 'rowing')::numeric, 1) AS neither
FROM models ORDER BY method;
SELECT method, round(cf_predict(model, '{music,poetry}'::text[], '{5,5}', 'painting')::numeric, 1) AS artist,
	round(cf_predict(model, '{algebra,biology}'::text[], '{5,5}', 'painting')::numeric, 1) AS scientist,
	cf_predict(model, '{}'::text[], '{}', 'painting') = cf_predict(model, 99, 'painting') AS nobody
FROM models ORDER BY method;

-- recommendations leave out what was seen
SELECT method, (SELECT string_agg(item_id, ', ' ORDER BY rank) FROM cf_recommend(model, 2, '{study skills,drawing}'::text[], 3)) AS items
FROM models ORDER BY method;
SELECT method, (SELECT string_agg(item_id, ', ' ORDER BY rank)
	FROM cf_recommend_history(model, '{music,study skills}'::text[], '{5,4}', 2)) AS items
FROM models ORDER BY method;

-- what a history is like, and what an unknown user gets
SELECT item_id, round(score::numeric, 3) AS score, rank FROM models, cf_recommend(model, 99, NULL::text[], 3) WHERE method = 'svd';
SELECT item_id, rank FROM models, cf_recommend(model, NULL::int, '{study skills}'::text[], 2) WHERE method = 'svd';
SELECT count(*) FROM models, cf_recommend(model, 99, NULL::text[], 3, cf_recommend_options(fallback => 'none')) WHERE method = 'svd';
SELECT string_agg(item_id, ', ' ORDER BY rank)
FROM models, cf_recommend(model, 99, '{poetry}'::text[], 3, '{"fallback": "none"}') WHERE method = 'ease';
SELECT count(*) FROM models, cf_recommend(model, 2, NULL::text[], 100) WHERE method = 'svd';
SELECT count(*) FROM models, cf_recommend(model, 2, NULL::text[], 0) WHERE method = 'svd';
SELECT count(*) FROM models, cf_recommend(model, 2, NULL::text[], NULL) WHERE method = 'svd';
SELECT count(*) FROM cf_recommend(NULL, 2, NULL::text[], 1);
SELECT count(*) FROM models, cf_recommend_history(model, NULL::text[], '{1}', 1) WHERE method = 'svd';

-- diverse lists
SELECT diversity, string_agg(item_id, ', ' ORDER BY rank) AS items
FROM models, unnest('{0,0.5,1}'::float8[]) AS diversity,
	cf_recommend(model, 2, '{study skills}'::text[], 4, cf_recommend_options(diversity)) WHERE method = 'als_implicit'
GROUP BY diversity ORDER BY diversity;

-- similar items, and explanations
SELECT method, (SELECT string_agg(item_id, ', ' ORDER BY rank) FROM cf_similar_items(model, 'calculus'::text, 2)) AS similar
FROM models WHERE method <> 'baseline' ORDER BY method;
SELECT count(*) FROM models, cf_similar_items(model, 'rowing'::text, 2) WHERE method = 'svd';
SELECT method, neighbour, round(similarity::numeric, 2) AS similarity, rating, round(contribution::numeric, 2) AS contribution
FROM models, cf_neighbours(model, 2, 'algebra') WHERE method IN ('item_knn', 'ease') ORDER BY method, similarity DESC, neighbour;
SELECT neighbour + 1000 AS neighbour FROM models, cf_neighbours(model, 2, 'algebra', NULL::bigint) WHERE method = 'user_knn' LIMIT 1;
SELECT count(*) FROM models, cf_neighbours(model, 99, 'algebra') WHERE method = 'user_knn';
SELECT count(*) FROM models, cf_neighbours(model, 2, 'rowing') WHERE method = 'user_knn';
SELECT count(*) FROM models, cf_neighbours(model, NULL::int, 'algebra') WHERE method = 'user_knn';

-- items that the same users have: their similarity is exactly 1
SELECT max(similarity) AS most
FROM (SELECT cf_train(1, i, 3, cf_options('als_implicit')) AS model FROM generate_series(1, 3) AS i) AS t, generate_series(1, 3) AS i,
	cf_similar_items(model, i, 2);

-- the content of a model
SELECT user_id + 1 AS user_id, bias IS NULL AS no_bias, dims(factors)
FROM models, cf_users(model, NULL::int) WHERE method = 'als_implicit' ORDER BY 1 LIMIT 2;
SELECT item_id, users, round(bias::numeric, 2) AS bias, factors IS NULL AS no_factors
FROM models, cf_items(model) WHERE method = 'baseline' ORDER BY item_id LIMIT 2;
SELECT count(*) FROM cf_users(NULL::segment_model, NULL::int);

-- duplicates: the mean of ratings, the sum of weights, in any order
SELECT cf_train(u, i, r, '{"method": "item_knn"}' ORDER BY r DESC) = cf_train(u, i, r, '{"method": "item_knn"}' ORDER BY r) AS same,
	model_info(cf_train(u, i, r)) -> 'ratings' AS pairs, model_info(cf_train(u, i, r)) -> 'rows_used' AS rows,
	cf_train(u, i, r, '{"method": "item_knn"}')::jsonb -> 'history_ratings' AS means,
	cf_train(u, i, r, '{"method": "item_knn", "feedback": "implicit"}')::jsonb -> 'history_ratings' AS sums
FROM (VALUES (1, 'a', 2.0), (1, 'a', 5), (1, 'b', 3), (2, 'a', 1), (1, 'a', 2)) AS t(u, i, r);

-- biases alone, with more ratings than an array can have elements: the text reads back
SELECT m = m::text::segment_model AS same, cf_predict(m, 2, 'algebra') = cf_predict(m::text::segment_model, 2, 'algebra') AS predicts,
	(SELECT count(factors) FROM cf_users(m)) AS factors
FROM (SELECT cf_train(user_id, course, rating, cf_options(factors => 0)) AS m FROM ratings) AS t;
SELECT model_info(m) -> 'ratings' AS ratings, round(cf_predict(m, 1, 1)::numeric) AS prediction
FROM (SELECT (cf_train(i, i, i % 2, cf_options('baseline'))::jsonb ||
		jsonb_build_object('fingerprint', NULL, 'ratings', 144000000, 'item_counts',
			array_fill(12000, '{12000}')))::text::segment_model AS m
	FROM generate_series(1, 12000) AS i) AS t;

-- NULL is skipped and counted, as is a weight of 0; no rows give no model
SELECT model_info(m) -> 'rows_used' AS used, model_info(m) -> 'rows_skipped' AS skipped
FROM (SELECT cf_train(u, i, r, o) AS m
	FROM (VALUES (1, 'a', 2), (NULL, 'a', 5), (1, NULL, 3), (2, 'a', NULL), (3, 'b', 0)) AS t(u, i, r),
		unnest(ARRAY[cf_options(), cf_options('ease')]) AS o
	GROUP BY o ORDER BY o) AS t;
SELECT cf_train(1, 1, NULL) IS NULL, cf_train(1, 1, 1) FILTER (WHERE false) IS NULL,
	cf_train(1, 'a', 0, cf_options('als_implicit')) IS NULL;

-- one user, one item, one rating, all equal; more neighbours and factors than exist
SELECT o ->> 'method' AS method, round(cf_predict(cf_train(1, 'a', 3, o), 1, 'a')::numeric, 1) AS one,
	(SELECT round(cf_predict(cf_train(u, i, 3, o), 1, 5)::numeric, 1) FROM generate_series(1, 4) AS u, generate_series(1, 5) AS i) AS equal
FROM unnest(ARRAY[cf_options('svd', factors => 500), cf_options('baseline'), cf_options('user_knn', k => 1000),
	cf_options('item_knn', similarity => 'pearson'),
	cf_options('als_implicit', factors => 500), cf_options('ease', neighbours => 5000)]) AS o GROUP BY o ORDER BY method;

-- ids of any type; 7 and '7' are the same
SELECT cf_predict(m, 7, 1) = cf_predict(m, '7'::text, 1::smallint) AS numbers,
	cf_predict(m, '7', '1') = cf_predict(m, 7::bigint, 1::numeric) AS untyped
FROM (SELECT cf_train(u, i, u % 3 + i % 2) AS m FROM generate_series(5, 9) AS u, generate_series(1, 4) AS i) AS t;
SELECT item_id FROM (SELECT cf_train(u, md5(i::text)::uuid, i, cf_options('baseline')) AS m
	FROM generate_series(1, 3) AS u, generate_series(1, 4) AS i) AS t,
	cf_recommend(m, 1::bigint, NULL::uuid[], 1);
SELECT item_id FROM (SELECT cf_train(u, chr(96 + i), i) AS m FROM generate_series(1, 3) AS u, generate_series(1, 4) AS i) AS t,
	cf_recommend(m, 1, NULL::int[], 1);

CREATE DOMAIN positive AS int CHECK (value > 0);
CREATE TYPE color AS ENUM ('red', 'green', 'blue');
CREATE FUNCTION pg_temp.ids(model segment_model) RETURNS text LANGUAGE sql
RETURN (SELECT string_agg('<' || user_id || '>', ' ') FROM cf_users(model));
SELECT pg_temp.ids(cf_train(u, 1, 1)) FROM unnest('{9,10,-9223372036854775808,9223372036854775807}'::bigint[]) AS u;
SELECT pg_temp.ids(cf_train(u::positive, 1, 1)) FROM unnest('{10,9}'::int[]) AS u;
SELECT pg_temp.ids(cf_train(u, 1, 1)) FROM unnest('{10,9,é,Z,z,""}'::varchar[]) AS u;
SELECT pg_temp.ids(cf_train(u, 1, 1)) FROM unnest(enum_range(NULL::color)) AS u;
SELECT pg_temp.ids(cf_train(u, 1, 1)) FROM unnest('{t,f}'::boolean[]) AS u;
SELECT user_id, pg_typeof(user_id)
FROM (SELECT cf_train(u, 1, 1) AS m FROM unnest(enum_range(NULL::color)) AS u) AS t, cf_users(m, NULL::color) LIMIT 1;
SELECT length(user_id) FROM (SELECT cf_train(repeat('x', 100000 * u), 1, 1) AS m FROM generate_series(1, 2) AS u) AS t, cf_users(m);
DROP TYPE color;
DROP DOMAIN positive;

-- histories with unknown, repeated and missing items
SELECT cf_predict(model, '{music,rowing,poetry,NULL,algebra}'::text[], '{5,1,4,2,NULL}', 'painting')
	= cf_predict(model, '{poetry,music}'::text[], '{4,5}', 'painting') AS unknown,
	cf_predict(model, '{music,music}'::text[], '{5,4}', 'painting')
		= cf_predict(model, '{music}'::text[],
			CASE WHEN method IN ('als_implicit', 'ease') THEN '{9}' ELSE '{4.5}' END::float8[], 'painting') AS repeated
FROM models ORDER BY method;
SELECT method, cf_fold_in(model, '{rowing}'::text[], '{1}') FROM models WHERE method IN ('svd', 'als_implicit') ORDER BY method;

-- a model for each group, and in a window
SELECT g, round(cf_predict(m, 2, 'algebra')::numeric) AS prediction
FROM (SELECT user_id % 2 AS g, cf_train(user_id, course, rating, cf_options('baseline')) AS m FROM ratings GROUP BY 1) AS t ORDER BY g;
SELECT count(*) AS groups, count(DISTINCT m) AS models
FROM (SELECT i / 3 AS g, cf_train(i, i % 2, 1) AS m FROM generate_series(1, 3000) AS i GROUP BY 1) AS t;
SELECT bool_and(m = (SELECT cf_train(user_id, course, rating, cf_options('item_knn'))
	FROM ratings AS r WHERE (r.user_id, r.course) <= (w.user_id, w.course))) AS running
FROM (SELECT user_id, course, cf_train(user_id, course, rating, cf_options('item_knn')) OVER (ORDER BY user_id, course) AS m
	FROM ratings) AS w;

-- errors
SELECT cf_train(1, 1, 'NaN');
SELECT cf_train(1, 1, 'Infinity');
SELECT cf_train(1, 1, 1e51);
SELECT cf_train(1, 1, -1, cf_options('als_implicit'));
SELECT cf_train(1, 1, -1, cf_options('item_knn', feedback => 'implicit'));
SELECT cf_train(1, 1, 1, '{"metod": "svd"}');
SELECT cf_train(1, 1, 1, '{"method": "slope_one"}');
SELECT cf_train(1, 1, 1, '{"method": 1}');
SELECT cf_train(1, 1, 1, '[]');
SELECT cf_train(1, 1, 1, cf_options('ease', factors => 10));
SELECT cf_train(1, 1, 1, cf_options(alpha => 10));
SELECT cf_train(1, 1, 1, cf_options(factors => 1001));
SELECT cf_train(1, 1, 1, cf_options('als_implicit', factors => 0));
SELECT cf_train(1, 1, 1, cf_options(rating_min => 5, rating_max => 1));
SELECT cf_train(1, 1, 1, cf_options('user_knn', feedback => 'implicit', similarity => 'msd'));
SELECT cf_train(1, 1, 1, cf_options('user_knn', feedback => 'implicit', center => 'mean'));
SELECT cf_train(1, 1, 1, cf_options(factors => f)) FROM generate_series(1, 2) AS f;
SELECT cf_train(i, i % 3, i, cf_options(learning_rate => 1, learning_rate_decay => 1, init_deviation => 10, regularization => 0))
FROM generate_series(1, 50) AS i;
SET segment.training_memory = '4GB';
SELECT cf_train(1, i, 1, cf_options('ease')) FROM generate_series(1, 20001) AS i;
RESET segment.training_memory;
SELECT cf_train(i % 3, i % 4, 1e20, cf_options('ease')) FROM generate_series(1, 50) AS i;
SELECT cf_predict(model, '{a,b}'::text[], '{1}', 'c') FROM models WHERE method = 'svd';
SELECT cf_predict(model, '{music}'::text[], '{NaN}', 'c') FROM models WHERE method = 'svd';
SELECT cf_predict(model, '{music}'::text[], '{-1}', 'c') FROM models WHERE method = 'ease';
SELECT cf_fold_in(model, '{music}'::text[], '{1}') FROM models WHERE method = 'ease';
SELECT cf_recommend(model, 1, NULL::text[], -1) FROM models WHERE method = 'svd';
SELECT cf_recommend(model, 1, NULL::text[], 1, '{"diversity": 2}') FROM models WHERE method = 'svd';
SELECT cf_recommend(model, 1, NULL::text[], 1, '{"fallback": "best"}') FROM models WHERE method = 'svd';
SELECT cf_recommend(model, 1, NULL::text[], 1, '{"diversity": 0.5}') FROM models WHERE method = 'baseline';
SELECT cf_recommend(model, 1, NULL::int[], 1) FROM models WHERE method = 'svd';
SELECT cf_similar_items(model, 'music'::text, 1) FROM models WHERE method = 'baseline';
SELECT cf_similar_items(model, 'music'::text, -1) FROM models WHERE method = 'svd';
SELECT cf_neighbours(model, 1, 'music') FROM models WHERE method = 'svd';
SELECT cf_predict(rfm_train(1, 1, 1), 1, 1);
SELECT cf_users(rfm_train(1, 1, 1));
SELECT (model::jsonb || '{"fingerprint": null, "history_items": [0]}')::text::segment_model FROM models WHERE method = 'item_knn';
SELECT (model::jsonb || '{"fingerprint": null, "min_k": 0}')::text::segment_model FROM models WHERE method = 'item_knn';
SELECT (model::jsonb || '{"fingerprint": null, "factors": 1000}')::text::segment_model FROM models WHERE method = 'item_knn';
SELECT (model::jsonb || '{"fingerprint": null, "factors": 1000}')::text::segment_model FROM models WHERE method = 'baseline';
SET segment.training_memory = '1MB';
SELECT cf_train(i % 20000, i, 1) FROM generate_series(1, 60000) AS i;
SELECT cf_train(i, i, 1, cf_options('ease')) FROM generate_series(1, 500) AS i;
RESET segment.training_memory;
SELECT cf_train(i, i, 1, cf_options(factors => 1000)) FROM generate_series(1, 10000) AS i;
SET segment.max_model_size = '10kB';
SELECT cf_train(i, i, 1) FROM generate_series(1, 500) AS i;
RESET segment.max_model_size;
