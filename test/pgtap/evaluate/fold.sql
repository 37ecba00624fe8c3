-- fold and is_train: golden parts, which must never change; uniform; consistent.
BEGIN;
SELECT plan(18);

-- made by test/oracle/fold.py, which has its own XXH64
CREATE TEMP TABLE golden (key text, salt text, of_2 int, of_5 int, of_10 int, of_1000 int);
INSERT INTO golden VALUES
	('', '', 2, 4, 7, 635),
	('', 'courses 2026', 2, 4, 8, 740),
	('0', '', 2, 5, 10, 996),
	('0', 'courses 2026', 1, 1, 1, 23),
	('1', '', 2, 3, 6, 599),
	('1', 'courses 2026', 1, 3, 5, 452),
	('-1', '', 1, 1, 1, 28),
	('-1', 'courses 2026', 2, 5, 10, 941),
	('42', '', 2, 4, 7, 634),
	('42', 'courses 2026', 2, 3, 6, 560),
	('1000000', '', 2, 5, 9, 887),
	('1000000', 'courses 2026', 1, 2, 3, 240),
	('9223372036854775807', '', 2, 4, 8, 725),
	('9223372036854775807', 'courses 2026', 1, 2, 3, 275),
	('-9223372036854775808', '', 2, 4, 8, 711),
	('-9223372036854775808', 'courses 2026', 2, 4, 8, 799),
	('anna', '', 1, 1, 1, 20),
	('anna', 'courses 2026', 1, 1, 1, 16),
	('anna@example.org', '', 1, 1, 2, 109),
	('anna@example.org', 'courses 2026', 2, 4, 7, 656),
	('a key of thirty-two bytes or more', '', 1, 3, 5, 444),
	('a key of thirty-two bytes or more', 'courses 2026', 2, 3, 6, 560),
	('Ærøskøbing', '', 2, 5, 9, 853),
	('Ærøskøbing', 'courses 2026', 2, 5, 10, 920),
	('00000000-0000-0000-0000-000000000000', '', 2, 4, 8, 787),
	('00000000-0000-0000-0000-000000000000', 'courses 2026', 1, 2, 4, 392),
	('6f9619ff-8b86-d011-b42d-00c04fc964ff', '', 1, 2, 4, 362),
	('6f9619ff-8b86-d011-b42d-00c04fc964ff', 'courses 2026', 2, 4, 7, 658);
SELECT is(count(*), 0::bigint, 'parts of text are those of the definition') FROM golden
WHERE (fold(key, 2, salt), fold(key, 5, salt), fold(key, 10, salt), fold(key, 1000, salt)) <> (of_2, of_5, of_10, of_1000);
SELECT is(count(*), 0::bigint, 'no salt is the empty salt') FROM golden WHERE salt = '' AND fold(key, 1000) <> of_1000;
SELECT is(count(*) FILTER (WHERE fold(key::bigint, 1000, salt) = of_1000), 14::bigint, 'whole numbers are as their text')
FROM golden WHERE key ~ '^-?[0-9]{1,19}$';
SELECT is(count(*) FILTER (WHERE fold(key::int, 1000, salt) = of_1000), 10::bigint, 'int, too') FROM golden WHERE key ~ '^-?[0-9]{1,7}$';
SELECT is(count(*) FILTER (WHERE fold(key::smallint, 1000, salt) = of_1000), 8::bigint, 'smallint, too')
FROM golden WHERE key ~ '^-?[0-9]{1,2}$';
SELECT is(count(*) FILTER (WHERE fold(key::uuid, 1000, salt) = of_1000), 4::bigint, 'uuid, too') FROM golden WHERE key ~ '-.*-.*-.*-';
SELECT is(fold('6F9619FF8B86D011B42D00C04FC964FF'::uuid, 1000), 362, 'as printed, however it was written');

SELECT is(min(fold(i, 7)), 1, 'parts are from 1') FROM generate_series(1, 1000) AS i;
SELECT is(max(fold(i, 7)), 7, 'to n') FROM generate_series(1, 1000) AS i;
SELECT is(count(*) FILTER (WHERE fold(i, 1) = 1), 1000::bigint, 'one part has all') FROM generate_series(1, 1000) AS i;
-- chi-square with 9 degrees of freedom: 99.9 % are below 27.9; with 24, below 51.2
SELECT cmp_ok(max(chi), '<', 27.9::float8, 'parts are of equal size, for numbers and for text')
FROM (SELECT sum((n - 2000) ^ 2 / 2000)::float8 AS chi
	FROM (SELECT kind, CASE kind WHEN 1 THEN fold(i, 10) WHEN 2 THEN fold('user ' || i, 10) ELSE fold(i, 10, 'b') END AS part,
		count(*) AS n
		FROM generate_series(1, 20000) AS i, generate_series(1, 3) AS kind GROUP BY 1, 2) AS t GROUP BY kind) AS t;
SELECT cmp_ok(sum((n - 800) ^ 2 / 800)::float8, '<', 51.2::float8, 'salts are independent: all pairs of parts are equally frequent')
FROM (SELECT count(*) AS n FROM generate_series(1, 20000) AS i GROUP BY fold(i, 5, 'a'), fold(i, 5, 'b')) AS t;

SELECT is(count(*), 0::bigint, 'is_train and fold split alike')
FROM generate_series(1, 20000) AS i, generate_series(0, 5) AS k WHERE is_train(i, k / 5.0) <> (fold(i, 5) <= k);
SELECT is(ARRAY[count(*) FILTER (WHERE is_train(key, 0, salt)), count(*) FILTER (WHERE is_train(key, 1, salt))], ARRAY[0, count(*)],
	'shares 0 and 1') FROM golden;
SELECT is(count(*), 0::bigint, 'a larger share contains a smaller one, for all types')
FROM generate_series(1, 2000) AS i, generate_series(0.05, 0.95, 0.05) AS share
WHERE is_train(i::text, share, 's') AND NOT is_train(i, share + 0.05, 's')
	OR is_train(lpad(i::text, 32, '0')::uuid, share) AND NOT is_train((lpad(i::text, 32, '0')::uuid)::text, share + 0.05);
SELECT is(ARRAY[fold(NULL::text, 5) IS NULL, fold(7, NULL) IS NULL, fold(7, 5, NULL) IS NULL,
	is_train(NULL::uuid, 0.5) IS NULL, is_train(7, NULL) IS NULL],
	'{t,t,t,t,t}', 'NULL gives NULL');

-- the recipe for parts with equal shares of a label
CREATE TEMP TABLE stratified AS
	SELECT i, label, 1 + (row_number() OVER (ORDER BY label, fold(i, 2147483647, 's'), i) - 1) % 7 AS part
	FROM (SELECT i, hashint4(i) & 3 & (hashint4(i) >> 4) AS label FROM generate_series(1, 1000) AS i) AS t;
SELECT is(max(most - least), 1::bigint, 'parts differ by one user of each label at most')
FROM (SELECT label, max(n) AS most, min(n) AS least
	FROM (SELECT label, part, count(i) AS n FROM stratified GROUP BY label, part) AS t GROUP BY label) AS t;
SELECT is(max(n) - min(n), 1::bigint, 'and by one in all') FROM (SELECT count(*) AS n FROM stratified GROUP BY part) AS t;

SELECT * FROM finish();
ROLLBACK;
