-- Patterns of events: worked cases and every error.
--
-- An event is a letter and a second; a, b, c are conditions 1, 2, 3.
CREATE TABLE sequence_case (id int GENERATED ALWAYS AS IDENTITY, pattern text, events text, want bigint);
INSERT INTO sequence_case (pattern, events, want) VALUES
	('(?1)', 'x1', 0), ('(?1)', 'a1', 1), ('(?1)', 'a1 a2 a3', 3), ('(?2)', 'a1 b2', 1),
	('(?1)(?2)', 'a1 b2', 1), ('(?1)(?2)', 'b1 a2', 0), ('(?1)(?2)', 'a1 c2 b3', 0), ('(?1)(?2)', 'a1 x2 b3', 1),
	('(?1)(?2)', 'a1 b2 a3 b4', 2), ('(?1)(?2)', 'a1 a2 b3', 1), ('(?1)(?1)', 'a1 a2 a3', 1), ('(?1)(?1)', 'a1 a2 a3 a4', 2),
	('(?1).*(?2)', 'a1 c2 b3', 1), ('(?1).*(?2)', 'a1 a2 b3 b4', 1), ('(?1).*(?2)', 'a1 b2 c3 a4 c5 b6', 2),
	('(?1).(?2)', 'a1 c2 b3', 1), ('(?1).(?2)', 'a1 b2', 0), ('(?1)..', 'a1 b2', 0), ('(?1)..', 'a1 b2 c3', 1), ('.', 'a1 b2 x3 c4', 3),
	('.*(?1).*', 'b1 a2 c3', 1), ('(?1)(?t<=5)(?2)', 'a1 b6', 1), ('(?1)(?t<=5)(?2)', 'a1 b7', 0), ('(?1)(?t<5)(?2)', 'a1 b6', 0),
	('(?1)(?t>=5)(?2)', 'a1 b6', 1), ('(?1)(?t>5)(?2)', 'a1 b6', 0), ('(?1)(?t==5)(?2)', 'a1 b6', 1), ('(?1)(?t==5)(?2)', 'a1 b5 b6', 1),
	('(?1)(?t<=5)(?2)', 'a1 c2 c3 b4', 1), ('(?1)(?t>5)(?2)', 'a1 b2 b9', 1), ('(?1)(?t<=2)(?2)', 'a1 a5 b6', 1),
	('(?1).*(?t<=2)(?2)', 'a1 b9', 0), ('(?1)(?t<=2).*(?2)', 'a1 b9', 0), ('(?1)(?t>1)(?t<=3)(?2)', 'a1 b2 b5', 0),
	('(?1)(?t>1)(?t<=3)(?2)', 'a1 b2 b4', 1),
	('(?1)(?t<=0.5)(?2)', 'a1 b2', 0), ('(?1)(?t<=0)(?2)', 'a1 b1', 1), ('(?1)(?2)', 'b1 a1', 1), ('(?2)(?1)', 'b1 a1', 0),
	('(?1)(?2)(?3)', 'c1 b1 a1', 1),
	('(?1)(?t<=3)(?2)(?t<=3)(?3)', 'a1 b4 c7', 1), ('(?1)(?t<=3)(?2)(?t<=3)(?3)', 'a1 b4 c8', 0),
	('(?1)(?2)', 'a- b1', 0), ('(?1)(?2)', 'a1 b- b2', 1);
CREATE VIEW sequence_event AS
	SELECT id, pattern, '2026-01-01'::timestamptz + nullif(substr(e, 2), '-')::int * interval '1 second' AS ts, left(e, 1) AS event
	FROM sequence_case, unnest(string_to_array(events, ' ')) AS e;

SELECT count(*) AS cases, count(*) FILTER (WHERE counted = want AND matched = (want > 0)) AS as_by_hand
FROM sequence_case JOIN (SELECT id, sequence_count(pattern, ts, event = 'a', event = 'b', event = 'c') AS counted,
	sequence_match(pattern, ts, event = 'a', event = 'b', event = 'c') AS matched FROM sequence_event GROUP BY id) AS t USING (id);
SELECT pattern, events, want, counted, matched
FROM sequence_case JOIN (SELECT id, sequence_count(pattern, ts, event = 'a', event = 'b', event = 'c') AS counted,
	sequence_match(pattern, ts, event = 'a', event = 'b', event = 'c') AS matched FROM sequence_event GROUP BY id) AS t USING (id)
WHERE counted <> want OR matched <> (want > 0) ORDER BY id;

SELECT sequence_match('(?1)', ts, true), sequence_count('(?1)', ts, true) FROM sequence_event WHERE false;
SELECT sequence_count('(?1)(?2)', ts::timestamp, event = 'a', event = 'b'), sequence_count('(?1)(?2)', ts::date, event = 'a', event = 'b'),
	sequence_match('(?1)(?2)', ts::timestamp, event = 'a', event = 'b'), sequence_match('(?2)(?1)', ts::date, event = 'a', event = 'b')
FROM sequence_event WHERE id = 9;
SELECT sequence_count('(?1)', ts, event = 'a') OVER (ORDER BY ts) FROM sequence_event WHERE id = 3;

-- what came next
CREATE TEMP TABLE visit (user_id int, ts timestamp, page text);
INSERT INTO visit SELECT u, '2026-01-01'::timestamp + i * interval '1 minute', p
	FROM (VALUES (1, 'home price home course price home course'), (2, 'course price'), (3, 'price'), (4, 'home home')) AS t(u, pages),
		unnest(string_to_array(pages, ' ')) WITH ORDINALITY AS v(p, i);
SELECT user_id, sequence_next(page, ts, page = 'price') AS after_price,
	sequence_next(page, ts, page = 'home', page = 'course') AS after_home_course,
	sequence_next('forward', 'head', page, ts, page = 'home') AS second_page,
	sequence_next('forward', 'last_match', page, ts, page = 'price') AS after_last_price,
	sequence_next('backward', 'tail', page, ts, page = 'course') AS before_final_course,
	sequence_next('backward', 'first_match', page, ts, page = 'course') AS before_first_course,
	sequence_next('backward', 'last_match', page, ts, page = 'home') AS before_last_home
FROM visit GROUP BY user_id ORDER BY user_id;
-- any type of value, passed by value or by reference
SELECT sequence_next(length(page), ts, page = 'price') AS int, sequence_next(page = 'home', ts, page = 'price') AS boolean,
	sequence_next(ARRAY[page, 'x'], ts, page = 'price') AS array,
	sequence_next(md5(page)::uuid, ts, page = 'price') = md5('home')::uuid AS uuid,
	sequence_next(length(page)::numeric, ts::timestamptz, page = 'price') AS numeric,
	sequence_next(repeat(page, 1000), ts, page = 'price') = repeat('home', 1000) AS long
FROM visit WHERE user_id = 1;
SELECT sequence_next(page, ts::date, page = 'course') AS events_of_one_day FROM visit WHERE user_id = 1;
-- simultaneous events: by the steps, those of no step last, then by the value; rows with NULL are skipped
SELECT sequence_next(v, ts, v = 'b', v = 'a')
FROM (VALUES ('d', 1), ('c', 1), ('a', 1), ('b', 1), (NULL, 1), ('aa', NULL)) AS t(v, i),
	date_trunc('day', '2026-01-01'::timestamp + i * interval '1 s') AS ts;
SELECT sequence_next(page, ts, page = 'price') FROM visit WHERE false;
SELECT sequence_next(page, ts, page = 'home') OVER (ORDER BY ts) FROM visit WHERE user_id = 1;

-- further apart than a bigint of microseconds can say
SELECT sequence_match('(?1)(?t>=1)(?2)', ts, n = 1, n = 2), sequence_match('(?1)(?t<=9000000000)(?2)', ts, n = 1, n = 2)
FROM (VALUES (timestamp '4700-01-01 BC', 1), ('294000-01-01', 2)) AS t(ts, n);
-- values of type cstring
SELECT sequence_next(textout(v), ts, v = 'a')
FROM (VALUES (timestamp '2026-01-01', 'a'), ('2026-01-02', 'bc'), ('2026-01-02', 'b'), ('2026-01-02', 'b')) AS t(ts, v);

-- errors
\set SHOW_CONTEXT never
SELECT sequence_match('', now(), true);
SELECT sequence_match('.*', now(), true);
SELECT sequence_count('.*.*', now(), true);
SELECT sequence_match('(?1', now(), true);
SELECT sequence_match('(?1)(?t<=10 minutes)(?1)', now(), true);
SELECT sequence_match('(?1)(?t=5)(?1)', now(), true);
SELECT sequence_match('(?1)(?t<=5)', now(), true);
SELECT sequence_match('(?t<=5)(?1)', now(), true);
SELECT sequence_match('(?1) (?1)', now(), true);
SELECT sequence_match('(?2)', now(), true);
SELECT sequence_match(NULL, now(), true);
SELECT sequence_match(repeat('.', 1001), now(), true);
SELECT sequence_match('(?1)', '-infinity'::timestamptz, true);
SELECT sequence_count(CASE i WHEN 1 THEN '(?1)' ELSE '.' END, now(), true) FROM generate_series(1, 2) AS i;
SELECT sequence_next('upward', 'head', 'x'::text, now(), true);
SELECT sequence_next('forward', 'middle', 'x'::text, now(), true);
SELECT sequence_next('forward', 'tail', 'x'::text, now(), true);
SELECT sequence_next('backward', 'head', 'x'::text, now(), true);
SELECT sequence_next(NULL, 'head', 'x'::text, now(), true);
SELECT sequence_next(CASE i WHEN 1 THEN 'forward' ELSE 'backward' END, 'first_match', 'x'::text, now(), true)
FROM generate_series(1, 2) AS i;
SELECT sequence_next(repeat(chr(228), 9), 'head', 'x'::text, now(), true);
SET segment.training_memory = '1MB';
\set VERBOSITY sqlstate
SELECT sequence_next(repeat('x', 10000), now(), true) FROM generate_series(1, 1000);
SELECT sequence_next(1, now(), true) FROM generate_series(1, 100000);
SELECT sequence_count('.' || repeat('(?t>0).', 100), now(), true) FROM generate_series(1, 10000);
\set VERBOSITY default
RESET segment.training_memory;

DROP VIEW sequence_event;
DROP TABLE sequence_case;
