-- bar_svg and chart_options: the picture holds the data, is well-formed and safe, and does not depend on order,
-- plan or settings.
BEGIN;
SELECT plan(36);

CREATE TEMP TABLE sale AS
	SELECT (ARRAY['gold', 'silver', 'bronze', 'new'])[1 + fold(i, 10, 'tier') / 3] AS tier,
		(ARRAY['course', 'subscription', 'advice'])[fold(i, 3, 'product')] AS product,
		date '2026-01-31' + i % 3 AS day, (20 + fold(i, 90, 'revenue'))::float8 AS revenue
	FROM generate_series(1, 900) AS i;

-- An attribute of all elements of a kind, in order of the picture.
CREATE FUNCTION pg_temp.attributes(svg text, element text, attribute text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT coalesce((regexp_match(m[1], ' ' || attribute || '="([^"]*)"'))[1], '')
	FROM regexp_matches(svg, '<' || element || '([^>]*)>', 'g') WITH ORDINALITY AS r (m, n) ORDER BY n $$;
CREATE FUNCTION pg_temp.texts(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(m[1] ORDER BY n) FROM regexp_matches(svg, '<text[^>]*>([^<]*)<', 'g') WITH ORDINALITY AS r (m, n) $$;

-- ---------- the picture holds the data ----------

SELECT is((SELECT count(*) FROM pg_temp.attributes((SELECT bar_svg(tier, revenue) FROM sale), 'rect', 'class') AS c WHERE c = 's0'),
	4::bigint, 'a bar for each label');
SELECT is((SELECT array_agg(round(w::numeric / max, 3) ORDER BY w::numeric DESC)
	FROM (SELECT w, max(w::numeric) OVER () FROM pg_temp.attributes((SELECT bar_svg(tier, revenue) FROM sale), 'rect', 'width')
		WITH ORDINALITY AS a (w, n) WHERE n > 1) AS t),
	(SELECT array_agg(round((sum / max)::numeric, 3) ORDER BY sum DESC)
	FROM (SELECT sum(revenue), max(sum(revenue)) OVER () FROM sale GROUP BY tier) AS t), 'bars are as long as their sums');
CREATE TEMP TABLE share AS SELECT grouped_bar_svg(tier, product, revenue, '{"layout": "share"}') AS svg FROM sale;
SELECT is((SELECT round(sum(w::numeric)) FROM share, pg_temp.attributes(svg, 'rect', 'width') WITH ORDINALITY AS a (w, n)
		JOIN pg_temp.attributes((SELECT svg FROM share), 'rect', 'class') WITH ORDINALITY AS c (class, n) USING (n)
		JOIN pg_temp.attributes((SELECT svg FROM share), 'rect', 'height') WITH ORDINALITY AS h (height, n) USING (n)
		WHERE class ~ '^s' AND height = '18'),
	(SELECT round(4 * (max(x2::numeric) - min(x2::numeric))) FROM share, pg_temp.attributes(svg, 'line', 'x2') AS x2),
	'shares add up to the whole');
SELECT ok(pg_temp.texts((SELECT bar_svg(tier, revenue) FROM sale)) @> (SELECT array_agg(to_char(sum(revenue), 'FM999,999'))
	OVER () FROM sale GROUP BY tier LIMIT 1), 'values stand at the ends of the bars');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT bar_svg(tier, revenue) FROM sale))) AS t WHERE t ~ '^[a-z]'),
	(SELECT array_agg(tier ORDER BY sum DESC) FROM (SELECT tier, sum(revenue) FROM sale GROUP BY tier) AS t),
	'labels in the order of their values');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT bar_svg(tier, revenue, chart_options(sort => 'label',
	label_order => '{new,gone,gold}')) FROM sale))) AS t WHERE t ~ '^[a-z]'), '{new,gold,bronze,silver}', 'or as wanted');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT bar_svg(i, 1, chart_options(sort => 'label'))
	FROM generate_series(8, 11) AS i))) WITH ORDINALITY AS a (t, n) WHERE n % 2 = 1 AND n > 6), '{8,9,10,11}',
	'numbers by value');
SELECT ok(bar_svg(i, i) LIKE '%>9,970 others, added up<%' AND bar_svg(i, i) LIKE '%>49,705,435<%',
	'10,000 labels: the largest, and the others')
	FROM generate_series(1, 10000) AS i;
SELECT is((SELECT count(*) FROM unnest(pg_temp.texts(grouped_bar_svg('a', i, 1))) AS t WHERE t = '13 others, added up'), 1::bigint,
	'20 series: seven, and the others') FROM generate_series(1, 20) AS i;
SELECT ok(v LIKE '%>8<%' AND v NOT LIKE '%other%', 'eight series: all of them')
FROM (SELECT grouped_bar_svg('a', i, 100 + i) FROM generate_series(1, 8) AS i) AS t (v);
SELECT ok(bar_svg(t, v) LIKE '%>2 rows with NULL are not shown<%', 'the chart reports rows with NULL')
	FROM (VALUES ('a', 1.0), (NULL, 2.0), ('b', NULL)) AS r (t, v);
SELECT is(bar_svg(t, v), NULL, 'no row is no chart') FROM (VALUES (NULL, 1.0)) AS r (t, v);
SELECT is(bar_svg(1, 2), NULL, 'nor is an empty table') FROM sale WHERE false;
SELECT ok(bar_svg('only', 0) LIKE '%>only<%', 'one label whose value is 0');

-- ---------- well-formed and safe ----------

SELECT ok((SELECT grouped_bar_svg(tier, product, revenue, chart_options(title => '<&"''>', x_label => '&lt;', y_unit => '<'))
	FROM sale)::xml IS DOCUMENT, 'XML whatever the texts are');
SELECT ok((SELECT bar_svg(t, 1) FROM (VALUES ('<script>alert(1)</script>'), (']]>'), ('" onload="x')) AS r (t))
	!~ '<script|onload="|\]\]>', 'markup in labels is text');
SELECT is(bar_svg(chr(1) || 'a' || chr(8238) || 'b' || chr(65535), 1) ~ '>ab<', true, 'controls are left out');
SELECT is(bar_svg('用户' || chr(233), 1) ~ '>&#29992;&#25143;&#233;<', true, 'other characters by number');
SELECT ok(bool_and(svg !~ '(href|src|@import|url\((?!#segment))'), 'nothing is loaded')
	FROM (SELECT grouped_bar_svg(tier, product, revenue) AS svg FROM sale) AS t;
SELECT ok(bool_and(svg ~ '<desc>Bar chart' AND svg ~ '<title>Sales</title>' AND svg ~ 'role="img"'), 'screen readers have words')
	FROM (SELECT grouped_bar_svg(tier, product, revenue, '{"title": "Sales"}') AS svg FROM sale) AS t;
SELECT ok(length(bar_svg(repeat('x', 100000) || i, 1)) < 10000, 'a long label is cut') FROM generate_series(1, 3) AS i;

-- ---------- the same bytes ----------

SELECT is((SELECT grouped_bar_svg(tier, product, revenue / 7 ORDER BY revenue) FROM sale),
	(SELECT grouped_bar_svg(tier, product, revenue / 7 ORDER BY day DESC, revenue DESC) FROM sale), 'in any order of rows');
CREATE TEMP TABLE drawn AS SELECT bar_svg(tier, revenue / 7) AS svg FROM sale;
SET LOCAL extra_float_digits = -5;
SELECT is(bar_svg(tier, revenue / 7), (SELECT svg FROM drawn), 'whatever extra_float_digits says') FROM sale;
SELECT is(bar_svg(tier, revenue), bar_svg(tier::varchar, revenue::numeric), 'varchar, numeric') FROM sale;
SELECT is(bar_svg(7, 1), bar_svg('7', 1), 'a literal without a type');
PREPARE bars(text, jsonb) AS SELECT length(bar_svg(tier || $1, revenue, $2)) > 0 AS drawn FROM sale;
SELECT results_eq('EXECUTE bars(''!'', ''{"width": 300}'')', 'VALUES (true)', 'parameters');
SELECT is(count(svg), 300::bigint, 'one chart per group')
	FROM (SELECT bar_svg(tier, 1) AS svg FROM sale, generate_series(1, 300) AS g GROUP BY g) AS t;

-- ---------- errors ----------

SELECT throws_ok('SELECT bar_svg(1, ''NaN'')', '22003', 'value must be finite');
SELECT throws_ok('SELECT bar_svg(tier, 1.7e308) FROM sale', '22003', NULL, 'a sum beyond float8');
SELECT throws_ok('SELECT bar_svg(1, 1, ''{"titel": "x"}''::jsonb)', '22023', 'unrecognized option "titel"');
SELECT throws_ok('SELECT bar_svg(1, 1, chart_options(colors => ''{red}''))', '22023', NULL, 'a color by name');
SELECT throws_ok('SELECT bar_svg(1, 1, chart_options(y_unit => repeat(''x'', 65)))', '22023', 'option "y_unit" is too long');
SELECT throws_ok('SELECT bar_svg(i, 1, chart_options(width => 300 + i)) FROM generate_series(1, 2) AS i', '22023',
	'options must be the same for all rows');

SELECT throws_ok('SELECT bar_svg(1, 1, chart_options(bins => 5))', '22023', 'option "bins" is not used by method "bar_svg"');
SELECT throws_ok('SELECT bar_svg(1, 1, chart_options(x_scale => ''log''))', '22023',
	'option "x_scale" is not used by method "bar_svg"');
SELECT lives_ok('SELECT bar_svg(1, 1, chart_options(bins => 0, steps => false))', 'a default is no choice');

SELECT * FROM finish();
ROLLBACK;
