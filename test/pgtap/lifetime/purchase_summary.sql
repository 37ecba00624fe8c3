-- Purchase histories against pandas and date_trunc(), and however rows are
-- ordered and planned.
BEGIN;
SELECT plan(17);

-- the results of test/oracle/purchase_summary.py for the same purchases
CREATE TABLE purchase_summary_paid AS
	SELECT c, '2023-11-20'::timestamp + interval '1 second' * CASE i % 5 WHEN 1 THEN at - at % 86400
		WHEN 2 THEN at - at % 86400 - 1 ELSE at END AS paid_at,
		CASE WHEN (c + i) % 13 <> 0 THEN ((c * 31 + i * 17) % 401 - 40) / 8.0 END AS amount
	FROM generate_series(1, 10) AS c, generate_series(0, c * 7 % 12) AS i,
		LATERAL (SELECT (c * 7919 + i * i * 104729 * 13::bigint + c * i * 3571) % (500 * 86400) AS at) AS a;
CREATE TEMP TABLE pandas (unit, as_of, c, frequency, recency, age, monetary) AS
	SELECT unit::interval, as_of::timestamp, c, frequency, recency::float8, age::float8, monetary::float8 FROM (VALUES
	('1 day', '2024-02-29 12:00', 1, 3, 67.0, 101.0, 5.25),
	('1 day', '2024-02-29 12:00', 2, 2, 62.0, 101.0, 5.9375),
	('1 day', '2024-02-29 12:00', 3, 4, 68.0, 101.0, 15.65625),
	('1 day', '2024-02-29 12:00', 4, 2, 62.0, 101.0, 13.6875),
	('1 day', '2024-02-29 12:00', 5, 5, 78.0, 101.0, 19.575),
	('1 day', '2024-02-29 12:00', 6, 3, 69.0, 101.0, 24.625),
	('1 day', '2024-02-29 12:00', 7, 1, 16.0, 101.0, 24.25),
	('1 day', '2024-02-29 12:00', 8, 4, 69.0, 101.0, 35.03125),
	('1 day', '2024-02-29 12:00', 9, 2, 63.0, 101.0, 33.0625),
	('1 day', '2024-02-29 12:00', 10, 5, 80.0, 101.0, 15.15),
	('1 day', '2024-07-01 00:00', 1, 4, 142.0, 224.0, 5.25),
	('1 day', '2024-07-01 00:00', 2, 2, 62.0, 224.0, 5.9375),
	('1 day', '2024-07-01 00:00', 3, 5, 142.0, 224.0, 15.125),
	('1 day', '2024-07-01 00:00', 4, 3, 142.0, 224.0, 14.75),
	('1 day', '2024-07-01 00:00', 5, 6, 142.0, 224.0, 19.770833333333332),
	('1 day', '2024-07-01 00:00', 6, 4, 143.0, 224.0, 24.625),
	('1 day', '2024-07-01 00:00', 7, 1, 16.0, 224.0, 24.25),
	('1 day', '2024-07-01 00:00', 8, 5, 143.0, 224.0, 34.5),
	('1 day', '2024-07-01 00:00', 9, 3, 143.0, 224.0, 34.125),
	('1 day', '2024-07-01 00:00', 10, 6, 143.0, 224.0, 12.625),
	('1 day', '2024-12-31 23:59:59', 1, 7, 394.0, 407.0, 7.375),
	('1 day', '2024-12-31 23:59:59', 2, 2, 62.0, 407.0, 5.9375),
	('1 day', '2024-12-31 23:59:59', 3, 9, 394.0, 407.0, 17.25),
	('1 day', '2024-12-31 23:59:59', 4, 4, 253.0, 407.0, 15.8125),
	('1 day', '2024-12-31 23:59:59', 5, 10, 395.0, 407.0, 22.925),
	('1 day', '2024-12-31 23:59:59', 6, 6, 395.0, 407.0, 25.6875),
	('1 day', '2024-12-31 23:59:59', 7, 1, 16.0, 407.0, 24.25),
	('1 day', '2024-12-31 23:59:59', 8, 8, 396.0, 407.0, 30.984375),
	('1 day', '2024-12-31 23:59:59', 9, 3, 143.0, 407.0, 34.125),
	('1 day', '2024-12-31 23:59:59', 10, 10, 396.0, 407.0, 16.3625),
	('1 week', '2024-02-29 12:00', 1, 3, 9.0, 14.0, 5.25),
	('1 week', '2024-02-29 12:00', 2, 2, 8.0, 14.0, 5.9375),
	('1 week', '2024-02-29 12:00', 3, 4, 9.0, 14.0, 15.65625),
	('1 week', '2024-02-29 12:00', 4, 2, 8.0, 14.0, 13.6875),
	('1 week', '2024-02-29 12:00', 5, 5, 11.0, 14.0, 19.575),
	('1 week', '2024-02-29 12:00', 6, 2, 9.0, 14.0, 36.9375),
	('1 week', '2024-02-29 12:00', 7, 1, 2.0, 14.0, 24.25),
	('1 week', '2024-02-29 12:00', 8, 3, 9.0, 14.0, 46.708333333333336),
	('1 week', '2024-02-29 12:00', 9, 2, 9.0, 14.0, 33.0625),
	('1 week', '2024-02-29 12:00', 10, 5, 11.0, 14.0, 15.15),
	('1 week', '2024-07-01 00:00', 1, 4, 20.0, 32.0, 5.25),
	('1 week', '2024-07-01 00:00', 2, 2, 8.0, 32.0, 5.9375),
	('1 week', '2024-07-01 00:00', 3, 5, 20.0, 32.0, 15.125),
	('1 week', '2024-07-01 00:00', 4, 3, 20.0, 32.0, 14.75),
	('1 week', '2024-07-01 00:00', 5, 6, 20.0, 32.0, 19.770833333333332),
	('1 week', '2024-07-01 00:00', 6, 3, 20.0, 32.0, 32.833333333333336),
	('1 week', '2024-07-01 00:00', 7, 1, 2.0, 32.0, 24.25),
	('1 week', '2024-07-01 00:00', 8, 4, 20.0, 32.0, 43.125),
	('1 week', '2024-07-01 00:00', 9, 3, 20.0, 32.0, 34.125),
	('1 week', '2024-07-01 00:00', 10, 6, 20.0, 32.0, 12.625),
	('1 week', '2024-12-31 23:59:59', 1, 7, 56.0, 58.0, 7.375),
	('1 week', '2024-12-31 23:59:59', 2, 2, 8.0, 58.0, 5.9375),
	('1 week', '2024-12-31 23:59:59', 3, 9, 56.0, 58.0, 17.25),
	('1 week', '2024-12-31 23:59:59', 4, 4, 36.0, 58.0, 15.8125),
	('1 week', '2024-12-31 23:59:59', 5, 10, 58.0, 58.0, 26.7),
	('1 week', '2024-12-31 23:59:59', 6, 5, 56.0, 58.0, 30.825),
	('1 week', '2024-12-31 23:59:59', 7, 1, 2.0, 58.0, 24.25),
	('1 week', '2024-12-31 23:59:59', 8, 7, 56.0, 58.0, 35.410714285714285),
	('1 week', '2024-12-31 23:59:59', 9, 3, 20.0, 58.0, 34.125),
	('1 week', '2024-12-31 23:59:59', 10, 10, 56.0, 58.0, 16.3625),
	('1 month', '2024-02-29 12:00', 1, 2, 2.0041479291155877, 3.0226493357153124, 7.875),
	('1 month', '2024-02-29 12:00', 2, 2, 2.0041479291155877, 3.0226493357153124, 5.9375),
	('1 month', '2024-02-29 12:00', 3, 2, 2.0041479291155877, 3.0226493357153124, 19.5),
	('1 month', '2024-02-29 12:00', 4, 2, 2.0041479291155877, 3.0226493357153124, 13.6875),
	('1 month', '2024-02-29 12:00', 5, 3, 3.0226493357153124, 3.0226493357153124, 32.625),
	('1 month', '2024-02-29 12:00', 6, 2, 2.0041479291155877, 3.0226493357153124, 36.9375),
	('1 month', '2024-02-29 12:00', 7, 1, 0.9856465225158627, 3.0226493357153124, 24.25),
	('1 month', '2024-02-29 12:00', 8, 2, 2.0041479291155877, 3.0226493357153124, 70.0625),
	('1 month', '2024-02-29 12:00', 9, 2, 2.0041479291155877, 3.0226493357153124, 33.0625),
	('1 month', '2024-02-29 12:00', 10, 3, 3.0226493357153124, 3.0226493357153124, 25.25),
	('1 month', '2024-07-01 00:00', 1, 4, 7.983736832378488, 7.983736832378488, 7.09375),
	('1 month', '2024-07-01 00:00', 2, 2, 2.0041479291155877, 7.983736832378488, 5.9375),
	('1 month', '2024-07-01 00:00', 3, 4, 7.983736832378488, 7.983736832378488, 16.78125),
	('1 month', '2024-07-01 00:00', 4, 4, 7.983736832378488, 7.983736832378488, 15.8125),
	('1 month', '2024-07-01 00:00', 5, 5, 7.983736832378488, 7.983736832378488, 28.3),
	('1 month', '2024-07-01 00:00', 6, 4, 7.983736832378488, 7.983736832378488, 31.3125),
	('1 month', '2024-07-01 00:00', 7, 1, 0.9856465225158627, 7.983736832378488, 24.25),
	('1 month', '2024-07-01 00:00', 8, 4, 7.983736832378488, 7.983736832378488, 51.75),
	('1 month', '2024-07-01 00:00', 9, 3, 4.993942380747038, 7.983736832378488, 34.125),
	('1 month', '2024-07-01 00:00', 10, 5, 7.983736832378488, 7.983736832378488, 23.6),
	('1 month', '2024-12-31 23:59:59', 1, 6, 13.010534097209389, 13.010534097209389, 8.604166666666666),
	('1 month', '2024-12-31 23:59:59', 2, 2, 2.0041479291155877, 13.010534097209389, 5.9375),
	('1 month', '2024-12-31 23:59:59', 3, 6, 13.010534097209389, 13.010534097209389, 21.9375),
	('1 month', '2024-12-31 23:59:59', 4, 4, 7.983736832378488, 13.010534097209389, 15.8125),
	('1 month', '2024-12-31 23:59:59', 5, 7, 13.010534097209389, 13.010534097209389, 32.75),
	('1 month', '2024-12-31 23:59:59', 6, 5, 13.010534097209389, 13.010534097209389, 30.825),
	('1 month', '2024-12-31 23:59:59', 7, 1, 0.9856465225158627, 13.010534097209389, 24.25),
	('1 month', '2024-12-31 23:59:59', 8, 6, 13.010534097209389, 13.010534097209389, 41.3125),
	('1 month', '2024-12-31 23:59:59', 9, 3, 4.993942380747038, 13.010534097209389, 34.125),
	('1 month', '2024-12-31 23:59:59', 10, 7, 13.010534097209389, 13.010534097209389, 23.375)
	) AS t(unit, as_of, c, frequency, recency, age, monetary);
SELECT is_empty($$
	SELECT c, h, w FROM (SELECT unit, as_of, p.c, purchase_summary(paid_at, amount, as_of, unit) AS h
		FROM purchase_summary_paid AS p, (SELECT DISTINCT unit, as_of FROM pandas) AS u GROUP BY unit, as_of, p.c) AS t
	FULL JOIN pandas AS w USING (unit, as_of, c)
	WHERE ((h).frequency, (h).recency, (h).age, (h).monetary) IS DISTINCT FROM (w.frequency, w.recency, w.age, w.monetary)
$$, 'the numbers of pandas, to the bit');

-- 3,001 customers over 100 years; cents, some of them refunded
CREATE TABLE purchase_summary_many AS
	SELECT i, i * 7919::bigint % 3001 AS c,
		'1950-01-01'::timestamp + i * 104729::bigint % 36525 * interval '1 day' + i * 31 % 25 * interval '1 hour' AS paid_at,
		(i * 37 % 10007 - 1000) / 100.0 AS amount
	FROM generate_series(1, 30000) AS i;
CREATE FUNCTION pg_temp.by_hand(unit text, days float8, as_of timestamp)
	RETURNS TABLE (c bigint, frequency int, recency float8, age float8, monetary float8) LANGUAGE sql AS $$
	SELECT c, count(*)::int - 1, extract(day FROM max(start) - min(start))::float8 / days,
		extract(day FROM date_trunc(unit, as_of) - min(start))::float8 / days,
		coalesce(avg(total) FILTER (WHERE start > first), 0)::float8
	FROM (SELECT *, min(start) OVER (PARTITION BY c) AS first
		FROM (SELECT c, date_trunc(unit, paid_at) AS start, sum(amount) AS total FROM purchase_summary_many GROUP BY 1, 2) AS p) AS t
	WHERE start <= date_trunc(unit, as_of) GROUP BY c
$$;
SELECT is(count(*) FILTER (WHERE h.frequency = w.frequency AND abs(h.recency - w.recency) <= 1e-12 * h.recency
	AND abs(h.age - w.age) <= 1e-12 * h.age
		AND abs(h.monetary - w.monetary) <= 1e-12 * abs(w.monetary)), max(customers),
		format('by hand, with date_trunc: %s to %s', unit, as_of))
FROM (VALUES ('day', 1), ('week', 7), ('month', 30.436875)) AS u(unit, days),
	unnest('{1976-02-29 10:00,2000-01-01,2049-12-31 23:00}'::timestamp[]) AS as_of,
	LATERAL (SELECT count(DISTINCT c) AS customers
		FROM purchase_summary_many WHERE date_trunc(unit, paid_at) <= date_trunc(unit, as_of)) AS n,
	LATERAL (SELECT c, (purchase_summary(paid_at, amount, as_of, ('1 ' || unit)::interval)).* FROM purchase_summary_many GROUP BY c) AS h
	JOIN pg_temp.by_hand(unit, days, as_of) AS w USING (c)
GROUP BY unit, as_of;

-- the same bits in any order, and for all types with the same values
SELECT is_empty($$
	SELECT c FROM purchase_summary_many GROUP BY c
	HAVING purchase_summary(paid_at, amount, '2010-01-01' ORDER BY i) <> purchase_summary(paid_at, amount, '2010-01-01' ORDER BY amount)
		OR purchase_summary(paid_at, amount, '2010-01-01'
			ORDER BY i) <> purchase_summary(paid_at, amount::float8, '2010-01-01' ORDER BY paid_at DESC)
		OR purchase_summary(paid_at, amount, '2010-01-01') <> purchase_summary(paid_at::date, amount, '2010-01-01')
		OR purchase_summary(paid_at, amount, '2010-01-01', '1 month') <> purchase_summary(paid_at AT TIME ZONE 'UTC', amount,
			'2010-01-01 00:00Z', '1 month')
$$, 'order and types do not matter');

-- a different end for each group
SELECT is_empty($$
	SELECT c FROM (SELECT c, as_of, purchase_summary(paid_at, amount, as_of) AS h
		FROM purchase_summary_many JOIN (SELECT c, max(paid_at) AS as_of FROM purchase_summary_many GROUP BY c) AS ends USING (c)
		GROUP BY c, as_of) AS t
	WHERE (h).age <> (h).recency OR (h).recency < (h).frequency OR h IS NULL
$$, 'the end may differ between customers');

-- a window sees the list grow, and the final function leaves it unchanged
SELECT is(count(*) FILTER (WHERE got IS DISTINCT FROM want), 0::bigint, 'windows')
FROM (SELECT purchase_summary(paid_at, amount, '2040-01-01') OVER (PARTITION BY c ORDER BY i) AS got,
		(SELECT purchase_summary(paid_at, amount, '2040-01-01') FROM purchase_summary_many AS m WHERE m.c = o.c AND m.i <= o.i) AS want
	FROM purchase_summary_many AS o WHERE c < 20) AS t;

-- a parallel plan
CREATE TEMP TABLE serial AS SELECT c, purchase_summary(paid_at, amount, '2010-01-01') AS h FROM purchase_summary_many GROUP BY c;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
SELECT is_empty($$
	SELECT c FROM (SELECT c, purchase_summary(paid_at, amount, '2010-01-01') AS h FROM purchase_summary_many GROUP BY c) AS p
		JOIN serial AS s USING (c)
	WHERE p.h IS DISTINCT FROM s.h
$$, 'workers give the same result');

SET LOCAL segment.training_memory = '1MB';
SELECT is((purchase_summary(date '2000-01-01' + i % 10000, 1, '2030-01-01')).frequency, 9999, 'a customer of 15,000 purchases')
FROM generate_series(1, 15000) AS i;
SELECT throws_ok($$ SELECT purchase_summary(date '2000-01-01', 1, '2030-01-01') FROM generate_series(1, 40000) $$, '54000',
	'too many events in one group: more than 32768', 'memory is bounded');
RESET segment.training_memory;

ALTER TYPE purchase_history ADD ATTRIBUTE more text;
SELECT throws_ok($$ SELECT purchase_summary(date '2000-01-01', 1, '2030-01-01') $$, '42804', 'type purchase_history has been altered',
	'a type that has been replaced is noticed');

SELECT * FROM finish();
ROLLBACK;
