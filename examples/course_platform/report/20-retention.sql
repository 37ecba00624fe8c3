-- Who comes back?
--
-- Each row is the people who signed up in one quarter; each cell is how many of 100 of them came
-- back to the platform in that month after signing up. Read from left to right: the faster the
-- numbers fall, the faster people lose interest. Read from top to bottom: do newer users stay
-- longer? Unfinished months are blank.

SELECT heatmap_svg(month - 1, cohort, round(100 * share),
	chart_options(title => 'Of 100 users, how many came back',
		x_label => 'months after signing up', width => 360))
FROM (SELECT cohort, retention_curve(months) AS curve
	FROM user_months GROUP BY cohort) AS c,
	unnest(curve) WITH ORDINALITY AS m (share, month)
WHERE share IS NOT NULL AND month > 1; -- nearly all are there in the first one

SELECT caption(format('One month after signing up %s of all users come back, '
	'after half a year %s, and after a year %s.',
	percent(curve[2]), percent(curve[7]), percent(curve[13])))
FROM (SELECT retention_curve(months) AS curve FROM user_months) AS c
WHERE curve[13] IS NOT NULL;
