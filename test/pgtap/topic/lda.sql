-- What lda_train promises: planted topics are found, whatever the order of the rows, and held-out documents are
-- predicted as well as scikit-learn does; and what it refuses.
BEGIN;
SELECT plan(46);

CREATE FUNCTION pg_temp.draw(what text) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN ('x' || left(md5(what), 8))::bit(32)::bigint / 2.0 ^ 32;

-- ---------- planted topics: test/oracle/lda.py --planted has the same documents ----------

CREATE TEMP TABLE doc AS
SELECT d, array_agg('t' || (25 * topic + floor(60 * pg_temp.draw(format('%s %s term', d, n)) ^ 2)::int) % 150 ORDER BY n) AS tokens,
	array_agg(topic ORDER BY n) AS topics
FROM generate_series(1, 400) AS d, generate_series(1, 40 + floor(40 * pg_temp.draw(d::text))::int) AS n,
	LATERAL (SELECT floor(5 * pg_temp.draw(format('%s %s', d,
		CASE WHEN pg_temp.draw(format('%s %s which', d, n)) < 0.7 THEN 'first' ELSE 'second' END)))::int AS topic) AS t
GROUP BY d;
CREATE TEMP TABLE m AS SELECT lda_train(tokens, lda_options(k => 5)) AS model FROM doc WHERE d % 5 > 0;
CREATE TEMP TABLE info AS SELECT model_info(model) AS i FROM m;

SELECT is(i ->> 'rows_used', '320', 'documents') FROM info;
SELECT is((i ->> 'token_count')::bigint, (SELECT sum(cardinality(tokens)) FROM doc WHERE d % 5 > 0)::bigint, 'tokens') FROM info;
SELECT is((i ->> 'term_count')::bigint,
	(SELECT count(DISTINCT t) FROM doc, unnest(tokens) AS t WHERE d % 5 > 0), 'terms') FROM info;
SELECT ok((i ->> 'converged')::boolean, 'training converged') FROM info;

-- scikit-learn 1.2.1, best of five seeds
SELECT cmp_ok(lda_perplexity(model, tokens), '<', (1.02 * 72.0823)::float8, 'held-out documents as scikit-learn')
FROM m, doc WHERE d % 5 = 0;
SELECT cmp_ok(abs(lda_perplexity(model, tokens) / (i ->> 'perplexity')::float8 - 1), '<', 1e-3::float8,
	'the perplexity in the model is that of its documents') FROM m, info, doc WHERE d % 5 > 0 GROUP BY i;
SELECT cmp_ok(max((SELECT max(share) FROM unnest(lda_topics(model, tokens)) AS share)), '<', 1::float8, 'no share is 1')
FROM m, doc;
SELECT cmp_ok(max(abs((SELECT sum(share) FROM unnest(lda_topics(model, tokens)) AS share) - 1)), '<', 1e-12::float8, 'shares add up')
FROM m, doc;

-- each topic of the model goes with one that was planted
CREATE TEMP TABLE found AS
SELECT p AS planted, t AS topic, corr((SELECT count(*) FROM unnest(topics) AS u WHERE u = p) / cardinality(topics)::float8,
	(lda_topics(model, tokens)::float8[])[t]) AS r
FROM m, doc, generate_series(0, 4) AS p, generate_series(1, 5) AS t GROUP BY p, t;
SELECT is(count(DISTINCT topic)::int, 5, 'each planted topic has its own')
FROM (SELECT DISTINCT ON (planted) planted, topic FROM found ORDER BY planted, r DESC) AS f;
SELECT cmp_ok(min(r), '>', 0.95::float8, 'with the shares that were planted')
FROM (SELECT DISTINCT ON (planted) planted, r FROM found ORDER BY planted, r DESC) AS f;

-- ---------- the same rows, the same model ----------

SELECT is((SELECT lda_train(tokens, lda_options(k => 5) ORDER BY md5(d::text)) FROM doc WHERE d % 5 > 0), model, 'another order of rows')
FROM m;
SELECT is((SELECT lda_train(ARRAY(SELECT t FROM unnest(tokens) AS t ORDER BY md5(t)), lda_options(k => 5)) FROM doc WHERE d % 5 > 0),
	model, 'another order of tokens') FROM m;
SELECT is(lda_topics(model, ARRAY(SELECT t FROM unnest(tokens) AS t ORDER BY t)), lda_topics(model, tokens), 'one document, one answer')
FROM m, doc WHERE d = 5;
SELECT is((SELECT lda_train(tokens, lda_options(k => 3)) FROM (
	SELECT tokens FROM doc WHERE d <= 40 UNION ALL SELECT tokens FROM doc WHERE d <= 40) AS t),
	(SELECT lda_train(tokens, lda_options(k => 3)) FROM (SELECT tokens FROM doc, generate_series(1, 2) WHERE d <= 40) AS t),
	'documents that are there twice');
SELECT isnt((SELECT lda_train(tokens, lda_options(k => 5, restarts => 1, max_iterations => 1, seed => 1)) FROM doc),
	(SELECT lda_train(tokens, lda_options(k => 5, restarts => 1, max_iterations => 1, seed => 2)) FROM doc), 'another seed');
SELECT is(model::text::segment_model, model, 'text and back') FROM m;

-- ---------- topics and their terms ----------

CREATE TEMP TABLE terms AS SELECT t.* FROM m, lda_terms(model, 1000) AS t;
SELECT is(count(*), 5 * (i ->> 'term_count')::bigint, 'every term of every topic') FROM terms, info GROUP BY i;
SELECT cmp_ok(max(abs(s - 1)), '<', 1e-12::float8, 'shares of a topic add up')
FROM (SELECT sum(share) AS s FROM terms GROUP BY topic) AS t;
SELECT cmp_ok(abs(sum(topic_share) - 1), '<', 1e-9::float8, 'shares of topics add up') FROM terms WHERE rank = 1;
SELECT is(bool_and(topic_share <= before), true, 'the largest topic first')
FROM (SELECT topic_share, lag(topic_share) OVER (ORDER BY topic) AS before FROM terms WHERE rank = 1) AS t;
SELECT is(bool_and(share < before OR share = before AND term > last COLLATE "C"), true, 'the largest share first, ties in byte order')
FROM (SELECT share, term, lag(share) OVER w AS before, lag(term) OVER w AS last FROM terms
	WINDOW w AS (PARTITION BY topic ORDER BY rank)) AS t;
SELECT cmp_ok(max(abs(lift * n / all_n / share - 1)), '<', 1e-9::float8, 'lift is over the share of all tokens')
FROM terms, (SELECT t AS word, count(*)::float8 AS n FROM doc, unnest(tokens) AS t WHERE d % 5 > 0 GROUP BY t) AS w,
	(SELECT (i ->> 'token_count')::float8 AS all_n FROM info) AS a WHERE term = word;
SELECT is(count(*)::int, 0, 'no terms') FROM m, lda_terms(model, 0);
SELECT throws_ok('SELECT lda_terms(model, -1) FROM m', '22023', 'number of terms is out of range: -1', 'a negative number of terms');

-- ---------- which terms count ----------

CREATE TEMP TABLE few AS SELECT * FROM (VALUES ('{a,a,b,x}'::text[]), ('{a,b,b,NULL}'), ('{a,c}'), ('{}'), (NULL)) AS t(tokens);
CREATE FUNCTION pg_temp.kept(options jsonb) RETURNS text LANGUAGE sql
	RETURN (SELECT concat_ws(' ', model_info(m) ->> 'rows_used', model_info(m) ->> 'rows_skipped', model_info(m) ->> 'document_count',
				model_info(m) ->> 'token_count', (SELECT string_agg(term, '' ORDER BY term) FROM lda_terms(m, 10) WHERE topic = 1))
			FROM (SELECT lda_train(tokens, options || '{"k": 2}') AS m FROM few) AS t);
SELECT is(pg_temp.kept('{}'), '4 1 3 9 abcx', 'all terms');
SELECT is(pg_temp.kept('{"min_documents": 2}'), '4 1 3 7 ab', 'terms of two documents');
SELECT is(pg_temp.kept('{"max_document_share": 0.5}'), '4 1 3 5 bcx', 'terms of half the documents at most');
SELECT is(pg_temp.kept('{"max_terms": 3}'), '4 1 3 8 abc', 'the most frequent terms, ties in byte order');
SELECT is(pg_temp.kept('{"max_terms": 1, "min_documents": 2, "max_document_share": 0.5}'), '4 1 2 3 b', 'all at once');

-- ---------- odd documents ----------

SELECT is(lda_train(NULL), NULL, 'no document');
SELECT is((SELECT lda_train(tokens) FROM few WHERE false), NULL, 'no row');
SELECT throws_ok($$SELECT lda_train('{}')$$, '22000', 'LDA has no terms to learn from', 'a document without tokens');
SELECT throws_ok($$SELECT lda_train('{NULL}')$$, '22000', 'LDA has no terms to learn from', 'a document of NULL tokens');
SELECT is(lda_train('{}', lda_options(when_too_few => 'null')), NULL, 'NULL if asked for');
SELECT is(model_info(lda_train('{a,b,b}')) ->> 'token_count', '3', 'one document, more topics than terms');
SELECT is(lda_topics(model, '{}'), array_fill(0.2, '{5}')::feature_vector, 'an empty document: nothing is known') FROM m;
SELECT is(lda_topics(model, '{unknown,NULL}'), lda_topics(model, '{}'), 'nor about unknown words') FROM m;
SELECT is(lda_topics(model, '{{t1,t2},{t3,NULL}}'), lda_topics(model, '{t3,t2,t1}'), 'an array of two dimensions') FROM m;
SELECT is(lda_perplexity(model, '{unknown}'), NULL, 'no perplexity without a known token') FROM m;
SELECT is(lda_topics(NULL, '{a}'), NULL, 'no model');
SELECT throws_ok($$SELECT lda_topics((SELECT itemset_train('{a}'::text[])), '{a}')$$, '42804', NULL, 'another kind of model');

-- ---------- limits ----------

SELECT throws_ok('SELECT lda_train(tokens, lda_options(k => 1001)) FROM doc', '22023', 'option "k" is out of range: 1001',
	'too many topics');
SELECT throws_ok($$SELECT lda_train(tokens, '{"topics": 3}') FROM doc$$, '22023', 'unrecognized option "topics"', 'an unknown option');
SET LOCAL segment.training_memory = '1MB';
SELECT throws_ok($$SELECT lda_train(ARRAY[i::text], '{"k": 100}') FROM generate_series(1, 5000) AS i$$, '54000',
	'memory for LDA exceeds the setting segment.training_memory', 'more topics and terms than memory');
SET LOCAL segment.training_memory = '256MB';
SET LOCAL segment.max_model_size = '64kB';
SELECT throws_ok($$SELECT lda_train(ARRAY[i::text], '{"k": 10}') FROM generate_series(1, 2000) AS i$$, '54000', NULL, 'a model too large');
RESET segment.max_model_size;
SELECT lives_ok($$PREPARE unknowns AS SELECT lda_train($1, $2), lda_perplexity($3, $4), lda_topics($3, $4)$$,
	'parameters of unknown type');

SELECT * FROM finish();
ROLLBACK;
