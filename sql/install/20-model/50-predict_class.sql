--- predict_class(model segment_model, features feature_vector) -> text   since 0.1.0
---
--- The class that a supervised model predicts for a row: the most probable one.
---
--- Input        features   a vector as long as those in training, with its elements
---                         in the same order
--- Output       the label, as text (true or false for a model of yes and no); among
---              equally probable classes the first in the order of
---              predict_probabilities; NULL when an argument is NULL
--- Cost         the model is opened once per query
--- Errors       2202E  the vector does not fit the model
---              22004  missing elements, if the method cannot use them and the model
---                     does not fill them in
---              42804  not a supervised model, or one that predicts a number
CREATE FUNCTION predict_class(model segment_model, features feature_vector) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_predict_class' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION predict_class(model segment_model, features float8[]) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_predict_class_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION predict_class(segment_model, feature_vector) IS 'most probable class of a row';
COMMENT ON FUNCTION predict_class(segment_model, float8[]) IS 'most probable class of a row';

--- predict_probabilities(model segment_model, features feature_vector)
---   -> rows (class, probability)                                        since 0.1.0
---
--- The chance of each class for a row: one row per class, in the order of the model.
---
--- Input        features   a vector as long as those in training, with its elements
---                         in the same order
--- Output       class        the label, as text: false before true, whole numbers by
---                           value, others in byte order
---              probability  0 to 1; they add up to 1
---              No rows when an argument is NULL
--- Cost         the model is opened once per query
--- Errors       2202E  the vector does not fit the model
---              22004  missing elements, if the method cannot use them and the model
---                     does not fill them in
---              42804  not a supervised model, or one that predicts a number
CREATE FUNCTION predict_probabilities(model segment_model, features feature_vector, OUT class text, OUT probability float8)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_predict_probabilities' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 ROWS 3;
CREATE FUNCTION predict_probabilities(model segment_model, features float8[], OUT class text, OUT probability float8)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_predict_probabilities_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5 ROWS 3;
COMMENT ON FUNCTION predict_probabilities(segment_model, feature_vector) IS 'chance of each class of a row';
COMMENT ON FUNCTION predict_probabilities(segment_model, float8[]) IS 'chance of each class of a row';

--- predict_cost(model segment_model, features feature_vector, costs float8[]) -> text
---                                                                      since 0.1.0
---
--- The class that it costs least to act on: mistakes are not equally dear. A gift to
--- somebody who would have stayed costs less than a customer lost.
---
--- Input        features   a vector as long as those in training, with its elements
---                         in the same order
---              costs      an array of k times k numbers for k classes, in the order
---                         of predict_probabilities: what it costs if the class of
---                         the row is true and that of the column is predicted;
---                         negative: a gain
--- Output       the label, as text, whose expected cost is least; among equal ones the
---              first; NULL when an argument is NULL
--- Cost         the model is opened once per query
--- Errors       2202E  the vector does not fit the model, or the costs do not fit its
---                     classes
---              22003  a cost is infinite or NaN
---              22004  missing elements, if the method cannot use them and the model
---                     does not fill them in; a cost is NULL
---              42804  not a supervised model, or one that predicts a number
CREATE FUNCTION predict_cost(model segment_model, features feature_vector, costs float8[]) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_predict_cost' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION predict_cost(model segment_model, features float8[], costs float8[]) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_predict_cost_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION predict_cost(segment_model, feature_vector, float8[]) IS 'class of a row whose expected cost is least';
COMMENT ON FUNCTION predict_cost(segment_model, float8[], float8[]) IS 'class of a row whose expected cost is least';
