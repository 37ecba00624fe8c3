-- phrase_train and phrase_tokens: against counts in SQL, whatever the order of rows, the plan and the budget; planted words
-- are found; and the words serve where words are needed.
BEGIN;
SELECT plan(21);

CREATE FUNCTION pg_temp.draw(what text) RETURNS float8 LANGUAGE sql IMMUTABLE
	RETURN ('x' || left(md5(what), 8))::bit(32)::bigint / 2.0 ^ 32;

-- ---------- planted words, as in Chinese: two to four characters, some very frequent, single characters between them ----------

CREATE TEMP TABLE word AS
SELECT DISTINCT ON (w) w, row_number() OVER () AS rank
FROM (SELECT n, string_agg(chr(19968 + 11 * floor(900 * pg_temp.draw(format('%s %s', n, c)))::int), '' ORDER BY c) AS w
	FROM generate_series(1, 800) AS n, LATERAL generate_series(1, (ARRAY[2, 2, 2, 3, 3, 4])[1 + n % 6]) AS c GROUP BY n) AS t;
CREATE TEMP TABLE document AS
SELECT d, string_agg(CASE WHEN pg_temp.draw(format('%s %s kind', d, i)) < 0.3
		THEN chr(36864 + floor(40 * pg_temp.draw(format('%s %s single', d, i)) ^ 2)::int) ELSE w END, '' ORDER BY i) AS t,
	array_agg(w ORDER BY i) FILTER (WHERE pg_temp.draw(format('%s %s kind', d, i)) >= 0.3) AS words
FROM generate_series(1, 6000) AS d, generate_series(1, 8) AS i
	JOIN LATERAL (SELECT 1 + floor(800 * pg_temp.draw(format('%s %s which', d, i)) ^ 2)::int AS r) AS x ON true
	LEFT JOIN word ON rank = r GROUP BY d;
CREATE TEMP TABLE m AS SELECT phrase_train(t) AS model FROM document;
CREATE TEMP TABLE planted AS SELECT w, count(*) AS n FROM document, unnest(words) AS w WHERE w IS NOT NULL GROUP BY w HAVING count(*) >= 5;
SELECT cmp_ok((SELECT count(*) FROM planted), '>', 600::bigint, 'words that are frequent enough');
SELECT cmp_ok(avg((phrase IN (SELECT w FROM word))::int)::float8, '>=', 0.95::float8, 'precision of words')
FROM m, phrases(model);
SELECT cmp_ok(avg((w IN (SELECT phrase FROM m, phrases(model)))::int)::float8, '>=', 0.95::float8, 'recall of words') FROM planted;
-- of the words of the texts, as many come out of the segmentation
SELECT cmp_ok(sum((SELECT count(*) FROM unnest(phrase_tokens(model, t)) AS x WHERE x = ANY (words)))
	/ sum((SELECT count(*) FROM unnest(words) AS x WHERE x IS NOT NULL)), '>=', 0.95, 'words in the texts') FROM m, document;
SELECT is((SELECT sum(cardinality(phrase_tokens(model, t))) FROM document)::text, model_info(model) ->> 'token_count',
	'the texts have the tokens that the model says') FROM m;
SELECT is((SELECT count(*) FROM document WHERE array_to_string(phrase_tokens(model, t), '') <> t), 0::bigint,
	'words are the text cut in pieces') FROM m;

-- ---------- counts by another way ----------

CREATE TEMP TABLE small AS SELECT d, t FROM document WHERE d <= 300;
CREATE TEMP TABLE gram AS
SELECT substr(t, s, n) AS g, n, CASE WHEN s > 1 THEN substr(t, s - 1, 1) ELSE format('start %s', d) END AS before,
	CASE WHEN s + n <= length(t) THEN substr(t, s + n, 1) ELSE format('end %s', d) END AS after
FROM small, generate_series(1, 4) AS n, LATERAL generate_series(1, length(t) - n + 1) AS s;
CREATE TEMP TABLE counted AS SELECT g, n, count(*) AS c FROM gram GROUP BY g, n;
CREATE FUNCTION pg_temp.entropy(side text) RETURNS TABLE (g text, bits float8) LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE format('SELECT g, (-sum(share * ln(share) / ln(2)))::float8 FROM (SELECT g, %1$s,
	count(*)::float8 / sum(count(*)) OVER (PARTITION BY g) AS share FROM gram GROUP BY g, %1$s) AS t GROUP BY g', side);
END $$;
CREATE TEMP TABLE wanted AS
SELECT p.g, p.c, co.bits AS cohesion, l.bits AS left_bits, r.bits AS right_bits
FROM counted AS p JOIN pg_temp.entropy('before') AS l USING (g) JOIN pg_temp.entropy('after') AS r USING (g),
	LATERAL (SELECT min(ln(p.c::float8 * (SELECT sum(length(t)) FROM small) / (a.c * b.c)) / ln(2))::float8 AS bits
		FROM generate_series(1, p.n - 1) AS k JOIN counted AS a ON a.g = left(p.g, k) JOIN counted AS b ON b.g = substr(p.g, k + 1)) AS co
WHERE p.n > 1 AND p.c >= 4 AND co.bits + 2 * ln(1 - 1.25 / sqrt(p.c)) / ln(2) >= 0.5 AND least(l.bits, r.bits) >= 1.2;
CREATE TEMP TABLE got AS
SELECT p.* FROM (SELECT phrase_train(t, phrase_options(min_count => 4, max_length => 4, min_cohesion => 0.5, min_freedom => 1.2)) AS model
	FROM small) AS m, phrases(model) AS p;
SELECT cmp_ok((SELECT count(*) FROM wanted), '>', 40::bigint, 'there are phrases');
SELECT results_eq('SELECT phrase COLLATE "C", count FROM got ORDER BY 1', 'SELECT g COLLATE "C", c FROM wanted ORDER BY 1',
	'the phrases that SQL finds');
SELECT cmp_ok(max(greatest(abs(a.cohesion - b.cohesion), abs(left_freedom - left_bits), abs(right_freedom - right_bits),
	abs(freedom - least(left_bits, right_bits)))), '<', 1e-12::float8, 'and their bits')
FROM got AS a JOIN wanted AS b ON b.g = a.phrase;

-- ---------- the same bits ----------

CREATE FUNCTION pg_temp.same(query text) RETURNS bool LANGUAGE plpgsql AS $$
DECLARE
	is_same bool;
BEGIN
	EXECUTE format('SELECT m.model::text = (%s)::text FROM m', query) INTO is_same;
	RETURN is_same;
END $$;
SELECT ok(pg_temp.same('SELECT phrase_train(t ORDER BY md5(t)) FROM document'), 'another order');
SELECT ok(pg_temp.same('SELECT phrase_train(t ORDER BY d DESC) FROM document'), 'the other way round');
SET LOCAL segment.training_memory = '24MB';
SELECT ok(pg_temp.same('SELECT phrase_train(t) FROM document'), 'a small budget');
RESET segment.training_memory;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT ok(pg_temp.same('SELECT phrase_train(t) FROM document'), 'a parallel scan');
SELECT is(count(DISTINCT model::text), 1::bigint, 'groups are apart')
FROM (SELECT phrase_train(t) AS model FROM small, generate_series(1, 3) AS g GROUP BY g) AS x;
SELECT is((SELECT model::text::segment_model::text FROM m), (SELECT model::text FROM m), 'as text and back');

-- ---------- where words are needed ----------

CREATE TEMP TABLE course AS
SELECT id, title FROM (VALUES (1, '零基础学摄影'), (2, '摄影后期入门'), (3, '人像摄影实战'), (4, '手机摄影'), (5, '旅行摄影课'),
	(6, 'Python数据分析'), (7, 'Excel数据分析入门'), (8, '数据分析实战'), (9, '学数据分析'), (10, '商业数据分析课')) AS t (id, title);
CREATE TEMP TABLE words AS
SELECT id, phrase_tokens(model, title) AS words
FROM course, (SELECT phrase_train(title, phrase_options(min_count => 3, min_cohesion => 1)) AS model FROM course) AS m;
SELECT is(top_keywords(words, 2), '{摄影,数据分析}', 'keywords') FROM words;
SELECT is((SELECT count(DISTINCT (lda_topics(model, ARRAY['摄影'])::float8[])[1] > 0.5) FROM generate_series(1, 1)), 1::bigint, 'topics')
FROM (SELECT lda_train(words, lda_options(k => 2)) AS model FROM words) AS m;
-- the nearest course by the words of its title
SELECT is((SELECT b.id <= 5 FROM words AS b WHERE b.id <> a.id
		ORDER BY feature_hash(a.words, 64) <=> feature_hash(b.words, 64), b.id LIMIT 1), a.id <= 5, format('like course %s', a.id))
FROM words AS a WHERE id IN (4, 6);
-- a dictionary
SELECT is(phrase_tokens(phrase_train(title, phrase_options(dictionary => ARRAY['摄影', 'ＥＸＣＥＬ', '数据'])), 'excel数据分析，摄影'),
	'{excel,数据,分,析,摄影}', 'words of a dictionary') FROM course;
SELECT is(array_agg(phrase ORDER BY phrase COLLATE "C"), '{c,云计算}', 'words that do not occur')
FROM (SELECT phrase_train('无', phrase_options(dictionary => '{云计算,c}')) AS model) AS x, phrases(model);

SELECT * FROM finish();
ROLLBACK;
