-- Confusion matrices and their reports against scikit-learn and GROUP BY, however
-- rows are split, ordered and planned.
BEGIN;
SELECT plan(17);

CREATE TABLE guesses AS
	SELECT i, actual,
		CASE WHEN i % 3 > 0 THEN CASE WHEN actual = 'c' THEN 'a' ELSE actual END
			ELSE (ARRAY['a', 'b', 'd'])[1 + i % 7 % 3] END AS predicted
	FROM (SELECT i, (ARRAY['a', 'b', 'c'])[1 + (i * i * 7 + i) % 11 % 3] AS actual FROM generate_series(1, 2000) AS i) AS t;
ANALYZE guesses;
CREATE TEMP TABLE whole AS SELECT confusion_matrix(actual, predicted) AS summary FROM guesses;

-- made by test/oracle/evaluate.py
CREATE TEMP TABLE golden (class text, average text, p float8, r float8, f1 float8, support bigint);
INSERT INTO golden VALUES
	('a', NULL, 0.5337690631808278, 0.8094713656387665, 0.6433260393873086, 908),
	('b', NULL, 0.6397228637413395, 0.760989010989011, 0.6951066499372648, 364),
	('c', NULL, 0.0, 0.0, 0.0, 728),
	('d', NULL, 0.0, 0.0, 0.0, 0),
	(NULL, 'accuracy', 0.506, 0.506, 0.506, 2000),
	(NULL, 'macro', 0.2933729817305418, 0.3926150941569444, 0.33460817233114337, 2000),
	(NULL, 'weighted', 0.3587607158850196, 0.506, 0.4185794321704203, 2000);
CREATE TEMP TABLE report AS SELECT r.* FROM whole, classification_report(summary) AS r;
SELECT is((SELECT array_agg(coalesce(class, average)) FROM report), '{a,b,c,d,accuracy,macro,weighted}', 'rows and their order');
SELECT is(count(*), 7::bigint, 'each row has its support')
FROM report JOIN golden USING (support) WHERE (report.class, report.average) IS NOT DISTINCT FROM (golden.class, golden.average);
SELECT cmp_ok(max(greatest(abs(report.precision - p), abs(report.recall - r), abs(report.f1 - golden.f1))), '<', 1e-13::float8,
	'precision, recall and F1 are those of scikit-learn')
FROM report JOIN golden ON (report.class, report.average) IS NOT DISTINCT FROM (golden.class, golden.average);
SELECT results_eq('SELECT c.* FROM whole, confusion_cells(summary) AS c',
	$$ SELECT actual, predicted, count(*), count(*) / sum(count(*)) OVER (PARTITION BY actual)::float8
		FROM guesses GROUP BY 1, 2 ORDER BY 1, 2 $$, 'cells are those of GROUP BY');

-- types of classes
SELECT is(confusion_matrix(i % 3, i % 2)::text, confusion_matrix((i % 3)::text, (i % 2)::text)::text, 'numbers count as their text')
FROM generate_series(1, 20) AS i;
SELECT is(confusion_matrix(i % 3, (i % 2)::text), confusion_matrix(i % 3, i % 2), 'a number and a text') FROM generate_series(1, 20) AS i;
SELECT is(ARRAY[confusion_matrix(i % 3 = 0, i % 2 = 0)::text, confusion_matrix(i % 3 = 0, (i % 2 = 0)::text)::text],
	array_fill(confusion_matrix((i % 3 = 0)::text, (i % 2 = 0)::text)::text, ARRAY[2]), 'booleans, and a text')
FROM generate_series(1, 20) AS i;
SELECT is(array_agg(DISTINCT actual ORDER BY actual), '{10,9,b,é}', 'numbers by value, then bytes')
FROM (SELECT confusion_matrix(x, x) AS m FROM unnest('{é,10,b,9}'::text[]) AS x) AS t, confusion_cells(m);
SELECT results_eq($$ SELECT actual FROM (SELECT confusion_matrix(x, x) AS m FROM unnest('{é,10,b,9}'::text[]) AS x) AS t,
	confusion_cells(m) $$,
	$$ VALUES ('9'), ('10'), ('b'), ('é') $$, 'in this order');

-- a matrix is the sum of its parts, through text
SELECT is(rollup(part)::text, (SELECT summary::text FROM whole), 'the sum of ' || n || ' parts is the whole')
FROM (SELECT n, confusion_matrix(actual, predicted)::text::segment_summary AS part
	FROM guesses, (VALUES (1), (7), (2000)) AS t(n) GROUP BY n, i * 31 % n) AS parts
GROUP BY n;
SELECT is(confusion_matrix(actual, predicted ORDER BY -i)::text, (SELECT summary::text FROM whole), 'order does not matter') FROM guesses;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is(confusion_matrix(actual, predicted)::text, (SELECT summary::text FROM whole), 'nor do workers') FROM guesses;

-- limits
SELECT is((confusion_matrix(i, i)::jsonb ->> 'classes')::int, 1000, '1000 classes') FROM generate_series(1, 1000) AS i;
SELECT throws_ok('SELECT confusion_matrix(i, i) FROM generate_series(1, 1001) AS i', '54000', 'too many different classes: 1001',
	'1001 are too many');
SELECT is(confusion_matrix(NULL::text, 'a'), NULL, 'no row with both classes gives NULL');

SELECT * FROM finish();
ROLLBACK;
