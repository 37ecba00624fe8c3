-- funnel_svg and grouped_funnel_svg: steps in order, conversion in words, nothing divided by 0.
BEGIN;
SELECT plan(38);

CREATE TEMP TABLE reached AS
	SELECT i, (ARRAY['ads', 'search'])[1 + i % 2] AS channel, fold(i, 4, 'level') AS level FROM generate_series(1, 1000) AS i;
CREATE TEMP TABLE step AS
	SELECT i, channel, n, (ARRAY['view', 'trial', 'enrol', 'pay'])[n] AS name FROM reached, generate_series(1, level) AS n;
CREATE FUNCTION pg_temp.attributes(svg text, element text, attribute text) RETURNS SETOF text LANGUAGE sql AS $$
	SELECT coalesce((regexp_match(m[1], ' ' || attribute || '="([^"]*)"'))[1], '')
	FROM regexp_matches(svg, '<' || element || '([^>]*)>', 'g') WITH ORDINALITY AS r (m, n) ORDER BY n $$;
CREATE FUNCTION pg_temp.texts(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(m[1] ORDER BY n) FROM regexp_matches(svg, '<text[^>]*>([^<]*)<', 'g') WITH ORDINALITY AS r (m, n) $$;

-- ---------- the picture holds the data ----------

SELECT is((SELECT array_agg(round(w::numeric / max, 3) ORDER BY n)
	FROM (SELECT w, n, max(w::numeric) FILTER (WHERE n > 1) OVER () FROM pg_temp.attributes((SELECT funnel_svg(n, 1) FROM step),
		'rect', 'width') WITH ORDINALITY AS a (w, n)) AS t WHERE n > 1),
	(SELECT array_agg(round(count / max::numeric, 3) ORDER BY n)
	FROM (SELECT n, count(*), max(count(*)) OVER () FROM step GROUP BY n) AS t),
	'bars are as long as the numbers of users');
SELECT ok(pg_temp.texts((SELECT funnel_svg(name, 1) FROM step)) @> (SELECT array_agg(CASE WHEN n = 1 THEN to_char(count, 'FM9,999')
	ELSE count || ', ' || round(100.0 * count / first, 1)::float8 || '% of the first' END)
	FROM (SELECT n, count(*), max(count(*)) OVER () AS first FROM step GROUP BY n) AS t), 'users and shares of the first step');
SELECT ok(pg_temp.texts((SELECT funnel_svg(name, 1) FROM step)) @> (SELECT array_agg(round(100.0 * count / before, 1)::float8
	|| '% of the step before, ' || before - count || ' lost') FROM (SELECT count(*), lag(count(*)) OVER (ORDER BY n) AS before
	FROM step GROUP BY n) AS t WHERE before IS NOT NULL), 'shares of the step before, and losses');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT funnel_svg(name, 1) FROM step))) AS t WHERE t ~ '^[a-z]'),
	'{view,trial,enrol,pay}', 'the largest step first');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT funnel_svg(name, 1, chart_options(label_order => '{pay,trial}'))
	FROM step))) AS t WHERE t ~ '^[a-z]'), '{pay,trial,view,enrol}', 'or those of label_order');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT funnel_svg(s, 1) FROM (VALUES ('b'), ('a'), ('c')) AS r (s)))) AS t
	WHERE t ~ '^[a-z]$'), '{a,b,c}', 'equal steps by label');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT funnel_svg(s, s) FROM generate_series(8, 11) AS s))) AS t
	WHERE t ~ '^\d+$' AND t::int > 7), '{8,8,9,10,11}', 'whole numbers by number, though users rise');
SELECT is((SELECT array_agg(t) FROM unnest(pg_temp.texts((SELECT funnel_svg(s, s, '{"sort": "value"}') FROM generate_series(8, 11)
	AS s))) AS t WHERE t ~ '^\d+$' AND t::int > 7), '{11,11,10,9,8}', 'unless sort says otherwise');
SELECT is(funnel_svg(n, 1), funnel_svg(n::text, 1), 'numbers may be texts') FROM step;
SELECT ok(funnel_svg(s, u) LIKE '%>125% of the step before, 25 more<%', 'more users than before: more than 100%')
	FROM (VALUES (1, 100), (2, 125)) AS t (s, u);
SELECT ok(svg LIKE '%>the step before has 0<%' AND svg LIKE '%>5, the first has 0<%' AND svg !~* '(nan|inf)', 'nobody at the first')
	FROM (SELECT funnel_svg(s, u) AS svg FROM (VALUES (1, 0), (2, 5), (3, 0), (4, 0)) AS t (s, u)) AS t;
SELECT ok(funnel_svg(s, u) LIKE '%>99.99% of the step before, 1 lost<%', 'nearly all is not 100%')
	FROM (VALUES (1, 10000), (2, 9999)) AS t (s, u);
SELECT ok(funnel_svg(s, u) LIKE '%>0.00001% of the step before, 9,999,999 lost<%', 'nearly none is not 0%')
	FROM (VALUES (1, 10000000), (2, 1)) AS t (s, u);
SELECT ok(funnel_svg(s, 0) LIKE '%>0, the first has 0<%', 'nobody at all') FROM generate_series(1, 3) AS s;
SELECT ok(funnel_svg('only', 7) LIKE '%>only<%' AND funnel_svg('only', 7) NOT LIKE '%step before%', 'one step');
SELECT ok(funnel_svg(s, u)::xml IS DOCUMENT AND funnel_svg(s, u) !~* '(nan|inf)', 'huge and tiny numbers')
	FROM (VALUES (1, 1e300), (2, 1e-300), (3, 1e308), (4, 5e-324)) AS t (s, u);
SELECT is(funnel_svg(s, u), NULL, 'no row is no chart') FROM (VALUES (NULL, 1), (1, NULL)) AS t (s, u);
SELECT ok(funnel_svg(s, u) LIKE '%>2 rows with NULL are not shown<%', 'rows with NULL are counted')
	FROM (VALUES (1, 5), (NULL, 1), (2, NULL)) AS t (s, u);
SELECT ok(length(funnel_svg(repeat('x', 100000) || i, 1)) < 10000, 'a long label is cut') FROM generate_series(1, 3) AS i;
SELECT ok(svg::xml IS DOCUMENT AND svg !~ '<script' AND svg LIKE '%&#1513;%', 'labels are text')
	FROM (SELECT funnel_svg(s, 1) AS svg FROM (VALUES ('<script>alert(1)</script>'), ('שלום'), (''), (chr(8238) || 'x')) AS r (s)) AS t;
SELECT ok(svg ~ '<desc>Funnel\. view 1,000; trial \d+, [\d.]+% of the first, [\d.]+% of the step before; enrol ', 'screen readers')
	FROM (SELECT funnel_svg(name, 1) AS svg FROM step) AS t;
SELECT ok(bool_and(svg !~ '(href|src|@import|url\()'), 'nothing is loaded') FROM (SELECT funnel_svg(name, 1) AS svg FROM step) AS t;

-- ---------- side by side ----------

CREATE TEMP TABLE bar AS SELECT w::numeric, x.n FROM pg_temp.attributes((SELECT grouped_funnel_svg(n, channel, 1) FROM step), 'rect',
	'width') WITH ORDINALITY AS x (w, n) JOIN pg_temp.attributes((SELECT grouped_funnel_svg(n, channel, 1) FROM step), 'rect', 'height')
	WITH ORDINALITY AS y (h, n) USING (n) JOIN pg_temp.attributes((SELECT grouped_funnel_svg(n, channel, 1) FROM step), 'rect', 'class')
	WITH ORDINALITY AS z (c, n) USING (n) WHERE h = '14' AND c <> '';
SELECT is((SELECT array_agg(round(w / max, 3) ORDER BY n) FROM (SELECT w, n, max(w) OVER () FROM bar) AS t),
	(SELECT array_agg(round(count / first::numeric, 3) ORDER BY n, channel) FROM (SELECT n, channel, count(*), max(count(*)) OVER
		(PARTITION BY channel) AS first FROM step GROUP BY n, channel) AS t), 'bars are shares of the first step of their series');
SELECT ok(svg LIKE '%>ads<%' AND svg LIKE '%>search<%' AND svg LIKE '%hatch%', 'a legend, and hatches')
	FROM (SELECT grouped_funnel_svg(name, channel, 1) AS svg FROM step) AS t;
SELECT ok(svg LIKE '%>0, 0% of the first, 0% of the step before<%', 'a step without a row in a series has 0 users')
	FROM (SELECT grouped_funnel_svg(s, c, u) AS svg FROM (VALUES (1, 'a', 9), (2, 'a', 3), (1, 'b', 5)) AS t (s, c, u)) AS t;
SELECT ok(svg LIKE '%>3, the first has 0<%' AND svg !~* '(nan|inf)', 'nobody at the first step of a series')
	FROM (SELECT grouped_funnel_svg(s, c, u) AS svg FROM (VALUES (1, 'a', 9), (2, 'a', 3), (2, 'b', 3)) AS t (s, c, u)) AS t;
SELECT ok(grouped_funnel_svg(s, c, 1) LIKE '%>13 others, added up<%', '20 series: seven, and the others')
	FROM generate_series(1, 3) AS s, generate_series(1, 20) AS c;
SELECT is(grouped_funnel_svg(n, channel, 1 ORDER BY i, n), grouped_funnel_svg(n::text, channel, 1 ORDER BY n DESC, i DESC),
	'the same bytes in any order') FROM step;
SELECT is(funnel_svg(name, 1.0 / 7 ORDER BY i), funnel_svg(name, 1.0 / 7 ORDER BY n DESC, i DESC), 'in any order') FROM step;

-- ---------- errors ----------

SELECT throws_ok('SELECT funnel_svg(1, -1)', '22023', 'value is out of range: -1');
SELECT throws_ok('SELECT grouped_funnel_svg(1, 1, -1)', '22023', 'value is out of range: -1');
SELECT throws_ok('SELECT funnel_svg(1, ''NaN'')', '22003', 'value must be finite');
SELECT throws_ok('SELECT funnel_svg(i % 2, 1.7e308) FROM generate_series(1, 4) AS i', '22003', NULL, 'a sum beyond float8');
SELECT throws_ok('SELECT funnel_svg(i, 1) FROM generate_series(1, 10000) AS i', '54000', 'too many steps: 10000');
SELECT throws_ok('SELECT funnel_svg(1, 1, ''{"layout": "stacked"}'')', '22023',
	'option "layout" is not used by method "funnel_svg"');
SELECT throws_ok('SELECT grouped_funnel_svg(1, 1, 1, ''{"layout": "share"}'')', '22023',
	'option "layout" is not used by method "grouped_funnel_svg"');
SELECT throws_ok('SELECT funnel_svg(1, 1, NULL::jsonb)', '22004', NULL, 'options are NULL');
SELECT throws_ok('SELECT funnel_svg(i, 1, chart_options(width => 300 + i)) FROM generate_series(1, 2) AS i', '22023',
	'options must be the same for all rows');

SELECT * FROM finish();
ROLLBACK;
