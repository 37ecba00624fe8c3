-- Interests of users, against GROUP BY and ts_stat(), and however rows
-- are split, ordered and planned.
BEGIN;
SELECT plan(20);

CREATE TABLE interest_reads AS
	SELECT i, i * 7919 % 3001 AS user_id, i % 23 AS part, i * i % 37 * (i % 5) AS topic_id,
		'topic ' || repeat(chr(97 + i % 3), i * i % 37 * (i % 5)) AS topic, (i * 31 % 101 - 20) / 8.0 AS weight
	FROM generate_series(1, 30000) AS i;
CREATE TABLE interest_texts AS
	SELECT i, i % 17 AS part,
		array_to_tsvector(ARRAY['w' || i % 7, 'w' || i % 11, 'x' || i * i % 1009, chr(97 + i % 20), chr(65 + i % 19)]) AS words
	FROM generate_series(1, 5000) AS i;

-- the winner of a GROUP BY on two columns for every user
CREATE FUNCTION pg_temp.winners(what text, weight text) RETURNS TABLE (user_id int, topic text) LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE format($query$
	SELECT DISTINCT ON (user_id) user_id, topic::text AS winner
	FROM (SELECT user_id, %1$s AS topic, sum(%2$s) AS total FROM interest_reads GROUP BY 1, 2) AS t
	ORDER BY user_id, total DESC, topic $query$, what, weight);
END $$;

SELECT results_eq('SELECT user_id, top_interest(topic) FROM interest_reads GROUP BY user_id ORDER BY user_id',
	$$ SELECT * FROM pg_temp.winners('topic COLLATE "C"', '1') $$, 'topics by count');
SELECT results_eq('SELECT user_id, top_interest(topic, weight) FROM interest_reads GROUP BY user_id ORDER BY user_id',
	$$ SELECT * FROM pg_temp.winners('topic COLLATE "C"', 'weight') $$, 'topics by weight: fractions, some below 0');
SELECT results_eq('SELECT user_id, top_interest(topic_id - 40)::text FROM interest_reads GROUP BY user_id ORDER BY user_id',
	$$ SELECT * FROM pg_temp.winners('topic_id - 40', '1') $$, 'numbers by count');
SELECT results_eq('SELECT user_id, top_interest(topic_id - 40, weight)::text FROM interest_reads GROUP BY user_id ORDER BY user_id',
	$$ SELECT * FROM pg_temp.winners('topic_id - 40', 'weight') $$, 'numbers by weight');
SELECT results_eq('SELECT user_id, top_interest(topic_id > 40, weight)::text FROM interest_reads GROUP BY user_id ORDER BY user_id',
	$$ SELECT * FROM pg_temp.winners('topic_id > 40', 'weight') $$, 'booleans by weight');

-- a GROUP BY in another language
SELECT is(top_keywords(words, n), (SELECT array_agg(word ORDER BY ndoc DESC, word COLLATE "C")
		FROM (SELECT * FROM ts_stat('SELECT words FROM interest_texts') ORDER BY ndoc DESC, word COLLATE "C" LIMIT n) AS t),
	format('the %s words that ts_stat finds', n))
FROM interest_texts, unnest('{1,2,30,2000}'::int[]) AS n GROUP BY n;

-- arrays of the same words, each there twice and in another order
SELECT is(top_keywords(w, 2000), top_keywords(words, 2000), 'arrays as text search documents')
FROM interest_texts, LATERAL (SELECT array_agg(word ORDER BY md5(word || i)) AS w
	FROM unnest(tsvector_to_array(words) || tsvector_to_array(words)) AS word) AS a;

DO $$
BEGIN
	CREATE TEMP TABLE letters (letter text) ON COMMIT DROP;
	IF to_regcollation('"en-x-icu"') IS NOT NULL THEN
		ALTER TABLE letters ALTER letter TYPE text COLLATE "en-x-icu";
	END IF;
	INSERT INTO letters VALUES ('b'), ('B'), ('a');
END $$;
SELECT is(top_interest(letter), 'B', 'collation decides no tie') FROM letters;

-- twice through the rows in other orders
SELECT is(top_interest(topic, weight ORDER BY -i), top_interest(topic, weight ORDER BY topic, weight), 'row order does not matter')
FROM interest_reads;

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.merge_topics(bytea) (SFUNC = top_interest_combine, STYPE = bytea, FINALFUNC = top_interest_text_final);
CREATE AGGREGATE pg_temp.merge_words(bytea) (SFUNC = top_keywords_combine, STYPE = bytea, FINALFUNC = top_keywords_final);
CREATE AGGREGATE pg_temp.part_topics(text, float8) (SFUNC = top_interest_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.part_words(tsvector, bigint) (SFUNC = top_keywords_trans, STYPE = bytea);
SELECT is_empty($$
	SELECT user_id, top_interest(topic, weight) FROM interest_reads GROUP BY user_id
	EXCEPT SELECT user_id, pg_temp.merge_topics(state::text::bytea)
	FROM (SELECT user_id, pg_temp.part_topics(topic, weight) AS state FROM interest_reads GROUP BY user_id, part
		UNION ALL SELECT user_id, NULL FROM interest_reads WHERE i % 2 = 0) AS t GROUP BY user_id
$$, 'parts of top_interest');
SELECT is(pg_temp.merge_words(state::text::bytea), (SELECT top_keywords(words, 100) FROM interest_texts), 'parts of top_keywords')
FROM (SELECT NULL::bytea AS state UNION ALL SELECT pg_temp.part_words(words, 100) FROM interest_texts GROUP BY part
	UNION ALL SELECT pg_temp.part_words('', 100)) AS t;

-- a parallel plan
CREATE TEMP TABLE serial AS
	SELECT top_interest(topic) AS topic, top_interest(topic_id, weight) AS topic_id, top_keywords(to_tsvector('simple', topic), 5) AS words
	FROM interest_reads;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'partly computed by workers')
FROM pg_temp.plan_of($$ SELECT top_interest(topic), top_interest(topic_id, weight), top_keywords(to_tsvector('simple', topic), 5)
	FROM interest_reads $$) AS line
WHERE line ~ 'Partial Aggregate';
SELECT results_eq($$ SELECT top_interest(topic), top_interest(topic_id, weight), top_keywords(to_tsvector('simple', topic), 5)
	FROM interest_reads $$,
	'SELECT * FROM serial', 'workers give the same result');

-- a window sees each state grow, and final functions leave it unchanged
SELECT is(count(*) FILTER (WHERE got <> want), 0::bigint, 'windows')
FROM (SELECT (top_interest(topic, weight) OVER w, top_keywords(to_tsvector('simple', topic), 3) OVER w)::text AS got,
		(SELECT (top_interest(topic, weight), top_keywords(to_tsvector('simple', topic), 3))::text
			FROM interest_reads AS r WHERE r.i <= o.i) AS want
	FROM (SELECT * FROM interest_reads WHERE i <= 60) AS o WINDOW w AS (ORDER BY i)) AS t;

SELECT throws_ok($$ SELECT top_interest(repeat('x', 209715200)) $$, '54000',
	'state of the aggregate is too large: it needs 445647896 bytes', 'a state above 400 MB is refused');

-- a state whose last key is not text
SELECT throws_ok($$SELECT top_interest_text_final(set_byte(top_interest_trans(NULL::bytea, 'abc'::text), 69, 255))$$,
	'XX001', 'state of the aggregate is corrupted', 'topics must be text');
SELECT throws_ok($$SELECT top_keywords_final(set_byte(top_keywords_trans(NULL::bytea, 'abc'::tsvector, 3), 69, 0))$$,
	'XX001', 'state of the aggregate is corrupted', 'so must keywords');

SELECT * FROM finish();
ROLLBACK;
