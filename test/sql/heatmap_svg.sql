-- Heat maps, whole: values of one sign, and of both.
\pset format unaligned
\pset tuples_only on
SELECT heatmap_svg(week, cohort, share, chart_options(title => 'Retention', y_format => 'percent', width => 320,
	x_label => 'week', y_label => 'cohort'))
FROM (VALUES (0, '2026-01', 1), (1, '2026-01', 0.5), (2, '2026-01', 0.375), (0, '2026-02', 1), (1, '2026-02', 0.625),
	(0, '2026-03', 1), (NULL, '2026-03', 1)) AS t (week, cohort, share);
SELECT heatmap_svg(a, b, r, chart_options(width => 260, theme => 'dark'))
FROM (VALUES ('days', 'days', 1), ('days', 'spend', -0.25), ('spend', 'days', -0.25), ('spend', 'spend', 1)) AS t (a, b, r);
