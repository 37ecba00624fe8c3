-- k_anonymity and l_diversity against SQL, in any plan; generalize against floor
BEGIN;
SELECT plan(14);

CREATE TABLE public.patients AS
	SELECT i * 7 % 13 AS age, nullif(i * 11 % 5, 3) AS city, 'illness ' || i * i % 17 % (1 + i * 7 % 13) AS diagnosis
	FROM generate_series(1, 5000) AS i;

SELECT is((SELECT k_anonymity(ARRAY[age::text, city::text]) FROM public.patients),
	(SELECT min(n) FROM (SELECT count(*) AS n FROM public.patients GROUP BY age, city) AS g), 'k as by GROUP BY, NULL being a value');
SELECT is((SELECT l_diversity(ARRAY[age::text, city::text], diagnosis) FROM public.patients),
	(SELECT min(n) FROM (SELECT count(DISTINCT diagnosis) AS n FROM public.patients GROUP BY age, city) AS g), 'l as by GROUP BY');
SELECT is((SELECT array_agg(k ORDER BY city) FROM (SELECT city, k_anonymity(ARRAY[age::text]) AS k FROM public.patients
		GROUP BY city) AS s),
	(SELECT array_agg(k ORDER BY city) FROM (SELECT city, min(n) AS k FROM (SELECT city, count(*) AS n FROM public.patients
		GROUP BY city, age) AS g GROUP BY city) AS s), 'by group');

SET LOCAL max_parallel_workers_per_gather = 2;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is((SELECT ARRAY[k_anonymity(ARRAY[age::text, city::text]), l_diversity(ARRAY[age::text], diagnosis)] FROM public.patients),
	(SELECT ARRAY[min(n), min(d)] FROM (SELECT min(n) AS n FROM (SELECT count(*) AS n FROM public.patients GROUP BY age, city) AS g) AS a,
		(SELECT min(n) AS d FROM (SELECT count(DISTINCT diagnosis) AS n FROM public.patients GROUP BY age) AS g) AS b),
	'a parallel plan gives the same');
SELECT is((SELECT k_anonymity_final(k_anonymity_combine(k_anonymity_trans(k_anonymity_trans(NULL, '{a}'), '{b}'),
	k_anonymity_trans(k_anonymity_trans(NULL, '{b}'), '{a}')))), 2::bigint, 'states combine');

-- lists that differ have different keys, however they are parted
SELECT is((SELECT k_anonymity(q) FROM (VALUES ('{ab,c}'::text[]), ('{a,bc}'), ('{abc,""}'), ('{abc,NULL}')) AS v(q)), 1::bigint,
	'values do not run into each other');
SELECT is((SELECT l_diversity(ARRAY[q], s) FROM (VALUES ('a', 'bc'), ('a', 'c'), ('ab', 'c'), ('ab', '')) AS v(q, s)), 2::bigint,
	'nor into the sensitive value');
SELECT is((SELECT k_anonymity('{}') FROM generate_series(1, 9)), 9::bigint, 'nothing known, all alike');
SELECT ok((SELECT k_anonymity(NULL) IS NULL AND l_diversity('{a}', NULL) IS NULL FROM generate_series(1, 3)),
	'rows with NULL are skipped');
SELECT throws_ok($$SELECT k_anonymity(q) FROM (VALUES ('{a}'::text[]), ('{a,b}')) AS v(q)$$, '2202E',
	'quasi_identifiers must be equally many in all rows', 'rows with more or fewer are refused');
SELECT throws_ok($$SELECT k_anonymity('{{a,b}}')$$, '2202E', 'quasi_identifiers must be one-dimensional', 'so are matrices');

SELECT is((SELECT count(*) FROM generate_series(-300, 300) AS i, unnest(ARRAY[1, 7, 10, 0.1, 0.25]) AS w
	WHERE generalize(i / 10.0, w) <> floor(i / 10.0 / w) * w AND w <> 7), 0::bigint, 'generalize rounds down to a multiple');
SELECT is((SELECT count(*) FROM generate_series(-300, 300) AS i, unnest(ARRAY[1, 7, 10, 0.1, 3.3]) AS w
	WHERE NOT (generalize(i, w) <= i AND i < generalize(i, w) + w AND mod(generalize(i, w), w) = 0)), 0::bigint,
	'x is in its interval, which begins at a multiple');
SELECT is(ARRAY[k_anonymous(5, 5), k_anonymous(4, 5), k_anonymous(0, 1), k_anonymous(NULL, 5)], '{t,f,f,NULL}', 'k_anonymous');

SELECT * FROM finish();
ROLLBACK;
