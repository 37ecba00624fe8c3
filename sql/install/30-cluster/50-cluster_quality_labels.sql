--- adjusted_rand(a, b) -> float8                                         since 0.1.0
---
--- How well two labelings of the same rows agree, corrected for chance: 1 when they
--- are the same partition, about 0 when they are unrelated, negative when they
--- agree less than by chance.  The names of the labels do not matter.
---
--- Input        a, b       labels: bigint (or a smaller integer), text or boolean,
---                         not necessarily of the same type; a label counts as its
---                         text, so 7 and '7' are the same; rows with a NULL are
---                         skipped
--- Output       -0.5 to 1; 1 when both put all rows into one group, or each row into
---              its own; NULL when no row was seen
--- Repeatable   any order and plan give the same bits
--- Cost         memory up to 400 bytes per pair of labels that occurs, and five
---              times the labels; parallel and distributed plans, windows
--- Errors       54000  more than 400 MB of different pairs
---              XX001  a state stored elsewhere is damaged
--- Source       Hubert & Arabie (1985); the definition of scikit-learn 1.2,
---              adjusted_rand_score
CREATE FUNCTION contingency_trans(bytea, bigint, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, text, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, boolean, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_boolean_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, bigint, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, text, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_text_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, bigint, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_bigint_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, boolean, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_boolean_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, text, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_text_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_trans(bytea, boolean, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_boolean_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION contingency_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_contingency_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION adjusted_rand_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_adjusted_rand_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION normalized_mutual_information_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_normalized_mutual_information_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE adjusted_rand(a bigint, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a text, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a boolean, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a bigint, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a text, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a bigint, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a boolean, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a text, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE adjusted_rand(a boolean, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = adjusted_rand_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE adjusted_rand(bigint, bigint) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(text, text) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(boolean, boolean) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(bigint, text) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(text, bigint) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(bigint, boolean) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(boolean, bigint) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(text, boolean) IS 'agreement of two labelings, corrected for chance';
COMMENT ON AGGREGATE adjusted_rand(boolean, text) IS 'agreement of two labelings, corrected for chance';

--- normalized_mutual_information(a, b) -> float8                         since 0.1.0
---
--- How much two labelings of the same rows tell about each other: their mutual
--- information over the mean of their entropies.  1 when they are the same
--- partition, 0 when they are independent.  Not corrected for chance: many small
--- groups raise it.
---
--- Input        as adjusted_rand
--- Output       0 to 1; 1 when both put all rows into one group, 0 when only one of
---              them does; NULL when no row was seen
--- Repeatable   any order and plan give the same bits, on one type of processor
--- Cost         as adjusted_rand
--- Errors       as adjusted_rand
--- Source       Vinh, Epps & Bailey (2010); the definition of scikit-learn 1.2,
---              normalized_mutual_info_score with its arithmetic mean
CREATE AGGREGATE normalized_mutual_information(a bigint, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a text, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a boolean, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a bigint, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a text, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a bigint, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a boolean, b bigint) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a text, b boolean) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE normalized_mutual_information(a boolean, b text) (
	SFUNC = contingency_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = contingency_combine,
	FINALFUNC = normalized_mutual_information_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE normalized_mutual_information(bigint, bigint) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(text, text) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(boolean, boolean) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(bigint, text) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(text, bigint) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(bigint, boolean) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(boolean, bigint) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(text, boolean) IS 'mutual information of two labelings over their mean entropy';
COMMENT ON AGGREGATE normalized_mutual_information(boolean, text) IS 'mutual information of two labelings over their mean entropy';
