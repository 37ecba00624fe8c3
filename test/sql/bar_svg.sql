-- Bar charts, whole.
\pset format unaligned
\pset tuples_only on
SELECT bar_svg(tier, revenue, chart_options(title => 'Revenue', y_unit => '€', width => 320))
FROM (VALUES ('gold', 4500.5), ('silver', 1200), ('<b> & "c"', -300), (NULL, 1)) AS t (tier, revenue);
SELECT grouped_bar_svg(month, tier, revenue, chart_options(layout => layout, sort => 'label', width => 320, theme => 'dark'))
FROM (VALUES (1, 'gold', 20), (1, 'silver', 10), (2, 'gold', 5), (2, 'silver', -5), (10, 'gold', 7)) AS t (month, tier, revenue),
	unnest('{grouped,stacked,share}'::text[]) AS layout GROUP BY layout ORDER BY layout;
