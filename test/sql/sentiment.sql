-- sentiment: ordinary calls and every error
CREATE TABLE lexicon (word text, weight float8);
INSERT INTO lexicon VALUES ('good', 2), ('great', 3), ('dull', -1.5), ('bad', -2), ('课', 0), ('好', 1), ('', 9);
CREATE TABLE reviews AS SELECT * FROM (VALUES
	(1, '{a,great,course,but,dull,videos}'::text[]), (2, '{good,good,bad,NULL}'), (3, '{so,so}'), (4, '{}'), (5, NULL), (6, '{这,课,好}'),
	(7, '{{good,bad},{great,Good}}')) AS v (id, tokens);
SELECT id, sentiment(tokens, lexicon),
	CASE WHEN id < 7 THEN sentiment(array_to_tsvector(array_remove(tokens, NULL)), lexicon) END AS distinct_words
FROM reviews, (SELECT jsonb_object_agg(word, weight) FILTER (WHERE word <> '') AS lexicon FROM lexicon) AS l ORDER BY id;
SELECT sentiment(to_tsvector('simple', 'Good, good, and not too bad: GOOD'), '{"good": 2, "bad": -2}') AS positions,
	sentiment(strip(to_tsvector('simple', 'Good, good, and not too bad: GOOD')), '{"good": 2, "bad": -2}') AS stripped;
SELECT sentiment('{a}'::text[], NULL) IS NULL AS lexicon, sentiment('{a}'::text[], '{}') IS NULL AS empty,
	sentiment(ARRAY[''], '{"": 9}') AS empty_word, sentiment('{a}'::varchar[], '{"a": 1e-400}') AS tiny,
	sentiment(ARRAY['a', 'b', 'a'], '{"a": 1e16, "b": 1}') AS exact, sentiment('{a,b}'::text[], '{"a": 0.1, "b": -0.1}') AS zero;

-- errors
SELECT sentiment('{a}'::text[], '["a"]');
SELECT sentiment('{a}'::text[], '1');
SELECT sentiment('{a}'::text[], '{"a": "1"}');
SELECT sentiment('{a}'::text[], '{"a": null}');
SELECT sentiment('{a}'::text[], '{"b": "nobody asks"}') IS NULL AS not_read;
SELECT sentiment('{a}'::text[], '{"a": 1e400}');
SELECT sentiment('{a}'::text[], '{"a": 1.7e308}') > 1e308 AS huge;
SELECT sentiment('{a,a}'::text[], '{"a": 1.7e308}');
DROP TABLE lexicon, reviews;
