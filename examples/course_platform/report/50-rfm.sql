-- Which buyers deserve a letter?
--
-- Every buyer gets two marks from 1 to 5: R, how lately they bought, and F, how often. A cell is the
-- number of buyers with these two marks. The upper right corner buys often and bought lately: keep
-- them. The lower right corner used to buy often and has stopped: win them back. The lower left
-- corner bought seldom, and long ago. A mark that nobody has is left out, as many buyers are equal.
-- The table names the groups that bring the most money.

SELECT heatmap_svg('F' || frequency_score, 'R' || recency_score, 1,
	chart_options(title => 'Buyers by their two marks', width => 360,
		x_label => 'F5: bought most often', y_label => 'R5: bought most lately',
		label_order => ARRAY['R5', 'R4', 'R3', 'R2', 'R1']))
FROM buyer_scores;

SELECT segment, thousands(count(*)) AS buyers,
	thousands(sum(monetary)) AS revenue
FROM buyer_scores
GROUP BY segment
ORDER BY sum(monetary) DESC
LIMIT 5
\g (format=html tuples_only=off title='What to call them')

SELECT caption(format('%s of the %s buyers have the best mark in both.',
	thousands(count(*) FILTER (WHERE recency_score = 5 AND frequency_score = 5)),
	thousands(count(*))))
FROM buyer_scores
HAVING count(*) > 0;
