-- the tier report
--
-- Users, money and the typical user of each tier, over the last year: plain
-- averages, and the median of the days since a user was last seen.  Tiers are
-- ordered by days of learning, so one with recent starters may be below one that
-- spends more.  A reporting tool reads the materialized view like any table.

SELECT n.name AS tier,
	   count(*) AS users,
	   round(100.0 * count(*) / sum(count(*)) OVER (), 1) AS "users %",
	   round(sum(spend)) AS revenue,
	   round((100 * sum(spend) / nullif(sum(sum(spend)) OVER (), 0))::numeric, 1) AS "revenue %",
	   round(avg(spend)) AS "spend a user",
	   format('buys %s a year, learns on %s days, completes %s %%, last seen %s ago',
			  CASE WHEN max(purchases) = 0 THEN 'nothing'
				   WHEN avg(purchases) < 0.05 THEN 'almost nothing'
				   ELSE round(avg(purchases), 1) || ' courses' END,
			  round(avg(active_days)),
			  round(100 * avg(completion)),
			  regexp_replace(percentile_disc(0.5) WITHIN GROUP (ORDER BY round(recency_days)) || ' days',
							 '^1 days', '1 day')) AS "typical user"
FROM user_tiers
JOIN tier_names AS n USING (tier)
GROUP BY tier, n.name
ORDER BY user_tiers.tier DESC;
