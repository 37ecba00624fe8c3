-- what does each tier mean?
--
-- Clusters have no words of their own.  For each tier the shortest rule that tells its
-- users from all others: the share of those who satisfy it that are in the tier, and
-- the share of the tier that satisfies it.

SELECT n.name AS tier, rule, rows AS users, round(100 * precision) AS "in the tier, %",
	   round(100 * coverage) AS "of the tier, %", round(lift::numeric, 1) AS lift
FROM unnest((
	SELECT segment_rules(tier, feature_vector(round(recency_days), purchases, round(spend), active_days,
											  round(100 * completion)),
		segment_rules_options(rules => 1, max_depth => 3,
			feature_names => '{days since last seen,purchases,spend,active days,completion %}'))
	FROM user_tiers)) AS r
JOIN tier_names AS n ON n.tier = r.segment::int
ORDER BY n.tier DESC;
