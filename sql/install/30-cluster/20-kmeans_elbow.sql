--- kmeans_elbow(features, k_min bigint, k_max bigint [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- k-means for every number of clusters from k_min to k_max over the same rows, and
--- how good each clustering is: what an analyst looks at to choose k.  Read it with
--- kmeans_elbow_points.
---
--- Input        features   rows of d numbers, feature_vector or float8[]; NULL rows
---                         are skipped
---              k_min, k_max  1 to 65535; k_max at most the number of distinct rows
---              options    those of kmeans_train except init, see kmeans_options
--- Output       a value of method kmeans_elbow; NULL when no row was seen
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget, on one type of processor; inertia is that of
---              kmeans_train with the same k and options
--- Cost         that of kmeans_train for each k, on rows collected once, plus three
---              more passes
--- Errors       as kmeans_train; 54000  k_max * d above 2^24
--- Warning      01000  did not converge within max_iterations passes for some k
CREATE FUNCTION kmeans_elbow_trans(internal, feature_vector, bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_elbow_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_elbow_trans(internal, feature_vector, bigint, bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_elbow_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_elbow_trans(internal, float8[], bigint, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_elbow_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_elbow_trans(internal, float8[], bigint, bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_elbow_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_elbow_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_kmeans_elbow_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE kmeans_elbow(features feature_vector, k_min bigint, k_max bigint) (
	SFUNC = kmeans_elbow_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_elbow_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_elbow(features feature_vector, k_min bigint, k_max bigint, options jsonb) (
	SFUNC = kmeans_elbow_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_elbow_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_elbow(features float8[], k_min bigint, k_max bigint) (
	SFUNC = kmeans_elbow_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_elbow_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_elbow(features float8[], k_min bigint, k_max bigint, options jsonb) (
	SFUNC = kmeans_elbow_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_elbow_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kmeans_elbow(feature_vector, bigint, bigint) IS 'k-means for a range of k, and how good each is';
COMMENT ON AGGREGATE kmeans_elbow(feature_vector, bigint, bigint, jsonb) IS 'k-means for a range of k, and how good each is';
COMMENT ON AGGREGATE kmeans_elbow(float8[], bigint, bigint) IS 'k-means for a range of k, and how good each is';
COMMENT ON AGGREGATE kmeans_elbow(float8[], bigint, bigint, jsonb) IS 'k-means for a range of k, and how good each is';

--- kmeans_elbow_points(value segment_model)
---     -> rows (k, inertia, simplified_silhouette, calinski_harabasz, davies_bouldin)
---                                                                      since 0.1.0
---
--- One row per number of clusters.  Every score is measured in the scaled space of
--- the clustering (in standard deviations, unless standardize is off): inertia as
--- in kmeans_train; the others as the aggregates of the same names define them, on
--- scaled rows, each assigned to its nearest center.  They are NULL for one
--- cluster; the last two are also NULL for as many clusters as rows.
---
--- Errors       42804  not a value of kmeans_elbow
CREATE FUNCTION kmeans_elbow_points(
	value segment_model,
	OUT k int, OUT inertia float8, OUT simplified_silhouette float8,
	OUT calinski_harabasz float8, OUT davies_bouldin float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_kmeans_elbow_points' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION kmeans_elbow_points(segment_model) IS 'how good each number of clusters is';
