-- Lifecycle against SQL's own arithmetic, however rows are split and planned.
BEGIN;
SELECT plan(6);

CREATE TABLE lifecycle_log AS
	SELECT u AS user_id, u % 17 AS part, '2026-01-01'::timestamptz + (hashint4(i * 7919 + u) & 255) * interval '11 hours' AS ts
	FROM generate_series(1, 3000) AS u, generate_series(1, 1 + (hashint4(u) & 3)) AS i;
CREATE TEMP TABLE answers AS
	SELECT user_id, lifecycle(ts, '2026-04-01', '1 month') AS state,
		bool_or(ts >= '2026-03-01' AND ts < '2026-04-01') AS now, bool_or(ts >= '2026-02-01' AND ts < '2026-03-01') AS before,
		bool_or(ts < '2026-02-01') AS earlier
	FROM lifecycle_log GROUP BY user_id;
SELECT is(count(*), 0::bigint, 'lifecycle is what the three periods say') FROM answers
WHERE state IS DISTINCT FROM CASE WHEN now AND before THEN 'returning' WHEN now AND earlier THEN 'resurrecting' WHEN now THEN 'new'
	WHEN before OR earlier THEN 'dormant' END;
SELECT is(count(DISTINCT state) + count(DISTINCT 1) FILTER (WHERE state IS NULL), 5::bigint, 'all states occur') FROM answers;

CREATE AGGREGATE pg_temp.part_lifecycle(timestamptz, timestamptz, interval) (SFUNC = lifecycle_trans, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.merge_lifecycle(bigint[]) (SFUNC = lifecycle_combine, STYPE = bigint[], FINALFUNC = lifecycle_final);
SELECT is(count(*), 0::bigint, 'parts of lifecycle') FROM (
	SELECT user_id, pg_temp.merge_lifecycle(s::text::bigint[]) AS merged FROM (
		SELECT user_id, pg_temp.part_lifecycle(ts, '2026-04-01', '1 month') AS s FROM lifecycle_log GROUP BY user_id, ts
		UNION ALL SELECT user_id, NULL FROM lifecycle_log) AS t GROUP BY user_id) AS t JOIN answers USING (user_id)
		WHERE merged IS DISTINCT FROM state;
SELECT throws_ok($$SELECT lifecycle_final('{0,1,0,0,0,0,8}')$$, 'XX001', NULL, 'a damaged state is refused');

CREATE TEMP TABLE serial AS SELECT lifecycle(ts, '2026-03-01', '1 month') AS state FROM lifecycle_log;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'workers compute parts')
FROM pg_temp.plan_of($$SELECT lifecycle(ts, '2026-03-01', '1 month') FROM lifecycle_log$$) AS line WHERE line ~ 'Partial Aggregate';
SELECT is(lifecycle(ts, '2026-03-01', '1 month'), (SELECT state FROM serial), 'and give the same result') FROM lifecycle_log;

SELECT * FROM finish();
ROLLBACK;
