--- type uplift_bin                                                       since 0.1.0
---
--- A bin of an uplift table, see uplift_table.
CREATE TYPE uplift_bin AS (
	bin int, highest_score float8, lowest_score float8, mean_score float8, n_treated bigint, n_control bigint,
	mean_treated float8, mean_control float8, uplift float8, ci_low float8, ci_high float8,
	uplift_so_far float8, gain float8, qini float8
);
COMMENT ON TYPE uplift_bin IS 'bin of an uplift table';

--- type qini_point                                                       since 0.1.0
---
--- A point of a Qini curve: what the treatment added among the users with a score
--- from the threshold on.
CREATE TYPE qini_point AS (
	threshold float8, n_treated bigint, n_control bigint, qini float8, random_qini float8, gain float8
);
COMMENT ON TYPE qini_point IS 'point of a Qini curve';

CREATE FUNCTION uplift_table_trans(internal, boolean, boolean, float8, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_uplift_table_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION uplift_table_trans(internal, boolean, float8, float8, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_uplift_table_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION uplift_table_trans(internal, boolean, boolean, float8, bigint, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_uplift_table_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION uplift_table_trans(internal, boolean, float8, float8, bigint, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_uplift_table_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION uplift_table_final(internal) RETURNS uplift_bin[]
	AS 'MODULE_PATHNAME', 'segment_uplift_table_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION qini_trans(internal, boolean, boolean, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_qini_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION qini_trans(internal, boolean, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_qini_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION qini_curve_final(internal) RETURNS qini_point[]
	AS 'MODULE_PATHNAME', 'segment_qini_curve_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION qini_area_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_qini_area_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION qini_coefficient_final(internal) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_qini_coefficient_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- uplift_table(treated boolean, outcome float8 | boolean, score float8, n bigint
---   [, confidence float8]) -> uplift_bin[]                             since 0.1.0
---
--- Whom does a treatment move?  Users of an experiment in n bins by their score, the
--- highest first, with what the treatment changed in each.  unnest gives the bins as
--- rows.
---
--- Input        treated     was the user treated, or left alone?  By lot
---              outcome     what the user did: boolean for a yes or no, or a number
---              score       finite numbers of any scale, such as a predicted uplift;
---                          the higher, the more the treatment should add
---              n           number of bins, 1 to 10000, the same for all rows
---              confidence  of intervals, between 0 and 1, the same for all rows;
---                          0.95 by default
---                          A row with a NULL in any of the first three is skipped
--- Output       for each bin that has users: its number, from 1; highest_score,
---              lowest_score and mean_score in it; n_treated and n_control, users;
---              mean_treated and mean_control of the outcome; uplift, their
---              difference, with ci_low and ci_high.  Of this bin and those before:
---              uplift_so_far; gain, that times all their users, which is what the
---              treatment would add if all of them were treated; qini, what it did
---              add to those who were.  NULL when no row was used
--- NULL         what needs users of both arms, where one has none; the interval of
---              numbers also where an arm has one user, or no number varies
--- Bins         of equally many users, as SQL's ntile, but that all users of one
---              score are in the bin of the first of them: who is treated can only
---              be chosen by score.  So a bin may have more users, and a later one
---              none; it is left out
--- Interval     as ab_test gives for the users of the bin: Newcombe's if every
---              outcome is a yes or no, 0 or 1; Welch's for other numbers
--- qini         sum of outcomes of treated users - sum of the control * n_treated /
---              n_control
--- Repeatable   any order and plan give the same bits
--- Cost         memory 24 bytes per row up to segment.training_memory, then on
---              disk; 64 bytes per different row to sort them
--- Errors       22003  an outcome or score is NaN or infinite; a result is beyond
---                     float8
---              22004  n or confidence is NULL
---              22023  n or confidence is out of range, or not the same for all rows
---              54000  more different rows than segment.training_memory has room for
--- Source       Radcliffe (2007); Gutierrez & Gerardy (2017)
CREATE AGGREGATE uplift_table(treated boolean, outcome boolean, score float8, n bigint) (
	SFUNC = uplift_table_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = uplift_table_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE uplift_table(treated boolean, outcome float8, score float8, n bigint) (
	SFUNC = uplift_table_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = uplift_table_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE uplift_table(treated boolean, outcome boolean, score float8, n bigint, confidence float8) (
	SFUNC = uplift_table_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = uplift_table_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE uplift_table(treated boolean, outcome float8, score float8, n bigint, confidence float8) (
	SFUNC = uplift_table_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = uplift_table_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE uplift_table(boolean, boolean, float8, bigint) IS 'what a treatment changed, in bins of users by score';
COMMENT ON AGGREGATE uplift_table(boolean, float8, float8, bigint) IS 'what a treatment changed, in bins of users by score';
COMMENT ON AGGREGATE uplift_table(boolean, boolean, float8, bigint, float8) IS
	'what a treatment changed, in bins of users by score';
COMMENT ON AGGREGATE uplift_table(boolean, float8, float8, bigint, float8) IS
	'what a treatment changed, in bins of users by score';

--- qini_coefficient(treated boolean, outcome boolean, score float8) -> float8
---                                                                      since 0.1.0
---
--- Radcliffe's Qini coefficient: how near does a score come to the best order of
--- users that there can be?
---
--- Input        treated, outcome, score  as for uplift_table, the outcome a yes or no
---                         A row with a NULL is skipped
--- Output       0 for a score that says nothing, 1 for the best order; below 0 if
---              the treatment adds less where the score is higher.  NULL unless rows
---              of both arms and a yes were used
--- Definition   the area between the Qini curve and the straight line to its end,
---              divided by the same area of the best order: users with a yes who
---              were treated first, those who were not last.  So the best order may
---              do harm to some users: Radcliffe's Q, not q0
--- Ties         users of one score are taken together
--- Repeatable   any order and plan give the same bits
--- Cost         as for uplift_table
--- Errors       22003  a score is NaN or infinite
---              54000  as for uplift_table
--- Source       Radcliffe (2007); the definition of scikit-uplift 0.5,
---              qini_auc_score
CREATE AGGREGATE qini_coefficient(treated boolean, outcome boolean, score float8) (
	SFUNC = qini_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = qini_coefficient_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE qini_coefficient(boolean, boolean, float8) IS
	'how well a score orders users by what a treatment adds: 0 is chance, 1 the best order';

--- qini_area(treated boolean, outcome float8 | boolean, score float8) -> float8
---                                                                      since 0.1.0
---
--- The same for any outcome: what treating by score adds more than treating at
--- random, on average over all shares of users that might be treated.
---
--- Input        treated, outcome, score  as for uplift_table
---                         A row with a NULL is skipped
--- Output       in units of the outcome per treated user; 0 for a score that says
---              nothing.  NULL unless rows of both arms were used
--- Definition   the area between the Qini curve and the straight line to its end,
---              over the share of users, 0 to 1, and divided by the treated users
--- Ties, Repeatable, Cost  as for qini_coefficient
--- Errors       22003  an outcome or score is NaN or infinite; the area is beyond
---                     float8
---              54000  as for uplift_table
CREATE AGGREGATE qini_area(treated boolean, outcome boolean, score float8) (
	SFUNC = qini_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = qini_area_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE qini_area(treated boolean, outcome float8, score float8) (
	SFUNC = qini_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = qini_area_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE qini_area(boolean, boolean, float8) IS 'what treating by score adds more than treating at random';
COMMENT ON AGGREGATE qini_area(boolean, float8, float8) IS 'what treating by score adds more than treating at random';

--- qini_curve(treated boolean, outcome float8 | boolean, score float8) -> qini_point[]
---                                                                      since 0.1.0
---
--- The Qini curve: what a treatment adds if it goes to the users with the highest
--- scores, for each number of them.  unnest gives the points as rows.
---
--- Input        treated, outcome, score  as for uplift_table
---                         A row with a NULL is skipped
--- Output       a point for a threshold of infinity, which no user reaches, and for
---              each score, the highest first; of the users with a score from the
---              threshold on: n_treated and n_control; qini, as in uplift_table, or
---              without a user of the control the sum of the treated; random_qini,
---              what a random order has there; gain, as in uplift_table, NULL without
---              users of both arms.  NULL unless rows of both arms were used
--- Ties, Repeatable, Cost  as for qini_coefficient; 80 bytes per point
--- Errors       22003  an outcome or score is NaN or infinite; a result is beyond
---                     float8
---              54000  as for uplift_table; more than 10000000 points
--- Source       Radcliffe (2007) for qini; Gutierrez & Gerardy (2017) for gain
CREATE AGGREGATE qini_curve(treated boolean, outcome boolean, score float8) (
	SFUNC = qini_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = qini_curve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE qini_curve(treated boolean, outcome float8, score float8) (
	SFUNC = qini_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = qini_curve_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE qini_curve(boolean, boolean, float8) IS 'what a treatment adds, for each number of users by score';
COMMENT ON AGGREGATE qini_curve(boolean, float8, float8) IS 'what a treatment adds, for each number of users by score';
