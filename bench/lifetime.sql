-- lifetime.sql: tables for the benchmarks of models of customers who come back
--
-- psql variable rows: how many customers.  The draws are hashes, so they are the
-- same on every run: each customer has a rate and a time until leaving, both
-- exponential, and an age up to a year.
--
-- weekly     in whole weeks: many customers are alike
-- customers  a tenth of them, in days with decimals: no two are alike
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS weekly, customers;
CREATE TEMP TABLE draws AS
	SELECT i, age, active, floor(least(rate * active * (0.3 + 1.4 * u), 60))::int AS frequency
	FROM generate_series(1, :rows) AS i,
		LATERAL (SELECT (hashint4(i) & 1048575) / 1048576.0::float8, (hashint4(i + 1) & 1048575) / 1048576.0::float8,
			(hashint4(i + 2) & 1048575) / 1048576.0::float8, (hashint4(i + 3) & 1048575) / 1048576.0::float8) AS d(u, v, w, x),
		LATERAL (SELECT 4 + 48 * v AS age, -0.25 * ln(1 - w) AS rate) AS c,
		LATERAL (SELECT least(age, -30 * ln(1 - x)) AS active) AS a;
CREATE UNLOGGED TABLE weekly AS
	SELECT frequency::float8, CASE WHEN frequency > 0 THEN floor(active * frequency / (frequency + 1)) ELSE 0 END AS recency, floor(age) AS age,
		10 + (hashint4(i + 5) & 1023) / 8.0::float8 AS monetary
	FROM draws;
CREATE UNLOGGED TABLE customers AS
	SELECT frequency::float8, CASE WHEN frequency > 0 THEN 7 * active * frequency / (frequency + 1) ELSE 0 END AS recency, 7 * age AS age,
		10 + (hashint4(i + 5) & 1023) / 8.0::float8 AS monetary
	FROM draws WHERE i <= :rows / 10;
VACUUM (FREEZE, ANALYZE) weekly, customers;
