CREATE FUNCTION gamma_gamma_train_trans(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_gamma_train_trans(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_gamma_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gamma_gamma_train_trans(internal, float8, float8) IS 'transition of gamma_gamma_train';
COMMENT ON FUNCTION gamma_gamma_train_trans(internal, float8, float8, float8) IS 'transition of gamma_gamma_train';
COMMENT ON FUNCTION gamma_gamma_train_final(internal) IS 'result of gamma_gamma_train';

--- gamma_gamma_train(frequency float8, monetary float8 [, weight float8]) -> segment_model
---                                                                      since 0.1.0
---
--- Fits the gamma-gamma model of spend per purchase to customers, one row each, by
--- maximum likelihood.
---
--- Input        frequency  number of purchases in the mean: a whole number
---              monetary   mean spend of these purchases, up to 1e100
---              weight     how many customers the row stands for; finite, not
---                         negative
---                         A row with a NULL, of frequency 0, of a monetary value
---                         that is not above 0 or of weight zero is skipped
--- Output       a gamma-gamma model: p, q, v, with standard errors, the correlation
---              of frequency and monetary value, and the facts of the fit that
---              bgnbd_train lists; NULL when no row was used
--- Convergence  as bgnbd_train; if everybody spends the same, nothing is determined
--- Repeatable   as bgnbd_train
--- Cost         memory 16 bytes per row (24 with weights) up to
---              segment.training_memory, then on disk, plus 64 per distinct row, up
---              to 75 MB in all; time a few passes over the distinct rows
--- Errors       22003  a number is NaN or infinite, or weights add up to more than
---                     1e100
---              22023  frequency is negative or not a whole number, or an amount or
---                     a weight is out of range
--- Warning      01000  the fit did not converge; or frequency and monetary value
---                     are correlated by more than 0.3, which the model rules out
---                     (each given once per query)
--- Source       Fader & Hardie (2013)
CREATE AGGREGATE gamma_gamma_train(frequency float8, monetary float8) (
	SFUNC = gamma_gamma_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = gamma_gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_gamma_train(frequency float8, monetary float8, weight float8) (
	SFUNC = gamma_gamma_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = gamma_gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gamma_gamma_train(float8, float8) IS 'gamma-gamma model of spend per purchase';
COMMENT ON AGGREGATE gamma_gamma_train(float8, float8, float8) IS 'gamma-gamma model of spend per purchase, from grouped customers';

--- gamma_gamma_expected_spend(model segment_model, frequency float8, monetary float8) -> float8
---                                                                      since 0.1.0
---
--- Expected spend of a customer's next purchase: between their own mean and that of
--- all customers, nearer to their own the more often they bought.
---
--- Input        as gamma_gamma_train; for a row that it would skip (frequency 0, or
---              nothing spent), the mean of all customers
--- Output       in the unit of monetary; NULL when that mean is infinite (q at most
---              1 and nothing is known about the customer) or an argument is NULL
--- Errors       22003  a number is NaN or infinite
---              22023  frequency is negative or not a whole number
---              42804  not a gamma-gamma model
CREATE FUNCTION gamma_gamma_expected_spend(model segment_model, frequency float8, monetary float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_expected_spend' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION gamma_gamma_expected_spend(segment_model, float8, float8) IS
	'expected spend of a purchase, by a gamma-gamma model';
