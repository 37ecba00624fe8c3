--- type prediction_interval                                              since 0.1.0
---
--- The ends of an interval: low and high.
CREATE TYPE prediction_interval AS (low float8, high float8);
COMMENT ON TYPE prediction_interval IS 'ends of a prediction interval';

--- conformal_options(coverage float8, method text, when_too_few text) -> jsonb
---                                                                      since 0.1.0
---
--- Builds the options of conformal_train and conformal_classes_train by name; those
--- left out keep their defaults.
---
---   option        default   meaning
---   coverage      0.9       share of the rows whose outcome is to be covered, 0.001
---                           to 0.999999
---   method        absolute  absolute: intervals reach as far up as down; signed:
---                           each end is set by the errors on its side.  Of numbers
---                           only
---   when_too_few  error     as in kmeans_options
CREATE FUNCTION conformal_options(coverage float8 DEFAULT NULL, method text DEFAULT NULL, when_too_few text DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object('coverage', coverage, 'method', method, 'when_too_few', when_too_few));
COMMENT ON FUNCTION conformal_options(float8, text, text) IS 'options of conformal_train by name';

CREATE FUNCTION conformal_train_trans(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_conformal_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION conformal_train_trans(internal, float8, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_conformal_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION conformal_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_conformal_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION conformal_classes_train_trans(internal, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_conformal_classes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION conformal_classes_train_trans(internal, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_conformal_classes_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION conformal_classes_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_conformal_classes_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- conformal_train(actual float8, predicted float8 [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Learns from held-out rows how far the predictions of any model are off, for
--- intervals that contain the outcome with a stated chance.
---
--- Input        actual     what happened, a finite number
---              predicted  what was predicted, a finite number, by a model that was
---                         trained on other rows
---              options    see conformal_options
---                         A row with a NULL is skipped
--- Output       a conformal model: coverage; low and high, from a prediction to the
---              ends of its interval.  NULL when no row was used
--- Coverage     of n rows, the k-th smallest error is the end, k being (n + 1) *
---              coverage, rounded up.  If the next row is drawn as these were, its
---              outcome is in the interval with a chance of at least coverage, and
---              of at most 1 / (n + 1) more unless errors tie
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget
--- Cost         memory 16 bytes per row up to segment.training_memory, then on
---              disk; 32 bytes per row to sort
--- Errors       22000  too few rows for the coverage: 9 at 0.9, 99 at 0.99; signed,
---                     19 and 199
---              22003  a value is NaN or infinite, or an error out of range
---              22023  an option is wrong, or options differ between rows
---              54000  more rows than segment.training_memory has room for
--- Source       split conformal prediction: Papadopoulos et al. (2002), Lei et al.
---              (2018)
CREATE AGGREGATE conformal_train(actual float8, predicted float8) (
	SFUNC = conformal_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = conformal_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE conformal_train(actual float8, predicted float8, options jsonb) (
	SFUNC = conformal_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = conformal_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE conformal_train(float8, float8) IS 'how far predictions are off, learned from held-out rows';
COMMENT ON AGGREGATE conformal_train(float8, float8, jsonb) IS 'how far predictions are off, learned from held-out rows';

--- conformal_classes_train(probability float8 [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- The same for classes: learns which probability a class needs to be in the set of
--- those that may come true.
---
--- Input        probability  that a model, trained on other rows, gave to the class
---                           that came true: 0 to 1; NULL is skipped
---              options      see conformal_options; there is no method
--- Output       a conformal model: coverage; low, the probability from which on a
---              class is in the set.  NULL when no row was used
--- Coverage     as for conformal_train: the class that comes true is in the set with
---              a chance of at least coverage
--- Repeatable, Cost  as for conformal_train
--- Errors       22000  as for conformal_train
---              22003  a probability is NaN or infinite
---              22023  a probability is not between 0 and 1; an option is wrong, or
---                     options differ between rows
---              54000  as for conformal_train
--- Source       Sadinle, Lei & Wasserman (2019)
CREATE AGGREGATE conformal_classes_train(probability float8) (
	SFUNC = conformal_classes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = conformal_classes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE conformal_classes_train(probability float8, options jsonb) (
	SFUNC = conformal_classes_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = conformal_classes_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE conformal_classes_train(float8) IS 'which probability puts a class into the set that may come true';
COMMENT ON AGGREGATE conformal_classes_train(float8, jsonb) IS 'which probability puts a class into the set that may come true';

--- predict_interval(model segment_model, predicted float8) -> prediction_interval
---                                                                      since 0.1.0
---
--- The interval that contains the outcome with the chance that the conformal model
--- was trained for.
---
--- Input        model      from conformal_train
---              predicted  by the model whose errors it learned
--- Output       low and high; NULL when an argument is NULL
--- Errors       22003  predicted is NaN or infinite
---              42804  not a conformal model, or one of classes
CREATE FUNCTION predict_interval(model segment_model, predicted float8) RETURNS prediction_interval
	AS 'MODULE_PATHNAME', 'segment_predict_interval' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION predict_interval(segment_model, float8) IS 'interval that contains the outcome with a stated chance';

--- predict_set_includes(model segment_model, probability float8) -> boolean
---                                                                      since 0.1.0
---
--- Is a class in the set that contains the one to come true with the chance that the
--- conformal model was trained for?
---
--- Input        model        from conformal_classes_train
---              probability  of the class, by the model whose errors it learned
--- Output       the set may be empty, or have all classes; NULL when an argument is
---              NULL
--- Errors       22003  the probability is NaN or infinite
---              22023  the probability is not between 0 and 1
---              42804  not a conformal model, or one of numbers
CREATE FUNCTION predict_set_includes(model segment_model, probability float8) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_predict_set_includes' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION predict_set_includes(segment_model, float8) IS 'is a class in the set that contains the one to come true with a stated chance';
