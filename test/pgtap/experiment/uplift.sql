-- Uplift tables and Qini curves against scikit-uplift, A/B tests and SQL, however rows
-- are ordered and planned.
BEGIN;
SELECT plan(47);

CREATE FUNCTION pg_temp.is_near(got float8, want float8, what text) RETURNS text
	LANGUAGE sql RETURN cmp_ok(abs(got - want), '<=', 1e-12 * greatest(1, abs(want)), what);
CREATE TABLE users AS
	SELECT i, treated, level::float8 AS ties, (i * 7919 % 1999) / 1000.0::float8 + level / 4.0::float8 AS few,
		(i * 7919 % 1999)::float8 AS hash, ordered, ordered::int * (500 + (i * 13 % 97) / 7.0::float8) AS spent
	FROM (SELECT *, (i * i * 31 + i * 17) % 1009 < 200 + CASE WHEN treated THEN 10 * level ELSE 0 END AS ordered
		FROM (SELECT i, (i * i * 7 + i) % 11 < 7 AS treated, i * 7919 % 23 AS level FROM generate_series(1, 1999) AS i) AS t) AS u;
ANALYZE users;

-- made by test/oracle/uplift.py
SELECT pg_temp.is_near(got, want, 'Qini coefficient: ' || name)
FROM (SELECT qini_coefficient(treated, ordered, ties) AS ties, qini_coefficient(treated, ordered, few) AS few,
		qini_coefficient(treated, ordered, -ties) AS worse, qini_coefficient(treated, ordered, i * 31 % 1999) AS nothing FROM users) AS c,
	LATERAL (VALUES
		('ties', c.ties, 0.11776305152283122),
		('few ties', c.few, 0.11327425275303309),
		('worse than chance', c.worse, -0.117394280961771),
		('says nothing', c.nothing, -0.0383120888590019)) AS v(name, got, want);
CREATE TEMP TABLE golden_curve AS SELECT * FROM unnest(
	'{0.0,87.0,174.0,261.0,348.0,435.0,522.0,608.0,695.0,782.0,869.0,956.0,1043.0,1130.0,1217.0,1304.0,1391.0,1478.0,
		1565.0,1652.0,1739.0,1826.0,1913.0,1999.0}'::float8[],
	'{0.0,19.652173913043477,35.30434782608695,49.714285714285715,66.57446808510639,86.23076923076923,86.55319148936171,
		105.19393939393939,111.00529100529101,102.45283018867924,101.6186440677966,117.86153846153847,125.71830985915494,
		127.59934853420197,129.10271903323263,136.27887323943662,133.76781002638523,145.9900497512438,145.4718309859155,
		146.98222222222222,148.82278481012656,156.66666666666669,154.50766283524905,150.86630036630038}'::float8[],
	'{0.0,26.714673913043477,47.99184782608695,67.93418100224383,91.21226336069694,117.95718432510887,
		118.58468755235384,144.3745263013886,152.4677415981764,140.55809334657397,139.50489999196722,161.89027409372235,
		172.7591530739112,175.19716141391035,177.3340960084019,187.25779842384125,183.86464797104924,200.53280068061179,
		199.88008383929565,202.0088445183953,204.58721168759698,215.41666666666666,
		212.48969015372492,207.5579727682274}'::float8[])
	WITH ORDINALITY AS g(users, qini, gain, place);
CREATE TEMP TABLE curve AS
	SELECT p.* FROM (SELECT qini_curve(treated, ordered, ties) AS points FROM users) AS c,
		unnest(points) WITH ORDINALITY AS p(threshold, n_treated, n_control, qini, random_qini, gain, place);
SELECT is((SELECT count(*) FROM curve), 24::bigint, 'a point for no user, and for each score');
SELECT pg_temp.is_near(max(greatest(abs(n_treated + n_control - users), abs(c.qini - g.qini), abs(c.gain - g.gain)) / (1 + users)), 0,
	'the curve of scikit-uplift') FROM curve AS c JOIN golden_curve AS g USING (place);
CREATE TEMP TABLE golden_bin (n int, bin int, n_treated int, n_control int, mean_treated float8, mean_control float8, uplift float8);
INSERT INTO golden_bin VALUES
	(5, 1, 291, 109, 0.25773195876288657, 0.14678899082568808, 0.11094296793719849),
	(5, 2, 290, 110, 0.32068965517241377, 0.20909090909090908, 0.11159874608150469),
	(5, 3, 291, 109, 0.29896907216494845, 0.2018348623853211, 0.09713420977962733),
	(5, 4, 290, 110, 0.2896551724137931, 0.19090909090909092, 0.09874608150470221),
	(5, 5, 291, 108, 0.24054982817869416, 0.1388888888888889, 0.10166093928980527),
	(10, 1, 144, 56, 0.2708333333333333, 0.19642857142857142, 0.07440476190476189),
	(10, 2, 147, 53, 0.24489795918367346, 0.09433962264150944, 0.15055833654216402),
	(10, 3, 146, 54, 0.3150684931506849, 0.18518518518518517, 0.12988330796549974),
	(10, 4, 144, 56, 0.3263888888888889, 0.23214285714285715, 0.09424603174603174),
	(10, 5, 145, 55, 0.2689655172413793, 0.18181818181818182, 0.08714733542319747),
	(10, 6, 146, 54, 0.3287671232876712, 0.2222222222222222, 0.106544901065449),
	(10, 7, 146, 54, 0.2534246575342466, 0.24074074074074073, 0.012683916793505862),
	(10, 8, 144, 56, 0.3263888888888889, 0.14285714285714285, 0.18353174603174605),
	(10, 9, 147, 53, 0.2585034013605442, 0.1509433962264151, 0.10756000513412914),
	(10, 10, 144, 55, 0.2222222222222222, 0.12727272727272726, 0.09494949494949495);
SELECT pg_temp.is_near(max(greatest(abs(g.n_treated - b.n_treated), abs(g.n_control - b.n_control),
	abs(g.mean_treated - b.mean_treated), abs(g.mean_control - b.mean_control), abs(g.uplift - b.uplift))), 0,
	n || ' bins of scikit-uplift')
FROM (SELECT n, uplift_table(treated, ordered, hash, n) AS bins FROM users, unnest('{5,10}'::int[]) AS n GROUP BY n) AS t
	CROSS JOIN unnest(bins) AS b JOIN golden_bin AS g USING (n, bin) GROUP BY n ORDER BY n;

-- a bin is an A/B test of its users
CREATE TABLE outcomes AS
	SELECT 'yes or no' AS name, i, treated, ties AS score, ordered::int::float8 AS y FROM users
	UNION ALL SELECT 'number', i, treated, ties, 2.5 + spent FROM users
	UNION ALL SELECT 'number, few ties', i, treated, few, 2.5 + spent FROM users
	UNION ALL SELECT 'far from 0', i, treated, few, 1e9 + spent FROM users
	UNION ALL SELECT 'an arm is missing below', i, treated, ties, 2.5 + spent FROM users WHERE treated OR ties > 12
	UNION ALL SELECT 'few', i, treated, few, 2.5 + spent FROM users WHERE i <= 9;
CREATE TEMP TABLE tables AS
	SELECT name, n, b.* FROM (SELECT name, n, uplift_table(treated, y, score, n, 0.9) AS bins
		FROM outcomes, unnest('{1,4,10,300,10000}'::int[]) AS n GROUP BY name, n) AS t, unnest(bins) AS b;
CREATE TEMP TABLE tested AS
	SELECT t.*, c.n AS tested_n, c.difference, c.ci_low AS test_low, c.ci_high AS test_high, c.mean AS test_mean
	FROM tables AS t,
		LATERAL (SELECT ab_state(treated, y) AS state FROM outcomes AS o
			WHERE o.name = t.name AND score BETWEEN lowest_score AND highest_score) AS s,
		LATERAL (SELECT * FROM ab_test(state, confidence => 0.9) WHERE n_treated > 0 AND n_control > 0 AND variant = 'true') AS c;
SELECT is(count(*) FILTER (WHERE tested_n <> n_treated OR abs(mean_treated - test_mean) > tolerance * (1 + abs(test_mean))
		OR abs(uplift - difference) > tolerance OR num_nulls(ci_low, test_low) = 1 OR num_nulls(ci_high, test_high) = 1
		OR greatest(abs(ci_low - test_low), abs(ci_high - test_high)) > tolerance), 0::bigint, 'a bin is an A/B test: ' || name)
FROM (SELECT *, CASE name WHEN 'far from 0' THEN 1e-5 ELSE 1e-9 END AS tolerance FROM tested) AS t GROUP BY name ORDER BY name;

-- all users are there, each in the bin in which SQL's ntile has the first one of the same score
SELECT is(count(*), 0::bigint, 'bins of ntile, and what is so far')
FROM tables AS t
FULL JOIN (
	SELECT name, n, bin, max(score) AS high, min(score) AS low, avg(score) AS mean_score,
		count(*) FILTER (WHERE treated) AS treated, count(*) FILTER (WHERE NOT treated) AS control,
		avg(y) FILTER (WHERE treated) AS mean_treated, avg(y) FILTER (WHERE NOT treated) AS mean_control
	FROM (SELECT o.*, min(tile) OVER (PARTITION BY name, n, score) AS bin
		FROM (SELECT o.*, n, ntile(n) OVER (PARTITION BY name, n ORDER BY score DESC) AS tile
			FROM outcomes AS o, unnest('{1,4,10,300,10000}'::int[]) AS n) AS o) AS o
	GROUP BY name, n, bin) AS w USING (name, n, bin)
WHERE t.n_treated IS DISTINCT FROM w.treated OR t.n_control IS DISTINCT FROM w.control OR highest_score <> high OR lowest_score <> low
	OR abs(t.mean_score - w.mean_score) > 1e-9 OR num_nulls(t.mean_treated, w.mean_treated) = 1
	OR greatest(abs(t.mean_treated - w.mean_treated), abs(t.mean_control - w.mean_control)) > 1e-12 * (1 + abs(w.mean_treated));
SELECT is(count(*), 0::bigint, 'what is so far, added up in SQL')
FROM (SELECT *, n_treated * mean_treated AS sum_treated, n_control * mean_control AS sum_control,
		sum(n_treated) OVER w AS t, sum(n_control) OVER w AS c, sum(n_treated * mean_treated) OVER w AS yt,
		sum(n_control * mean_control) OVER w AS yc
	FROM tables WINDOW w AS (PARTITION BY name, n ORDER BY bin)) AS s
WHERE CASE WHEN t > 0 AND c > 0
	THEN uplift_so_far IS NULL OR abs(uplift_so_far - (yt / t - yc / c)) > 1e-5 OR abs(gain - uplift_so_far * (t + c)) > 1e-5
		OR abs(qini - uplift_so_far * t) > 1e-5
	ELSE num_nonnulls(uplift_so_far, gain, qini) > 0 END;
SELECT is(count(*), 0::bigint, 'NULL only where an arm is missing')
FROM tables WHERE num_nulls(mean_treated, mean_control, uplift) <> CASE WHEN n_treated * n_control = 0 THEN 2 ELSE 0 END;

-- the curve and its area, summed up in SQL
CREATE TEMP TABLE curves AS
	SELECT name, p.* FROM (SELECT name, qini_curve(treated, y, score) AS points FROM outcomes GROUP BY name) AS t,
		unnest(points) WITH ORDINALITY AS p(threshold, n_treated, n_control, qini, random_qini, gain, place);
SELECT is(count(*), 0::bigint, 'points of the curve')
FROM (SELECT *, CASE name WHEN 'far from 0' THEN 0.1 ELSE 1e-8 END AS tolerance FROM curves) AS p
FULL JOIN (
	SELECT s.*, 1 + row_number() OVER (PARTITION BY name ORDER BY score DESC) AS place, slope * (t + c) AS random
	FROM (SELECT DISTINCT name, score, count(*) FILTER (WHERE treated) OVER s AS t, count(*) FILTER (WHERE NOT treated) OVER s AS c,
			coalesce(sum(y) FILTER (WHERE treated) OVER s, 0) AS yt, coalesce(sum(y) FILTER (WHERE NOT treated) OVER s, 0) AS yc
		FROM outcomes WINDOW s AS (PARTITION BY name ORDER BY score DESC)) AS s
	JOIN (SELECT name, (avg(y) FILTER (WHERE treated) - avg(y) FILTER (WHERE NOT treated)) * count(*) FILTER (WHERE treated)
			/ count(*) AS slope FROM outcomes GROUP BY name) AS o USING (name)) AS w USING (name, place)
WHERE CASE WHEN place = 1 THEN threshold <> 'Infinity' OR n_treated + n_control + qini + random_qini + gain <> 0
	ELSE threshold IS DISTINCT FROM score OR n_treated <> t OR n_control <> c OR abs(random_qini - random) > tolerance
		OR abs(qini - CASE WHEN c > 0 THEN yt - yc * t / c ELSE yt END) > tolerance
		OR (gain IS NULL) <> (t = 0 OR c = 0) OR abs(gain - (yt / nullif(t, 0) - yc / nullif(c, 0)) * (t + c)) > tolerance END;
SELECT pg_temp.is_near(got, want, 'area of the curve: ' || name)
FROM (SELECT name, qini_area(treated, y, score) AS got FROM outcomes GROUP BY name) AS a
JOIN (SELECT name, sum((above + lag) / 2 * users) / sum(users) / max(n_treated) AS want
	FROM (SELECT *, qini - random_qini AS above, lag(qini - random_qini) OVER w AS lag,
			n_treated + n_control - lag(n_treated + n_control) OVER w AS users
		FROM curves WINDOW w AS (PARTITION BY name ORDER BY place)) AS c GROUP BY name) AS w USING (name)
WHERE name <> 'far from 0' ORDER BY name;
SELECT pg_temp.is_near(far / area, 1, 'an outcome far from 0 has the same area, but for scores without a control above them')
FROM (SELECT qini_area(treated, 1e5 + spent, ties) AS far, qini_area(treated, spent, ties) AS area FROM users) AS a;

-- yes or no is 1 or 0
SELECT is(uplift_table(treated, ordered, few, 7)::text, uplift_table(treated, ordered::int, few, 7, 0.95)::text, 'a flag or a number')
FROM users;
SELECT is(qini_curve(treated, ordered, few)::text, qini_curve(treated, ordered::int, few)::text, 'a flag or a number, on a curve')
FROM users;
SELECT is(qini_area(treated, ordered, few), qini_area(treated, ordered::int, few), 'a flag or a number, as an area') FROM users;

-- any order, any memory, any plan: the same bits
CREATE FUNCTION pg_temp.everything() RETURNS text LANGUAGE sql AS $$
	SELECT concat(uplift_table(treated, spent, few, 7), qini_curve(treated, spent, few), qini_area(treated, spent, few),
		qini_coefficient(treated, ordered, ties)) FROM users $$;
SELECT is((SELECT concat(uplift_table(treated, spent, few, 7 ORDER BY spent, i), qini_curve(treated, spent, few ORDER BY -i),
	qini_area(treated, spent, few ORDER BY ties, i), qini_coefficient(treated, ordered, ties ORDER BY i % 7, i)) FROM users),
	pg_temp.everything(), 'in any order');
CREATE TEMP TABLE large AS SELECT u.*, few + j % 3 AS score FROM users AS u, generate_series(1, 75) AS j; -- 3.6 MB, 6000 different rows
CREATE TEMP TABLE in_memory AS
	SELECT uplift_table(treated, spent, score, 9)::text AS bins, qini_area(treated, ordered, score) AS area FROM large;
SET LOCAL segment.training_memory = '1MB';
SELECT is(uplift_table(treated, spent, score, 9)::text, bins, 'rows on disk') FROM large, in_memory GROUP BY bins;
SELECT is(qini_area(treated, ordered, score), area, 'rows on disk, area') FROM large, in_memory GROUP BY area;
SELECT throws_ok('SELECT qini_area(i % 2 = 0, i % 3 = 0, i) FROM generate_series(1, 16385) AS i', '54000', 'too many rows for qini_area',
	'more different rows than can be sorted');
SELECT lives_ok('SELECT qini_area(i % 2 = 0, i % 3 = 0, i) FROM generate_series(1, 16384) AS i', 'as many as can be sorted');
RESET segment.training_memory;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(pg_temp.everything(), everything, 'a parallel plan') FROM (SELECT pg_temp.everything()) AS e(everything);

-- what must hold for any score
SELECT is(ARRAY[qini_coefficient(treated, ordered, exp(few) - 7), qini_area(treated, spent, few ^ 3 + 2 * few)],
	ARRAY[qini_coefficient(treated, ordered, few), qini_area(treated, spent, few)], 'only the order of scores matters') FROM users;
SELECT is(ARRAY[qini_coefficient(treated, ordered, 7), qini_area(treated, ordered, 7)], '{0,0}', 'equal scores say nothing') FROM users;
SELECT is(count(*), 0::bigint, 'exchange of arms: uplift and gain change their sign')
FROM (SELECT uplift_table(treated, spent, few, 9) AS a, uplift_table(NOT treated, spent, few, 9) AS b FROM users) AS t,
	unnest(a) AS a JOIN unnest(t.b) AS b USING (bin)
WHERE a.uplift <> -b.uplift OR abs(a.ci_low + b.ci_high) > 1e-9 OR a.gain <> -b.gain OR a.uplift_so_far <> -b.uplift_so_far;
SELECT pg_temp.is_near(qini_coefficient(treated, ordered, CASE WHEN NOT ordered THEN 0 WHEN treated THEN 1 ELSE -1 END), 1,
	'the best order')
FROM users;
CREATE TEMP TABLE draws AS
	SELECT draw, qini_coefficient(treated, ordered, fold(i, 1000000, 'draw ' || draw)) AS coefficient
	FROM users, generate_series(1, 200) AS draw GROUP BY draw;
SELECT cmp_ok(abs(avg(coefficient)) / (stddev(coefficient) / sqrt(count(*))), '<', 3::float8, 'random scores: 0 on average') FROM draws;
SELECT cmp_ok(max(abs(coefficient)), '<', 0.1::float8, 'no random score is far from 0') FROM draws;
SELECT cmp_ok(max(coefficient), '<', (SELECT qini_coefficient(treated, ordered, ties) FROM users),
	'nor as good as the score that the outcome was made from') FROM draws;
SELECT cmp_ok(qini_coefficient(treated, ordered, CASE WHEN NOT ordered THEN 0 WHEN treated THEN -1 ELSE 1 END), '<',
	(SELECT min(coefficient) FROM draws),
	'the worst order') FROM users;

-- nearly no data
SELECT is(uplift_table(treated, y, 1, 3)::text,
	'{"(1,1,1,1,1,0,5,,,,,,,)"}', 'one user') FROM (VALUES (true, 5)) AS t(treated, y);
SELECT is(uplift_table(i > 1, i, i, 2, 0.5)::text, '{"(1,3,2,2.5,2,0,2.5,,,,,,,)","(2,1,1,1,0,1,,1,,,,1.5,4.5,3)"}',
	'an arm in each bin') FROM generate_series(1, 3) AS i;
SELECT is(ARRAY[qini_area(true, i, i), qini_area(false, i > 1, i), qini_coefficient(true, i > 1, i)], '{NULL,NULL,NULL}',
	'one arm: no area') FROM generate_series(1, 3) AS i;
SELECT is(qini_curve(true, i, i), NULL, 'one arm: no curve') FROM generate_series(1, 3) AS i;
SELECT is(ARRAY[qini_coefficient(i % 2 = 0, false, i), qini_area(i % 2 = 0, false, i)], '{NULL,0}', 'nobody says yes')
FROM generate_series(1, 9) AS i;
SELECT is(qini_coefficient(i % 2 = 0, true, -i), 0::float8, 'everybody says yes, and a control comes first')
FROM generate_series(1, 9) AS i;

SELECT * FROM finish();
ROLLBACK;
