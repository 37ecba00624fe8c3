-- dendrogram_svg: leaves in scipy's order, heights, clusters as hierarchical_cut numbers them, limits, labels.
BEGIN;
SELECT plan(36);

CREATE TEMP TABLE point AS
	SELECT i, ARRAY[i * i * 37 % 1009 / 10.0, i * i * i * 13 % 997 / 50.0, i * 71 % 503 / 7.0]::float8[] AS x
	FROM generate_series(1, 60) AS i;
CREATE TEMP TABLE model AS
	SELECT linkage, hierarchical_train(i, x, hierarchical_options(linkage => linkage, standardize => false)) AS m
	FROM point, unnest('{ward,average,complete,single}'::text[]) AS linkage GROUP BY linkage;
-- test/oracle/dendrogram.py
CREATE TEMP TABLE scipy (linkage, leaves, last) AS VALUES
	('ward', '{27, 20, 41, 42, 7, 28, 35, 56, 55, 5, 33, 25, 18, 54, 4, 40, 26, 39, 59, 32, 46, 10, 17, 38, 9, 44, 29, 50, 22, 43,
49, 13, 14, 21, 11, 48, 12, 19, 6, 34, 36, 8, 16, 23, 51, 15, 58, 47, 53, 60, 3, 31, 45, 37, 2, 24, 52, 57, 1, 30}',
'{6 rows, 2 rows, 6 rows, 9 rows, 3 rows, 4 rows, 4 rows, 6 rows, 7 rows, 3 rows, 7 rows, 3 rows}'),
	('average', '{57, 1, 30, 3, 31, 45, 37, 2, 24, 52, 36, 15, 58, 8, 16, 23, 51, 47, 53, 60, 49, 13, 14, 21, 12, 19, 6, 34, 38, 9, 44,
29, 50, 22, 43, 11, 48, 59, 32, 46, 10, 17, 4, 40, 27, 20, 41, 42, 7, 28, 26, 39, 25, 55, 5, 33, 18, 54, 35, 56}',
'{3 rows, 14 rows, 3 rows, 49, 7 rows, 3 rows, 4 rows, 2 rows, 7 rows, 6 rows, 8 rows, 2 rows}'),
	('complete', '{38, 9, 44, 29, 50, 22, 43, 26, 39, 55, 5, 33, 25, 18, 54, 35, 56, 27, 20, 41, 42, 7, 28, 47, 53, 60, 49, 13, 14, 21,
59, 4, 40, 32, 46, 10, 17, 12, 19, 6, 34, 11, 48, 57, 1, 30, 37, 2, 24, 52, 36, 8, 16, 23, 51, 3, 31, 45, 15, 58}',
'{3 rows, 4 rows, 8 rows, 2 rows, 6 rows, 3 rows, 4 rows, 7 rows, 6 rows, 7 rows, 5 rows, 5 rows}'),
	('single', '{49, 29, 50, 22, 43, 59, 48, 6, 34, 12, 19, 13, 14, 21, 36, 56, 57, 1, 30, 35, 47, 53, 60, 37, 3, 31, 45, 2, 24, 52,
15, 58, 8, 16, 23, 51, 11, 32, 46, 10, 17, 4, 40, 42, 7, 28, 27, 20, 41, 26, 39, 38, 9, 44, 25, 55, 5, 33, 18, 54}',
'{49, 29, 3 rows, 59, 8 rows, 36, 56, 57, 2 rows, 35, 16 rows, 24 rows}');

CREATE FUNCTION pg_temp.labels(svg text) RETURNS text[] LANGUAGE sql AS $$
	SELECT array_agg(m[1] ORDER BY n)
	FROM regexp_matches(svg, '<text [^>]*class="ink" text-anchor="end">([^<]*)<', 'g') WITH ORDINALITY AS r (m, n) $$;
-- a merge is an upright line
CREATE FUNCTION pg_temp.merges(svg text) RETURNS TABLE (n bigint, x float8, length float8) LANGUAGE sql AS $$
	SELECT row_number() OVER (ORDER BY m[1]::float8), m[1]::float8, m[2]::float8
	FROM regexp_matches(svg, '<rect class="[a-z0-9-]+" x="([0-9.]+)" y="[0-9.]+" width="2" height="([0-9.]+)"', 'g') AS m
	WHERE m[2]::float8 > 2 $$;
CREATE FUNCTION pg_temp.ticks(svg text) RETURNS TABLE (x float8, value float8) LANGUAGE sql AS $$
	SELECT m[1]::float8, m[2]::float8
	FROM regexp_matches(svg, '<text x="([0-9.]+)" [^>]*class="soft" text-anchor="middle">([0-9.]+)<', 'g') AS m $$;

SELECT is(pg_temp.labels(dendrogram_svg(m, chart_options("limit" => 100))), leaves::text[], linkage || ': leaves in the order of scipy')
	FROM model JOIN scipy USING (linkage) ORDER BY linkage;
SELECT is(pg_temp.labels(dendrogram_svg(m, chart_options("limit" => 12))), last::text[], linkage || ': the last 12, as scipy')
	FROM model JOIN scipy USING (linkage) ORDER BY linkage;

-- heights: merges in the order of their heights are where the axis says
SELECT ok(count(*) = 59 AND max(abs(p.x + 1 - (slope * height + start))) < 0.03, linkage || ': each merge at its height')
	FROM (SELECT linkage, svg, regr_slope(t.x, value) AS slope, regr_intercept(t.x, value) AS start
		FROM model, dendrogram_svg(m, chart_options("limit" => 60)) AS svg, pg_temp.ticks(svg) AS t GROUP BY linkage, svg) AS t
	JOIN (SELECT linkage, row_number() OVER (PARTITION BY linkage ORDER BY height) AS n, height
		FROM model, hierarchical_merges(m)) AS h USING (linkage),
	LATERAL (SELECT * FROM pg_temp.merges(svg) AS p WHERE p.n = h.n) AS p
	GROUP BY linkage ORDER BY linkage;

-- clusters: beside the leaves stand the numbers of hierarchical_cut
CREATE FUNCTION pg_temp.numbers(svg text) RETURNS TABLE (y float8, number int) LANGUAGE sql AS $$
	SELECT m[1]::float8, m[2]::int
	FROM regexp_matches(svg, '<text [^>]*y="([0-9.]+)" class="soft" text-anchor="end">([0-9]+)<', 'g') AS m $$;
CREATE FUNCTION pg_temp.places(svg text) RETURNS TABLE (y float8, label text) LANGUAGE sql AS $$
	SELECT m[1]::float8, m[2] FROM regexp_matches(svg, '<text [^>]*y="([0-9.]+)" class="ink" text-anchor="end">([^<]*)<', 'g') AS m $$;
SELECT ok(count(*) = k AND bool_and(abs(n.y - middle) < 0.02), format('%s clusters with their numbers', k))
	FROM (VALUES (2), (4), (9), (60)) AS v (k), model,
		dendrogram_svg(m, chart_options("limit" => 60), k) AS svg,
		LATERAL (SELECT cluster, (min(y) + max(y)) / 2 AS middle
			FROM pg_temp.places(svg) JOIN hierarchical_cut(m, k) ON id = label GROUP BY cluster) AS c
		JOIN LATERAL pg_temp.numbers(svg) AS n ON n.number = c.cluster
	WHERE linkage = 'average' GROUP BY k ORDER BY k;
SELECT is(count(*), 4::bigint, 'the line cuts as many branches as there are clusters')
	FROM (SELECT (regexp_match(svg, 'dasharray="5 4"><line class="axis" x1="([0-9.]+)"'))[1]::float8 AS cut, svg
		FROM model, dendrogram_svg(m, chart_options("limit" => 60), 4) AS svg WHERE linkage = 'ward') AS t,
	LATERAL regexp_matches(svg, '<rect class="[a-z0-9-]+" x="([0-9.]+)" y="[0-9.]+" width="([0-9.]+)" height="2"', 'g') AS b
	WHERE b[1]::float8 < cut AND b[1]::float8 + b[2]::float8 > cut;
SELECT ok(dendrogram_svg(m) !~ 'dasharray', 'no line without clusters') FROM model LIMIT 1;

-- labels
SELECT is(pg_temp.labels(dendrogram_svg(m, chart_options("limit" => 60), 1, ARRAY(SELECT 'L' || i FROM generate_series(1, 60) AS i))),
	ARRAY(SELECT 'L' || l FROM unnest(leaves::text[]) AS l), 'labels in the order of ids')
	FROM model JOIN scipy USING (linkage) WHERE linkage = 'ward';
SELECT ok(pg_temp.labels(dendrogram_svg(hierarchical_train(id, ARRAY[x]))) @> ARRAY['', '&#60;b&#62;', '&#1513;', '&#29992;&#25143;'],
	'any text is a label, and markup stays text') FROM (VALUES ('', 1), ('<b>', 2), ('用户', 4), ('ש', 8)) AS t (id, x);
SELECT ok(svg ~ 'x&#8230;<' AND svg::xml IS DOCUMENT, 'long labels are cut')
	FROM (SELECT dendrogram_svg(hierarchical_train(repeat('x', 200) || i, ARRAY[i]), chart_options(width => 240)) AS svg
		FROM generate_series(1, 5) AS i) AS t;

-- few, many and alike rows
SELECT is(pg_temp.labels(dendrogram_svg(hierarchical_train('only', ARRAY[1]))), '{only}', 'one row');
SELECT ok(svg ~ '>2 rows<' AND svg::xml IS DOCUMENT, 'one leaf') FROM (
	SELECT dendrogram_svg(hierarchical_train(i, ARRAY[i]), chart_options("limit" => 1)) AS svg FROM generate_series(1, 2) AS i) AS t;
SELECT ok(svg::xml IS DOCUMENT AND svg !~* 'nan|inf[^o]', 'rows that are alike') FROM (
	SELECT dendrogram_svg(hierarchical_train(i, ARRAY[1]), '{}', 3) AS svg FROM generate_series(1, 6) AS i) AS t;
SELECT ok(bool_and(svg::xml IS DOCUMENT AND svg !~* 'nan|inf[^o]') AND count(*) = 2, 'huge and tiny heights')
	FROM (SELECT dendrogram_svg(hierarchical_train(i, ARRAY[i * i * scale], '{"standardize": false, "linkage": "single"}')) AS svg
		FROM generate_series(1, 6) AS i, unnest('{1e-70,1e70}'::float8[]) AS scale GROUP BY scale) AS t;
SELECT is(cardinality(pg_temp.labels(svg)), 30, 'of 2,000 rows the last 30 clusters')
	FROM (SELECT dendrogram_svg(hierarchical_train(i, ARRAY[fold(i, 1000, 'a'), fold(i, 1000, 'b')]), k => 30) AS svg
		FROM generate_series(1, 2000) AS i) AS t;
SELECT is(sum(coalesce(substring(replace(l, ',', '') FROM '(.*) rows')::int, 1)), 2000::bigint, 'which have all rows')
	FROM (SELECT dendrogram_svg(hierarchical_train(i, ARRAY[fold(i, 1000, 'a'), fold(i, 1000, 'b')])) AS svg
		FROM generate_series(1, 2000) AS i) AS t, unnest(pg_temp.labels(svg)) AS l;
SELECT is(dendrogram_svg(hierarchical_train(i, x ORDER BY i)), dendrogram_svg(hierarchical_train(i, x ORDER BY i * 7 % 61)),
	'any order gives the same bytes') FROM point;
SELECT is(dendrogram_svg(m, k => NULL), NULL, 'NULL') FROM model LIMIT 1;

-- errors
SELECT throws_ok(format('SELECT dendrogram_svg(m%s) FROM model WHERE linkage = ''ward''', arguments), code, message, message)
	FROM (VALUES (', k => 0', '22023', 'number of clusters is out of range: 0'),
		(', k => 61', '22023', 'number of clusters is out of range: 61'),
		(', k => 31', '54000', 'too many clusters: 31'),
		(', labels => ''{a,b}''', '22023', 'option "labels" has the wrong number of texts'),
		(', labels => array_fill(NULL::text, ARRAY[60])', '22004', 'labels must not contain NULL'),
		(', chart_options(sort => ''label'')', '22023', 'option "sort" is not used by method "dendrogram_svg"'))
		AS t (arguments, code, message);
SELECT throws_ok('SELECT dendrogram_svg(tree_train(i % 2 = 0, ARRAY[i % 2])) FROM generate_series(1, 60) AS i', '42804', NULL, 'a tree');

SELECT * FROM finish();
ROLLBACK;
