-- itemset.sql: baskets for the benchmarks of itemsets and sequences
--
-- psql variable rows: number of baskets, or paths.  The draws are hashes, so they are
-- the same on every run.
--
-- baskets  a tenth of rows; on average ten of a thousand items each, some of which
--          most baskets have
-- orders   the same with one item per row, as shops keep it
-- dense    8000 rows of 22 columns, as items "column = value": highly correlated,
--          as in surveys
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS baskets, orders, dense;
CREATE FUNCTION pg_temp.draw(i int, seed int) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN ((hashint8extended(i, seed) & 1048575) + 0.5) / 1048576.0::float8;
CREATE UNLOGGED TABLE orders AS
	SELECT DISTINCT basket_id, floor(1000 * power(pg_temp.draw(basket_id * 64 + j, 1), 3))::int AS item
	FROM generate_series(1, :rows / 10) AS basket_id, generate_series(1, least(60, ceil(-12 * ln(pg_temp.draw(basket_id, 2))))::int) AS j;
CREATE UNLOGGED TABLE baskets AS
	SELECT basket_id, array_agg(item ORDER BY hashint8extended(item, basket_id)) AS items FROM orders GROUP BY basket_id;
CREATE UNLOGGED TABLE dense AS
	SELECT i, array_agg(j * 100 + floor(-ln(pg_temp.draw(CASE WHEN pg_temp.draw(i * 32 + j, 3) < 0.92 THEN (i % 9) * 32 + j ELSE i * 32 + j END, 4)) * (0.3 + 0.5 * (j % 4)))::int) AS items
	FROM generate_series(1, 8000) AS i, generate_series(1, 22) AS j GROUP BY i;
VACUUM (FREEZE, ANALYZE) orders, baskets, dense;
