--- type chi_square_test_result                                           since 0.1.0
---
--- Result of a chi-square test: chi_square, degrees_of_freedom, p_value, cramers_v,
--- n and smallest_expected.
CREATE TYPE chi_square_test_result AS (
	chi_square float8,
	degrees_of_freedom bigint,
	p_value float8,
	cramers_v float8,
	n bigint,
	smallest_expected float8
);
COMMENT ON TYPE chi_square_test_result IS 'result of a chi-square test';

CREATE FUNCTION chi_square_test_final(bytea) RETURNS chi_square_test_result
	AS 'MODULE_PATHNAME', 'segment_chi_square_test_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- chi_square_test(a, b) -> chi_square_test_result                        since 0.1.0
---
--- Do two labels depend on each other?  Pearson's test of independence, without a
--- continuity correction.
---
--- Input        a, b  labels of the same row: text, an integer type or boolean, each
---                    of its own type.  A row with a NULL is skipped
--- Output       chi_square, degrees_of_freedom and p_value; cramers_v, from 0,
---              independent, to 1, one follows from the other; n, the rows;
---              smallest_expected, the smallest count that a cell would have if
---              the labels were independent: below 5, p_value is a rough guide.
---              NULL when no row was used; chi_square, p_value and cramers_v are
---              NULL, with 0 degrees of freedom, when a label is the same in all
---              rows
--- Repeatable   any order and plan give the same bits
--- Cost         memory about 100 bytes for each pair of labels that occurs; parallel
---              and distributed plans, windows
--- Errors       54000  more than 1000 different labels, or 400 MB of pairs
---              XX001  a state stored elsewhere is damaged
--- Source       Pearson (1900); as R's chisq.test with correct = FALSE
CREATE AGGREGATE chi_square_test(a text, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a text, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a text, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a bigint, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a bigint, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a bigint, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a boolean, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a boolean, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE chi_square_test(a boolean, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = chi_square_test_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE chi_square_test(text, text) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(text, bigint) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(text, boolean) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(bigint, text) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(bigint, bigint) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(bigint, boolean) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(boolean, text) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(boolean, bigint) IS 'test of whether two labels depend on each other';
COMMENT ON AGGREGATE chi_square_test(boolean, boolean) IS 'test of whether two labels depend on each other';
