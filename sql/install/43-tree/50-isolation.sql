--- isolation_options(…) -> jsonb                                         since 0.1.0
---
--- Builds the options of isolation_train by name; those left out keep their
--- defaults.
---
---   option         default  range          meaning
---   trees          100      1 to 100000    how many
---   sample_size    256      2 to 1000000   rows drawn for each tree, without
---                                          replacement; all rows if there are fewer
---   max_depth      0        0 to 32        splits from the root to a leaf at most; 0:
---                                          the binary logarithm of the rows drawn,
---                                          rounded up
---   seed           0        0 to 2^53      start of the random draws
---   feature_names  none     d names        names of the elements, all different; kept
---                                          in the model
---   when_too_few   error    error, null    as for other methods; one row is enough
---                                          here
---
--- Output       jsonb, checked by isolation_train
CREATE FUNCTION isolation_options(
	trees bigint DEFAULT NULL,
	sample_size bigint DEFAULT NULL,
	max_depth bigint DEFAULT NULL,
	seed bigint DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'trees', trees, 'sample_size', sample_size, 'max_depth', max_depth, 'seed', seed,
		'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION isolation_options(bigint, bigint, bigint, bigint, text[], text) IS 'options of isolation_train by name';

--- isolation_train(features feature_vector [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- An isolation forest: trees whose splits are drawn at random. A row unlike the
--- others is alone after few splits.
---
--- Input        features   feature_vector or float8[] of the same length d, 1 to
---                         16000; elements may be missing; NULL rows are skipped
---              options    see isolation_options
--- Output       an isolation forest, for outlier_score, predict and
---              explain_prediction; NULL when no row was seen
--- Missing      a split sends rows with a missing element to the side with more rows:
---              what is not known does not make a row unusual
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         one pass over the rows, and 10 microseconds per tree and 256 rows
---              drawn; memory for the rows drawn, at most 128 MB, beyond which there
---              are more passes
--- Errors       2202E  vectors of different lengths
---              22023  an option is out of range, or not the same for all rows
---              54000  sample_size times d above 2^26, or the model would be larger
---                     than segment.max_model_size
--- Source       Liu, Ting and Zhou (2008); scikit-learn: IsolationForest
CREATE FUNCTION isolation_train_trans(internal, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_isolation_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION isolation_train_trans(internal, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_isolation_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION isolation_train_trans(internal, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_isolation_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION isolation_train_trans(internal, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_isolation_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION isolation_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_isolation_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE isolation_train(features feature_vector) (
	SFUNC = isolation_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = isolation_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE isolation_train(features feature_vector, options jsonb) (
	SFUNC = isolation_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = isolation_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE isolation_train(features float8[]) (
	SFUNC = isolation_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = isolation_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE isolation_train(features float8[], options jsonb) (
	SFUNC = isolation_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = isolation_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE isolation_train(feature_vector) IS 'isolation forest, which finds rows unlike all others';
COMMENT ON AGGREGATE isolation_train(feature_vector, jsonb) IS 'isolation forest, which finds rows unlike all others';
COMMENT ON AGGREGATE isolation_train(float8[]) IS 'isolation forest, which finds rows unlike all others';
COMMENT ON AGGREGATE isolation_train(float8[], jsonb) IS 'isolation forest, which finds rows unlike all others';

--- outlier_score(model segment_model, features feature_vector) -> float8
---                                                                      since 0.1.0
---
--- How unlike the rows of training a row is: 2 to the power of -h / c, with h the
--- mean number of splits that isolate it, and c that of a row drawn for a tree.
---
--- Input        features   feature_vector or float8[] of the model's length; elements
---                         may be missing
--- Output       above 0, up to 1; 0.4 to 0.6 for ordinary rows, more for rows apart
---              from the others
--- Errors       2202E  the vector does not fit the model
---              42804  not an isolation forest
--- Source       Liu, Ting and Zhou (2008); scikit-learn: IsolationForest, minus
---              score_samples
CREATE FUNCTION outlier_score(model segment_model, features feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_outlier_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
CREATE FUNCTION outlier_score(model segment_model, features float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_outlier_score_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION outlier_score(segment_model, feature_vector) IS 'how unlike the rows of training a row is';
COMMENT ON FUNCTION outlier_score(segment_model, float8[]) IS 'how unlike the rows of training a row is';
