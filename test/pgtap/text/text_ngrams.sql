-- text_ngrams, against regular expressions over the same texts, and over all characters.
BEGIN;
SELECT plan(9);

-- by character: every place of every run of letters and digits
CREATE TEMP TABLE phrase AS
SELECT string_agg((ARRAY['数', '据', '分', 'ab', 'C9', ' ', '，', '.'])[1 + i * i * 7 / 3 % 11 % 8], '' ORDER BY i) AS t, i / 20 AS n
FROM generate_series(1, 2000) AS i GROUP BY n;
SELECT results_eq(format('SELECT n, text_ngrams(t, %s) FROM phrase ORDER BY n', k),
	format($$ SELECT n, ARRAY(SELECT substr(lower(run[1]), s, %1$s)
		FROM regexp_matches(t, '[^ ，.]+', 'g') WITH ORDINALITY AS r (run, o), generate_series(1, length(run[1]) - %1$s + 1) AS s
		ORDER BY o, s)
	FROM phrase ORDER BY n $$, k), format('%s characters', k))
FROM generate_series(1, 3) AS k;

-- by word
SELECT results_eq($$ SELECT n, text_ngrams(t, 1, 'word') FROM phrase ORDER BY n $$,
	$$ SELECT n, ARRAY(SELECT lower(w[1]) FROM regexp_matches(t, '[a-zA-Z0-9]+|[数据分]', 'g') WITH ORDINALITY AS r (w, o) ORDER BY o)
	FROM phrase ORDER BY n $$, 'words');

-- what comes out is in normal form, and reads as itself
CREATE TEMP TABLE letter AS
SELECT chr(c) AS t FROM generate_series(1, 200000) AS c WHERE c NOT BETWEEN 55296 AND 57343;
SELECT is((SELECT count(*) FROM letter, unnest(text_ngrams(t, 1)) AS g WHERE g IS NOT NFKC NORMALIZED), 0::bigint, 'in normal form');
SELECT is((SELECT count(*) FROM letter, unnest(text_ngrams(t, 1)) AS g WHERE text_ngrams(g, 1) <> ARRAY[g]), 0::bigint, 'read again');
SELECT is((SELECT string_agg(g, '') FROM unnest(text_ngrams('ÀÉÎÕÜ ΑΣΩ ЖЯ ԱՖ', 1)) AS g), 'àéîõüασωжяաֆ', 'lower case in any locale');

-- long texts are normalised in pieces, which makes no difference
SELECT is(count(*) FILTER (WHERE array_to_string(text_ngrams(t, 1), '') IS DISTINCT FROM lower(normalize(t, NFKC))),
	0::bigint, 'long texts')
FROM (SELECT string_agg((ARRAY['e' || U&'\0301', 'a' || U&'\0323\0302', U&'\304B\3099', 'ﾊﾞ', 'Ｆ', '数', U&'\1112\1161\11AB', 'x'])
		[1 + (i * n) % 8], ''
		ORDER BY i) AS t
	FROM generate_series(1, 2000) AS i, generate_series(1, 7) AS n GROUP BY n) AS t;
SELECT is(cardinality(text_ngrams(repeat(U&'\0301\0323', 20000), 1)), 40000, 'marks without a letter take time in proportion');

SELECT * FROM finish();
ROLLBACK;
