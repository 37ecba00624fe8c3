-- scatter_svg: points, cells, centers, order, plans, limits.
BEGIN;
SELECT plan(42);

CREATE TABLE point AS SELECT i, (i * 7919 % 10007) / 100.0::float8 + i / 1e6 AS x, (i * 104729::bigint % 20011) / 7.0::float8 - 500 AS y,
	'group ' || i % 3 AS g, i % 3 AS k FROM generate_series(1, 100000) AS i;
CREATE FUNCTION pg_temp.draw(xs float8[], ys float8[]) RETURNS text LANGUAGE sql AS $$
	SELECT scatter_svg(x, y) FROM unnest(xs, ys) AS t (x, y) $$;
CREATE FUNCTION pg_temp.plan(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN
	RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query;
END $$;
-- corners of the marks, one path a line
CREATE FUNCTION pg_temp.marks(svg text) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM regexp_matches(svg, 'M[-0-9. ]+a', 'g') $$;

SELECT is(pg_temp.marks(scatter_svg(x, y)), count(*), 'a mark for each row') FROM point WHERE i <= 500;
SELECT is(pg_temp.marks(scatter_svg(x, y)), count(*), 'up to 4,000') FROM point WHERE i <= 4000;
SELECT ok(v ~ '>\d+ rows in a cell<' AND pg_temp.marks(v) = 0, 'then cells')
	FROM (SELECT scatter_svg(x, y) FROM point WHERE i <= 4001) AS t (v);
SELECT is(pg_temp.marks(scatter_svg(i % 4, i % 3)), 12::bigint, 'equal rows are one mark') FROM generate_series(1, 600) AS i;
-- whole numbers below 16 have a cell each, whatever the width of a cell below 1
SELECT ok(scatter_svg(i % 16, i % 16) ~ '>1,000 rows in a cell<', 'the key says how many the fullest cell has')
	FROM generate_series(1, 16000) AS i;
SELECT ok(v::xml IS DOCUMENT AND v !~ 'NaN|inf', 'drawn: ' || what)
FROM (VALUES ('one row', '{3}'::float8[]), ('equal rows', '{7.25,7.25,7.25}'), ('zeros', '{0,-0,0}'),
	('large numbers, little apart', '{1e15,1000000000000001,1000000000000020}'), ('the largest', '{-1.7e308,1.7e308,0}'),
	('the smallest', '{5e-324,-5e-324,1e-310}'), ('tiny and huge', '{1e-300,1e300}')) AS t (what, x), pg_temp.draw(x, x) AS v;
SELECT ok(v::xml IS DOCUMENT AND v !~ 'NaN|inf', 'cells: ' || what)
FROM (VALUES ('equal rows', '{7.25}'::float8[]), ('zeros', '{0,-0,0}'), ('the largest', '{-1.7e308,1.7e308,0}'),
	('the smallest', '{5e-324,-5e-324,1e-310}')) AS t (what, x),
	LATERAL (SELECT scatter_svg(u, u) FROM unnest(x) AS u, generate_series(1, 4001)) AS d (v);
SELECT ok(v::xml IS DOCUMENT AND v !~ 'NaN|inf', 'log scales, ' || n || ' rows')
	FROM (SELECT n, scatter_svg(10::float8 ^ (i % 600 - 300), i, chart_options(
	x_scale => 'log', y_scale => 'log')) FROM unnest('{4000,4001}'::int[]) AS n, generate_series(1, n) AS i GROUP BY n) AS t (n, v);

SELECT ok(v ~ 'Means of x and y: a 2, 5; b 10, 20"?<', 'centers are means')
	FROM (SELECT grouped_scatter_svg(x, y, g) FROM (VALUES (1, 4, 'a'), (3, 6, 'a'), (10, 20, 'b')) AS t (x, y, g)) AS t (v);
SELECT is((SELECT regexp_replace(v, '.*Means of x and y: (.*)</desc>.*', '\1')
	FROM (SELECT grouped_scatter_svg(x, y, g) FROM point) AS t (v)),
	(SELECT string_agg(g || ' ' || trim_scale(round(ax::numeric, 2)) || ', ' || trim_scale(round(ay::numeric, 1)), '; ' ORDER BY g)
		FROM (SELECT g, avg(x) AS ax, avg(y) AS ay FROM point GROUP BY g) AS t), 'of cells too');
SELECT ok(grouped_scatter_svg(x, y, g) ~ '>group 0<.*>group 1<.*>group 2<', 'with a legend') FROM point;
SELECT is(grouped_scatter_svg(x, y, k), grouped_scatter_svg(x, y, k::text), 'a number is a label') FROM point WHERE i < 3;
SELECT ok(v ~ '9,993 others, added up' AND v::xml IS DOCUMENT, '10,000 groups')
	FROM (SELECT grouped_scatter_svg(i, i, i) FROM generate_series(1, 10000) AS i) AS t (v);
SELECT ok(v ~ '&#60;b&#62;' AND v::xml IS DOCUMENT, 'markup stays text, long and empty names fit')
	FROM (SELECT grouped_scatter_svg(length(g), 1, g) FROM unnest(ARRAY['<b>', '', repeat('long ', 200), E'\u05E9\u05DC']) AS g) AS t (v);

-- order, workers, states merged by hand
SELECT is(count(DISTINCT v), 1::bigint, n || ' rows: the same bytes in any order')
FROM unnest('{1,2,3000,5000,100000}'::int[]) AS n, LATERAL (
	SELECT grouped_scatter_svg(x, y, g ORDER BY i) FROM point WHERE i <= n UNION ALL
	SELECT grouped_scatter_svg(x, y, g ORDER BY x) FROM point WHERE i <= n UNION ALL
	SELECT grouped_scatter_svg(x, y, g ORDER BY i * 31 % 1009, i) FROM point WHERE i <= n) AS t (v)
GROUP BY n ORDER BY n;
CREATE TEMP TABLE drawn AS SELECT scatter_svg(x, y) AS v, grouped_scatter_svg(x, y, g) AS w, histogram_svg(x) AS h,
	grouped_histogram_svg(y, g) AS hg FROM point;
SET LOCAL parallel_setup_cost = 0; SET LOCAL parallel_tuple_cost = 0; SET LOCAL min_parallel_table_scan_size = 0;
SET LOCAL max_parallel_workers_per_gather = 2;
SELECT ok((SELECT (v, w, h, hg) FROM drawn) = (SELECT (scatter_svg(x, y), grouped_scatter_svg(x, y, g), histogram_svg(x),
	grouped_histogram_svg(y, g)) FROM point), 'and in two workers');
SELECT ok((SELECT bool_or(line ~ 'Workers Planned: 2') FROM pg_temp.plan('SELECT scatter_svg(x, y) FROM point') AS line),
	'which the plan has');

SELECT is(scatter_svg(NULL, 1), NULL, 'no row is no chart');
SELECT ok(scatter_svg(x, nullif(i, 7)) ~ '>1 row with NULL is not shown<', 'rows with NULL are counted') FROM point WHERE i < 20;
SELECT throws_ok($$ SELECT scatter_svg(1, 'NaN') $$, '22003', 'y must be finite');
SELECT throws_ok($$ SELECT scatter_svg(0, 1, '{"x_scale": "log"}') $$, '22023', 'x on a log scale must be positive and finite, not 0');
SELECT throws_ok($$ SELECT scatter_svg(1, 1, '{"bins": 5}') $$, '22023', 'option "bins" is not used by method "scatter_svg"');
SELECT throws_ok($$ SELECT scatter_svg(1, 1, NULL) $$, '22004', NULL, 'no options are an error');
SELECT throws_ok($$ SELECT scatter_svg(i, i, jsonb_build_object('width', 300 + i)) FROM generate_series(1, 2) AS i $$, '22023', NULL,
	'options that change are an error');
SELECT throws_ok($$ SELECT scatter_svg_final('\x0123456789') $$, 'XX001', NULL, 'a state that is none');

SELECT ok(v !~ '"[^"]*1000000', 'centers of the smallest numbers are among them')
	FROM (SELECT grouped_scatter_svg(x, x, 1, '{"x_scale": "log", "y_scale": "log"}')
		FROM unnest('{5e-324,1e-310,3e-308}'::float8[]) AS x) AS t (v);

SET LOCAL segment.training_memory = '1MB';
SELECT throws_ok('SELECT grouped_scatter_svg(i, i, i % 9000) FROM generate_series(1, 20000) AS i', '54000',
	'memory for the chart exceeds the setting segment.training_memory', 'as much memory as the setting allows');
SELECT ok(scatter_svg(i, i % 777) IS NOT NULL, 'many rows fit') FROM generate_series(1, 20000) AS i;

SELECT * FROM finish();
ROLLBACK;
