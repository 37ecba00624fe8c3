CREATE FUNCTION segment_summary_merge_trans(segment_summary, segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_summary_merge' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION segment_summary_final(segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_summary_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

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
	SFUNC = segment_summary_merge_trans, STYPE = segment_summary, SSPACE = 512,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rollup(segment_summary) IS 'sum of summaries of one kind';
