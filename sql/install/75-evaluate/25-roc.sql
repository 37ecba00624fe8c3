--- type roc_auc_result                                                   since 0.1.0
---
--- Result of roc_auc_interval: auc, its std_error, and ci_low and ci_high, the ends
--- of the confidence interval.
CREATE TYPE roc_auc_result AS (auc float8, std_error float8, ci_low float8, ci_high float8);
COMMENT ON TYPE roc_auc_result IS 'area under a ROC curve with its confidence interval';

--- type roc_point                                                        since 0.1.0
---
--- A point of a ROC curve: of the rows that are false and of those that are true,
--- the share with a score from the threshold on.
CREATE TYPE roc_point AS (threshold float8, false_positive_rate float8, true_positive_rate float8);
COMMENT ON TYPE roc_point IS 'point of a ROC curve';

--- type best_threshold_result                                            since 0.1.0
---
--- A threshold with the total cost of deciding by it, and the rows decided rightly
--- and wrongly.
CREATE TYPE best_threshold_result AS (
	threshold float8, cost float8,
	true_positives bigint, false_positives bigint, true_negatives bigint, false_negatives bigint
);
COMMENT ON TYPE best_threshold_result IS 'threshold of least cost';

CREATE FUNCTION scored_trans(internal, boolean, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_scored_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION roc_auc_interval_trans(internal, boolean, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_roc_auc_interval_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION roc_auc_interval_trans(internal, boolean, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_roc_auc_interval_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION best_threshold_trans(internal, boolean, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_best_threshold_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION roc_auc_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_roc_auc_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION roc_auc_interval_final(internal) RETURNS roc_auc_result
	AS 'MODULE_PATHNAME', 'segment_roc_auc_interval_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION roc_curve_final(internal) RETURNS roc_point[]
	AS 'MODULE_PATHNAME', 'segment_roc_curve_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION average_precision_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_average_precision_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION best_threshold_final(internal) RETURNS best_threshold_result
	AS 'MODULE_PATHNAME', 'segment_best_threshold_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- roc_auc(label boolean, score float8) -> float8                        since 0.1.0
---
--- Area under the ROC curve: the chance that a row that is true has a higher score
--- than one that is false.
---
--- Input        label      what happened
---              score      finite numbers of any scale; the higher, the likelier
---                         A row with a NULL is skipped
--- Output       0 to 1; 0.5 for scores that say nothing, or are all equal; below
---              0.5 if they say the opposite.  Pairs of equal scores count as half.
---              NULL unless rows of both labels were used
--- Exact        a ratio of whole numbers
--- Repeatable   any order and plan give the same bits
--- Cost         memory 16 bytes per row up to segment.training_memory, then on
---              disk; 32 bytes per different pair of score and label to sort them
--- Errors       22003  a score is NaN or infinite
---              54000  more different pairs than segment.training_memory has room
---                     for
--- Source       the definition of scikit-learn 1.2, roc_auc_score
CREATE AGGREGATE roc_auc(label boolean, score float8) (
	SFUNC = scored_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = roc_auc_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE roc_auc(boolean, float8) IS 'area under the ROC curve of scores';

--- roc_auc_interval(label boolean, score float8 [, confidence float8]) -> roc_auc_result
---                                                                      since 0.1.0
---
--- As roc_auc, with a confidence interval.
---
--- Input        label, score  as for roc_auc
---              confidence    of the interval, between 0 and 1; 0.95 by default
--- Output       a roc_auc_result: auc; std_error; ci_low and ci_high, kept within 0
---              and 1.  All but auc are NULL with one row of a label; NULL unless
---              rows of both labels were used
--- Repeatable, Cost  as for roc_auc
--- Errors       22003  a score is NaN or infinite
---              22004  confidence is NULL
---              22023  confidence is not between 0 and 1, or not the same for all
---                     rows
---              54000  as for roc_auc
--- Source       DeLong, DeLong & Clarke-Pearson (1988), as in R's pROC
CREATE AGGREGATE roc_auc_interval(label boolean, score float8) (
	SFUNC = roc_auc_interval_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = roc_auc_interval_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE roc_auc_interval(label boolean, score float8, confidence float8) (
	SFUNC = roc_auc_interval_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = roc_auc_interval_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE roc_auc_interval(boolean, float8) IS 'area under the ROC curve with a confidence interval';
COMMENT ON AGGREGATE roc_auc_interval(boolean, float8, float8) IS 'area under the ROC curve with a confidence interval';

--- roc_curve(label boolean, score float8) -> roc_point[]                 since 0.1.0
---
--- The ROC curve: for each threshold, which share of the true rows is found, and
--- which share of the false ones is taken for true.  unnest gives the points as
--- rows.
---
--- Input        label, score  as for roc_auc
--- Output       the corners of the curve, from a threshold of infinity, which no
---              row passes, to the lowest score; points on a straight line between
---              two others are left out; NULL unless rows of both labels were used
--- Repeatable, Cost  as for roc_auc; 56 bytes per point
--- Errors       22003  a score is NaN or infinite
---              54000  as for roc_auc; more than 10000000 points
--- Source       the definition of scikit-learn 1.2, roc_curve
CREATE AGGREGATE roc_curve(label boolean, score float8) (
	SFUNC = scored_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = roc_curve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE roc_curve(boolean, float8) IS 'ROC curve of scores, as an array of points';

--- average_precision(label boolean, score float8) -> float8              since 0.1.0
---
--- Average precision: going down from the highest score, the precision at each true
--- row, on average.  Says more than roc_auc where few rows are true.
---
--- Input        label, score  as for roc_auc
--- Output       0 to 1; about the share of true rows for scores that say nothing.
---              Rows of equal scores are taken together.  NULL unless a true row
---              was used
--- Repeatable, Cost, Errors  as for roc_auc
--- Source       the definition of scikit-learn 1.2, average_precision_score
CREATE AGGREGATE average_precision(label boolean, score float8) (
	SFUNC = scored_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = average_precision_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_precision(boolean, float8) IS 'average precision of scores';

--- best_threshold(label boolean, score float8, cost_false_positive float8,
---   cost_false_negative float8) -> best_threshold_result
---                                                                      since 0.1.0
---
--- The threshold that costs least, if rows with a score from it on are treated as
--- true.
---
--- Input        label, score         as for roc_auc
---              cost_false_positive  what it costs to treat a false row as true
---              cost_false_negative  what it costs to treat a true row as false;
---                                   both in the same unit, not negative, the same
---                                   for all rows
--- Output       a best_threshold_result: threshold, a score, or infinity if it is
---              best to treat no row as true; cost, the total; true_positives,
---              false_positives, true_negatives and false_negatives, rows.  Of
---              thresholds that cost the same, the highest; NULL when no row was
---              used
--- Repeatable, Cost  as for roc_auc
--- Errors       22003  a score is NaN or infinite; the cost is out of range
---              22004  a cost is NULL
---              22023  a cost is negative, not finite, or not the same for all rows
---              54000  as for roc_auc
CREATE AGGREGATE best_threshold(label boolean, score float8, cost_false_positive float8, cost_false_negative float8) (
	SFUNC = best_threshold_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = best_threshold_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE best_threshold(boolean, float8, float8, float8) IS 'threshold of scores that costs least';
