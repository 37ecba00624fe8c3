-- offers.sql: rows of users and offers for the benchmark of offer_allocate
--
-- psql variable rows: number of rows, five offers for each user.  The draws are
-- hashes, so they are the same on every run.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS candidates;
CREATE FUNCTION pg_temp.draw(i bigint, seed int) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN ((hashint8extended(i, seed) & 1048575) + 0.5) / 1048576.0::float8;
CREATE UNLOGGED TABLE candidates AS
	SELECT user_id, offer, 10 * pg_temp.draw(user_id * 8 + offer, 1) AS value, 0.1 + 5 * pg_temp.draw(user_id * 8 + offer, 2) AS cost
	FROM generate_series(1, :rows / 5) AS user_id, generate_series(1, 5) AS offer;
VACUUM (FREEZE, ANALYZE) candidates;

-- a budget of half a unit for each user; then also limits of the offers
\timing on
SELECT s.* FROM (SELECT offer_allocate(user_id, offer, value, cost, offer_allocate_options(budget => :rows / 10)) AS a FROM candidates) AS t,
	offer_allocation_summary(a) AS s;
SELECT s.* FROM (SELECT offer_allocate(user_id, offer, value, cost, offer_allocate_options(budget => :rows / 10,
		offer_budgets => jsonb_build_object('1', :rows * 0.03, '3', :rows * 0.02),
		capacities => jsonb_build_object('2', :rows / 33, '4', :rows / 50, '5', :rows / 40))) AS a FROM candidates) AS t,
	offer_allocation_summary(a) AS s;
\timing off
