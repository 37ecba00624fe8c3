-- who comes back
--
-- For each quarter of sign-ups, the share of users who came back in the months
-- after, month 0 being the first.  Unfinished months are left out: the later months
-- of a quarter count only users who signed up early enough to have reached them.

CREATE TABLE user_months AS
SELECT to_char(u.signed_up_at AT TIME ZONE 'UTC', 'YYYY "Q"Q') AS cohort,
	   retention(e.happened_at, u.signed_up_at, '1 month', 13, 'bounded', as_of) AS months
FROM users AS u
LEFT JOIN events AS e USING (user_id), clock
WHERE u.signed_up_at < as_of
GROUP BY u.user_id, as_of;

WITH cohorts AS (
	SELECT cohort, count(*) AS users,
		   ARRAY(SELECT round(100 * share::numeric) FROM unnest(retention_curve(months)) AS share) AS percent
	FROM user_months
	GROUP BY cohort)
SELECT cohort, users, percent[1] AS "month 0 %", percent[2] AS "1", percent[3] AS "2", percent[4] AS "3",
	   percent[7] AS "6", percent[10] AS "9", percent[13] AS "12"
FROM cohorts
WHERE percent[1] IS NOT NULL
ORDER BY cohort;
