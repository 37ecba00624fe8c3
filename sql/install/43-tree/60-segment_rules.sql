--- segment_rules_options(…) -> jsonb                                     since 0.1.0
---
--- Builds the options of segment_rules by name; those left out keep their defaults.
---
---   option         default  range        meaning
---   rules          3        1 to 100     of a segment at most; a further one must raise
---                                        the harmonic mean of precision and coverage
---                                        of all of them together
---   max_depth      3        1 to 6       elements of a rule at most
---   min_coverage   0.1      0 to 1       share of the segment's rows that each rule
---                                        adds at least to those before it
---   min_leaf_rows  20       1 to 1e9     rows that a candidate selects at least
---   max_bins       255      2 to 255     values told apart in each element; more are
---                                        cut at quantiles
---   feature_names  none     d names      names of the elements, for the rules
---   when_too_few   error    error, null  what to do where all rows are of one segment:
---                                        fail, or return NULL
---
--- Output       jsonb, checked by segment_rules
CREATE FUNCTION segment_rules_options(
	rules bigint DEFAULT NULL,
	max_depth bigint DEFAULT NULL,
	min_coverage float8 DEFAULT NULL,
	min_leaf_rows bigint DEFAULT NULL,
	max_bins bigint DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'rules', rules, 'max_depth', max_depth, 'min_coverage', min_coverage, 'min_leaf_rows', min_leaf_rows,
		'max_bins', max_bins, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION segment_rules_options(bigint, bigint, float8, bigint, bigint, text[], text) IS 'options of segment_rules by name';

--- type segment_rule                                                     since 0.1.0
---
--- A rule that segment_rules found.
CREATE TYPE segment_rule AS (
	segment text, rule text, rows bigint, "precision" float8, coverage float8, lift float8
);
COMMENT ON TYPE segment_rule IS 'a short rule that tells a segment from all others';

--- segment_rules(segment any, features feature_vector [, options jsonb]) -> segment_rule[]
---                                                                      since 0.1.0
---
--- For each segment the shortest rules that tell its rows from all others. unnest
--- gives the rules as rows.
---
--- Input        segment    of any type: 2 to 1000 of them
---              features   feature_vector or float8[] of the same length d, 1 to 16000;
---                         elements may be missing. A row with a NULL is skipped
---              options    see segment_rules_options
--- Output       the rules of each segment, the best first; segments are in order (whole
---              numbers by value, then everything else in byte order), and one that
---              nothing tells apart has none; NULL when no row was used
---              segment    its name
---              rule       conditions, as in spend > 312 and days_away <= 20; each
---                         number is the shortest one that divides the rows at that
---                         place
---              rows       that satisfy the rule
---              precision  share of these that belong to the segment
---              coverage   share of the segment's rows that satisfy the rule
---              lift       precision over the share of the segment among all rows
--- Missing      a row whose element is missing satisfies no condition on it, but "is
---              missing"
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         time n d per level and segment; memory d + 43 bytes per row, d rounded
---              up to a multiple of 8, besides the rows themselves
--- Errors       22000  all rows are of one segment
---              2202E  vectors of different lengths
---              22023  an option is out of range, or not the same for all rows
---              54000  more than 1000 segments, or more rows than
---                     segment.training_memory has room for
--- Source       trees: Breiman et al. (1984); shortening of rules: Quinlan (1987)
CREATE FUNCTION segment_rules_trans(internal, anyelement, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_segment_rules_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION segment_rules_trans(internal, anyelement, feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_segment_rules_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION segment_rules_trans(internal, anyelement, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_segment_rules_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION segment_rules_trans(internal, anyelement, float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_segment_rules_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION segment_rules_final(internal) RETURNS segment_rule[]
	AS 'MODULE_PATHNAME', 'segment_segment_rules_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE segment_rules(segment anyelement, features feature_vector) (
	SFUNC = segment_rules_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = segment_rules_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_rules(segment anyelement, features feature_vector, options jsonb) (
	SFUNC = segment_rules_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = segment_rules_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_rules(segment anyelement, features float8[]) (
	SFUNC = segment_rules_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = segment_rules_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_rules(segment anyelement, features float8[], options jsonb) (
	SFUNC = segment_rules_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = segment_rules_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segment_rules(anyelement, feature_vector) IS 'short rules that tell each segment from all others';
COMMENT ON AGGREGATE segment_rules(anyelement, feature_vector, jsonb) IS 'short rules that tell each segment from all others';
COMMENT ON AGGREGATE segment_rules(anyelement, float8[]) IS 'short rules that tell each segment from all others';
COMMENT ON AGGREGATE segment_rules(anyelement, float8[], jsonb) IS 'short rules that tell each segment from all others';
