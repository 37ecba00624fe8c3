-- the whole text of a small scatter plot with groups and of one with cells
SELECT grouped_scatter_svg(x, x * x, x::int % 2, chart_options(title => 'Points', x_label => 'x', y_label => 'y', width => 300))
FROM unnest('{1,1,2,2,2,3,5,NULL}'::float8[]) AS x;
SELECT scatter_svg(i % 3, i % 2, chart_options(width => 300, theme => 'dark')) FROM generate_series(1, 5001) AS i;
