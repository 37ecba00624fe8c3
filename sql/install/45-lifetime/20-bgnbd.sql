--- bgnbd_options(…) -> jsonb                                            since 0.1.0
---
--- Builds the options of bgnbd_train by name; those left out keep their defaults.
---
---   option          default  range          meaning
---   max_iterations  200      1 to 10000     maximum number of search steps
---   tolerance       1e-8     1e-10 to 0.01  stop when no parameter would change
---                                           by more than this share
---   when_too_few    error    error, null    as in kmeans_options; this method never
---                                          has too few rows
---
--- Output       jsonb, checked by bgnbd_train
CREATE FUNCTION bgnbd_options(
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'max_iterations', max_iterations, 'tolerance', tolerance, 'when_too_few', when_too_few));
COMMENT ON FUNCTION bgnbd_options(bigint, float8, text) IS 'options of bgnbd_train by name';

CREATE FUNCTION bgnbd_train_trans(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_bgnbd_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION bgnbd_train_trans(internal, float8, float8, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_bgnbd_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION bgnbd_train_trans(internal, float8, float8, float8, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_bgnbd_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION bgnbd_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_bgnbd_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION bgnbd_train_trans(internal, float8, float8, float8) IS 'transition of bgnbd_train';
COMMENT ON FUNCTION bgnbd_train_trans(internal, float8, float8, float8, jsonb) IS 'transition of bgnbd_train';
COMMENT ON FUNCTION bgnbd_train_trans(internal, float8, float8, float8, jsonb, float8) IS 'transition of bgnbd_train';
COMMENT ON FUNCTION bgnbd_train_final(internal) IS 'result of bgnbd_train';

--- bgnbd_train(frequency float8, recency float8, age float8 [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Fits the BG/NBD model of repeat purchases to customers, one row each, by maximum
--- likelihood.
---
--- Input        frequency  repeat purchases, the first one not counted: a whole
---                         number; 0 for a customer who bought once
---              recency    time from the first purchase to the last one; 0 where
---                         frequency is 0
---              age        time from the first purchase to the end of the
---                         observation, in the same unit (weeks, days, seconds), up
---                         to 1e100
---              options    see bgnbd_options
---              weight     how many customers the row stands for; finite, not
---                         negative; a row of weight zero or NULL is skipped
---                         A row with a NULL is skipped
--- Output       a BG/NBD model: r, alpha, a, b, with standard errors, log_likelihood,
---              aic, gradient_norm, iterations, converged, rows_used, rows_skipped,
---              rows_without_recency, weight (the number of customers), options;
---              NULL when no row was used
--- Units        times in the unit of age; the likelihood is a density in it
--- Convergence  where rows do not determine a parameter (too few customers, nobody
---              bought again, nobody left), it stays within 2e-6 to 4.4e5 (times in
---              mean ages); converged is false and the standard errors are null.
---              Rows with a frequency above 0 and recency 0 say that all repeat
---              purchases happened at the time of the first one: the likelihood has
---              no maximum then, and a fit with such rows has not converged
--- Repeatable   the same rows give the same bits in any order, plan and memory
---              budget, on one type of processor; up to 524288 distinct rows, rows
---              grouped with their count as weight give the very same parameters
--- Cost         memory 24 bytes per row (32 with weights) up to
---              segment.training_memory, then on disk, plus 80 per distinct row, up
---              to 75 MB in all; time a few passes over the distinct rows
--- Errors       22003  a number is NaN or infinite, or weights add up to more than
---                     1e100
---              22023  frequency is negative or not a whole number; recency is
---                     above age, or not 0 where frequency is 0; an age, a weight
---                     or an option is out of range; or options are not the same
---                     for all rows
--- Warning      01000  the fit did not converge (given once per query; the model is
---                     returned, and says so); if recency is to blame, with the
---                     number of such rows
--- Source       Fader, Hardie & Lee (2005)
CREATE AGGREGATE bgnbd_train(frequency float8, recency float8, age float8) (
	SFUNC = bgnbd_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = bgnbd_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE bgnbd_train(frequency float8, recency float8, age float8, options jsonb) (
	SFUNC = bgnbd_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = bgnbd_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE bgnbd_train(frequency float8, recency float8, age float8, options jsonb, weight float8) (
	SFUNC = bgnbd_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = bgnbd_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE bgnbd_train(float8, float8, float8) IS 'BG/NBD model of repeat purchases';
COMMENT ON AGGREGATE bgnbd_train(float8, float8, float8, jsonb) IS 'BG/NBD model of repeat purchases';
COMMENT ON AGGREGATE bgnbd_train(float8, float8, float8, jsonb, float8) IS 'BG/NBD model of repeat purchases, from grouped customers';

--- bgnbd_p_alive(model segment_model, frequency float8, recency float8, age float8) -> float8
---                                                                      since 0.1.0
---
--- Probability that a customer with this history is still a customer.
---
--- Input        as bgnbd_train
--- Output       0 to 1; 1 for a customer who never bought again: in this model
---              customers leave after a repeat purchase
--- Errors       as bgnbd_train
---              42804  not a BG/NBD model
CREATE FUNCTION bgnbd_p_alive(model segment_model, frequency float8, recency float8, age float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_bgnbd_p_alive' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION bgnbd_p_alive(segment_model, float8, float8, float8) IS
	'probability that a customer is still one, by a BG/NBD model';

--- bgnbd_expected_purchases(model segment_model, frequency float8, recency float8,
---   age float8, horizon float8)
---   -> float8                                                          since 0.1.0
---
--- Purchases expected from a customer with this history within the horizon from
--- now; from a new one, with (0, 0, 0), within the horizon from the first purchase.
---
--- Input        as bgnbd_train; horizon in the unit of age, not negative
--- Output       not negative, finite; 0 for a horizon of 0
--- Errors       as bgnbd_train
---              22023  horizon is negative or above 1e100
---              42804  not a BG/NBD model
CREATE FUNCTION bgnbd_expected_purchases(model segment_model, frequency float8, recency float8, age float8, horizon float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_bgnbd_expected_purchases' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 20;
COMMENT ON FUNCTION bgnbd_expected_purchases(segment_model, float8, float8, float8, float8) IS
	'expected purchases of a customer, by a BG/NBD model';
