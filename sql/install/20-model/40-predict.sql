--- predict(model segment_model, features feature_vector) -> float8       since 0.1.0
---
--- What a supervised model says of a row.
---
---   method     result
---   cox        relative hazard: how many times the risk of the reference, a row
---              of the means of the training, or 0 for an element that is always
---              -1, 0 or 1
---
--- Input        features   a vector as long as those of the training, its elements
---                         in the same order
--- Output       a number; NULL when an argument is NULL
--- Cost         the model is opened once a query
--- Errors       2202E  the vector does not fit the model
---              22003  the result is beyond float8
---              22004  missing elements
---              42804  not a supervised model
CREATE FUNCTION predict(model segment_model, features feature_vector) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_predict' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION predict(model segment_model, features float8[]) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_predict_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION predict(segment_model, feature_vector) IS 'what a supervised model says of a row';
COMMENT ON FUNCTION predict(segment_model, float8[]) IS 'what a supervised model says of a row';

--- coefficients(model segment_model [, confidence float8])
---   -> rows (feature, estimate, std_error, statistic, p_value, ci_low, ci_high, exp_estimate)
---                                                                      since 0.1.0
---
--- The coefficients of a supervised model: one row for each element, in order.
---
--- Input        confidence  of the interval, between 0 and 1; 0.95 by default
--- Output       feature     name of the element, or its number when the model has
---                          no names
---              estimate    what one unit more of it adds to the logarithm of the
---                          hazard
---              std_error   of estimate
---              statistic   estimate / std_error
---              p_value     chance of a statistic as far from zero if the element
---                          plays no part (Wald's test)
---              ci_low      confidence interval of estimate
---              ci_high
---              exp_estimate  exp(estimate): by which factor one unit more of the
---                          element multiplies the hazard (the hazard ratio of a
---                          Cox model); NULL beyond float8
---              All but feature are NULL for an element that depends on those before
---              it, or never varies
--- Errors       22023  confidence is not between 0 and 1
---              42804  a model without coefficients
CREATE FUNCTION coefficients(
	model segment_model, confidence float8 DEFAULT 0.95,
	OUT feature text, OUT estimate float8, OUT std_error float8, OUT statistic float8, OUT p_value float8,
	OUT ci_low float8, OUT ci_high float8, OUT exp_estimate float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_coefficients' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION coefficients(segment_model, float8) IS 'coefficients of a supervised model, one row for each element';
