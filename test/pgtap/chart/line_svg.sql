-- line_svg, band_svg and survival_svg: the picture holds the data, is well-formed and safe, and does not depend on
-- order, plan or settings.
BEGIN;
SELECT plan(69);

CREATE TEMP TABLE sale AS
	SELECT date '2026-01-05' + 7 * w AS week, tier, (40 + fold(w * 4 + t, 90, 'revenue'))::float8 AS revenue
	FROM generate_series(0, 15) AS w, (VALUES (1, 'new'), (2, 'bronze'), (3, 'silver'), (4, 'gold')) AS v (t, tier);
CREATE TEMP TABLE duration AS
	SELECT i, 'p' || i % 3 AS plan, 1 + fold(i, 24, 'months') AS months, fold(i, 3, 'churned') > 0 AS churned
	FROM generate_series(1, 300) AS i;
CREATE TEMP TABLE curve AS
	SELECT plan, c.* FROM (SELECT plan, kaplan_meier(months, churned) AS s FROM duration GROUP BY plan) AS t, survival_curve(s) AS c;

-- The points of the lines in a picture, in pixels.
CREATE FUNCTION pg_temp.points(svg text) RETURNS TABLE (line bigint, n bigint, x numeric, y numeric) LANGUAGE sql AS $$
	SELECT l, k, p[1]::numeric, p[2]::numeric
	FROM regexp_matches(svg, '<path class="line [^"]*" d="([^"]*)"', 'g') WITH ORDINALITY AS r (m, l),
		regexp_matches(m[1], '[ML](\S+) ([^ML]+)', 'g') WITH ORDINALITY AS q (p, k) $$;
CREATE FUNCTION pg_temp.texts(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(m[1] ORDER BY n) FROM regexp_matches(svg, '<text[^>]*>([^<]*)<', 'g') WITH ORDINALITY AS r (m, n) $$;

CREATE FUNCTION pg_temp.times(svg text, pattern text) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM regexp_matches(svg, pattern, 'g') $$;

-- ---------- the picture holds the data ----------

-- Where a number of the axis of y is, in pixels.
CREATE FUNCTION pg_temp.height_of(svg text, label text) RETURNS numeric LANGUAGE sql AS $$
	SELECT (regexp_match(svg, ' y="([0-9.]+)"[^>]*>' || label || '<'))[1]::numeric - 4.2 $$;

SELECT ok(bool_and(abs(y - zero - (hundred - zero) * revenue / 100) < 0.03), 'points are as high as their sums')
FROM (SELECT line_svg(week, revenue) AS svg FROM sale WHERE tier = 'gold') AS t, pg_temp.height_of(svg, '0') AS zero,
	pg_temp.height_of(svg, '100') AS hundred, pg_temp.points(svg) AS p
	JOIN (SELECT sum(revenue)::numeric AS revenue, row_number() OVER (ORDER BY week) AS n
		FROM sale WHERE tier = 'gold' GROUP BY week) AS s USING (n);
SELECT ok(bool_and(abs(step - 7 * day) < 0.03), 'and as far apart as their dates')
FROM (SELECT x - lag(x) OVER (ORDER BY n) AS step, (max(x) OVER () - min(x) OVER ()) / 105 AS day
	FROM pg_temp.points((SELECT line_svg(week, revenue) FROM sale))) AS t WHERE step IS NOT NULL;
SELECT is(count(*), 16::bigint, 'one point for each x') FROM pg_temp.points((SELECT line_svg(week, revenue) FROM sale));
SELECT is(count(*) || ' in ' || count(DISTINCT line), '64 in 4', 'and series')
	FROM pg_temp.points((SELECT grouped_line_svg(week, tier, revenue) FROM sale));
CREATE TEMP TABLE sale_svg AS SELECT grouped_line_svg(week, tier, revenue) AS svg FROM sale;
SELECT is((SELECT array_agg(t ORDER BY t) FROM sale_svg, unnest(pg_temp.texts(svg)) AS t
	WHERE t ~ '^[a-z]'), '{bronze,gold,new,silver}', 'each series has its name, once');
SELECT is((SELECT array_agg(n ORDER BY at)
	FROM (SELECT grouped_line_svg(week, tier, revenue, chart_options(label_order => '{new,gone,gold}')) AS svg FROM sale) AS t,
		unnest('{new,gold,bronze,silver}'::text[]) AS n, strpos(svg, n || ' ') AS at), '{new,gold,bronze,silver}', 'in the order wanted');
SELECT ok(line_svg(x, x) ~ '>0<.*>10<' AND line_svg(x, 100 + x) !~ '>0<' AND line_svg(x, -x) ~ '>0<', 'from 0 where it is not far')
	FROM generate_series(1, 10) AS x;
SELECT ok(line_svg(i, 7) ~ '>0<' AND line_svg(i, 0) ~ '>1<', 'a flat line') FROM generate_series(1, 3) AS i;
SELECT is(pg_temp.times(line_svg(5, 7), '<path class="s0" '), 1::bigint, 'one point is a dot');
SELECT ok(pg_temp.texts(line_svg(5, 7)) @> '{5}', 'with its x') ;
SELECT ok(pg_temp.texts(line_svg(date '2026-05-05', 7)) @> '{2026-05-05}', 'or its day') ;
SELECT is(count(*), 5::bigint, 'steps have a corner more for each change')
	FROM pg_temp.points((SELECT line_svg(x, x * x, '{"steps": true}') FROM generate_series(1, 3) AS x));
SELECT ok(grouped_line_svg(1, i, i) ~ '>12 more series are not shown<' AND pg_temp.texts(grouped_line_svg(1, i, i)) @> '{13,20}'
	AND NOT pg_temp.texts(grouped_line_svg(1, i, i)) && '{12}', '20 series: the largest, and how many others')
	FROM generate_series(1, 20) AS i;
SELECT ok(grouped_line_svg(1, i, i) ~ '>9,992 more series are not shown<', '10,000 series') FROM generate_series(1, 10000) AS i;
SELECT ok(grouped_line_svg(1, i, i) ~ '>1 more series is not shown<', '9 series') FROM generate_series(1, 9) AS i;

-- ---------- NULL ----------

SELECT ok(line_svg(x, y) ~ '>2 rows with NULL are not shown<', 'the chart says how many rows have a NULL')
	FROM (VALUES (1, 1.0), (NULL, 2.0), (3, NULL)) AS r (x, y);
SELECT is(pg_temp.times(line_svg(x, y), 'M\d') - pg_temp.times(line_svg(x, y), '<path class="s0'), 2::bigint,
	'a line has a gap where y is NULL')
	FROM (VALUES (1, 1.0), (2, 2), (3, NULL), (4, 4), (5, 5)) AS r (x, y);
SELECT is(pg_temp.times(line_svg(x, y), 'M\d') - pg_temp.times(line_svg(x, y), '<path class="s0'), 1::bigint,
	'and none where another row has a value')
	FROM (VALUES (1, 1.0), (2, 2), (3, NULL), (3, 3), (4, 4), (5, 5)) AS r (x, y);
SELECT is(line_svg(x, y), NULL, 'no row is no chart') FROM (VALUES (NULL::float8, 1.0), (1, NULL)) AS r (x, y);
SELECT is(line_svg(1, 2), NULL, 'nor is an empty table') FROM sale WHERE false;
SELECT ok(grouped_line_svg(1, s, 2) ~ '>1 row with NULL is not shown<', 'nor is a row without series shown')
	FROM (VALUES ('a'), (NULL)) AS r (s);

-- ---------- time ----------

SET LOCAL timezone = 'Europe/Berlin';
SELECT is(line_svg(ts, y), line_svg(ts AT TIME ZONE 'Europe/Berlin', y), 'timestamptz in the zone of the session')
	FROM (SELECT timestamptz '2026-07-01 10:00+00' + i * interval '1 hour' AS ts, i AS y FROM generate_series(1, 30) AS i) AS t;
SELECT is(line_svg(week, revenue), line_svg(week::timestamp, revenue), 'a date is its midnight') FROM sale;
SELECT is(line_svg(week, revenue), line_svg(week::timestamptz, revenue), 'in the zone of the session too') FROM sale
	WHERE week < '2026-03-29';
SELECT ok(line_svg(ts, y) ~ '>2026-07-01 14:00<|>14:00<' , 'hours have names') FROM (VALUES (timestamptz '2026-07-01 10:00+00', 1),
	('2026-07-01 16:00+00', 2)) AS t (ts, y);
SET LOCAL timezone = 'Asia/Tokyo';
SELECT ok(line_svg(ts, y) ~ '>20:00<', 'whatever the zone is') FROM (VALUES (timestamptz '2026-07-01 10:00+00', 1),
	('2026-07-01 16:00+00', 2)) AS t (ts, y);
SELECT throws_ok($$ SELECT line_svg('infinity'::timestamp, 1) $$, '22003', 'x must be finite');
SELECT throws_ok($$ SELECT line_svg('-infinity'::timestamptz, 1) $$, '22003', 'x must be finite');
SELECT throws_ok($$ SELECT line_svg('infinity'::date, 1) $$, '22003', 'x must be finite');
SELECT ok(line_svg(ts, 1)::xml IS DOCUMENT, 'from the first year to the last')
	FROM unnest('{4713-01-01 BC,294276-01-01}'::timestamp[]) AS ts;

-- ---------- intervals ----------

SELECT ok(band_svg(x, 10, 8, 13) ~ '<path class="s0 band" d="M', 'an area') FROM generate_series(1, 3) AS x;
SELECT ok(band_svg(x, 10, NULL, 13) !~ 'class="s0 band"', 'no area without an interval') FROM generate_series(1, 3) AS x;
SELECT is(pg_temp.times((regexp_match(band_svg(x, 10, nullif(x, 3), 13), 'band" d="([^"]*)"'))[1], 'M'), 2::bigint,
	'with a gap where there is no interval') FROM generate_series(1, 5) AS x;
SELECT throws_ok('SELECT band_svg(1, 2, 1, 3) FROM generate_series(1, 2)', '22023',
	'there is more than one row for the same x and series');
SELECT throws_ok('SELECT grouped_band_svg(1, ''a'', 2, 1, 3) FROM generate_series(1, 2)', '22023',
	'there is more than one row for the same x and series');
SELECT throws_ok('SELECT band_svg(1, 2, 3, 1)', '22023', 'low must not be above high');
SELECT throws_ok('SELECT band_svg(1, 2, ''-Infinity'', 3)', '22003', 'low must be finite');
SELECT is(band_svg(x, x, x - 1, x + 1 ORDER BY x), band_svg(x, x, x - 1, x + 1 ORDER BY -x), 'in any order')
	FROM generate_series(1, 99) AS x;

-- ---------- survival ----------

CREATE TEMP TABLE survival AS SELECT
	(SELECT survival_svg(time, censored, survival, ci_low, ci_high) FROM curve WHERE plan = 'p1') AS one,
	(SELECT grouped_survival_svg(time, plan, censored, survival, ci_low, ci_high) FROM curve) AS three;
SELECT is((SELECT array_agg(DISTINCT round((y - zero) / (hundred - zero), 2) ORDER BY round((y - zero) / (hundred - zero), 2))
		FROM survival, pg_temp.height_of(one, '0%') AS zero, pg_temp.height_of(one, '100%') AS hundred,
			pg_temp.points(one)),
	(SELECT array_agg(DISTINCT round(survival::numeric, 2) ORDER BY round(survival::numeric, 2))
		FROM (SELECT 1 AS survival UNION ALL SELECT survival FROM curve WHERE plan = 'p1') AS t),
	'every survival is a height of its curve');
SELECT is(count(DISTINCT line) || ' from ' || count(*) FILTER (WHERE n = 1 AND abs(y - hundred) < 0.01), '3 from 3',
	'all curves begin at 1')
FROM survival, pg_temp.height_of(three, '100%') AS hundred, pg_temp.points(three);
SELECT is(pg_temp.times(survival_svg(time, censored, survival, ci_low, ci_high), '<line class="l0"'),
	count(*) FILTER (WHERE censored > 0), 'a tick where users are no longer observed') FROM curve WHERE plan = 'p1';
SELECT throws_ok('SELECT survival_svg(1, 0, 1.5, 0, 1)', '22023', 'survival is out of range: 1.5');
SELECT throws_ok('SELECT survival_svg(-1, 0, 0.5, 0, 1)', '22023', 'time is out of range: -1');
SELECT throws_ok('SELECT survival_svg(1, -1, 0.5, 0, 1)', '22023', 'censored must be a non-negative whole number, not -1');
SELECT throws_ok('SELECT survival_svg(1, 0, 0.5, 0, 1) FROM generate_series(1, 2)', '22023',
	'there is more than one row for the same time and series');

-- ---------- well-formed, safe, the same bytes ----------

SELECT ok((SELECT grouped_line_svg(week, tier, revenue, chart_options(title => '<&"''>', x_label => '&lt;', y_unit => '<'))
	FROM sale)::xml IS DOCUMENT, 'XML whatever the texts are');
SELECT ok(grouped_line_svg(x, t, x) !~ '<script|onload="|\]\]>', 'markup in names is text')
	FROM (VALUES ('<script>alert(1)</script>'), (']]>'), ('" onload="x')) AS r (t), generate_series(1, 3) AS x;
SELECT ok(length(grouped_line_svg(x, repeat('x', 100000) || s, s)) < 10000, 'long names are cut')
	FROM generate_series(1, 3) AS x, generate_series(1, 3) AS s;
SELECT is((SELECT grouped_line_svg(week, tier, revenue / 7 ORDER BY revenue) FROM sale),
	(SELECT grouped_line_svg(week, tier, revenue / 7 ORDER BY week DESC, revenue DESC) FROM sale), 'the same bytes in any order');
SELECT is((SELECT length(line_svg(x, x % 1000)) BETWEEN 1000 AND 100000 FROM generate_series(1, 1000000) AS x), true, 'a million points');
SELECT is(line_svg('-0'::float8, y), line_svg(0, y), 'minus 0 is 0') FROM generate_series(1, 2) AS y;
SELECT ok(line_svg(x, y) !~ 'nan|inf|NaN', 'huge and tiny numbers')
	FROM (VALUES (-1.7e308, 1.7e308), (1.7e308, -1.7e308), (5e-324, 5e-324)) AS r (x, y);

-- ---------- errors ----------

SELECT throws_ok('SELECT line_svg(1, ''NaN'')', '22003', 'y must be finite');
SELECT throws_ok('SELECT line_svg(''NaN''::float8, 1)', '22003', 'x must be finite');
SELECT throws_ok('SELECT line_svg(1, 1.7e308) FROM sale', '22003', 'sum is out of range');
SELECT throws_ok('SELECT line_svg(x, x, ''{"x_scale": "log"}'') FROM generate_series(0, 2) AS x', '22023',
	'x on a log scale must be positive and finite, not 0');
SELECT throws_ok('SELECT line_svg(x, -x, ''{"y_scale": "log"}'') FROM generate_series(1, 2) AS x', '22023',
	'y on a log scale must be positive and finite, not -2');
SELECT throws_ok('SELECT line_svg(week, 1, ''{"x_scale": "log"}'') FROM sale', '22023', 'option "x_scale" cannot be combined with times');
SELECT throws_ok('SELECT line_svg(1, 1, ''{"bins": 5}'')', '22023', 'option "bins" is not used by method "line_svg"');

-- the ends of the range of a double, where ticks must be found, and all marks be on the paper
SELECT ok(line_svg(x, x, o) !~ '="[^"]*1000000' AND line_svg(x, x, o)::xml IS DOCUMENT, what || ' ' || o)
	FROM (VALUES ('the largest number', '{1.7976931348623157e308}'::float8[]),
		('close to it', '{1.7976931348623157e308,1.797693134862315e308}'),
		('the smallest number', '{5e-324}'), ('the smallest ones', '{5e-324,1e-323,2e-308}')) AS t (what, xs), unnest(xs) AS x,
		unnest(ARRAY['{}', '{"x_scale": "log", "y_scale": "log"}']::jsonb[]) AS o GROUP BY what, o ORDER BY what, o;

SET LOCAL segment.training_memory = '1MB';
SELECT throws_ok('SELECT line_svg(i, i) FROM generate_series(1, 20000) AS i', '54000',
	'memory for the chart exceeds the setting segment.training_memory', 'as much memory as the setting allows');
SELECT ok(line_svg(i % 5000, i) IS NOT NULL, 'many rows at few x fit') FROM generate_series(1, 20000) AS i;

SELECT * FROM finish();
ROLLBACK;
