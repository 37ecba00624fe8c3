--- ab_state(variant text | bigint | boolean, outcome float8 | boolean
---   [, covariate float8]) -> segment_summary                           since 0.1.0
---
--- What ab_test needs to know of the users of an experiment.  One row for each
--- user, or whatever the variants were allocated to.  States of days, countries or
--- parts add up with rollup, if each user is in one of them.
---
--- Input        variant    what the user was allocated to: text, an integer type or
---                         boolean; cast others to text.  It counts as its text,
---                         so 7 and '7' are the same
---              outcome    what the user did: boolean for a yes or no, or a number
---              covariate  a number that was known before the experiment, such as
---                         the same outcome in the weeks before: what it explains
---                         of the outcome is taken away by ab_test.  For users
---                         without a past give a number too, such as 0
---                         A row with a NULL is skipped
--- Output       a summary of variants; NULL when no row was used
--- Repeatable   any order, plan and division into parts give the same bits: sums
---              are exact
--- Cost         80 to 350 bytes for each variant; parallel and distributed plans,
---              windows
--- Errors       22003  an outcome or covariate is NaN or infinite
---              54000  more than 1000 variants
CREATE FUNCTION ab_state_trans(segment_summary, text, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, text, boolean) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_text_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, bigint, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, bigint, boolean) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_bigint_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, boolean, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, boolean, boolean) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_boolean_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, text, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, text, boolean, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_text_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, bigint, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, bigint, boolean, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_bigint_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, boolean, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_trans(segment_summary, boolean, boolean, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_boolean_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_state_final(segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_state_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE ab_state(variant text, outcome float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant text, outcome boolean) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant bigint, outcome float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant bigint, outcome boolean) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant boolean, outcome float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant boolean, outcome boolean) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant text, outcome float8, covariate float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant text, outcome boolean, covariate float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant bigint, outcome float8, covariate float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant bigint, outcome boolean, covariate float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant boolean, outcome float8, covariate float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_state(variant boolean, outcome boolean, covariate float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ab_state(text, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(text, boolean) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(bigint, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(bigint, boolean) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(boolean, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(boolean, boolean) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(text, float8, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(text, boolean, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(bigint, float8, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(bigint, boolean, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(boolean, float8, float8) IS 'users of an experiment in sums: for ab_test';
COMMENT ON AGGREGATE ab_state(boolean, boolean, float8) IS 'users of an experiment in sums: for ab_test';

--- ab_winsorized_state(variant text | bigint | boolean, outcome float8, cap float8
---   [, covariate float8]) -> segment_summary                           since 0.1.0
---
--- The same, with outcomes above a cap counted as the cap (winsorized), so that a
--- few huge ones do not decide.  All variants have the same cap; ab_test says how
--- many outcomes were above it.
---
--- Input        variant    as for ab_state
---              outcome    a number
---              cap        the largest number that counts as it is; the same for all
---                         rows.  Choose it without regard to the variant: from
---                         the time before, or as a quantile of all users
---              covariate  as for ab_state; above the cap it counts as the cap, too
---                         A row whose variant, outcome or covariate is NULL is
---                         skipped
--- Output       a summary of variants; NULL when no row was used.  rollup adds up
---              states with the same cap
--- Repeatable   any order, plan and division into parts give the same bits
--- Cost         as of ab_state
--- Errors       22003  an outcome, covariate or cap is NaN or infinite
---              22004  the cap is NULL
---              22023  the cap is not the same for all rows, or for all states that
---                     are added up
---              54000  more than 1000 variants
CREATE FUNCTION ab_winsorized_state_trans(segment_summary, text, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_winsorized_state_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_winsorized_state_trans(segment_summary, text, float8, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_winsorized_state_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_winsorized_state_trans(segment_summary, bigint, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_winsorized_state_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_winsorized_state_trans(segment_summary, bigint, float8, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_winsorized_state_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_winsorized_state_trans(segment_summary, boolean, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_winsorized_state_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_winsorized_state_trans(segment_summary, boolean, float8, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_winsorized_state_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE ab_winsorized_state(variant text, outcome float8, cap float8) (
	SFUNC = ab_winsorized_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_winsorized_state(variant text, outcome float8, cap float8, covariate float8) (
	SFUNC = ab_winsorized_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_winsorized_state(variant bigint, outcome float8, cap float8) (
	SFUNC = ab_winsorized_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_winsorized_state(variant bigint, outcome float8, cap float8, covariate float8) (
	SFUNC = ab_winsorized_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_winsorized_state(variant boolean, outcome float8, cap float8) (
	SFUNC = ab_winsorized_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_winsorized_state(variant boolean, outcome float8, cap float8, covariate float8) (
	SFUNC = ab_winsorized_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ab_winsorized_state(text, float8, float8) IS 'users of an experiment in sums of capped numbers: for ab_test';
COMMENT ON AGGREGATE ab_winsorized_state(text, float8, float8, float8) IS 'users of an experiment in sums of capped numbers: for ab_test';
COMMENT ON AGGREGATE ab_winsorized_state(bigint, float8, float8) IS 'users of an experiment in sums of capped numbers: for ab_test';
COMMENT ON AGGREGATE ab_winsorized_state(bigint, float8, float8, float8) IS 'users of an experiment in sums of capped numbers: for ab_test';
COMMENT ON AGGREGATE ab_winsorized_state(boolean, float8, float8) IS 'users of an experiment in sums of capped numbers: for ab_test';
COMMENT ON AGGREGATE ab_winsorized_state(boolean, float8, float8, float8) IS 'users of an experiment in sums of capped numbers: for ab_test';

--- ab_ratio_state(variant text | bigint | boolean, numerator float8,
---   denominator float8) -> segment_summary                             since 0.1.0
---
--- The same for a metric that is a ratio of two sums over all users of a variant:
--- clicks by page views, revenue by orders.  One row for each user with both sums
--- of that user, because users are what was allocated, not their page views.
---
--- Input        variant      as for ab_state
---              numerator    sum over what a user did, such as clicks
---              denominator  another one, such as page views
---                           A row with a NULL is skipped
--- Output       a summary of variants; NULL when no row was used
--- Repeatable   any order, plan and division into parts give the same bits
--- Cost         200 to 350 bytes for each variant; parallel and distributed plans,
---              windows
--- Errors       22003  a number is NaN or infinite
---              54000  more than 1000 variants
CREATE FUNCTION ab_ratio_state_trans(segment_summary, text, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_ratio_state_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_ratio_state_trans(segment_summary, bigint, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_ratio_state_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ab_ratio_state_trans(segment_summary, boolean, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_ab_ratio_state_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE ab_ratio_state(variant text, numerator float8, denominator float8) (
	SFUNC = ab_ratio_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_ratio_state(variant bigint, numerator float8, denominator float8) (
	SFUNC = ab_ratio_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE ab_ratio_state(variant boolean, numerator float8, denominator float8) (
	SFUNC = ab_ratio_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = ab_state_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ab_ratio_state(text, float8, float8) IS 'users of an experiment and a ratio of two sums: for ab_test';
COMMENT ON AGGREGATE ab_ratio_state(bigint, float8, float8) IS 'users of an experiment and a ratio of two sums: for ab_test';
COMMENT ON AGGREGATE ab_ratio_state(boolean, float8, float8) IS 'users of an experiment and a ratio of two sums: for ab_test';
