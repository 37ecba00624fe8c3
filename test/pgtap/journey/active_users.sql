-- Active users against SQL's own joins, however rows are split and planned.
BEGIN;
SELECT plan(9);

CREATE TABLE visit AS
	SELECT u AS user_id, date '2025-11-20' + (hashint4(i * 7919 + u) & 127) AS day, i % 7 AS part
	FROM generate_series(1, 400) AS u, generate_series(1, 1 + (hashint4(u) & 15)) AS i;
CREATE TABLE by_join AS
	SELECT t.day, count(DISTINCT user_id) FILTER (WHERE v.day = t.day) AS dau,
		count(DISTINCT user_id) FILTER (WHERE v.day > t.day - 7) AS wau, count(DISTINCT user_id) AS mau
	FROM (SELECT generate_series(min(day), max(day), '1 day')::date AS day FROM visit) AS t
	LEFT JOIN visit AS v ON v.day > t.day - 30 AND v.day <= t.day
	GROUP BY t.day;
CREATE TEMP TABLE serial (days active_day[]);
INSERT INTO serial SELECT active_users(user_id, day) FROM visit;
CREATE TEMP TABLE answer AS SELECT a.* FROM serial, unnest(days) AS a;

SELECT set_eq('SELECT day, dau, wau, mau FROM answer', 'SELECT * FROM by_join', 'days, weeks and months are those of a join');
SELECT is(sum(new_users), (SELECT count(DISTINCT user_id) FROM visit)::numeric, 'everybody is new once') FROM answer;
SELECT is(count(*), 0::bigint, 'who comes and goes makes the difference from day to day')
FROM (SELECT mau - lag(mau, 1, 0::bigint) OVER (ORDER BY day) AS change, new_users + returning_users - lost_users AS moves
	FROM answer) AS d
WHERE change <> moves;
SELECT set_eq($$SELECT day, returning_users FROM answer WHERE returning_users > 0$$, $$
	SELECT day, count(*) FROM (SELECT DISTINCT user_id, day, lag(day) OVER (PARTITION BY user_id ORDER BY day) AS before FROM visit) AS v
	WHERE day > before + 30 GROUP BY day$$, 'users return after a month without');
SELECT ok(bool_and(stickiness = dau / mau::float8), 'stickiness is a share') FROM answer;

CREATE AGGREGATE pg_temp.part_active(int8, date) (SFUNC = active_users_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge_active(bytea) (SFUNC = active_users_combine, STYPE = bytea, FINALFUNC = active_users_final);
SELECT is(pg_temp.merge_active(state::text::bytea), (SELECT days FROM serial), 'parts of it')
FROM (SELECT pg_temp.part_active(user_id, day) AS state FROM visit GROUP BY part, hashint4(user_id) & 3 UNION ALL SELECT NULL) AS t;
SELECT throws_ok($$SELECT active_users_final('\x00')$$, 'XX001', NULL, 'a damaged state is refused');

SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'workers compute parts')
FROM pg_temp.plan_of($$SELECT active_users(user_id, day) FROM visit$$) AS line WHERE line ~ 'Partial Aggregate';
SELECT is(active_users(user_id, day), (SELECT days FROM serial), 'and give the same result') FROM visit;

SELECT * FROM finish();
ROLLBACK;
