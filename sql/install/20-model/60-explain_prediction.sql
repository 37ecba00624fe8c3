--- explain_prediction(model segment_model, features feature_vector [, class text])
---   -> rows (feature, value, contribution)                              since 0.1.0
---
--- Why does a model predict this for a row? What each element adds to the prediction
--- or takes from it.
---
--- Input        features   a vector as long as those in training, with its elements
---                         in the same order
---              class      of a model of classes: the one to explain; true by default,
---                         or the most probable one of a model of other classes
--- Output       feature       (base) in the first row, then the name of each element,
---                            or its number when the model has no names
---              value         of the element in this row, as it was given; NULL for
---                            the base, and where it is missing
---              contribution  the base is the prediction for an average row; base and
---                            contributions add up to the prediction on the link
---                            scale (below)
---              No rows when an argument is NULL
--- Scale        linear             the number itself
---              logistic           log odds of the class
---              softmax            log of the class's chance, less the mean of that
---                                 log over all classes
---              poisson, gamma     log of the expected count or amount
---              cox                log of the relative hazard
---              tree, forest       the number, or the chance of the class
---              boosting           the number; with loss poisson its logarithm; log
---                                 odds of one of two classes, the score of one of more
---              isolation          binary logarithm of the outlier score
--- Formula      linear, logistic, softmax, poisson, gamma, cox: coefficient times the
---              difference of the value, as the model prepares it, from its mean in
---              training, which is Shapley's value if elements are independent. The
---              others: exact Shapley values, with elements that are not known averaged
---              over by the shares of the training rows at each split (path-dependent
---              TreeSHAP)
--- Cost         the model is opened once per query
--- Errors       2202E  the vector does not fit the model
---              22004  missing elements, if the method cannot use them and the model
---                     does not fill them in
---              22023  the model has no such class
---              42804  not a supervised model, or one that cannot be explained; a class
---                     is given for a model that predicts a number
--- Source       Shapley (1953); Lundberg and Lee (2017)
CREATE FUNCTION explain_prediction(
	model segment_model, features feature_vector,
	OUT feature text, OUT value float8, OUT contribution float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_explain_prediction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
CREATE FUNCTION explain_prediction(
	model segment_model, features float8[],
	OUT feature text, OUT value float8, OUT contribution float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_explain_prediction_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
CREATE FUNCTION explain_prediction(
	model segment_model, features feature_vector, class text,
	OUT feature text, OUT value float8, OUT contribution float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_explain_prediction' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
CREATE FUNCTION explain_prediction(
	model segment_model, features float8[], class text,
	OUT feature text, OUT value float8, OUT contribution float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_explain_prediction_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50 ROWS 10;
COMMENT ON FUNCTION explain_prediction(segment_model, feature_vector) IS 'what each element adds to a prediction';
COMMENT ON FUNCTION explain_prediction(segment_model, float8[]) IS 'what each element adds to a prediction';
COMMENT ON FUNCTION explain_prediction(segment_model, feature_vector, text) IS 'what each element adds to the score of a class';
COMMENT ON FUNCTION explain_prediction(segment_model, float8[], text) IS 'what each element adds to the score of a class';

--- explain_text(model segment_model, features feature_vector, n bigint [, class text]) -> text
---                                                                      since 0.1.0
---
--- The strongest reasons for a prediction as a phrase for a report: days_away 41
--- (+1.2), purchases 1 (+0.4).
---
--- Input        features   a vector as long as those in training, with its elements
---                         in the same order
---              n          reasons at most, 1 or more
---              class      as in explain_prediction
--- Output       name and value of each element, and what it adds to the prediction, as
---              explain_prediction gives it: the largest contributions of either sign
---              first, ties go to the lower element. An element with a name that
---              was 0 or 1 in all training rows says yes or no: annual, not annual.
---              A missing element has the value missing; an element that adds
---              nothing is no reason. Numbers are the same
---              in all locales; a contribution has two digits, or all before the point.
---              NULL when an argument is NULL
--- Scale        as in explain_prediction
--- Cost         the model is opened once per query
--- Errors       as explain_prediction, and 22023: n is below 1
CREATE FUNCTION explain_text(model segment_model, features feature_vector, n bigint) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_explain_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
CREATE FUNCTION explain_text(model segment_model, features float8[], n bigint) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_explain_text_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
CREATE FUNCTION explain_text(model segment_model, features feature_vector, n bigint, class text) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_explain_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
CREATE FUNCTION explain_text(model segment_model, features float8[], n bigint, class text) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_explain_text_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 50;
COMMENT ON FUNCTION explain_text(segment_model, feature_vector, bigint) IS 'strongest reasons for a prediction, as a phrase';
COMMENT ON FUNCTION explain_text(segment_model, float8[], bigint) IS 'strongest reasons for a prediction, as a phrase';
COMMENT ON FUNCTION explain_text(segment_model, feature_vector, bigint, text) IS 'strongest reasons for a prediction, as a phrase';
COMMENT ON FUNCTION explain_text(segment_model, float8[], bigint, text) IS 'strongest reasons for a prediction, as a phrase';
