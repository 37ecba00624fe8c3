--- feature_summary(features feature_vector) -> segment_summary           since 0.1.0
---
--- Counts, sums, sums of squares and extremes of each element of the vectors:
--- the input of feature_statistics.  Summaries add up with rollup: keep one per
--- day, and any range of days is exact.
---
--- Input        features   feature_vector or float8[] of the same length d; NULL rows
---                         are skipped, and a missing element is skipped for that
---                         element alone, and counted
--- Output       a feature summary; NULL when no row was seen
--- Precision    the sums are exact: nothing is rounded or lost, whatever the
---              magnitudes
--- Repeatable   any order and plan give the same bits
--- Cost         memory per element 24 bytes, and 8 to 15 digits of 8 bytes for prices
---              and counts; up to 200 for values from 1e-300 to 1e300; parallel and
---              distributed plans, windows
--- Errors       2202E  vectors of different lengths
---              42804  a state of another kind
CREATE FUNCTION feature_summary_trans(segment_summary, feature_vector) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_feature_summary_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION feature_summary_trans(segment_summary, float8[]) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_feature_summary_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 5;
CREATE FUNCTION feature_summary_final(segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_feature_summary_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE feature_summary(features feature_vector) (
	SFUNC = feature_summary_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = feature_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE feature_summary(features float8[]) (
	SFUNC = feature_summary_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = feature_summary_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE feature_summary(feature_vector) IS 'counts, sums and extremes of each element, which add up';
COMMENT ON AGGREGATE feature_summary(float8[]) IS 'counts, sums and extremes of each element, which add up';

--- feature_statistics(summary segment_summary)
---   -> rows (position, count, missing, mean, stddev, min, max)          since 0.1.0
---
--- What a feature summary says of each element, one row each.
---
--- Output       position   of the element, from 1
---              count      rows that have the element
---              missing    rows whose element is missing
---              mean       NULL, like min and max, where no row has the element
---              stddev     sample standard deviation, as SQL's stddev(); NULL below
---                         two rows
---              min, max   smallest and largest value
--- Precision    mean to the last digit of float8, stddev to the last but one, also
---              where the mean is far from zero
--- Errors       22003  a stddev is beyond float8
---              42804  not a feature summary
CREATE FUNCTION feature_statistics(
	summary segment_summary,
	OUT "position" int, OUT "count" bigint, OUT missing bigint, OUT mean float8, OUT stddev float8,
	OUT min float8, OUT max float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_feature_statistics' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION feature_statistics(segment_summary) IS 'count, mean, deviation and extremes of each element of a feature summary';
