-- Who are the users?
--
-- Every user is in one of five tiers, by how much they spent, bought and studied in the last year.
-- Each tier has two bars: its share of the users and its share of the revenue. Where the second is
-- much longer than the first, few people bring a large part of the money. The table describes the
-- users of each tier.

SELECT grouped_bar_svg(tier, part, round(share::numeric, 3),
	chart_options(title => 'Users and revenue by tier', y_format => 'percent',
		width => 360, label_order => ARRAY['platinum', 'gold', 'silver',
			'bronze', 'basic', 'users', 'revenue']))
FROM (SELECT name AS tier, count(*) / sum(count(*)) OVER () AS users,
		sum(spend) / nullif(sum(sum(spend)) OVER (), 0) AS revenue
	FROM user_tiers JOIN tier_names USING (tier)
	GROUP BY name) AS t,
	LATERAL (VALUES ('users', users), ('revenue', revenue)) AS p (part, share);

SELECT name AS tier, thousands(count(*)) AS users,
	format('%s, %s, last seen %s ago',
		CASE WHEN sum(spend) = 0 THEN 'buys nothing'
			WHEN avg(purchases) < 0.05 THEN 'buys almost nothing'
			ELSE format('spends %s a year on %s courses',
				thousands(avg(spend)), round(avg(purchases), 1)) END,
		CASE WHEN avg(active_days) < 0.5 THEN 'has not studied'
			ELSE format('studies on %s days', round(avg(active_days))) END,
		CASE median WHEN 365 THEN 'a year or more' WHEN 1 THEN '1 day'
			ELSE median || ' days' END) AS "what it means"
FROM user_tiers JOIN tier_names USING (tier)
	JOIN (SELECT tier, round(percentile_disc(0.5)
			WITHIN GROUP (ORDER BY recency_days)) AS median
		FROM user_tiers GROUP BY tier) AS m USING (tier)
GROUP BY tier, name, median
ORDER BY user_tiers.tier DESC
\g (format=html tuples_only=off title='What each tier means')

SELECT caption(format('The %s tier is %s of the users and brings %s of the revenue.',
	name, percent(users), percent(revenue)))
FROM (SELECT name, count(*) / sum(count(*)) OVER () AS users,
		sum(spend) / nullif(sum(sum(spend)) OVER (), 0) AS revenue
	FROM user_tiers JOIN tier_names USING (tier)
	GROUP BY name) AS t
ORDER BY revenue DESC, name
LIMIT 1;
