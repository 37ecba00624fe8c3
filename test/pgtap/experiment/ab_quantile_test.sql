-- ab_quantile_state, ab_quantile_test, ab_winsorize, ab_winsorized_state: golden answers of R; states add up and are
-- taken out; caps.
BEGIN;
SELECT plan(23);

-- the samples of test/oracle/ab_quantile_test.R
CREATE TEMP TABLE users AS
	SELECT sample, variant, i, CASE WHEN variant = 'a' THEN a ELSE b END AS x
	FROM generate_series(1, 407) AS i, unnest('{a,b}'::text[]) AS variant,
		LATERAL (VALUES ('continuous', (i * 7919 % 10007) / 100.0::float8 + 1, (i * 104729 % 10007) / 90.0::float8 + 1),
			('zeros', greatest(i * 7919 % 1000 - 700, 0), greatest(i * 104729 % 1000 - 600, 0)),
			('whole', i % 7, i % 8)) AS v (sample, a, b)
	WHERE variant = 'b' OR i <= 301;
CREATE TEMP TABLE state AS SELECT sample, ab_quantile_state(variant, x) AS s FROM users GROUP BY sample;
-- made by test/oracle/ab_quantile_test.R
CREATE TEMP TABLE golden (sample text, quantile float8, confidence float8, a float8, a_low float8, a_high float8, b float8,
	b_low float8, b_high float8, ci_low float8, ci_high float8, lift_low float8, lift_high float8, p_value float8);
INSERT INTO golden VALUES
	('continuous', 0.1, 0.95, 11.39, 8.064164997619924, 14.544143287715881, 12.164444444444445, 8.930487490848686,
		15.015586879622921, -3.742977105195738, 5.155105541668462, -0.2798224066628723, 0.6003577706009984, 0.802979265049891),
	('continuous', 0.1, 0.8, 11.39, 8.894680933719142, 13.285912277763424, 12.164444444444445, 9.95255739501086,
		14.1454961890802, -2.138788756730172, 3.9605366053006152, -0.17069298171888903, 0.42683536682640133, 0.802979265049891),
	('continuous', 0.5, 0.95, 50.84, 45.55215274692003, 56.70456148146519, 56.422222222222224, 51.0412849741518,
		61.80048042596151, -2.3768962614766407, 13.124568666001792, -0.04306817051272771, 0.27997171751268124, 0.16059452367446383),
	('continuous', 0.5, 0.8, 50.84, 47.22476254758378, 54.72337262750146, 56.422222222222224, 52.80427674042204,
		59.67267294477311, 0.27466982273468066, 10.44384455813896, 0.005147957142680459, 0.2175004881350442, 0.16059452367446383),
	('continuous', 0.9, 0.95, 90.87, 87.47065161527914, 94.19583500238008, 100.89333333333335, 97.25090179890067,
		103.90571255284007, 5.090941829601501, 14.565359093148043, 0.05465417035368669, 0.16508232226960562, 1.478307004710374e-05),
	('continuous', 0.9, 0.8, 90.87, 88.45939704972952, 92.882855416955, 100.89333333333335, 98.69856816612216,
		102.88674569103324, 7.045317035733778, 13.15138375039561, 0.07636548079820238, 0.14784398951372846, 1.478307004710374e-05),
	('continuous', 0.99, 0.95, 100.01, 98.67763972444187, NULL, 110.712, 109.67984069476697,
		111.7614507139263, NULL, 12.398033815949946, NULL, 0.12531138809769038, 0.0971009702611457),
	('continuous', 0.99, 0.8, 100.01, 99.29997457346762, 100.65381700997413, 110.712, 110.28922303980308,
		111.41829415493886, 9.931778797743542, 11.703492655800973, 0.09876971548822455, 0.11763199147627112, 0.0971009702611457),
	('zeros', 0.1, 0.95, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NULL, NULL, 1.0),
	('zeros', 0.1, 0.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NULL, NULL, 1.0),
	('zeros', 0.5, 0.95, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NULL, NULL, 1.0),
	('zeros', 0.5, 0.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NULL, NULL, 1.0),
	('zeros', 0.9, 0.95, 200.0, 165.38213926903438, 231.57760347289735, 298.80000000000007, 269.16232380212114,
		327.7740117959642, 55.49253076544587, 143.94299105222433, NULL, NULL, 3.938489478803344e-06),
	('zeros', 0.9, 0.8, 200.0, 176.9592798247881, 221.92609052022408, 298.80000000000007, 278.89737590463585,
		317.925444512062, 69.18804478960519, 128.74423841035835, NULL, NULL, 3.938489478803344e-06),
	('zeros', 0.99, 0.95, 287.0, 277.14799714939863, NULL, 386.82, 376.289605684457,
		397.41186947757876, NULL, 114.28546436165539, NULL, NULL, 0.0971009702611457),
	('zeros', 0.99, 0.8, 287.0, 281.620426622079, 294.6946587238704, 386.82, 381.3465693983385,
		394.6042249040453, 90.3772135771246, 109.28223901014951, NULL, NULL, 0.0971009702611457),
	('whole', 0.1, 0.95, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, NULL, NULL, 1.0),
	('whole', 0.1, 0.8, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, NULL, NULL, 1.0),
	('whole', 0.5, 0.95, 3.0, 3.0, 3.0, 4.0, 3.0, 4.0, 0.0, 1.0, NULL, NULL, 0.9210460496766866),
	('whole', 0.5, 0.8, 3.0, 3.0, 3.0, 4.0, 3.0, 4.0, 0.0, 1.0, NULL, NULL, 0.9210460496766866),
	('whole', 0.9, 0.95, 6.0, 6.0, 6.0, 7.0, 6.0, 7.0, 0.0, 1.0, NULL, NULL, 0.08145338804616574),
	('whole', 0.9, 0.8, 6.0, 6.0, 6.0, 7.0, 7.0, 7.0, 1.0, 1.0, NULL, NULL, 0.08145338804616574),
	('whole', 0.99, 0.95, 6.0, 6.0, NULL, 7.0, 7.0, 7.0, NULL, 1.0, NULL, NULL, 0.0971009702611457),
	('whole', 0.99, 0.8, 6.0, 6.0, 6.0, 7.0, 7.0, 7.0, 1.0, 1.0, NULL, NULL, 0.0971009702611457);
CREATE TEMP TABLE answer AS
	SELECT g AS golden, a.value AS a, a.value_low AS a_low, a.value_high AS a_high, b.*
	FROM golden AS g JOIN state USING (sample), ab_quantile_test(s, quantile, confidence => confidence) AS a,
		ab_quantile_test(s, quantile, confidence => confidence) AS b
	WHERE a.variant = 'a' AND b.variant = 'b';
SELECT is(ARRAY(SELECT format('%s %s %s: %s, not %s', (golden).sample, (golden).quantile, k, got[k], want[k])
	FROM answer AS t, LATERAL (SELECT
			ARRAY[t.a, a_low, a_high, value, value_low, value_high, ci_low, ci_high, p_value] AS got,
			ARRAY[(golden).a, (golden).a_low, (golden).a_high, (golden).b, (golden).b_low, (golden).b_high, (golden).ci_low,
				(golden).ci_high, (golden).p_value] AS want) AS v, generate_series(1, 9) AS k
	WHERE got[k] IS NULL <> (want[k] IS NULL) OR abs(got[k] - want[k]) > 1e-9 * abs(want[k])),
	'{}', 'answers are those of R to 9 digits');
SELECT is(ARRAY(SELECT format('%s: %s %s', (golden).quantile, lift_low, lift_high) FROM answer
	WHERE (golden).sample = 'continuous' AND (lift_low IS NULL <> ((golden).lift_low IS NULL)
		OR lift_high IS NULL <> ((golden).lift_high IS NULL) OR abs(lift_low - (golden).lift_low) > 1e-9
		OR abs(lift_high - (golden).lift_high) > 1e-9)), '{}', 'so are lifts');
SELECT is(count(*) FILTER (WHERE value = want), count(*), 'the value is that of percentile_cont, to the bit')
FROM (SELECT sample, q, variant, percentile_cont(q) WITHIN GROUP (ORDER BY x) AS want
	FROM users, generate_series(1, 99) AS n, LATERAL (SELECT n / 100.0::float8 AS q) AS l GROUP BY sample, q, variant) AS w
JOIN (SELECT sample, k / 100.0::float8 AS q, t.* FROM state, generate_series(1, 99) AS k, ab_quantile_test(s, k / 100.0) AS t) AS t
	USING (sample, q, variant);
SELECT is(count(*), 3::bigint, 'the control has no difference') FROM state, ab_quantile_test(s)
WHERE variant = 'a' AND n = 301 AND num_nulls(difference, ci_low, ci_high, lift, lift_low, lift_high, p_value, adjusted_p_value) = 8;
SELECT ok(bool_and((p_value < 0.05) = (ci_low > 0 OR ci_high < 0)), 'the p-value and the interval agree')
FROM state, generate_series(2, 18) AS k, ab_quantile_test(s, k / 20.0) WHERE variant = 'b';
SELECT is((SELECT array_agg(-difference) FROM ab_quantile_test(s, 0.3, 'b') WHERE variant = 'a'),
	(SELECT array_agg(difference) FROM ab_quantile_test(s, 0.3) WHERE variant = 'b'), 'another control')
FROM state WHERE sample = 'continuous';
SELECT cmp_ok((SELECT srm_p_value FROM ab_quantile_test(s, shares => '{301,407}') LIMIT 1), '>', 0.99::float8, 'shares as wanted')
FROM state WHERE sample = 'zeros';
SELECT is(array_agg(adjusted_p_value ORDER BY variant), array_agg(LEAST(2 * p_value, 1) ORDER BY variant), 'two p-values are adjusted')
FROM (SELECT ab_quantile_state(i % 3, CASE i % 3 WHEN 0 THEN i % 50 ELSE i % 50 + 9 END) AS s FROM generate_series(1, 600) AS i) AS t,
	ab_quantile_test(s) WHERE variant <> '0' AND p_value = (SELECT min(p_value) FROM ab_quantile_test(s)) HAVING count(*) = 1;

-- states
SELECT is(rollup(s)::text, (SELECT ab_quantile_state(variant, x)::text FROM users), 'states of parts add up to the same bits')
FROM (SELECT ab_quantile_state(variant, x) AS s FROM users GROUP BY sample, i % 7) AS t;
SELECT is(rollup_subtract(whole, part), rest, 'and are taken out')
FROM (SELECT ab_quantile_state(variant, x) AS whole, ab_quantile_state(variant, x) FILTER (WHERE i % 5 = 0) AS part,
	ab_quantile_state(variant, x) FILTER (WHERE i % 5 <> 0) AS rest FROM users) AS t;
SELECT is(ab_quantile_state(variant, x ORDER BY i), ab_quantile_state(variant, x ORDER BY x, -i), 'the order of rows does not matter')
FROM users;
SELECT is(ab_quantile_state(i % 2, x), ab_quantile_state((i % 2)::text, x), 'a number is its text') FROM users;
SELECT is(ab_quantile_state(i > 5, x), ab_quantile_state((i > 5)::text, x), 'so is a boolean') FROM users;
SELECT is(ab_quantile_state('a', x), (SELECT ab_quantile_state('a', 0)), '-0 is 0') FROM (VALUES ('-0'::float8)) AS v (x);
SELECT is(s::text::segment_summary, s, 'text and back')
FROM (SELECT ab_quantile_state(variant, CASE WHEN i % 2 = 0 THEN 1e-300 ELSE 1e300 END * x) AS s FROM users) AS t;
SELECT is(ab_quantile_state(variant, x) IS NULL, true, 'no rows: no state') FROM users WHERE false;
SELECT is_empty('SELECT ab_quantile_test(NULL)', 'no state: no rows');

-- caps
SELECT is(ab_winsorize(s, 0.9), (SELECT ab_winsorized_state(variant, x, cap)
	FROM users, (SELECT percentile_cont(0.9) WITHIN GROUP (ORDER BY x) AS cap FROM users WHERE sample = state.sample) AS c
	WHERE sample = state.sample), 'ab_winsorize caps at the quantile of all, ' || sample) FROM state;
SELECT is(array_agg(capped ORDER BY variant), (SELECT array_agg(n ORDER BY variant)
	FROM (SELECT variant, count(*) FILTER (WHERE x > 60) AS n FROM users WHERE sample = 'continuous' GROUP BY variant) AS c),
	'ab_test counts outcomes above the cap')
FROM (SELECT ab_winsorized_state(variant, x, 60, 100) AS s FROM users WHERE sample = 'continuous') AS t, ab_test(s);
SELECT results_eq('SELECT mean, p_value, variance_reduction FROM (SELECT ab_winsorized_state(variant, x, 60, i) AS s FROM users) AS t,
	ab_test(s)', 'SELECT mean, p_value, variance_reduction FROM (SELECT ab_state(variant, least(x, 60), least(i, 60)) AS s FROM users)
	AS t, ab_test(s)', 'results are those of capped outcomes and covariates');
SELECT is(rollup(s), (SELECT ab_winsorized_state(variant, x, 60, i) FROM users), 'states with the same cap add up')
FROM (SELECT ab_winsorized_state(variant, x, 60, i) AS s FROM users GROUP BY sample, i % 7) AS t;
SELECT is(count(*), 2::bigint, 'without a cap none is counted')
FROM (SELECT ab_state(variant, x) AS s FROM users) AS t, ab_test(s) WHERE capped IS NULL;

SELECT * FROM finish();
ROLLBACK;
