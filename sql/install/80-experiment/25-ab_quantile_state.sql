-- The state of mann_whitney_test and ab_quantile_state: how often each group has each value
CREATE FUNCTION group_values_trans(bytea, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_group_values_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION group_values_trans(bytea, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_group_values_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION group_values_trans(bytea, boolean, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_group_values_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION group_values_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_group_values_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- ab_quantile_state(variant text | bigint | boolean, outcome float8)
---   -> segment_summary                                                 since 0.1.0
---
--- What ab_quantile_test needs to know of the users of an experiment: each distinct
--- outcome with its number of users.  One row for each user.  States of days,
--- countries or parts add up with rollup, if each user is in one of them.
---
--- Input        variant  what the user was allocated to: text, an integer type or
---                       boolean
---              outcome  a number
---                       A row with a NULL is skipped
--- Output       a summary of variants; NULL when no row was used
--- Repeatable   any order, plan and division into parts give the same bits
--- Cost         the summary has 16 bytes for each distinct outcome of a variant: round
---              outcomes that are finer than you need.  While it grows up to 310
---              bytes for each; parallel and distributed plans, windows
--- Errors       22003  an outcome is NaN or infinite
---              54000  more than 1000 variants, or 400 MB of outcomes
---              XX001  a state stored elsewhere is damaged
CREATE FUNCTION ab_quantile_state_final(bytea) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_quantile_state_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE ab_quantile_state(variant text, outcome float8) (
	SFUNC = group_values_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = ab_quantile_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = group_values_combine, PARALLEL = SAFE
);
CREATE AGGREGATE ab_quantile_state(variant bigint, outcome float8) (
	SFUNC = group_values_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = ab_quantile_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = group_values_combine, PARALLEL = SAFE
);
CREATE AGGREGATE ab_quantile_state(variant boolean, outcome float8) (
	SFUNC = group_values_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = ab_quantile_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = group_values_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ab_quantile_state(text, float8) IS 'outcomes of the users of an experiment: for ab_quantile_test';
COMMENT ON AGGREGATE ab_quantile_state(bigint, float8) IS 'outcomes of the users of an experiment: for ab_quantile_test';
COMMENT ON AGGREGATE ab_quantile_state(boolean, float8) IS 'outcomes of the users of an experiment: for ab_quantile_test';

--- ab_winsorize(state segment_summary, quantile float8) -> segment_summary
---                                                                      since 0.1.0
---
--- The summary that ab_winsorized_state makes of the same users with the quantile of
--- all of them, whatever their variant, as the cap: 0.99 caps the highest outcomes
--- of one user in a hundred.
---
--- Input        state     from ab_quantile_state or its rollup
---              quantile  between 0 and 1
--- Output       a summary of variants for ab_test, ab_bayes and campaign_roi; NULL when
---              an argument is NULL
--- Errors       22023  quantile is not between 0 and 1
---              42804  not a state of ab_quantile_state
CREATE FUNCTION ab_winsorize(state segment_summary, quantile float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_winsorize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION ab_winsorize(segment_summary, float8) IS
	'users of an experiment in sums, with outcomes capped at a quantile of all users';
