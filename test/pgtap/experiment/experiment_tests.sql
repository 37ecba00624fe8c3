-- welch_t_test, chi_square_test, mann_whitney_test: golden answers of R; any plan; what they refuse.
BEGIN;
SELECT plan(14);

-- the users of test/oracle/experiment_tests.R
CREATE TEMP TABLE users AS
	SELECT i, variant, (i * i * 31 % 57) / 4.0::float8 + CASE variant WHEN 'b' THEN 1.5 ELSE 0 END::float8 AS outcome,
		('{free,pro,team}'::text[])[1 + (i * i * 13 + i / 3 + CASE variant WHEN 'b' THEN i % 2 ELSE 0 END) % 3] AS plan
	FROM (SELECT i, CASE WHEN i * i % 7 < 3 THEN 'a' ELSE 'b' END AS variant FROM generate_series(1, 500) AS i) AS u;
-- Student's data of 1908: hours of sleep that two drugs added
CREATE TEMP TABLE sleep AS
	SELECT drug, extra FROM (VALUES (1, '{0.7,-1.6,-0.2,-1.2,-0.1,3.4,3.7,0.8,0,2}'::float8[]),
		(2, '{1.9,0.8,1.1,0.1,-0.1,4.4,5.5,1.6,4.6,3.4}')) AS t(drug, extras), unnest(extras) AS extra;

-- made by test/oracle/experiment_tests.R
CREATE TEMP TABLE golden (test text, name text, value float8);
INSERT INTO golden VALUES
	('welch', 'statistic', 4.2005504801207509),
	('welch', 'degrees_of_freedom', 259.21393658097594),
	('welch', 'p_value', 3.6652491464756919e-05),
	('welch', 'difference', 1.5298476033770143),
	('welch', 'ci_low', 0.81267694926827172),
	('welch', 'ci_high', 2.2470182574857569),
	('sleep', 'statistic', 1.8608134674868531),
	('sleep', 'degrees_of_freedom', 17.776473516178498),
	('sleep', 'p_value', 0.079394140187358173),
	('sleep', 'difference', 1.5800000000000001),
	('sleep', 'ci_low', -0.20548323071171018),
	('sleep', 'ci_high', 3.3654832307117104),
	('chi square', 'chi_square', 0.0027995915518044408),
	('chi square', 'degrees_of_freedom', 2),
	('chi square', 'p_value', 0.99860118348123161),
	('chi square', 'cramers_v', 0.0023662593060797209),
	('chi square', 'n', 500),
	('chi square', 'smallest_expected', 47.189999999999998),
	('chi square 2 x 2', 'chi_square', 0.52091152539626429),
	('chi square 2 x 2', 'p_value', 0.47045311003319662),
	('mann whitney', 'u', 31395),
	('mann whitney', 'share_larger', 0.61497326203208558),
	('mann whitney', 'p_value', 5.6996713656861221e-05),
	('mann whitney sleep', 'u', 74.5),
	('mann whitney sleep', 'p_value', 0.069327575433626581),
	('mann whitney alike', 'u', 25713),
	('mann whitney alike', 'p_value', 0.89795193979327781);
CREATE TEMP TABLE answer AS
	SELECT 'welch' AS test, to_jsonb(welch_t_test(variant, outcome)) AS numbers FROM users
	UNION ALL SELECT 'sleep', to_jsonb(welch_t_test(drug, extra)) FROM sleep
	UNION ALL SELECT 'chi square', to_jsonb(chi_square_test(variant, plan)) FROM users
	UNION ALL SELECT 'chi square 2 x 2', to_jsonb(chi_square_test(variant, outcome > 7)) FROM users
	UNION ALL SELECT 'mann whitney', to_jsonb(mann_whitney_test(variant, outcome)) FROM users
	UNION ALL SELECT 'mann whitney sleep', to_jsonb(mann_whitney_test(drug, extra)) FROM sleep
	UNION ALL SELECT 'mann whitney alike', to_jsonb(mann_whitney_test(variant, i % 20 + 1e6)) FROM users;
SELECT is(ARRAY(SELECT format('%s %s: %s, not %s', test, name, numbers ->> name, value)
	FROM golden JOIN answer USING (test)
	WHERE (abs((numbers ->> name)::float8 - value) <= 1e-9 * abs(value)) IS NOT TRUE), '{}', 'answers are those of R to 9 digits');
SELECT is((w).means, ARRAY[a, b], 'means')
FROM (SELECT welch_t_test(variant, outcome) AS w, avg(outcome) FILTER (WHERE variant = 'a') AS a,
	avg(outcome) FILTER (WHERE variant = 'b') AS b FROM users) AS t;
SELECT is(ARRAY[(w).users, (m).users], ARRAY[a, a], 'users')
FROM (SELECT welch_t_test(variant, outcome) AS w, mann_whitney_test(variant, outcome) AS m,
	ARRAY[count(*) FILTER (WHERE variant = 'a'), count(*) FILTER (WHERE variant = 'b')] AS a FROM users) AS t;
SELECT is((w).groups, '{9,10}', 'groups are in the order of numbers') FROM (SELECT welch_t_test(9 + i % 2, outcome) AS w FROM users) AS t;
-- 0 and 1 are numbers, too: t, and not z
SELECT isnt((w).degrees_of_freedom, NULL, 'flags as numbers') FROM (SELECT welch_t_test(variant, (outcome > 7)::int) AS w FROM users) AS t;
SELECT cmp_ok(abs((chi_square_test(variant, plan)).chi_square - (chi_square_test(plan, variant)).chi_square), '<', 1e-15::float8,
	'the chi-square test is symmetric') FROM users;
SELECT is(chi_square_test(variant, plan ORDER BY i), chi_square_test(variant, plan ORDER BY -i), 'the order of rows does not matter')
FROM users;
SELECT is(mann_whitney_test(variant, outcome ORDER BY i), mann_whitney_test(variant, exp(outcome) ORDER BY -i),
	'only ranks count') FROM users;
SELECT is((m).p_value, (o).p_value, 'p does not depend on which group is first')
FROM (SELECT mann_whitney_test(variant, outcome) AS m, mann_whitney_test(variant, -outcome) AS o FROM users) AS t;

SELECT is(ARRAY[(w).p_value, (w).difference, (c).chi_square, (c).p_value, (m).u, (m).p_value],
	ARRAY[NULL, NULL, NULL, NULL, NULL, NULL]::float8[], 'one group: nothing to compare')
FROM (SELECT welch_t_test('a', outcome) AS w, chi_square_test('a', plan) AS c, mann_whitney_test('a', outcome) AS m FROM users) AS t;
SELECT is(ARRAY[(w).p_value, (w).difference, (m).share_larger, (m).p_value], ARRAY[NULL, 0, 0.5, NULL]::float8[], 'all values equal')
FROM (SELECT welch_t_test(i % 2, 5) AS w, mann_whitney_test(i % 2, 5) AS m FROM generate_series(1, 63) AS i) AS t;
SELECT is(num_nulls(welch_t_test(variant, outcome), chi_square_test(variant, plan), mann_whitney_test(variant, outcome)),
	3, 'no rows: NULL')
FROM users WHERE false;
SELECT throws_ok('SELECT welch_t_test(plan, outcome) FROM users', '54000', 'too many groups: 3', 'three groups have no t test');
SELECT throws_ok('SELECT mann_whitney_test(plan, outcome) FROM users', '54000', 'too many groups: 3', 'nor a Mann-Whitney test');

SELECT * FROM finish();
ROLLBACK;
