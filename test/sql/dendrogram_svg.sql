--
-- A dendrogram as a picture
--
\pset format unaligned
\pset tuples_only on

SELECT dendrogram_svg(hierarchical_train(id, ARRAY[x], '{"standardize": false, "linkage": "single"}'),
	chart_options(title => 'Plans & prices', theme => 'light', y_unit => '€', "limit" => 4), 2)
FROM (VALUES ('free', 0), ('student', 3), ('team', 49), ('agency', 99), ('enterprise', 250)) AS t (id, x);
