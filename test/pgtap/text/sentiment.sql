-- Sentiment against SQL's own join of words with a lexicon.
BEGIN;
SELECT plan(4);

CREATE TABLE lexicon AS
	SELECT 'w' || i AS word, ((hashint4(i) % 21) * 0.25)::float8 AS weight FROM generate_series(1, 5000) AS i;
CREATE TABLE texts AS
	SELECT id, ARRAY(SELECT 'w' || abs(hashint4(id * 100 + i)) % 15000 FROM generate_series(1, id % 30) AS i) AS tokens
	FROM generate_series(1, 2000) AS id;
CREATE TABLE joined AS
	SELECT id, sum(weight) AS score FROM texts, unnest(tokens) AS word JOIN lexicon USING (word) GROUP BY id;
CREATE TABLE object AS SELECT jsonb_object_agg(word, weight) AS lexicon FROM lexicon;

-- quarters add up exactly
SELECT set_eq('SELECT id, sentiment(tokens, lexicon) FROM texts, object WHERE sentiment(tokens, lexicon) IS NOT NULL',
	'SELECT * FROM joined', 'the sum of the weights is that of a join');
SELECT cmp_ok(count(*), '>', 1500::bigint, 'most texts have words of the lexicon') FROM joined;
SELECT is(count(*), 0::bigint, 'a tsvector with positions gives the same')
FROM texts, object
WHERE sentiment(to_tsvector('simple', array_to_string(tokens, ' ')), lexicon) IS DISTINCT FROM sentiment(tokens, lexicon);
SELECT set_eq('SELECT id, sentiment(array_to_tsvector(tokens), lexicon) FROM texts, object WHERE id % 30 > 0', $$
	SELECT id, sum(weight)
	FROM (SELECT DISTINCT id, word FROM texts, unnest(tokens) AS word) AS t LEFT JOIN lexicon USING (word) GROUP BY id$$,
	'without positions each word counts once');

SELECT * FROM finish();
ROLLBACK;
