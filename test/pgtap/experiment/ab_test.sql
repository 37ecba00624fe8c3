-- ab_state, ab_ratio_state, ab_test: golden answers of statsmodels and scipy; states add up; what they refuse.
BEGIN;
SELECT plan(22);

-- the users of test/oracle/ab_test.py
CREATE TEMP TABLE users AS
	SELECT i, variant, (i * 7919 % 101)::float8 AS past,
		(i * i * 31 % 57) / 4.0::float8 + (i * 7919 % 101) / 2.0::float8
			+ CASE variant WHEN 'b' THEN 1.25 WHEN 'c' THEN 0.5 ELSE 0 END::float8 AS spend,
		(i * i * 13 + i) % 100 < CASE variant WHEN 'b' THEN 26 WHEN 'c' THEN 19 ELSE 20 END AS converted,
		i * i * 17 % 5 + CASE variant WHEN 'b' THEN i % 2 ELSE 0 END AS clicks, 5 + i * 11 % 13 AS views
	FROM (SELECT i, ('{a,b,c}'::text[])[1 + (i * i + i / 7) % 3] AS variant FROM generate_series(1, 3000) AS i) AS u;

-- made by test/oracle/ab_test.py
CREATE TEMP TABLE golden (kind text, variant text, name text, value float8);
INSERT INTO golden VALUES
	('share', 'b', 'n', 858.0),
	('share', 'b', 'mean', 0.34032634032634035),
	('share', 'b', 'difference', 0.0844104770485139),
	('share', 'b', 'ci_low', 0.043933651819645696),
	('share', 'b', 'ci_high', 0.12497644082065096),
	('share', 'b', 'lift', 0.32983682983682994),
	('share', 'b', 'lift_low', 0.16086042552391366),
	('share', 'b', 'lift_high', 0.523409666749846),
	('share', 'b', 'statistic', 4.107755392181713),
	('share', 'b', 'p_value', 3.9952289438436156e-05),
	('share', 'b', 'srm_p_value', 2.014288108502591e-09),
	('share', 'b', 'adjusted_p_value', 7.990457887687231e-05),
	('share', 'c', 'n', 1001.0),
	('share', 'c', 'mean', 0.26373626373626374),
	('share', 'c', 'difference', 0.007820400458437293),
	('share', 'c', 'ci_low', -0.029280110361235213),
	('share', 'c', 'ci_high', 0.045131050782531316),
	('share', 'c', 'lift', 0.030558482613277205),
	('share', 'c', 'lift_low', -0.10692556278631982),
	('share', 'c', 'lift_high', 0.1892074633775127),
	('share', 'c', 'statistic', 0.41191688956131917),
	('share', 'c', 'p_value', 0.6804003409484407),
	('share', 'c', 'srm_p_value', 2.014288108502591e-09),
	('share', 'c', 'adjusted_p_value', 0.6804003409484407),
	('mean', 'b', 'n', 858.0),
	('mean', 'b', 'mean', 33.40559440559441),
	('mean', 'b', 'difference', 1.286619821895897),
	('mean', 'b', 'ci_low', -0.04037009729801522),
	('mean', 'b', 'ci_high', 2.6136097410898094),
	('mean', 'b', 'statistic', 1.901578366695055),
	('mean', 'b', 'degrees_of_freedom', 1854.5973165068544),
	('mean', 'b', 'p_value', 0.057381132825735016),
	('mean', 'b', 'srm_p_value', 2.014288108502591e-09),
	('mean', 'b', 'lift', 0.04005793580187644),
	('mean', 'b', 'lift_low', -0.0011443336595532427),
	('mean', 'b', 'lift_high', 0.08295977714939462),
	('mean', 'b', 'adjusted_p_value', 0.11476226565147003),
	('mean', 'c', 'n', 1001.0),
	('mean', 'c', 'mean', 32.76223776223776),
	('mean', 'c', 'difference', 0.6432631785392502),
	('mean', 'c', 'ci_low', -0.6423476245729467),
	('mean', 'c', 'ci_high', 1.928873981651447),
	('mean', 'c', 'statistic', 0.9812460156999874),
	('mean', 'c', 'degrees_of_freedom', 2097.866807658343),
	('mean', 'c', 'p_value', 0.3265845823044724),
	('mean', 'c', 'srm_p_value', 2.014288108502591e-09),
	('mean', 'c', 'lift', 0.020027512922710988),
	('mean', 'c', 'lift_low', -0.019581787710546417),
	('mean', 'c', 'lift_high', 0.06123704565793253),
	('mean', 'c', 'adjusted_p_value', 0.3265845823044724),
	('covariate', 'b', 'n', 858.0),
	('covariate', 'b', 'mean', 33.42754297447403),
	('covariate', 'b', 'difference', 1.3227374497592592),
	('covariate', 'b', 'ci_low', 0.9968093865892991),
	('covariate', 'b', 'ci_high', 1.6486655129292052),
	('covariate', 'b', 'statistic', 7.959458015372754),
	('covariate', 'b', 'degrees_of_freedom', 1854.6706057200918),
	('covariate', 'b', 'p_value', 2.9820371577674467e-15),
	('covariate', 'b', 'srm_p_value', 2.014288108502591e-09),
	('covariate', 'b', 'lift', 0.04120060620647581),
	('covariate', 'b', 'lift_low', 0.030916232144094113),
	('covariate', 'b', 'lift_high', 0.05158757672292169),
	('covariate', 'b', 'variance_reduction', 0.9408380757162249),
	('covariate', 'b', 'adjusted_p_value', 5.964074315534893e-15),
	('covariate', 'c', 'n', 1001.0),
	('covariate', 'c', 'mean', 32.759575448752976),
	('covariate', 'c', 'difference', 0.6547699240382059),
	('covariate', 'c', 'ci_low', 0.34386117496316243),
	('covariate', 'c', 'ci_high', 0.9656786731132494),
	('covariate', 'c', 'statistic', 4.130024996701683),
	('covariate', 'c', 'degrees_of_freedom', 2113.2587207037377),
	('covariate', 'c', 'p_value', 3.768383617612304e-05),
	('covariate', 'c', 'srm_p_value', 2.014288108502591e-09),
	('covariate', 'c', 'lift', 0.020394763753798673),
	('covariate', 'c', 'lift_low', 0.010662663922047066),
	('covariate', 'c', 'lift_high', 0.030220578106246787),
	('covariate', 'c', 'variance_reduction', 0.9408380757162249),
	('covariate', 'c', 'adjusted_p_value', 3.768383617612304e-05),
	('ratio', 'b', 'n', 858.0),
	('ratio', 'b', 'mean', 0.22737868192413646),
	('ratio', 'b', 'difference', 0.045734170262909046),
	('ratio', 'b', 'ci_low', 0.03447720898877096),
	('ratio', 'b', 'ci_high', 0.05699113153704713),
	('ratio', 'b', 'statistic', 7.962835119994472),
	('ratio', 'b', 'p_value', 1.681414484104739e-15),
	('ratio', 'b', 'srm_p_value', 2.014288108502591e-09),
	('ratio', 'b', 'lift', 0.2517784316445777),
	('ratio', 'b', 'lift_low', 0.18541322663491622),
	('ratio', 'b', 'lift_high', 0.3218590840079665),
	('ratio', 'b', 'adjusted_p_value', 3.362828968209478e-15),
	('ratio', 'c', 'n', 1001.0),
	('ratio', 'c', 'mean', 0.18172736354554536),
	('ratio', 'c', 'difference', 8.28518843179471e-05),
	('ratio', 'c', 'ci_low', -0.009863945346789043),
	('ratio', 'c', 'ci_high', 0.010029649115424937),
	('ratio', 'c', 'statistic', 0.01632552725681561),
	('ratio', 'c', 'p_value', 0.9869746924477176),
	('ratio', 'c', 'srm_p_value', 2.014288108502591e-09),
	('ratio', 'c', 'lift', 0.0004561210441220709),
	('ratio', 'c', 'lift_low', -0.05284316971504455),
	('ratio', 'c', 'lift_high', 0.05675471910340657),
	('ratio', 'c', 'adjusted_p_value', 0.9869746924477176),
	('share always', 'b', 'difference', 0.0844104770485139),
	('share always', 'b', 'ci_low', 0.02135747500022242),
	('share always', 'b', 'ci_high', 0.14746347909680538),
	('share always', 'b', 'statistic', 4.075984666888839),
	('share always', 'b', 'p_value', 0.002176890485937294),
	('share always', 'b', 'adjusted_p_value', 0.004353780971874588),
	('share always', 'c', 'difference', 0.007820400458437293),
	('share always', 'c', 'ci_low', -0.04991245857840518),
	('share always', 'c', 'ci_high', 0.06555325949527976),
	('share always', 'c', 'statistic', 0.41143965860767273),
	('share always', 'c', 'p_value', 1.0),
	('share always', 'c', 'adjusted_p_value', 1.0),
	('mean always', 'b', 'difference', 1.286619821895897),
	('mean always', 'b', 'ci_low', -0.7699819060506399),
	('mean always', 'b', 'ci_high', 3.343221549842434),
	('mean always', 'b', 'statistic', 1.901578366695055),
	('mean always', 'b', 'p_value', 0.6173512461465835),
	('mean always', 'b', 'adjusted_p_value', 1.0),
	('mean always', 'c', 'difference', 0.6432631785392502),
	('mean always', 'c', 'ci_low', -1.3495881801010263),
	('mean always', 'c', 'ci_high', 2.6361145371795267),
	('mean always', 'c', 'statistic', 0.9812460156999874),
	('mean always', 'c', 'p_value', 1.0),
	('mean always', 'c', 'adjusted_p_value', 1.0);
CREATE TEMP VIEW answer AS
	WITH state AS (SELECT ab_state(variant, converted) AS share, ab_state(variant, spend) AS mean,
		ab_state(variant, spend, past) AS covariate, ab_ratio_state(variant, clicks, views) AS ratio FROM users)
	SELECT 'share' AS kind, t.* FROM state, ab_test(share) AS t
	UNION ALL SELECT 'mean', t.* FROM state, ab_test(mean, adjustment => 'bh') AS t
	UNION ALL SELECT 'covariate', t.* FROM state, ab_test(covariate, adjustment => 'bh') AS t
	UNION ALL SELECT 'ratio', t.* FROM state, ab_test(ratio) AS t
	UNION ALL SELECT 'share always', t.* FROM state, ab_test(share, always_valid => true, expected_effect => 0.05) AS t
	UNION ALL SELECT 'mean always', t.* FROM state, ab_test(mean, always_valid => true, expected_effect => 2) AS t;

SELECT is(count(*), (SELECT count(*) FROM golden), 'every golden number has an answer')
FROM golden JOIN answer AS a USING (kind, variant) WHERE to_jsonb(a) ->> name IS NOT NULL;
SELECT is(ARRAY(SELECT format('%s %s %s: %s, not %s', kind, variant, name, got, value)
	FROM golden JOIN answer AS a USING (kind, variant), LATERAL (SELECT (to_jsonb(a) ->> name)::float8 AS got) AS g
	WHERE abs(got - value) > 1e-9 * greatest(abs(value), CASE WHEN name ~ '^p_|_p_' THEN 0 ELSE 1e-3 END)),
	'{}', 'answers are those of statsmodels and scipy to 9 digits, small p-values too');
SELECT is(count(*), 6::bigint, 'the control has n and mean alone') FROM answer
WHERE variant = 'a' AND n = 1141 AND mean IS NOT NULL AND num_nulls(difference, ci_low, ci_high, lift, lift_low, lift_high, statistic,
	degrees_of_freedom, p_value, adjusted_p_value) = 10;
SELECT is(array_agg(variance_reduction IS NULL ORDER BY kind), '{f,t,t,t,t,t}', 'variance_reduction where there is a covariate')
FROM answer WHERE variant = 'b';

-- published: 821,588 and 815,482 users, p 1.8e-6 (Kohavi, Tang & Xu, Trustworthy Online Controlled Experiments, 2020)
SELECT is(trim(to_char(srm_p_value, '9.9EEEE')), '1.8e-06', 'a sample ratio mismatch is found')
FROM (SELECT ab_state(i <= 815482, false) AS s FROM generate_series(1, 821588 + 815482) AS i) AS s, ab_test(s) LIMIT 1;
SELECT cmp_ok(min(srm_p_value), '>', 0.99::float8, 'none is, where shares are as wanted')
FROM (SELECT ab_state(variant, converted) AS s FROM users) AS s, ab_test(s, shares => '{1141,858,1001}');

-- zero successes in both arms
SELECT is(ARRAY[difference, statistic, p_value, adjusted_p_value], '{0,0,1,1}', 'nobody converts: no difference')
FROM (SELECT ab_state(i % 2, false) AS s FROM generate_series(1, 100) AS i) AS s, ab_test(s) WHERE variant = '1';
SELECT is(count(*), 2::bigint, 'and no NaN') FROM (SELECT ab_state(i % 2, false) AS s FROM generate_series(1, 100) AS i) AS s,
	unnest('{f,t}'::boolean[]) AS a, ab_test(s, always_valid => a) AS t
WHERE t.variant = '1' AND to_jsonb(t)::text !~ 'NaN|Inf' AND ci_low < 0 AND ci_high = -ci_low;

-- states
SELECT is(rollup(s)::text, (SELECT ab_state(variant, spend, past)::text FROM users), 'states of parts add up to the same bits')
FROM (SELECT ab_state(variant, spend, past) AS s FROM users GROUP BY i % 7) AS t;
SELECT is(rollup(s), (SELECT ab_ratio_state(variant, clicks, views) FROM users), 'those of ratios, too')
FROM (SELECT ab_ratio_state(variant, clicks, views) AS s FROM users GROUP BY variant, i % 7) AS t;
SELECT is(ab_state(variant, spend ORDER BY i), ab_state(variant, spend ORDER BY -i), 'the order of rows does not matter') FROM users;
SELECT is(ab_state(variant, converted), ab_state(variant, converted::int), 'true is 1, false 0') FROM users;
SELECT is(ab_state(i % 2, spend), ab_state((i % 2)::text, spend), 'a number is its text') FROM users;
SELECT is(ab_state(i > 5, spend), ab_state((i > 5)::text, spend), 'so is a boolean') FROM users;
SELECT is(ab_state(variant, spend, past), (SELECT ab_state(variant, spend, past) FROM users), 'rows with a NULL are skipped')
FROM (SELECT variant, spend, past FROM users UNION ALL VALUES (NULL, 1, 1), ('a', NULL, 1), ('a', 1, NULL)) AS u;
SELECT is(s::text::segment_summary, s, 'text and back') FROM (SELECT ab_state(variant, 1e-300 * spend, 1e300 * past) AS s FROM users) AS t;
SELECT is(ab_state(variant, spend) IS NULL, true, 'no rows: no state') FROM users WHERE false;
SELECT is_empty('SELECT ab_test(NULL)', 'no state: no rows');

-- exact far from zero
SELECT is((SELECT p_value FROM ab_test(far) WHERE variant = 'b'), (SELECT p_value FROM ab_test(near) WHERE variant = 'b'),
	'a constant added to all outcomes changes nothing')
FROM (SELECT ab_state(variant, spend + 2 ^ 40) AS far, ab_state(variant, spend) AS near FROM users) AS t;
SELECT is((SELECT array_agg(-difference ORDER BY variant) FROM ab_test(s, 'b') WHERE variant = 'a'),
	(SELECT array_agg(difference ORDER BY variant) FROM ab_test(s) WHERE variant = 'b'), 'another control')
FROM (SELECT ab_state(variant, spend) AS s FROM users) AS t;
SELECT throws_ok('SELECT rollup(s) FROM (SELECT ab_state(variant, spend) AS s FROM users
	UNION ALL SELECT ab_state(variant, spend, past) FROM users) AS t', '22023', NULL, 'with and without covariate do not add up');
SELECT throws_ok('SELECT rollup(s) FROM (SELECT ab_ratio_state(variant, spend, past) AS s FROM users
	UNION ALL SELECT ab_state(variant, spend, past) FROM users) AS t', '42804', NULL, 'nor do states and ratios');

SELECT * FROM finish();
ROLLBACK;
