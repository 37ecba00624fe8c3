--- predict_uplift(treated_model segment_model, control_model segment_model,
---   features feature_vector) -> float8                                 since 0.1.0
---
--- What would a treatment change for a user?  The prediction of a model of treated
--- users less that of a model of users who were left alone.
---
--- Input        treated_model  a supervised model that predicts a number or the
---                             chance of true, trained on treated users
---              control_model  one for the same outcome and the same elements,
---                             trained on users of the control; it may be of
---                             another method
---              features       as for predict; each model prepares the row as it
---                             needs it
--- Output       predict(treated_model, features) - predict(control_model, features);
---              NULL when an argument is NULL
--- Names        of elements are compared if both models have them
--- Cost         both models are opened once per query
--- Errors       2202E  the models take vectors of different lengths; the vector does
---                     not fit them
---              22003  a result, or a prepared element, is beyond float8
---              22004  missing elements, if a method cannot use them and its model
---                     does not fill them in
---              22023  the elements of the models have different names
---              42804  not supervised models, or of a class other than false and
---                     true; one predicts a number and the other a chance; a Cox model
---                     or isolation forest, whose scores have no unit
--- Source       known as the two-model approach, or T-learner: Hansotia & Rukstales
---              (2002); Kuenzel et al. (2019)
CREATE FUNCTION predict_uplift(treated_model segment_model, control_model segment_model, features feature_vector)
	RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_predict_uplift' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION predict_uplift(treated_model segment_model, control_model segment_model, features float8[])
	RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_predict_uplift_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION predict_uplift(segment_model, segment_model, feature_vector) IS
	'what a treatment would change for a user, by two models';
COMMENT ON FUNCTION predict_uplift(segment_model, segment_model, float8[]) IS
	'what a treatment would change for a user, by two models';
