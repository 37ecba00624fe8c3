-- A small forest plot, whole.
\pset format unaligned
\pset tuples_only on
SELECT forest_svg(feature, ratio, low, high, chart_options(title => 'Who leaves', y_scale => 'log', y_label => 'hazard ratio',
	width => 360, theme => 'light'))
FROM (VALUES ('lessons', 0.88, 0.85, 0.92), ('discount', 1.64, 1.31, 2.05), ('advertising', 3.2, 1.1, 'Infinity'),
	('tickets', 1.3, NULL, NULL), ('age', NULL, NULL, NULL)) AS r (feature, ratio, low, high);
