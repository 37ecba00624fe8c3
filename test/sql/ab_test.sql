-- ab_state, ab_ratio_state, ab_test: ordinary calls and every error
CREATE TEMP TABLE users AS
	SELECT i AS user_id, CASE WHEN i % 3 > 0 THEN 'control' ELSE 'coupon' END AS variant, i * i * 7 % 11 < 3 + i % 3 / 2 AS ordered,
		(i * i * 7 % 11)::numeric AS spend, i * i * 7 % 11 + i % 4 AS spent_before, i * 5 % 4 AS clicks, 1 + i % 6 AS views
	FROM generate_series(1, 600) AS i;
CREATE TEMP TABLE experiment AS
	SELECT ab_state(variant, ordered) AS orders, ab_state(variant, spend) AS spend, ab_state(variant, spend, spent_before) AS adjusted,
		ab_ratio_state(variant, clicks, views) AS click_rate FROM users;
SELECT metric, variant, n, round(mean::numeric, 4) AS mean, round(difference::numeric, 4) AS difference,
	round(ci_low::numeric, 4) AS ci_low, round(ci_high::numeric, 4) AS ci_high, round(lift::numeric, 4) AS lift,
	round(p_value::numeric, 4) AS p, round(srm_p_value::numeric, 4) AS srm, round(variance_reduction::numeric, 4) AS reduction
FROM experiment, LATERAL (VALUES (1, 'orders', orders), (2, 'spend', spend), (3, 'adjusted', adjusted), (4, 'click rate', click_rate))
	AS s (i, metric, state), ab_test(state, shares => '{2,1}') ORDER BY i, variant;
SELECT variant, round(ci_low::numeric, 4) AS ci_low, round(ci_high::numeric, 4) AS ci_high, round(p_value::numeric, 4) AS p
FROM experiment, ab_test(spend, always_valid => true, confidence => 0.9, expected_effect => 0.5) WHERE p_value IS NOT NULL;
SELECT model_method(spend), model_info(click_rate) FROM experiment;
SELECT ab_state(variant, spend > 4) FROM (VALUES ('b', 5), ('a', 1), ('a', 7)) AS t(variant, spend);
SELECT ab_state(i, i, -i) = ab_state(i::text, i::float8, -i::numeric) AS numbers,
	ab_state(i > 1, i > 1) = ab_state((i > 1)::text, i > 1) AS booleans
FROM generate_series(1, 3) AS i;

-- several variants: adjusted p-values
SELECT adjust, array_agg(round(adjusted_p_value::numeric, 4) ORDER BY variant) AS p
FROM (SELECT ab_state(variant, successes) AS s
	FROM (VALUES (0, 40), (1, 55), (2, 60), (3, 41)) AS t(variant, most), generate_series(1, 100) AS i,
		LATERAL (SELECT i <= most AS successes) AS u) AS t,
	unnest('{holm,bh,none}'::text[]) AS adjust, ab_test(s, adjustment => adjust) GROUP BY adjust ORDER BY adjust;

-- little or nothing to compare
SELECT variant, n, mean, difference, p_value, srm_p_value FROM (SELECT ab_state('a', 5) AS s) AS t, ab_test(s);
SELECT variant, n, mean, difference, ci_low, lift, p_value
FROM (SELECT ab_state(i, 5 + i) AS s FROM generate_series(1, 2) AS i) AS t, ab_test(s);
SELECT count(*) FROM ab_test(NULL);
SELECT ab_state(variant, ordered) IS NULL AS state, ab_ratio_state(variant, clicks, views) IS NULL AS ratio FROM users WHERE false;
SELECT ab_state(NULL::text, 1) IS NULL AS variant, ab_state('a', NULL::float8) IS NULL AS outcome,
	ab_state('a', 1, NULL) IS NULL AS covariate,
	ab_ratio_state('a', 1, NULL) IS NULL AS denominator;

-- errors
SELECT ab_state('a', 'NaN'::float8);
SELECT ab_state('a', 1, 'Infinity');
SELECT ab_ratio_state('a', '-Infinity', 1);
SELECT ab_ratio_state('a', 1, 'NaN');
SELECT ab_state(i, 1) FROM generate_series(1, 1001) AS i;
SELECT ab_test(spend, 'placebo') FROM experiment;
SELECT ab_test(spend, confidence => 1) FROM experiment;
SELECT ab_test(spend, confidence => NULL) FROM experiment;
SELECT ab_test(spend, adjustment => 'bonferroni') FROM experiment;
SELECT ab_test(spend, adjustment => NULL) FROM experiment;
SELECT ab_test(spend, always_valid => NULL) FROM experiment;
SELECT ab_test(spend, expected_effect => 0) FROM experiment;
SELECT ab_test(spend, expected_effect => 'NaN') FROM experiment;
SELECT ab_test(spend, shares => '{1}') FROM experiment;
SELECT ab_test(spend, shares => '{1,0}') FROM experiment;
SELECT ab_test(spend, shares => '{1,NULL}') FROM experiment;
SELECT ab_test((SELECT confusion_matrix('a', 'b')));
SELECT ab_test(s)
FROM (SELECT ab_state(i % 2, CASE WHEN i % 2 = 0 THEN 1.7e308 ELSE -1.7e308 END) AS s FROM generate_series(1, 9) AS i) AS t;
SELECT rollup(s) FROM (SELECT ab_state('a', 1) AS s UNION ALL SELECT ab_state('a', 1, 1)) AS t;
SELECT ab_state_trans(NULL, 'a', 1);
