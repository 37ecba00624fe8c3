-- ab_bayes, bandit_allocate, thompson_sample, ucb1: ordinary calls and every error
SELECT variant, n, round(mean::numeric, 4) AS mean, round(chance_to_win::numeric, 6) AS chance, round(expected_loss::numeric, 6) AS loss
FROM (SELECT ab_state(v, i <= 40 + 15 * v) AS s FROM generate_series(0, 1) AS v, generate_series(1, 100) AS i) AS t, ab_bayes(s);
SELECT kind, variant, round(chance_to_win::numeric, 6) AS chance, round(expected_loss::numeric, 6) AS loss
FROM (SELECT ab_state(i % 2, i * 7 % 13 + i % 2) AS mean, ab_state(i % 2, i * 7 % 13 + i % 2, i * 7 % 13) AS adjusted,
		ab_ratio_state(i % 2, i * 7 % 13, 1 + i % 5) AS ratio FROM generate_series(1, 101) AS i) AS t,
	LATERAL (VALUES ('mean', mean), ('adjusted', adjusted), ('ratio', ratio)) AS k (kind, s), ab_bayes(s) ORDER BY kind, variant;
SELECT variant, n, mean, chance_to_win, expected_loss
FROM (SELECT ab_state(i % 3, CASE WHEN i % 3 = 0 THEN 5 ELSE i END) AS s FROM generate_series(1, 8) AS i) AS t, ab_bayes(s)
WHERE variant = '0';
SELECT count(*) FROM ab_bayes(NULL);
SELECT round(share::numeric, 6) AS share FROM unnest(bandit_allocate('{10,15,2}', '{100,100,5}')) AS share;
SELECT bandit_allocate('{0}', '{0}') AS one, bandit_allocate('{3,3}', '{9,9}') = '{0.5,0.5}' AS alike,
	round((bandit_allocate(ARRAY[5, 900000], ARRAY[10, 1000000]))[1]::numeric, 6) AS narrow;
SELECT round(thompson_sample(10, 90, 1)::numeric, 6) AS draw, round(thompson_sample(10, 90, 2)::numeric, 6) AS another,
	round(thompson_sample(10, 90, 1, 'b')::numeric, 6) AS of_b, thompson_sample(10, 90, 1) = thompson_sample(10, 90, 1, '') AS same,
	thompson_sample(0, 0, 5) BETWEEN 0 AND 1 AS unknown;
SELECT round(ucb1(40, 1000, 2060)::numeric, 6) AS bound, ucb1(0, 0, 0) AS untried, ucb1(1, 1, 1) AS first;
SELECT bandit_allocate(NULL, '{1}') IS NULL AS successes, thompson_sample(1, NULL, 1) IS NULL AS failures,
	ucb1(1, 1, NULL) IS NULL AS total;

-- errors
SELECT bandit_allocate('{1,2}', '{3}');
SELECT bandit_allocate('{}', '{}');
SELECT bandit_allocate('{1,NULL}', '{3,3}');
SELECT bandit_allocate('{4}', '{3}');
SELECT bandit_allocate('{-1}', '{3}');
SELECT bandit_allocate('{1}', '{NaN}');
SELECT bandit_allocate(array_fill(1::float8, ARRAY[101]), array_fill(1::float8, ARRAY[101]));
SELECT thompson_sample(-1, 1, 1);
SELECT thompson_sample(1, 'Infinity', 1);
SELECT ucb1(2, 1, 5);
SELECT ucb1(1, 6, 5);
SELECT ucb1('NaN', 1, 5);
SELECT ucb1(0, -1, 5);
SELECT ab_bayes((SELECT confusion_matrix('a', 'b')));
SELECT ab_bayes(s) FROM (SELECT ab_state(i, i > 5) AS s FROM generate_series(1, 101) AS i) AS t;
