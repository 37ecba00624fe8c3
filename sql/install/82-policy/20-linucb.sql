--- linucb_state(context feature_vector, reward float8 | boolean [, lambda float8])
---   -> segment_summary                                                  since 0.1.0
---
--- What is known of an arm of a bandit that looks at the user: which contexts it was
--- shown in, and what it earned there.  One state for each arm, by GROUP BY; states
--- of days add up with rollup.
---
--- Input        context    feature_vector or float8[] of the same length d, 1 to 1000:
---                         what is known of the user when the arm is chosen.  An
---                         element that is always 1 gives the arm a level of its own
---              reward     what came of it: a number, or whether it worked, which counts
---                         as 1 or 0
---              lambda     above 0, the same for all rows; 1 by default.  Holds
---                         coefficients near 0 until rows say otherwise, as the
---                         penalty of a ridge regression does
---                         A row with a NULL is skipped
--- Output       a LinUCB summary; NULL when no row was used: see linucb_score for
---              what a new arm scores
--- Precision    the sums are exact: nothing is rounded or lost, whatever the
---              magnitudes
--- Repeatable   any order, plan and division into parts give the same bits, and
---              rollup_subtract takes rows out again
--- Cost         time n d^2 / 2; memory d (d + 3) / 2 sums of 8 bytes for small whole
---              numbers, 32 to 64 for others; parallel and distributed plans, windows
--- Errors       2202E  contexts of different lengths
---              22003  a reward is NaN or infinite
---              22004  an element of a context is missing; lambda is NULL
---              22023  lambda is not positive and finite, or changes
---              54000  more than 1000 elements
--- Source       Li, Chu, Langford & Schapire (2010), algorithm 1
CREATE FUNCTION linucb_state_trans(segment_summary, feature_vector, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_trans(segment_summary, float8[], float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_trans(segment_summary, feature_vector, float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_trans(segment_summary, float8[], float8, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_trans(segment_summary, feature_vector, boolean) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_flag_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_trans(segment_summary, float8[], boolean) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_array_flag_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_trans(segment_summary, feature_vector, boolean, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_flag_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_trans(segment_summary, float8[], boolean, float8) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_array_flag_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_state_final(segment_summary) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_linucb_state_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE AGGREGATE linucb_state(context feature_vector, reward float8) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linucb_state(context float8[], reward float8) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linucb_state(context feature_vector, reward float8, lambda float8) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linucb_state(context float8[], reward float8, lambda float8) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linucb_state(context feature_vector, reward boolean) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linucb_state(context float8[], reward boolean) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linucb_state(context feature_vector, reward boolean, lambda float8) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE linucb_state(context float8[], reward boolean, lambda float8) (
	SFUNC = linucb_state_trans, STYPE = segment_summary, SSPACE = 1024, COMBINEFUNC = segment_summary_merge_trans,
	FINALFUNC = linucb_state_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE linucb_state(feature_vector, float8) IS 'contexts and rewards of an arm in sums: for linucb_score';
COMMENT ON AGGREGATE linucb_state(float8[], float8) IS 'contexts and rewards of an arm in sums: for linucb_score';
COMMENT ON AGGREGATE linucb_state(feature_vector, float8, float8) IS 'contexts and rewards of an arm in sums: for linucb_score';
COMMENT ON AGGREGATE linucb_state(float8[], float8, float8) IS 'contexts and rewards of an arm in sums: for linucb_score';
COMMENT ON AGGREGATE linucb_state(feature_vector, boolean) IS 'contexts and rewards of an arm in sums: for linucb_score';
COMMENT ON AGGREGATE linucb_state(float8[], boolean) IS 'contexts and rewards of an arm in sums: for linucb_score';
COMMENT ON AGGREGATE linucb_state(feature_vector, boolean, float8) IS 'contexts and rewards of an arm in sums: for linucb_score';
COMMENT ON AGGREGATE linucb_state(float8[], boolean, float8) IS 'contexts and rewards of an arm in sums: for linucb_score';

--- linucb_score(state segment_summary, context feature_vector, alpha float8)
---   -> float8                                                          since 0.1.0
---
--- The upper confidence bound of an arm in a context: what it is expected to earn
--- there, and what it may lack because so little is known.  The arm with the largest
--- score is shown.
---
--- Input        context    feature_vector or float8[]: the user
---              alpha      0 or more: how much it counts that little is known
--- Output       x' A^-1 b + alpha sqrt(x' A^-1 x), with A = lambda I + sum of x x' and
---              b = sum of reward x over the rows of the arm; NULL when an argument
---              is NULL.  A new arm has no state: its score would be
---              alpha * l2_norm(context) / sqrt(lambda)
--- Precision    of the mean, as of a ridge regression solved by Cholesky's factor; an
---              element that others add up to, or that no row has, does no harm.
---              Of contexts longer than some 10^7 sqrt(lambda), in a direction
---              that no row had, more is unknown than sqrt(x' A^-1 x) then
---              says: scale them first
--- Cost         d^2 / 2 multiplications; a state is made ready once per query
--- Errors       2202E  the context is not as long as those of the state
---              22003  the score is beyond float8
---              22004  an element of the context is missing
---              22023  alpha is negative, NaN or infinite
---              42804  not a LinUCB summary
--- Source       Li, Chu, Langford & Schapire (2010), algorithm 1
CREATE FUNCTION linucb_score(state segment_summary, context feature_vector, alpha float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_linucb_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION linucb_score(state segment_summary, context float8[], alpha float8) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_linucb_score_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION linucb_score(segment_summary, feature_vector, float8) IS 'upper confidence bound of what an arm earns in a context';
COMMENT ON FUNCTION linucb_score(segment_summary, float8[], float8) IS 'upper confidence bound of what an arm earns in a context';

--- linear_thompson_sample(state segment_summary, context feature_vector,
---   alpha float8, seed bigint [, key text]) -> float8                  since 0.1.0
---
--- What an arm earns in a context, drawn from what is known about it: Thompson
--- sampling for a bandit that looks at the user.  The arm with the largest draw is
--- shown.
---
--- Input        context    feature_vector or float8[]: the user
---              alpha      0 or more: how wide draws scatter
---              seed       of the draw: another one for each user
---              key        of the arm, so that arms have draws of their own; empty if
---                         left out
--- Output       the same whenever the arguments are; NULL when an argument is NULL
--- Distribution normal, around x' A^-1 b, with deviation alpha sqrt(x' A^-1 x): what
---              coefficients drawn from a normal distribution with covariance
---              alpha^2 A^-1 give for the context
--- Cost         as linucb_score
--- Errors       as linucb_score
--- Source       Agrawal & Goyal (2013)
CREATE FUNCTION linear_thompson_sample(
	state segment_summary, context feature_vector, alpha float8, seed bigint, key text DEFAULT ''
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_linear_thompson_sample' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION linear_thompson_sample(
	state segment_summary, context float8[], alpha float8, seed bigint, key text DEFAULT ''
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_linear_thompson_sample_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION linear_thompson_sample(segment_summary, feature_vector, float8, bigint, text) IS 'what an arm earns in a context, drawn from what is known about it';
COMMENT ON FUNCTION linear_thompson_sample(segment_summary, float8[], float8, bigint, text) IS 'what an arm earns in a context, drawn from what is known about it';

--- linucb_coefficients(state segment_summary [, feature_names text[]])
---   -> rows (feature, coefficient, width)                               since 0.1.0
---
--- What an arm has learnt of each element of the context, one row each.
---
--- Input        feature_names  of the d elements; numbers by default
--- Output       feature        name of the element, or its number
---              coefficient    by how much the expected reward rises with the element:
---                             A^-1 b
---              width          how little is known of that: the root of the diagonal of
---                             A^-1; 1 / sqrt(lambda) where nothing is
---              No rows for a NULL
--- Errors       22004  feature_names contains NULL
---              22023  not as many names as elements
---              42804  not a LinUCB summary
CREATE FUNCTION linucb_coefficients(
	state segment_summary, feature_names text[] DEFAULT NULL, OUT feature text, OUT coefficient float8, OUT width float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_linucb_coefficients' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION linucb_coefficients(segment_summary, text[]) IS 'what an arm has learnt of each element of the context';
