-- what do learners in China ask for?
--
-- The platform has opened a Chinese shop: course titles and questions without spaces
-- between words.  Words are found from the texts alone, without a dictionary.  Read the
-- words of each topic next to what learners ask for: where a frequent word of questions
-- is in no title, a course may be missing.  At the end, a question is answered by the course
-- whose title has most of its words, the rare ones counting more.

CREATE TABLE chinese_course (course_id bigint PRIMARY KEY, topic text NOT NULL, title text NOT NULL);
INSERT INTO chinese_course
SELECT 100 * s + 10 * f + l, topic, format(form, subject) || level
FROM unnest(ARRAY['数据', '数据', '编程', '编程', '摄影', '营销', '写作', '语言'],
		ARRAY['数据分析', '机器学习', '前端开发', '数据库', '人像摄影', '社群运营', '小说写作', '商务英语'])
		WITH ORDINALITY AS subject (topic, subject, s),
	unnest(ARRAY['零基础学%s', '%s实战训练营', '三十天学会%s', '跟着案例学%s', '%s面试题精讲'])
		WITH ORDINALITY AS form (form, f),
	unnest(ARRAY['', '入门', '进阶', '从入门到精通']) WITH ORDINALITY AS level (level, l);

CREATE TABLE question (question_id bigint PRIMARY KEY, content text NOT NULL);
INSERT INTO question
SELECT i, format((ARRAY['请问%s要学多久', '没有基础能学%s吗', '%s和%2$s哪个好找工作', '想转行做%s有推荐的课程吗', '%s的作业太难了怎么办',
		'%s有优惠券吗', '学完%s能拿证书吗'])[1 + i * 5 % 7],
	(ARRAY['数据分析', '机器学习', '前端开发', '人像摄影', '短视频剪辑', '小说写作', '商务英语', '短视频剪辑'])[1 + i * 3 % 8],
	(ARRAY['数据库', '社群运营', '机器学习'])[1 + i % 3])
FROM generate_series(1, 600) AS i;

CREATE TABLE vocabulary AS
SELECT phrase_train(content, phrase_options(min_count => 3)) AS model
FROM (SELECT title AS content FROM chinese_course UNION ALL SELECT content FROM question) AS t;

SELECT topic, array_to_string(top_keywords(phrase_tokens(model, title), 5), ' ') AS "words of the titles"
FROM chinese_course, vocabulary GROUP BY topic ORDER BY topic COLLATE "C";

SELECT word AS "asked for, but in no title", count(DISTINCT question_id) AS questions
FROM question, vocabulary, unnest(phrase_tokens(model, content)) AS word
WHERE length(word) >= 4 AND NOT EXISTS (SELECT FROM chinese_course WHERE title LIKE '%' || word || '%')
GROUP BY word ORDER BY questions DESC, word COLLATE "C" LIMIT 5;

WITH title_word AS (
	SELECT course_id, word, ln(count(*) OVER () / count(*) OVER (PARTITION BY word)::float8) AS weight
	FROM chinese_course, vocabulary, unnest(phrase_tokens(model, title)) AS word)
SELECT question_id AS question, content, title AS answer
FROM question CROSS JOIN vocabulary LEFT JOIN LATERAL (
	SELECT title FROM title_word JOIN chinese_course USING (course_id)
	WHERE word = ANY (phrase_tokens(model, content))
	GROUP BY course_id, title ORDER BY sum(weight) DESC, course_id LIMIT 1) AS best ON true
WHERE question_id IN (1, 4, 6) ORDER BY question_id;
