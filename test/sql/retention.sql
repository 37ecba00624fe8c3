-- Worked cases of retention: start on 1 January, days, and the answer of each mode.
--
-- An event is a day of January and perhaps an hour: 3 is the 3rd at midnight, 3.12
-- at noon, - has no time.  Answers are by bounded / unbounded, by hand.
CREATE TABLE retention_case (id int GENERATED ALWAYS AS IDENTITY, what text, days int, n int, events text, want text);
INSERT INTO retention_case (what, days, n, events, want) VALUES
	('no event', 1, 3, '-', '000/000'),
	('on the first day', 1, 3, '1.12', '100/100'),
	('at the very start', 1, 3, '1', '100/100'),
	('on the second day', 1, 3, '2.12', '010/110'),
	('at its first moment', 1, 3, '2', '010/110'),
	('on the last day asked for', 1, 3, '3.23', '001/111'),
	('at the end of it', 1, 3, '4', '000/111'),
	('long after', 1, 3, '31', '000/111'),
	('before the start', 1, 3, '0.23', '000/000'),
	('before and after', 1, 3, '0 2', '010/110'),
	('every day', 1, 3, '1 2 3', '111/111'),
	('a day is left out', 1, 3, '1 3', '101/111'),
	('rows in any order', 1, 3, '3 1', '101/111'),
	('twice at one moment', 1, 3, '2 2', '010/110'),
	('twice on one day', 1, 3, '2 2.12', '010/110'),
	('no time, and one', 1, 3, '- 2', '010/110'),
	('one period', 1, 1, '1.23', '1/1'),
	('one period, and after it', 1, 1, '2', '0/1'),
	('weeks', 7, 3, '7.23', '100/100'),
	('the second week', 7, 3, '8', '010/110'),
	('the third week', 7, 3, '15 21.23', '001/111'),
	('after the third week', 7, 3, '22', '000/111');

CREATE VIEW retention_event AS
	SELECT id, days, n, CASE WHEN e <> '-' THEN '2026-01-01'::timestamptz + (split_part(e, '.', 1)::int - 1) * interval '1 day'
		+ coalesce(nullif(split_part(e, '.', 2), ''), '0')::int * interval '1 hour' END AS ts
	FROM retention_case, unnest(string_to_array(events, ' ')) AS e;
CREATE FUNCTION bits(periods boolean[]) RETURNS text
	LANGUAGE sql RETURN (SELECT string_agg(coalesce(p::int::text, '-'), '' ORDER BY i) FROM unnest(periods) WITH ORDINALITY AS t(p, i));

SELECT count(*) AS cases, count(*) FILTER (WHERE got = want) AS as_by_hand
FROM retention_case JOIN (SELECT id, concat(bits(retention(ts, '2026-01-01', days * interval '1 day', n)), '/',
	bits(retention(ts, '2026-01-01', days * interval '1 day', n, 'unbounded'))) AS got FROM retention_event GROUP BY id) AS t USING (id);
SELECT what, events, want, got
FROM retention_case JOIN (SELECT id, concat(bits(retention(ts, '2026-01-01', days * interval '1 day', n)), '/',
	bits(retention(ts, '2026-01-01', days * interval '1 day', n, 'unbounded'))) AS got FROM retention_event GROUP BY id) AS t USING (id)
WHERE got <> want ORDER BY id;
SELECT bool_and(retention(ts, '2026-01-01', days * interval '1 day', n)
	= retention(ts::timestamp, '2026-01-01', days * interval '1 day', n, 'bounded')
	AND retention(ts, '2026-01-01', days * interval '1 day', n)
		= retention(ts::date, '2026-01-01', days * interval '1 day', n)) OVER () AS all_types_agree
FROM retention_event GROUP BY id LIMIT 1;

-- months begin on the day of the start, or the last day before it
SELECT day, bits(retention(day, '2026-01-31', '1 month', 4)) AS months
FROM unnest('{2026-01-31,2026-02-27,2026-02-28,2026-03-30,2026-03-31,2026-04-29,2026-04-30,2026-05-31}'::date[]) AS day
GROUP BY day ORDER BY day;
SELECT day, bits(retention(day, '2026-01-31', '1 month 1 day', 4)) AS months_and_days
FROM unnest('{2026-02-28,2026-03-01,2026-04-01,2026-04-02,2026-05-03}'::date[]) AS day GROUP BY day ORDER BY day;

-- periods not known yet
SELECT as_of, bits(retention(ts, '2026-01-01', '1 day', 4, 'bounded', as_of)) AS bounded,
	bits(retention(ts, '2026-01-01', '1 day', 4, 'unbounded', as_of)) AS unbounded
FROM unnest('{2025-12-01,2026-01-01,2026-01-01 12:00,2026-01-02,2026-01-03,2026-01-04 23:59,2026-01-05,2026-02-01}'::timestamp[]) AS as_of,
	unnest('{2026-01-01 06:00,2026-01-03}'::timestamp[]) AS ts
GROUP BY as_of ORDER BY as_of;
SET TimeZone = 'America/New_York';
SELECT bits(retention(ts, '2026-03-07 00:00-05', '1 day', 3)) AS days_have_24_hours
FROM unnest('{2026-03-09 00:30-04}'::timestamptz[]) AS ts;
RESET TimeZone;

-- no rows, no start
SELECT retention(ts, '2026-01-01', '1 day', 3) FROM retention_event WHERE false;
SELECT retention(ts, NULL::timestamptz, '1 day', 3) FROM retention_event;
SELECT retention('2026-01-02'::date, start, '1 day', 3) FROM unnest('{NULL,2026-01-01}'::date[]) AS start;
SELECT bits(retention('2026-01-02'::date, '2026-01-01', '1 day', 10000)) = '01' || repeat('0', 9998) AS the_most;

-- running and filtered
SELECT bits(retention(ts, '2026-01-01', '1 day', 3) OVER (ORDER BY ts)) FROM retention_event WHERE id = 11;
SELECT bits(retention(ts, '2026-01-01', '1 day', 3) FILTER (WHERE ts > '2026-01-02')) FROM retention_event WHERE id = 11;

-- curves
SELECT retention_curve(u) FROM (VALUES ('{t,t,f,f}'::boolean[]), ('{t,f,t,f}'), ('{t,f,f,NULL}'), ('{t}'), ('{}'), (NULL)) AS t(u);
SELECT retention_curve(u) FROM (VALUES ('{NULL,t}'::boolean[]), ('{NULL}')) AS t(u);
SELECT retention_curve(u) FROM (VALUES ('{}'::boolean[]), (NULL)) AS t(u);
SELECT retention_curve(u) OVER (ORDER BY i) FROM (VALUES (1, '{t}'::boolean[]), (2, '{f,t}'), (3, '{f}')) AS t(i, u);

-- up to the end of the calendar, and longer periods
SELECT array_position(retention('294276-12-31 23:59:59.999999'::timestamp, '2000-01-01', '30 years', 10000), true),
	retention('290000-01-01'::timestamp, '4713-01-01 BC', '109000000 days', 2),
	retention('2026-01-01'::timestamp, '2026-01-01', interval '2562047788:00:54.775807' + interval '1 day', 2);

-- errors
\set SHOW_CONTEXT never
SELECT retention(now(), now(), '0 days', 3);
SELECT retention(now(), now(), '-1 day', 3);
SELECT retention(now(), now(), '1 month -1 day', 3);
SELECT retention(now(), now(), '1 day', 0);
SELECT retention(now(), now(), '1 day', 10001);
SELECT retention(now(), now(), '1 day', 3, 'rolling');
SELECT retention(now(), now(), NULL, 3);
SELECT retention(now(), now(), '1 day', NULL);
SELECT retention(now(), now(), '1 day', 3, NULL);
SELECT retention(now(), now(), '1 day', 3, 'bounded', NULL);
SELECT retention('infinity'::timestamptz, now(), '1 day', 3);
SELECT retention(now(), '-infinity'::timestamptz, '1 day', 3);
SELECT retention(now(), now(), '1 day', 3, 'bounded', 'infinity'::timestamptz);
SELECT retention(now(), now() - i * interval '1 day', '1 day', 3) FROM generate_series(1, 2) AS i;
SELECT retention_curve('{{t},{f}}');
SELECT retention_curve(array_fill(true, ARRAY[10001]));

DROP VIEW retention_event;
DROP FUNCTION bits(boolean[]);
DROP TABLE retention_case;

-- months in another time zone: one warning for all groups, none where starts are not midnights
SET timezone = 'Europe/Berlin';
SELECT i % 3 AS g, retention(ts, timestamptz '2026-03-01', '1 month', 2),
	retention(ts, timestamptz '2026-03-01 08:00', '1 month', 2) AS hours,
	retention(ts AT TIME ZONE 'Europe/Berlin', timestamp '2026-03-01', '1 month', 2) AS local
FROM generate_series(0, 2) AS i, LATERAL (SELECT timestamptz '2026-03-28 12:00' + i * interval '2 days' AS ts) AS e GROUP BY g ORDER BY g;
RESET timezone;
