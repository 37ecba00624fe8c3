-- moves between two tiers, and a path of two steps, as they are drawn
\pset format unaligned
\pset tuples_only on
SELECT sankey_svg(march, april, users, chart_options(title => 'Tiers', theme => 'light', y_unit => 'users'))
FROM (VALUES ('gold', 'gold', 30), ('gold', 'silver', 12), ('silver', 'gold', 8), ('silver', 'silver', 50)) AS t (march, april, users);
SELECT path_sankey_svg(step, page, next, visits, chart_options(theme => 'dark', width => 300, x_label => 'pages of a visit'))
FROM (VALUES (1, 'home', 'course', 40), (1, 'home', 'help', 25), (2, 'course', 'pay', 15), (2, 'help', 'course', 9))
	AS t (step, page, next, visits);
