-- ab_quantile_state, ab_quantile_test, ab_winsorized_state, ab_winsorize: ordinary calls and every error
CREATE TEMP TABLE users AS
	SELECT i AS user_id, CASE WHEN i % 3 > 0 THEN 'control' ELSE 'coupon' END AS variant, i * i * 7 % 11 + i % 3 * 0.5 AS spend,
		i * i * 7 % 11 + i % 4 AS spent_before
	FROM generate_series(1, 600) AS i;
CREATE TEMP TABLE experiment AS
	SELECT ab_quantile_state(variant, spend) AS spend, ab_winsorized_state(variant, spend, 8) AS capped,
		ab_winsorized_state(variant, spend, 8, spent_before) AS adjusted, ab_winsorized_state(variant, spend, 9) AS higher,
		ab_state(variant, spend) AS plain
	FROM users;
SELECT quantile, variant, n, value, round(value_low::numeric, 4) AS value_low, round(value_high::numeric, 4) AS value_high, difference,
	round(ci_low::numeric, 4) AS ci_low, round(ci_high::numeric, 4) AS ci_high, round(lift::numeric, 4) AS lift,
	round(lift_low::numeric, 4) AS lift_low, round(lift_high::numeric, 4) AS lift_high, round(p_value::numeric, 4) AS p,
	round(adjusted_p_value::numeric, 4) AS adjusted, round(srm_p_value::numeric, 4) AS srm
FROM experiment, unnest('{0.25,0.5,0.9}'::float8[]) AS quantile, ab_quantile_test(spend, quantile, shares => '{2,1}') ORDER BY 1, 2;
SELECT metric, variant, n, round(mean::numeric, 4) AS mean, round(p_value::numeric, 4) AS p, t.capped AS above
FROM experiment, LATERAL (VALUES (1, 'plain', plain), (2, 'capped', capped), (3, 'adjusted', adjusted),
	(4, 'quantile', ab_winsorize(spend, 0.8))) AS s (i, metric, state), ab_test(state) AS t ORDER BY i, variant;
SELECT model_method(spend), model_info(spend), model_info(capped) FROM experiment;
SELECT ab_quantile_state(variant, spend) FROM (VALUES ('b', 5), ('a', 7), ('a', 1), ('a', 7)) AS t(variant, spend);
SELECT ab_winsorized_state(variant, spend, 6) FROM (VALUES ('b', 5), ('a', 7), ('a', 1), ('a', 7)) AS t(variant, spend);
SELECT ab_winsorized_state(i, i, 2, -i) = ab_winsorized_state(i::text, i::float8, 2, -i::numeric) AS numbers,
	ab_winsorized_state(i > 1, i, -2) = ab_winsorized_state((i > 1)::text, i, -2) AS booleans,
	ab_winsorized_state(i, i, '-0') = ab_winsorized_state(i, i, 0) AS zeros
FROM generate_series(1, 3) AS i;

-- little or nothing to compare
SELECT variant, n, value, value_low, difference, p_value, srm_p_value
FROM (SELECT ab_quantile_state('a', 5) AS s) AS t, ab_quantile_test(s);
SELECT variant, n, value, difference, ci_low, lift, p_value
FROM (SELECT ab_quantile_state(i, 5 + i) AS s FROM generate_series(1, 2) AS i) AS t, ab_quantile_test(s);
SELECT count(*) FROM ab_quantile_test(NULL);
SELECT ab_winsorize(NULL, 0.5) IS NULL AS state, ab_winsorize(spend, NULL) IS NULL AS quantile FROM experiment;
SELECT ab_quantile_state(NULL::text, 1) IS NULL AS variant, ab_quantile_state('a', NULL) IS NULL AS outcome,
	ab_winsorized_state('a', NULL, 5) IS NULL AS capped, ab_winsorized_state('a', 1, 5, NULL) IS NULL AS covariate;

-- errors
SELECT ab_quantile_state('a', 'NaN');
SELECT ab_quantile_state('a', '-Infinity');
SELECT ab_quantile_state(i, 1) FROM generate_series(1, 1001) AS i;
SELECT ab_quantile_test(spend, 1) FROM experiment;
SELECT ab_quantile_test(spend, 'NaN') FROM experiment;
SELECT ab_quantile_test(spend, NULL) FROM experiment;
SELECT ab_quantile_test(spend, 0.5, 'placebo') FROM experiment;
SELECT ab_quantile_test(spend, confidence => 1) FROM experiment;
SELECT ab_quantile_test(spend, confidence => NULL) FROM experiment;
SELECT ab_quantile_test(spend, adjustment => 'bonferroni') FROM experiment;
SELECT ab_quantile_test(spend, shares => '{1}') FROM experiment;
SELECT ab_quantile_test(spend, shares => '{1,0}') FROM experiment;
SELECT ab_quantile_test(spend, shares => '{1,NULL}') FROM experiment;
SELECT ab_quantile_test(plain) FROM experiment;
SELECT ab_quantile_test(s)
FROM (SELECT ab_quantile_state(i, CASE i WHEN 0 THEN 1.7e308 ELSE -1.7e308 END) AS s FROM generate_series(0, 1) AS i) AS t;
SELECT ab_test(spend) FROM experiment;
SELECT ab_winsorize(spend, 0) FROM experiment;
SELECT ab_winsorize(plain, 0.5) FROM experiment;
SELECT ab_winsorized_state('a', 'NaN', 5);
SELECT ab_winsorized_state('a', 1, 'Infinity');
SELECT ab_winsorized_state('a', 1, NULL);
SELECT ab_winsorized_state('a', 1, 5, 'NaN');
SELECT ab_winsorized_state('a', 1, i) FROM generate_series(1, 2) AS i;
SELECT rollup(s) FROM experiment, unnest(ARRAY[capped, higher]) AS s;
SELECT rollup(s) FROM experiment, unnest(ARRAY[capped, plain]) AS s;
SELECT rollup_subtract(spend, (SELECT ab_quantile_state('coupon', 99))) FROM experiment;
