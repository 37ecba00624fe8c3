--- gamma_gamma_options(when_too_few text) -> jsonb                       since 0.1.0
---
--- Builds the options of gamma_gamma_train by name.
---
---   option        default  range        meaning
---   when_too_few  error    error, null  as in kmeans_options; this method never has
---                                       too few rows
---
--- Output       jsonb, checked by gamma_gamma_train
CREATE FUNCTION gamma_gamma_options(when_too_few text DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object('when_too_few', when_too_few));
COMMENT ON FUNCTION gamma_gamma_options(text) IS 'options of gamma_gamma_train by name';

CREATE FUNCTION gamma_gamma_train_trans(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_gamma_train_trans(internal, float8, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_gamma_train_trans(internal, float8, float8, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION gamma_gamma_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION gamma_gamma_train_trans(internal, float8, float8) IS 'transition of gamma_gamma_train';
COMMENT ON FUNCTION gamma_gamma_train_trans(internal, float8, float8, jsonb) IS 'transition of gamma_gamma_train';
COMMENT ON FUNCTION gamma_gamma_train_trans(internal, float8, float8, jsonb, float8) IS 'transition of gamma_gamma_train';
COMMENT ON FUNCTION gamma_gamma_train_final(internal) IS 'result of gamma_gamma_train';

--- gamma_gamma_train(frequency float8, monetary float8 [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Fits the gamma-gamma model of spend per purchase to customers, one row each, by
--- maximum likelihood.
---
--- Input        frequency  number of purchases in the mean: a whole number
---              monetary   mean spend of these purchases, up to 1e100
---              options    see gamma_gamma_options
---              weight     how many customers the row stands for; finite, not
---                         negative
---                         A row with a NULL, of frequency 0, of a monetary value
---                         that is not above 0 or of weight zero is skipped
--- Output       a gamma-gamma model: p, q, v, with standard errors, the correlation
---              of frequency and monetary value, and the facts of the fit that
---              bgnbd_train lists; rows_without_spend, how many of the skipped rows
---              had purchases but a monetary value of 0 or less; NULL when no row was
---              used
--- Convergence  as bgnbd_train; if everybody spends the same, nothing is determined
--- Repeatable   as bgnbd_train
--- Cost         memory 16 bytes per row (24 with weights) up to
---              segment.training_memory, then on disk, plus 64 per distinct row, up
---              to 75 MB in all; time a few passes over the distinct rows
--- Errors       22003  a number is NaN or infinite, or weights add up to more than
---                     1e100
---              22023  frequency is negative or not a whole number, or an amount or
---                     a weight is out of range, or options are not the same for
---                     all rows
--- Warning      01000  the fit did not converge; frequency and monetary value are
---                     correlated by more than 0.3, which the model rules out; or
---                     there are rows without spend, as above (each given once per
---                     query)
--- Source       Fader & Hardie (2013)
CREATE AGGREGATE gamma_gamma_train(frequency float8, monetary float8) (
	SFUNC = gamma_gamma_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = gamma_gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_gamma_train(frequency float8, monetary float8, options jsonb) (
	SFUNC = gamma_gamma_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = gamma_gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE gamma_gamma_train(frequency float8, monetary float8, options jsonb, weight float8) (
	SFUNC = gamma_gamma_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = gamma_gamma_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE gamma_gamma_train(float8, float8) IS 'gamma-gamma model of spend per purchase';
COMMENT ON AGGREGATE gamma_gamma_train(float8, float8, jsonb) IS 'gamma-gamma model of spend per purchase';
COMMENT ON AGGREGATE gamma_gamma_train(float8, float8, jsonb, float8) IS 'gamma-gamma model of spend per purchase, from grouped customers';

--- gamma_gamma_expected_spend(model segment_model, frequency float8, monetary float8) -> float8
---                                                                      since 0.1.0
---
--- Expected spend of a customer's next purchase: between their own mean and that of
--- all customers, nearer to their own the more often they bought.
---
--- Input        as gamma_gamma_train; a monetary value below 0 (refunds) counts as 0,
---              and frequency 0 gives the mean of all customers
--- Output       p (v + x m) / (p x + q - 1) for x purchases of mean m, in the unit of
---              monetary; NULL when that is infinite (q at most 1 and nothing is
---              known about the customer) or an argument is NULL
--- Errors       22003  a number is NaN or infinite
---              22023  frequency is negative or not a whole number
---              42804  not a gamma-gamma model
CREATE FUNCTION gamma_gamma_expected_spend(model segment_model, frequency float8, monetary float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_gamma_gamma_expected_spend' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION gamma_gamma_expected_spend(segment_model, float8, float8) IS
	'expected spend of a purchase, by a gamma-gamma model';
