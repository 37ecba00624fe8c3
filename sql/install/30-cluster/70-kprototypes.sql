--- kprototypes_options(…) -> jsonb                                       since 0.1.0
---
--- Builds the options of kprototypes_train by name; those left out keep their
--- defaults.
---
---   option          default  range             meaning
---   seed            42       0 to 2^53         seed of the random draws
---   restarts        3        1 to 10000        number of seedings to try, each
---                                              improved by swaps; the best is kept
---   max_iterations  300      1 to 1000000      maximum number of passes
---   tolerance       0        0 to 1            stop when a pass saves less than this
---                                              share of the cost; at 0 when it saves
---                                              nothing
---   gamma           none     0 to 1e100        what a category that differs counts
---                                              for, in squared distance; without it
---                                              half the mean standard deviation of
---                                              the numbers as they are compared
---   standardize     true                       divide each element by its standard
---                                              deviation, so that all count equally;
---                                              not with scale
---   rank_by         1        1 to d, a name    element whose center values, in
---                                              ascending order, number the
---                                              clusters: its number, or its name
---                                              in feature_names
---   impute          none     none, mean,       how missing numbers are filled in:
---                            median,           by the mean or median of the rows in
---                            constant          training, or by fill_value; the
---                                              model does the same to rows that it
---                                              scores
---   fill_value      none     any               what impute constant fills in
---   transform       none     none,             how numbers are transformed, as
---                            yeo_johnson,      power_train does; the model does the
---                            log1p             same to rows that it scores
---   scale           none     none, standard,   how numbers are scaled, as
---                            minmax, maxabs,   scaler_train does; the model does
---                            robust            the same to rows that it scores
---   feature_names   none     d names           names of the numbers, all different;
---                                              kept in the model, shown in messages
---   when_too_few    error    error, null       what to do with rows of which fewer
---                                              than k differ: fail, or return NULL,
---                                              for GROUP BY
---
--- Output       jsonb, checked by kprototypes_train; it can also be written by hand:
---              '{"seed": 7, "gamma": 2}'
CREATE FUNCTION kprototypes_options(
	seed bigint DEFAULT NULL,
	restarts bigint DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	gamma float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	rank_by bigint DEFAULT NULL,
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
		'tolerance', tolerance, 'gamma', gamma, 'standardize', standardize, 'rank_by', rank_by,
		'impute', impute, 'fill_value', fill_value, 'transform', transform, 'scale', scale,
		'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION kprototypes_options(bigint, bigint, bigint, float8, float8, boolean, bigint, text, float8, text, text, text[], text) IS
	'options of kprototypes_train by name';

-- the same with rank_by as a name; digits are a number, as untyped parameters send it
CREATE FUNCTION kprototypes_options(
	rank_by text,
	seed bigint DEFAULT NULL,
	restarts bigint DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	gamma float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	transform text DEFAULT NULL,
	scale text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN kprototypes_options(
		seed => seed, restarts => restarts, max_iterations => max_iterations, tolerance => tolerance,
		gamma => gamma, standardize => standardize, impute => impute, fill_value => fill_value,
		transform => transform, scale => scale, feature_names => feature_names, when_too_few => when_too_few)
		|| CASE
			WHEN rank_by IS NULL THEN '{}'
			WHEN rank_by ~ '^[0-9]{1,18}$' THEN jsonb_build_object('rank_by', rank_by::bigint)
			ELSE jsonb_build_object('rank_by', rank_by)
		END;
COMMENT ON FUNCTION kprototypes_options(text, bigint, bigint, bigint, float8, float8, boolean, text, float8, text, text, text[], text) IS
	'options of kprototypes_train by name';

--- kmodes_options(…) -> jsonb                                            since 0.1.0
---
--- Builds the options of kmodes_train by name; those left out keep their defaults.
---
---   option          default  range             meaning
---   seed            42       0 to 2^53         seed of the random draws
---   restarts        3        1 to 10000        number of seedings to try, each
---                                              improved by swaps; the best is kept
---   max_iterations  300      1 to 1000000      maximum number of passes
---   tolerance       0        0 to 1            stop when a pass saves less than this
---                                              share of the cost; at 0 when it saves
---                                              nothing
---   when_too_few    error    error, null       what to do with rows of which fewer
---                                              than k differ: fail, or return NULL,
---                                              for GROUP BY
---
--- Output       jsonb, checked by kmodes_train
CREATE FUNCTION kmodes_options(
	seed bigint DEFAULT NULL,
	restarts bigint DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'seed', seed, 'restarts', restarts, 'max_iterations', max_iterations,
		'tolerance', tolerance, 'when_too_few', when_too_few));
COMMENT ON FUNCTION kmodes_options(bigint, bigint, bigint, float8, text) IS
	'options of kmodes_train by name';

CREATE FUNCTION kprototypes_train_trans(internal, feature_vector, text[], bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kprototypes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kprototypes_train_trans(internal, feature_vector, text[], bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kprototypes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kprototypes_train_trans(internal, feature_vector, text[], bigint, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kprototypes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kprototypes_train_trans(internal, float8[], text[], bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kprototypes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kprototypes_train_trans(internal, float8[], text[], bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kprototypes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kprototypes_train_trans(internal, float8[], text[], bigint, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kprototypes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kprototypes_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_kprototypes_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kprototypes_train_trans(internal, feature_vector, text[], bigint) IS 'transition of kprototypes_train';
COMMENT ON FUNCTION kprototypes_train_trans(internal, feature_vector, text[], bigint, jsonb) IS 'transition of kprototypes_train';
COMMENT ON FUNCTION kprototypes_train_trans(internal, feature_vector, text[], bigint, jsonb, float8) IS 'transition of kprototypes_train';
COMMENT ON FUNCTION kprototypes_train_trans(internal, float8[], text[], bigint) IS 'transition of kprototypes_train';
COMMENT ON FUNCTION kprototypes_train_trans(internal, float8[], text[], bigint, jsonb) IS 'transition of kprototypes_train';
COMMENT ON FUNCTION kprototypes_train_trans(internal, float8[], text[], bigint, jsonb, float8) IS 'transition of kprototypes_train';
COMMENT ON FUNCTION kprototypes_train_final(internal) IS 'result of kprototypes_train';

--- kprototypes_train(features feature_vector, categories text[], k bigint
---                   [, options jsonb [, weight float8]]) -> segment_model
---                                                                      since 0.1.0
---
--- Groups rows of numbers and categories around k prototypes, each of means and of
--- modes, so that the cost is small: the sum over the rows of the squared distance
--- of the numbers from the means, and of gamma for each category that differs from
--- its mode.
---
--- Input        features   rows of d numbers; the first row fixes d (1 to 16000)
---              categories labels, as many in each row (0 to 1000), at most 1000
---                         different ones in all; a NULL among them is missing
---              k          number of clusters, 1 to 65535, at most the number of
---                         rows that differ
---              options    see kprototypes_options
---              weight     how many times the row counts; finite, not negative
---              a row in which one of these but options is NULL, or the weight is
---              zero, is skipped
--- Output       a k-prototypes model: k prototypes, sizes, cost, gamma, whether it
---              converged; NULL when no row was used
--- Missing      a missing category differs from no mode, and is not counted for one;
---              a category that no row of a cluster has has no mode, from which all
---              differ. Missing numbers need impute
--- Units        centers are in the units of the rows; cost is in the model's scaled
---              space (in squared standard deviations, unless standardize is off)
--- Ties         the mode is the first in byte order of the labels that are most
---              frequent; a row goes to the lower number of the nearest prototypes
--- Numbering    clusters are numbered from 1 by ascending center coordinate
---              rank_by
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n k (d + categories) per pass; memory 8 (d + 1 + categories) n
---              bytes, up to segment.training_memory, then on disk
--- Seeding      greedy k-means++, passes until nothing is saved and swaps of a
---              prototype, restarts times, on all rows up to 32768 rows and 4 MB,
---              otherwise on a sample of 16384 (4 MB, but at least 32 rows per
---              cluster); the best one continues over all rows
--- Errors       2202E  rows of different lengths, or with different numbers of
---                     categories
---              22003  values too large or too close together to square, or their
---                     squares times the weights are
---              22004  missing numbers, without impute; k is NULL
---              22000  fewer rows that differ than k
---              22023  an option or k out of range, or not the same for all rows
---              54000  more than 1000 labels; k times d + 1 + categories above 2^26,
---                     or times the labels of each category, added up, above 2^24;
---                     or the model would be larger than segment.max_model_size
--- Warning      01000  did not converge within max_iterations passes (the model is
---              returned, and says so)
--- Source       Huang (1998); gamma as in the Python package kmodes
CREATE AGGREGATE kprototypes_train(features feature_vector, categories text[], k bigint) (
	SFUNC = kprototypes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kprototypes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kprototypes_train(features feature_vector, categories text[], k bigint, options jsonb) (
	SFUNC = kprototypes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kprototypes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kprototypes_train(features feature_vector, categories text[], k bigint, options jsonb, weight float8) (
	SFUNC = kprototypes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kprototypes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kprototypes_train(features float8[], categories text[], k bigint) (
	SFUNC = kprototypes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kprototypes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kprototypes_train(features float8[], categories text[], k bigint, options jsonb) (
	SFUNC = kprototypes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kprototypes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kprototypes_train(features float8[], categories text[], k bigint, options jsonb, weight float8) (
	SFUNC = kprototypes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kprototypes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kprototypes_train(feature_vector, text[], bigint) IS 'k-prototypes clustering of rows of numbers and categories into a model';
COMMENT ON AGGREGATE kprototypes_train(feature_vector, text[], bigint, jsonb) IS 'k-prototypes clustering of rows of numbers and categories into a model';
COMMENT ON AGGREGATE kprototypes_train(feature_vector, text[], bigint, jsonb, float8) IS 'k-prototypes clustering of weighted rows of numbers and categories into a model';
COMMENT ON AGGREGATE kprototypes_train(float8[], text[], bigint) IS 'k-prototypes clustering of rows of numbers and categories into a model';
COMMENT ON AGGREGATE kprototypes_train(float8[], text[], bigint, jsonb) IS 'k-prototypes clustering of rows of numbers and categories into a model';
COMMENT ON AGGREGATE kprototypes_train(float8[], text[], bigint, jsonb, float8) IS 'k-prototypes clustering of weighted rows of numbers and categories into a model';

CREATE FUNCTION kmodes_train_trans(internal, text[], bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmodes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmodes_train_trans(internal, text[], bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmodes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmodes_train_trans(internal, text[], bigint, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_kmodes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION kmodes_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_kmodes_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION kmodes_train_trans(internal, text[], bigint) IS 'transition of kmodes_train';
COMMENT ON FUNCTION kmodes_train_trans(internal, text[], bigint, jsonb) IS 'transition of kmodes_train';
COMMENT ON FUNCTION kmodes_train_trans(internal, text[], bigint, jsonb, float8) IS 'transition of kmodes_train';
COMMENT ON FUNCTION kmodes_train_final(internal) IS 'result of kmodes_train';

--- kmodes_train(categories text[], k bigint [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- kprototypes_train for rows of categories alone: the cost is the number of those
--- that differ from their modes.
---
--- Input        categories labels, as many in each row (1 to 1000), at most 1000
---                         different ones in all; a NULL among them is missing
---              k, weight  as in kprototypes_train
---              options    see kmodes_options
--- Output       a k-prototypes model without centers; gamma is 1
--- Numbering    clusters are numbered from 1 by their modes, in byte order: by the
---              first category, then by the next
--- Errors       as kprototypes_train
--- Source       Huang (1998)
CREATE AGGREGATE kmodes_train(categories text[], k bigint) (
	SFUNC = kmodes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmodes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmodes_train(categories text[], k bigint, options jsonb) (
	SFUNC = kmodes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmodes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE kmodes_train(categories text[], k bigint, options jsonb, weight float8) (
	SFUNC = kmodes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = kmodes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE kmodes_train(text[], bigint) IS 'k-modes clustering of rows of categories into a model';
COMMENT ON AGGREGATE kmodes_train(text[], bigint, jsonb) IS 'k-modes clustering of rows of categories into a model';
COMMENT ON AGGREGATE kmodes_train(text[], bigint, jsonb, float8) IS 'k-modes clustering of weighted rows of categories into a model';

--- kprototypes_assign(model segment_model, features feature_vector, categories text[])
---   -> int                                                             since 0.1.0
---
--- Number of the cluster with the nearest prototype, from 1; ties go to the lower
--- number. A model of k-modes takes the categories alone.
---
--- Output       1 to k; NULL when an argument is NULL
--- Categories   one that is missing (NULL) differs from no mode; a label that was not
---              in training differs from all
--- Errors       2202E  the vector, or the array of categories, is not as long as those
---                     in training; the model has numbers, and there is no vector
---              22003  the distance is not finite
---              22004  a missing number
---              42804  not a k-prototypes model
CREATE FUNCTION kprototypes_assign(model segment_model, features feature_vector, categories text[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_kprototypes_assign' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION kprototypes_assign(model segment_model, features float8[], categories text[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_kprototypes_assign_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION kprototypes_assign(model segment_model, categories text[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_kprototypes_assign_categories' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kprototypes_assign(segment_model, feature_vector, text[]) IS 'number of the cluster with the nearest prototype';
COMMENT ON FUNCTION kprototypes_assign(segment_model, float8[], text[]) IS 'number of the cluster with the nearest prototype';
COMMENT ON FUNCTION kprototypes_assign(segment_model, text[]) IS 'number of the cluster with the nearest prototype';

--- kprototypes_distance(model segment_model, features feature_vector, categories text[])
---   -> float8                                                          since 0.1.0
---
--- Distance to the nearest prototype, as it is added up in the cost: squared distance
--- of the numbers in the model's scaled space, and gamma for each category that
--- differs. A model of k-modes takes the categories alone.
---
--- Output       0 or more; NULL when an argument is NULL. Over the rows in training,
---              times their weights, the distances sum to the cost
--- Errors       as kprototypes_assign
CREATE FUNCTION kprototypes_distance(model segment_model, features feature_vector, categories text[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_kprototypes_distance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION kprototypes_distance(model segment_model, features float8[], categories text[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_kprototypes_distance_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION kprototypes_distance(model segment_model, categories text[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_kprototypes_distance_categories' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION kprototypes_distance(segment_model, feature_vector, text[]) IS 'distance to the nearest prototype';
COMMENT ON FUNCTION kprototypes_distance(segment_model, float8[], text[]) IS 'distance to the nearest prototype';
COMMENT ON FUNCTION kprototypes_distance(segment_model, text[]) IS 'distance to the nearest prototype';

--- kprototypes_clusters(model segment_model)
---   -> rows (cluster int, size bigint, share float8, centroid feature_vector,
---            modes text[], cost float8)                                since 0.1.0
---
--- The clusters: their prototypes, and how many rows they have.
---
--- Output       cluster    1 to k
---              size       rows in training
---              share      of the weight of all rows
---              centroid   means of the numbers, in the units of the rows; NULL for
---                         k-modes
---              modes      the most frequent label of each category; NULL for one
---                         that no row of the cluster has
---              cost       the cluster's part of the cost
---              one row per cluster, in order
--- Errors       42804  not a k-prototypes model
CREATE FUNCTION kprototypes_clusters(
	model segment_model,
	OUT cluster int, OUT size bigint, OUT share float8, OUT centroid feature_vector, OUT modes text[], OUT cost float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_kprototypes_clusters' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION kprototypes_clusters(segment_model) IS 'clusters of a k-prototypes model: means, modes, sizes';
