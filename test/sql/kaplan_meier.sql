-- survival curves: ordinary calls and every error
CREATE TEMP TABLE subscribers (user_id int, months int, churned boolean);
INSERT INTO subscribers VALUES (1, 1, true), (2, 2, true), (3, 2, false), (4, 3, true), (5, 5, false),
	(6, 5, true), (7, 6, false), (8, 6, false), (9, NULL, true), (10, 4, NULL);
CREATE TEMP TABLE summaries AS SELECT kaplan_meier(months, churned) AS summary FROM subscribers;

SELECT summary, pg_typeof(summary) FROM summaries;
SELECT model_info(summary), model_method(summary), model_size(summary) FROM summaries;
SELECT time, at_risk, events, censored, round(survival::numeric, 6) AS survival, round(std_error::numeric, 6) AS std_error,
	round(ci_low::numeric, 6) AS ci_low, round(ci_high::numeric, 6) AS ci_high
FROM summaries, survival_curve(summary);
SELECT ci_type, time, round(ci_low::numeric, 6) AS ci_low, round(ci_high::numeric, 6) AS ci_high
FROM summaries, unnest('{log-log,log,plain}'::text[]) AS ci_type, survival_curve(summary, 0.9, ci_type) WHERE time IN (1, 5);

-- before the first time, at steps, after the last time
SELECT at, round(survival_at(summary, at)::numeric, 6) AS survival
FROM summaries, unnest('{-1,0,0.99,1,2,4.99,5,6,6.01,Infinity}'::float8[]) AS at;
-- the same for users still there at a time
SELECT at, given, round(survival_at(summary, at, given)::numeric, 6) AS survival
FROM summaries, unnest('{-1,1,2,5,6,6.01}'::float8[]) AS at, unnest('{-Infinity,1,5,7}'::float8[]) AS given;
SELECT survival_at(kaplan_meier(1, true), 7, 0) AS all_gone, survival_at(kaplan_meier(1, true), 7, 1) AS nobody_there,
	survival_at(kaplan_meier(1, true), 1, NULL) AS unknown;
SELECT median_survival(summary) FROM summaries;

-- nobody is left: survival is 0 and stays 0, without an interval
SELECT c.time, c.survival, c.std_error, c.ci_low, c.ci_high FROM (SELECT kaplan_meier(1, true) AS s) AS t,
	unnest('{log-log,log,plain}'::text[]) AS ci_type, survival_curve(s, 0.95, ci_type) AS c;
SELECT survival_at(kaplan_meier(1, true), 7), median_survival(kaplan_meier(1, true));
-- nobody has left: survival is 1, and only log-log has no interval
SELECT ci_type, c.survival, c.std_error, c.ci_low, c.ci_high FROM (SELECT kaplan_meier(1, false) AS s) AS t,
	unnest('{log-log,log,plain}'::text[]) AS ci_type, survival_curve(s, 0.95, ci_type) AS c;
SELECT survival_at(kaplan_meier(1, false), 7), median_survival(kaplan_meier(1, false));

-- exactly half are left: the midpoint up to the next event, if there is one
SELECT median_survival(kaplan_meier(t, true)) AS to_2, median_survival(kaplan_meier(t, t <> 3)) AS past_3,
	median_survival(kaplan_meier(t, t < 3)) AS stays
FROM generate_series(1, 4) AS t;

-- every type of number; -0 is 0
SELECT kaplan_meier(1::smallint, true)::text = kaplan_meier(1, true)::text AS small,
	kaplan_meier(1::bigint, true)::text = kaplan_meier(1, true)::text AS large,
	kaplan_meier(1.0, true)::text = kaplan_meier(1, true)::text AS "numeric",
	kaplan_meier(1::real, true)::text = kaplan_meier(1, true)::text AS real,
	kaplan_meier(-0::float8, true)::text = kaplan_meier(0, true)::text AS zero;
SELECT survival_at(kaplan_meier(d, true), 1) FROM unnest('{0,4.9e-324,1e-300,1.7e308}'::float8[]) AS d;

-- no rows, and rows with NULLs only
SELECT kaplan_meier(1, true) FILTER (WHERE false) IS NULL AS no_row;
SELECT s, survival_at(s, 0), median_survival(s), (SELECT count(*) FROM survival_curve(s)) AS rows
FROM (SELECT kaplan_meier(NULL, true) AS s FROM generate_series(1, 3)) AS t;
SELECT survival_at(NULL, 1), survival_at(summary, NULL), median_survival(NULL), (SELECT count(*) FROM survival_curve(NULL)) FROM summaries;

-- groups, frames, filters, rolled-up summaries
SELECT user_id % 2 AS half, median_survival(kaplan_meier(months, churned)) FROM subscribers GROUP BY half ORDER BY half;
SELECT user_id, model_info(kaplan_meier(months, churned) OVER w) ->> 'event_count' AS events,
	median_survival(kaplan_meier(months, churned) OVER w) AS median
FROM subscribers WINDOW w AS (ORDER BY user_id) ORDER BY user_id;
SELECT median_survival(kaplan_meier(months, churned) FILTER (WHERE months < 4)) FROM subscribers;
SELECT rollup(s)::text = (SELECT summary::text FROM summaries) AS same
FROM (SELECT kaplan_meier(months, churned) AS s FROM subscribers GROUP BY user_id % 3) AS parts;
SELECT round(survival_at(rollup(s), 5)::numeric, 6) AS at_5
FROM (SELECT kaplan_meier(months, churned) AS s FROM subscribers GROUP BY user_id % 3) AS parts;

-- an interval as a number of days, or of any other unit
SELECT round(median_survival(kaplan_meier(extract(epoch FROM duration) / 86400, true))::numeric, 2) AS days
FROM unnest('{1 day,36 hours,4 days}'::interval[]) AS duration;

-- errors
SELECT kaplan_meier(-1, true);
SELECT kaplan_meier('NaN', true);
SELECT kaplan_meier('Infinity', false);
SELECT count(*) FROM summaries, survival_curve(summary, 1);
SELECT count(*) FROM summaries, survival_curve(summary, 0);
SELECT count(*) FROM summaries, survival_curve(summary, 'NaN');
SELECT count(*) FROM summaries, survival_curve(summary, 95);
SELECT count(*) FROM summaries, survival_curve(summary, 0.95, 'loglog');
SELECT survival_at(summary, 'NaN') FROM summaries;
SELECT survival_at(summary, 1, 'NaN') FROM summaries;
SELECT survival_at(tier_transition(1, 2), 1);
SELECT median_survival(tier_transition(1, 2));
SELECT count(*) FROM survival_curve((SELECT tier_transition(1, 2)));
SELECT rollup(s) FROM (SELECT tier_transition(1, 2) AS s UNION ALL SELECT summary FROM summaries) AS t;
SET segment.max_model_size = '1kB';
SELECT kaplan_meier(i, true) FROM generate_series(1, 100) AS i;
RESET segment.max_model_size;

-- states and summaries from untrusted sources
SELECT kaplan_meier_final('\x00');
SELECT kaplan_meier_final('\x000000004b41504c');
SELECT kaplan_meier_trans('\x0102030405060708', 1, true);
SELECT kaplan_meier_combine('\x', '\x');
SELECT '{"method": "kaplan_meier", "format": 1, "fingerprint": null, "distinct_times": 2, "rows_used": 2, "rows_skipped": 0,
	"event_count": 2, "timefix": true, "times": [2, 1], "events": [1, 1], "censored": [0, 0]}'::segment_summary;
SELECT '{"method": "kaplan_meier", "format": 1, "fingerprint": null, "distinct_times": 1, "rows_used": 2, "rows_skipped": 0,
	"event_count": 1, "timefix": true, "times": [1], "events": [1], "censored": [0]}'::segment_summary;
SELECT '{"method": "kaplan_meier", "format": 1, "fingerprint": null, "distinct_times": 1, "rows_used": 9007199254740993, "rows_skipped": 0,
	"event_count": 9007199254740993, "timefix": true, "times": [1], "events": [9007199254740993], "censored": [0]}'::segment_summary;
SELECT survival_at('{"method": "kaplan_meier", "format": 1, "fingerprint": null, "distinct_times": 2, "rows_used": 4, "rows_skipped": 0,
	"event_count": 1, "timefix": true, "times": [1, 9], "events": [1, 0], "censored": [0, 3]}', 5);

-- 3.6 - 2.4 is 1.2 but for a rounding: one time, unless timefix is off; summaries keep both
CREATE TEMP TABLE fixed AS SELECT kaplan_meier(t, true) AS joined, kaplan_meier(t, true, false) AS exact
	FROM unnest(ARRAY[3.6::float8 - 2.4::float8, 1.2, 5]) AS t;
SELECT time, at_risk, events FROM fixed, survival_curve(joined);
SELECT time, at_risk, events FROM fixed, survival_curve(exact);
SELECT survival_at(joined, 1.2) AS joined, survival_at(exact, 1.2) AS exact, survival_at(joined, 5) AS last,
	median_survival(joined) AS median FROM fixed;
SELECT (SELECT joined::text FROM fixed) = rollup(s)::text AS parts_are_the_whole
FROM (SELECT kaplan_meier(t, true) AS s FROM unnest(ARRAY[3.6::float8 - 2.4::float8, 1.2, 5]) AS t GROUP BY t) AS parts;
SELECT kaplan_meier(1, true, NULL);
SELECT kaplan_meier(1, true, i = 1) FROM generate_series(1, 2) AS i;
SELECT rollup(s) FROM (SELECT joined AS s FROM fixed UNION ALL SELECT exact FROM fixed) AS t;
