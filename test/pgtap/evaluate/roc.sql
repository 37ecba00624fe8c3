-- Ranked scores against scikit-learn, R's pROC and SQL, however rows are ordered
-- and planned.
BEGIN;
SELECT plan(36);

CREATE FUNCTION pg_temp.is_near(got float8, want float8, what text) RETURNS text
	LANGUAGE sql RETURN cmp_ok(abs(got - want), '<=', 1e-12 * greatest(1, abs(want)), what);
CREATE TABLE scored AS
	SELECT i, label, ties, (i * 7919 % 1999) / 1000.0::float8 - 0.5 + label::int / 4.0::float8 AS few
	FROM (SELECT i, (i * i * 31 + i * 17) % 1009 < ties * 1009 AS label, ties
		FROM (SELECT i, (i * 7919 % 101) / 100.0::float8 AS ties FROM generate_series(1, 2000) AS i) AS t) AS u;
ANALYZE scored;
CREATE TABLE named AS
	SELECT 'ties' AS name, i, label, ties AS score FROM scored
	UNION ALL SELECT 'few ties', i, label, few FROM scored
	UNION ALL SELECT 'opposite', i, label, -few FROM scored
	UNION ALL SELECT 'small', i, label, ties FROM scored WHERE i <= 12;

-- made by test/oracle/roc_auc.R
CREATE TEMP TABLE delong (name text, auc float8, std_error float8, low float8, high float8, low_80 float8, high_80 float8);
INSERT INTO delong VALUES
	('ties', 0.84227390552995396, 0.0085684298778173629, 0.82548009156537505, 0.85906771949453287, 0.83129302080577794,
		0.85325479025412998),
	('few ties', 0.62326038866487454, 0.012342881757570107, 0.5990687849546007, 0.64745199237514839, 0.60744234922512863,
		0.63907842810462046),
	('opposite', 0.37673961133512546, 0.012342881757570107, 0.35254800762485161, 0.4009312150453993, 0.3609215718953796,
		0.39255765077487131),
	('small', 0.90625, 0.10431537004953502, 0.70179563166894321, 1, 0.77256447420265406, 1);
CREATE TEMP TABLE interval_of AS
	SELECT name, roc_auc(label, score) AS plain, roc_auc_interval(label, score) AS at_95, roc_auc_interval(label, score, 0.8) AS at_80
	FROM named GROUP BY name;
SELECT pg_temp.is_near((at_95).auc, auc, 'area of ' || name) FROM interval_of JOIN delong USING (name);
SELECT is((at_95).auc, plain, 'the same as roc_auc, ' || name) FROM interval_of;
SELECT pg_temp.is_near((at_95).std_error, std_error, 'standard error of ' || name) FROM interval_of JOIN delong USING (name);
SELECT pg_temp.is_near(greatest(abs((at_95).ci_low - low), abs((at_95).ci_high - high)), 0, '95 % interval of ' || name)
FROM interval_of JOIN delong USING (name);
SELECT pg_temp.is_near(greatest(abs((at_80).ci_low - low_80), abs((at_80).ci_high - high_80)), 0, '80 % interval of ' || name)
FROM interval_of JOIN delong USING (name);

-- made by test/oracle/evaluate.py
CREATE TEMP TABLE golden (name text, auc float8, average_precision float8, corners int, fpr float8, tpr float8, thresholds float8,
	cost float8, threshold float8);
INSERT INTO golden VALUES
	('ties', 0.8422739055299538, 0.8406837127894123, 88, 28.8859126984127, 60.297379032258064, 42.959999999999994, 725.0, 0.27),
	('few ties', 0.6232603886648744, 0.6448707524432995, 862, 375.6468253968254, 489.30745967741933, 534.2769999999995, 876.0, -0.247);
CREATE TEMP TABLE answer AS
	SELECT name, roc_auc(label, score) AS auc, average_precision(label, score) AS ap, roc_curve(label, score) AS curve,
		best_threshold(label, score, 1, 3) AS best
	FROM named JOIN golden USING (name) GROUP BY name;
SELECT pg_temp.is_near(ap, average_precision, 'average precision, ' || name) FROM answer JOIN golden USING (name);
SELECT pg_temp.is_near(greatest(abs((SELECT sum(false_positive_rate) FROM unnest(curve)) - fpr),
	abs((SELECT sum(true_positive_rate) FROM unnest(curve)) - tpr),
	abs((SELECT sum(p.threshold) FROM unnest(curve[2:]) AS p) - thresholds), abs(cardinality(curve) - corners)) / 1000,
	0, 'curve, ' || name)
FROM answer JOIN golden USING (name);
SELECT is(ARRAY[(best).cost, (best).threshold], ARRAY[cost, threshold], 'least cost, ' || name) FROM answer JOIN golden USING (name);
SELECT pg_temp.is_near(sum((x - last_x) * (y + last_y) / 2), auc, 'the area under the curve is the area, ' || name)
FROM (SELECT name, auc, false_positive_rate AS x, lag(false_positive_rate) OVER w AS last_x, true_positive_rate AS y,
		lag(true_positive_rate) OVER w AS last_y
	FROM answer, unnest(curve) WINDOW w AS (PARTITION BY name ORDER BY threshold DESC)) AS t GROUP BY name, auc;
SELECT is(best, ROW(0.27, 725, (SELECT count(*) FROM scored WHERE ties >= 0.27 AND label),
	(SELECT count(*) FROM scored WHERE ties >= 0.27 AND NOT label),
	(SELECT count(*) FROM scored WHERE ties < 0.27 AND NOT label),
		(SELECT count(*) FROM scored WHERE ties < 0.27 AND label))::best_threshold_result,
	'and its rows') FROM answer WHERE name = 'ties';

-- the same bits in any order and plan, in memory or not
CREATE TEMP TABLE bits AS
	SELECT ROW(roc_auc(label, few), roc_auc_interval(label, few), average_precision(label, few), best_threshold(label, few, 1, 3),
		roc_curve(label, few))::text AS x FROM scored;
SELECT is(ROW(roc_auc(label, few ORDER BY i % 17, -i), roc_auc_interval(label, few ORDER BY -i), average_precision(label,
	few ORDER BY few),
	best_threshold(label, few, 1, 3 ORDER BY -few), roc_curve(label, few ORDER BY label, i % 3))::text, x, 'in another order')
FROM scored, bits GROUP BY x;
SELECT is((SELECT count(*) FROM (SELECT i, roc_auc(label, few) OVER (ORDER BY i) AS running FROM scored WHERE i <= 60) AS w
	WHERE running IS DISTINCT FROM (SELECT roc_auc(label, few) FROM scored WHERE scored.i <= w.i)), 0::bigint,
	'a running window agrees with a group');

-- edges
SELECT is(ARRAY[roc_auc(i > 5, i), roc_auc(i <= 5, i), roc_auc(i > 5, 7)], '{1,0,0.5}', 'right, wrong, all scores equal')
FROM generate_series(1, 10) AS i;
SELECT is(ARRAY[roc_auc(true, i), average_precision(false, i), (roc_auc_interval(false, i)).auc], '{NULL,NULL,NULL}', 'one label only')
FROM generate_series(1, 10) AS i;

-- spilled, and too many to sort
CREATE TABLE many AS SELECT i % 1000 < 300 + i % 500 AS label, i % 700 AS coarse, i FROM generate_series(1, 200000) AS i;
CREATE TEMP TABLE in_memory AS SELECT roc_auc_interval(label, coarse) AS x FROM many;
SET LOCAL segment.training_memory = '1MB';
SELECT is(roc_auc_interval(label, coarse), x, 'scores on disk') FROM many, in_memory GROUP BY x;
SELECT isnt(roc_auc(label, i), NULL, '32768 different rows') FROM many WHERE i <= 32768;
SELECT throws_ok('SELECT roc_auc(label, i) FROM many WHERE i <= 32769', '54000', 'too many rows for roc_auc', 'one more is too many');

SELECT * FROM finish();
ROLLBACK;
