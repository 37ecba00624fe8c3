--- sbg_options(when_too_few text) -> jsonb                               since 0.1.0
---
--- Builds the options of sbg_train by name.
---
---   option        default  range        meaning
---   when_too_few  error    error, null  as in kmeans_options; sbg_train returns NULL
---                                       for too few rows in any case
---
--- Output       jsonb, checked by sbg_train
CREATE FUNCTION sbg_options(when_too_few text DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object('when_too_few', when_too_few));
COMMENT ON FUNCTION sbg_options(text) IS 'options of sbg_train by name';

CREATE FUNCTION sbg_train_trans(internal, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sbg_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sbg_train_trans(internal, float8, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sbg_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sbg_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_sbg_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sbg_train_trans(internal, float8, float8) IS 'transition of sbg_train';
COMMENT ON FUNCTION sbg_train_trans(internal, float8, float8, jsonb) IS 'transition of sbg_train';
COMMENT ON FUNCTION sbg_train_final(internal) IS 'result of sbg_train';

--- sbg_train(period float8, alive_count float8 [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Fits the shifted-beta-geometric model of retention to a cohort, one row per
--- period, by maximum likelihood.
---
--- Input        period         0 for the start, then 1, 2, …: whole numbers in any
---                             order; periods between may be left out
---              alive_count    customers of the cohort who are still there
---              options        see sbg_options
---                             A row with a NULL is skipped
--- Output       a shifted-beta-geometric model: a, b, with standard errors,
---              last_period, weight (customers at the start), and the facts of the
---              fit that bgnbd_train lists; NULL when only period 0 was seen, or
---              nobody was there
--- Convergence  as bgnbd_train; one period, nobody lost or all lost at once do not
---              determine a and b
--- Repeatable   the same rows give the same bits in any order and plan
--- Cost         memory 16 bytes per row; at most 10000 periods
--- Errors       22003  a number is NaN or infinite
---              22023  period is negative or not a whole number, period 0 is
---                     missing, there are two rows for a period, the number of
---                     customers rises, or it is 0 or 1 in all rows, as a flag is
---              54000  more than 10000 periods
--- Warning      01000  the fit did not converge (given once per query)
--- Source       Fader & Hardie (2007)
CREATE AGGREGATE sbg_train(period float8, alive_count float8) (
	SFUNC = sbg_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sbg_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sbg_train(period float8, alive_count float8, options jsonb) (
	SFUNC = sbg_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sbg_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sbg_train(float8, float8) IS 'shifted-beta-geometric model of retention';
COMMENT ON AGGREGATE sbg_train(float8, float8, jsonb) IS 'shifted-beta-geometric model of retention';

CREATE FUNCTION sbg_train_trans(internal, float8, boolean) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sbg_train_contracts_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sbg_train_trans(internal, float8, boolean, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_sbg_train_contracts_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION sbg_train_contracts_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_sbg_train_contracts_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION sbg_train_trans(internal, float8, boolean) IS 'transition of sbg_train over contracts';
COMMENT ON FUNCTION sbg_train_trans(internal, float8, boolean, jsonb) IS 'transition of sbg_train over contracts';
COMMENT ON FUNCTION sbg_train_contracts_final(internal) IS 'result of sbg_train over contracts';

--- sbg_train(duration float8, lost boolean [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- The same from contracts, one row per customer.  They may have begun at different
--- times and been observed for different times; a customer still there counts for
--- as long as observed.
---
--- Input        duration       0 to 10000 periods, such as months, fractions
---                             allowed: from the start of the contract to its end,
---                             or until now
---              lost           true: it has ended; false: the customer is there
---              options        see sbg_options
---                             A row with a NULL is skipped, and counted as such
--- Periods      a customer is there in period 0 and in each period that began
---              before the contract ended, or before now: one lost after 2 or 1.5
---              months is there in 0 and 1 but not in 2; one still there after 1.5
---              months is there in 0 and 1.  A duration within 1.5e-8 of a whole
---              number is that number, as for timefix of kaplan_meier; without that,
---              pass ceil(duration) for those lost and floor(duration) for others
--- Output       as above; weight and rows_used count the customers; NULL when
---              nobody was seen beyond period 0
--- Convergence  as above
--- Repeatable   the same rows give the same bits in any order and plan
--- Cost         memory 16 bytes per row
--- Errors       22023  duration is not between 0 and 10000
--- Warning      01000  the fit did not converge (given once per query)
--- Source       Fader & Hardie (2007)
CREATE AGGREGATE sbg_train(duration float8, lost boolean) (
	SFUNC = sbg_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sbg_train_contracts_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE sbg_train(duration float8, lost boolean, options jsonb) (
	SFUNC = sbg_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = sbg_train_contracts_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE sbg_train(float8, boolean) IS 'shifted-beta-geometric model of retention, from contracts';
COMMENT ON AGGREGATE sbg_train(float8, boolean, jsonb) IS 'shifted-beta-geometric model of retention, from contracts';

--- sbg_retention(model segment_model, n float8) -> float8                since 0.1.0
---
--- Share of the customers of period n - 1 who are still there in period n:
--- (b + n - 1) / (a + b + n - 1).  It rises with n, even beyond the periods seen.
---
--- Input        n              a whole number, at least 1
--- Output       0 to 1
--- Errors       22023  n is below 1 or not a whole number
---              42804  not a shifted-beta-geometric model
CREATE FUNCTION sbg_retention(model segment_model, n float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_sbg_retention' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sbg_retention(segment_model, float8) IS 'share of customers kept in a period, by a shifted-beta-geometric model';

--- sbg_survival(model segment_model, n float8) -> float8                 since 0.1.0
---
--- Share of the initial customers who are still there in period n: the product of
--- the retentions 1 to n.
---
--- Input        n              a whole number, not negative
--- Output       0 to 1; 1 for period 0
--- Errors       22023  n is negative or not a whole number
---              42804  not a shifted-beta-geometric model
CREATE FUNCTION sbg_survival(model segment_model, n float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_sbg_survival' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sbg_survival(segment_model, float8) IS 'share of customers still there in a period, by a shifted-beta-geometric model';

--- sbg_ltv(model segment_model, arpu float8, margin float8, discount_rate float8,
---   horizon float8) -> float8                                           since 0.1.0
---
--- Lifetime value of a new customer under contract, for ever or for the first
--- periods: arpu * margin * sum over n = 0, 1, …, horizon - 1 of
--- sbg_survival(n) / (1 + discount_rate)^n.
---
--- Input        arpu           revenue per customer and period
---              margin         profit as a share of revenue, such as 0.4; 1 by default
---              discount_rate  interest per period, not negative: 0.01 is 1
---                             percent; 0 by default
---              horizon        number of periods, such as 12 months; infinity by
---                             default
--- Timing       a period is paid at its start, the first one at once and in full,
---              as in ltv(arpu, churn_rate, margin, discount_rate, horizon)
--- Output       in the unit of arpu; NULL when it is infinite (no horizon,
---              discount_rate 0 and a at most 1) or an argument is NULL
--- Errors       22003  an argument but horizon is NaN or infinite, or the value is
---                     beyond float8
---              22023  discount_rate is negative, or horizon is not a whole number
---                     of periods
---              42804  not a shifted-beta-geometric model
--- Source       Fader & Hardie (2010)
CREATE FUNCTION sbg_ltv(
	model segment_model, arpu float8, margin float8 DEFAULT 1, discount_rate float8 DEFAULT 0,
	horizon float8 DEFAULT 'infinity'
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_sbg_ltv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION sbg_ltv(segment_model, float8, float8, float8, float8) IS 'lifetime value under contract, by a shifted-beta-geometric model';
