-- Does the warning find those who will leave?
--
-- A model says for each user how likely it is that they will not come back in the next month. Of
-- users that it did not learn from, the ones with the highest risk are called first: the line shows
-- what share of those who later left is among the first tenth called, the first two tenths, and so
-- on. The faster it climbs, the better; calling people at random would follow the straight line.

SELECT grouped_line_svg(reached, way, gain,
	chart_options(title => 'Leavers among those called',
		x_label => 'users who are called', y_label => 'leavers reached',
		x_format => 'percent', y_format => 'percent', width => 360,
		label_order => ARRAY['by risk', 'at random']))
FROM (SELECT bin / 10.0 AS reached, 'by risk' AS way, gain
	FROM unnest((SELECT lift_table(churned, risk, 10)
		FROM churn_held_out WHERE method = 'boosted trees')) AS l
	UNION ALL
	VALUES (0, 'by risk', 0), (0, 'at random', 0), (1, 'at random', 1)) AS t
WHERE EXISTS (SELECT FROM churn_held_out WHERE method = 'boosted trees');

SELECT caption(format('Calling the fifth of the users with the highest risk '
	'reaches %s of everyone who will leave.', percent(gain)))
FROM unnest((SELECT lift_table(churned, risk, 5)
	FROM churn_held_out WHERE method = 'boosted trees')) AS l
WHERE bin = 1;
