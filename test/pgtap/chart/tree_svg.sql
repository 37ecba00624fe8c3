-- tree_svg: rules, shares and predictions as tree_rules has them, collapsed trees, names, errors.
BEGIN;
SELECT plan(49);

CREATE TEMP TABLE learner AS
	SELECT i, i * 37 % 61 AS days_away, i * 13 % 8 AS lessons, CASE WHEN i % 4 > 0 THEN i * 11 % 5 END AS rating,
		i * 37 % 61 > 20 AND i * 13 % 8 < 3 OR i * 7919 % 1009 < 100 AS churned,
		(i * 37 % 61) * 3.25 + (i * 13 % 8) ^ 2 AS spend
	FROM generate_series(1, 1000) AS i;
CREATE TEMP TABLE model AS
	SELECT 'class' AS kind, tree_train(churned, ARRAY[days_away, lessons, rating],
		tree_options(max_depth => 4, feature_names => '{days_away,lessons,rating}')) AS m FROM learner
	UNION ALL SELECT 'number', tree_train(spend, ARRAY[days_away, lessons, rating], tree_options(max_depth => 4)) FROM learner
	UNION ALL SELECT 'classes', tree_train('c' || days_away / 9, ARRAY[days_away, lessons, rating], tree_options(max_depth => 3))
		FROM learner
	UNION ALL SELECT 'forest', forest_train(churned, ARRAY[days_away, lessons, rating],
		forest_options(trees => 3, max_depth => 4)) FROM learner
	UNION ALL SELECT 'numbers forest', forest_train(spend, ARRAY[days_away, lessons, rating],
		forest_options(trees => 3, max_depth => 4)) FROM learner
	UNION ALL SELECT 'boosting', boosting_train(churned, ARRAY[days_away, lessons, rating],
		boosting_options(trees => 3, max_leaves => 9)) FROM learner
	UNION ALL SELECT 'boosting classes', boosting_train('c' || days_away / 21, ARRAY[days_away, lessons, rating],
		boosting_options(trees => 2, max_leaves => 9)) FROM learner;

-- rows of a chart: place of the rule from the left, rule, share and what the row says
CREATE FUNCTION pg_temp.outline(svg text, OUT n bigint, OUT x float8, OUT rule text, OUT share float8, OUT says text)
RETURNS SETOF record LANGUAGE sql AS $$
	WITH texts AS (
		SELECT i, m[1]::float8 AS x, replace(replace(m[2], '&#8722;', '-'), '&#8239;', ' ') AS text
		FROM regexp_matches(svg, '<text x="([0-9.]+)"[^>]*>([^<]*)<', 'g') WITH ORDINALITY AS r (m, i)),
	root AS (SELECT min(i) AS i FROM texts WHERE text ~ '^all rows')
	SELECT (t.i - root.i) / 3, min(t.x) FILTER (WHERE (t.i - root.i) % 3 = 0), min(t.text) FILTER (WHERE (t.i - root.i) % 3 = 0),
		replace(min(t.text) FILTER (WHERE (t.i - root.i) % 3 = 1), '%', '')::float8, min(t.text) FILTER (WHERE (t.i - root.i) % 3 = 2)
	FROM texts AS t, root WHERE t.i >= root.i GROUP BY 1 ORDER BY 1 $$;
CREATE FUNCTION pg_temp.leaves(svg text) RETURNS TABLE (leaf bigint, rule text, share float8, says text) LANGUAGE sql AS $$
	SELECT row_number() OVER (ORDER BY n), rule, share, says
	FROM (SELECT *, lead(x) OVER (ORDER BY n) AS next FROM pg_temp.outline(svg)) AS o WHERE next IS NULL OR next <= x $$;
CREATE FUNCTION pg_temp.hidden(rule text) RETURNS bigint LANGUAGE sql AS $$
	SELECT coalesce(substring(rule FROM '&#8230; ([0-9,]+) leaves')::bigint, 1) $$;
CREATE FUNCTION pg_temp.number(says text) RETURNS float8 LANGUAGE sql AS $$
	SELECT substring(replace(says, ',', '') FROM '[-+]?[0-9.]+%?$')::text::float8 $$;

-- each leaf, left to right, against tree_rules
CREATE TEMP TABLE seen AS
	SELECT kind, t AS tree, l.leaf, l.share AS seen_share, l.says, r.share, r.prediction, r.class
	FROM model, generate_series(1, CASE WHEN kind ~ 'forest|boosting' THEN 3 ELSE 1 END) AS t,
		LATERAL pg_temp.leaves(tree_svg(m, chart_options("limit" => 1000), t)) AS l
		FULL JOIN LATERAL (SELECT * FROM tree_rules(m) AS r WHERE r.tree = t) AS r USING (leaf);
SELECT is(count(*) FILTER (WHERE says IS NULL OR share IS NULL), 0::bigint, kind || ': all leaves, and no others')
	FROM seen GROUP BY kind ORDER BY kind;
SELECT ok(bool_and(abs(seen_share - 100 * share) <= 0.0501), kind || ': the share of each') FROM seen GROUP BY kind ORDER BY kind;
SELECT ok(bool_and(says LIKE class || ' %' AND abs(replace(split_part(says, ' ', 2), '%', '')::float8 - 100 * prediction) <= 0.0501),
	kind || ': class and its share') FROM seen WHERE kind IN ('class', 'classes', 'forest') GROUP BY kind ORDER BY kind;
SELECT ok(bool_and(abs(pg_temp.number(says) - prediction) <= abs(prediction) * 0.0006 + 1e-9), kind || ': its number')
	FROM seen WHERE kind NOT IN ('class', 'classes', 'forest') GROUP BY kind ORDER BY kind;

-- inner nodes
SELECT ok((o.says LIKE 'false %' AND abs(replace(split_part(o.says, ' ', 2), '%', '')::float8 - 100 * s.share) < 0.051),
	'the root is like all rows') FROM model, pg_temp.outline(tree_svg(m)) AS o, (SELECT avg((NOT churned)::int) AS share FROM learner) AS s
	WHERE kind = 'class' AND o.n = 0;
SELECT ok(abs(pg_temp.number(o.says) - s.mean) < 0.051, 'of numbers, their mean')
	FROM model, pg_temp.outline(tree_svg(m)) AS o, (SELECT avg(spend) AS mean FROM learner) AS s WHERE kind = 'number' AND o.n = 0;
SELECT is(array_agg(regexp_replace(rule, ' &#8230;.*', '') ORDER BY n), '{all rows,lessons &#8804; 2.5,lessons &#62; 2.5}',
	'a rule for each branch')
	FROM model, pg_temp.outline(tree_svg(m, chart_options("limit" => 2))) WHERE kind = 'class';

-- large trees
SELECT is(array_agg(count ORDER BY most), array_agg(least(most, leaves) ORDER BY most), 'limit is the number of leaves shown')
	FROM (SELECT most, count(*), (SELECT count(*) FROM model, tree_rules(m) WHERE kind = 'number') AS leaves
		FROM model, unnest('{1,2,5,11,30}'::bigint[]) AS most, pg_temp.leaves(tree_svg(m, chart_options("limit" => most)))
		WHERE kind = 'number' GROUP BY most) AS t;
SELECT ok(bool_and(sum = leaves AND abs(share - 100) < 0.3), 'the others are counted')
	FROM (SELECT most, sum(pg_temp.hidden(rule)), sum(share) AS share,
			(SELECT count(*) FROM model, tree_rules(m) WHERE kind = 'number') AS leaves
		FROM model, unnest('{1,2,5,11,30}'::bigint[]) AS most, pg_temp.leaves(tree_svg(m, chart_options("limit" => most)))
		WHERE kind = 'number' GROUP BY most) AS t;
SELECT ok(length(tree_svg(m, chart_options("limit" => 1000, width => 240))) < 2e6, 'a thousand leaves')
	FROM (SELECT tree_train(fold(i, 997, 'y')::float8, ARRAY[fold(i, 500, 'a'), fold(i, 500, 'b')],
		tree_options(max_depth => 32, min_leaf_rows => 1)) AS m FROM generate_series(1, 3000) AS i) AS t;
SELECT is(array_agg(rule || ', ' || share || ', ' || says), '{"all rows, 100, 7"}', 'a tree without a split')
	FROM (SELECT tree_train(7.0::float8, ARRAY[i]) AS m FROM generate_series(1, 50) AS i) AS t, pg_temp.outline(tree_svg(m));

-- names
SELECT ok(tree_svg(m) ~ '>v\[1\] &#8804; ', 'elements without names have numbers') FROM model WHERE kind = 'number';
SELECT ok(svg ~ '>&#60;b&#62;&#38;&#34;x&#34; &#8804; ' AND svg::xml IS DOCUMENT, 'markup in names stays text')
	FROM model, tree_svg(m, feature_names => ARRAY['<b>&"x"', 'שלום', '''']) AS svg WHERE kind = 'number';
SELECT ok(svg ~ repeat('x', 20) AND svg ~ 'x&#8230; &#8804; 2.5<', 'a long name is cut before the threshold')
	FROM model, tree_svg(m, feature_names => ARRAY['a', repeat('x', 900), 'b']) AS svg WHERE kind = 'class';
SELECT ok(svg::xml IS DOCUMENT AND svg !~ '[^\x01-\x7f]', 'empty and wide names')
	FROM model, tree_svg(m, feature_names => ARRAY['', '用户', repeat('宽', 300)]) AS svg WHERE kind = 'class';
SELECT ok(tree_svg(m) ~ '>5 others<', 'classes without a color of their own')
	FROM (SELECT tree_train('k' || i % 12, ARRAY[i % 12]) AS m FROM generate_series(1, 600) AS i) AS t;
SELECT ok(tree_svg(m) ~ ' or missing<', 'where rows go that lack an element')
	FROM (SELECT tree_train(i % 3 = 0 AND i % 2 = 0, ARRAY[nullif(i % 3, 1), i % 2]) AS m FROM generate_series(1, 600) AS i) AS t;

-- the same bytes
SELECT is(tree_svg(tree_train(churned, ARRAY[days_away, lessons, rating] ORDER BY i)),
	tree_svg(tree_train(churned, ARRAY[days_away, lessons, rating] ORDER BY lessons, i DESC)), 'any order gives the same bytes')
	FROM learner;
SELECT is(tree_svg(m, NULL), NULL, 'NULL options') FROM model WHERE kind = 'class';
SELECT is(tree_svg(NULL), NULL, 'NULL model');
SELECT ok(bool_and(tree_svg(m, chart_options(title => 'T', description => 'D', y_label => 'L', theme => 'dark', width => w,
	height => 900))::xml IS DOCUMENT), 'well-formed') FROM model, unnest('{240,360,640,4000}'::int[]) AS w;

-- errors
SELECT throws_ok(format('SELECT tree_svg(m%s) FROM model WHERE kind = %L', arguments, kind), code, message, message)
	FROM (VALUES ('class', ', tree => 0', '22023', 'number of the tree is out of range: 0'),
		('forest', ', tree => 4', '22023', 'number of the tree is out of range: 4'),
		('class', ', feature_names => ''{a,b}''', '22023', 'option "feature_names" has the wrong number of texts'),
		('class', ', feature_names => ''{a,b,NULL}''', '22004', 'feature_names must not contain NULL'),
		('class', ', ''{"colour": 1}''', '22023', 'unrecognized option "colour"'),
		('class', ', chart_options(layout => ''stacked'')', '22023', 'option "layout" is not used by method "tree_svg of classes"'),
		('class', ', chart_options(y_unit => ''m'')', '22023', 'option "y_unit" is not used by method "tree_svg of classes"'),
		('number', ', chart_options(colors => ''{#000000}'')', '22023', 'option "colors" is not used by method "tree_svg of numbers"'),
		('boosting', ', chart_options(y_unit => ''m'')', '22023', 'option "y_unit" is not used by method "tree_svg of scores"'))
		AS t (kind, arguments, code, message);
SELECT throws_ok('SELECT tree_svg(isolation_train(feature_vector(i))) FROM generate_series(1, 300) AS i', '42804',
	'expected a model of trees, got a model of outliers');
SELECT throws_ok('SELECT tree_svg(hierarchical_train(i, ARRAY[i])) FROM generate_series(1, 5) AS i', '42804',
	'expected a model of trees, got a hierarchical clustering');

SELECT * FROM finish();
ROLLBACK;
