-- privacy.sql: a table for the benchmarks of differentially private results
--
-- psql variable rows: number of rows, of a tenth as many users.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS privacy_rows;
CREATE UNLOGGED TABLE privacy_rows AS
	SELECT i * 7919::bigint % (:rows / 10) AS user_id, (i * 7919::bigint % (:rows / 10))::text AS user_name,
		(abs(hashint4(i)) % 10000) / 100.0::float8 AS paid
	FROM generate_series(1, :rows) AS i;
VACUUM (FREEZE, ANALYZE) privacy_rows;
