--- nearest_centroid(centroids feature_vector[], features feature_vector) -> int
--- nearest_centroid(centroids feature_vector[], features float8[]) -> int
--- nearest_centroid(centroids float8[], features feature_vector) -> int
--- nearest_centroid(centroids float8[], features float8[]) -> int        since 0.1.0
---
--- Number of the nearest of the given centroids, an array of vectors or a
--- two-dimensional array of numbers, by plain Euclidean distance.
---
--- Output       1 to the number of centroids; ties go to the lower number; NULL
---              when an argument is NULL
--- Range        it works with squares: distances between 1e-150 and 1e150 are told
---              apart
--- Errors       22003  all distances are beyond that
---              22023  the centroids are not vectors of the same length, or there
---                     are none
---              2202E  the vector is not as long as the centroids
---              22004  a missing element
CREATE FUNCTION nearest_centroid(centroids feature_vector[], features feature_vector) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_nearest_centroid_vectors' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION nearest_centroid(centroids feature_vector[], features float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_nearest_centroid_vectors_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION nearest_centroid(centroids float8[], features feature_vector) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_nearest_centroid_matrix' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION nearest_centroid(centroids float8[], features float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_nearest_centroid_matrix_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION nearest_centroid(feature_vector[], feature_vector) IS 'number of the nearest centroid';
COMMENT ON FUNCTION nearest_centroid(feature_vector[], float8[]) IS 'number of the nearest centroid';
COMMENT ON FUNCTION nearest_centroid(float8[], feature_vector) IS 'number of the nearest centroid';
COMMENT ON FUNCTION nearest_centroid(float8[], float8[]) IS 'number of the nearest centroid';
