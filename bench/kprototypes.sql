-- kprototypes.sql: rows for the benchmarks of k-prototypes
--
-- Four numbers and four categories of eight labels in six overlapping groups.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS people;

SELECT setseed(0.42);
CREATE UNLOGGED TABLE people AS
	SELECT i AS id, ARRAY[kind % 3 * 2 + n1, kind % 2 * 2 + n2, kind / 3 * 2 + n3, n4]::float8[] AS v,
		ARRAY['a' || CASE WHEN r1 < 0.7 THEN kind ELSE (r1 * 80)::int % 8 END,
			'b' || CASE WHEN r2 < 0.7 THEN kind / 2 ELSE (r2 * 80)::int % 8 END,
			'c' || CASE WHEN r3 < 0.7 THEN kind % 4 ELSE (r3 * 80)::int % 8 END, 'd' || (r4 * 8)::int % 8] AS c
	FROM (
		SELECT i, floor(random() * 6)::int AS kind, random() AS r1, random() AS r2, random() AS r3, random() AS r4,
			random() + random() + random() + random() - 2 AS n1, random() + random() + random() + random() - 2 AS n2,
			random() + random() + random() + random() - 2 AS n3, random() + random() + random() + random() - 2 AS n4
		FROM generate_series(1, 1000000) AS i
		OFFSET 0
	) AS draws;
VACUUM ANALYZE people;
