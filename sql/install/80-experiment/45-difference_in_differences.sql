--- type difference_in_differences_result                                 since 0.1.0
---
--- Result of difference_in_differences.
CREATE TYPE difference_in_differences_result AS (
	effect float8,
	standard_error float8,
	statistic float8,
	degrees_of_freedom float8,
	p_value float8,
	ci_low float8,
	ci_high float8,
	treated_before float8,
	treated_after float8,
	control_before float8,
	control_after float8,
	rows bigint,
	treated_units bigint,
	control_units bigint
);
COMMENT ON TYPE difference_in_differences_result IS 'what a treatment changed, compared with a control';

--- type event_study_period                                               since 0.1.0
---
--- A period of event_study.
CREATE TYPE event_study_period AS (
	period bigint, effect float8, standard_error float8, statistic float8, p_value float8,
	ci_low float8, ci_high float8, treated_mean float8, control_mean float8, rows bigint
);
COMMENT ON TYPE event_study_period IS 'what a treatment changed in a period, compared with a control';

--- type pretrend_test_result                                             since 0.1.0
---
--- Result of pretrend_test.
CREATE TYPE pretrend_test_result AS (
	statistic float8, periods bigint, degrees_of_freedom float8, p_value float8
);
COMMENT ON TYPE pretrend_test_result IS 'test of whether treated and control went apart before the treatment';

CREATE FUNCTION difference_in_differences_trans(bytea, float8, boolean, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_difference_in_differences_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION difference_in_differences_trans(bytea, float8, boolean, boolean, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_difference_in_differences_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION difference_in_differences_trans(bytea, float8, boolean, boolean, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_difference_in_differences_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION difference_in_differences_trans(bytea, float8, boolean, boolean, uuid) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_difference_in_differences_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION event_study_trans(bytea, float8, boolean, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_event_study_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION event_study_trans(bytea, float8, boolean, bigint, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_event_study_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION event_study_trans(bytea, float8, boolean, bigint, bigint, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_event_study_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION event_study_trans(bytea, float8, boolean, bigint, bigint, uuid) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_event_study_uuid_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION difference_in_differences_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_difference_in_differences_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION difference_in_differences_final(bytea) RETURNS difference_in_differences_result
	AS 'MODULE_PATHNAME', 'segment_difference_in_differences_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION event_study_final(bytea) RETURNS event_study_period[]
	AS 'MODULE_PATHNAME', 'segment_event_study_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION pretrend_test_final(bytea) RETURNS pretrend_test_result
	AS 'MODULE_PATHNAME', 'segment_pretrend_test_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- difference_in_differences(outcome float8, treated boolean, after boolean
---     [, unit bigint | text | uuid]) -> difference_in_differences_result
---                                                                      since 0.1.0
---
--- What did a treatment change, where not everybody was treated?  How much more the
--- mean of the treated went up than that of the control: the coefficient of treated
--- and after in a linear regression on treated, after and both.
---
--- Input        outcome  a number, up to 1e100, or 1 and 0 for yes and no; closer to
---                       0 than 1e-100 it counts as 0
---              treated  is the row of one of those that are treated at some time?
---                       Also before the treatment: not "is treated now"
---              after    is the row of a time since the treatment began?
---              unit     whose row it is, such as a user or a shop, so that rows of
---                       one unit may be alike: an integer type, text or uuid; cast
---                       others to text
---                       A row with a NULL is skipped
--- Output       effect, the difference of differences of means; standard_error,
---              statistic (effect / standard_error), degrees_of_freedom, p_value
---              and ci_low to ci_high, an interval of 95 %; the means of the four
---              cells; rows; treated_units and control_units, NULL without
---              unit.  NULL when no row was used
--- Error        with unit, clustered by it and corrected by G / (G - 1) * (N - 1) /
---              (N - 4), of G units and N rows; t with G - 1 degrees of freedom.
---              Without unit HC1, as if rows were independent; N - 4 degrees
--- NULL         effect, when a cell has no row; standard_error, when one has fewer
---              than two units, or rows if there is no unit: what cannot be
---              compared has no error; statistic, when there is no variance
--- Repeatable   any order and plan give the same result
--- Cost         with unit, some 50 bytes and twice the id for each unit and cell,
---              more while it grows; without, under 1 kB; parallel and distributed
---              plans, windows
--- Errors       22003  an outcome is NaN or infinite
---              22023  an outcome is out of range
---              54000  more than 400 MB: about 4 million units, each before or after
--- Source       Bertrand, Duflo & Mullainathan (2004); Cameron & Miller (2015); as
---              statsmodels' OLS with cov_type='cluster' or 'HC1', and use_t
CREATE AGGREGATE difference_in_differences(outcome float8, treated boolean, after boolean) (
	SFUNC = difference_in_differences_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = difference_in_differences_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE difference_in_differences(outcome float8, treated boolean, after boolean, unit bigint) (
	SFUNC = difference_in_differences_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = difference_in_differences_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE difference_in_differences(outcome float8, treated boolean, after boolean, unit text) (
	SFUNC = difference_in_differences_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = difference_in_differences_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE difference_in_differences(outcome float8, treated boolean, after boolean, unit uuid) (
	SFUNC = difference_in_differences_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = difference_in_differences_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean) IS 'what a treatment changed, compared with a control';
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean, bigint) IS 'what a treatment changed, compared with a control';
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean, text) IS 'what a treatment changed, compared with a control';
COMMENT ON AGGREGATE difference_in_differences(float8, boolean, boolean, uuid) IS 'what a treatment changed, compared with a control';

--- event_study(outcome float8, treated boolean, period bigint, start bigint
---     [, unit bigint | text | uuid]) -> event_study_period[]            since 0.1.0
---
--- difference_in_differences period by period, all compared with the last period
--- before the treatment.  Effects before it should be near 0: if not, treated and
--- control went apart anyway.  unnest gives the periods as rows.
---
--- Input        outcome, treated, unit   as for difference_in_differences
---              period   number of the row's day, week or month: from -2147483648 to
---                       2147483647
---              start    first period of the treatment, the same for all rows
---                       A row with a NULL is skipped; start must not be NULL
--- Output       a row per period in which there are rows, ascending: period; effect,
---              and its standard_error, statistic, p_value, ci_low and ci_high, of
---              this period alone; treated_mean, control_mean and rows.  The
---              reference is the last period before start: effect 0, the rest NULL.
---              NULL when no row was used
--- Error        as for difference_in_differences, with all cells, a period of treated
---              or control, that have rows in place of 4
--- NULL         effect, when a cell it needs has no row or there is no period before
---              start; the rest as for difference_in_differences
--- Repeatable   any order and plan give the same result
--- Cost         with unit, some 50 bytes and twice the id for each unit and period,
---              more while it grows; without, per period; parallel and distributed
---              plans, windows
--- Errors       22003  an outcome is NaN or infinite; period or start is out of range
---              22004  start is NULL
---              22023  an outcome is out of range; start is not the same for all rows
---              54000  more than 1000 periods, or more than 400 MB: about 4 million
---                     units, each in a period
--- Source       as for difference_in_differences
CREATE AGGREGATE event_study(outcome float8, treated boolean, period bigint, start bigint) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = event_study_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE event_study(outcome float8, treated boolean, period bigint, start bigint, unit bigint) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = event_study_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE event_study(outcome float8, treated boolean, period bigint, start bigint, unit text) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = event_study_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE event_study(outcome float8, treated boolean, period bigint, start bigint, unit uuid) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = event_study_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE event_study(float8, boolean, bigint, bigint) IS 'what a treatment changed, period by period, compared with a control';
COMMENT ON AGGREGATE event_study(float8, boolean, bigint, bigint, bigint) IS 'what a treatment changed, period by period, compared with a control';
COMMENT ON AGGREGATE event_study(float8, boolean, bigint, bigint, text) IS 'what a treatment changed, period by period, compared with a control';
COMMENT ON AGGREGATE event_study(float8, boolean, bigint, bigint, uuid) IS 'what a treatment changed, period by period, compared with a control';

--- pretrend_test(outcome float8, treated boolean, period bigint, start bigint
---     [, unit bigint | text | uuid]) -> pretrend_test_result            since 0.1.0
---
--- Did treated and control go apart before the treatment?  Wald's test that all
--- effects of event_study before start are zero.
---
--- Input        as for event_study
--- Output       statistic, F; periods, the number of effects tested, which is its
---              first degree of freedom; degrees_of_freedom, the second; p_value.
---              NULL when no row was used; all but periods are NULL when none can be
---              tested, or there are too few units for so many
--- Error        as for event_study
--- Repeatable   any order and plan give the same result
--- Caution      a large p_value is no proof: it may be that there are few rows
--- Cost         as for event_study; time grows with units and the square of periods
---              before start
--- Errors       as for event_study
--- Source       as statsmodels' wald_test with use_f
CREATE AGGREGATE pretrend_test(outcome float8, treated boolean, period bigint, start bigint) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = pretrend_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pretrend_test(outcome float8, treated boolean, period bigint, start bigint, unit bigint) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = pretrend_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pretrend_test(outcome float8, treated boolean, period bigint, start bigint, unit text) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = pretrend_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pretrend_test(outcome float8, treated boolean, period bigint, start bigint, unit uuid) (
	SFUNC = event_study_trans, STYPE = bytea, SSPACE = 1024,
	COMBINEFUNC = difference_in_differences_combine,
	FINALFUNC = pretrend_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE pretrend_test(float8, boolean, bigint, bigint) IS 'test of whether treated and control went apart before the treatment';
COMMENT ON AGGREGATE pretrend_test(float8, boolean, bigint, bigint, bigint) IS 'test of whether treated and control went apart before the treatment';
COMMENT ON AGGREGATE pretrend_test(float8, boolean, bigint, bigint, text) IS 'test of whether treated and control went apart before the treatment';
COMMENT ON AGGREGATE pretrend_test(float8, boolean, bigint, bigint, uuid) IS 'test of whether treated and control went apart before the treatment';
