-- Conformal intervals and sets: what they are by definition, and their coverage in a
-- simulation of 500 sets of rows.
BEGIN;
SELECT plan(17);

-- uniform numbers between 0 and 1, one for each row and purpose
CREATE FUNCTION pg_temp.draw(i int, purpose text) RETURNS float8 LANGUAGE sql
	AS 'SELECT (fold(i, 1000000007, purpose) - 0.5) / 1000000007.0';

-- k-th smallest error, k = ceil((n + 1) * coverage)
CREATE TABLE errors AS
	SELECT i, i % 100 + 0.25 * (i * 7919 % 1009) - 100 AS actual, (i % 100)::float8 AS predicted FROM generate_series(1, 1000) AS i;
CREATE FUNCTION pg_temp.kth(k int, is_absolute boolean) RETURNS float8 LANGUAGE sql AS $$
	SELECT CASE WHEN is_absolute THEN abs(actual - predicted) ELSE actual - predicted END AS error FROM errors
	ORDER BY error OFFSET k - 1 LIMIT 1 $$;
SELECT is(ARRAY[(predict_interval(m, 7)).low, (predict_interval(m, 7)).high], ARRAY[7 - pg_temp.kth(k, true), 7 + pg_temp.kth(k, true)],
	'the end is error number ' || k)
FROM (SELECT k, conformal_train(actual, predicted, conformal_options(coverage)) AS m
	FROM errors, (VALUES (0.9, 901), (0.5, 501), (0.999, 1000), (0.001, 2)) AS t(coverage, k) GROUP BY k) AS t;
SELECT is(ARRAY[(predict_interval(m, 0)).low, (predict_interval(m, 0)).high], ARRAY[pg_temp.kth(1001 - k, false), pg_temp.kth(k, false)],
	'signed, the ends are errors number ' || 1001 - k || ' and ' || k)
FROM (SELECT k, conformal_train(actual, predicted, conformal_options(coverage, 'signed')) AS m
	FROM errors, (VALUES (0.9, 951), (0.5, 751)) AS t(coverage, k) GROUP BY k) AS t;
SELECT is((SELECT min(p) FILTER (WHERE predict_set_includes(m, p)) FROM generate_series(1, 1000) AS i,
	LATERAL (SELECT i / 1000.0::float8 AS p) AS q),
	0.1::float8, 'a class needs the probability that 901 of 1000 had')
FROM (SELECT conformal_classes_train(i / 1000.0::float8) AS m FROM generate_series(1, 1000) AS i) AS t;

-- 500 sets: skewed errors that grow with x; 59 rows train and one tests, so the number covered is binomial
CREATE TABLE drawn AS
	SELECT i, i / 60 AS set, i % 60 AS row, x AS predicted, x - (1 + x) * (1 + ln(pg_temp.draw(i, 'error'))) AS actual
	FROM generate_series(0, 29999) AS i, LATERAL (SELECT 10 * pg_temp.draw(i, 'x') AS x) AS t;
CREATE FUNCTION pg_temp.covered(options jsonb) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FILTER (WHERE actual BETWEEN (predict_interval(m, predicted)).low AND (predict_interval(m, predicted)).high)
	FROM (SELECT set, conformal_train(actual, predicted, options) AS m FROM drawn WHERE row > 0 GROUP BY set) AS t
	JOIN drawn USING (set) WHERE row = 0 $$;
-- with 59 rows, the chances are 54 / 60, 48 / 60, and (57 - 3) / 60: within three standard deviations
SELECT cmp_ok(abs(pg_temp.covered(options) - 500 * chance), '<=', 3 * sqrt(500 * chance * (1 - chance)), 'coverage ' || options::text)
FROM (VALUES ('{"coverage": 0.9}'::jsonb, 0.9), ('{"coverage": 0.8}', 0.8), ('{"coverage": 0.9, "method": "signed"}',
	0.9)) AS t(options, chance);
-- three classes, whose probabilities are right
CREATE TABLE classes AS
	SELECT i / 60 AS set, i % 60 AS row, p, CASE WHEN u < p[1] THEN 1 WHEN u < p[1] + p[2] THEN 2 ELSE 3 END AS actual
	FROM generate_series(0, 29999) AS i, LATERAL (SELECT pg_temp.draw(i, 'a') AS a, pg_temp.draw(i, 'b') AS b, pg_temp.draw(i,
		'u') AS u) AS d,
		LATERAL (SELECT ARRAY[a, (1 - a) * b, (1 - a) * (1 - b)] AS p) AS t;
SELECT cmp_ok(abs(covered - 500 * chance), '<=', 3 * sqrt(500 * chance * (1 - chance)), 'coverage of sets of classes, ' || chance)
FROM (SELECT chance, count(*) FILTER (WHERE predict_set_includes(m, p[actual])) AS covered
	FROM (SELECT set, chance, conformal_classes_train(p[actual], conformal_options(chance)) AS m
		FROM classes, unnest('{0.9,0.8}'::float8[]) AS chance WHERE row > 0 GROUP BY set, chance) AS t
	JOIN classes USING (set) WHERE row = 0 GROUP BY chance) AS t;

-- the fewest rows
SELECT is(ARRAY(SELECT conformal_train(i, 0, o || '{"when_too_few": "null"}') IS NULL FROM generate_series(1, n) AS i,
	generate_series(n, n)
		GROUP BY o), '{true}', n || ' rows are too few for ' || o::text)
FROM (VALUES (8, '{}'::jsonb), (98, '{"coverage": 0.99}'), (18, '{"method": "signed"}')) AS t(n, o);
SELECT is((conformal_train(i, 0)::jsonb ->> 'high')::float8, 9::float8, '9 are enough') FROM generate_series(1, 9) AS i;
SELECT is(conformal_train(actual, predicted ORDER BY -i)::text, conformal_train(actual, predicted)::text, 'in any order') FROM errors;

SELECT * FROM finish();
ROLLBACK;
