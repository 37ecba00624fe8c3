-- The log-rank test however rows are split, ordered and planned; its numbers are
-- compared with R's in survival_r.sql, and with its definition in C.
BEGIN;
SELECT plan(14);

CREATE TABLE users AS
	SELECT i, CASE WHEN i % 101 > 0 THEN 'plan ' || i * 31 % 97 % 5 END AS plan,
		(i * 7919 % 1009) / (4.0 + i * 31 % 97 % 5) AS months, i % 7 > 2 AS churned
	FROM generate_series(1, 20000) AS i;
ANALYZE users;
CREATE TEMP TABLE whole AS SELECT logrank_test(plan, months, churned) AS test FROM users;

SELECT results_eq('SELECT u.* FROM whole, unnest((test).groups, (test).users, (test).observed) AS u',
	'SELECT plan, count(*), count(*) FILTER (WHERE churned) FROM users WHERE plan IS NOT NULL GROUP BY plan ORDER BY plan COLLATE "C"',
	'users and events are counted');
SELECT cmp_ok(abs(sum(o - e)), '<=', 1e-7::float8, 'as many events are expected as there were')
FROM whole, unnest((test).observed, (test).expected) AS u(o, e);
SELECT cmp_ok((test).p_value, '<', 1e-100::float8, 'plans that differ are told apart') FROM whole;
-- random groups do not differ
SELECT cmp_ok((logrank_test(md5(i::text) < '8', months, churned)).p_value, '>', 0.01::float8, 'groups that do not differ are not')
FROM users;

-- one group against the rest: the sum of one group's terms, by hand
SELECT cmp_ok(max(abs((test).chi_square - chi) / chi), '<=', 1e-10::float8, 'two groups, by definition')
FROM (SELECT logrank_test(plan = 'plan 3', months, churned) AS test FROM users) AS t,
	(SELECT sum(d1 - d * n1 / n) ^ 2 / sum(d * (n - d) / nullif(n - 1, 0) * n1 / n * (1 - n1 / n)) AS chi
	FROM (SELECT months, d::float8, d1, sum(c) OVER w::float8 AS n, sum(c1) OVER w AS n1
		FROM (SELECT months, count(*) AS c, count(*) FILTER (WHERE churned) AS d, count(*) FILTER (WHERE plan = 'plan 3') AS c1,
				count(*) FILTER (WHERE churned AND plan = 'plan 3') AS d1 FROM users WHERE plan IS NOT NULL GROUP BY months) AS counts
		WINDOW w AS (ORDER BY months DESC)) AS sums) AS by_hand;

SELECT is(logrank_test(plan, months, churned ORDER BY i * 7 % 1009, i), (SELECT test FROM whole), 'row order does not matter') FROM users;

-- an aggregate of partial states, sent as text, as by another node
CREATE AGGREGATE pg_temp.part(text, float8, boolean) (SFUNC = logrank_trans, STYPE = bytea);
CREATE AGGREGATE pg_temp.merge(bytea) (SFUNC = logrank_combine, STYPE = bytea, FINALFUNC = logrank_final);
SELECT is(pg_temp.merge(state::text::bytea), (SELECT test FROM whole), 'parts of states, as text')
FROM (SELECT NULL::bytea AS state UNION ALL SELECT pg_temp.part(plan, months, churned) FROM users GROUP BY i % 97) AS t;

-- a plan with workers
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT matches(string_agg(line, ' '), 'Partial Aggregate', 'logrank_test works in parts')
FROM pg_temp.plan_of('SELECT logrank_test(plan, months, churned) FROM users') AS line;
SELECT is(logrank_test(plan, months, churned), (SELECT test FROM whole), 'and gives the same bits') FROM users;

SELECT is_empty($$
	SELECT i FROM (SELECT i, logrank_test(plan, months, churned) OVER (ORDER BY i) AS running FROM users WHERE i <= 200) AS w
	WHERE running IS DISTINCT FROM (SELECT logrank_test(plan, months, churned) FROM users WHERE i <= w.i)
$$, 'over a growing frame');
SELECT is(sum(u), (SELECT count(plan) FROM users WHERE i <= 10000)::numeric, 'in thousands of groups')
FROM (SELECT logrank_test(churned, months, churned) AS t FROM users WHERE plan IS NOT NULL AND i <= 10000 GROUP BY i % 5000) AS t,
	unnest((t).users) AS u;

-- a state with a name that is not text: that of another aggregate, renamed, where the
-- first half of the letter ends the time
SELECT is((logrank_final(overlay(top_interest_trans(NULL::bytea, 'aaaaaaaab'::text) PLACING '\x52474f4c'::bytea FROM 1))).groups,
	'{b}', 'a state of another aggregate, renamed');
SELECT throws_ok($$SELECT logrank_final(overlay(top_interest_trans(NULL::bytea, 'aaaaaaa' || chr(233))
	PLACING '\x52474f4c'::bytea FROM 1))$$,
	'XX001', 'state of the aggregate is corrupted', 'names must be text');
ALTER TYPE logrank_result ADD ATTRIBUTE more text;
SELECT throws_ok($$SELECT logrank_test(i, i, true) FROM generate_series(1, 3) AS i$$, '42804', 'type logrank_result has been altered',
	'a type that has been replaced is noticed');

SELECT * FROM finish();
ROLLBACK;
