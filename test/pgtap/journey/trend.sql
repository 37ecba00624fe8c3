-- Trends against SQL's own sums and islands, however rows are split and planned.
BEGIN;
SELECT plan(18);

CREATE TABLE log AS
	SELECT u AS user_id, i % 5 AS part, timestamp '2026-05-01 06:00' - (hashint4(i * 7919 + u) & 255) * (1 + u % 3) * interval '8 hours'
		- (hashint4(i + u) & 1) * interval '1 microsecond' + interval '30 days' AS ts,
		((hashint4(i * 31 + u) & 1023) - 200) / 100.0::float8 AS value
	FROM generate_series(1, 800) AS u, generate_series(1, 1 + (hashint4(u) & 63)) AS i;
CREATE TABLE answer AS
	SELECT user_id, trend(ts, value, '2026-05-01 06:00', '{1,7,30,90}') AS t FROM log GROUP BY user_id;

-- what was known: days before as_of, from 0
CREATE TABLE known AS
	SELECT user_id, part, ts, value, (ceil(extract(epoch FROM timestamp '2026-05-01 06:00' - ts) / 86400) - 1)::int AS day
	FROM log WHERE ts < '2026-05-01 06:00';
CREATE TABLE by_window AS
	SELECT user_id, w, n, count(day) FILTER (WHERE day < w) AS events, count(DISTINCT day) FILTER (WHERE day < w) AS active_days,
		coalesce(sum(value) FILTER (WHERE day < w), 0) AS total,
		coalesce(sum(value) FILTER (WHERE day >= w AND day < 2 * w), 0) AS earlier
	FROM known, unnest('{1,7,30,90}'::int[]) WITH ORDINALITY AS windows (w, n) GROUP BY user_id, w, n;
CREATE TABLE got AS
	SELECT user_id, n, (t).windows[n] AS w, (t).events[n] AS events, (t).active_days[n] AS active_days, (t).totals[n] AS total,
		(t).earlier_totals[n] AS earlier, (t).ratios[n] AS ratio, (t).slopes[n] AS slope
	FROM answer, generate_series(1, 4) AS n;

SELECT is(count(*), 0::bigint, 'nobody knows of users whose events all come later')
FROM answer WHERE (t IS NULL) = (user_id IN (SELECT user_id FROM known));
SELECT is(count(*) > 3 AND count(*) < 400, true, 'some of them are there') FROM answer WHERE t IS NULL;
SELECT is(count(*), 0::bigint, 'events, active days and totals')
FROM got JOIN by_window AS b USING (user_id, n)
WHERE (got.w, got.events, got.active_days) IS DISTINCT FROM (b.w::bigint, b.events, b.active_days)
	OR abs(got.total - b.total) > 1e-9 OR abs(got.earlier - b.earlier) > 1e-9;
SELECT is(count(*), 0::bigint, 'ratios') FROM got JOIN by_window AS b USING (user_id, n)
WHERE CASE WHEN abs(b.earlier) < 1e-9 THEN false WHEN b.earlier < 0 THEN ratio IS NOT NULL
	ELSE ratio IS NULL OR abs(ratio - b.total / b.earlier) > 1e-9 * (1 + abs(ratio)) END;
SELECT is(count(*), 0::bigint, 'no ratio to a window without events') FROM got
WHERE ratio IS NOT NULL AND NOT EXISTS (SELECT FROM known AS k WHERE k.user_id = got.user_id AND k.day >= w AND k.day < 2 * w);
SELECT is(count(*), 0::bigint, 'slopes are those of regr_slope over the totals of days')
FROM got JOIN (
	SELECT k.user_id, w, regr_slope(coalesce(total, 0), -day) AS slope
	FROM (SELECT DISTINCT user_id FROM known) AS k CROSS JOIN unnest('{1,7,30,90}'::int[]) AS w
		CROSS JOIN LATERAL generate_series(0, w - 1) AS day
		LEFT JOIN (SELECT user_id, day, sum(value) AS total FROM known GROUP BY user_id, day) AS d USING (user_id, day)
	GROUP BY k.user_id, w) AS b USING (user_id, w)
WHERE (got.slope IS NULL) <> (b.slope IS NULL) OR abs(got.slope - b.slope) > 1e-9;
SELECT is(count(*), 0::bigint, 'first and last seen') FROM answer JOIN (
	SELECT user_id, extract(epoch FROM '2026-05-01 06:00' - max(ts)) / 86400 AS last_seen,
		extract(epoch FROM '2026-05-01 06:00' - min(ts)) / 86400 AS first_seen FROM known GROUP BY user_id) AS b USING (user_id)
WHERE abs((t).last_seen - b.last_seen) > 1e-12 * b.last_seen + 1e-16 OR abs((t).first_seen - b.first_seen) > 1e-12 * b.first_seen;

-- islands of days and of weeks
CREATE FUNCTION pg_temp.runs(period int) RETURNS TABLE (user_id int, longest bigint, now bigint) LANGUAGE sql AS $$
	SELECT user_id, max(n), coalesce(max(n) FILTER (WHERE first = 0), 0)
	FROM (SELECT user_id, count(*) AS n, min(p) AS first
		FROM (SELECT user_id, p, p - row_number() OVER (PARTITION BY user_id ORDER BY p) AS island
			FROM (SELECT DISTINCT user_id, day / period AS p FROM known) AS d) AS d
		GROUP BY user_id, island) AS islands
	GROUP BY user_id $$;
SELECT is(count(*), 0::bigint, 'streaks of days') FROM answer JOIN pg_temp.runs(1) AS r USING (user_id)
WHERE ((t).longest_streak, (t).current_streak) IS DISTINCT FROM (r.longest, r.now);
SELECT is(count(*), 0::bigint, 'streaks of weeks') FROM answer JOIN pg_temp.runs(7) AS r USING (user_id)
WHERE ((t).longest_weeks, (t).current_weeks) IS DISTINCT FROM (r.longest, r.now);

-- the results of test/oracle/trend.py for the same events
CREATE TABLE pandas (user_id int, last_seen float8, first_seen float8, current_streak bigint, longest_streak bigint,
	current_weeks bigint, longest_weeks bigint, events bigint[], active_days bigint[], totals float8[],
	earlier_totals float8[], ratios float8[], slopes float8[]);
INSERT INTO pandas VALUES
	(1, 2.4791666666666665, 62.229166666666664, 0, 2, 1, 5, '{1,4,10}', '{1,4,10}', '{18,55,84.375}', '{0,24.125,0}',
		'{NULL,2.2797927461139897,NULL}', '{0.6428571428571429,0.028420467185761928,0.02834403424291064}'),
	(2, 0.8125, 94.3125, 1, 2, 1, 4, '{2,7,14}', '{2,6,13}', '{33.125,159.5,257.375}', '{0,33.75,41.625}',
		'{NULL,4.725925925925926,6.183183183183183}', '{1.888392857142857,0.0587319243604004,0.04822303164999794}'),
	(3, 2.3958333333333335, 124.39583333333333, 0, 2, 1, 6, '{1,3,16}', '{1,3,16}', '{32.125,107,314.75}', '{0,85,134.125}',
		'{NULL,1.2588235294117647,2.3466915191053124}', '{1.1473214285714284,-0.1587319243604009,-0.015236448944314081}'),
	(4, 0.9791666666666666, 154.85416666666666, 1, 2, 9, 9, '{2,7,19}', '{2,7,17}', '{27,166.625,342.125}',
		'{33.75,155.625,269.75}', '{0.8,1.0706827309236948,1.268303985171455}',
		'{0.9910714285714287,-0.15592324805339264,0.08238362760834668}'),
	(5, 8.5625, 179.8125, 0, 2, 0, 8, '{0,7,21}', '{0,7,21}', '{0,142,480.75}', '{47.5,87.25,401.875}',
		'{0,1.6275071633237823,1.196267496111975}', '{0,-0.25539488320355974,-0.07975058649215952}'),
	(6, 127.64583333333333, 214.77083333333334, 0, 1, 0, 1, '{0,0,0}', '{0,0,0}', '{0,0,0}', '{0,0,69.625}', '{NULL,NULL,0}',
		'{0,0,0}'),
	(7, 9.729166666666666, 228.72916666666666, 0, 1, 0, 4, '{0,2,3}', '{0,2,3}', '{0,69.75,91.875}', '{28.5,22.125,139.5}',
		'{0,3.152542372881356,0.6586021505376344}', '{0,-0.12296996662958856,0.026438449191258165}'),
	(8, 5.3125, 264.6875, 0, 1, 1, 3, '{1,3,5}', '{1,3,5}', '{40.875,83.125,83.75}', '{0,0,150}',
		'{NULL,NULL,0.5583333333333333}', '{-2.9196428571428577,-0.014599555061179175,0.03987940898053257}');
CREATE TABLE pandas_log AS
	SELECT u AS user_id, ((u * 31 + i * 17) % 401 - 40) / 8.0 AS value, timestamp '2026-04-06'
		- ((u * 7919 + i * i * 1047 + u * i * 357) % ((40 + 30 * u) * 24)) * interval '1 hour' - interval '30 minutes' AS ts
	FROM generate_series(1, 8) AS u, generate_series(0, u * 7 % 40 + 2) AS i;
CREATE FUNCTION pg_temp.far(a float8[], b float8[]) RETURNS bigint LANGUAGE sql AS $$
	SELECT count(*) FROM unnest(a, b) AS t (x, y)
	WHERE (x IS NULL) <> (y IS NULL) OR abs(x - y) > 1e-12 * (1 + abs(x)) $$;
SELECT is(count(*), 8::bigint, 'the counts of pandas')
FROM (SELECT user_id, (trend(ts, value, '2026-04-01')).* FROM pandas_log GROUP BY user_id) AS t JOIN pandas AS p USING (user_id)
WHERE (t.current_streak, t.longest_streak, t.current_weeks, t.longest_weeks, t.events, t.active_days)
	= (p.current_streak, p.longest_streak, p.current_weeks, p.longest_weeks, p.events, p.active_days);
SELECT is(sum(pg_temp.far(ARRAY[t.last_seen, t.first_seen] || t.totals || t.earlier_totals || t.ratios || t.slopes,
	ARRAY[p.last_seen, p.first_seen] || p.totals || p.earlier_totals || p.ratios || p.slopes)), 0::numeric,
	'the numbers of pandas and NumPy')
FROM (SELECT user_id, (trend(ts, value, '2026-04-01')).* FROM pandas_log GROUP BY user_id) AS t JOIN pandas AS p USING (user_id);

-- no leak: what comes later changes nothing, to the bit
SELECT is(count(*), 0::bigint, 'rows at or after as_of change nothing') FROM answer JOIN (
	SELECT user_id, trend(ts, value, '2026-05-01 06:00', '{1,7,30,90}') AS t FROM known GROUP BY user_id) AS k USING (user_id)
WHERE answer.t::text IS DISTINCT FROM k.t::text;

-- order, parts and plans
SELECT is(count(*), 0::bigint, 'any order') FROM answer JOIN (
	SELECT user_id, trend(ts, value, '2026-05-01 06:00', '{1,7,30,90}' ORDER BY hashfloat8(value), part) AS t
	FROM log GROUP BY user_id) AS k USING (user_id)
WHERE answer.t::text IS DISTINCT FROM k.t::text;
CREATE AGGREGATE pg_temp.part_trend(timestamp, float8, timestamp, bigint[]) (SFUNC = trend_trans, STYPE = bigint[]);
CREATE AGGREGATE pg_temp.merge_trend(bigint[]) (SFUNC = trend_combine, STYPE = bigint[], FINALFUNC = trend_final);
SELECT is(count(*), 0::bigint, 'parts of it') FROM answer JOIN (
	SELECT user_id, pg_temp.merge_trend(s::text::bigint[]) AS merged FROM (
		SELECT user_id, pg_temp.part_trend(ts, value, '2026-05-01 06:00', '{1,7,30,90}') AS s FROM log GROUP BY user_id, part
		UNION ALL SELECT user_id, NULL FROM log) AS parts GROUP BY user_id) AS m USING (user_id)
WHERE merged::text IS DISTINCT FROM t::text;
SELECT throws_ok(format($$SELECT trend_final(%L)$$, state), 'XX001', NULL, 'a damaged state is refused: ' || state)
FROM unnest('{"{}","{0,1,0,0,0,1,5,5,7}"}'::text[]) AS state;

CREATE TEMP TABLE serial (t trend_result);
INSERT INTO serial SELECT trend(ts, value, '2026-05-01 06:00') FROM log;
SET LOCAL parallel_setup_cost = 0;
SET LOCAL parallel_tuple_cost = 0;
SET LOCAL min_parallel_table_scan_size = 0;
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS SETOF text LANGUAGE plpgsql AS $$
BEGIN RETURN QUERY EXECUTE 'EXPLAIN (COSTS OFF) ' || query; END $$;
SELECT is(count(*), 1::bigint, 'workers compute parts')
FROM pg_temp.plan_of($$SELECT trend(ts, value, '2026-05-01 06:00') FROM log$$) AS line WHERE line ~ 'Partial Aggregate';
SELECT is(trend(ts, value, '2026-05-01 06:00')::text, (SELECT t::text FROM serial), 'and give the same result') FROM log;

SELECT * FROM finish();
ROLLBACK;
