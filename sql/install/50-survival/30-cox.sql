--- cox_options(…) -> jsonb                                               since 0.1.0
---
--- Builds the options of cox_train by name; those left out keep their defaults.
---
---   option          default  range           meaning
---   ties            efron    efron, breslow  how events at the same time share the
---                                            users at risk
---   max_iterations  20       1 to 10000      maximum number of Newton steps
---   tolerance       1e-12    1e-14 to 0.01   stop when the log-likelihood would
---                                            rise by less than this share of itself,
---                                            and no coefficient moves by more than
---                                            the square root of it
---   timefix         true     true, false     times that are equal but for rounding
---                                            count as one, as for kaplan_meier
---   feature_names   none     d names         names of the elements, all different;
---                                            kept in the model, shown by
---                                            coefficients and in messages
---   when_too_few    error    error, null     what to do with rows without an event:
---                                            fail, or return NULL, for GROUP BY
---
--- Output       jsonb, checked by cox_train
CREATE FUNCTION cox_options(
	ties text DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	timefix boolean DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'ties', ties, 'max_iterations', max_iterations, 'tolerance', tolerance, 'timefix', timefix,
		'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION cox_options(text, bigint, float8, boolean, text[], text) IS 'options of cox_train by name';

CREATE FUNCTION cox_train_trans(internal, float8, boolean, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_cox_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cox_train_trans(internal, float8, boolean, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_cox_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cox_train_trans(internal, float8, boolean, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_cox_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cox_train_trans(internal, float8, boolean, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_cox_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION cox_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_cox_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cox_train_trans(internal, float8, boolean, feature_vector) IS 'transition of cox_train';
COMMENT ON FUNCTION cox_train_trans(internal, float8, boolean, feature_vector, jsonb) IS 'transition of cox_train';
COMMENT ON FUNCTION cox_train_trans(internal, float8, boolean, float8[]) IS 'transition of cox_train';
COMMENT ON FUNCTION cox_train_trans(internal, float8, boolean, float8[], jsonb) IS 'transition of cox_train';
COMMENT ON FUNCTION cox_train_final(internal) IS 'result of cox_train';

--- cox_train(duration float8, event boolean, features feature_vector [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Cox regression: what makes users leave sooner?  Learns, from one row per user,
--- the factor by which each element of a vector raises or lowers the risk of the
--- event at any time, without assuming how that risk changes over time.
---
--- Input        duration   how long the user was observed, a number in any unit;
---                         finite, not negative
---              event      true: it ended with the event; false: censored
---              features   a vector of d numbers, 1 to 1000
---              options    see cox_options
---                         A row with a NULL is skipped
--- Output       a Cox model: coefficients and their covariance, means,
---              log-likelihood without and with the elements, likelihood-ratio,
---              Wald and score tests, concordance (Harrell's C), baseline hazard,
---              rows_used, rows_skipped, event_count, iterations, converged,
---              gradient_norm; NULL when no row was used
--- Collinear    an element that depends on those before it, or never varies, has no
---              coefficient: NULL in coefficients(), as R's NA
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d^2 per pass, about 6 passes; memory 8 d + 16 bytes per row
---              up to segment.training_memory, then on disk, plus 8 d + 65 bytes
---              per row for a copy in time order, which must fit into
---              segment.training_memory: 2.3 million rows of 6 elements by default
--- Errors       22000  no row has an event
---              2202E  rows of different lengths
---              22003  values too large or too close together to square
---              22004  missing elements
---              22023  a duration is negative, infinite or NaN; an option is out
---                     of range, or not the same for all rows
---              54000  more rows than segment.training_memory has room for, more
---                     than 1000 elements, or the model would be larger than
---                     segment.max_model_size
--- Warning      01000  did not converge: max_iterations were not enough, or a
---                     coefficient is infinite because an element separates users
---                     with an event from all others (the model is returned, and
---                     says so)
--- Source       Cox (1972), Efron (1977), Breslow (1974); as R's coxph
CREATE AGGREGATE cox_train(duration float8, event boolean, features feature_vector) (
	SFUNC = cox_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = cox_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE cox_train(duration float8, event boolean, features feature_vector, options jsonb) (
	SFUNC = cox_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = cox_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE cox_train(duration float8, event boolean, features float8[]) (
	SFUNC = cox_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = cox_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE cox_train(duration float8, event boolean, features float8[], options jsonb) (
	SFUNC = cox_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = cox_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cox_train(float8, boolean, feature_vector) IS 'Cox regression of durations into a model';
COMMENT ON AGGREGATE cox_train(float8, boolean, feature_vector, jsonb) IS 'Cox regression of durations into a model';
COMMENT ON AGGREGATE cox_train(float8, boolean, float8[]) IS 'Cox regression of durations into a model';
COMMENT ON AGGREGATE cox_train(float8, boolean, float8[], jsonb) IS 'Cox regression of durations into a model';

--- cox_tests(model segment_model) -> rows (test, statistic, degrees_of_freedom, p_value)
---                                                                      since 0.1.0
---
--- Do the elements of a Cox model have any effect?  Three tests of whether all of
--- its coefficients are zero; with many events they agree.
---
--- Output       test        likelihood ratio, Wald or score (for a single element
---                          with two values, score is the log-rank test, except for
---                          ties)
---              statistic   chi-square if the elements have no effect
---              degrees_of_freedom  the number of coefficients
---              p_value     chance of a statistic this large
--- Errors       42804  not a Cox model
CREATE FUNCTION cox_tests(
	model segment_model,
	OUT test text, OUT statistic float8, OUT degrees_of_freedom int, OUT p_value float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_cox_tests' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 3;
COMMENT ON FUNCTION cox_tests(segment_model) IS 'tests of all coefficients of a Cox model together';

--- cox_survival(model segment_model, features feature_vector, at float8
---              [, given float8]) -> float8                             since 0.1.0
---
--- The chance that a user with these features has not had the event up to and
--- including a time; with given, the chance that a user who has not had it up to
--- and including given will not have it up to and including at.
---
--- Output       0 to 1; 1 before the first event in training, and where at is not
---              after given; NULL after the longest duration in training, as nobody
---              was observed that long
--- Formula      exp(-(H(at) - H(given)) * predict(model, features)), H being the
---              cumulative hazard of the reference of predict
--- Errors       2202E  the vector does not fit the model
---              22003  the time is NaN, or the hazard out of range
---              22004  missing elements
---              42804  not a Cox model
--- Source       Breslow (1974); with Efron's ties as R's survfit of a coxph
CREATE FUNCTION cox_survival(model segment_model, features feature_vector, at float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cox_survival' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION cox_survival(model segment_model, features float8[], at float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cox_survival_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION cox_survival(model segment_model, features feature_vector, at float8, given float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cox_survival' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION cox_survival(model segment_model, features float8[], at float8, given float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_cox_survival_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION cox_survival(segment_model, feature_vector, float8, float8) IS 'chance that a user still there at a time is still there at a later one';
COMMENT ON FUNCTION cox_survival(segment_model, float8[], float8, float8) IS 'chance that a user still there at a time is still there at a later one';
COMMENT ON FUNCTION cox_survival(segment_model, feature_vector, float8) IS 'chance that a user has not had the event up to a time';
COMMENT ON FUNCTION cox_survival(segment_model, float8[], float8) IS 'chance that a user has not had the event up to a time';
