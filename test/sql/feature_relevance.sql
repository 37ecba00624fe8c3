-- feature_relevance: rows and errors
\pset null NULL
SELECT position, round(mutual_information::numeric, 6) AS mutual_information, round(f_statistic::numeric, 6) AS f_statistic,
	round(p_value::numeric, 6) AS p_value
FROM unnest((SELECT feature_relevance(i % 3 = 0, feature_vector(i, i % 3, 7, NULL)) FROM generate_series(1, 20) AS i)) AS r;
SELECT feature_relevance(i, ARRAY[2 * i]) FROM generate_series(1, 3) AS i;
SELECT (r[1]::element_relevance).p_value FROM (SELECT feature_relevance(i, ARRAY[2 * i]) AS r FROM generate_series(1, 3) AS i) AS t;
SELECT feature_relevance('NaN'::float8, ARRAY[1]);
SELECT feature_relevance(1, x) FROM (VALUES ('[1]'::feature_vector), ('[1,2]')) AS t(x);
SELECT feature_relevance(true, ARRAY[x]) FROM unnest('{1.7e308,-1.7e308}'::float8[]) AS x;
