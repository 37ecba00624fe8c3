-- correlation_matrix: shape, missing elements, errors
\pset null NULL
SELECT correlation_matrix(ARRAY[i, -2 * i, i % 2, 5]) FROM generate_series(1, 4) AS i;
SELECT correlation_matrix(ARRAY[i, nullif(i % 3, 0)]::feature_vector) FROM generate_series(1, 3) AS i;
SELECT correlation_matrix(x) FROM (VALUES ('[1]'::feature_vector), (NULL), ('[1,2]')) AS t(x);
SELECT correlation_matrix(ARRAY[1, 'Infinity'::float8]);
