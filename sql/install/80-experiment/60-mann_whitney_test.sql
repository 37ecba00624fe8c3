--- type mann_whitney_test_result                                         since 0.1.0
---
--- Result of a Mann-Whitney test: u, share_larger, z, p_value, and each group's name
--- and users.
CREATE TYPE mann_whitney_test_result AS (
	u float8,
	share_larger float8,
	z float8,
	p_value float8,
	groups text[],
	users bigint[]
);
COMMENT ON TYPE mann_whitney_test_result IS 'result of a Mann-Whitney test';

CREATE FUNCTION mann_whitney_test_final(bytea) RETURNS mann_whitney_test_result
	AS 'MODULE_PATHNAME', 'segment_mann_whitney_test_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- mann_whitney_test(variant text | bigint | boolean, outcome float8)
---   -> mann_whitney_test_result                                        since 0.1.0
---
--- Are the values of one group larger than those of another?  Compares ranks, so
--- that a few huge values do not decide.
---
--- Input        variant  the group: text, an integer type or boolean
---              outcome  a number
---                       A row with a NULL is skipped
--- Output       u, the number of pairs of a user of each group in which the second
---              group has the larger value, ties counted half; share_larger, their
---              share of all pairs: 0.5 if the groups are alike; z and p_value;
---              groups and users.  NULL when no row was used; u and share_larger
---              are NULL when there is one group, z and p_value also when all
---              values are equal
--- p_value      from the normal distribution, with corrections for ties and
---              continuity: a rough guide where a group has fewer than 10 users
--- Order        of groups: numbers by value, then other names in byte order
--- Repeatable   any order and plan give the same bits
--- Cost         memory up to 310 bytes per pair of group and distinct value while it
---              grows; parallel and distributed plans, windows
--- Errors       22003  an outcome is NaN or infinite
---              54000  more than 2 groups, or 400 MB of values
---              XX001  a state stored elsewhere is damaged
--- Source       Wilcoxon (1945), Mann & Whitney (1947); as R's wilcox.test with
---              exact = FALSE
CREATE AGGREGATE mann_whitney_test(variant text, outcome float8) (
	SFUNC = group_values_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = mann_whitney_test_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = group_values_combine, PARALLEL = SAFE
);
CREATE AGGREGATE mann_whitney_test(variant bigint, outcome float8) (
	SFUNC = group_values_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = mann_whitney_test_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = group_values_combine, PARALLEL = SAFE
);
CREATE AGGREGATE mann_whitney_test(variant boolean, outcome float8) (
	SFUNC = group_values_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = mann_whitney_test_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = group_values_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE mann_whitney_test(text, float8) IS 'test of whether values of one group are larger than those of another';
COMMENT ON AGGREGATE mann_whitney_test(bigint, float8) IS 'test of whether values of one group are larger than those of another';
COMMENT ON AGGREGATE mann_whitney_test(boolean, float8) IS 'test of whether values of one group are larger than those of another';
