--
-- A decision tree as a picture
--
\pset format unaligned
\pset tuples_only on

SELECT tree_svg(tree_train(i % 10 < 4 OR i % 3 = 0, ARRAY[i % 10, nullif(i % 3, 1)],
	tree_options(max_depth => 2, feature_names => '{days <away>,visits}')),
	chart_options(title => 'Who leaves?', theme => 'light', y_label => 'left'))
FROM generate_series(1, 120) AS i;
