--- calibrate_options(method text, when_too_few text) -> jsonb            since 0.1.0
---
--- Builds the options of calibrate_train by name; those left out keep their
--- defaults.
---
---   option        default  meaning
---   method        platt    platt: a logistic curve of the score, for few rows;
---                          isotonic: a curve of any shape that never descends, for
---                          a thousand rows and more
---   when_too_few  error    as in kmeans_options; rows of one label are too few
CREATE FUNCTION calibrate_options(method text DEFAULT NULL, when_too_few text DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object('method', method, 'when_too_few', when_too_few));
COMMENT ON FUNCTION calibrate_options(text, text) IS 'options of calibrate_train by name';

CREATE FUNCTION calibrate_train_trans(internal, boolean, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_calibrate_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION calibrate_train_trans(internal, boolean, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_calibrate_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION calibrate_train_trans(internal, boolean, float8, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_calibrate_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION calibrate_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_calibrate_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- calibrate_train(label boolean, score float8 [, options jsonb [, weight float8]])
---   -> segment_model
---                                                                      since 0.1.0
---
--- Learns which probability a score stands for.
---
--- Input        label      what happened
---              score      finite numbers of any scale, from rows that did not
---                         train the model that scores
---              options    see calibrate_options
---              weight     how many times the row counts; not negative; a row of
---                         weight zero or NULL is skipped
---                         A row with a NULL is skipped
--- Output       a calibration model: positives, the rows that are true; for platt
---              slope and intercept, of which the probability is 1 / (1 + exp(-(slope
---              * score + intercept))); for isotonic points, scores and
---              probabilities; log_loss of the rows by their calibrated
---              probabilities, iterations and converged.  NULL when no row was used
--- platt        a higher score may turn out to be less likely: the slope is then
---              negative.  0 if all scores are equal
--- isotonic     a higher score is never less likely
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         memory 16 bytes per row up to segment.training_memory, then on
---              disk; 88 bytes per row to fit
--- Errors       22000  all labels are the same
---              22003  a score is NaN or infinite; slope, intercept or the sum of
---                     the weights is out of range
---              22023  an option is wrong, or options differ between rows; a weight
---                     is negative, infinite or NaN
---              54000  more rows than segment.training_memory has room for
--- Source       platt: Platt (1999), Lin, Lin & Weng (2007); isotonic: Barlow et al.
---              (1972); both as in scikit-learn 1.2, CalibratedClassifierCV
CREATE AGGREGATE calibrate_train(label boolean, score float8) (
	SFUNC = calibrate_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = calibrate_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE calibrate_train(label boolean, score float8, options jsonb) (
	SFUNC = calibrate_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = calibrate_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE calibrate_train(label boolean, score float8, options jsonb, weight float8) (
	SFUNC = calibrate_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = calibrate_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE calibrate_train(boolean, float8) IS 'which probability a score stands for, learned from what happened';
COMMENT ON AGGREGATE calibrate_train(boolean, float8, jsonb) IS 'which probability a score stands for, learned from what happened';
COMMENT ON AGGREGATE calibrate_train(boolean, float8, jsonb, float8) IS 'which probability a score stands for, learned from weighted rows';

--- calibrate(model segment_model, score float8) -> float8                since 0.1.0
---
--- The probability that a score stands for.
---
--- Output       0 to 1; isotonic models interpolate between the scores that they
---              have seen, and stay at the last probability beyond them; NULL when
---              an argument is NULL
--- Errors       22003  the score is NaN or infinite
---              42804  not a calibration model
CREATE FUNCTION calibrate(model segment_model, score float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_calibrate' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION calibrate(segment_model, float8) IS 'probability that a score stands for';
