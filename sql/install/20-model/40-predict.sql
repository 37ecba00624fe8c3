--- predict(model segment_model, features feature_vector) -> float8       since 0.1.0
---
--- Prediction of a supervised model for a row.
---
---   method     result
---   linear     the expected number
---   logistic   the chance of true
---   poisson    the expected count
---   gamma      the expected amount
---   tree, forest, boosting  the number, or the chance of true
---   isolation  outlier score
---   softmax    none: see predict_class and predict_probabilities
---   cox        relative hazard: the risk as a multiple of that of the reference, a
---              row of the training means, with 0 for an element that is always
---              -1, 0 or 1
---
--- Input        features   a vector as long as those in training, with its elements
---                         in the same order; a model that carries a preparation
---                         (options impute, transform, scale) takes the row as it is
--- Output       a number; NULL when an argument is NULL
--- Cost         the model is opened once per query
--- Errors       2202E  the vector does not fit the model
---              22003  the result, or a prepared element, is beyond float8
---              22004  missing elements, if the method cannot use them and the model
---                     does not fill them in
---              42804  not a supervised model, or one that predicts a class other
---                     than false and true
CREATE FUNCTION predict(model segment_model, features feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_predict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION predict(model segment_model, features float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_predict_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION predict(segment_model, feature_vector) IS 'prediction of a supervised model for a row';
COMMENT ON FUNCTION predict(segment_model, float8[]) IS 'prediction of a supervised model for a row';

--- coefficients(model segment_model [, confidence float8])
---   -> rows (feature, estimate, std_error, statistic, p_value, ci_low, ci_high, exp_estimate, class)
---                                                                      since 0.1.0
---
--- The coefficients of a supervised model: one row per element, in order, behind the
--- intercept if there is one.
---
--- Input        confidence  of the interval, between 0 and 1; 0.95 by default
--- Units        those of the rows in training; of a model that carries a preparation,
---              those of its prepared rows: with scale => 'standard' standard
---              deviations
--- Output       feature     name of the element, or its number when the model has
---                          no names; (intercept)
---              estimate    what one more unit of it adds: to the number of a linear
---                          model, to the log odds of a logistic one, to the
---                          logarithm of the count, amount or hazard of a Poisson,
---                          gamma or Cox model
---              std_error   of estimate
---              statistic   estimate / std_error
---              p_value     chance of a statistic this far from zero if the element
---                          has no effect (Wald's test; by Student's distribution
---                          for linear and gamma models)
---              ci_low      confidence interval of estimate
---              ci_high
---              exp_estimate  exp(estimate): the factor by which one more unit of
---                          the element multiplies the odds, count, amount or
---                          hazard (of a linear model: NULL); NULL beyond float8
---              class       that the coefficient is for, in a model of more than
---                          two; otherwise NULL
---              All but feature are NULL for an element that depends on those
---              before it or never varies; all but estimate and exp_estimate where
---              estimates are penalized, and for an offset
--- Errors       22023  confidence is not between 0 and 1
---              42804  a model without coefficients
CREATE FUNCTION coefficients(
	model segment_model, confidence float8 DEFAULT 0.95,
	OUT feature text, OUT estimate float8, OUT std_error float8, OUT statistic float8, OUT p_value float8,
	OUT ci_low float8, OUT ci_high float8, OUT exp_estimate float8, OUT class text
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION coefficients(segment_model, float8) IS 'coefficients of a supervised model, one row per element';
