-- kmeans.sql: tables for the k-means benchmarks
--
-- psql variable rows: number of users.  The draws come from setseed and one plain
-- scan, so they are the same on every run.
--
-- uniform   eight uniform elements: no clusters to find, so that Lloyd's
--           iteration neither converges early nor stops after different
--           numbers of passes on the two sides
-- users     eight elements as in behaviour data: six overlapping groups,
--           skewed, in different units
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;
SET work_mem = '64MB';

DROP TABLE IF EXISTS uniform_columns, uniform_vectors, users_columns, users_vectors, labels, models;

SELECT setseed(0.42);
CREATE UNLOGGED TABLE uniform_columns AS
	SELECT i AS user_id, random() AS a, random() AS b, random() AS c, random() AS d,
		random() AS e, random() AS f, random() AS g, random() AS h
	FROM generate_series(1, :rows) AS i;

-- a sum of four uniform draws is close enough to normal
SELECT setseed(0.42);
CREATE UNLOGGED TABLE users_columns AS
	SELECT user_id,
		exp(kind + n1) AS a, exp(0.5 * kind + n2) AS b,
		10 * abs(kind - 3) + 5 * n3 AS c, 100 * (kind % 2) + 40 * n4 AS d,
		kind * kind + 6 * n5 AS e, 3 * (kind % 3) + n6 AS f, n7 AS g, 1000 * n8 AS h
	FROM (
		SELECT i AS user_id, floor(random() * 6)::int AS kind,
			random() + random() + random() + random() - 2 AS n1,
			random() + random() + random() + random() - 2 AS n2,
			random() + random() + random() + random() - 2 AS n3,
			random() + random() + random() + random() - 2 AS n4,
			random() + random() + random() + random() - 2 AS n5,
			random() + random() + random() + random() - 2 AS n6,
			random() + random() + random() + random() - 2 AS n7,
			random() + random() + random() + random() - 2 AS n8
		FROM generate_series(1, :rows) AS i
		OFFSET 0
	) AS draws;

CREATE UNLOGGED TABLE uniform_vectors AS
	SELECT user_id, feature_vector(a, b, c, d, e, f, g, h) AS v FROM uniform_columns;
CREATE UNLOGGED TABLE users_vectors AS
	SELECT user_id, feature_vector(a, b, c, d, e, f, g, h) AS v FROM users_columns;

CREATE UNLOGGED TABLE models (name text PRIMARY KEY, model segment_model);

-- Collects rows as kmeans_train does and throws them away: the final function
-- only names the type of the state
DROP AGGREGATE IF EXISTS collect_rows(feature_vector, bigint);
DROP FUNCTION IF EXISTS type_of_state(internal);
CREATE FUNCTION type_of_state(internal) RETURNS regtype AS 'pg_typeof' LANGUAGE internal;
CREATE AGGREGATE collect_rows(feature_vector, bigint) (
	SFUNC = kmeans_train_trans, STYPE = internal, FINALFUNC = type_of_state
);

VACUUM (FREEZE, ANALYZE) uniform_columns, uniform_vectors, users_columns, users_vectors;
