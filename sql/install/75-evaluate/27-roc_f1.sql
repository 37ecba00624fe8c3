--- type f1_result                                                        since 0.1.0
---
--- How good it is to take rows with a score from a threshold on for true.
CREATE TYPE f1_result AS (
	threshold float8, "precision" float8, recall float8, f1 float8,
	true_positives bigint, false_positives bigint, true_negatives bigint, false_negatives bigint
);
COMMENT ON TYPE f1_result IS 'precision, recall and F1 at a threshold';

CREATE FUNCTION f1_at_trans(bytea, boolean, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_f1_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION f1_at_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_f1_at_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION f1_at_final(bytea) RETURNS f1_result
	AS 'MODULE_PATHNAME', 'segment_f1_at_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION best_f1_final(internal) RETURNS f1_result
	AS 'MODULE_PATHNAME', 'segment_best_f1_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- f1_at(label boolean, score float8, threshold float8) -> f1_result     since 0.1.0
---
--- Precision, recall and F1 of a decision: rows with a score from the threshold on are
--- taken for true.
---
--- Input        label, score  as for roc_auc.  A row with a NULL in one of them is
---                            skipped
---              threshold     the same for all rows; infinity takes no row for true
--- Output       an f1_result: threshold; precision, the share of the rows taken for true
---              that are; recall, the share of the true rows that are taken for it;
---              f1, the harmonic mean of both; true_positives, false_positives,
---              true_negatives and false_negatives, rows.  0 where nothing is divided
---              by nothing.  NULL when no row was used
--- Exact        counts are whole numbers: any order and plan give the same bits
--- Cost         64 bytes; parallel and distributed plans, windows
--- Errors       22003  a score is NaN or infinite, or threshold is NaN
---              22004  threshold is NULL
---              22023  threshold is not the same for all rows
--- Source       scikit-learn 1.2, precision_recall_fscore_support with zero_division=0
CREATE AGGREGATE f1_at(label boolean, score float8, threshold float8) (
	SFUNC = f1_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = f1_at_combine,
	FINALFUNC = f1_at_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE f1_at(boolean, float8, float8) IS 'precision, recall and F1 of a threshold';

--- best_f1(label boolean, score float8) -> f1_result                     since 0.1.0
---
--- The threshold with the highest F1, where one error is as bad as another.
--- best_threshold is for errors whose costs are known.
---
--- Input        label, score  as for roc_auc
--- Output       an f1_result, see f1_at; of thresholds with the same F1, the highest.
---              NULL unless a true row was used
--- Repeatable, Cost, Errors  as for roc_auc
--- Source       scikit-learn 1.2, the best of precision_recall_curve
CREATE AGGREGATE best_f1(label boolean, score float8) (
	SFUNC = scored_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = best_f1_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE best_f1(boolean, float8) IS 'threshold with the highest F1';
