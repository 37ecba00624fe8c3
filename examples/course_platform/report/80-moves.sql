-- Who moved up, who moved down?
--
-- A month ago each user was in a tier, on the left, and today some are in another one, on the
-- right. The wider a ribbon, the more users went that way: ribbons that rise are users who became
-- more valuable, ribbons that fall are those who are being lost. Users who stayed in their tier are
-- not shown.

SELECT sankey_svg(f.name, t.name, 1,
	chart_options(title => 'Users who changed tier', width => 360,
		label_order => ARRAY['platinum', 'gold', 'silver', 'bronze', 'basic']))
FROM tier_move
JOIN tier_names AS f ON f.tier = previous
JOIN tier_names AS t ON t.tier = current
WHERE previous <> current;

SELECT caption(format('%s users rose by a tier or more and %s fell; %s stayed '
	'where they were.', thousands(count(*) FILTER (WHERE current > previous)),
	thousands(count(*) FILTER (WHERE current < previous)),
	percent(avg((current = previous)::int)::float8)))
FROM tier_move
HAVING count(*) > 0;
