-- who comes less than before?
--
-- Visits and lessons of the last four weeks against the four before, from what was
-- known on that day: of users with ten events or more in the eight weeks, those with
-- half or less are fading.  The slope says whether they still fall, in events a day
-- per week.  The lines below are the best of them: the longest they ever came day
-- after day, and how long ago they were last seen.

CREATE MATERIALIZED VIEW user_trend AS
SELECT user_id, (trend(at, 1, as_of, '{28,84}')).*
FROM seen, clock
GROUP BY user_id;

SELECT n.name AS tier, count(*) AS users, count(*) FILTER (WHERE ratios[1] <= 0.5) AS fading,
	   round(100 * avg((ratios[1] <= 0.5)::int), 1) AS "fading, %",
	   round(avg(7 * slopes[1])::numeric, 3) AS "slope of all", round(avg(current_weeks), 1) AS "weeks in a row"
FROM user_trend
JOIN user_tiers USING (user_id)
JOIN tier_names AS n USING (tier)
WHERE totals[1] + earlier_totals[1] >= 10
GROUP BY n.tier, n.name
ORDER BY n.tier DESC;

SELECT user_id, n.name AS tier, round(spend) AS spend, earlier_totals[1] AS "four weeks before", totals[1] AS "last four weeks",
	   longest_streak AS "days in a row, ever", round(last_seen::numeric) AS "days away"
FROM user_trend
JOIN user_tiers USING (user_id)
JOIN tier_names AS n USING (tier)
WHERE totals[1] + earlier_totals[1] >= 10 AND ratios[1] <= 0.5
ORDER BY spend DESC, user_id
LIMIT 5;
