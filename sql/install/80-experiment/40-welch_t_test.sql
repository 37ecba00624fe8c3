--- type welch_t_test_result                                              since 0.1.0
---
--- Result of Welch's t test: statistic, degrees_of_freedom, p_value, difference with
--- ci_low and ci_high, and each group's name, users and mean.
CREATE TYPE welch_t_test_result AS (
	statistic float8,
	degrees_of_freedom float8,
	p_value float8,
	difference float8,
	ci_low float8,
	ci_high float8,
	groups text[],
	users bigint[],
	means float8[]
);
COMMENT ON TYPE welch_t_test_result IS 'result of Welch''s t test';

CREATE FUNCTION welch_t_test_final(segment_summary) RETURNS welch_t_test_result
	AS 'MODULE_PATHNAME', 'segment_welch_t_test_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- welch_t_test(variant text | bigint | boolean, outcome float8)
---   -> welch_t_test_result                                             since 0.1.0
---
--- Do the means of two groups differ?  Welch's t test, which does not assume equal
--- variances.  For experiments, ab_test does more.
---
--- Input        variant  the group: text, an integer type or boolean
---              outcome  a number
---                       A row with a NULL is skipped
--- Output       statistic, degrees_of_freedom and p_value of the test; difference, the
---              mean of the second group less that of the first, with its interval
---              of 95 %; groups, users and means.  NULL when no row was used; the
---              numbers of the test are NULL when there is one group, a group has
---              one user, or neither group has any variance
--- Order        of groups: numbers by value, then other names in byte order
--- Repeatable   any order and plan give the same bits: sums are exact
--- Cost         under 1 kB; parallel and distributed plans, windows
--- Errors       22003  an outcome is NaN or infinite
---              54000  more than 2 groups
--- Source       Welch (1947); as R's t.test
CREATE AGGREGATE welch_t_test(variant text, outcome float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = welch_t_test_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE welch_t_test(variant bigint, outcome float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = welch_t_test_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE welch_t_test(variant boolean, outcome float8) (
	SFUNC = ab_state_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = welch_t_test_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE welch_t_test(text, float8) IS 'test of whether the means of two groups differ';
COMMENT ON AGGREGATE welch_t_test(bigint, float8) IS 'test of whether the means of two groups differ';
COMMENT ON AGGREGATE welch_t_test(boolean, float8) IS 'test of whether the means of two groups differ';
