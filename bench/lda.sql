-- lda.sql: documents with planted topics for the benchmark of LDA
--
-- psql variable rows: two hundred times the number of documents.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

-- 20 topics of 500 terms that overlap, a few terms of each frequent; a document has
-- some 30 tokens of two topics
CREATE OR REPLACE FUNCTION pg_temp.draw(a int, b int) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN (hashint8(a::bigint * 1000 + b) & 2147483647) / 2147483648.0;
DROP TABLE IF EXISTS lda_documents;
CREATE UNLOGGED TABLE lda_documents AS
	SELECT d, d % 5 = 0 AS held_out, array_agg('w' || (250 * topic + floor(500 * pg_temp.draw(d, 3 * n + 2) ^ 3)::int) % 5000) AS tokens
	FROM generate_series(1, :rows / 200) AS d, generate_series(1, 15 + d % 31) AS n,
		LATERAL (SELECT floor(20 * pg_temp.draw(d, CASE WHEN pg_temp.draw(d, 3 * n + 1) < 0.75 THEN 997 ELSE 998 END))::int AS topic) AS t
	GROUP BY d;
VACUUM (FREEZE, ANALYZE) lda_documents;
