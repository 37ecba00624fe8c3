--- kmeans_init(model segment_model) -> jsonb                             since 0.1.0
---
--- Centers of a k-means model as the option init: {"init": [[…], …]}.  For options
--- written by hand; kmeans_options(init => model) calls it.
---
--- Errors       42804  not a k-means model
CREATE FUNCTION kmeans_init(model segment_model) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'segment_kmeans_init' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION kmeans_init(segment_model) IS
	'centers of a k-means model as the option init';

--- kmeans_options(…) -> jsonb                                            since 0.1.0
---
--- Builds the options of kmeans_train by name; those left out keep their defaults.
---
---   option          default  range             meaning
---   seed            42       0 to 2^53         seed of the random draws
---   restarts        3        1 to 10000        number of seedings to try, each
---                                              improved by swaps; the best is kept
---   max_iterations  300      1 to 1000000      maximum number of passes
---   tolerance       0.0001   0 to 1            stop when the squared moves of the
---                                              centers sum to less than this share
---                                              of the mean variance within
---                                              clusters
---   standardize     true                       divide each element by its standard
---                                              deviation, so that all count equally;
---                                              not with scale
---   rank_by         1        1 to d, a name    element whose center values, in
---                                              ascending order, number the
---                                              clusters: its number, or its name
---                                              in feature_names
---   init            none     k centers         an earlier model whose centers to
---                                              start from, instead of seeding
---   impute          none     none, mean,       how missing elements are filled in:
---                            median,           by the mean or median of the rows in
---                            constant          training, or by fill_value; the
---                                              model does the same to rows that it
---                                              scores
---   fill_value      none     any               what impute constant fills in
---   transform       none     none,             how elements are transformed, as
---                            yeo_johnson,      power_train does; the model does the
---                            log1p             same to rows that it scores
---   scale           none     none, standard,   how elements are scaled, as
---                            minmax, maxabs,   scaler_train does; the model does
---                            robust            the same to rows that it scores
---   feature_names   none     d names           names of the elements, all different;
---                                              kept in the model, shown by
---                                              kmeans_centroids and in messages
---   when_too_few    error    error, null       what to do with rows that have fewer
---                                              distinct vectors than k: fail, or
---                                              return NULL, for GROUP BY
---
--- Output       jsonb, checked by kmeans_train; it can also be written by hand:
---              '{"seed": 7, "restarts": 20}'
--- Errors       42804  init is not a k-means model
CREATE FUNCTION kmeans_options(
	seed bigint DEFAULT NULL,
	restarts bigint DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	rank_by bigint DEFAULT NULL,
	init segment_model DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	transform text DEFAULT NULL,
	scale text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'seed', seed, 'restarts', restarts, 'max_iterations', max_iterations,
		'tolerance', tolerance, 'standardize', standardize, 'rank_by', rank_by,
		'impute', impute, 'fill_value', fill_value, 'transform', transform, 'scale', scale,
		'feature_names', feature_names, 'when_too_few', when_too_few))
		|| coalesce(kmeans_init(init), '{}');
COMMENT ON FUNCTION kmeans_options(bigint, bigint, bigint, float8, boolean, bigint, segment_model, text, float8, text, text, text[], text) IS
	'options of kmeans_train by name';

-- the same with rank_by as a name; digits are a number, as untyped parameters send it
CREATE FUNCTION kmeans_options(
	rank_by text,
	seed bigint DEFAULT NULL,
	restarts bigint DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	init segment_model DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	transform text DEFAULT NULL,
	scale text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN kmeans_options(
		seed => seed, restarts => restarts, max_iterations => max_iterations, tolerance => tolerance,
		standardize => standardize, init => init, impute => impute, fill_value => fill_value, transform => transform, scale => scale,
		feature_names => feature_names, when_too_few => when_too_few)
		|| CASE
			WHEN rank_by IS NULL THEN '{}'
			WHEN rank_by ~ '^[0-9]{1,18}$' THEN jsonb_build_object('rank_by', rank_by::bigint)
			ELSE jsonb_build_object('rank_by', rank_by)
		END;
COMMENT ON FUNCTION kmeans_options(text, bigint, bigint, bigint, float8, boolean, segment_model, text, float8, text, text, text[], text) IS
	'options of kmeans_train by name';

CREATE FUNCTION kmeans_train_trans(internal, feature_vector, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_train_trans(internal, feature_vector, bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_train_trans(internal, feature_vector, bigint, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_train_trans(internal, float8[], bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_train_trans(internal, float8[], bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_train_trans(internal, float8[], bigint, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmeans_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmeans_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_kmeans_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kmeans_train_trans(internal, feature_vector, bigint) IS 'transition of kmeans_train';
COMMENT ON FUNCTION kmeans_train_trans(internal, feature_vector, bigint, jsonb) IS 'transition of kmeans_train';
COMMENT ON FUNCTION kmeans_train_trans(internal, feature_vector, bigint, jsonb, float8) IS 'transition of kmeans_train';
COMMENT ON FUNCTION kmeans_train_trans(internal, float8[], bigint) IS 'transition of kmeans_train';
COMMENT ON FUNCTION kmeans_train_trans(internal, float8[], bigint, jsonb) IS 'transition of kmeans_train';
COMMENT ON FUNCTION kmeans_train_trans(internal, float8[], bigint, jsonb, float8) IS 'transition of kmeans_train';
COMMENT ON FUNCTION kmeans_train_final(internal) IS 'result of kmeans_train';

--- kmeans_train(features feature_vector, k bigint [, options jsonb [, weight float8]]) -> segment_model
---                                                                      since 0.1.0
---
--- Groups rows around k centers so that the sum of squared distances from each row
--- to its center is small.
---
--- Input        features   rows of d numbers; NULL rows are skipped; the first row
---                         fixes d (1 to 16000)
---              k          number of clusters, 1 to 65535, at most the number of
---                         distinct rows
---              options    see kmeans_options
---              weight     how many times the row counts; finite, not negative; a
---                         row of weight zero or NULL is skipped
--- Output       a k-means model: k centers, sizes, inertia, whether it converged;
---              NULL when no row was used
--- Units        centers are in the units of the rows; inertia is the sum of squared
---              distances in the model's scaled space (in standard deviations,
---              unless standardize is off; with impute, transform or scale, of
---              prepared rows)
--- Numbering    clusters are numbered from 1 by ascending center coordinate
---              rank_by
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n * k * d per pass; memory (8 d + 2) n bytes, 8 n more with
---              weights, up to segment.training_memory, then on disk
--- Seeding      greedy k-means++, full iterations and swaps of a center, restarts
---              times, on all rows up to 32768 rows and 4 MB, otherwise on a sample
---              of 16384 (4 MB, but at least 32 rows per cluster) in which rows far
---              out are more likely; the best one continues over all rows, and is
---              improved on further samples as long as that helps
--- Errors       2202E  rows of different lengths
---              22003  values too large or too close together to square, or their
---                     squares times the weights are
---              22004  missing elements, without impute; k is NULL
---              22000  fewer distinct rows than k
---              22023  an option or k out of range, or not the same for all rows
---              54000  k * d above 2^26, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  did not converge within max_iterations passes (the model is
---              returned, and says so)
--- Source       Lloyd (1982); seeding: Arthur & Vassilvitskii (2007); swaps:
---              Lattanzi & Sohler (2019); sample: Bachem, Lucic & Krause (2018)
CREATE AGGREGATE kmeans_train(features feature_vector, k bigint) (
	SFUNC = kmeans_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_train(features feature_vector, k bigint, options jsonb) (
	SFUNC = kmeans_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_train(features feature_vector, k bigint, options jsonb, weight float8) (
	SFUNC = kmeans_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_train(features float8[], k bigint) (
	SFUNC = kmeans_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_train(features float8[], k bigint, options jsonb) (
	SFUNC = kmeans_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmeans_train(features float8[], k bigint, options jsonb, weight float8) (
	SFUNC = kmeans_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmeans_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kmeans_train(feature_vector, bigint) IS 'k-means clustering of rows into a model';
COMMENT ON AGGREGATE kmeans_train(feature_vector, bigint, jsonb) IS 'k-means clustering of rows into a model';
COMMENT ON AGGREGATE kmeans_train(feature_vector, bigint, jsonb, float8) IS 'k-means clustering of weighted rows into a model';
COMMENT ON AGGREGATE kmeans_train(float8[], bigint) IS 'k-means clustering of rows into a model';
COMMENT ON AGGREGATE kmeans_train(float8[], bigint, jsonb) IS 'k-means clustering of rows into a model';
COMMENT ON AGGREGATE kmeans_train(float8[], bigint, jsonb, float8) IS 'k-means clustering of weighted rows into a model';

--- kmeans_assign(model segment_model, features feature_vector) -> int   since 0.1.0
---
--- Number of the cluster with the nearest center, from 1; ties go to the lower
--- number.
---
--- Output       1 to k; NULL when the model or the vector is NULL
--- Units        distances are taken in the model's scaled space
--- Errors       2202E  the vector is not as long as those in training
---              22004  a missing element
---              42804  not a k-means model
CREATE FUNCTION kmeans_assign(model segment_model, features feature_vector) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_kmeans_assign' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION kmeans_assign(model segment_model, features float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_kmeans_assign_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kmeans_assign(segment_model, feature_vector) IS 'number of the nearest cluster';
COMMENT ON FUNCTION kmeans_assign(segment_model, float8[]) IS 'number of the nearest cluster';

--- kmeans_distance(model segment_model, features feature_vector) -> float8
---                                                                      since 0.1.0
---
--- Distance to the nearest center, in the model's scaled space: how unlike its
--- cluster a row is.
---
--- Output       0 or more; NULL when the model or the vector is NULL
--- Errors       as kmeans_assign; 22003  the distance is not finite
CREATE FUNCTION kmeans_distance(model segment_model, features feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_kmeans_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION kmeans_distance(model segment_model, features float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_kmeans_distance_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kmeans_distance(segment_model, feature_vector) IS 'distance to the nearest center';
COMMENT ON FUNCTION kmeans_distance(segment_model, float8[]) IS 'distance to the nearest center';

--- kmeans_distances(model segment_model, features feature_vector) -> float8[]
---                                                                      since 0.1.0
---
--- Distances to all centers, in the order of the cluster numbers.
---
--- Output       k numbers; NULL when the model or the vector is NULL
--- Errors       as kmeans_distance
CREATE FUNCTION kmeans_distances(model segment_model, features feature_vector) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_kmeans_distances' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION kmeans_distances(model segment_model, features float8[]) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_kmeans_distances_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION kmeans_distances(segment_model, feature_vector) IS 'distances to all centers';
COMMENT ON FUNCTION kmeans_distances(segment_model, float8[]) IS 'distances to all centers';

--- kmeans_clusters(model segment_model) -> rows (cluster, size, share, centroid, inertia)
---                                                                      since 0.1.0
---
--- The content of a model: one row per cluster, in order of their numbers.
---
--- Output       cluster    its number, from 1
---              size       training rows that were nearest to it
---              share      its share of the rows, or of their weights
---              centroid   its center, in the units of the rows
---              inertia    its part of the model's inertia
--- Errors       42804  not a k-means model
CREATE FUNCTION kmeans_clusters(
	model segment_model,
	OUT cluster int, OUT size bigint, OUT share float8, OUT centroid feature_vector, OUT inertia float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_kmeans_clusters' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION kmeans_clusters(segment_model) IS 'clusters of a k-means model';

--- kmeans_centroids(model segment_model) -> rows (cluster, feature, value)
---                                                                      since 0.1.0
---
--- Centers of the clusters by feature, one row per cluster and element.
---
--- Output       cluster      1 to k
---              feature      the name in feature_names, or else the number of the
---                           element
---              value        of the center, in the units of the rows
--- Errors       42804  not a k-means model
CREATE FUNCTION kmeans_centroids(
	model segment_model,
	OUT cluster int, OUT feature text, OUT value float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_kmeans_centroids' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 50;
COMMENT ON FUNCTION kmeans_centroids(segment_model) IS
	'centers of a k-means model by feature';
