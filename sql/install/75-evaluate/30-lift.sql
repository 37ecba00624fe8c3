--- type lift_bin                                                         since 0.1.0
---
--- A bin of a lift table, see lift_table.
CREATE TYPE lift_bin AS (
	bin int, highest_score float8, lowest_score float8, users bigint, positives float8,
	rate float8, lift float8, lift_so_far float8, gain float8
);
COMMENT ON TYPE lift_bin IS 'bin of a lift table';

--- type calibration_bin                                                  since 0.1.0
---
--- A bin of a calibration table, see calibration_table.
CREATE TYPE calibration_bin AS (
	bin int, low float8, high float8, users bigint, mean_probability float8, rate float8
);
COMMENT ON TYPE calibration_bin IS 'bin of a calibration table';

CREATE FUNCTION lift_table_trans(internal, boolean, float8, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_lift_table_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lift_table_final(internal) RETURNS lift_bin[]
	AS 'MODULE_PATHNAME', 'segment_lift_table_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION calibration_table_trans(internal, boolean, float8, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_calibration_table_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION calibration_table_trans(internal, boolean, float8, bigint, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_calibration_table_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION calibration_table_final(internal) RETURNS calibration_bin[]
	AS 'MODULE_PATHNAME', 'segment_calibration_table_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- lift_table(label boolean, score float8, n bigint) -> lift_bin[]       since 0.1.0
---
--- Users in n bins by their score, the highest first: how many are true in each, and
--- how many are found if only the first bins are contacted.  unnest gives the bins
--- as rows.
---
--- Input        label      what happened
---              score      finite numbers of any scale; the higher, the likelier
---              n          number of bins, 1 to 10000, the same for all rows
---                         A row with a NULL is skipped
--- Output       for each bin, from 1: highest_score and lowest_score in it; users;
---              positives, how many of them are true; rate, their share; lift, that
---              rate over the rate of all; lift_so_far, the same for this bin and
---              those before; gain, the share of all true users who are in this bin
---              and those before.  lift, lift_so_far and gain are NULL if no user is
---              true.  NULL when no row was used
--- Bins         of equally many users, as SQL's ntile: the first ones may have one
---              more; fewer bins if there are fewer users
--- Ties         users of one score may be in two bins; as nothing orders them, each
---              bin has the true ones in proportion, so positives may be a fraction
--- Repeatable   any order and plan give the same bits
--- Cost         as for roc_auc
--- Errors       22003  a score is NaN or infinite
---              22004  n is NULL
---              22023  n is out of range, or not the same for all rows
---              54000  as for roc_auc
CREATE AGGREGATE lift_table(label boolean, score float8, n bigint) (
	SFUNC = lift_table_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = lift_table_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lift_table(boolean, float8, bigint) IS 'lift and gain of scores, in bins of equally many users';

--- calibration_table(label boolean, probability float8, n bigint [, strategy text])
---   -> calibration_bin[]
---                                                                      since 0.1.0
---
--- Are predicted probabilities right?  Users in bins by their probability, with the
--- share of true ones in each.  unnest gives the bins as rows.
---
--- Input        label        what happened
---              probability  of true, as it was predicted: 0 to 1
---              n            number of bins, 1 to 10000, the same for all rows
---              strategy     uniform: bins of equal width, the default;
---                           quantile: bins of equally many users, ties kept
---                           together
---                           A row with a NULL is skipped
--- Output       for each bin that has users: its number, from 1; low and high, its
---              edges (a probability that is equal to an edge belongs to the bin
---              below); users; mean_probability; rate, the share of the users who
---              are true.  NULL when no row was used
--- Repeatable   any order and plan give the same bits
--- Cost         as for roc_auc
--- Errors       22003  a probability is NaN or infinite
---              22004  n or strategy is NULL
---              22023  a probability is not between 0 and 1; n is out of range; n or
---                     strategy is not the same for all rows, or strategy unknown
---              54000  as for roc_auc
--- Source       the definition of scikit-learn 1.2, calibration_curve
CREATE AGGREGATE calibration_table(label boolean, probability float8, n bigint) (
	SFUNC = calibration_table_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = calibration_table_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE calibration_table(label boolean, probability float8, n bigint, strategy text) (
	SFUNC = calibration_table_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = calibration_table_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE calibration_table(boolean, float8, bigint) IS 'predicted probabilities and what happened, in bins';
COMMENT ON AGGREGATE calibration_table(boolean, float8, bigint, text) IS 'predicted probabilities and what happened, in bins';
