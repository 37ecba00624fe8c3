-- sample sizes and power: golden answers of R; each is the inverse of the other.
BEGIN;
SELECT plan(9);

-- made by test/oracle/sample_size.R
CREATE TEMP TABLE shares (baseline float8, effect float8, power float8, significance float8, users bigint, power_of_1000 float8);
INSERT INTO shares VALUES
	(0.01, 0.002, 0.8, 0.05, 42693, 0.062851561234781667),
	(0.01, 0.002, 0.95, 0.05, 70682, 0.062851561234781667),
	(0.01, 0.05, 0.8, 0.05, 211, 0.99998424574431233),
	(0.01, 0.05, 0.95, 0.05, 349, 0.99998424574431233),
	(0.01, -0.005, 0.8, 0.05, 4673, 0.25322360386225212),
	(0.01, -0.005, 0.95, 0.05, 7736, 0.25322360386225212),
	(0.2, 0.002, 0.8, 0.05, 630260, 0.032274053727652012),
	(0.2, 0.002, 0.95, 0.05, 1043466, 0.032274053727652012),
	(0.2, 0.05, 0.8, 0.05, 1094, 0.76384418583633917),
	(0.2, 0.05, 0.95, 0.05, 1810, 0.76384418583633917),
	(0.2, -0.005, 0.8, 0.05, 99519, 0.046560084123044826),
	(0.2, -0.005, 0.95, 0.05, 164764, 0.046560084123044826),
	(0.5, 0.002, 0.8, 0.05, 981105, 0.03070548628733993),
	(0.5, 0.002, 0.95, 0.05, 1624330, 0.03070548628733993),
	(0.5, 0.05, 0.8, 0.05, 1565, 0.60997523623700944),
	(0.5, 0.05, 0.95, 0.05, 2590, 0.60997523623700944),
	(0.5, -0.005, 0.8, 0.05, 156973, 0.041248677939129945),
	(0.5, -0.005, 0.95, 0.05, 259885, 0.041248677939129945);
CREATE TEMP TABLE means (deviation float8, effect float8, power float8, significance float8, correlation float8, users bigint,
	power_of_1000 float8);
INSERT INTO means VALUES
	(1, 0.1, 0.8, 0.05, 0, 1570, 0.60876590304889655),
	(1, 0.1, 0.8, 0.05, -0.6, 1005, 0.79817520446846546),
	(1, 0.1, 0.8, 0.001, 0, 3415, 0.14583646744645759),
	(1, 0.1, 0.8, 0.001, -0.6, 2186, 0.31014416170337733),
	(1, -2, 0.8, 0.05, 0, 4, 1),
	(1, -2, 0.8, 0.05, -0.6, 3, 1),
	(1, -2, 0.8, 0.001, 0, 9, 1),
	(1, -2, 0.8, 0.001, -0.6, 6, 1),
	(30, 0.1, 0.8, 0.05, 0, 1412799, 0.029686012358360638),
	(30, 0.1, 0.8, 0.05, -0.6, 904191, 0.030965146445462159),
	(30, 0.1, 0.8, 0.001, 0, 3073437, 0.00064997424466702264),
	(30, 0.1, 0.8, 0.001, -0.6, 1967000, 0.00069346523837581343),
	(30, -2, 0.8, 0.05, 0, 3532, 0.31944476043993242),
	(30, -2, 0.8, 0.05, -0.6, 2261, 0.46153235117068475),
	(30, -2, 0.8, 0.001, 0, 7684, 0.035944947345424499),
	(30, -2, 0.8, 0.001, -0.6, 4918, 0.076770240674823187);
CREATE TEMP TABLE pages AS SELECT (i * i * 17 % 5 + i * 11 % 13 / 4)::float8 AS c, (5 + i * 11 % 13)::float8 AS v
	FROM generate_series(1, 900) AS i;
SELECT is(ARRAY(SELECT s FROM shares AS s WHERE sample_size_proportion(baseline, effect, power, significance) <> users), '{}',
	'users for shares are those of R');
SELECT is(ARRAY(SELECT s FROM shares AS s
	WHERE abs(power_proportion(baseline, effect, 1000, significance) / power_of_1000 - 1) > 1e-12), '{}', 'power for shares, too');
SELECT is(ARRAY(SELECT m FROM means AS m WHERE sample_size_mean(deviation, effect, power, significance, correlation) <> users), '{}',
	'users for means are those of R');
SELECT is(ARRAY(SELECT m FROM means AS m
	WHERE abs(power_mean(deviation, effect, 1000, significance, correlation) / power_of_1000 - 1) > 1e-12), '{}',
	'power for means, too');
SELECT is(count(*), 0::bigint, 'no fewer users have the power') FROM shares
WHERE power_proportion(baseline, effect, users, significance) < power
	OR power_proportion(baseline, effect, users - 1, significance) >= power;
SELECT is(count(*), 0::bigint, 'neither do they for means') FROM means
WHERE power_mean(deviation, effect, users, significance, correlation) < power
	OR users > 2 AND power_mean(deviation, effect, users - 1, significance, correlation) >= power;
SELECT is(ARRAY[sample_size_proportion(0.1, 0.02), sample_size_mean(10, 1), sample_size_mean(10, 1, correlation => 0.6)],
	ARRAY[sample_size_proportion(0.1, 0.02, 0.8, 0.05), sample_size_mean(10, 1, 0.8, 0.05, 0), sample_size_mean(8, 1)],
	'defaults; a covariate leaves the rest of the deviation');
-- the delta method: the deviation of the numerator less ratio times denominator
SELECT is(sample_size_ratio(avg(c), stddev_samp(c), avg(v), stddev_samp(v), corr(c, v), 0.02),
	sample_size_mean((SELECT stddev_samp((c - r * v) / w) FROM pages, (SELECT avg(c) / avg(v) AS r, avg(v) AS w FROM pages) AS t), 0.02),
	'users for ratios')
FROM pages;
SELECT is(num_nulls(sample_size_proportion(NULL, 0.1), sample_size_mean(1, NULL), sample_size_ratio(1, 1, 1, 1, 0, NULL),
	power_proportion(0.1, 0.1, NULL), power_mean(1, 1, NULL)), 5, 'NULL gives NULL');

SELECT * FROM finish();
ROLLBACK;
