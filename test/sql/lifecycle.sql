-- Lifecycle: as of 1 March, by months.  Days are those of January and February 2026 (32 is
-- 1 February, 60 is 1 March), - has no time.
CREATE TABLE lifecycle_case (id int GENERATED ALWAYS AS IDENTITY, days text, want text);
INSERT INTO lifecycle_case (days, want) VALUES
	('-', NULL), ('60', NULL), ('61 70', NULL), ('32', 'new'), ('59', 'new'), ('40 50', 'new'), ('40 60', 'new'), ('- 40', 'new'),
	('31', 'dormant'), ('1', 'dormant'), ('0', 'dormant'), ('-99', 'dormant'), ('0 31', 'dormant'), ('0 60', 'dormant'),
	('31 32', 'returning'), ('1 59', 'returning'), ('59 1', 'returning'), ('0 1 32', 'returning'),
	('0 32', 'resurrecting'), ('-99 59', 'resurrecting'), ('0 0 40 40', 'resurrecting');
CREATE VIEW lifecycle_event AS
	SELECT id, want, '2025-12-31'::timestamptz + nullif(d, '-')::int * interval '1 day' AS ts
	FROM lifecycle_case, unnest(string_to_array(days, ' ')) AS d;

SELECT count(*) AS cases, count(*) FILTER (WHERE got IS NOT DISTINCT FROM want) AS as_by_hand
FROM (SELECT want, lifecycle(ts, '2026-03-01', '1 month') AS got FROM lifecycle_event GROUP BY id, want) AS t;
SELECT count(*) FILTER (WHERE s IS DISTINCT FROM want) AS timestamps, count(*) FILTER (WHERE d IS DISTINCT FROM want) AS dates
FROM (SELECT want, lifecycle(ts::timestamp, '2026-03-01', '1 month') AS s, lifecycle(ts::date, '2026-03-01', '1 month') AS d
	FROM lifecycle_event GROUP BY id, want) AS t;

-- to the microsecond
SELECT ts, lifecycle(ts, '2026-03-01', '7 days')
FROM unnest('{2026-02-28 23:59:59.999999,2026-02-22,2026-02-21 23:59:59.999999}'::timestamp[]) AS ts GROUP BY ts ORDER BY ts;
SELECT lifecycle(ts, '2026-03-01', '1 month') FROM lifecycle_event WHERE false;
SELECT lifecycle(ts, '2026-03-01', '1 month') OVER (ORDER BY ts) FROM unnest('{2025-12-01,2026-01-05,2026-02-05}'::date[]) AS ts;

-- errors
\set SHOW_CONTEXT never
SELECT lifecycle(now(), now(), '0 days');
SELECT lifecycle(now(), '2026-03-01', '1 month -29 days');
SELECT lifecycle(now(), NULL, '1 day');
SELECT lifecycle(now(), now(), NULL);
SELECT lifecycle('infinity'::timestamptz, now(), '1 day');
SELECT lifecycle(now(), 'infinity'::timestamptz, '1 day');
SELECT lifecycle(now(), now(), '5000 years');
SELECT lifecycle(now(), now() - i * interval '1 day', '1 day') FROM generate_series(1, 2) AS i;
SELECT lifecycle(now(), now(), i * interval '1 day') FROM generate_series(1, 2) AS i;

DROP VIEW lifecycle_event;
DROP TABLE lifecycle_case;

-- months in another time zone
SET timezone = 'Europe/Berlin';
SELECT lifecycle(ts, timestamptz '2026-03-01', '1 month'), lifecycle(ts, timestamptz '2026-03-01', '28 days') AS days,
	lifecycle(ts AT TIME ZONE 'Europe/Berlin', timestamp '2026-03-01', '1 month') AS local
FROM (VALUES (timestamptz '2026-01-29 12:00')) AS e(ts);
RESET timezone;
