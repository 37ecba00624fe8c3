-- hierarchy.sql: rows for the benchmarks of hierarchical clustering
--
-- Eight elements in twelve overlapping groups, 30,000 rows whatever the number of users:
-- time grows with the square of the rows.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS points, labels;

SELECT setseed(0.42);
CREATE UNLOGGED TABLE points AS
	SELECT i AS id, feature_vector(
		kind % 4 + n1, kind % 3 + n2, kind % 2 + n3, kind / 4 + n4, kind / 6 + n5, n6, n7, n8) AS v
	FROM (
		SELECT i, floor(random() * 12)::int AS kind,
			random() + random() + random() + random() - 2 AS n1,
			random() + random() + random() + random() - 2 AS n2,
			random() + random() + random() + random() - 2 AS n3,
			random() + random() + random() + random() - 2 AS n4,
			random() + random() + random() + random() - 2 AS n5,
			random() + random() + random() + random() - 2 AS n6,
			random() + random() + random() + random() - 2 AS n7,
			random() + random() + random() + random() - 2 AS n8
		FROM generate_series(1, 30000) AS i
		OFFSET 0
	) AS draws;
-- those that are compared, in order
CREATE UNLOGGED TABLE labels AS SELECT id, v FROM points WHERE id <= 10000 ORDER BY id;
VACUUM ANALYZE points;
