-- the log-rank test: ordinary calls and every error
CREATE TEMP TABLE subscribers AS
	SELECT i AS user_id, (ARRAY['basic', 'pro', 'team'])[1 + i % 3] AS plan, 1 + i * 7 % (10 + 5 * (i % 3)) AS months, i % 4 > 0 AS churned
	FROM generate_series(1, 90) AS i;

SELECT round((t).chi_square::numeric, 6) AS chi_square, (t).degrees_of_freedom, round((t).p_value::numeric, 6) AS p_value,
	(t).groups, (t).users, (t).observed, ARRAY(SELECT round(e::numeric, 4) FROM unnest((t).expected) AS e) AS expected, pg_typeof(t)
FROM (SELECT logrank_test(plan, months, churned) AS t FROM subscribers) AS s;
SELECT u.* FROM (SELECT logrank_test(plan, months, churned) AS t FROM subscribers) AS s,
	unnest((t).groups, (t).users, (t).observed) AS u(plan, users, observed);

-- every type of group, in numeric or byte order
SELECT (logrank_test(user_id % 12, months, churned)).groups AS int,
	(logrank_test((user_id % 2)::smallint, months, churned)).groups AS small,
	(logrank_test(user_id % 2 = 0, months, churned)).groups AS boolean FROM subscribers;
SELECT (logrank_test(plan::varchar, months, churned)).groups AS varchar,
	(logrank_test(chr(ascii(plan))::char(3), months, churned)).groups AS char,
	(logrank_test(upper(left(plan, 1)) || user_id % 2, months, churned)).groups AS mixed FROM subscribers;
SELECT a = b AS text_is_number
FROM (SELECT logrank_test(user_id % 12, months, churned) AS a, logrank_test((user_id % 12)::text, months::numeric, churned) AS b
	FROM subscribers) AS t;

-- nothing to compare: one group, no events, all at the same time
SELECT logrank_test('all', months, churned) FROM subscribers;
SELECT (logrank_test(plan, months, false)).* FROM subscribers;
SELECT logrank_test(plan, 1, true) FROM subscribers;
SELECT logrank_test('one', 1, true);
-- a group that was never at risk is listed but not compared
SELECT logrank_test(g, t, e) FROM (VALUES ('a', 1, true), ('b', 2, true), ('c', 0.5, false)) AS v(g, t, e);
-- no difference
SELECT logrank_test(g, t, e) FROM (VALUES (1, true), (2, false), (3, true)) AS v(t, e), unnest('{a,b}'::text[]) AS g;

-- NULL is skipped; no rows give NULL
SELECT logrank_test(g, t, e)
FROM (VALUES ('a', 1, true), (NULL, 1, true), ('a', NULL, true), ('a', 1, NULL), ('b', 2, false)) AS v(g, t, e);
SELECT logrank_test(NULL::text, 1, true) IS NULL AS skipped, logrank_test('a', 1, true) FILTER (WHERE false) IS NULL AS none;

-- in groups and frames; a long name
SELECT user_id % 2 AS half, (logrank_test(plan, months, churned)).degrees_of_freedom FROM subscribers GROUP BY half ORDER BY half;
SELECT user_id, (logrank_test(plan, months, churned) OVER (ORDER BY user_id)).users FROM subscribers WHERE user_id < 6 ORDER BY user_id;
SELECT (t).degrees_of_freedom, length((t).groups[2])
FROM (SELECT logrank_test(repeat('x', user_id % 2 * 1000), months, churned) AS t FROM subscribers) AS s;

-- the result is a value of its own type
CREATE TEMP TABLE tests (day date, test logrank_result);
INSERT INTO tests SELECT '2026-06-01', logrank_test(plan, months, churned) FROM subscribers;
SELECT test = test::text::logrank_result AS survives_text, round((test).chi_square::numeric, 6) AS chi_square FROM tests;

-- errors
SELECT logrank_test('a', -1, true);
SELECT logrank_test('a', 'NaN', true);
SELECT logrank_test('a', '-Infinity', true);
SELECT logrank_test(i, 1, true) FROM generate_series(1, 1001) AS i;
SELECT array_length((logrank_test(i, 1, true)).groups, 1) FROM generate_series(1, 1000) AS i;

-- states from untrusted sources
SELECT logrank_final('\x00');
SELECT logrank_trans('\x0102030405060708', 'a'::text, 1, true);
SELECT logrank_combine(NULL, NULL) IS NULL AS nothing;
-- the state of another aggregate
CREATE AGGREGATE pg_temp.kaplan_meier_state(float8, boolean) (SFUNC = kaplan_meier_trans, STYPE = bytea);
SELECT logrank_final(pg_temp.kaplan_meier_state(1, true));

-- 3.6 - 2.4 is 1.2 but for a rounding: R's p-value, and that of the exact times
SELECT round((logrank_test(g, t, true)).p_value::numeric, 3) AS p_value,
	round((logrank_test(g, t, true, false)).p_value::numeric, 3) AS exact
FROM (VALUES ('a', 3.6::float8 - 2.4::float8), ('b', 1.2), ('a', 2), ('b', 3)) AS v(g, t);
SELECT logrank_test('a', 1, true, NULL);
SELECT logrank_test('a', 1, true, i = 1) FROM generate_series(1, 2) AS i;
