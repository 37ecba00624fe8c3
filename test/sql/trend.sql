-- Trends by hand.
\pset null (null)
SET timezone = 'UTC';
CREATE TABLE visit (day date, minutes int);
INSERT INTO visit VALUES ('2026-03-01', 10), ('2026-03-02', 20), ('2026-03-02', 5), ('2026-03-05', 40), ('2026-03-06', 1),
	('2026-03-07', 2), (NULL, 1000), ('2026-03-03', NULL), ('2026-03-08', 500), ('2027-01-01', 700);

\x
SELECT (trend(day, minutes, '2026-03-08', '{1,3,5}')).* FROM visit;
-- the day of as_of is not known yet
SELECT (trend(day, minutes, '2026-03-09', '{1,3,5}')).* FROM visit;
\x

-- types of values and of times
SELECT trend(day, minutes, '2026-03-08') = trend(day, minutes, '2026-03-08', '{7,30,90}') AS windows,
	trend(day, minutes, '2026-03-08') = trend(day, minutes::numeric, '2026-03-08') AS numeric,
	trend(day, minutes, '2026-03-08') = trend(day::timestamp, minutes, '2026-03-08') AS timestamp,
	trend(day, minutes, '2026-03-08') = trend(day::timestamptz, minutes, '2026-03-08') AS timestamptz
FROM visit;
SELECT trend(day, minutes, '2026-03-01') IS NULL AS nothing_known, trend(day, minutes, '2026-03-08') FILTER (WHERE false) IS NULL AS none
FROM visit;
SELECT trend(day, minutes, as_of, '{3}') FROM visit, generate_series('2026-03-02'::timestamp, '2026-03-10', '4 days') AS t (as_of)
GROUP BY as_of ORDER BY as_of;

-- as features
SELECT trend_features(trend(day, minutes, '2026-03-08', '{1,3}')) FROM visit;
SELECT trend_features(NULL) IS NULL AS none, trend_feature_names('{1,3}');
SELECT cardinality(trend_feature_names()) = dims(trend_features(trend(day, minutes, '2026-03-08'))) AS same FROM visit;

-- sums are exact, up to the last one
SELECT (trend('2026-03-01', x, '2026-03-02', '{2}')).totals FROM unnest('{1e308,1e308,5e-324,-1e308,-1e308}'::float8[]) AS x;

-- errors
\set SHOW_CONTEXT never
SELECT trend('infinity'::timestamptz, 1, now());
SELECT trend('2026-03-01'::date, 1, 'infinity');
SELECT trend('2026-03-01'::date, 'NaN', '2026-03-02');
SELECT trend('2026-03-01'::date, 'Infinity', '2026-03-01');
SELECT trend('2026-03-01'::date, 1, NULL);
SELECT trend('2026-03-01'::date, 1, '2026-03-02', NULL);
SELECT trend('2026-03-01'::date, 1, '2026-03-02', '{}');
SELECT trend('2026-03-01'::date, 1, '2026-03-02', '{7,NULL}');
SELECT trend('2026-03-01'::date, 1, '2026-03-02', '{{7},{30}}');
SELECT trend('2026-03-01'::date, 1, '2026-03-02', '{0,7}');
SELECT trend('2026-03-01'::date, 1, '2026-03-02', '{7,3661}');
SELECT trend('2026-03-01'::date, 1, '2026-03-02', '{7,7}');
SELECT trend('2026-03-01'::date, 1, '2026-03-02', '{1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17}');
SELECT trend(day, minutes, day + 1) FROM visit;
SELECT trend(day, minutes, '2026-03-08', CASE WHEN minutes > 10 THEN '{7}' ELSE '{8}' END::bigint[]) FROM visit;
SELECT (trend('1926-03-02'::date, 1, '2026-03-02')).first_seen;
SELECT trend('1926-03-01'::date, 1, '2026-03-02');
SELECT trend('4713-01-01 BC'::timestamp, 1, '294276-12-31');
SELECT trend('2026-03-01', x, '2026-03-02') FROM unnest('{1e308,1e308}'::float8[]) AS x;
SELECT trend(ts, x, '2026-03-03', '{1}') FROM unnest('{2026-03-01,2026-03-02}'::date[], '{1e-300,1e300}'::float8[]) AS t (ts, x);

-- days of another length
SET timezone = 'Europe/Berlin';
SELECT (trend('2026-03-28 00:30'::timestamptz, 1, '2026-03-30')).last_seen;
SELECT (trend('2026-01-28 00:30'::timestamptz, 1, '2026-01-30', '{7}')).last_seen AS winter,
	(trend('2026-03-28 00:30'::timestamptz AT TIME ZONE 'Europe/Berlin', 1, '2026-03-30')).last_seen AS local;
RESET timezone;
DROP TABLE visit;
