-- welch_t_test, chi_square_test, mann_whitney_test: ordinary calls and every error
CREATE TEMP TABLE users AS
	SELECT i, CASE WHEN i % 3 > 0 THEN 'control' ELSE 'coupon' END AS variant, (i * i * 7 % 11)::numeric AS spend,
		i * i % 5 < 2 AS ordered
	FROM generate_series(1, 60) AS i;
SELECT round(statistic::numeric, 6) AS t, round(degrees_of_freedom::numeric, 6) AS df, round(p_value::numeric, 6) AS p,
	round(difference::numeric, 6) AS difference, round(ci_low::numeric, 6) AS low, round(ci_high::numeric, 6) AS high, groups, users
FROM (SELECT (welch_t_test(variant, spend)).* FROM users) AS t;
SELECT round(u::numeric, 1) AS u, round(share_larger::numeric, 6) AS share, round(z::numeric, 6) AS z, round(p_value::numeric, 6) AS p,
	groups, users
FROM (SELECT (mann_whitney_test(variant, spend)).* FROM users) AS t;
SELECT round(chi_square::numeric, 6) AS chi_square, degrees_of_freedom AS df, round(p_value::numeric, 6) AS p,
	round(cramers_v::numeric, 6) AS v, n, round(smallest_expected::numeric, 6) AS smallest
FROM (SELECT (chi_square_test(variant, ordered)).* FROM users) AS t;
SELECT (w).groups, (m).groups FROM (SELECT welch_t_test(ordered, spend) AS w, mann_whitney_test(i % 2, spend) AS m FROM users) AS t;
SELECT (chi_square_test(i % 3, i % 2)).chi_square, (chi_square_test(ordered, ordered)).cramers_v,
	(chi_square_test(i % 3, variant)).degrees_of_freedom AS df FROM users;

-- rows with a NULL; little to compare
SELECT welch_t_test(variant, spend), mann_whitney_test(variant, spend), chi_square_test(variant, spend::int)
FROM (VALUES ('a', NULL), (NULL, 5)) AS t(variant, spend);
SELECT welch_t_test(variant, spend), mann_whitney_test(variant, spend), chi_square_test(variant, spend::int)
FROM (VALUES ('a', 1), ('a', 2), ('a', 2)) AS t(variant, spend);
SELECT welch_t_test(i, i), mann_whitney_test(i, i), chi_square_test(i, i) FROM generate_series(1, 2) AS i;
SELECT welch_t_test(i % 2, 7), mann_whitney_test(i % 2, 7), chi_square_test(i % 2, 7) FROM generate_series(1, 4) AS i;
SELECT pg_typeof(welch_t_test(i, i)) = 'welch_t_test_result'::regtype AS welch,
	pg_typeof(chi_square_test(i, i)) = 'chi_square_test_result'::regtype AS chi_square,
	pg_typeof(mann_whitney_test(i, i)) = 'mann_whitney_test_result'::regtype AS mann_whitney FROM generate_series(1, 2) AS i;

-- errors
SELECT welch_t_test(i, i) FROM generate_series(1, 3) AS i;
SELECT mann_whitney_test(i, i) FROM generate_series(1, 3) AS i;
SELECT chi_square_test(i, i) FROM generate_series(1, 1001) AS i;
SELECT welch_t_test(1, 'NaN');
SELECT mann_whitney_test(1, 'Infinity');
SELECT mann_whitney_test_final('\x00');
SELECT chi_square_test_final('\x00');
SELECT welch_t_test_final((SELECT confusion_matrix('a', 'b')));
