-- chart.sql: a table for the benchmarks of charts
--
-- psql variable rows: number of rows, of 24 by 20 labels and five steps.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS chart_rows, chart_points;
CREATE UNLOGGED TABLE chart_rows AS
	SELECT 'from ' || abs(hashint4(i)) % 24 AS source, 'to ' || abs(hashint4(i + 7)) % 20 AS target,
		(abs(hashint4(i + 11)) % 5)::bigint AS step, (abs(hashint4(i + 13)) % 1000)::float8 AS value
	FROM generate_series(1, :rows) AS i;
-- and of two numbers in three groups
CREATE UNLOGGED TABLE chart_points AS
	SELECT ((hashint4(i) & 65535) + (hashint4(i + 1000003) & 65535)) / 1000.0::float8 AS x,
		((hashint4(i + 7) & 65535) + (hashint4(i + 11) & 65535)) / 7.0::float8 + i % 3 * 5000 AS y, 'group ' || i % 3 AS series
	FROM generate_series(1, :rows) AS i;
VACUUM (FREEZE, ANALYZE) chart_rows, chart_points;
