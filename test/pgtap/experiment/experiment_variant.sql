-- experiment_variant: golden variants, which must never change; shares; independence.
BEGIN;
SELECT plan(12);

-- made by test/oracle/experiment_variant.py, which has its own XXH64
CREATE TEMP TABLE golden (key text, salt text, halves int, tenth int, thirds int);
INSERT INTO golden VALUES
	('', '', 2, 1, 4),
	('', 'coupon 2026', 2, 1, 4),
	('0', '', 2, 2, 4),
	('0', 'coupon 2026', 1, 1, 2),
	('7', '', 2, 2, 4),
	('7', 'coupon 2026', 1, 1, 4),
	('-1', '', 1, 1, 1),
	('-1', 'coupon 2026', 1, 1, 2),
	('42', '', 2, 1, 4),
	('42', 'coupon 2026', 2, 2, 4),
	('1000000', '', 2, 1, 4),
	('1000000', 'coupon 2026', 2, 1, 4),
	('9223372036854775807', '', 2, 1, 4),
	('9223372036854775807', 'coupon 2026', 2, 1, 4),
	('anna', '', 1, 1, 1),
	('anna', 'coupon 2026', 1, 1, 2),
	('anna@example.org', '', 1, 1, 1),
	('anna@example.org', 'coupon 2026', 1, 1, 2),
	('Ærøskøbing', '', 2, 1, 4),
	('Ærøskøbing', 'coupon 2026', 1, 1, 2),
	('00000000-0000-0000-0000-000000000000', '', 2, 1, 4),
	('00000000-0000-0000-0000-000000000000', 'coupon 2026', 2, 2, 4),
	('6f9619ff-8b86-d011-b42d-00c04fc964ff', '', 1, 1, 2),
	('6f9619ff-8b86-d011-b42d-00c04fc964ff', 'coupon 2026', 2, 1, 4);
SELECT is(count(*), 0::bigint, 'variants of text are those of the definition') FROM golden
WHERE (experiment_variant(key, salt, '{1,1}'), experiment_variant(key, salt, '{90,10}'), experiment_variant(key, salt, '{1,2,0,5}'))
	<> (halves, tenth, thirds);
SELECT is(count(*) FILTER (WHERE experiment_variant(key::bigint, salt, '{1,2,0,5}') = thirds), 12::bigint,
	'whole numbers are as their text')
FROM golden WHERE key ~ '^-?[0-9]{1,19}$';
SELECT is(count(*) FILTER (WHERE experiment_variant(key::int, salt, '{1,2,0,5}') = thirds), 10::bigint, 'int, too')
FROM golden WHERE key ~ '^-?[0-9]{1,7}$';
SELECT is(count(*) FILTER (WHERE experiment_variant(key::uuid, salt, '{1,2,0,5}') = thirds), 4::bigint, 'uuid, too')
FROM golden WHERE key ~ '-.*-.*-.*-';
SELECT is(count(*), 0::bigint, 'equal weights are fold') FROM generate_series(1, 2000) AS i, unnest('{1,2,7}'::int[]) AS n
WHERE experiment_variant(i, 'a', array_fill(0.1::float8, ARRAY[n])) <> fold(i, n, 'a');
SELECT is(count(*), 0::bigint, 'only proportions count') FROM generate_series(1, 2000) AS i
WHERE experiment_variant(i, 'a', '{3,1}') <> experiment_variant(i, 'a', '{0.75,0.25}');
SELECT is(count(*), 0::bigint, 'a variant whose share grows keeps its users') FROM generate_series(1, 2000) AS i
WHERE experiment_variant(i, 'a', '{90,10}') = 2 AND experiment_variant(i, 'a', '{50,50}') <> 2;

-- chi-square with 2 degrees of freedom: 99.9 % are below 13.8; with 8, below 26.1
SELECT cmp_ok(max(chi), '<', 13.8::float8, 'variants have their shares of the users, for numbers and for text')
FROM (SELECT sum((n - share * 20000) ^ 2 / (share * 20000))::float8 AS chi
	FROM (SELECT kind, CASE kind WHEN 1 THEN experiment_variant(i, 'a', '{70,20,10}')
			ELSE experiment_variant('user ' || i, 'a', '{70,20,10}') END AS variant, count(*) AS n
		FROM generate_series(1, 20000) AS i, generate_series(1, 2) AS kind GROUP BY 1, 2) AS t
	JOIN (VALUES (1, 0.7), (2, 0.2), (3, 0.1)) AS s(variant, share) USING (variant) GROUP BY kind) AS t;
SELECT cmp_ok(sum((n - 20000 / 9.0) ^ 2 / (20000 / 9.0))::float8, '<', 26.1::float8, 'experiments are independent of each other')
FROM (SELECT count(*) AS n FROM generate_series(1, 20000) AS i
	GROUP BY experiment_variant(i, 'coupon', '{1,1,1}'), experiment_variant(i, 'price', '{1,1,1}')) AS t;

SELECT is(ARRAY[experiment_variant(NULL::text, 'a', '{1}') IS NULL, experiment_variant(7, NULL, '{1}') IS NULL,
	experiment_variant(7, 'a', NULL) IS NULL], '{t,t,t}', 'NULL gives NULL');
PREPARE allocate AS SELECT experiment_variant($1, $2, $3);
SELECT is((SELECT parameter_types::text FROM pg_prepared_statements WHERE name = 'allocate'), '{text,text,"double precision[]"}',
	'parameters of unknown type resolve');
SELECT volatility_is('experiment_variant', ARRAY['text', 'text', 'double precision[]'], 'immutable');

SELECT * FROM finish();
ROLLBACK;
