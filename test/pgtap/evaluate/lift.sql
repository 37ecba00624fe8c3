-- Lift and calibration tables against scikit-learn and SQL, however rows are ordered.
BEGIN;
SELECT plan(18);

CREATE TABLE scored AS
	SELECT i, (i * i * 31 + i * 17) % 1009 < score * 1009 AS label, score, i * 7919 % 1999 + 5000 * (i / 2000) AS distinct_score
	FROM (SELECT i, (i * 7919 % 101) / 100.0::float8 AS score FROM generate_series(1, 2000) AS i) AS t;

-- without ties, the bins are those of ntile
CREATE FUNCTION pg_temp.unlike_ntile(n int) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*)
	FROM (SELECT b.* FROM (SELECT lift_table(label, distinct_score, n) AS bins FROM scored) AS l, unnest(bins) AS b) AS got
	FULL JOIN (
		SELECT bin, max(distinct_score)::float8 AS high, min(distinct_score)::float8 AS low, count(*) AS users,
			sum(label::int)::float8 AS positives, avg(label::int)::float8 AS rate, avg(label::int)::float8 / base AS lift,
			(sum(sum(label::int)) OVER w / sum(count(*)) OVER w)::float8 / base AS lift_so_far,
			(sum(sum(label::int)) OVER w)::float8 / (base * 2000) AS gain
		FROM (SELECT *, ntile(n) OVER (ORDER BY distinct_score DESC) AS bin, avg(label::int) OVER ()::float8 AS base FROM scored) AS s
		GROUP BY bin, base WINDOW w AS (ORDER BY bin)) AS want USING (bin)
	WHERE got.users IS DISTINCT FROM want.users OR got.highest_score <> want.high OR got.lowest_score <> want.low
		OR greatest(abs(got.positives - want.positives), abs(got.rate - want.rate), abs(got.lift - want.lift),
			abs(got.lift_so_far - want.lift_so_far), abs(got.gain - want.gain)) > 1e-12 $$;
SELECT is(pg_temp.unlike_ntile(n), 0::bigint, n || ' bins') FROM unnest('{1,7,10,1999,2000,9000}'::int[]) AS n;

-- each of the users of one score counts for as much as all of them
CREATE TEMP TABLE shared AS
	SELECT *, ntile(7) OVER (ORDER BY score DESC) AS bin, avg(label::int) OVER (PARTITION BY score)::float8 AS as_true FROM scored;
SELECT is(count(*), 0::bigint, 'ties are shared out')
FROM (SELECT b.* FROM (SELECT lift_table(label, score, 7) AS bins FROM scored) AS l, unnest(bins) AS b) AS got
FULL JOIN (SELECT bin, max(score) AS high, min(score) AS low, count(*) AS users, sum(as_true) AS positives
	FROM shared GROUP BY bin) AS want USING (bin)
WHERE got.users IS DISTINCT FROM want.users OR got.highest_score <> want.high OR got.lowest_score <> want.low
	OR abs(got.positives - want.positives) > 1e-9;
SELECT is(lift_table(label, score, 7 ORDER BY -i)::text, lift_table(label, score, 7)::text, 'in any order') FROM scored;
SELECT is(lift_table(false, i, 2)::text, '{"(1,3,2,2,0,0,,,)","(2,1,1,1,0,0,,,)"}', 'no true user: no lift')
FROM generate_series(1, 3) AS i;

-- made by test/oracle/evaluate.py
CREATE TEMP TABLE golden (strategy text, n int, mean float8[], rate float8[]);
INSERT INTO golden VALUES
	('uniform', 1, '{0.5000149999999998}',
		'{0.496}'),
	('uniform', 7, '{0.0699326599326599,0.2152877697841726,0.35528985507246374,0.49959595959595976,0.6449640287769787,
		0.7852707581227439,0.9297979797979795}',
		'{0.06734006734006734,0.20863309352517986,0.34782608695652173,0.48484848484848486,0.6330935251798561,0.8014440433212996,
		0.9292929292929293}'),
	('uniform', 10, '{0.049999999999999926,0.15492385786802032,0.25482412060301496,0.35507614213197985,0.45499999999999985,0.555,
		0.654773869346734,0.7549238578680204,0.8550000000000003,0.9550761421319791}',
		'{0.05045871559633028,0.14213197969543148,0.24623115577889448,0.3401015228426396,0.435,0.5612244897959183,
		0.6582914572864321,0.7258883248730964,0.875,0.9695431472081218}'),
	('quantile', 1, '{0.5000149999999998}',
		'{0.496}'),
	('quantile', 7, '{0.0699326599326599,0.2152877697841726,0.3603378378378379,0.5046209386281586,0.65,0.795379061371842,
		0.9348375451263528}',
		'{0.06734006734006734,0.20863309352517986,0.34797297297297297,0.49458483754512633,0.6342281879194631,0.8158844765342961,
		0.9350180505415162}'),
	('quantile', 10, '{0.049999999999999926,0.15492385786802032,0.25482412060301496,0.35507614213197985,0.45499999999999985,0.555,
		0.654773869346734,0.7549238578680204,0.8550000000000003,0.9550761421319791}',
		'{0.05045871559633028,0.14213197969543148,0.24623115577889448,0.3401015228426396,0.435,0.5612244897959183,
		0.6582914572864321,0.7258883248730964,0.875,0.9695431472081218}');
CREATE TEMP TABLE calibration AS
	SELECT g.strategy, g.n, g.mean, g.rate, calibration_table(label, score, g.n, g.strategy) AS bins
	FROM golden AS g, scored GROUP BY 1, 2, 3, 4;
SELECT cmp_ok(max(greatest(abs(b.mean_probability - mean[place]), abs(b.rate - c.rate[place]))), '<', 1e-12::float8,
	c.n || ' bins, ' || strategy)
FROM calibration AS c, unnest(bins) WITH ORDINALITY AS b(bin, low, high, users, mean_probability, rate, place)
WHERE cardinality(bins) = cardinality(mean) GROUP BY c.n, strategy;
SELECT is(count(*), 0::bigint, 'users are between the edges')
FROM calibration, unnest(bins) AS b
WHERE users <> (SELECT count(*) FROM scored WHERE score <= high AND (score > low OR b.bin = 1));
SELECT is(calibration_table(label, score, 7 ORDER BY -i)::text, calibration_table(label, score, 7, 'uniform')::text,
	'uniform is the default')
FROM scored;
SELECT is(calibration_table(label, p, 4)::text, '{"(1,0,0.25,2,0.125,0.5)","(4,0.75,1,1,1,1)"}', 'edges belong to the bin below')
FROM (VALUES (true, 0.0), (false, 0.25), (true, 1)) AS t(label, p);

SELECT * FROM finish();
ROLLBACK;
