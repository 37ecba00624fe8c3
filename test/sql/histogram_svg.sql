-- the whole text of a small histogram and of one with groups
SELECT histogram_svg(x, chart_options(title => 'Lessons & days', x_label => 'lessons', width => 300))
FROM unnest('{1,1,2,2,2,3,5,NULL}'::float8[]) AS x;
SELECT grouped_histogram_svg(x * 1.5, x::int % 2, chart_options(width => 300, theme => 'light', bins => 3))
FROM unnest('{1,1,2,2,2,3,5}'::float8[]) AS x;
