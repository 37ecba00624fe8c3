-- forest_svg: squares and lines are where the numbers are, order, ends that are unknown or without bound, errors.
BEGIN;
SELECT plan(42);

CREATE TEMP TABLE effect AS
	SELECT format('feature %s', i) AS label, i, fold(i, 200, 'estimate') / 10.0 - 10 AS estimate,
		fold(i, 200, 'estimate') / 10.0 - 10 - fold(i, 40, 'low') / 10.0 AS low,
		fold(i, 200, 'estimate') / 10.0 - 10 + fold(i, 60, 'high') / 10.0 AS high
	FROM generate_series(1, 12) AS i;
CREATE FUNCTION pg_temp.texts(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(m[1] ORDER BY n) FROM regexp_matches(svg, '<text[^>]*>([^<]*)<', 'g') WITH ORDINALITY AS r (m, n) $$;
CREATE FUNCTION pg_temp.labels(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(t ORDER BY n) FROM unnest(pg_temp.texts(svg)) WITH ORDINALITY AS u (t, n) WHERE t ~ '^[a-z]' $$;
-- the squares, from top to bottom: where their middle is
CREATE FUNCTION pg_temp.squares(svg text) RETURNS numeric[] LANGUAGE sql AS $$
	SELECT array_agg(m[1]::numeric + 4.5 ORDER BY n)
	FROM regexp_matches(svg, '<rect class="s0" x="([-0-9.]*)" y="[-0-9.]*" width="9" height="9"', 'g')
		WITH ORDINALITY AS r (m, n) $$;
CREATE FUNCTION pg_temp.caps(svg text) RETURNS numeric[] LANGUAGE sql AS $$
	SELECT array_agg(m[1]::numeric + 1 ORDER BY n)
	FROM regexp_matches(svg, '<rect class="s0" x="([-0-9.]*)" y="[-0-9.]*" width="2" height="10"', 'g')
		WITH ORDINALITY AS r (m, n) $$;
CREATE FUNCTION pg_temp.arrows(svg text) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM regexp_matches(svg, '<path class="s0"', 'g') $$;

-- ---------- the picture holds the data ----------

CREATE TEMP TABLE drawn AS SELECT forest_svg(label, estimate, low, high, chart_options(width => 1000)) AS svg FROM effect;
SELECT is(cardinality(pg_temp.squares(svg)), 12, 'a square for each label') FROM drawn;
SELECT ok(max(abs(place - (a + b * estimate))) < 0.02, 'squares are on one scale')
FROM (SELECT place, estimate, regr_intercept(place, estimate) OVER () AS a, regr_slope(place, estimate) OVER () AS b
	FROM drawn, unnest(pg_temp.squares(svg), (SELECT array_agg(estimate ORDER BY estimate DESC, label) FROM effect))
		AS u (place, estimate)) AS t;
SELECT ok(max(abs(place - (a + b * value))) < 0.02, 'and so are the ends of their lines')
FROM (SELECT place, value, regr_intercept(place, value) OVER () AS a, regr_slope(place, value) OVER () AS b
	FROM drawn, unnest(pg_temp.squares(svg) || pg_temp.caps(svg),
		(SELECT array_agg(estimate ORDER BY estimate DESC, label) FROM effect)
		|| (SELECT array_agg(value ORDER BY estimate DESC, label, value)
			FROM effect, unnest(ARRAY[low, high]) AS value)) AS u (place, value)) AS t;
SELECT is(pg_temp.labels(svg), (SELECT array_agg(label ORDER BY estimate DESC, label) FROM effect), 'the largest first')
FROM drawn;
SELECT ok(pg_temp.texts(svg) @> (SELECT array_agg(replace(format('%s (%s to %s)', estimate::numeric(9, 1), low::numeric(9, 1),
	high::numeric(9, 1)), '-', '&#8722;')) FROM effect WHERE high - low BETWEEN 1 AND 9), 'numbers at the right') FROM drawn;
SELECT is((regexp_match(svg, '<line class="axis" x1="([0-9.]*)"'))[1]::numeric,
	(SELECT round((regr_intercept(place, estimate))::numeric, 2)
	FROM unnest(pg_temp.squares(svg), (SELECT array_agg(estimate ORDER BY estimate DESC, label) FROM effect)) AS u (place, estimate)),
	'the line of no effect is at 0') FROM drawn;
SELECT ok(svg::xml IS DOCUMENT AND svg ~ '<desc>Forest plot\. feature' AND svg ~ 'role="img"' AND svg !~ '(href|src|url)',
	'well-formed, with words for screen readers, and nothing to load') FROM drawn;
SELECT is(pg_temp.labels(forest_svg(label, estimate, low, high, chart_options(sort => 'label', label_order => '{feature 7,gone}'))),
	(SELECT array_agg(label ORDER BY i <> 7, label COLLATE "C") FROM effect), 'order by label, some first') FROM effect;
SELECT is(pg_temp.texts(forest_svg(i, i, i - 1, i + 1, chart_options(sort => 'label', width => 300, theme => 'light'))) @>
	'{8,9,10,11}', true, 'labels that are numbers') FROM generate_series(8, 11) AS i;
SELECT is((regexp_match(svg, '<line class="axis" x1="([0-9.]*)"'))[1]::numeric, (pg_temp.squares(svg))[1],
	'the line of ratios is at 1') FROM (SELECT forest_svg('a', 1, 0.2, 7, chart_options(y_scale => 'log')) AS svg) AS t;
SELECT is(pg_temp.texts(forest_svg(t, v, v, v)) @> '{a,1 row with NULL is not shown}', true, 'rows with NULL are counted')
FROM (VALUES ('a', 1), (NULL, 2)) AS r (t, v);
SELECT is(pg_temp.texts(forest_svg('a', v, v, v)) @> '{a,1 row with NULL is not shown}', true, 'a NULL estimate as well')
FROM (VALUES (1), (NULL)) AS r (v);
SELECT is(forest_svg(t, v, 1, 2), NULL, 'no row is no chart') FROM (VALUES (NULL, 1.0), ('a', NULL)) AS r (t, v);
SELECT is(forest_svg(1, 2, 1, 3), NULL, 'nor is an empty table') FROM effect WHERE false;

-- ---------- ends ----------

SELECT is(pg_temp.caps(forest_svg('a', 1, NULL, NULL)), NULL, 'no ends, no line');
SELECT is(cardinality(pg_temp.caps(forest_svg('a', 1, NULL, 2))), 1, 'one end that is known');
SELECT ok(forest_svg('a', 1, NULL, 2) ~ '>1.0 \(\?&#8211;2.0\)<', 'which the numbers say');
SELECT is(pg_temp.arrows(forest_svg('a', 1, '-Infinity', 2)), 1::bigint, 'an end without bound is an arrow');
SELECT is(pg_temp.arrows(forest_svg('a', 1, '-Infinity', 'Infinity')), 2::bigint, 'on both sides');
SELECT is(pg_temp.arrows(forest_svg('a', 1, 0, 'Infinity', chart_options(y_scale => 'log'))), 2::bigint, 'a ratio of 0 as well');
SELECT is(pg_temp.arrows(forest_svg('a', 1, 0, 2)), 0::bigint, 'a difference of 0 is a number');
SELECT ok(forest_svg('a', 1, '-Infinity', 2) ~ '>1.0 \(&#8722;&#8734; to 2.0\)<', 'and says so');

-- ---------- any data ----------

SELECT ok(svg::xml IS DOCUMENT AND svg !~* 'nan|inf', 'huge and tiny') FROM (SELECT forest_svg(i, power(10, i), -power(10, i + 1),
	power(10, i + 2), chart_options("limit" => 1000)) AS svg FROM generate_series(-300, 300, 7) AS i) AS t;
SELECT ok(svg::xml IS DOCUMENT AND svg !~* 'nan|inf', 'ratios of any size') FROM (SELECT forest_svg(i, power(10, i), power(10, i - 7),
	power(10, i + 7), chart_options(y_scale => 'log', "limit" => 1000)) AS svg FROM generate_series(-300, 300, 7) AS i) AS t;
SELECT ok(forest_svg(i, 0, 0, 0)::xml IS DOCUMENT AND forest_svg(i, 0, 0, 0) !~ 'nan', 'all alike') FROM generate_series(1, 3) AS i;
SELECT ok(forest_svg(t, 1, 0, 2)::xml IS DOCUMENT AND forest_svg(t, 1, 0, 2) !~ '<script', 'markup in labels is text')
	FROM (VALUES ('<script>alert(1)</script>'), (']]>'), (''), ('" onload="x'), ('שלום'), (repeat('long ', 9000))) AS r (t);
SELECT is(forest_svg(label, estimate, low, high ORDER BY i), forest_svg(label, estimate, low, high ORDER BY high, i DESC),
	'the same bytes in any order of rows') FROM effect;
SELECT is(forest_svg(label, estimate, low, high), (SELECT forest_svg(label, estimate, low, high) FROM effect), 'equal rows are one')
	FROM effect, generate_series(1, 3);
SELECT is(forest_svg(7, 1, 0, 2), forest_svg('7', 1, 0, 2), 'a literal without a type');
SELECT is((SELECT count(DISTINCT svg) FROM (SELECT forest_svg(label, estimate, low, high) AS svg
	FROM effect, generate_series(1, 300) AS g GROUP BY g) AS t), 1::bigint, 'one chart per group');

-- ---------- errors ----------

CREATE FUNCTION pg_temp.failure(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	code text; message text; detail text; hint text;
BEGIN
	EXECUTE query;
	RETURN 'none';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS code = RETURNED_SQLSTATE, message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', code, message, nullif(detail, ''), nullif(hint, ''));
END $$;
SELECT is(pg_temp.failure('SELECT forest_svg(1, 1, 2, 3)'),
	'22023 | low must not be above the estimate | It is 2, and the estimate is 1.', 'low above the estimate');
SELECT is(pg_temp.failure('SELECT forest_svg(1, 1, 0, 0.5)'),
	'22023 | estimate must not be above high | It is 1, and high is 0.5.', 'high below it');
SELECT throws_ok('SELECT forest_svg(1, ''NaN'', 0, 1)', '22003', 'estimate must be finite');
SELECT throws_ok('SELECT forest_svg(1, ''Infinity'', 0, NULL)', '22003', 'estimate must be finite');
SELECT throws_ok('SELECT forest_svg(1, 1, 0, ''NaN'')', '22003', 'high must be finite');
SELECT is(pg_temp.failure('SELECT forest_svg(''plan '' || i % 3, i, NULL, NULL) FROM generate_series(1, 9) AS i'),
	'22023 | different rows have the label "plan 0" | Say in the label what tells them apart, or use GROUP BY to draw one chart '
	'for each group.', 'a label twice');
SELECT throws_ok('SELECT forest_svg(1, 0, 0, 1, chart_options(y_scale => ''log''))', '22023',
	'estimate with y_scale log must be positive and finite, not 0');
SELECT throws_ok('SELECT forest_svg(1, 1, -1, 1, chart_options(y_scale => ''log''))', '22023',
	'low with y_scale log must be positive and finite, not -1');
SELECT is(pg_temp.failure('SELECT forest_svg(i, 1, 0, 2) FROM generate_series(1, 10000) AS i'),
	'54000 | too many labels: 10000 | The limit is 30. | Raise the option "limit", or group the rows more coarsely.', 'too many labels');
SELECT throws_ok('SELECT forest_svg(1, 1, 1, 1, chart_options(layout => ''share''))', '22023',
	'option "layout" is not used by method "forest_svg"');
SELECT throws_ok('SELECT forest_svg(i, 1, 1, 1, chart_options(width => 300 + i)) FROM generate_series(1, 2) AS i', '22023',
	'options must be the same for all rows');

SELECT throws_ok($$ SELECT forest_svg(repeat('ä', 50), i, 0, 3) FROM generate_series(1, 2) AS i $$, '22023',
	'different rows have the label "' || repeat('ä', 30) || '..."', 'a long label is cut in a message, in any encoding');

SELECT * FROM finish();
ROLLBACK;
