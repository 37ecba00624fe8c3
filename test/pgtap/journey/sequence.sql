-- Patterns of events against regular expressions over strings of letters.
BEGIN;
SELECT plan(8);

-- a user is a string, with event i at second i * i, so that gaps differ
CREATE TABLE sequence_log AS
	SELECT u AS user_id, i, '2026-01-01'::timestamp + i * i * interval '1 second' AS ts,
		chr(97 + (hashint4(u * 31 + i * 7919) & 3)) AS event, hashint4(i * 7 + u) AS shuffle
	FROM generate_series(1, 3000) AS u, generate_series(1, hashint4(u) & 15) AS i;
CREATE TEMP TABLE history AS SELECT user_id, string_agg(event, '' ORDER BY i) AS letters FROM sequence_log GROUP BY user_id;

-- d meets no condition, so it is ignored
CREATE TEMP TABLE pattern AS SELECT * FROM (VALUES
	('(?1)(?2)', 'ab'), ('(?1).*(?2)', 'a.*?b'), ('(?1).(?3)', 'a.c'), ('(?2)..(?2)', 'b..b'), ('(?1)(?1).*(?3)(?2)', 'aa.*?cb'),
	('(?3).*(?2).*(?1)', 'c.*?b.*?a'), ('...', '...'), ('.*(?2).*', 'b')) AS t(pattern, expression);
CREATE TEMP TABLE answers AS
	SELECT pattern, user_id, sequence_match(pattern, ts, event = 'a', event = 'b', event = 'c') AS matched,
		sequence_count(pattern, ts, event = 'a', event = 'b', event = 'c') AS counted
	FROM sequence_log, pattern GROUP BY pattern, user_id;
SELECT is(count(*), 0::bigint, 'a pattern matches like a regular expression')
FROM answers JOIN pattern USING (pattern) JOIN history USING (user_id) WHERE matched <> (replace(letters, 'd', '') ~ expression);
SELECT is(count(*), 0::bigint, 'and equally often')
FROM answers JOIN pattern USING (pattern) JOIN history USING (user_id)
WHERE counted <> (SELECT count(*) FROM regexp_matches(replace(letters, 'd', ''), expression, 'g'))
	-- a regular expression takes the first start, which is not always the first end
	AND pattern NOT IN ('(?1)(?1).*(?3)(?2)', '(?3).*(?2).*(?1)', '(?1).*(?2)');
SELECT cmp_ok(count(*) FILTER (WHERE matched), '>', 1000::bigint, 'many of them') FROM answers;

-- times
SELECT is(count(*), 0::bigint, 'a time condition agrees with a join')
FROM (SELECT user_id, sequence_match('(?1)(?t>=9)(?t<40)(?2)', ts, event = 'a', event = 'b') AS m FROM sequence_log GROUP BY user_id) AS t
WHERE m <> EXISTS (SELECT FROM sequence_log AS a JOIN sequence_log AS b USING (user_id)
	WHERE a.user_id = t.user_id AND a.event = 'a' AND b.event = 'b' AND b.ts >= a.ts + interval '9 s' AND b.ts < a.ts + interval '40 s');

-- sequence_next
SELECT is(count(*), 0::bigint, 'what came after the first ab')
FROM (SELECT user_id, sequence_next(event, ts, event = 'a', event = 'b') AS next FROM sequence_log GROUP BY user_id) AS t
	JOIN history USING (user_id)
WHERE next IS DISTINCT FROM nullif(substr(letters, nullif(strpos(letters, 'ab'), 0) + 2, 1), '');
SELECT is(count(*), 0::bigint, 'what came before the last ab')
FROM (SELECT user_id, sequence_next('backward', 'last_match', event, ts, event = 'b', event = 'a') AS next
	FROM sequence_log GROUP BY user_id) AS t JOIN history USING (user_id)
WHERE next IS DISTINCT FROM nullif(substr(reverse(letters), nullif(strpos(reverse(letters), 'ba'), 0) + 2, 1), '');

-- order
SELECT is(count(*), 0::bigint, 'shuffled rows give the same result')
FROM (SELECT user_id, sequence_count('(?1).*(?2)', ts, event = 'a', event = 'b') AS x,
	sequence_count('(?1).*(?2)', ts, event = 'a', event = 'b' ORDER BY shuffle) AS y,
	sequence_next(event, date_trunc('minute', ts), event = 'a', event = 'b') AS v,
	sequence_next(event, date_trunc('minute', ts), event = 'a', event = 'b' ORDER BY shuffle) AS w
	FROM sequence_log GROUP BY user_id) AS t WHERE x <> y OR v IS DISTINCT FROM w;
SELECT is(sequence_count('(?1)(?t<=1)(?1)', '2026-01-01'::timestamp + i * interval '1 s', true), 50000::bigint,
	'many events are no problem')
FROM generate_series(1, 100000) AS i;

SELECT * FROM finish();
ROLLBACK;
