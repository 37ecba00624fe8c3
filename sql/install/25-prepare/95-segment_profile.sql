--- segment_profile(segment, features feature_vector) -> segment_summary  since 0.1.0
---
--- Counts, sums, sums of squares and extremes of each element in each segment: the
--- input of segment_features. Profiles add up with rollup: keep one per day, and any
--- range of days is exact.
---
--- Input        segment    text, a whole number or a boolean; up to 1000 of them
---              features   feature_vector or float8[] of the same length d. A row with
---                         a NULL is skipped; a missing element is skipped for that
---                         element alone, and counted
--- Output       a segment profile; NULL when no row was used
--- Precision    the sums are exact: nothing is rounded or lost, whatever the
---              magnitudes
--- Repeatable   any order and plan give the same bits
--- Cost         memory per segment and element as feature_summary per element; parallel
---              and distributed plans, windows
--- Errors       2202E  vectors of different lengths
---              42804  a state of another kind
---              54000  more than 1000 segments; larger than segment.max_model_size
CREATE FUNCTION segment_profile_trans(segment_summary, text, feature_vector) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_profile_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION segment_profile_trans(segment_summary, text, float8[]) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_profile_text_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION segment_profile_trans(segment_summary, bigint, feature_vector) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_profile_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION segment_profile_trans(segment_summary, bigint, float8[]) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_profile_bigint_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION segment_profile_trans(segment_summary, boolean, feature_vector) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_profile_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION segment_profile_trans(segment_summary, boolean, float8[]) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_profile_boolean_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION segment_profile_final(segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_profile_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE segment_profile(segment text, features feature_vector) (
	SFUNC = segment_profile_trans, STYPE = segment_summary, SSPACE = 4096, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = segment_profile_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_profile(segment text, features float8[]) (
	SFUNC = segment_profile_trans, STYPE = segment_summary, SSPACE = 4096, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = segment_profile_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_profile(segment bigint, features feature_vector) (
	SFUNC = segment_profile_trans, STYPE = segment_summary, SSPACE = 4096, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = segment_profile_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_profile(segment bigint, features float8[]) (
	SFUNC = segment_profile_trans, STYPE = segment_summary, SSPACE = 4096, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = segment_profile_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_profile(segment boolean, features feature_vector) (
	SFUNC = segment_profile_trans, STYPE = segment_summary, SSPACE = 4096, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = segment_profile_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE segment_profile(segment boolean, features float8[]) (
	SFUNC = segment_profile_trans, STYPE = segment_summary, SSPACE = 4096, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = segment_profile_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE segment_profile(text, feature_vector) IS 'counts, sums and extremes of each element in each segment, which add up';
COMMENT ON AGGREGATE segment_profile(text, float8[]) IS 'counts, sums and extremes of each element in each segment, which add up';
COMMENT ON AGGREGATE segment_profile(bigint, feature_vector) IS 'counts, sums and extremes of each element in each segment, which add up';
COMMENT ON AGGREGATE segment_profile(bigint, float8[]) IS 'counts, sums and extremes of each element in each segment, which add up';
COMMENT ON AGGREGATE segment_profile(boolean, feature_vector) IS 'counts, sums and extremes of each element in each segment, which add up';
COMMENT ON AGGREGATE segment_profile(boolean, float8[]) IS 'counts, sums and extremes of each element in each segment, which add up';

--- segment_features(summary segment_summary [, feature_names text[]])
---   -> rows (segment, feature, rows, mean, overall_mean, standardized_difference, stddev,
---            min, max, share_missing)
---                                                                      since 0.1.0
---
--- What is special about each segment: a row for each segment and element.
---
--- Input        feature_names  of the d elements; numbers by default
--- Output       segment        whole numbers by value, then everything else in byte
---                             order
---              feature        name of the element, or its number
---              rows           of the segment
---              mean           in the segment; NULL, like min and max, where no row
---                             has the element
---              overall_mean   in all segments together
---              standardized_difference  mean less overall_mean, in standard deviations
---                             of all rows: comparable between features; NULL for an
---                             element that never varies
---              stddev         sample standard deviation in the segment; NULL below two
---                             rows
---              min, max       in the segment
---              share_missing  of the segment's rows
---              No rows for a NULL
--- Precision    means to the last digit of float8, standard deviations to the last but
---              one
--- Errors       22003  a stddev is beyond float8
---              22004  feature_names contains NULL
---              22023  not as many names as elements
---              42804  not a segment profile
CREATE FUNCTION segment_features(
	summary segment_summary, feature_names text[] DEFAULT NULL,
	OUT segment text, OUT feature text, OUT rows bigint, OUT mean float8, OUT overall_mean float8,
	OUT standardized_difference float8, OUT stddev float8, OUT min float8, OUT max float8, OUT share_missing float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_features' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 50;
COMMENT ON FUNCTION segment_features(segment_summary, text[]) IS 'how each element of each segment differs from all rows';
