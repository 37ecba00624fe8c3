--- profile_weights_options(…) -> jsonb                                   since 0.1.0
---
--- Builds the options of profile_weights_train by name; those left out keep their
--- defaults.
---
---   option         default  range        meaning
---   directions     none     d words      more or less of each element, in order: which
---                                        is better; none: more of each
---   missing        error    error,       what stands for a missing element: nothing,
---                           mean, worst  the mean of the rows that have it, or the
---                                        worst value
---   feature_names  none     d names      names of the elements, all different; kept
---                                        in the model, shown by profile_weights
---   when_too_few   error    error, null  what to do if no element tells rows apart:
---                                        fail, or return NULL, for GROUP BY
---
--- Output       jsonb, checked by profile_weights_train
CREATE FUNCTION profile_weights_options(
	directions text[] DEFAULT NULL,
	missing text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'directions', directions, 'missing', missing, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION profile_weights_options(text[], text, text[], text) IS 'options of profile_weights_train by name';

--- profile_weights_train(features feature_vector, method text [, options jsonb])
---   -> segment_model                                                   since 0.1.0
---
--- Learns what the features of a profile should weigh in a score from how they vary.
--- profile_score(model, v) is then the score.
---
--- Input        features   feature_vector or float8[] of the same length d, 1 to 1000;
---                         NULL rows are skipped
---              method     entropy  how unevenly an element is spread over the rows
---                         pca      square of its loading in the first principal
---                                  component of the correlations
---                         critic   its deviation times the sum of 1 - r, of its
---                                  correlations r with the others
---                         the same for all rows
---              options    see profile_weights_options
--- Scale        every element is placed from 0, the worst of the rows, to 1, the best:
---              (x - minimum) / (maximum - minimum), or 1 less that where less is
---              better
--- Output       a model: weights, which add up to 1, minima, maxima, fills (what stands
---              for missing elements), less_is_better, statistics, rows_used,
---              rows_skipped; NULL when no row was seen.  An element that does not vary
---              weighs 0
--- Entropy      1 - e, over the sum of that, with e = -sum(p ln p) / ln n, where p is
---              the share of a row in the element's total and 0 ln 0 is 0
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget, on one type of processor
--- Cost         time n d, but for entropy n d^2, pca + 6 d^3; memory 8 d n bytes up to
---              segment.training_memory, then on disk, and 32 d^2 bytes
--- Errors       22000  no element varies; of critic, all agree
---              2202E  vectors of different lengths
---              22003  a range beyond float8
---              22004  missing elements, unless an option says what stands for them;
---                     method is NULL
---              22023  unknown method, option or direction, not as many directions as
---                     elements, or not the same for all rows
---              54000  more than 1000 elements
--- Source       Hwang & Yoon (1981); Diakoulaki, Mavrotas & Papayannakis (1995)
CREATE FUNCTION profile_weights_train_trans(internal, feature_vector, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_train_trans(internal, feature_vector, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_train_trans(internal, float8[], text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_train_trans(internal, float8[], text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_profile_weights_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE profile_weights_train(features feature_vector, method text) (
	SFUNC = profile_weights_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE profile_weights_train(features feature_vector, method text, options jsonb) (
	SFUNC = profile_weights_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE profile_weights_train(features float8[], method text) (
	SFUNC = profile_weights_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE profile_weights_train(features float8[], method text, options jsonb) (
	SFUNC = profile_weights_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE profile_weights_train(feature_vector, text) IS 'weights of a profile''s features, from the rows';
COMMENT ON AGGREGATE profile_weights_train(feature_vector, text, jsonb) IS 'weights of a profile''s features, from the rows';
COMMENT ON AGGREGATE profile_weights_train(float8[], text) IS 'weights of a profile''s features, from the rows';
COMMENT ON AGGREGATE profile_weights_train(float8[], text, jsonb) IS 'weights of a profile''s features, from the rows';

--- profile_weights_regression_options(…) -> jsonb                        since 0.1.0
---
--- Builds the options of profile_weights_regression_train by name; those left out keep
--- their defaults.
---
---   option         default  range        meaning
---   missing        error    error, mean  what stands for a missing element: nothing,
---                                        or the mean of the rows that have it
---   feature_names  none     d names      names of the elements, all different; kept
---                                        in the model, shown by profile_weights
---   when_too_few   error    error, null  what to do if no element goes with the
---                                        outcome: fail, or return NULL, for GROUP BY
---
--- Output       jsonb, checked by profile_weights_regression_train
CREATE FUNCTION profile_weights_regression_options(
	missing text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'missing', missing, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION profile_weights_regression_options(text, text[], text) IS 'options of profile_weights_regression_train by name';

--- profile_weights_regression_train(outcome float8, features feature_vector
---     [, options jsonb]) -> segment_model                                since 0.1.0
---
--- Learns what the features of a profile should weigh in a score, and which of them
--- are better when they are less, from an outcome: by a linear regression.
---
--- Input        outcome    a number, 0 or 1 for a yes or no; NULL rows are skipped
---              features   feature_vector or float8[] of the same length d, 1 to 1000;
---                         NULL rows are skipped
---              options    see profile_weights_regression_options
--- Scale        as for profile_weights_train
--- Output       a model as that of profile_weights_train: the size of an element's
---              coefficient, over the sum of them, and less_is_better where it is
---              negative.  So the score puts rows in the order of the regression's
---              predictions.  An element that does not vary, or that those before it
---              determine, weighs 0.  NULL when no row was seen
--- Precision    weights to about 1e-9, fewer digits if elements say nearly the same
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget, on one type of processor
--- Cost         time n d^2 + d^3; memory 8 d n bytes up to segment.training_memory, then
---              on disk, and 16 d^2 bytes
--- Errors       22000  no element goes with the outcome
---              2202E  vectors of different lengths
---              22003  an outcome is NaN or infinite; a range beyond float8
---              22004  missing elements, unless an option says what stands for them
---              22023  unknown option, or not the same for all rows
---              54000  more than 1000 elements
CREATE FUNCTION profile_weights_regression_train_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_regression_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_regression_train_trans(internal, float8, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_regression_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_regression_train_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_regression_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_regression_train_trans(internal, float8, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_profile_weights_regression_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION profile_weights_regression_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_profile_weights_regression_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE profile_weights_regression_train(outcome float8, features feature_vector) (
	SFUNC = profile_weights_regression_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_regression_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE profile_weights_regression_train(outcome float8, features feature_vector, options jsonb) (
	SFUNC = profile_weights_regression_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_regression_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE profile_weights_regression_train(outcome float8, features float8[]) (
	SFUNC = profile_weights_regression_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_regression_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE profile_weights_regression_train(outcome float8, features float8[], options jsonb) (
	SFUNC = profile_weights_regression_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = profile_weights_regression_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE profile_weights_regression_train(float8, feature_vector) IS 'weights of a profile''s features, from an outcome';
COMMENT ON AGGREGATE profile_weights_regression_train(float8, feature_vector, jsonb) IS 'weights of a profile''s features, from an outcome';
COMMENT ON AGGREGATE profile_weights_regression_train(float8, float8[]) IS 'weights of a profile''s features, from an outcome';
COMMENT ON AGGREGATE profile_weights_regression_train(float8, float8[], jsonb) IS 'weights of a profile''s features, from an outcome';

--- profile_score(model segment_model, v feature_vector | float8[]) -> float8
---                                                                      since 0.1.0
---
--- Score of a profile by weights that were learned.
---
--- Input        v          feature_vector or float8[] of the model's length
--- Output       from 0, the worst value of every element that weighs anything, to 1, the
---              best; NULL when an argument is NULL.  Values beyond those of the training
---              count as its worst or best
--- Missing      as the model's option missing says
--- Errors       2202E  the vector does not fit the model
---              22004  missing elements, of a model that has nothing for them
---              42804  not a model of weights
CREATE FUNCTION profile_score(model segment_model, v feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_profile_score_by_model' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION profile_score(model segment_model, v float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_profile_score_by_model_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION profile_score(segment_model, feature_vector) IS 'score of a profile by learned weights, 0 to 1';
COMMENT ON FUNCTION profile_score(segment_model, float8[]) IS 'score of a profile by learned weights, 0 to 1';

--- profile_weights(model segment_model) -> rows (feature, weight, direction, minimum,
---     maximum, missing_as, statistic)                                    since 0.1.0
---
--- What each feature weighs in the score of a model, and why.
---
--- Output       feature     name of the element, or its number when the model has
---                          no names
---              weight      0 to 1; they add up to 1
---              direction   more or less: which is better
---              minimum, maximum   of the training, placed at 0 and 1, or at 1 and 0
---                          where less is better; NULL if no row had the element
---              missing_as  from 0 to 1, what stands for a missing element; NULL:
---                          nothing does
---              statistic   entropy: e; pca: the loading, positive for the largest;
---                          critic: deviation times sum of 1 - r; of an outcome: the
---                          coefficient, from minimum to maximum.  NULL for an
---                          element that does not vary
--- Errors       42804  not a model of weights
CREATE FUNCTION profile_weights(
	model segment_model,
	OUT feature text, OUT weight float8, OUT direction text, OUT minimum float8, OUT maximum float8,
	OUT missing_as float8, OUT statistic float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_profile_weights' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION profile_weights(segment_model) IS 'features of a model of weights, with their weights';
