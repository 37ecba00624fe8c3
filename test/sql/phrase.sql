-- phrase_train and its readers: what they print
\set VERBOSITY terse
-- courses: a subject and what is taught of it
CREATE TEMP TABLE course AS
SELECT i, (ARRAY['零基础', '轻松学', '带你玩转', '三天学会', ''])[1 + i % 5] || (ARRAY['数据分析', '人工智能', '摄影', 'Python', '机器学习'])[1 + i / 5 % 5]
	|| (ARRAY['入门', '实战', '课程', '，从入门到精通'])[1 + i / 25 % 4] AS title
FROM generate_series(0, 99) AS i;
CREATE TEMP TABLE m AS SELECT phrase_train(title) AS model FROM course;
SELECT model_method(model), model_info(model) - 'version' AS info FROM m;
SELECT phrase, length, count, tokens, round(cohesion::numeric, 3) AS cohesion, round(cohesion_low::numeric, 3) AS low,
	round(freedom::numeric, 3) AS freedom,
	round(left_freedom::numeric, 3) AS "left", round(right_freedom::numeric, 3) AS "right", in_dictionary
FROM m, phrases(model);
SELECT phrase_tokens(model, title) FROM m, course WHERE i % 23 = 0 ORDER BY i;
SELECT phrase_tokens(model, ''), phrase_tokens(model, '、 ') AS none, phrase_tokens(model, 'ＰＹＴＨＯＮ３.11，写诗 a b') AS unknown,
	phrase_tokens(model, NULL) IS NULL AS is_null FROM m;
SELECT top_keywords(phrase_tokens(model, title), 4) FROM m, course;
-- a dictionary, and other units
CREATE TEMP TABLE d AS SELECT phrase_train(title, phrase_options(dictionary => '{从入门,到精通,云计算,C++}')) AS model FROM course;
SELECT phrase, length, count, tokens, cohesion IS NULL AS a, freedom IS NULL AS b FROM d, phrases(model) WHERE in_dictionary;
SELECT phrase_tokens(model, '云计算从入门到精通') FROM d;
SELECT phrase_tokens(phrase_train(title, phrase_options(unit => 'character')), 'python入门') AS characters,
	phrase_tokens(phrase_train(title), 'python入门') AS words FROM course;
-- no rows, NULL, texts without a letter
SELECT phrase_train(title) IS NULL AS none FROM course WHERE false;
SELECT phrase_train(NULL::text) IS NULL AS is_null;
SELECT model_info(phrase_train(t)) ->> 'phrase_count' AS phrases, model_info(phrase_train(t)) ->> 'rows_skipped' AS skipped
FROM (VALUES ('。'), (''), (NULL)) AS v (t);
SELECT phrase_options(min_count => 3, dictionary => '{云}', when_too_few => 'null');

-- errors
\set VERBOSITY default
SELECT phrase_train(title, phrase_options(min_count => 1)) FROM course;
SELECT phrase_train(title, phrase_options(max_length => 101)) FROM course;
SELECT phrase_train(title, phrase_options(unit => 'letter')) FROM course;
SELECT phrase_train(title, phrase_options(min_freedom => -1)) FROM course;
SELECT phrase_train(title, '{"cohesion": 3}') FROM course;
SELECT phrase_train(title, phrase_options(min_count => 2 + i)) FROM course;
SELECT phrase_tokens(kmeans_train(ARRAY[i], 1), 'a') FROM course;
SELECT phrases(kmeans_train(ARRAY[i], 1)) FROM course;
SET segment.training_memory = '1MB';
SELECT phrase_train(repeat('数据分析', 1000)) FROM generate_series(1, 1000);
SELECT phrase_train(md5(i::text), '{"unit": "character", "min_count": 2}') FROM generate_series(1, 3000) AS i;
RESET segment.training_memory;
SET segment.max_model_size = '1kB';
SELECT phrase_train(title) FROM course;
RESET segment.max_model_size;

-- damage
\set VERBOSITY terse
CREATE FUNCTION pg_temp.changed(model segment_model, key text, value jsonb) RETURNS segment_model LANGUAGE sql
	RETURN (model::jsonb || jsonb_build_object('fingerprint', NULL, key, value))::text::segment_model;
SELECT pg_temp.changed(model, 'rows_used', '100') = model AS is_same FROM m;
SELECT pg_temp.changed(model, 'token_count', '1') FROM m;
SELECT pg_temp.changed(model, 'phrase_count', '1') FROM m;
SELECT pg_temp.changed(model, 'unit_count', '1') FROM m;
