-- phrase.sql: short texts of planted words for the benchmark of phrases
--
-- psql variable rows: texts, of about 20 characters each.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

-- 20,000 words of two to four of 3,000 characters, the first ones most often; three of ten
-- places have a single character instead
CREATE OR REPLACE FUNCTION pg_temp.draw(a int, b int) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN (hashint8(a::bigint * 1000 + b) & 2147483647) / 2147483648.0;
DROP TABLE IF EXISTS phrase_words, phrase_texts;
CREATE UNLOGGED TABLE phrase_words AS
	SELECT n, string_agg(chr(19968 + 3 * floor(3000 * pg_temp.draw(n, c) ^ 1.5)::int), '' ORDER BY c) AS word
	FROM generate_series(1, 20000) AS n, LATERAL generate_series(1, (ARRAY[2, 2, 2, 2, 2, 2, 3, 3, 3, 4])[1 + n % 10]) AS c GROUP BY n;
CREATE INDEX ON phrase_words (n);
CREATE UNLOGGED TABLE phrase_texts AS
	SELECT d, string_agg(CASE WHEN pg_temp.draw(d, 3 * i) < 0.3 THEN chr(36864 + floor(40 * pg_temp.draw(d, 3 * i + 1) ^ 2)::int)
			ELSE word END, '' ORDER BY i) AS text,
		array_agg(n ORDER BY i) FILTER (WHERE pg_temp.draw(d, 3 * i) >= 0.3) AS words
	FROM generate_series(1, :rows) AS d, generate_series(1, 11) AS i, phrase_words
	WHERE n = 1 + floor(20000 * pg_temp.draw(d, 3 * i + 2) ^ 3)::int
	GROUP BY d;
VACUUM (FREEZE, ANALYZE) phrase_texts;
