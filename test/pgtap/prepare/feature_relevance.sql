-- feature_relevance: scikit-learn's F, p-values and information of bins.
BEGIN;
SELECT plan(20);

CREATE TEMP TABLE visitor AS
	SELECT i, substr('abc', 1 + i * 7 % 11 % 3, 1) AS class, i * 7 % 11 + i % 13 / 4.0::float8 AS number,
		ARRAY[i * 7 % 11 + i * 37 % 29 / 3.0::float8, i * 13 % 31, (i * 7 % 11 - 5) ^ 2 + i % 5,
			CASE WHEN i % 6 > 0 THEN i * 7 % 11 * 1e6 + i % 2 END] AS a
	FROM generate_series(1, 300) AS i;
CREATE TEMP TABLE relevance AS
	SELECT 'class' AS label, r.* FROM unnest((SELECT feature_relevance(class, a) FROM visitor)) AS r
	UNION ALL SELECT 'number', r.* FROM unnest((SELECT feature_relevance(number, a) FROM visitor)) AS r;

-- numbers made by test/oracle/prepare.py
SELECT cmp_ok(greatest(abs(r.mutual_information - w.mutual_information), abs(r.f_statistic / w.f_statistic - 1),
	abs(r.p_value / w.p_value - 1)),
	'<', 1e-9::float8, format('scikit-learn''s numbers for a %s, element %s', label, position))
FROM relevance AS r JOIN (VALUES
	('class', 1, 0.01526612363709881::float8, 1.6737379810999087::float8, 0.18930876072426964::float8),
	('class', 2, 0.004196791861746041, 0.1649515533249817, 0.8480124105073943),
	('class', 3, 0.29577674973942775, 12.042555608194549, 9.35918041195046e-06),
	('class', 4, 0.6769652091644973, 2.777552874710934, 0.06413407819481023),
	('number', 1, 0.4569024306941445, 307.592556014339, 8.385001694301692e-48),
	('number', 2, 0.22325292773828392, 0.0011448406773094885, 0.9730309834881798),
	('number', 3, 0.5541282532544247, 0.018401654944173413, 0.8921874283368877),
	('number', 4, 1.1047505632337544, 2750.157517831367, 3.1983460305291793e-136)
) AS w(label, position, mutual_information, f_statistic, p_value) USING (label, position);

SELECT is((SELECT feature_relevance(class, a ORDER BY i % 17, i) FROM visitor), (SELECT feature_relevance(class, a) FROM visitor),
	'the same bits in any order');
SELECT is(feature_relevance(class, a::feature_vector), feature_relevance(class, a), 'an array is a vector') FROM visitor;
SELECT is(feature_relevance(number > 5, a), feature_relevance((number > 5)::text, a), 'a boolean is a class') FROM visitor;
SELECT is(feature_relevance(i, a), feature_relevance(i::float8, a), 'a whole number is an outcome') FROM visitor;
SELECT is(feature_relevance(nullif(class, 'c'), a), feature_relevance(class, a) FILTER (WHERE class <> 'c'),
	'rows without label are skipped')
FROM visitor;
SELECT is(feature_relevance(NULL::text, ARRAY[1]), NULL, 'no rows give NULL');
SELECT results_eq($$SELECT * FROM unnest((SELECT feature_relevance(i % 2 = 0, ARRAY[3, NULL, i % 2]::float8[])
	FROM generate_series(1, 8) AS i))$$,
	$$VALUES (1, 0::float8, NULL::float8, NULL::float8), (2, NULL, NULL, NULL), (3, ln(2::float8), 'Infinity', 0)$$,
	'constant, missing, and all there is to know');
SELECT is((feature_relevance('a'::text, ARRAY[i]))[1]::text, '(1,0,,)', 'one class') FROM generate_series(1, 9) AS i;
SELECT throws_ok($$SELECT feature_relevance('Infinity'::float8, ARRAY[1])$$, '22003', 'label must be finite', 'an infinite label');
SELECT throws_ok($$SELECT feature_relevance(true, x) FROM (VALUES ('[1]'::feature_vector), ('[1,2]')) AS t(x)$$, '2202E', NULL,
	'lengths must agree');
SELECT throws_ok($$SELECT feature_relevance(i::text, ARRAY[i]) FROM generate_series(1, 1001) AS i$$, '54000', 'too many classes: 1001',
	'too many classes');
SELECT is(cardinality(feature_relevance(i::text, ARRAY[i])), 1, 'as many as may be') FROM generate_series(1, 1000) AS i;

SELECT * FROM finish();
ROLLBACK;
