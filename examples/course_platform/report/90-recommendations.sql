-- Are the recommendations any good?
--
-- Five methods learned from what was bought before the last month and recommended ten courses to
-- every user who then bought more. A bar is the share of the courses bought that were among the
-- ten; nobody was shown them. Ease and als_implicit are two ways to compare the buyers of courses;
-- association rules go by what is bought together, paths by what is bought next. Popularity
-- recommends the best sellers to everybody: a method that is no better is not worth the effort.

SELECT bar_svg(by, round(recall::numeric, 3),
	chart_options(title => 'Purchases that were recommended',
		y_format => 'percent', width => 360))
FROM (SELECT by, recall_at(10, recommended, after) AS recall
	FROM recommended_list GROUP BY by) AS r;

SELECT caption(format('The best method, %s, finds %s of what users bought; the '
	'best sellers would find %s.', by, percent(recall), percent(popularity)))
FROM (SELECT by, recall_at(10, recommended, after) AS recall
	FROM recommended_list GROUP BY by) AS r,
	(SELECT recall_at(10, recommended, after) AS popularity
	FROM recommended_list WHERE by = 'popularity') AS p
ORDER BY recall DESC, by
LIMIT 1;
