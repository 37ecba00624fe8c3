-- Worked cases of funnels: steps a, b, c, d, minutes, and the answer of each mode.
--
-- An event is letters and a minute: ab3 meets steps a and b at minute 3, x4 meets no
-- step, b- has no time.  Answers are by default / strict_once / strict_increase /
-- strict_order, by hand.
CREATE TABLE funnel_case (id int GENERATED ALWAYS AS IDENTITY, what text, minutes int, events text, want text);
INSERT INTO funnel_case (what, minutes, events, want) VALUES
	('nothing but x', 10, 'x1 x2', '0/0/0/0'),
	('one step', 10, 'a1', '1/1/1/1'),
	('all steps', 10, 'a1 b2 c3 d4', '4/4/4/4'),
	('rows in any order', 10, 'd4 b2 a1 c3', '4/4/4/4'),
	('no first step', 10, 'b1 c2 d3', '0/0/0/0'),
	('the second step before the first', 10, 'b1 a2', '1/1/1/1'),
	('a step is left out', 10, 'a1 b2 d3', '2/2/2/2'),
	('steps backwards', 10, 'd1 c2 b3 a4', '1/1/1/1'),
	('another user''s kind of event between', 10, 'a1 x2 b3', '2/2/2/1'),
	('x before the first step', 10, 'x1 a2 b3', '2/2/2/2'),
	('x after the last step', 10, 'a1 b2 x3', '2/2/2/2'),
	('x at the moment of the first step', 10, 'a1 x1 b2', '2/2/2/2'),
	('x at the moment of the last step', 10, 'a1 b2 x2', '2/2/2/2'),
	('x at the moment of a middle step', 10, 'a1 b2 x2 c3', '3/3/3/2'),
	('a later step between', 10, 'a1 d2 b3', '2/2/2/1'),
	('an earlier step again', 10, 'a1 b2 a3 c4', '3/3/3/3'),
	('the same step again', 10, 'a1 b2 b3 c4', '3/3/3/3'),
	('the first step again', 10, 'a1 a2 b3', '2/2/2/2'),
	-- boundary of the window
	('the last step exactly at the end', 3, 'a1 b4', '2/2/2/2'),
	('the last step just after the end', 3, 'a1 b5', '1/1/1/1'),
	('all steps exactly in the window', 3, 'a1 b2 c3 d4', '4/4/4/4'),
	('the last one just outside', 3, 'a1 b2 c3 d5', '3/3/3/3'),
	('the window counts from the first step', 3, 'a1 b3 c5', '2/2/2/2'),
	('no window but the moment', 0, 'a1 b1', '2/2/1/2'),
	('and nothing later', 0, 'a1 b2', '1/1/1/1'),
	('a window of zero, one event of two steps', 0, 'ab1', '2/1/1/2'),
	-- re-entry
	('a second try is in time', 3, 'a1 a5 b6', '2/2/2/2'),
	('the first try got further', 3, 'a1 b2 c3 a9', '3/3/3/3'),
	('the second try got further', 3, 'a1 b2 a9 b10 c11', '3/3/3/3'),
	('the first try is still open', 5, 'a1 b2 a3 c6', '3/3/3/3'),
	('the first try has just closed', 4, 'a1 b2 a3 c6', '2/2/2/2'),
	('only the second try is in time', 4, 'a1 b2 a3 b4 c6', '3/3/3/3'),
	('the second try lacks a step that the first had', 4, 'a1 b2 a4 c7', '2/2/2/2'),
	('x ends the first try, not the second', 10, 'a1 x2 a3 b4 c5', '3/3/3/3'),
	('x ends both', 10, 'a1 x2 a3 x4 b5', '2/2/2/1'),
	('x between tries', 10, 'a1 b2 x3 a4 b5 c6', '3/3/3/3'),
	('the second try is worse', 10, 'a1 b2 c3 x4 a5 b6', '3/3/3/3'),
	-- equal timestamps
	('two steps at one moment', 10, 'a1 b1', '2/2/1/2'),
	('in the other order', 10, 'b1 a1', '2/2/1/2'),
	('all steps at one moment', 10, 'd1 c1 b1 a1', '4/4/1/4'),
	('a middle pair at one moment', 10, 'a1 c2 b2 d3', '4/4/2/4'),
	('the step again at the moment of the next', 10, 'a1 a2 b2', '2/2/2/2'),
	('the pair twice', 10, 'a1 b1 a2 b2', '2/2/2/2'),
	('the pair twice, and the next', 10, 'a1 b1 a2 b2 c2', '3/3/2/3'),
	('strict_increase takes one step a moment', 10, 'a1 b1 c1 a2 b2 c2 a3 b3 c3', '3/3/3/3'),
	('three moments, two each', 10, 'a1 b1 b2 c2 c3 d3', '4/4/3/4'),
	('x at each moment', 10, 'a1 x1 b2 x2 c3 x3', '3/3/3/2'),
	('a later step at the moment of the first', 10, 'a1 d1 b2', '2/2/2/2'),
	('a later step in the middle moment', 10, 'a1 b2 d2 c3', '3/3/3/2'),
	-- an event that meets several steps, steps met by the same events
	('one event of two steps', 10, 'ab1', '2/1/1/2'),
	('one event of all steps', 10, 'abcd1', '4/1/1/4'),
	('two events of all steps', 10, 'abcd1 abcd2', '4/2/2/4'),
	('four events of all steps', 10, 'abcd1 abcd2 abcd3 abcd4', '4/4/4/4'),
	('two events of all steps at one moment', 10, 'abcd1 abcd1', '4/2/1/4'),
	('four of them', 10, 'abcd1 abcd1 abcd1 abcd1', '4/4/1/4'),
	('each has its place at one moment', 10, 'ab1 a1', '2/2/1/2'),
	('an exchange of places', 10, 'abc1 ab1 a1', '3/3/1/3'),
	('two for one place', 10, 'ab1 ab1 c1', '3/3/1/3'),
	('no event for the second step', 10, 'ac1 ac1 c1', '1/1/1/1'),
	('ab, then c', 10, 'ab1 c2', '3/1/1/3'),
	('ab, ab, then c', 10, 'ab1 ab2 c3', '3/3/3/3'),
	('a, then bc', 10, 'a1 bc2', '3/2/2/3'),
	('a, then bc twice', 10, 'a1 bc2 bc3', '3/3/3/3'),
	('a, then bc twice at one moment', 10, 'a1 bc2 bc2', '3/3/2/3'),
	('a is also d', 10, 'ad1 b2 c3', '3/3/3/3'),
	('and comes again', 10, 'ad1 b2 c3 ad4', '4/4/4/4'),
	-- no time
	('events without a time', 10, 'a- b1', '0/0/0/0'),
	('all without', 10, 'a- b-', '0/0/0/0'),
	('one without', 10, 'a1 b- b3', '2/2/2/2'),
	('x without', 10, 'a1 x- b3', '2/2/2/2');

CREATE VIEW funnel_event AS
	SELECT id, minutes, '2026-01-01'::timestamptz + nullif(substring(e FROM '[0-9-]+'), '-')::int * interval '1 minute' AS ts,
		e ~ 'a' AS a, e ~ 'b' AS b, e ~ 'c' AS c, e ~ 'd' AS d
	FROM funnel_case, unnest(string_to_array(events, ' ')) AS e;
CREATE VIEW funnel_answer AS
	SELECT id, concat_ws('/', window_funnel(minutes * interval '1 minute', ts, a, b, c, d),
		window_funnel(minutes * interval '1 minute', 'strict_once', ts, a, b, c, d),
		window_funnel(minutes * interval '1 minute', 'strict_increase', ts, a, b, c, d),
		window_funnel(minutes * interval '1 minute', 'strict_order', ts, a, b, c, d)) AS got
	FROM funnel_event GROUP BY id;

SELECT count(*) AS cases, count(*) FILTER (WHERE got = want) AS as_by_hand FROM funnel_case JOIN funnel_answer USING (id);
SELECT what, minutes, events, want, got FROM funnel_case JOIN funnel_answer USING (id) WHERE got <> want ORDER BY id;

-- the times are those of the path described in the contract
SELECT what, events, minutes, array_to_string(ARRAY(SELECT to_char(t, 'FMMI') FROM unnest(times) AS t), ' ', '-') AS times
FROM funnel_case JOIN (SELECT id, funnel_times(minutes * interval '1 minute', ts, a, b, c, d) AS times
	FROM funnel_event GROUP BY id) AS f USING (id)
WHERE what ~ 'try|all steps$|again|left out|nothing' ORDER BY id;
SELECT bool_and(coalesce(cardinality(array_remove(times, NULL)), 0) = level AND (times IS NULL) = (level = 0)
	AND coalesce(cardinality(times), 4) = 4) AS as_many_times_as_steps
FROM (SELECT funnel_times(minutes * interval '1 minute', mode, ts, a, b, c, d) AS times,
	window_funnel(minutes * interval '1 minute', mode, ts, a, b, c, d) AS level
	FROM funnel_event, unnest('{default,strict_once,strict_increase,strict_order}'::text[]) AS mode GROUP BY id, mode) AS t;

-- a step listed twice
SELECT events, window_funnel('10 minutes', ts, a, a, b) AS "default",
	window_funnel('10 minutes', 'strict_once', ts, a, a, b) AS strict_once,
	window_funnel('10 minutes', 'strict_increase', ts, a, a, b) AS strict_increase,
	window_funnel('10 minutes', 'strict_order', ts, a, a, b) AS strict_order
FROM funnel_event JOIN funnel_case USING (id)
WHERE events IN ('a1 b2 c3 d4', 'a1 a2 b3', 'ab1 ab1 c1', 'ab1 a1') GROUP BY events ORDER BY events;

-- time types
SELECT window_funnel('1 month', ts, a, b), window_funnel('1 month', ts AT TIME ZONE 'UTC', a, b), window_funnel('1 month', ts::date, a, b),
	pg_typeof(funnel_times('1 month', ts, a, b)), pg_typeof(funnel_times('1 month', ts AT TIME ZONE 'UTC', a, b)),
	pg_typeof(funnel_times('1 month', ts::date, a, b))
FROM funnel_event WHERE id = 3;

-- months are calendar months, in UTC
SELECT window_funnel('1 month', d, s = 1, s = 2) AS in_february, window_funnel('1 month', d + 31, s = 1, s = 2) AS in_march
FROM (VALUES (DATE '2026-01-31', 1), ('2026-03-01', 2)) AS t(d, s);
SET TimeZone = 'America/New_York';
SELECT window_funnel('1 day', ts, s = 1, s = 2) AS when_clocks_change
FROM (VALUES (TIMESTAMPTZ '2026-03-08 00:00-05', 1), ('2026-03-09 00:30-04', 2)) AS t(ts, s);
RESET TimeZone;

-- no rows, only rows that do not count, NULL steps
SELECT window_funnel('1 day', ts, a), funnel_times('1 day', ts, a) FROM funnel_event WHERE false;
SELECT window_funnel('1 day', NULL::timestamptz, true), window_funnel('1 day', '2026-01-01'::date, NULL),
	window_funnel('1 day', '2026-01-01'::date, NULL, true);
SELECT window_funnel('1 day', ts, VARIADIC ARRAY[a, b, c]) FROM funnel_event WHERE id = 3;
SELECT window_funnel('1 day', ts, VARIADIC array_fill(a, ARRAY[1000])) FROM funnel_event WHERE id = 3;

-- as a window function, with FILTER, by group
SELECT window_funnel('1 day', ts, a, b, c, d) OVER (ORDER BY ts) FROM funnel_event WHERE id = 3;
SELECT window_funnel('1 day', ts, a, b, c, d) FILTER (WHERE NOT c) FROM funnel_event WHERE id = 3;
SELECT window_funnel('1 day', mode, ts, a, b)
FROM funnel_event, unnest('{strict_once,default}'::text[]) AS mode WHERE id = 50 GROUP BY mode ORDER BY mode;

-- months that end on the same day: the later start has the earlier end
SELECT window_funnel('1 month', ts, e = 'a', e = 'b'), funnel_times('1 month', ts, e = 'a', e = 'b')
FROM (VALUES (timestamp '2026-01-29 12:00', 'a'), ('2026-01-30 11:00', 'a'), ('2026-02-28 11:30', 'b')) AS t(ts, e);

-- a window may end beyond the calendar
SELECT window_funnel('1 month', '294276-12-31'::timestamp, true, true), window_funnel('30 days', '294276-12-31'::timestamp, true, true),
	window_funnel('100000000 months 5 days', '4713-12-31 BC'::timestamp, true, true);

-- errors
\set SHOW_CONTEXT never
SELECT window_funnel('-1 day', now(), true);
SELECT window_funnel(NULL::interval, now(), true);
SELECT window_funnel('1 day', NULL::text, now(), true);
SELECT window_funnel('1 day', 'strict', now(), true);
SELECT window_funnel('1 day', 'strict_increase_and_more_than_that', now(), true);
SELECT window_funnel('1 day', repeat(chr(228), 13), now(), true);
SELECT window_funnel('1 day', 'infinity'::timestamptz, true);
SELECT window_funnel(i * interval '1 day', now(), true) FROM generate_series(1, 2) AS i;
SELECT window_funnel('1 day', now(), VARIADIC array_fill(true, ARRAY[i])) FROM generate_series(1, 2) AS i;
SELECT window_funnel('1 day', now(), VARIADIC '{}'::boolean[]);
SELECT window_funnel('1 day', now(), VARIADIC NULL::boolean[]);
SELECT window_funnel('1 day', now(), VARIADIC '{{t},{f}}'::boolean[]);
SELECT window_funnel('1 day', now(), VARIADIC array_fill(true, ARRAY[1001]));
SET segment.training_memory = '1MB';
SELECT window_funnel('1 day', '2026-01-01'::timestamp + i * interval '1 second', true) FROM generate_series(1, 200000) AS i;
RESET segment.training_memory;

DROP VIEW funnel_answer, funnel_event;
DROP TABLE funnel_case;
