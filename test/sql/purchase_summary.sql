-- purchase_summary: ordinary calls, the calendar and every error
SET DateStyle = ISO;
SET IntervalStyle = postgres;
CREATE TEMP TABLE orders AS
	SELECT * FROM (VALUES
		(1, '2024-01-01 10:00'::timestamp, 10.50), (1, '2024-01-01 20:00', 5.00), (1, '2024-02-15 00:00', 20.00),
		(1, '2024-03-31 23:59:59', -5.00),
		(2, '2024-03-31 01:00', 7.00),
		(3, '2024-04-01 00:00', 8.00),
		(4, '2024-02-28 23:59:59.999999', 1.00), (4, '2024-02-29 00:00', NULL), (4, '2024-03-01 00:00', 3.00), (4, NULL, 1000.00),
		(5, NULL, 9.00)) AS t(customer, paid_at, amount);

SELECT customer, (purchase_summary(paid_at, amount, '2024-03-31 01:00')).* FROM orders GROUP BY customer ORDER BY customer;
SELECT customer, (purchase_summary(paid_at, amount, '2024-03-31 01:00', '1 week')).* FROM orders GROUP BY customer ORDER BY customer;
SELECT customer, frequency, round(recency::numeric, 4) AS recency, round(age::numeric, 4) AS age, monetary
FROM (SELECT customer, (purchase_summary(paid_at, amount, '2024-03-31 01:00', '1 month')).* FROM orders GROUP BY customer) AS h
ORDER BY customer;
SELECT customer, purchase_summary(paid_at, amount, '2024-03-31 01:00') AS history FROM orders GROUP BY customer ORDER BY customer;

-- every type of time and amount, and literals
SELECT pg_typeof(purchase_summary(paid_at, amount, '2024-06-30')) AS type, purchase_summary(paid_at, amount, '2024-06-30') AS "timestamp",
	purchase_summary(paid_at AT TIME ZONE 'UTC', amount, '2024-06-30 12:00Z') AS timestamptz,
	purchase_summary(paid_at::date, amount, '2024-06-30') AS date,
	purchase_summary(paid_at, amount, date '2024-06-30') AS date_for_timestamp,
	purchase_summary(paid_at::date, amount, '2024-06-30', '7 days') AS days
FROM orders WHERE customer = 1;
SELECT purchase_summary(paid_at, amount, '2024-06-30') AS "numeric", purchase_summary(paid_at, amount::float8, '2024-06-30') AS float8,
	purchase_summary(paid_at, amount::real, '2024-06-30') AS real, purchase_summary(paid_at, amount::int, '2024-06-30') AS int,
	purchase_summary(paid_at, amount::bigint, '2024-06-30') AS bigint,
	purchase_summary(paid_at, amount::smallint, '2024-06-30') AS smallint
FROM orders WHERE customer = 1;
SELECT purchase_summary(paid_at, 1, '2024-06-30') AS int, purchase_summary(paid_at, 1.5, '2024-06-30') AS "numeric",
	purchase_summary(paid_at, '2', '2024-06-30') AS unknown,
	purchase_summary(paid_at, NULL, '2024-06-30') AS "null", purchase_summary(paid_at::date, 1, '2024-06-30', '1 month') AS date,
	purchase_summary(paid_at AT TIME ZONE 'UTC', 1.5, date_trunc('day', now(), 'UTC') + '12:00') IS NOT NULL AS now
FROM orders WHERE customer = 1;

-- days, weeks and months are those of UTC, whatever the session's time zone; a timestamp gives local ones
CREATE FUNCTION pg_temp.of_late_hours(zone text, OUT utc purchase_history, OUT local purchase_history) LANGUAGE sql AS $$
	SELECT set_config('TimeZone', zone, true);
	SELECT purchase_summary(at, 1, '2024-03-31 23:30Z', '1 month'),
		purchase_summary(at AT TIME ZONE zone, 1, '2024-03-31 23:30Z' AT TIME ZONE zone, '1 month')
	FROM unnest('{2024-01-31 23:59Z,2024-02-01 00:00Z,2024-03-31 23:30Z}'::timestamptz[]) AS at;
$$;
SELECT zone, (utc).frequency AS utc, (local).frequency AS local
FROM unnest('{UTC,Pacific/Auckland,America/Los_Angeles}'::text[]) AS zone, pg_temp.of_late_hours(zone);

-- weeks begin on Monday; the last day of a month and of a leap February
SELECT day::date, (purchase_summary(day, 1, '2024-03-04')).age AS days, (purchase_summary(day, 1, '2024-03-04', '1 week')).age AS weeks,
	round((purchase_summary(day, 1, '2024-03-04', '1 month')).age::numeric, 4) AS months
FROM unnest('{2023-12-31,2024-01-01,2024-02-25,2024-02-26,2024-02-29,2024-03-01,2024-03-03,2024-03-04}'::date[]) AS day
GROUP BY day ORDER BY day;
SELECT (purchase_summary(day, 1, '294276-12-31')).* FROM unnest('{4714-11-24 BC,294276-12-31}'::date[]) AS day;
SELECT (purchase_summary(at, 1, '294276-12-31', '1 week')).*
FROM unnest('{4714-11-24 BC,0001-01-01 BC,294276-12-31 23:59:59.999999}'::timestamp[]) AS at;
-- the mean month of the calendar
SELECT count(*) AS months, bool_and(abs(age - (date '2100-01-01' - date_trunc('month', day)::date) / 30.436875) < 1e-9) AS "as date_trunc"
FROM (SELECT day, (purchase_summary(day, 1, '2100-01-01', '1 month')).age
	FROM (SELECT date '0044-03-15 BC' + i * 29 AS day FROM generate_series(0, 26000) AS i) AS d GROUP BY day) AS t;

-- NULL: no purchase, no time; an unknown amount is 0
SELECT purchase_summary(paid_at, amount, '2024-06-30') IS NULL AS no_row FROM orders WHERE false;
SELECT purchase_summary(paid_at, amount, NULL) IS NULL AS no_end, purchase_summary(paid_at, amount, '2024-06-30', NULL) IS NULL AS no_unit,
	purchase_summary(paid_at, amount, '2023-12-31') IS NULL AS too_early, purchase_summary(NULL::date, 1, '2023-12-31') IS NULL AS no_time
FROM orders WHERE customer = 1;

-- filters, windows
SELECT customer, paid_at, purchase_summary(paid_at, amount, '2024-04-30') OVER w AS so_far
FROM orders WINDOW w AS (PARTITION BY customer ORDER BY paid_at) ORDER BY customer, paid_at;
SELECT purchase_summary(paid_at, amount, '2024-06-30') FILTER (WHERE amount > 0) AS without_refunds FROM orders WHERE customer = 1;
-- a different end for each group
SELECT as_of, purchase_summary(paid_at, amount, as_of)
FROM orders, unnest('{2024-01-01,2024-02-29,2024-04-30}'::timestamp[]) AS as_of WHERE customer = 1 GROUP BY as_of ORDER BY as_of;
-- its hour does not matter
SELECT purchase_summary('2024-04-30', 1, as_of) FROM unnest('{2024-05-01 00:00,2024-05-01 23:59:59}'::timestamp[]) AS as_of;

-- errors
SELECT purchase_summary(paid_at, amount, '2024-06-30', '1 day 1 hour') FROM orders;
SELECT purchase_summary(paid_at, amount, '2024-06-30', '24 hours') FROM orders;
SELECT purchase_summary(paid_at, amount, '2024-06-30', '30 days') FROM orders;
SELECT purchase_summary(paid_at, amount, '2024-06-30', '0') FROM orders;
SELECT purchase_summary(paid_at, amount, '2024-06-30', '1 year') FROM orders;
SELECT purchase_summary(paid_at, amount, paid_at) FROM orders;
SELECT purchase_summary(at, 1, as_of) FROM (VALUES (date '2024-05-01', date '2024-04-30'), ('2024-01-01', '2024-06-30')) AS t(at, as_of);
SELECT purchase_summary(paid_at, amount, '2024-06-30', CASE customer WHEN 1 THEN '1 day' ELSE '1 week' END::interval) FROM orders;
SELECT purchase_summary(paid_at, amount, 'infinity') FROM orders;
SELECT purchase_summary('infinity'::timestamptz, 1, now());
SELECT purchase_summary('-infinity'::date, 1, '2024-06-30');
SELECT purchase_summary('2024-01-01'::date, 1, 'infinity');
SELECT purchase_summary('2024-01-01'::date, 1, '294277-01-01');
SELECT purchase_summary(paid_at, 'NaN'::float8, '2024-06-30') FROM orders;
SELECT purchase_summary(paid_at, 'Infinity'::numeric, '2024-06-30') FROM orders;
SELECT purchase_summary(paid_at, 1e308::float8, '2024-06-30') FROM orders;
\set VERBOSITY terse
SELECT purchase_summary(paid_at, amount) FROM orders;
\set VERBOSITY default
-- purchases after as_of are left out, but checked
SELECT purchase_summary(at, amount, '2024-06-30') FROM (VALUES (date '2024-06-30', 1), ('2024-07-01', 'NaN'::float8)) AS t(at, amount);
SELECT purchase_summary(at, amount, '2024-06-30') FROM (VALUES (date '2024-06-30', 1), ('2024-07-01', 2)) AS t(at, amount);

-- current_date east of Greenwich is the day before in UTC: a warning with the way out
SET TimeZone = 'Europe/Berlin';
SELECT purchase_summary(paid_at, 10, DATE '2026-06-02'),
	purchase_summary(paid_at AT TIME ZONE 'Europe/Berlin', 10, DATE '2026-06-02') AS local
FROM (VALUES (timestamptz '2026-06-01 12:00'), ('2026-06-02 08:00')) AS v(paid_at);
RESET TimeZone;
