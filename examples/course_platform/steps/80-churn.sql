-- churn and lifetime value by tier
--
-- Of the users seen in the month before the tiers were kept, how many were not seen
-- in the month after?  A twelfth of last year's revenue, per user and month, divided
-- by churn is what a user brings in until lost; with a margin of 40 % and 1 %
-- interest per month, what that is worth today.  Gold users come less often than
-- platinum and stay longer; the last step distinguishes single customers.  The lines
-- below show where all users stand now.

CREATE VIEW seen AS
SELECT user_id, happened_at AS at FROM events
UNION ALL
SELECT user_id, viewed_at FROM lesson_views;

WITH kept AS (
	SELECT h.as_of AS cut, h.user_id, h.tier,
		   EXISTS (SELECT FROM seen AS s WHERE s.user_id = h.user_id AND s.at >= h.as_of - interval '1 month' AND s.at < h.as_of) AS before,
		   EXISTS (SELECT FROM seen AS s WHERE s.user_id = h.user_id AND s.at >= h.as_of AND s.at < c.as_of) AS after,
		   coalesce((SELECT sum(amount) FROM payments AS p
					 WHERE p.user_id = h.user_id AND p.paid_at >= h.as_of - interval '1 year' AND p.paid_at < h.as_of), 0) / 12 AS revenue
	FROM tier_history AS h, clock AS c)
SELECT n.name AS tier, count(*) AS users, count(*) FILTER (WHERE before) AS "seen before",
	   round(100 * churn_rate(before, after)::numeric, 1) AS "churn %",
	   round(arpu(revenue) FILTER (WHERE before)::numeric, 2) AS "revenue a user",
	   round(ltv(revenue, NOT after) FILTER (WHERE before)::numeric) AS "lifetime value",
	   round(ltv(arpu(revenue) FILTER (WHERE before), churn_rate(before, after), 0.4, 0.01)::numeric) AS "profit, discounted"
FROM kept
JOIN tier_names AS n USING (tier)
GROUP BY n.tier, n.name
ORDER BY n.tier DESC;

SELECT count(*) FILTER (WHERE state = 'new') AS new, count(*) FILTER (WHERE state = 'returning') AS returning,
	   count(*) FILTER (WHERE state = 'resurrecting') AS resurrecting, count(*) FILTER (WHERE state = 'dormant') AS dormant
FROM (SELECT lifecycle(at, as_of, '1 month') AS state FROM seen, clock GROUP BY user_id) AS t;
