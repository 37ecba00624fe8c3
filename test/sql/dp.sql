-- dp_count, dp_count_threshold, dp_sum, dp_avg: ordinary calls, almost without noise, and every error
CREATE TEMP TABLE visits AS SELECT i % 40 AS user_id, i % 40 % 2 AS g, (i % 5)::float8 AS paid FROM generate_series(1, 400) AS i;
SELECT g, dp_count(user_id, 1000) AS users, dp_count(user_id, 1000, 0) AS the_same, dp_count(user_id, 1000, 0, 3) AS visits,
	dp_count_threshold(user_id, 20, 1e-6) > 0 AS seen, round(dp_sum(user_id, paid, 0, 15, 1e5)) AS paid,
	round(dp_avg(user_id, paid, 0, 4, 1e6)::numeric, 2) AS mean
FROM visits GROUP BY g ORDER BY g;
SELECT dp_count(user_id::smallint, 1000) AS smallint, dp_count(user_id::bigint, 1000) AS bigint, dp_count(user_id::text, 1000) AS text,
	dp_count(user_id::text::varchar, 1000) AS varchar, dp_count(md5(user_id::text)::uuid, 1000) AS uuid,
	round(dp_sum(user_id, paid::numeric, 0, 15, 1e5)) AS numeric, round(dp_sum(user_id, paid::int, 0, 15, 1e5)) AS int
FROM visits;
SELECT dp_count(user_id, 1000) FILTER (WHERE g = 1) AS filtered, dp_count(DISTINCT user_id, 1000::float8) AS distinct_units,
	dp_count(CASE WHEN g = 7 THEN user_id END, 1000) AS nobody
FROM visits;
SELECT DISTINCT dp_count(user_id, 1000) OVER (PARTITION BY g) AS in_windows FROM visits;
SELECT dp_count(user_id, 1) IS NULL AS count, dp_sum(user_id, paid, 0, 1, 1) IS NULL AS sum FROM visits WHERE false;

-- errors
SELECT dp_count(user_id, 0) FROM visits;
SELECT dp_count(user_id, -1) FROM visits;
SELECT dp_count(user_id, 'Infinity') FROM visits;
SELECT dp_count(user_id, 2e6) FROM visits;
SELECT dp_count(user_id, 1, 0.5) FROM visits;
SELECT dp_count(user_id, 1, 3) FROM visits;
SELECT dp_count(user_id, 1, 0, 0) FROM visits;
SELECT dp_count(user_id, NULL) FROM visits;
SELECT dp_count(user_id, 1, NULL) FROM visits;
SELECT dp_count(user_id, 1, 0, NULL) FROM visits;
SELECT dp_count_threshold(user_id, 1, 0) FROM visits;
SELECT dp_sum(user_id, paid, 5, 5, 1) FROM visits;
SELECT dp_sum(user_id, paid, 0, 'Infinity', 1) FROM visits;
SELECT dp_sum(user_id, paid, NULL, 1, 1) FROM visits;
SELECT dp_avg(user_id, paid, 5, 4, 1) FROM visits;
SELECT dp_sum(user_id, paid, 0, 1 + g, 1) FROM visits;
SELECT dp_count_final('\x');
SELECT dp_combine('\x00', '\x00');
