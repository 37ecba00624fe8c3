--- softmax_options(…) -> jsonb                                           since 0.1.0
---
--- Builds the options of softmax_train by name; those left out keep their defaults.
---
---   option          default  range           meaning
---   l1              0        0 to 1e100      penalty on the sum of |coefficient| over
---                                            all classes: leaves some at exactly 0
---   l2              0        0 to 1e100      penalty on half the sum of squared
---                                            coefficients over all classes
---   standardize     false    true, false     penalize the coefficients that elements
---                                            with a deviation of 1 would have
---   intercept       true     true, false     have intercepts, which have no penalty
---   max_iterations  50       1 to 10000      maximum number of Newton steps
---   tolerance       1e-12    1e-14 to 0.01   stop when the log-likelihood would
---                                            rise by less than this share of itself,
---                                            and no coefficient moves by more than
---                                            the square root of it
---   impute          none     none, mean,     how missing elements are filled in: by
---                            median,         the mean or median of the rows in
---                            constant        training, or by fill_value; the model
---                                            does the same to rows that it scores
---   fill_value      none     any             what impute constant fills in
---   transform       none     none,           how elements are transformed, as
---                            yeo_johnson,    power_train does; the model does the same
---                            log1p           to rows that it scores
---   scale           none     none, standard, how elements are scaled, as scaler_train
---                            minmax, maxabs, does; the model does the same to rows
---                            robust          that it scores
---   feature_names   none     d names         names of the elements, all different;
---                                            kept in the model, shown by
---                                            coefficients and in messages
---   when_too_few    error    error, null     what to do with rows that all have one
---                                            label: fail, or return NULL, for
---                                            GROUP BY
---
--- Output       jsonb, checked by softmax_train
CREATE FUNCTION softmax_options(
	l1 float8 DEFAULT NULL,
	l2 float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	intercept boolean DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	transform text DEFAULT NULL,
	scale text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'l1', l1, 'l2', l2, 'standardize', standardize, 'intercept', intercept, 'max_iterations', max_iterations,
		'tolerance', tolerance, 'impute', impute, 'fill_value', fill_value, 'transform', transform, 'scale', scale,
		'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION softmax_options(float8, float8, boolean, boolean, bigint, float8, text, float8, text, text, text[], text) IS
	'options of softmax_train by name';

CREATE FUNCTION softmax_train_trans(internal, "any", feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_softmax_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION softmax_train_trans(internal, "any", feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_softmax_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION softmax_train_trans(internal, "any", feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_softmax_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION softmax_train_trans(internal, "any", float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_softmax_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION softmax_train_trans(internal, "any", float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_softmax_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION softmax_train_trans(internal, "any", float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_softmax_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION softmax_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_softmax_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION softmax_train_trans(internal, "any", feature_vector) IS 'transition of softmax_train';
COMMENT ON FUNCTION softmax_train_trans(internal, "any", feature_vector, jsonb) IS 'transition of softmax_train';
COMMENT ON FUNCTION softmax_train_trans(internal, "any", feature_vector, jsonb, float8) IS 'transition of softmax_train';
COMMENT ON FUNCTION softmax_train_trans(internal, "any", float8[]) IS 'transition of softmax_train';
COMMENT ON FUNCTION softmax_train_trans(internal, "any", float8[], jsonb) IS 'transition of softmax_train';
COMMENT ON FUNCTION softmax_train_trans(internal, "any", float8[], jsonb, float8) IS 'transition of softmax_train';
COMMENT ON FUNCTION softmax_train_final(internal) IS 'result of softmax_train';

--- softmax_train(label "any", features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Softmax regression (multinomial logistic regression): the chance of each of several
--- classes, such as plans, and what moves it.
---
--- Input        label      of any type: text, an enum, a whole number, ...; 2 to 1000
---                         different ones, compared as their text
---              features   a vector of d numbers, 1 to 1000
---              options    see softmax_options
---              weight     counts a row so many times; 0: not at all
---                         A row with a NULL is skipped
--- Output       a model: classes in order (false before true, whole numbers by value,
---              others in byte order) and their class_weights, intercepts, coefficients
---              and their covariance, means of the elements, deviance with and without
---              them, log_likelihood, aic, r_squared (share of the deviance that is
---              explained), rows_used, rows_skipped, weight, iterations, converged;
---              NULL when no row was used. Without a penalty the first class is the
---              reference, whose coefficients are 0, as in R's multinom; with one, each
---              class has coefficients, as in scikit-learn, and there is no covariance
--- Collinear    an element that depends on those before it, or never varies, has no
---              coefficients: NULL in coefficients(). A penalty gives it some
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         for k classes, time n (k d)^2 per pass, about 8 passes; memory 8 d + 8
---              bytes per row up to segment.training_memory, then on disk, plus
---              32 (k d)^2 + 32 k^2 d^2 bytes
--- Leaks        with two labels of 50 rows or more each, a warning names an element
---              whose ROC AUC is 0.99 or more, or 0.01 or less
--- Errors       22000  all labels are equal
---              2202E  rows of different lengths
---              22003  values too large or too close together to square
---              22004  missing elements, without impute
---              22023  an option is out of range, or not the same for all rows;
---                     a negative weight
---              54000  more than 1000 elements or 1000 classes, or k (d + 1) is above
---                     1000; the model would be larger than segment.max_model_size
--- Warning      01000  did not converge: max_iterations were not enough, or a
---                     coefficient is infinite because an element predicts labels
---                     without exception (the model is returned, and says so); or one
---                     element alone tells two labels apart: see Leaks
--- Source       Agresti (2013); as R's multinom and scikit-learn's LogisticRegression
CREATE AGGREGATE softmax_train(label "any", features feature_vector) (
	SFUNC = softmax_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = softmax_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE softmax_train(label "any", features feature_vector, options jsonb) (
	SFUNC = softmax_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = softmax_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE softmax_train(label "any", features feature_vector, options jsonb, weight float8) (
	SFUNC = softmax_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = softmax_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE softmax_train(label "any", features float8[]) (
	SFUNC = softmax_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = softmax_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE softmax_train(label "any", features float8[], options jsonb) (
	SFUNC = softmax_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = softmax_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE softmax_train(label "any", features float8[], options jsonb, weight float8) (
	SFUNC = softmax_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = softmax_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE softmax_train("any", feature_vector) IS 'softmax regression of labels into a model';
COMMENT ON AGGREGATE softmax_train("any", feature_vector, jsonb) IS 'softmax regression of labels into a model';
COMMENT ON AGGREGATE softmax_train("any", feature_vector, jsonb, float8) IS 'softmax regression of labels into a model';
COMMENT ON AGGREGATE softmax_train("any", float8[]) IS 'softmax regression of labels into a model';
COMMENT ON AGGREGATE softmax_train("any", float8[], jsonb) IS 'softmax regression of labels into a model';
COMMENT ON AGGREGATE softmax_train("any", float8[], jsonb, float8) IS 'softmax regression of labels into a model';
