--- regression_options(…) -> jsonb                                        since 0.1.0
---
--- Builds the options of linear_train, logistic_train, poisson_train and gamma_train by
--- name; those left out keep their defaults.
---
---   option          default  range           meaning
---   l1              0        0 to 1e100      penalty on the sum of |coefficient|: the
---                                            lasso, which leaves some at exactly 0
---   l2              0        0 to 1e100      penalty on half the sum of squared
---                                            coefficients: ridge; with both, the
---                                            elastic net
---   standardize     false    true, false     penalize the coefficients that elements
---                                            with a deviation of 1 would have
---   intercept       true     true, false     have an intercept, which has no penalty
---   std_errors      model    model, hc0,     how standard errors are found: by the
---                            hc1, hc2, hc3   family's assumptions, or robust to
---                                            unequal variances (sandwich)
---   offset          0        0 to d, a name  element whose coefficient is 1, such as
---                                            the log of the time that counts were
---                                            taken in; 0: none
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
---   when_too_few    error    error, null     what to do with rows whose labels are
---                                            all equal, from which logistic_train
---                                            and poisson_train (all 0) learn
---                                            nothing: fail, or return NULL, for
---                                            GROUP BY
---
--- Output       jsonb, checked by the trainer
CREATE FUNCTION regression_options(
	l1 float8 DEFAULT NULL,
	l2 float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	intercept boolean DEFAULT NULL,
	std_errors text DEFAULT NULL,
	"offset" bigint DEFAULT NULL,
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
		'l1', l1, 'l2', l2, 'standardize', standardize, 'intercept', intercept, 'std_errors', std_errors,
		'offset', "offset", 'max_iterations', max_iterations, 'tolerance', tolerance, 'impute', impute, 'fill_value', fill_value, 'transform', transform, 'scale', scale,
		'feature_names', feature_names,
		'when_too_few', when_too_few));
COMMENT ON FUNCTION regression_options(float8, float8, boolean, boolean, text, bigint, bigint, float8, text, float8, text, text, text[], text) IS
	'options of regressions by name';

-- the same with the offset as a name; digits are a number, as untyped parameters send it
CREATE FUNCTION regression_options(
	"offset" text,
	l1 float8 DEFAULT NULL,
	l2 float8 DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	intercept boolean DEFAULT NULL,
	std_errors text DEFAULT NULL,
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
	RETURN regression_options(
		l1 => l1, l2 => l2, standardize => standardize, intercept => intercept, std_errors => std_errors,
		max_iterations => max_iterations, tolerance => tolerance, impute => impute, fill_value => fill_value, transform => transform, scale => scale,
		feature_names => feature_names, when_too_few => when_too_few)
		|| CASE
			WHEN "offset" IS NULL THEN '{}'
			WHEN "offset" ~ '^[0-9]{1,18}$' THEN jsonb_build_object('offset', "offset"::bigint)
			ELSE jsonb_build_object('offset', "offset")
		END;
COMMENT ON FUNCTION regression_options(text, float8, float8, boolean, boolean, text, bigint, float8, text, float8, text, text, text[], text) IS
	'options of regressions by name, offset as a name';

CREATE FUNCTION linear_train_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_linear_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION linear_train_trans(internal, float8, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_linear_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION linear_train_trans(internal, float8, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_linear_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION linear_train_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_linear_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION linear_train_trans(internal, float8, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_linear_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION linear_train_trans(internal, float8, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_linear_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION linear_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_linear_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION linear_train_trans(internal, float8, feature_vector) IS 'transition of linear_train';
COMMENT ON FUNCTION linear_train_trans(internal, float8, feature_vector, jsonb) IS 'transition of linear_train';
COMMENT ON FUNCTION linear_train_trans(internal, float8, feature_vector, jsonb, float8) IS 'transition of linear_train';
COMMENT ON FUNCTION linear_train_trans(internal, float8, float8[]) IS 'transition of linear_train';
COMMENT ON FUNCTION linear_train_trans(internal, float8, float8[], jsonb) IS 'transition of linear_train';
COMMENT ON FUNCTION linear_train_trans(internal, float8, float8[], jsonb, float8) IS 'transition of linear_train';
COMMENT ON FUNCTION linear_train_final(internal) IS 'result of linear_train';

--- linear_train(label float8, features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Linear regression: what one more unit of each element adds to a number, such as
--- spend.
---
--- Input        label      a finite number
---              features   a vector of d numbers, 1 to 1000
---              options    see regression_options
---              weight     counts a row so many times; 0: not at all
---                         A row with a NULL is skipped
--- Output       a model: intercept, coefficients and their covariance, means of the
---              elements, deviance with and without them, log_likelihood, aic,
---              r_squared (share of the deviance that is explained), dispersion,
---              degrees_of_freedom, rows_used, rows_skipped, weight, iterations,
---              converged; NULL when no row was used. With a penalty there is no
---              covariance: estimates that are pulled to 0 have no standard errors.
---              Nor is there one where rounding leaves a variance below 0
--- Collinear    an element that depends on those before it, or never varies, has no
---              coefficient: NULL in coefficients(), as R's NA. A penalty gives it one
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d^2 / 2 per pass, about 5 passes; memory 8 d + 8 bytes per
---              row up to segment.training_memory, then on disk
--- Leaks        with two labels of 50 rows or more each, a warning names an element
---              whose ROC AUC is 0.99 or more, or 0.01 or less
--- Errors       2202E  rows of different lengths
---              22000  with std_errors hc2 or hc3, a row alone determines a
---                     coefficient
---              22003  values too large or too close together to square; a label is
---                     infinite or NaN
---              22004  missing elements, without impute
---              22023  a label is beyond 1e140; an option is out of range, or not
---                     the same for all rows; a negative weight
---              54000  more than 1000 elements, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  did not converge: max_iterations were not enough, or a
---                     coefficient is infinite because an element predicts labels
---                     without exception (the model is returned, and says so); or one
---                     element alone tells two labels apart: see Leaks
--- Source       McCullagh and Nelder (1989); as R's lm; tests are Student's t
CREATE AGGREGATE linear_train(label float8, features feature_vector) (
	SFUNC = linear_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = linear_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linear_train(label float8, features feature_vector, options jsonb) (
	SFUNC = linear_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = linear_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linear_train(label float8, features feature_vector, options jsonb, weight float8) (
	SFUNC = linear_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = linear_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linear_train(label float8, features float8[]) (
	SFUNC = linear_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = linear_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linear_train(label float8, features float8[], options jsonb) (
	SFUNC = linear_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = linear_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linear_train(label float8, features float8[], options jsonb, weight float8) (
	SFUNC = linear_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = linear_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linear_train(float8, feature_vector) IS 'linear regression of labels into a model';
COMMENT ON AGGREGATE linear_train(float8, feature_vector, jsonb) IS 'linear regression of labels into a model';
COMMENT ON AGGREGATE linear_train(float8, feature_vector, jsonb, float8) IS 'linear regression of labels into a model';
COMMENT ON AGGREGATE linear_train(float8, float8[]) IS 'linear regression of labels into a model';
COMMENT ON AGGREGATE linear_train(float8, float8[], jsonb) IS 'linear regression of labels into a model';
COMMENT ON AGGREGATE linear_train(float8, float8[], jsonb, float8) IS 'linear regression of labels into a model';

CREATE FUNCTION logistic_train_trans(internal, boolean, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_logistic_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logistic_train_trans(internal, boolean, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_logistic_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logistic_train_trans(internal, boolean, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_logistic_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logistic_train_trans(internal, boolean, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_logistic_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logistic_train_trans(internal, boolean, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_logistic_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logistic_train_trans(internal, boolean, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_logistic_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logistic_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_logistic_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION logistic_train_trans(internal, boolean, feature_vector) IS 'transition of logistic_train';
COMMENT ON FUNCTION logistic_train_trans(internal, boolean, feature_vector, jsonb) IS 'transition of logistic_train';
COMMENT ON FUNCTION logistic_train_trans(internal, boolean, feature_vector, jsonb, float8) IS 'transition of logistic_train';
COMMENT ON FUNCTION logistic_train_trans(internal, boolean, float8[]) IS 'transition of logistic_train';
COMMENT ON FUNCTION logistic_train_trans(internal, boolean, float8[], jsonb) IS 'transition of logistic_train';
COMMENT ON FUNCTION logistic_train_trans(internal, boolean, float8[], jsonb, float8) IS 'transition of logistic_train';
COMMENT ON FUNCTION logistic_train_final(internal) IS 'result of logistic_train';

--- logistic_train(label boolean, features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Logistic regression: the chance of a yes, such as churn, and what moves it.
---
--- Input        label      true or false
---              features   a vector of d numbers, 1 to 1000
---              options    see regression_options
---              weight     counts a row so many times; 0: not at all
---                         A row with a NULL is skipped
--- Output       a model: intercept, coefficients and their covariance, means of the
---              elements, deviance with and without them, log_likelihood, aic,
---              r_squared (share of the deviance that is explained), dispersion,
---              degrees_of_freedom, rows_used, rows_skipped, weight, iterations,
---              converged; NULL when no row was used. With a penalty there is no
---              covariance: estimates that are pulled to 0 have no standard errors.
---              Nor is there one where rounding leaves a variance below 0
--- Collinear    an element that depends on those before it, or never varies, has no
---              coefficient: NULL in coefficients(), as R's NA. A penalty gives it one
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d^2 / 2 per pass, about 5 passes; memory 8 d + 8 bytes per
---              row up to segment.training_memory, then on disk
--- Leaks        with two labels of 50 rows or more each, a warning names an element
---              whose ROC AUC is 0.99 or more, or 0.01 or less
--- Errors       2202E  rows of different lengths
---              22000  all labels are equal, or, with std_errors hc2 or hc3, a row
---                     alone determines a coefficient
---              22003  values too large or too close together to square
---              22004  missing elements, without impute
---              22023  an option is out of range, or not the same for all rows;
---                     a negative weight
---              54000  more than 1000 elements, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  did not converge: max_iterations were not enough, or a
---                     coefficient is infinite because an element predicts labels
---                     without exception (the model is returned, and says so); or one
---                     element alone tells two labels apart: see Leaks
--- Source       McCullagh and Nelder (1989); as R's glm(family = binomial)
CREATE AGGREGATE logistic_train(label boolean, features feature_vector) (
	SFUNC = logistic_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = logistic_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE logistic_train(label boolean, features feature_vector, options jsonb) (
	SFUNC = logistic_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = logistic_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE logistic_train(label boolean, features feature_vector, options jsonb, weight float8) (
	SFUNC = logistic_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = logistic_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE logistic_train(label boolean, features float8[]) (
	SFUNC = logistic_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = logistic_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE logistic_train(label boolean, features float8[], options jsonb) (
	SFUNC = logistic_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = logistic_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE logistic_train(label boolean, features float8[], options jsonb, weight float8) (
	SFUNC = logistic_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = logistic_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE logistic_train(boolean, feature_vector) IS 'logistic regression of labels into a model';
COMMENT ON AGGREGATE logistic_train(boolean, feature_vector, jsonb) IS 'logistic regression of labels into a model';
COMMENT ON AGGREGATE logistic_train(boolean, feature_vector, jsonb, float8) IS 'logistic regression of labels into a model';
COMMENT ON AGGREGATE logistic_train(boolean, float8[]) IS 'logistic regression of labels into a model';
COMMENT ON AGGREGATE logistic_train(boolean, float8[], jsonb) IS 'logistic regression of labels into a model';
COMMENT ON AGGREGATE logistic_train(boolean, float8[], jsonb, float8) IS 'logistic regression of labels into a model';

CREATE FUNCTION poisson_train_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_poisson_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION poisson_train_trans(internal, float8, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_poisson_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION poisson_train_trans(internal, float8, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_poisson_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION poisson_train_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_poisson_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION poisson_train_trans(internal, float8, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_poisson_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION poisson_train_trans(internal, float8, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_poisson_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION poisson_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_poisson_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION poisson_train_trans(internal, float8, feature_vector) IS 'transition of poisson_train';
COMMENT ON FUNCTION poisson_train_trans(internal, float8, feature_vector, jsonb) IS 'transition of poisson_train';
COMMENT ON FUNCTION poisson_train_trans(internal, float8, feature_vector, jsonb, float8) IS 'transition of poisson_train';
COMMENT ON FUNCTION poisson_train_trans(internal, float8, float8[]) IS 'transition of poisson_train';
COMMENT ON FUNCTION poisson_train_trans(internal, float8, float8[], jsonb) IS 'transition of poisson_train';
COMMENT ON FUNCTION poisson_train_trans(internal, float8, float8[], jsonb, float8) IS 'transition of poisson_train';
COMMENT ON FUNCTION poisson_train_final(internal) IS 'result of poisson_train';

--- poisson_train(label float8, features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Poisson regression: how many, such as visits or orders, by a factor for each
--- element (log link).
---
--- Input        label      a count, or any finite number from 0 up
---              features   a vector of d numbers, 1 to 1000
---              options    see regression_options
---              weight     counts a row so many times; 0: not at all
---                         A row with a NULL is skipped
--- Output       a model: intercept, coefficients and their covariance, means of the
---              elements, deviance with and without them, log_likelihood, aic,
---              r_squared (share of the deviance that is explained), dispersion,
---              degrees_of_freedom, rows_used, rows_skipped, weight, iterations,
---              converged; NULL when no row was used. With a penalty there is no
---              covariance: estimates that are pulled to 0 have no standard errors.
---              Nor is there one where rounding leaves a variance below 0
--- Collinear    an element that depends on those before it, or never varies, has no
---              coefficient: NULL in coefficients(), as R's NA. A penalty gives it one
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d^2 / 2 per pass, about 5 passes; memory 8 d + 8 bytes per
---              row up to segment.training_memory, then on disk
--- Leaks        with two labels of 50 rows or more each, a warning names an element
---              whose ROC AUC is 0.99 or more, or 0.01 or less
--- Errors       2202E  rows of different lengths
---              22000  all labels are 0, or, with std_errors hc2 or hc3, a row
---                     alone determines a coefficient
---              22003  values too large or too close together to square; a label is
---                     infinite or NaN
---              22004  missing elements, without impute
---              22023  a label is negative or above 1e140; an option is out
---                     of range, or not the same for all rows; a negative weight
---              54000  more than 1000 elements, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  did not converge: max_iterations were not enough, or a
---                     coefficient is infinite because an element predicts labels
---                     without exception (the model is returned, and says so); or one
---                     element alone tells two labels apart: see Leaks
--- Source       McCullagh and Nelder (1989); as R's glm(family = poisson)
CREATE AGGREGATE poisson_train(label float8, features feature_vector) (
	SFUNC = poisson_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = poisson_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE poisson_train(label float8, features feature_vector, options jsonb) (
	SFUNC = poisson_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = poisson_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE poisson_train(label float8, features feature_vector, options jsonb, weight float8) (
	SFUNC = poisson_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = poisson_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE poisson_train(label float8, features float8[]) (
	SFUNC = poisson_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = poisson_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE poisson_train(label float8, features float8[], options jsonb) (
	SFUNC = poisson_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = poisson_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE poisson_train(label float8, features float8[], options jsonb, weight float8) (
	SFUNC = poisson_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = poisson_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE poisson_train(float8, feature_vector) IS 'Poisson regression of labels into a model';
COMMENT ON AGGREGATE poisson_train(float8, feature_vector, jsonb) IS 'Poisson regression of labels into a model';
COMMENT ON AGGREGATE poisson_train(float8, feature_vector, jsonb, float8) IS 'Poisson regression of labels into a model';
COMMENT ON AGGREGATE poisson_train(float8, float8[]) IS 'Poisson regression of labels into a model';
COMMENT ON AGGREGATE poisson_train(float8, float8[], jsonb) IS 'Poisson regression of labels into a model';
COMMENT ON AGGREGATE poisson_train(float8, float8[], jsonb, float8) IS 'Poisson regression of labels into a model';

CREATE FUNCTION gamma_train_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_train_trans(internal, float8, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_train_trans(internal, float8, feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_train_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_train_trans(internal, float8, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_train_trans(internal, float8, float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_gamma_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gamma_train_trans(internal, float8, feature_vector) IS 'transition of gamma_train';
COMMENT ON FUNCTION gamma_train_trans(internal, float8, feature_vector, jsonb) IS 'transition of gamma_train';
COMMENT ON FUNCTION gamma_train_trans(internal, float8, feature_vector, jsonb, float8) IS 'transition of gamma_train';
COMMENT ON FUNCTION gamma_train_trans(internal, float8, float8[]) IS 'transition of gamma_train';
COMMENT ON FUNCTION gamma_train_trans(internal, float8, float8[], jsonb) IS 'transition of gamma_train';
COMMENT ON FUNCTION gamma_train_trans(internal, float8, float8[], jsonb, float8) IS 'transition of gamma_train';
COMMENT ON FUNCTION gamma_train_final(internal) IS 'result of gamma_train';

--- gamma_train(label float8, features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Gamma regression: how much, such as spend per order, by a factor for each element
--- (log link).
---
--- Input        label      a finite number above 0
---              features   a vector of d numbers, 1 to 1000
---              options    see regression_options
---              weight     counts a row so many times; 0: not at all
---                         A row with a NULL is skipped
--- Output       a model: intercept, coefficients and their covariance, means of the
---              elements, deviance with and without them, log_likelihood, aic,
---              r_squared (share of the deviance that is explained), dispersion,
---              degrees_of_freedom, rows_used, rows_skipped, weight, iterations,
---              converged; NULL when no row was used. With a penalty there is no
---              covariance: estimates that are pulled to 0 have no standard errors.
---              Nor is there one where rounding leaves a variance below 0
--- Collinear    an element that depends on those before it, or never varies, has no
---              coefficient: NULL in coefficients(), as R's NA. A penalty gives it one
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d^2 / 2 per pass, about 5 passes; memory 8 d + 8 bytes per
---              row up to segment.training_memory, then on disk
--- Leaks        with two labels of 50 rows or more each, a warning names an element
---              whose ROC AUC is 0.99 or more, or 0.01 or less
--- Errors       2202E  rows of different lengths
---              22000  with std_errors hc2 or hc3, a row alone determines a
---                     coefficient
---              22003  values too large or too close together to square
---              22004  missing elements, without impute
---              22023  a label is not above 0, or above 1e140; an option is out
---                     of range, or not the same for all rows; a negative weight
---              54000  more than 1000 elements, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  did not converge: max_iterations were not enough, or a
---                     coefficient is infinite because an element predicts labels
---                     without exception (the model is returned, and says so); or one
---                     element alone tells two labels apart: see Leaks
--- Source       McCullagh and Nelder (1989); as R's glm(family = Gamma("log")); tests are
---              Student's t
CREATE AGGREGATE gamma_train(label float8, features feature_vector) (
	SFUNC = gamma_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_train(label float8, features feature_vector, options jsonb) (
	SFUNC = gamma_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_train(label float8, features feature_vector, options jsonb, weight float8) (
	SFUNC = gamma_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_train(label float8, features float8[]) (
	SFUNC = gamma_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_train(label float8, features float8[], options jsonb) (
	SFUNC = gamma_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_train(label float8, features float8[], options jsonb, weight float8) (
	SFUNC = gamma_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gamma_train(float8, feature_vector) IS 'gamma regression of labels into a model';
COMMENT ON AGGREGATE gamma_train(float8, feature_vector, jsonb) IS 'gamma regression of labels into a model';
COMMENT ON AGGREGATE gamma_train(float8, feature_vector, jsonb, float8) IS 'gamma regression of labels into a model';
COMMENT ON AGGREGATE gamma_train(float8, float8[]) IS 'gamma regression of labels into a model';
COMMENT ON AGGREGATE gamma_train(float8, float8[], jsonb) IS 'gamma regression of labels into a model';
COMMENT ON AGGREGATE gamma_train(float8, float8[], jsonb, float8) IS 'gamma regression of labels into a model';
