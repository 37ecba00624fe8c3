-- chart.sql: a table for the benchmarks of charts
--
-- psql variable rows: number of rows, of 24 by 20 labels and five steps.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS chart_rows;
CREATE UNLOGGED TABLE chart_rows AS
	SELECT 'from ' || abs(hashint4(i)) % 24 AS source, 'to ' || abs(hashint4(i + 7)) % 20 AS target,
		(abs(hashint4(i + 11)) % 5)::bigint AS step, (abs(hashint4(i + 13)) % 1000)::float8 AS value
	FROM generate_series(1, :rows) AS i;
VACUUM (FREEZE, ANALYZE) chart_rows;
