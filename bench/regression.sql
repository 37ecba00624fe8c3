-- regression.sql: tables for the benchmarks of regressions
--
-- psql variable rows: number of users.  The draws are hashes, so they are the same
-- on every run: elements about 0 of deviation 1, and a yes whose log odds are linear
-- in them.
--
-- narrow  8 elements
-- wide    50 elements, a fifth of the users
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS narrow, wide;
CREATE FUNCTION pg_temp.draw(i int, j int) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN ((hashint4(i * 64 + j) & 1048575) / 1048576.0 + (hashint4(i * 64 + j + 1073741824) & 1048575) / 1048576.0 - 1) * 2.45;
CREATE UNLOGGED TABLE narrow AS
	SELECT v, plan, ln(chance / (1 - chance)) < x AS yes
	FROM generate_series(1, :rows) AS i,
		LATERAL (SELECT array_agg(pg_temp.draw(i, j) ORDER BY j)::feature_vector AS v,
			sum(pg_temp.draw(i, j) * (j % 5 - 2) * 0.3) - 0.7 AS x FROM generate_series(1, 8) AS j) AS r,
		LATERAL (SELECT ((hashint4(-i) & 1048575) + 0.5) / 1048576.0 AS chance) AS c,
		LATERAL (SELECT (ln(chance / (1 - chance)) < x)::int + (ln(chance / (1 - chance)) < x - 1.5)::int AS plan) AS p;
CREATE UNLOGGED TABLE wide AS
	SELECT v, ln(chance / (1 - chance)) < x AS yes
	FROM generate_series(1, :rows / 5) AS i,
		LATERAL (SELECT array_agg(pg_temp.draw(i, j) ORDER BY j)::feature_vector AS v,
			sum(pg_temp.draw(i, j) * (j % 5 - 2) * 0.15) - 0.7 AS x FROM generate_series(1, 50) AS j) AS r,
		LATERAL (SELECT ((hashint4(-i) & 1048575) + 0.5) / 1048576.0 AS chance) AS c;
VACUUM (FREEZE, ANALYZE) narrow, wide;
