-- top_interest and top_keywords: ordinary calls and every error
CREATE TEMP TABLE reads AS
	SELECT * FROM (VALUES
		(1, 1, 'sql', 10, 5), (2, 1, 'art', 9, 5), (3, 1, 'sql', 10, 5), (4, 1, 'music', 100, 90),
		(5, 2, 'art', 9, 20), (6, 2, 'art', 9, NULL), (7, 2, NULL, NULL, 100), (8, 2, 'sql', 10, 21),
		(9, 3, 'b', 9, 1), (10, 3, 'B', 10, 1), (11, 3, 'a', 100, 1),
		(12, 4, NULL, NULL, 1)) AS t(i, user_id, topic, topic_id, minutes);

SELECT user_id, top_interest(topic), top_interest(topic, minutes) AS by_minutes, top_interest(topic_id) AS id,
	top_interest(topic_id, minutes) AS id_by_minutes, top_interest(topic_id > 9) AS large,
	top_interest(topic_id > 9, minutes) AS large_by_minutes
FROM reads GROUP BY user_id ORDER BY user_id;

-- topics and weights of every type
SELECT pg_typeof(top_interest(topic)) AS text, pg_typeof(top_interest(topic::varchar)) AS varchar,
	pg_typeof(top_interest(topic::name)) AS name,
	pg_typeof(top_interest(topic::char(5))) AS bpchar, pg_typeof(top_interest(topic_id)) AS int,
	pg_typeof(top_interest(topic_id::smallint)) AS smallint,
	pg_typeof(top_interest(topic_id::bigint)) AS bigint, pg_typeof(top_interest(topic IS NULL)) AS boolean,
	pg_typeof(top_interest('x')) AS literal
FROM reads;
SELECT top_interest(topic, minutes) AS int, top_interest(topic, minutes::bigint) AS bigint,
	top_interest(topic, minutes::smallint) AS smallint,
	top_interest(topic, minutes::numeric(10,2)) AS "numeric", top_interest(topic, minutes::real) AS real,
	top_interest(topic, minutes::float8) AS float8,
	top_interest(topic, 1) AS one, top_interest(topic, 0.5) AS half, top_interest(topic, '1') AS literal, top_interest(1, 2) AS ints
FROM reads;

-- ties: the smallest, text in byte order, numbers by value
SELECT top_interest(x) FROM unnest('{b,B,a}'::text[]) AS x;
SELECT top_interest(x) FROM unnest('{ab,a,"a ",aa}'::text[]) AS x;
SELECT top_interest(x) = '' AS empty FROM unnest('{a,""}'::text[]) AS x;
SELECT top_interest(x) FROM unnest('{10,9,100}'::int[]) AS x;
SELECT top_interest(x) FROM unnest('{0,9223372036854775807,-9223372036854775808,-1}'::bigint[]) AS x;
SELECT top_interest(x) FROM unnest('{0,9223372036854775807}'::bigint[]) AS x;
SELECT top_interest(x) FROM unnest('{t,f}'::boolean[]) AS x;

-- weights may be negative, and a total may be 0 or negative
SELECT top_interest(topic, w) FROM (VALUES ('a', 5), ('b', 3), ('a', -3)) AS t(topic, w);
SELECT top_interest(topic, w) FROM (VALUES ('a', -5), ('b', -3)) AS t(topic, w);
SELECT top_interest(topic, w) FROM (VALUES ('b', -0.0::float8), ('a', 0)) AS t(topic, w);

-- no rows, only NULLs
SELECT top_interest(topic) IS NULL AS text, top_interest(topic_id) IS NULL AS bigint, top_interest(topic IS NULL) IS NULL AS boolean,
	top_interest(topic, minutes) IS NULL AS weighted, top_keywords(to_tsvector('simple', topic), 3) IS NULL AS words
FROM reads WHERE false;
SELECT top_interest(topic) IS NULL AS topic, top_interest('a', NULL) IS NULL AS weight, top_keywords(NULL::tsvector, 3) IS NULL AS words
FROM reads WHERE user_id = 4;

-- groups, filters, windows
SELECT i, top_interest(topic) OVER w AS topic, top_interest(topic, minutes) OVER w AS by_minutes,
	top_keywords(to_tsvector('simple', topic), 2) OVER w AS words
FROM reads WINDOW w AS (ORDER BY i) ORDER BY i;
SELECT top_interest(topic) FILTER (WHERE user_id <> 2), top_interest(DISTINCT topic), top_interest(topic ORDER BY i DESC) FROM reads;

-- words by number of documents, whatever the configuration
CREATE TEMP TABLE searches AS SELECT * FROM (VALUES ('Learning SQL'), ('learn sql fast fast fast'), ('The fastest learner'), (''), (NULL),
	('Les fleurs')) AS t(words);
SELECT top_keywords(to_tsvector('english', words), 3) AS english, top_keywords(to_tsvector('simple', words), 3) AS simple,
	top_keywords(to_tsvector('french', words), 4) AS french, top_keywords(to_tsvector('english', words), 100) AS "all"
FROM searches;
SELECT top_keywords(v, 10) FROM (VALUES ('b:1A,2 a:3'::tsvector), ('b'), ('B c'), ('ab c')) AS t(v);
SELECT top_keywords(''::tsvector, 5) AS no_word, top_keywords(''::tsvector, 1) AS none FROM generate_series(1, 3);
SELECT cardinality(top_keywords(array_to_tsvector(ARRAY['w' || i, 'all']), 10000)) AS words,
	(top_keywords(array_to_tsvector(ARRAY['w' || i, 'all']), 10000))[1:3]
FROM generate_series(1, 20000) AS i;
-- words themselves: a document counts once for each
SELECT top_keywords(words, 3) FROM (VALUES ('{b,a,b}'::text[]), ('{c,NULL,a}'), ('{}'), ('{{d,c},{d,e}}'), (NULL)) AS t(words);
SELECT top_keywords(ARRAY['x']::varchar[], 1), top_keywords('{}'::text[], 1) AS none, top_keywords(NULL::text[], 1) IS NULL AS is_null;
SELECT top_keywords(ARRAY['a'], i) FROM generate_series(1, 2) AS i;

-- errors
SELECT top_interest('a', 'NaN');
SELECT top_interest(1, 'Infinity'::numeric);
SELECT top_interest('a', 1e308) FROM generate_series(1, 2);
\set VERBOSITY terse
SELECT top_interest(1.5);
SELECT top_interest('2024-01-01'::date);
\set VERBOSITY default
SELECT top_keywords('a'::tsvector, 0);
SELECT top_keywords('a'::tsvector, 10001);
SELECT top_keywords('a'::tsvector, NULL);
SELECT top_keywords('a'::tsvector, i) FROM generate_series(1, 2) AS i;
\set VERBOSITY terse
SELECT top_keywords('some text'::text, 3);
\set VERBOSITY default

-- states from untrusted sources
SELECT top_interest_text_final('\x00');
SELECT top_interest_text_final(top_keywords_trans(NULL, 'a'::tsvector, 1));
SELECT top_keywords_final(top_interest_trans(NULL, 'a'));
SELECT top_interest_bigint_final(top_interest_trans(NULL, 'a'));
SELECT top_interest_combine(top_interest_trans(NULL, 'a'), top_interest_trans(NULL, 'a', 1));
SELECT top_keywords_combine(top_keywords_trans(NULL, 'a'::tsvector, 1), top_keywords_trans(NULL, 'a'::tsvector, 2));
SELECT top_keywords_trans(top_keywords_trans(NULL, 'a'::tsvector, 1), 'a'::tsvector, 2);
SELECT top_keywords_final(overlay(top_keywords_trans(NULL, 'a'::tsvector, 1) PLACING '\x0000000000000000' FROM 5));
SELECT top_interest_text_final(top_interest_combine(NULL, NULL)) IS NULL AS nothing,
	top_interest_text_final(top_interest_combine(NULL, top_interest_trans(NULL, 'a'))) AS second,
	top_interest_text_final(top_interest_combine(top_interest_trans(NULL, 'a'), NULL)) AS first;
