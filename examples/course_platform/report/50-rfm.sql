-- Which buyers should we write to?
--
-- Every buyer gets two scores from 1 to 5: R, how recently they bought, and F, how often. A cell is
-- the number of buyers with these two scores. The upper right corner buys often and bought recently:
-- keep them. The lower right corner used to buy often and has stopped: win them back. The lower left
-- corner bought seldom, and long ago. Buyers who bought equally often share a score, so F3 may be missing.
-- The table has the groups that bring the most money; their names also go by how much they spent.

SELECT heatmap_svg('F' || frequency_score, 'R' || recency_score, 1,
	chart_options(title => 'Buyers by their two scores', width => 360,
		x_label => 'F5: bought most often', y_label => 'R5: bought most recently',
		label_order => ARRAY['R5', 'R4', 'R3', 'R2', 'R1']))
FROM buyer_scores;

SELECT segment, thousands(count(*)) AS buyers,
	thousands(sum(monetary)) AS revenue
FROM buyer_scores
GROUP BY segment
ORDER BY sum(monetary) DESC
LIMIT 5
\g (format=html tuples_only=off title='Groups of buyers')

SELECT caption(format('Write first to the %s buyers who bought most often and have '
	'not come back for longest: they have brought %s.',
	thousands(count(*)), thousands(sum(monetary))))
FROM buyer_scores
WHERE recency_score = 1 AND frequency_score = 5
HAVING count(*) > 0;
