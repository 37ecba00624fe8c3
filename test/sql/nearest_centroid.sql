-- Given centers: an array of vectors or a matrix.
SELECT nearest_centroid(ARRAY[[0.0, 0.0], [9.0, 9.0]], ARRAY[8, 8]) AS matrix_and_array,
	   nearest_centroid(ARRAY[[0.0, 0.0], [9.0, 9.0]], '[8,8]'::feature_vector) AS matrix_and_vector,
	   nearest_centroid(ARRAY['[0,0]', '[9,9]']::feature_vector[], ARRAY[1, 1]) AS vectors_and_array,
	   nearest_centroid(ARRAY['[0,0]', '[9,9]']::feature_vector[], '[1,1]') AS vectors_and_vector;

-- Ties go to the lower number, and NULL gives NULL.
SELECT nearest_centroid(ARRAY[[2.0], [0.0], [2.0]], ARRAY[1]) AS tie,
	   nearest_centroid(ARRAY[[2.0]], NULL::feature_vector) AS no_row,
	   nearest_centroid(NULL::float8[], ARRAY[1]) AS no_centers;

-- The centers may change from row to row.
SELECT x, nearest_centroid(ARRAY[[x], [x + 1.0]], ARRAY[2.0]) AS cluster FROM generate_series(0, 3) AS x;

-- Errors.
SELECT nearest_centroid('{}'::float8[], ARRAY[1]);
SELECT nearest_centroid('{}'::feature_vector[], ARRAY[1]);
SELECT nearest_centroid(ARRAY[1.0, 2.0], ARRAY[1]);
SELECT nearest_centroid('{{1},{NULL}}'::float8[], ARRAY[1]);
SELECT nearest_centroid(ARRAY['[1]', NULL]::feature_vector[], ARRAY[1]);
SELECT nearest_centroid(ARRAY['[1]', '[1,2]']::feature_vector[], ARRAY[1]);
SELECT nearest_centroid(ARRAY['[1]', '[NULL]']::feature_vector[], ARRAY[1]);
SELECT nearest_centroid(ARRAY[[1.0, 2.0]], ARRAY[1]);
SELECT nearest_centroid(ARRAY[[1.0]], '[NULL]'::feature_vector);
SELECT nearest_centroid('{{1},{Infinity}}'::float8[], ARRAY[1]);
