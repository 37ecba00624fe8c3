-- correlation_matrix: SQL's corr() of each pair, however elements are missing.
BEGIN;
SELECT plan(13);

CREATE TEMP TABLE visitor AS
	SELECT i, ARRAY[i * 37 % 101, 1e9 + i * 37 % 101 * 0.01 + i % 5, nullif(i * 11 % 17, 3), CASE WHEN i % 4 > 0 THEN sin(i) END,
		-(i * 37 % 101)]::float8[] AS a
	FROM generate_series(1, 500) AS i;
CREATE TEMP TABLE matrix AS SELECT correlation_matrix(a) AS r FROM visitor;
CREATE TEMP TABLE by_sql AS
	SELECT p, q, corr(a[p], a[q]) AS r FROM visitor, generate_series(1, 5) AS p, generate_series(1, 5) AS q GROUP BY p, q;

SELECT is(ARRAY[array_length(r, 1), array_length(r, 2), array_ndims(r)], ARRAY[5, 5, 2], 'a square') FROM matrix;
SELECT cmp_ok(max(abs(m.r[p][q] - b.r)), '<', 1e-7::float8, 'the correlations of SQL, which lose digits far from zero')
FROM matrix AS m, by_sql AS b;
SELECT cmp_ok(max(abs(m.r[p][q] - b.r)), '<', 1e-13::float8, 'the same near zero, over the rows that have both')
FROM matrix AS m, by_sql AS b WHERE 2 NOT IN (p, q);
SELECT is(count(*) FILTER (WHERE r[i][j] IS DISTINCT FROM r[j][i] OR abs(r[i][j]) > 1)::int, 0, 'symmetric, in range')
FROM matrix, generate_series(1, 5) AS i, generate_series(1, 5) AS j;
SELECT is(ARRAY[r[1][1], r[4][4], r[1][5]], ARRAY[1, 1, -1]::float8[], 'the diagonal, and a mirror image') FROM matrix;
SELECT is((SELECT correlation_matrix(a ORDER BY i % 13, i) FROM visitor), r, 'the same bits in any order') FROM matrix;
SELECT is((SELECT correlation_matrix(a::feature_vector) FROM visitor), r, 'a vector is an array') FROM matrix;
SELECT cmp_ok((SELECT max(abs(x - y)) FROM unnest(r, (SELECT correlation_matrix(a::feature_vector * 8) FROM visitor)) AS t(x, y)),
	'<', 1e-14::float8, 'a change of unit changes nothing') FROM matrix;
SELECT is((SELECT correlation_matrix(NULL::float8[])), NULL, 'no rows give NULL');
SELECT is((SELECT correlation_matrix(ARRAY[x, 3, NULL]) FROM generate_series(1, 9) AS x),
	'{{1,NULL,NULL},{NULL,NULL,NULL},{NULL,NULL,NULL}}'::float8[], 'constant and missing elements have none');
SELECT is((SELECT correlation_matrix(ARRAY[1, 2])), '{{NULL,NULL},{NULL,NULL}}'::float8[], 'nor has a single row');
SELECT throws_ok($$SELECT correlation_matrix(x) FROM (VALUES ('[1]'::feature_vector), ('[1,2]')) AS t(x)$$, '2202E', NULL,
	'lengths must agree');
SELECT throws_ok($$SELECT correlation_matrix(array_fill(1.0::float8, '{1001}'))$$, '54000',
	'too many vector elements for a matrix: 1001', 'the limit');

SELECT * FROM finish();
ROLLBACK;
