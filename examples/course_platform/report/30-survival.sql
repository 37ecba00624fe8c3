-- How long do users of each tier stay?
--
-- Half a year ago each user was in a tier. The picture follows those who were active then: a line
-- begins with all of them and falls whenever some were seen for the last time; the fall at the very
-- start is those who never came back. The higher a line ends, the more loyal the tier; the shaded
-- band around it shows the margin of error.

SELECT grouped_survival_svg(time, tier, censored, survival, ci_low, ci_high,
	chart_options(title => 'Users who are still there', x_label => 'days',
		width => 360, label_order =>
			ARRAY['platinum', 'gold', 'silver', 'bronze', 'basic']))
FROM (SELECT tier, kaplan_meier(days, has_left) AS kept
	FROM stay GROUP BY tier) AS k, survival_curve(kept);

SELECT caption(format('After 120 days %s of the %s users are still there, '
	'and %s of the %s users.', percent(shares[1]), tiers[1],
	percent(shares[cardinality(shares)]), tiers[cardinality(shares)]))
FROM (SELECT array_agg(share ORDER BY share DESC, tier) AS shares,
		array_agg(tier ORDER BY share DESC, tier) AS tiers
	FROM (SELECT tier, survival_at(kaplan_meier(days, has_left), 120) AS share
		FROM stay GROUP BY tier) AS s
	WHERE share IS NOT NULL) AS t
WHERE tiers IS NOT NULL;
