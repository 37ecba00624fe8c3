--- calinski_harabasz(cluster, features) -> float8                         since 0.1.0
---
--- How far apart clusters are relative to how compact they are: the variance
--- between their centroids over the variance within, each per degree of freedom.
--- Higher is better; it has no upper bound, so compare clusterings of the same
--- rows.
---
--- Input        cluster    label: bigint (or a smaller integer) or text
---              features   vectors of the same length, feature_vector or float8[],
---                         taken as they are: nothing is scaled; rows whose cluster
---                         or vector is NULL are skipped
--- Output       0 or more; 1 when all rows of each cluster are equal; NULL for no
---              row, one cluster, or as many clusters as rows
--- Repeatable   any order and plan agree to 1e-12 or better, even far from zero
--- Range        it works with squares: accurate for values between 1e-130 and 1e150
--- Cost         memory (2 d + 3) * 8 bytes per cluster; parallel and distributed
---              plans, windows
--- Errors       2202E  vectors of different lengths
---              22003  a sum of squares is beyond float8
---              22004  missing elements
---              54000  more than 400 MB of clusters
---              XX001  a state stored elsewhere is damaged
--- Source       Calinski & Harabasz (1974); the definition of scikit-learn 1.2,
---              calinski_harabasz_score
CREATE FUNCTION dispersion_trans(bytea, bigint, feature_vector) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dispersion_bigint_vector_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dispersion_trans(bytea, text, feature_vector) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dispersion_text_vector_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dispersion_trans(bytea, bigint, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dispersion_bigint_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dispersion_trans(bytea, text, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dispersion_text_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION dispersion_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_dispersion_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION calinski_harabasz_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_calinski_harabasz_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE calinski_harabasz(cluster bigint, features feature_vector) (
	SFUNC = dispersion_trans, STYPE = bytea, SSPACE = 2048, COMBINEFUNC = dispersion_combine,
	FINALFUNC = calinski_harabasz_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE calinski_harabasz(cluster text, features feature_vector) (
	SFUNC = dispersion_trans, STYPE = bytea, SSPACE = 2048, COMBINEFUNC = dispersion_combine,
	FINALFUNC = calinski_harabasz_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE calinski_harabasz(cluster bigint, features float8[]) (
	SFUNC = dispersion_trans, STYPE = bytea, SSPACE = 2048, COMBINEFUNC = dispersion_combine,
	FINALFUNC = calinski_harabasz_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE calinski_harabasz(cluster text, features float8[]) (
	SFUNC = dispersion_trans, STYPE = bytea, SSPACE = 2048, COMBINEFUNC = dispersion_combine,
	FINALFUNC = calinski_harabasz_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE calinski_harabasz(bigint, feature_vector) IS 'variance between clusters over the variance within';
COMMENT ON AGGREGATE calinski_harabasz(text, feature_vector) IS 'variance between clusters over the variance within';
COMMENT ON AGGREGATE calinski_harabasz(bigint, float8[]) IS 'variance between clusters over the variance within';
COMMENT ON AGGREGATE calinski_harabasz(text, float8[]) IS 'variance between clusters over the variance within';

--- davies_bouldin(cluster, features) -> float8                            since 0.1.0
---
--- How much clusters overlap: for each cluster, the worst ratio of its spread plus
--- that of another cluster to the distance between their centroids; then the mean.
--- Lower is better; 0 is the best.  Spread is the mean distance to the centroid.
---
--- Input        as calinski_harabasz
--- Output       0 or more; NULL for no row, one cluster, or as many clusters as
---              rows.  Clusters whose centroids coincide do not count as neighbours
--- Repeatable   the same rows give the same bits in any order, plan and memory
---              budget, on one type of processor
--- Cost         collects the rows: memory (8 d + 16) n bytes up to
---              segment.training_memory, then on disk; time n * d + k^2 * d
--- Errors       2202E  vectors of different lengths
---              22004  missing elements
---              54000  k * d above 2^24
--- Source       Davies & Bouldin (1979); the definition of scikit-learn 1.2,
---              davies_bouldin_score, which counts distances below 1e-8 as zero;
---              here those that rounding explains count as zero
CREATE FUNCTION labeled_rows_trans(internal, bigint, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_labeled_rows_bigint_vector_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION labeled_rows_trans(internal, text, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_labeled_rows_text_vector_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION labeled_rows_trans(internal, bigint, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_labeled_rows_bigint_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION labeled_rows_trans(internal, text, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_labeled_rows_text_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION davies_bouldin_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_davies_bouldin_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE davies_bouldin(cluster bigint, features feature_vector) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = davies_bouldin_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE davies_bouldin(cluster text, features feature_vector) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = davies_bouldin_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE davies_bouldin(cluster bigint, features float8[]) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = davies_bouldin_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE davies_bouldin(cluster text, features float8[]) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = davies_bouldin_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE davies_bouldin(bigint, feature_vector) IS 'overlap of clusters with their worst neighbour';
COMMENT ON AGGREGATE davies_bouldin(text, feature_vector) IS 'overlap of clusters with their worst neighbour';
COMMENT ON AGGREGATE davies_bouldin(bigint, float8[]) IS 'overlap of clusters with their worst neighbour';
COMMENT ON AGGREGATE davies_bouldin(text, float8[]) IS 'overlap of clusters with their worst neighbour';
