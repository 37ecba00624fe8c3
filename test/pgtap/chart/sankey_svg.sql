-- sankey_svg and path_sankey_svg: ribbons and nodes hold the data, in an order with few crossings.
BEGIN;
SELECT plan(41);

CREATE TEMP TABLE move AS
	SELECT i, (ARRAY['gold', 'silver', 'bronze'])[fold(i, 3, 'last')] AS last,
		(ARRAY['gold', 'silver', 'bronze', 'gone'])[fold(i, 4, 'this')] AS this, fold(i, 9, 'value')::float8 AS value
	FROM generate_series(1, 2000) AS i;
CREATE TEMP TABLE visit AS
	SELECT i, n, fold(i, 4, 'page' || n) AS page, fold(i, 4, 'page' || n + 1) AS next
	FROM generate_series(1, 500) AS i, generate_series(1, 3) AS n;
CREATE FUNCTION pg_temp.texts(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(replace(m[1], '&#183;', '-') ORDER BY n)
	FROM regexp_matches(svg, '<text[^>]*>([^<]*)<', 'g') WITH ORDINALITY AS r (m, n) $$;
-- what is said of each ribbon, and how high it is
CREATE FUNCTION pg_temp.ribbons(svg text) RETURNS TABLE (words text, height numeric, x numeric) LANGUAGE sql AS $$
	SELECT replace(m[4], '&#8594;', 'to'), m[3]::numeric - m[2]::numeric, m[1]::numeric
	FROM regexp_matches(svg, '<path class="[^"]*" d="M([\d.]+) [^L]* ([\d.]+)L[\d.]+ ([\d.]+)[^"]*"><title>([^<]*)<', 'g') AS r (m) $$;
CREATE FUNCTION pg_temp.nodes(svg text) RETURNS TABLE (x numeric, y numeric, height numeric) LANGUAGE sql AS $$
	SELECT m[1]::numeric, m[2]::numeric, m[3]::numeric
	FROM regexp_matches(svg, '<rect class="[sc][^"]*" x="([\d.]+)" y="([\d.]+)" width="12" height="([\d.]+)"', 'g') AS r (m) $$;

-- ---------- the picture holds the data ----------

CREATE TEMP TABLE drawn AS SELECT sankey_svg(last, this, value) AS svg FROM move;
SELECT set_eq('SELECT words FROM drawn, pg_temp.ribbons(svg)',
	$$SELECT last || ' to ' || this || ' ' || to_char(sum(value), 'FM9,999') FROM move GROUP BY last, this$$, 'a ribbon for each move');
SELECT ok(max(scale) - min(scale) < 0.01 * min(scale), 'as high as its value')
	FROM (SELECT height / sum AS scale FROM drawn, pg_temp.ribbons(svg) AS r JOIN (SELECT last || ' to ' || this || ' '
		|| to_char(sum(value), 'FM9,999') AS words, sum(value) FROM move GROUP BY last, this) AS s USING (words)) AS t;
SELECT ok(abs(n.sum - 2 * r.sum) < 0.1, 'nodes of both sides are as high as their ribbons')
	FROM (SELECT sum(height) FROM drawn, pg_temp.nodes(svg)) AS n, (SELECT sum(height) FROM drawn, pg_temp.ribbons(svg)) AS r;
SELECT ok(pg_temp.texts(svg) @> (SELECT array_agg(last || ' - ' || to_char(sum, 'FM9,999')) FROM (SELECT last, sum(value)
	FROM move GROUP BY last) AS t) AND pg_temp.texts(svg) @> (SELECT array_agg(this || ' - ' || to_char(sum, 'FM9,999'))
	FROM (SELECT this, sum(value) FROM move GROUP BY this) AS t), 'labels have the sums of both sides') FROM drawn;
SELECT is(count(DISTINCT x), 2::bigint, 'two columns') FROM drawn, pg_temp.nodes(svg);
SELECT is((SELECT array_agg(split_part(t, ' ', 1) ORDER BY n) FROM unnest(pg_temp.texts((SELECT sankey_svg(last, this, value,
	chart_options(label_order => '{bronze,gold,silver}')) FROM move))) WITH ORDINALITY AS u (t, n)),
	'{bronze,gold,silver,bronze,gold,silver,gone}', 'label_order is of both sides');
SELECT is((SELECT array_agg(split_part(t, ' ', 1) ORDER BY n) FROM unnest(pg_temp.texts((SELECT sankey_svg(last, this, value,
	chart_options(sort => 'label')) FROM move))) WITH ORDINALITY AS u (t, n)),
	'{bronze,gold,silver,bronze,gold,gone,silver}', 'sort label');
SELECT is((SELECT array_agg(split_part(t, ' ', 1) ORDER BY n) FROM unnest(pg_temp.texts((SELECT sankey_svg(last, this, value,
	chart_options(sort => 'value')) FROM move))) WITH ORDINALITY AS u (t, n)),
	(SELECT array_agg(name ORDER BY side, sum DESC) FROM (SELECT 1 AS side, last AS name, sum(value) FROM move GROUP BY last
	UNION ALL SELECT 2, this, sum(value) FROM move GROUP BY this) AS t), 'sort value');
SELECT is((SELECT array_agg(split_part(t, ' ', 1) ORDER BY n) FROM unnest(pg_temp.texts((SELECT sankey_svg(s, t, v)
	FROM (VALUES ('a', 'z', 3), ('b', 'y', 2), ('c', 'x', 4)) AS r (s, t, v)))) WITH ORDINALITY AS u (t, n)), '{c,a,b,x,z,y}',
	'without options nothing crosses that need not');
SELECT ok(svg LIKE '%>35 others, added up &#183; 700<%' AND svg LIKE '%>5 others, added up &#183; 400<%', 'the others of each side')
	FROM (SELECT sankey_svg('a' || s, 'b' || t, 2, '{"limit": 5}') AS svg
		FROM generate_series(1, 40) AS s, generate_series(1, 10) AS t) AS t;
SELECT ok(svg LIKE '%>9,970 others, added up%' AND svg::xml IS DOCUMENT, '10,000 labels')
	FROM (SELECT sankey_svg(i, -i, i) AS svg FROM generate_series(1, 10000) AS i) AS t;
SELECT is(count(*), 1::bigint, 'a value of 0 is not drawn')
	FROM (SELECT sankey_svg(s, t, v) AS svg FROM (VALUES ('a', 'b', 3), ('c', 'd', 0)) AS r (s, t, v)) AS t, pg_temp.ribbons(svg);
SELECT ok(sankey_svg('a', 'b', 0) LIKE '%>Nothing moves: all values are 0<%', 'nothing at all');
SELECT ok(svg LIKE '%>a &#8594; a 1<%', 'a name on both sides of one move') FROM (SELECT sankey_svg('a', 'a', 1) AS svg) AS t;
SELECT is(sankey_svg(i, i, 7), sankey_svg(i::text, i, 7), 'numbers may be texts') FROM generate_series(1, 5) AS i;
SELECT is(sankey_svg(s, t, v), NULL, 'no row is no chart') FROM (VALUES (NULL, 'a', 1), ('a', NULL, 1), ('a', 'a', NULL)) AS r (s, t, v);
SELECT ok(sankey_svg(s, t, 1) LIKE '%>1 row with NULL is not shown<%', 'a row with NULL is counted')
	FROM (VALUES ('a', 'b'), ('a', NULL)) AS r (s, t);
SELECT ok(svg::xml IS DOCUMENT AND svg !~* '(nan|inf)', 'huge and tiny values')
	FROM (SELECT sankey_svg(s, t, v) AS svg FROM (VALUES ('a', 'b', 1e308), ('b', 'a', 1e-300), ('c', 'c', 5e-324)) AS r (s, t, v)) AS t;
SELECT ok(svg::xml IS DOCUMENT AND svg !~* '(nan|inf)', 'a tiny value alone') FROM (SELECT sankey_svg('a', 'b', 5e-324) AS svg) AS t;
SELECT ok(length(sankey_svg(repeat('x', 100000) || i, repeat('y', 100000), 1)) < 10000, 'long labels are cut')
	FROM generate_series(1, 3) AS i;
SELECT ok(svg::xml IS DOCUMENT AND svg !~ '<(script|b)>' AND svg LIKE '%&#1513;%', 'labels are text')
	FROM (SELECT sankey_svg(s, s || '</title><b>', 1, chart_options(title => '<&>')) AS svg
		FROM (VALUES ('<script>alert(1)</script>'), ('שלום'), (''), (chr(8238) || 'x')) AS r (s)) AS t;
SELECT ok(bool_and(svg !~ '(href|src|@import|url\()' AND svg ~ '<desc>Sankey diagram\. \w+ to \w+ [\d,]+; ' AND svg ~ 'and 4 more</desc>'),
	'nothing is loaded; screen readers have words') FROM drawn;

-- ---------- paths ----------

CREATE TEMP TABLE path AS SELECT path_sankey_svg(n, page, next, 1) AS svg FROM visit;
SELECT is(count(DISTINCT x), 4::bigint, 'three steps have four columns') FROM path, pg_temp.nodes(svg);
SELECT set_eq('SELECT dense_rank() OVER (ORDER BY x), words FROM path, pg_temp.ribbons(svg)',
	$$SELECT n::bigint, page || ' to ' || next || ' ' || count(*) FROM visit GROUP BY n, page, next$$, 'a ribbon for each move');
SELECT is((SELECT path_sankey_svg(n + 1000, page, next, 1) FROM visit), svg, 'steps may begin anywhere') FROM path;
SELECT is(sankey_svg(page, next, 1), path_sankey_svg(5, page, next, 1), 'one step is a Sankey diagram') FROM visit;
SELECT ok(svg LIKE '%>b &#183; 10<%' AND count(*) = 4, 'a node is as high as the larger of what comes and goes')
	FROM (SELECT path_sankey_svg(n, s, t, v) AS svg FROM (VALUES (1, 'a', 'b', 10), (2, 'b', 'c', 3), (2, 'd', 'c', 1)) AS r (n, s, t, v))
		AS t, pg_temp.nodes(svg) GROUP BY svg;
SELECT is(count(*), 2::bigint, 'steps between may be missing')
	FROM (SELECT path_sankey_svg(n, 'a', 'b', 1) AS svg FROM (VALUES (1), (4)) AS r (n)) AS t, pg_temp.ribbons(svg);
SELECT ok(path_sankey_svg(n, 'a', 'b', 1)::xml IS DOCUMENT, '19 steps') FROM generate_series(-9, 9) AS n;

-- ---------- the same bytes ----------

SELECT is(sankey_svg(last, this, value / 7 ORDER BY i), sankey_svg(last, this, value / 7 ORDER BY value DESC, i DESC),
	'in any order of rows') FROM move;
SELECT is(path_sankey_svg(n, page, next, 1.0 / 7 ORDER BY i), path_sankey_svg(n, page, next, 1.0 / 7 ORDER BY n DESC, page, i),
	'of paths as well') FROM visit;
SELECT is(count(DISTINCT svg), 1::bigint, 'one chart per group')
	FROM (SELECT sankey_svg(last, this, 1) AS svg FROM move, generate_series(1, 50) AS g GROUP BY g) AS t;

-- ---------- errors ----------

SELECT throws_ok('SELECT sankey_svg(1, 1, -0.5)', '22023', 'value is out of range: -0.5');
SELECT throws_ok('SELECT sankey_svg(1, 1, v) FROM (VALUES (5), (-1)) AS t (v)', '22023', 'value is out of range: -1');
SELECT throws_ok('SELECT path_sankey_svg(1, 1, 1, -1)', '22023', 'value is out of range: -1');
SELECT throws_ok('SELECT sankey_svg(1, 1, ''Infinity'')', '22003', 'value must be finite');
SELECT throws_ok('SELECT sankey_svg(1, i % 2, 1.7e308) FROM generate_series(1, 2) AS i', '22003', 'sum is out of range');
SELECT throws_ok('SELECT path_sankey_svg(n, 1, 1, 1) FROM generate_series(1, 20) AS n', '54000',
	'too many steps from first to last: 20');
SELECT throws_ok('SELECT sankey_svg(1, 1, 1, ''{"layout": "share"}'')', '22023', 'option "layout" is not used by method "sankey_svg"');
SELECT throws_ok('SELECT path_sankey_svg(1, 1, 1, 1, ''{"steps": true}'')', '22023',
	'option "steps" is not used by method "path_sankey_svg"');
SELECT throws_ok('SELECT sankey_svg(i, i, 1, chart_options(width => 300 + i)) FROM generate_series(1, 2) AS i', '22023',
	'options must be the same for all rows');

SELECT * FROM finish();
ROLLBACK;
