--- type logrank_result                                                   since 0.1.0
---
--- Result of a log-rank test: chi_square, degrees_of_freedom, p_value, and each
--- group's name, users, observed and expected events, as arrays of the same length.
CREATE TYPE logrank_result AS (
	chi_square float8,
	degrees_of_freedom int,
	p_value float8,
	groups text[],
	users bigint[],
	observed bigint[],
	expected float8[]
);
COMMENT ON TYPE logrank_result IS 'result of a log-rank test';

CREATE FUNCTION logrank_trans(bytea, text, float8, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_logrank_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logrank_trans(bytea, bigint, float8, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_logrank_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logrank_trans(bytea, boolean, float8, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_logrank_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logrank_trans(bytea, text, float8, boolean, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_logrank_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logrank_trans(bytea, bigint, float8, boolean, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_logrank_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logrank_trans(bytea, boolean, float8, boolean, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_logrank_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logrank_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_logrank_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION logrank_final(bytea) RETURNS logrank_result
	AS 'MODULE_PATHNAME', 'segment_logrank_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- logrank_test(group_name text, duration float8, event boolean [, timefix boolean])
---   -> logrank_result
---                                                                      since 0.1.0
---
--- Do the users of several groups stay equally long?  Compares the events of each
--- group with those expected if all groups had the same survival curve.
---
--- Input        group_name  text, an integer or boolean
---              duration    how long the user was observed, a number in any unit;
---                          finite, not negative
---              event       true: it ended with the event; false: censored
---              timefix     times that are equal but for rounding count as one;
---                          true by default
---                          A row without one of the others is skipped
--- Output       a logrank_result: chi_square, the statistic; degrees_of_freedom,
---              comparable groups less one; p_value, the chance of a statistic this
---              large if the groups do not differ; groups, users, observed and
---              expected events; NULL when no row was used.  chi_square and p_value
---              are NULL, with 0 degrees of freedom, when there is nothing to
---              compare: one group, no events, or all had the event at the same
---              time
--- Order        of groups: numbers by value, then other names in byte order
--- Left out     a group with nobody at risk at any time with events is in the
---              arrays but not in the test
--- Rounding     neighbouring times of all groups that are within 1.5e-8 (the square
---              root of the machine epsilon), or within that share of the mean of
---              all distinct times, count as one
--- Repeatable   any order and plan give the same bits
--- Cost         memory up to 310 bytes per pair of group and distinct time, and
---              five times the name, while it grows; k^2 steps per time for k groups; parallel and distributed
---              plans, windows
--- Errors       22004  timefix is NULL
---              22023  a duration is negative, infinite or NaN; timefix is not the
---                     same for all rows
---              54000  more than 1000 groups, or 400 MB of pairs
---              XX001  a state stored elsewhere is damaged
--- Source       Mantel (1966), Peto & Peto (1972); as R's survdiff
---              with its timefix
CREATE AGGREGATE logrank_test(group_name text, duration float8, event boolean) (
	SFUNC = logrank_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = logrank_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = logrank_combine, PARALLEL = SAFE
);
CREATE AGGREGATE logrank_test(group_name bigint, duration float8, event boolean) (
	SFUNC = logrank_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = logrank_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = logrank_combine, PARALLEL = SAFE
);
CREATE AGGREGATE logrank_test(group_name boolean, duration float8, event boolean) (
	SFUNC = logrank_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = logrank_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = logrank_combine, PARALLEL = SAFE
);
CREATE AGGREGATE logrank_test(group_name text, duration float8, event boolean, timefix boolean) (
	SFUNC = logrank_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = logrank_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = logrank_combine, PARALLEL = SAFE
);
CREATE AGGREGATE logrank_test(group_name bigint, duration float8, event boolean, timefix boolean) (
	SFUNC = logrank_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = logrank_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = logrank_combine, PARALLEL = SAFE
);
CREATE AGGREGATE logrank_test(group_name boolean, duration float8, event boolean, timefix boolean) (
	SFUNC = logrank_trans, STYPE = bytea, SSPACE = 1024,
	FINALFUNC = logrank_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = logrank_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE logrank_test(text, float8, boolean) IS 'log-rank test of whether groups of users stay equally long';
COMMENT ON AGGREGATE logrank_test(bigint, float8, boolean) IS 'log-rank test of whether groups of users stay equally long';
COMMENT ON AGGREGATE logrank_test(boolean, float8, boolean) IS 'log-rank test of whether groups of users stay equally long';
COMMENT ON AGGREGATE logrank_test(text, float8, boolean, boolean) IS 'log-rank test of whether groups of users stay equally long';
COMMENT ON AGGREGATE logrank_test(bigint, float8, boolean, boolean) IS 'log-rank test of whether groups of users stay equally long';
COMMENT ON AGGREGATE logrank_test(boolean, float8, boolean, boolean) IS 'log-rank test of whether groups of users stay equally long';
