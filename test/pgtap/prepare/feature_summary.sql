-- feature_summary: exact fractions, SQL's own aggregates, and the same bytes in any order and split.
BEGIN;
SELECT plan(19);

-- largest relative gap between two arrays, so that no test prints a raw float
CREATE FUNCTION pg_temp.gap(got float8[], want float8[]) RETURNS float8
	LANGUAGE sql IMMUTABLE
	RETURN (SELECT max(abs(g - w) / CASE w WHEN 0 THEN 1 ELSE abs(w) END) FROM unnest(got, want) AS t(g, w));

CREATE TEMP TABLE visitor AS
	SELECT i, i % 7 AS day, ARRAY[k * 1e-300, k * 0.1::float8, k, k * 1e15, k * 1e300]::feature_vector AS v,
		ARRAY[i % 13, CASE WHEN i % 3 > 0 THEN i % 11 * 0.3 END, 1e9 + i % 5] AS a
	FROM (SELECT i, (i * 37 % 101 - 20)::float8 AS k FROM generate_series(1, 200) AS i) AS t;

-- numbers made by test/oracle/prepare.py
SELECT cmp_ok(pg_temp.gap(ARRAY[s.mean, s.stddev], ARRAY[w.mean, w.stddev]), '<=', 4e-16::float8,
	format('mean and stddev of element %s', w.position))
FROM (VALUES
	(1, 3.018e-299, 2.9141615755551737e-299),
	(2, 3.0180000000000002, 2.9141615755551737),
	(3, 30.18, 29.141615755551737),
	(4, 3.018e+16, 2.9141615755551736e+16),
	(5, 3.018e+301, 2.9141615755551737e+301)
) AS w(position, mean, stddev)
JOIN feature_statistics((SELECT feature_summary(v) FROM visitor)) AS s USING (position);

CREATE TEMP VIEW by_sql AS
	SELECT j, count(a[j]) AS count, count(*) - count(a[j]) AS missing, avg(a[j]) AS mean, stddev(a[j]) AS stddev,
		min(a[j]::float8) AS min, max(a[j]::float8) AS max
	FROM visitor, generate_series(1, 3) AS j GROUP BY j;
SELECT is(array_agg((s.count, s.missing, s.min, s.max)::text ORDER BY position),
	array_agg((b.count, b.missing, b.min, b.max)::text ORDER BY j), 'counts and extremes are SQL''s')
FROM feature_statistics((SELECT feature_summary(a) FROM visitor)) AS s JOIN by_sql AS b ON j = position;
SELECT cmp_ok(max(pg_temp.gap(ARRAY[s.mean, s.stddev], ARRAY[b.mean, b.stddev])), '<', 1e-12::float8, 'mean and deviation are SQL''s')
FROM feature_statistics((SELECT feature_summary(a) FROM visitor)) AS s JOIN by_sql AS b ON j = position;

SELECT is((SELECT feature_summary(a ORDER BY i % 17, i) FROM visitor), (SELECT feature_summary(a ORDER BY -i) FROM visitor),
	'the same bytes in any order');
SELECT is((SELECT rollup(s)::text FROM (SELECT feature_summary(v) AS s FROM visitor GROUP BY day) AS t),
	(SELECT feature_summary(v)::text FROM visitor), 'days add up to the bytes of the whole');
SELECT is((SELECT feature_summary(a::feature_vector) FROM visitor), (SELECT feature_summary(a) FROM visitor),
	'an array is a vector');
SELECT is((SELECT feature_summary(v)::text::segment_summary FROM visitor), (SELECT feature_summary(v) FROM visitor),
	'the text gives the summary back');
SELECT is((SELECT s FROM (SELECT i, feature_summary(a) OVER (ORDER BY i) AS s FROM visitor) AS t WHERE i = 200),
	(SELECT feature_summary(a) FROM visitor), 'a running window ends in the whole');

SELECT is((SELECT feature_summary(NULL::feature_vector)), NULL, 'no rows give NULL');
SELECT results_eq($$SELECT count, missing, mean, stddev, min, max
	FROM feature_statistics((SELECT feature_summary(ARRAY[NULL, 4]::float8[])))$$,
	$$VALUES (0::bigint, 1::bigint, NULL::float8, NULL::float8, NULL::float8, NULL::float8), (1, 0, 4, NULL, 4, 4)$$,
	'what one row leaves open is NULL');
SELECT is((SELECT stddev FROM feature_statistics((SELECT feature_summary(ARRAY[0.1::float8]) FROM generate_series(1, 1000)))),
	0::float8, 'a constant has deviation 0');
SELECT is((SELECT mean FROM feature_statistics((SELECT feature_summary(ARRAY[x]) FROM unnest('{1e300,1,-1e300}'::float8[]) AS x))),
	1 / 3.0::float8, 'large terms that cancel leave the small one');
SELECT throws_ok($$SELECT * FROM feature_statistics((SELECT feature_summary(ARRAY[x])
	FROM unnest('{1.7e308,-1.7e308}'::float8[]) AS x))$$,
	'22003', 'stddev is out of range', 'a deviation beyond float8');
SELECT throws_ok($$SELECT feature_summary(x) FROM (VALUES ('[1]'::feature_vector), ('[1,2]')) AS t(x)$$, '2202E', NULL,
	'lengths must agree');
SELECT throws_ok($$SELECT * FROM feature_statistics((SELECT kaplan_meier(1, true)))$$, '42804',
	'expected a feature summary, got a Kaplan-Meier summary', 'a summary of another kind');

SELECT * FROM finish();
ROLLBACK;
