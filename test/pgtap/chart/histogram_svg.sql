-- histogram_svg: bars add up, edges, groups, order, plans, limits.
BEGIN;
SELECT plan(42);

CREATE TEMP TABLE sale AS SELECT i, exp((i * 7919 % 10007) / 10007.0::float8 * 4) AS x, (i * 31) % 21 AS lessons,
	'tier ' || i % 3 AS tier FROM generate_series(1, 12000) AS i;
-- what bars say when they are pointed at
CREATE FUNCTION pg_temp.bars(svg text, OUT low numeric, OUT high numeric, OUT n bigint) RETURNS SETOF record LANGUAGE sql AS $$
	SELECT replace(replace(m[1], ',', ''), '&#8722;', '-')::numeric, replace(replace(m[3], ',', ''), '&#8722;', '-')::numeric,
		replace(m[4], ',', '')::bigint
	FROM regexp_matches(svg, '<g><title>([^< ]*)( up to ([^< ]*))?: ([0-9,]+)</title>', 'g') AS m $$;
CREATE FUNCTION pg_temp.total(svg text) RETURNS bigint LANGUAGE sql AS $$ SELECT sum(n)::bigint FROM pg_temp.bars(svg) $$;
CREATE FUNCTION pg_temp.draw(numbers float8[]) RETURNS text LANGUAGE sql AS $$ SELECT histogram_svg(x) FROM unnest(numbers) AS x $$;

SELECT is(pg_temp.total(histogram_svg(x)), count(*), 'bars add up to the rows') FROM sale;
SELECT is(pg_temp.total(histogram_svg(x)), count(*), 'of few rows too') FROM sale WHERE i < 90;
SELECT is((SELECT count(*) FROM pg_temp.bars((SELECT histogram_svg(x) FROM sale)) AS b
	WHERE n <> (SELECT count(*) FROM sale WHERE x >= b.low AND x < b.high)), 0::bigint, 'each bar holds the rows between its ends');
SELECT is((SELECT array_agg(n ORDER BY low) FROM pg_temp.bars((SELECT histogram_svg(x / 10, '{"bins": 55}') FROM sale))),
	(SELECT array_agg(n ORDER BY b) FROM (SELECT width_bucket(x / 10, 0, 6, 60) AS b, count(*) AS n FROM sale GROUP BY b) AS t),
	'as width_bucket counts');
SELECT is((SELECT array_agg(n ORDER BY low) FROM pg_temp.bars((SELECT histogram_svg(lessons) FROM sale))),
	(SELECT array_agg(n ORDER BY lessons) FROM (SELECT lessons, count(*) AS n FROM sale GROUP BY lessons) AS t),
	'whole numbers have a bar each');
SELECT is((SELECT array_agg(low ORDER BY low) FROM pg_temp.bars((SELECT histogram_svg(lessons) FROM sale)) WHERE high IS NULL),
	(SELECT array_agg(i::numeric) FROM generate_series(0, 20) AS i), 'which is named by its value');
SELECT is((SELECT array_agg(low ORDER BY low) FROM pg_temp.bars((SELECT histogram_svg(lessons, '{"bins": 4}') FROM sale))),
	'{0,5,10,15,20}', 'or share it');
SELECT is((SELECT array_agg(low ORDER BY low) FROM pg_temp.bars(pg_temp.draw('{0.1,0.2,0.3,0.6,0.7,0.8,0.9}'))),
	'{0.1,0.2,0.3,0.6,0.7,0.8,0.9}', 'an edge is the nearest float8');
SELECT is((SELECT array_agg(n ORDER BY low) FROM pg_temp.bars(
	(SELECT histogram_svg(i / 1000.0::float8, '{"bins": 20}') FROM generate_series(0, 9999) AS i))),
	array_fill(500::bigint, ARRAY[20]), 'also of 10,000 different rows on edges');
SELECT ok((SELECT count(*) FROM pg_temp.bars((SELECT histogram_svg(x, jsonb_build_object('bins', b)) FROM sale)))
	BETWEEN b * 0.6 AND b * 1.7, 'about so many bars: ' || b) FROM unnest('{5,12,30,100,200}'::int[]) AS b;

SELECT ok(v::xml IS DOCUMENT AND v !~ 'NaN|inf' AND pg_temp.total(v) = cardinality(x), 'drawn: ' || what)
FROM (VALUES ('one row', '{3}'::float8[]), ('equal rows', '{7.25,7.25,7.25}'), ('zeros', '{0,-0,0}'),
	('large numbers, little apart', '{1e15,1000000000000001,1000000000000020}'), ('the largest', '{-1.7e308,1.7e308,0}'),
	('the smallest', '{5e-324,-5e-324,1e-310}'), ('tiny and huge', '{1e-300,1e300}'), ('one negative', '{-123.456}')) AS t (what, x),
	pg_temp.draw(x) AS v;
SELECT is(pg_temp.total(histogram_svg(1e15 + i)), 9000::bigint, 'many large numbers, little apart') FROM generate_series(1, 9000) AS i;

SELECT is(pg_temp.total(grouped_histogram_svg(x, tier)), count(*), 'bars of groups add up') FROM sale;
SELECT ok(grouped_histogram_svg(x, tier) ~ '>tier 0, 4,000 rows<.*>tier 1, 4,000 rows<.*>tier 2, 4,000 rows<', 'panels in order')
	FROM sale;
SELECT ok(v ~ '>9,993 others, added up, 9,993 rows<' AND pg_temp.total(v) = 10000, '10,000 groups')
	FROM (SELECT grouped_histogram_svg(i, i) FROM generate_series(1, 10000) AS i) AS t (v);
SELECT ok(v ~ '&#60;b&#62;' AND v::xml IS DOCUMENT, 'markup stays text, long and empty names fit')
	FROM (SELECT grouped_histogram_svg(length(g), g) FROM unnest(ARRAY['<b>', '', repeat('long ', 200), E'\u05E9\u05DC']) AS g) AS t (v);
SELECT is(histogram_svg(x ORDER BY x), histogram_svg(x ORDER BY i * 7 % 101, i), 'the same bytes in any order') FROM sale;
SELECT is(grouped_histogram_svg(x, tier ORDER BY x), grouped_histogram_svg(x, tier ORDER BY tier, -x), 'with groups too') FROM sale;
SELECT ok(histogram_svg(nullif(lessons, 3)) ~ '>\d+ rows with NULL are not shown<', 'rows with NULL are counted') FROM sale;
SELECT is(histogram_svg(NULL::float8), NULL, 'no row is no chart') FROM sale;
SELECT throws_ok($$ SELECT histogram_svg('NaN') $$, '22003', 'x must be finite');
SELECT throws_ok($$ SELECT histogram_svg(1, '{"x_scale": "log"}') $$, '22023', 'option "x_scale" is not used by method "histogram_svg"');
SELECT throws_ok($$ SELECT histogram_svg(1, NULL) $$, '22004', NULL, 'no options are an error');
SELECT throws_ok($$ SELECT histogram_svg(i, jsonb_build_object('width', 300 + i)) FROM generate_series(1, 2) AS i $$, '22023', NULL,
	'options that change are an error');
SELECT throws_ok($$ SELECT histogram_svg_final('\x0123456789') $$, 'XX001', NULL, 'a state that is none');

-- cells that hold more than the number that they begin with
SELECT ok(v ~ '>0 up to [0-9,]+: 4,950<' AND v !~ '>0: ', 'far values do not make the others equal')
	FROM (SELECT histogram_svg(CASE WHEN i % 100 = 0 THEN 1000000 ELSE i % 10 END) FROM generate_series(1, 5000) AS i) AS t (v);
SELECT is(histogram_svg(x ORDER BY i), histogram_svg(x ORDER BY -x, i), 'in any order')
	FROM (SELECT i, CASE WHEN i % 100 = 0 THEN 1000000 ELSE i % 10 END AS x FROM generate_series(1, 5000) AS i) AS t;
SELECT ok(v ~ '>1,000,000: 50<' AND v ~ '>0: 4,950<', 'equal values are told from them')
	FROM (SELECT histogram_svg(CASE WHEN i % 100 = 0 THEN 1000000 ELSE 0 END) FROM generate_series(1, 5000) AS i) AS t (v);

-- long units leave room for the bars
SELECT ok((SELECT min(m[1]::float8) > 60 AND max(m[1]::float8) < width - 16
	FROM regexp_matches(v, ' x="([-0-9.]+)" y="[0-9.]+" width', 'g') AS m WHERE m[1] <> '0')
	AND v ~ '&#8239;W+&#8230;<' AND v !~ '="-', 'wide units are cut at ' || width || ' pixels')
	FROM unnest(ARRAY[240, 640]) AS width, LATERAL (SELECT histogram_svg(i % 9, chart_options(width => width,
		x_unit => repeat('W', 64), y_unit => repeat('W', 64))) FROM generate_series(1, 100) AS i) AS t (v);
SELECT ok(v ~ '<title>Histogram' AND v ~ '<desc>Histogram', 'a title and a description that cannot be seen name nothing')
	FROM (SELECT histogram_svg(1, chart_options(title => U&' \200E', description => U&'\00A0'))) AS t (v);

SELECT * FROM finish();
ROLLBACK;
