-- Profiles of segments against SQL's own aggregates, and whatever the order, plan and parts.
BEGIN;
SELECT plan(12);

CREATE TEMP TABLE t AS
	SELECT i, 'tier ' || i * i % 7 AS segment,
		ARRAY[1e6 + sin(i), CASE WHEN i % 3 > 0 THEN i * 7919 % 1009 END, i * i % 7, CASE WHEN i * i % 7 = 1 THEN i END]::float8[] AS x
	FROM generate_series(1, 2000) AS i;
CREATE TEMP TABLE profile AS SELECT segment_profile(segment, x) AS p FROM t;
CREATE TEMP TABLE expected AS
	SELECT segment, j::text AS feature, count(*) AS rows, avg(x[j]) AS mean, max(all_mean) AS all_mean, max(all_stddev) AS all_stddev,
		stddev(x[j]) AS stddev, min(x[j]) AS min, max(x[j]) AS max, avg((x[j] IS NULL)::int)::float8 AS share
	FROM t, (SELECT j, avg(x[j]) AS all_mean, stddev(x[j]) AS all_stddev FROM t, generate_series(1, 4) AS j GROUP BY j) AS a
	GROUP BY segment, j;

SELECT is(count(*), 16::bigint, 'four segments of four features') FROM profile, segment_features(p);
CREATE TEMP TABLE pairs AS
	SELECT f.*, e.rows AS rows_want, e.mean AS mean_want, all_mean, all_stddev, e.stddev AS stddev_want, e.min AS min_want,
		e.max AS max_want, share
	FROM profile, segment_features(p) AS f FULL JOIN expected AS e USING (segment, feature);
SELECT is(count(*), 16::bigint, 'the same') FROM pairs;
SELECT ok(bool_and(rows = rows_want AND min IS NOT DISTINCT FROM min_want AND max IS NOT DISTINCT FROM max_want
	AND share_missing = share), 'counts and extremes') FROM pairs;
SELECT cmp_ok(max(abs(mean - mean_want) / abs(mean_want)), '<', 1e-14::float8, 'means') FROM pairs WHERE mean_want <> 0;
SELECT cmp_ok(max(abs(overall_mean - all_mean) / abs(all_mean)), '<', 1e-14::float8, 'overall means') FROM pairs;
SELECT cmp_ok(max(abs(stddev - stddev_want)), '<', 1e-7::float8, 'deviations') FROM pairs;
SELECT cmp_ok(max(abs(standardized_difference - (mean_want - all_mean) / all_stddev)), '<', 1e-7::float8, 'standardized differences')
FROM pairs;
SELECT is(array_agg(DISTINCT segment), '{tier 0,tier 2,tier 4}', 'NULL where no row has the element')
FROM pairs WHERE mean IS NULL AND min IS NULL AND standardized_difference IS NULL AND feature = '4' AND mean_want IS NULL;

-- the same bits in any order, and from parts
SELECT is((SELECT segment_profile(segment, x ORDER BY md5(i::text))::text FROM t), p::text, 'any order') FROM profile;
SELECT is((SELECT rollup(part)::text
		FROM (SELECT segment_profile(segment, x) AS part FROM t GROUP BY i % 13, i / 500) AS s), p::text, 'parts')
FROM profile;
SELECT ok(p::text::segment_summary = p, 'a profile comes back from its text') FROM profile;
SELECT throws_ok(format('SELECT %L::segment_summary', replace(p::text, '"rows_used": 2000', '"rows_used": 2001')), 'XX001', NULL,
	'rows that do not add up') FROM profile;

SELECT * FROM finish();
ROLLBACK;
