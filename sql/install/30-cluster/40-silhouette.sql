--- silhouette(cluster, features) -> float8                                since 0.1.0
---
--- How much nearer rows are to their own cluster than to the next one.  For a row,
--- a is its mean distance to the other rows of its cluster, and b the least mean
--- distance to the rows of another cluster; its silhouette is (b - a) / max(a, b),
--- and 0 if it is alone in its cluster.  The result is the mean over the rows: 1 is
--- best; below 0, rows are in the wrong cluster.
---
--- Input        cluster    label: bigint (or a smaller integer) or text
---              features   vectors of the same length, feature_vector or float8[],
---                         taken as they are: nothing is scaled; rows whose cluster
---                         or vector is NULL are skipped
--- Output       -1 to 1; NULL for no row, one cluster, or as many clusters as rows
--- Sample       exact up to 20000 rows, while rows * d is at most 16777216 (2^24).
---              Beyond that, a random sample of that many rows: half of it is
---              dealt to the clusters equally, half by size, so small clusters are
---              whole.  Clusters count by their size.  For 20000 rows the standard
---              error is about 0.01 times the deviation of the silhouettes within
---              clusters, or less.  The same rows always give the same sample
--- Repeatable   the same rows give the same bits in any order, plan and memory budget
--- Cost         collects the rows: memory (8 d + 16) n bytes up to
---              segment.training_memory, then on disk; time m^2 * d for m rows in the
---              sample: about a second for 20000 rows of 10 elements
--- Errors       2202E  vectors of different lengths
---              22004  missing elements
---              54000  more clusters than a quarter of the sample
--- Source       Rousseeuw (1987); the definition of scikit-learn 1.2,
---              silhouette_score
CREATE FUNCTION silhouette_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_silhouette_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE silhouette(cluster bigint, features feature_vector) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = silhouette_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE silhouette(cluster text, features feature_vector) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = silhouette_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE silhouette(cluster bigint, features float8[]) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = silhouette_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE silhouette(cluster text, features float8[]) (
	SFUNC = labeled_rows_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = silhouette_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE silhouette(bigint, feature_vector) IS 'how much nearer rows are to their own cluster than to the next';
COMMENT ON AGGREGATE silhouette(text, feature_vector) IS 'how much nearer rows are to their own cluster than to the next';
COMMENT ON AGGREGATE silhouette(bigint, float8[]) IS 'how much nearer rows are to their own cluster than to the next';
COMMENT ON AGGREGATE silhouette(text, float8[]) IS 'how much nearer rows are to their own cluster than to the next';

--- simplified_silhouette(model segment_model, features) -> float8         since 0.1.0
---
--- The silhouette with distances to centers instead of rows: the mean of
--- (b - a) / max(a, b), where a and b are the distances to the nearest and the
--- second nearest center.  It takes one pass, however many rows there are.
---
--- Input        model      a k-means model; usually (SELECT model FROM …)
---              features   feature_vector or float8[] of the model's length; rows
---                         with a NULL are skipped
--- Output       0 to 1; NULL when no row was seen, and for a model of one cluster
--- Units        distances are in the model's scaled space
--- Repeatable   any order and plan agree to 1e-15
--- Cost         time n * k * d; parallel and distributed plans, windows
--- Errors       2202E  the vector is not as long as those in training
---              22003  a distance is beyond float8
---              22004  a missing element
---              42804  not a k-means model
--- Source       Hruschka, de Castro & Campello (2004)
CREATE FUNCTION simplified_silhouette_trans(bytea, segment_model, feature_vector) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_simplified_silhouette_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION simplified_silhouette_trans(bytea, segment_model, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_simplified_silhouette_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION simplified_silhouette_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_simplified_silhouette_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION simplified_silhouette_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_simplified_silhouette_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE simplified_silhouette(model segment_model, features feature_vector) (
	SFUNC = simplified_silhouette_trans, STYPE = bytea, SSPACE = 32, COMBINEFUNC = simplified_silhouette_combine,
	FINALFUNC = simplified_silhouette_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE simplified_silhouette(model segment_model, features float8[]) (
	SFUNC = simplified_silhouette_trans, STYPE = bytea, SSPACE = 32, COMBINEFUNC = simplified_silhouette_combine,
	FINALFUNC = simplified_silhouette_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE simplified_silhouette(segment_model, feature_vector) IS 'silhouette by distances to the centers of a k-means model';
COMMENT ON AGGREGATE simplified_silhouette(segment_model, float8[]) IS 'silhouette by distances to the centers of a k-means model';
