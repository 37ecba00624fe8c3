-- lda_train and its readers: what they print
\set VERBOSITY terse
CREATE TEMP TABLE visits AS
SELECT i, ARRAY(SELECT (ARRAY[['sql', 'python', 'charts', 'excel'], ['violin', 'piano', 'drums', 'singing']])
		[1 + i % 2][1 + (i * j * j + i / 2) % 4] FROM generate_series(1, 8) AS j) AS tags
FROM generate_series(1, 60) AS i;
CREATE TEMP TABLE m AS SELECT lda_train(tags, lda_options(k => 2)) AS model FROM visits;
SELECT model_method(model) FROM m;
SELECT model_info(model) - 'version' - 'perplexity' - 'iterations' AS info FROM m;
SELECT topic, round(topic_share::numeric, 3) AS topic_share, rank, term, round(share::numeric, 2) AS share, round(lift::numeric, 1) AS lift
FROM m, lda_terms(model, 3);
SELECT i, round(t[1]::numeric, 2) AS a, round(t[2]::numeric, 2) AS b
FROM m, visits, LATERAL (SELECT lda_topics(model, tags)::float8[] AS t) AS t WHERE i <= 4 ORDER BY i;
SELECT round(lda_perplexity(model, tags)::numeric, 2) FROM m, visits;
SELECT lda_topics(model, '{}') AS a, lda_topics(model, '{flute}') AS b, lda_topics(model, NULL) AS c FROM m;
SELECT lda_perplexity(model, '{flute}') FROM m;
SELECT lda_options(k => 4, alpha => 0.1, when_too_few => 'null');

-- errors
\set VERBOSITY default
SELECT lda_train('{}'::text[]) FROM visits;
SELECT lda_train(tags, lda_options(min_documents => 1000)) FROM visits;
SELECT lda_train(tags, lda_options(k => 0)) FROM visits;
SELECT lda_train(tags, lda_options(max_document_share => 1.5)) FROM visits;
SELECT lda_train(tags, '{"topic": 3}') FROM visits;
SELECT lda_train(tags, lda_options(seed => i)) FROM visits;
SELECT lda_train(tags, lda_options(max_iterations => 1)) IS NULL AS is_null FROM visits;
SELECT lda_terms(model, -1) FROM m;
SELECT lda_topics(kmeans_train(ARRAY[i], 1), '{a}') FROM visits;
SET segment.training_memory = '1MB';
SELECT lda_train(ARRAY[i::text], lda_options(k => 100)) FROM generate_series(1, 5000) AS i;
RESET segment.training_memory;

-- damage
\set VERBOSITY terse
CREATE FUNCTION pg_temp.changed(model segment_model, key text, value jsonb) RETURNS segment_model LANGUAGE sql
	RETURN (model::jsonb || jsonb_build_object('fingerprint', NULL, key, value))::text::segment_model;
SELECT pg_temp.changed(model, 'token_count', '480') = model AS is_same FROM m;
SELECT pg_temp.changed(model, 'token_count', '481') FROM m;
SELECT pg_temp.changed(model, 'document_count', '61') FROM m;
SELECT pg_temp.changed(model, 'topic_shares', '[0.4, 0.6]') FROM m;
SELECT pg_temp.changed(model, 'topic_shares', '[1, 0]') FROM m;
SELECT pg_temp.changed(model, 'terms', '["a", "b", "c", "d", "e", "f", "h", "g"]') FROM m;
SELECT pg_temp.changed(model, 'lambda', '[[1, 2]]') FROM m;
SELECT pg_temp.changed(model, 'beta', '0') FROM m;
SELECT pg_temp.changed(model, 'k', '1001') FROM m;
