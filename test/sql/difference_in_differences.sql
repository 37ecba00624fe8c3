-- difference_in_differences, event_study, pretrend_test: rows and errors
\pset null NULL
CREATE TABLE panel AS
	SELECT u, u % 2 = 0 AS treated, t, u + t + (u * t) % 3 + CASE WHEN u % 2 = 0 AND t > 3 THEN 10 ELSE 0 END AS y
	FROM generate_series(1, 8) AS u, generate_series(1, 5) AS t;
SELECT * FROM jsonb_each_text((SELECT to_jsonb(difference_in_differences(y, treated, t > 3, u)) FROM panel)) ORDER BY key;
SELECT p.period, round(effect::numeric, 4) AS effect, round(standard_error::numeric, 4) AS error, round(p_value::numeric, 4) AS p_value,
	rows
FROM (SELECT event_study(y, treated, t, 4, u) AS periods FROM panel) AS s, unnest(periods) AS p;
SELECT p.period, round(effect::numeric, 4) AS effect, round(standard_error::numeric, 4) AS error
FROM (SELECT event_study(y, treated, t, 0) AS periods FROM panel) AS s, unnest(periods) AS p;
SELECT pretrend_test(y, treated, t, 4, u::text) IS NOT NULL AS tested FROM panel;
SELECT difference_in_differences(y, treated, t > 3) FROM panel WHERE NOT treated;
SELECT difference_in_differences(NULL::float8, treated, t > 3) FROM panel;
SELECT difference_in_differences('NaN', treated, t > 3) FROM panel;
SELECT difference_in_differences(1e101, treated, t > 3, u) FROM panel;
SELECT event_study(y, treated, t, NULL) FROM panel;
SELECT event_study(y, treated, t, t) FROM panel;
SELECT event_study(y, treated, t + 2147483647::bigint, 3) FROM panel;
SELECT event_study(y, treated, t, -2147483649) FROM panel;
SELECT cardinality(event_study(1, true, i, 3)) FROM generate_series(1, 1000) AS i;
SELECT event_study(1, true, i, 3) FROM generate_series(1, 1001) AS i;
DROP TABLE panel;
