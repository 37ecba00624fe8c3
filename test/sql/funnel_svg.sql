-- a small funnel, and one of two channels, as they are drawn
\pset format unaligned
\pset tuples_only on
SELECT funnel_svg(step, users, chart_options(title => 'From view to payment', width => 420))
FROM (VALUES ('view', 2000), ('trial', 1240), ('pay', 310)) AS t (step, users);
SELECT grouped_funnel_svg(step, channel, users, chart_options(theme => 'light', x_label => 'step', y_label => 'users'))
FROM (VALUES (1, 'ads', 300), (2, 'ads', 100), (1, 'search', 1000), (2, 'search', 450)) AS t (step, channel, users);
