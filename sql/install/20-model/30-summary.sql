CREATE FUNCTION segment_summary_merge_trans(segment_summary, segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_summary_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION segment_summary_final(segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_summary_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION rollup_trans(bytea, segment_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_rollup_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION rollup_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_rollup_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION rollup_final(bytea) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_rollup_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- rollup(summary segment_summary) -> segment_summary                   since 0.1.0
---
--- Adds up summaries: the result is what a single summary of all their rows would
--- have been.
---
--- Input        summary    summaries of one kind; NULL is skipped
--- Output       a summary of the same kind; NULL when there were none
--- Repeatable   counts add up exactly, in any order and plan
--- Errors       42804  summaries of different kinds
---              54000  the sum would break a limit of its kind
CREATE AGGREGATE rollup(summary segment_summary) (
	SFUNC = rollup_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = rollup_combine,
	FINALFUNC = rollup_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(segment_summary) IS 'sum of summaries of one kind';

--- rollup_subtract(whole segment_summary, part segment_summary)
---     -> segment_summary                                               since 0.1.0
---
--- Takes the rows of one summary out of another, to forget a user: the result is
--- what a summary of the rows that are left would have been, bit for bit.
---
--- Input        whole      a tier_transition, confusion_matrix, kaplan_meier,
---                         ab_quantile_state or linucb_state summary
---              part       a summary of the same kind of some of its rows; NULL: of
---                         none
--- Output       a summary of the same kind; NULL when no rows are left, or whole is
---              NULL
--- Errors       0A000  a kind that cannot be subtracted: feature_summary and
---                     segment_profile keep smallest and largest values, ab_state
---                     and ab_ratio_state the digits that any row needs, which do
---                     not tell what is left
---              22023  part has rows that whole has not, or another setting
---              42804  summaries of different kinds
CREATE FUNCTION rollup_subtract(whole segment_summary, part segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_rollup_subtract' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rollup_subtract(segment_summary, segment_summary) IS 'summary without the rows of another';

CREATE FUNCTION segment_summary_cmp(segment_summary, segment_summary) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_model_compare' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_eq(segment_summary, segment_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_ne(segment_summary, segment_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_lt(segment_summary, segment_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_le(segment_summary, segment_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_gt(segment_summary, segment_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_ge(segment_summary, segment_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_model_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_hash(segment_summary) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_model_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION segment_summary_hash_extended(segment_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_model_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION segment_summary_cmp(segment_summary, segment_summary) IS 'comparison of summaries: -1, 0 or 1';
COMMENT ON FUNCTION segment_summary_eq(segment_summary, segment_summary) IS 'implementation of = operator';
COMMENT ON FUNCTION segment_summary_ne(segment_summary, segment_summary) IS 'implementation of <> operator';
COMMENT ON FUNCTION segment_summary_lt(segment_summary, segment_summary) IS 'implementation of < operator';
COMMENT ON FUNCTION segment_summary_le(segment_summary, segment_summary) IS 'implementation of <= operator';
COMMENT ON FUNCTION segment_summary_gt(segment_summary, segment_summary) IS 'implementation of > operator';
COMMENT ON FUNCTION segment_summary_ge(segment_summary, segment_summary) IS 'implementation of >= operator';
COMMENT ON FUNCTION segment_summary_hash(segment_summary) IS 'hash of a summary';
COMMENT ON FUNCTION segment_summary_hash_extended(segment_summary, bigint) IS 'hash of a summary, with a seed';

CREATE OPERATOR = (
	LEFTARG = segment_summary, RIGHTARG = segment_summary, FUNCTION = segment_summary_eq,
	COMMUTATOR = =, NEGATOR = <>, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES
);
CREATE OPERATOR <> (
	LEFTARG = segment_summary, RIGHTARG = segment_summary, FUNCTION = segment_summary_ne,
	COMMUTATOR = <>, NEGATOR = =, RESTRICT = neqsel, JOIN = neqjoinsel
);
CREATE OPERATOR < (
	LEFTARG = segment_summary, RIGHTARG = segment_summary, FUNCTION = segment_summary_lt,
	COMMUTATOR = >, NEGATOR = >=, RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
CREATE OPERATOR <= (
	LEFTARG = segment_summary, RIGHTARG = segment_summary, FUNCTION = segment_summary_le,
	COMMUTATOR = >=, NEGATOR = >, RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
CREATE OPERATOR > (
	LEFTARG = segment_summary, RIGHTARG = segment_summary, FUNCTION = segment_summary_gt,
	COMMUTATOR = <, NEGATOR = <=, RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
CREATE OPERATOR >= (
	LEFTARG = segment_summary, RIGHTARG = segment_summary, FUNCTION = segment_summary_ge,
	COMMUTATOR = <=, NEGATOR = <, RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR = (segment_summary, segment_summary) IS 'same kind and content';
COMMENT ON OPERATOR <> (segment_summary, segment_summary) IS 'different kind or content';
COMMENT ON OPERATOR < (segment_summary, segment_summary) IS 'before, in an arbitrary order for sorting';
COMMENT ON OPERATOR <= (segment_summary, segment_summary) IS 'not after, in an arbitrary order for sorting';
COMMENT ON OPERATOR > (segment_summary, segment_summary) IS 'after, in an arbitrary order for sorting';
COMMENT ON OPERATOR >= (segment_summary, segment_summary) IS 'not before, in an arbitrary order for sorting';

CREATE OPERATOR CLASS segment_summary_ops DEFAULT FOR TYPE segment_summary USING btree AS
	OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
	FUNCTION 1 segment_summary_cmp(segment_summary, segment_summary);
CREATE OPERATOR CLASS segment_summary_ops DEFAULT FOR TYPE segment_summary USING hash AS
	OPERATOR 1 =,
	FUNCTION 1 segment_summary_hash(segment_summary),
	FUNCTION 2 segment_summary_hash_extended(segment_summary, bigint);
