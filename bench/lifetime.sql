-- lifetime.sql: tables for the benchmarks of lifetime models
--
-- psql variable rows: number of customers.  The draws are hashes, so they are the
-- same on every run: each customer has a rate of buying and a rate of leaving, both
-- exponential, and an age up to a year.
--
-- weekly     in whole weeks: many customers are equal
-- customers  a tenth of them, in days with decimals: no two are equal
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS weekly, customers;
CREATE TEMP TABLE draws AS
	SELECT i, age, active, (hashint4(i + 6) & 1048575) / 1048576.0::float8 AS last, floor(least(rate * active * (0.3 + 1.4 * u), 60))::int AS frequency
	FROM generate_series(1, :rows) AS i,
		LATERAL (SELECT (hashint4(i) & 1048575) / 1048576.0::float8, (hashint4(i + 1) & 1048575) / 1048576.0::float8,
			(hashint4(i + 2) & 1048575) / 1048576.0::float8, (hashint4(i + 3) & 1048575) / 1048576.0::float8, (hashint4(i + 4) & 1048575) / 1048576.0::float8) AS d(u, v, w, x, y),
		LATERAL (SELECT 4 + 48 * v AS age, -0.25 * ln(1 - w) AS rate, -ln(1 - y) / 30 AS leaving) AS c,
		LATERAL (SELECT CASE WHEN leaving * age < -ln(1 - x) THEN age ELSE -ln(1 - x) / leaving END AS active) AS a;
CREATE UNLOGGED TABLE weekly AS
	SELECT frequency::float8, CASE WHEN frequency > 0 THEN floor(active * power(last, 1.0 / frequency)) ELSE 0 END AS recency, floor(age) AS age,
		10 + (hashint4(i + 5) & 1023) / 8.0::float8 AS monetary
	FROM draws;
CREATE UNLOGGED TABLE customers AS
	SELECT frequency::float8, CASE WHEN frequency > 0 THEN 7 * active * power(last, 1.0 / frequency) ELSE 0 END AS recency, 7 * age AS age,
		10 + (hashint4(i + 5) & 1023) / 8.0::float8 AS monetary
	FROM draws WHERE i <= :rows / 10;
VACUUM (FREEZE, ANALYZE) weekly, customers;
