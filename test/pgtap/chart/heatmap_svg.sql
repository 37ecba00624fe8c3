-- heatmap_svg: cells, order, both signs, limits.
BEGIN;
SELECT plan(20);

CREATE TEMP TABLE cell AS SELECT x, y, x * 10.0 + y AS value FROM generate_series(1, 12) AS x, generate_series(1, 5) AS y WHERE x + y < 15;
CREATE FUNCTION pg_temp.texts(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(m[1] ORDER BY n) FROM regexp_matches(svg, '<text[^>]*>([^<]*)<', 'g') WITH ORDINALITY AS r (m, n) $$;
CREATE FUNCTION pg_temp.cells(svg text) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) - 9 FROM regexp_matches(svg, '<rect class="[rv]', 'g') $$;

SELECT is(pg_temp.cells(heatmap_svg(x, y, value)), count(*), 'a cell for each pair that has a row') FROM cell;
SELECT ok(pg_temp.texts(heatmap_svg(x, y, value)) @> array_agg(to_char(value, 'FM999')), 'with its value') FROM cell;
SELECT is(pg_temp.cells(heatmap_svg(x, y, value)), 12::bigint, 'rows of a cell add up')
	FROM (SELECT x, 1 AS y, value FROM cell) AS t;
SELECT is((SELECT array_agg(t ORDER BY n) FROM (SELECT t, n, count(*) OVER () AS total FROM unnest(pg_temp.texts(
	(SELECT heatmap_svg(x, y, value) FROM cell))) WITH ORDINALITY AS u (t, n)) AS u WHERE n > total - 12),
	'{1,2,3,4,5,6,7,8,9,10,11,12}', 'columns in the order of numbers');
SELECT ok(heatmap_svg(x, y, value) ~ 'class="r0".*class="r8"', 'one sign: one side of colors') FROM cell;
SELECT ok(heatmap_svg(x, y, value - 60) ~ 'class="v0"' AND heatmap_svg(x, y, value - 60) !~ 'class="r', 'both signs: two')
	FROM cell;
SELECT ok(heatmap_svg(x, y, 7) ~ 'class="r4"', 'all values alike') FROM cell;
SELECT ok(heatmap_svg(x, y, value)::xml IS DOCUMENT, 'well-formed') FROM cell;
SELECT is(heatmap_svg(x, y, value ORDER BY value), heatmap_svg(x, y, value ORDER BY y, x DESC), 'the same bytes in any order')
	FROM cell;
SELECT is(heatmap_svg(x, y, value) FILTER (WHERE value < 0), NULL, 'no row is no chart') FROM cell;
SELECT ok(heatmap_svg(x, nullif(y, 1), value) ~ '>12 rows with NULL are not shown<', 'rows with NULL are counted') FROM cell;
SELECT ok(heatmap_svg('only', 'cell', -0.5, chart_options(y_format => 'percent', title => 'One')) ~ '>&#8722;50%<', 'one cell');
SELECT ok(pg_temp.texts(heatmap_svg(x, 'a', v, chart_options(y_format => 'percent'))) @> '{70.0%,75.7%,68.5%}', 'as many digits each')
	FROM (VALUES (1, 0.7), (2, 0.757), (3, 0.6846)) AS t (x, v);
SELECT ok(pg_temp.texts(heatmap_svg(x, '', 1)) @> '{(empty),web}', 'an empty label is seen') FROM unnest('{"",web}'::text[]) AS x;
SELECT throws_ok('SELECT heatmap_svg(i, 1, 1) FROM generate_series(1, 31) AS i', '54000', 'too many labels of x: 31');
SELECT throws_ok('SELECT heatmap_svg(1, i, 1, chart_options("limit" => 5)) FROM generate_series(1, 31) AS i', '54000',
	'too many labels of y: 31');
SELECT throws_like('SELECT heatmap_svg(i / 600, i % 600, i, chart_options("limit" => 600)) FROM generate_series(0, 359999) AS i',
	'chart is too large: it needs 1677____ bytes', 'more than 16 MB');
SELECT throws_ok('SELECT heatmap_svg(1, 1, 1, chart_options(colors => ''{#000000}''))', '22023',
	'option "colors" is not used by method "heatmap_svg"');

SELECT ok(v ~ '>0&#8239;W+&#8230;<' AND v ~ '>9&#8239;W+&#8230;<', 'the key cuts wide units')
	FROM (SELECT heatmap_svg(i, 1, i, chart_options(width => 240, y_unit => repeat('W', 64))) FROM generate_series(0, 9) AS i) AS t (v);
SELECT throws_ok(format('SELECT heatmap_svg_final(%L)', overlay(state placing '\xff' FROM 12)), 'XX001', NULL, 'a number of rows below 0')
	FROM chart_cells_trans(NULL, 'a', 'b', 1) AS state;

SELECT * FROM finish();
ROLLBACK;
