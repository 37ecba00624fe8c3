-- events.sql: tables for the benchmarks of event aggregates
--
-- psql variable rows: number of users in other benchmarks; here a fifth of them have
-- 25 events each, in time order, so that the events of one user are far apart.  The draws are hashes, so they are the same on every run.
--
-- kind is event as a number: comparing text costs as much as the rest of a row.
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS segment;
SET max_parallel_workers_per_gather = 0;

DROP TABLE IF EXISTS events, few_events, visits;
CREATE UNLOGGED TABLE events AS
	SELECT abs(hashint4(i)) % (:rows / 5) AS user_id, '2026-01-01'::timestamptz + i * interval '1.7 seconds' AS ts,
		kind::smallint AS kind, (ARRAY['view', 'lesson', 'quiz', 'trial', 'pay', 'help', 'search', 'logout'])[kind + 1] AS event
	FROM generate_series(1, 5 * :rows) AS i, LATERAL (SELECT hashint4(i + 7) & 7 AS kind) AS k;
-- three events each
CREATE UNLOGGED TABLE few_events AS
	SELECT i % (:rows / 5) AS user_id, '2026-01-01'::timestamptz + i * interval '1 second' AS ts, (hashint4(i) & 7)::smallint AS kind
	FROM generate_series(1, 3 * (:rows / 5)) AS i;
-- 200 days of 65,536 users, for counts by day
CREATE UNLOGGED TABLE visits AS
	SELECT (hashint4(i) & 65535)::bigint AS user_id, '2026-01-01'::timestamptz + i * (interval '200 days' / :rows) AS ts
	FROM generate_series(1, :rows) AS i;
VACUUM (FREEZE, ANALYZE) events, few_events, visits;
