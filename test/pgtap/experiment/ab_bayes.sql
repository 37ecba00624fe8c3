-- ab_bayes, bandit_allocate, thompson_sample, ucb1: golden answers of scipy; draws; consistency.
BEGIN;
SELECT plan(12);

-- made by test/oracle/chance_to_win.py
CREATE TEMP TABLE golden (successes float8[], trials float8[], chances float8[], losses float8[]);
INSERT INTO golden VALUES
	('{45,60}', '{500,500}',
		'{0.061533209843209945,0.93846679015679013}',
		'{0.030399086873367797,0.00051860878571840033}'),
	('{0,0}', '{100,100}',
		'{0.49999999999999994,0.49999999999999994}',
		'{0.0048778131942432143,0.0048778131942432143}'),
	('{3,1,7}', '{10,8,12}',
		'{0.098483499971490557,0.019177321498900148,0.88233917852960897}',
		'{0.24888666313478822,0.3822199964681216,0.010791425039550153}'),
	('{0,5}', '{0,9}',
		'{0.45454545454545436,0.54545454545454553}',
		'{0.15909090909090912,0.11363636363636363}'),
	('{2000,2100,2050}', '{10000,10000,10000}',
		'{0.023562693624508343,0.79191859206806814,0.18451871430742625}',
		'{0.010650626067910429,0.0006526256679903747,0.0056516258679503543}'),
	('{1,90}', '{1000,100}',
		'{1.5684354039340661e-120,1}',
		'{0.89016085476106621,8.9681315774727376e-134}'),
	('{7}', '{9}',
		'{0.99999999999999989}',
		'{0}');
SELECT is(ARRAY(SELECT format('%s %s: %s, not %s', successes, trials, got, chances) FROM golden, bandit_allocate(successes, trials) AS got
	WHERE (SELECT max(abs(g - c) - 1e-9 * c) FROM unnest(got, chances) AS u (g, c)) > 1e-15), '{}', 'chances to win are those of scipy');
CREATE TEMP TABLE answer AS
	SELECT golden.*, b.variant::int AS i, b.n, b.mean, chance_to_win, expected_loss
	FROM golden, LATERAL (SELECT ab_state(i, user_id <= successes[i]) AS state
		FROM generate_subscripts(trials, 1) AS i, generate_series(1, trials[i]::int) AS user_id) AS s, ab_bayes(state) AS b
	WHERE 0 <> ALL (trials);
SELECT is(count(*), (SELECT sum(cardinality(trials)) FROM golden WHERE 0 <> ALL (trials)), 'a row for each variant')
FROM answer WHERE n = trials[i] AND abs(mean - successes[i] / trials[i]) < 1e-15;
SELECT is(ARRAY(SELECT a FROM answer AS a WHERE abs(chance_to_win - chances[i]) > 1e-9 * chances[i] + 1e-15), '{}',
	'and the same chances');
SELECT is(ARRAY(SELECT a FROM answer AS a WHERE abs(expected_loss - losses[i]) > 1e-9 * losses[i] + 1e-15), '{}',
	'losses are those of scipy');

SELECT is(ARRAY[round(sum(chance_to_win)::numeric, 12), round((max(expected_loss) - min(expected_loss))::numeric, 12)],
	ARRAY[1, round((max(mean) - min(mean))::numeric, 12)], 'chances add up to 1, losses differ by the difference')
FROM (SELECT ab_state(i % 2, i * 7 % 13 + i % 2 / 3.0) AS s FROM generate_series(1, 200) AS i) AS t, ab_bayes(s);
SELECT is((SELECT array_agg(chance_to_win) FROM ab_bayes(far)), (SELECT array_agg(chance_to_win) FROM ab_bayes(near)),
	'the unit of a mean does not matter')
FROM (SELECT ab_state(i % 3, (i * 7 % 13 + i % 2) * 2.0::float8 ^ 600) AS far, ab_state(i % 3, i * 7 % 13 + i % 2) AS near
	FROM generate_series(1, 200) AS i) AS t;

-- 2^40 times as many users: a certain difference, and shares of few successes, none or all
CREATE TEMP TABLE many AS
	WITH RECURSIVE doubled(i, means, nobody) AS (
		SELECT 0, ab_state(v, x), ab_state(v, false) FROM (VALUES (1, 1), (1, 1 + 2 ^ -52), (2, 1.5), (2, 1.5 + 2 ^ -52)) AS t (v, x)
		UNION ALL
		SELECT i + 1, (SELECT rollup(s) FROM unnest(ARRAY[means, means]) AS s), (SELECT rollup(s) FROM unnest(ARRAY[nobody, nobody]) AS s)
		FROM doubled WHERE i < 40)
	SELECT means, nobody FROM doubled WHERE i = 40;
SELECT is((SELECT array_agg(ROW(chance_to_win, round(expected_loss::numeric, 12))::text) FROM many, ab_bayes(means)),
	'{"(0,0.500000000000)","(1,0.000000000000)"}',
	'no digit of the standard error is one of the mean''s');
-- a coin shows 6 heads or more in 16 throws
SELECT cmp_ok(abs(chance_to_win - (1 - 6885 / 65536.0)), '<', 1e-9::float8, 'the better of two rare shares')
FROM many, LATERAL (SELECT rollup(s) AS s FROM unnest(ARRAY[nobody,
	(SELECT ab_state(1 + (i > 5)::int, true) FROM generate_series(1, 15) AS i)]) AS s) AS r, ab_bayes(s) WHERE variant = '2';
SELECT is((SELECT array_agg(round(chance_to_win::numeric, 12)) FROM many, ab_bayes(nobody)), '{0.5,0.5}', 'nobody says yes');

-- Thompson sampling: what is drawn, and which variant wins
SELECT cmp_ok(abs(avg(draw) - 11.0 / 102), '<', 0.002::float8, 'draws have the mean of the beta distribution')
FROM (SELECT thompson_sample(10, 90, seed, 'a') AS draw FROM generate_series(1, 5000) AS seed) AS t;
SELECT cmp_ok(abs(avg((thompson_sample(10, 90, seed, 'a') > thompson_sample(12, 88, seed, 'b'))::int)
	- (bandit_allocate('{10,12}', '{100,100}'))[1]), '<', 0.03::float8, 'the better draw is as frequent as allocated')
FROM generate_series(1, 5000) AS seed;
SELECT is(ucb1(40, 1000, 2060), 40 / 1000.0::float8 + sqrt(2 * ln(2060::float8) / 1000), 'the bound of Auer and others');

SELECT * FROM finish();
ROLLBACK;
