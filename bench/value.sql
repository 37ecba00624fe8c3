-- value.sql: a table for the benchmarks of rates and values
--
-- psql variable rows: number of users.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS value_users;
CREATE UNLOGGED TABLE value_users AS
	SELECT i AS user_id, (abs(hashint4(i)) % 100000) / 100.0::float8 AS revenue, ((abs(hashint4(i)) % 100000) / 100.0)::numeric(12,2) AS money,
		hashint4(i + 3) % 20 = 0 AS churned, hashint4(i + 5) % 4 <> 0 AS before, hashint4(i + 9) % 5 <> 0 AS after,
		'2026-03-01'::timestamptz - (abs(hashint4(i + 1)) % 10000) * interval '17 minutes' AS last_active
	FROM generate_series(1, :rows) AS i;
VACUUM (FREEZE, ANALYZE) value_users;
