--- tier(score numeric, edges numeric[], labels text[]) -> text           since 0.1.0
---
--- Label of the tier that a score is in.  A score above an edge is in the next
--- tier; a score equal to an edge stays below it.
---
--- Input        score      a number
---              edges      one or more, strictly ascending
---              labels     one more than edges, lowest tier first
--- Output       text; NULL when an argument is NULL
--- Exact        numeric scores and numeric edges are compared exactly; everything
---              else as float8
--- Errors       22003  the score is NaN
---              22023  edges or labels are empty, have NULLs, are not finite or not
---                     ascending, or do not match in number
CREATE FUNCTION tier(score float8, edges float8[], labels text[]) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_tier' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION tier(score numeric, edges numeric[], labels text[]) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_tier_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION tier(float8, float8[], text[]) IS 'label of the tier of a score';
COMMENT ON FUNCTION tier(numeric, numeric[], text[]) IS 'label of the tier of a score';

--- tier(score numeric, edges numeric[]) -> int                           since 0.1.0
---
--- Number of the tier, from 1: one more than the number of edges below the score.
CREATE FUNCTION tier(score float8, edges float8[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_tier' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
CREATE FUNCTION tier(score numeric, edges numeric[]) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_tier_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 4;
COMMENT ON FUNCTION tier(float8, float8[]) IS 'number of the tier of a score';
COMMENT ON FUNCTION tier(numeric, numeric[]) IS 'number of the tier of a score';

--- tier_next(edges numeric[], previous_tier bigint, score numeric, margin numeric) -> int
---                                                                      since 0.1.0
---
--- Tier of a score that already had a tier, without flicker at the edges: it moves
--- up past an edge only if the score is above edge + margin, and down only if the
--- score is not above edge - margin, past every edge for which that holds.
---
--- Input        edges          as for tier
---              previous_tier  from 1; NULL if there was none: tier() decides
---              margin         not negative, in the units of the score
--- Output       number of the tier, from 1; NULL when edges, score or margin is
---              NULL
--- Errors       22003  the score is NaN
---              22023  edges are invalid, see tier; previous_tier is not one of the
---                     tiers; margin is negative or not finite
CREATE FUNCTION tier_next(edges float8[], previous_tier bigint, score float8, margin float8) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_tier_next' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
CREATE FUNCTION tier_next(edges numeric[], previous_tier bigint, score numeric, margin numeric) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_tier_next_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 8;
COMMENT ON FUNCTION tier_next(float8[], bigint, float8, float8) IS 'tier of a score, which changes only if it is past an edge by the margin';
COMMENT ON FUNCTION tier_next(numeric[], bigint, numeric, numeric) IS 'tier of a score, which changes only if it is past an edge by the margin';

--- tier_options(method text, when_too_few text) -> jsonb                 since 0.1.0
---
--- Builds the options of tier_train by name; those left out keep their defaults.
---
---   option        default   meaning
---   method        quantile  quantile: equally many users in each tier;
---                           jenks: natural breaks, the least variance within tiers;
---                           equal_width: equal steps from lowest to highest
---   when_too_few  error     as in kmeans_options; this method never has too few
---                           rows
CREATE FUNCTION tier_options(method text DEFAULT NULL, when_too_few text DEFAULT NULL) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object('method', method, 'when_too_few', when_too_few));
COMMENT ON FUNCTION tier_options(text, text) IS 'options of tier_train by name';

CREATE FUNCTION tier_train_trans(internal, float8, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tier_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tier_train_trans(internal, float8, bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tier_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tier_train_trans(internal, float8, bigint, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_tier_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tier_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_tier_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- tier_train(score float8, n bigint [, options jsonb [, weight float8]]) -> segment_model
---                                                                      since 0.1.0
---
--- Learns the edges of n tiers from scores.
---
--- Input        score      finite numbers of any type; NULL is skipped
---              n          number of tiers, 1 to 1000
---              options    see tier_options
---              weight     how many times the row counts; not negative; a row of
---                         weight zero or NULL is skipped
--- Output       a tier model: edges; for each tier the number of rows and the
---              lowest, highest and mean score; goodness_of_variance_fit, the share
---              of the variance that the tiers explain; NULL when no row was seen
--- Edges        a score above an edge is in the next tier
---   quantile     the i/n quantile, as percentile_cont (R's type 7); an edge that
---                separates no rows from those below it is left out
---   jenks        the highest score of the lower tier; exact optimum, ties go to
---                the lowest break
---   equal_width  lowest + i (highest - lowest) / n; tiers may be empty
--- Fewer tiers  ties or too few distinct scores may leave room for fewer than n
---              tiers: compare n with n_requested
--- Weights      for quantile they count rows; if their mean is below 1, they are
---              scaled up to a mean of 1
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         memory 8 bytes per row up to segment.training_memory, then on disk.
---              quantile: 11 passes over the rows; equal_width: 3; jenks: 4, and
---              n d log d steps for d distinct scores
--- Errors       22003  a score is NaN or infinite
---              22004  n is NULL
---              22023  an option or n out of range, or not the same for all rows
---              54000  jenks: more than 1048576 distinct scores, or n times
---                     distinct scores above 16777216: round the scores
--- Source       quantile: Hyndman & Fan (1996); jenks: Fisher (1958), Jenks &
---              Caspall (1971)

CREATE AGGREGATE tier_train(score float8, n bigint) (
	SFUNC = tier_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tier_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);

CREATE AGGREGATE tier_train(score float8, n bigint, options jsonb) (
	SFUNC = tier_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tier_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);

CREATE AGGREGATE tier_train(score float8, n bigint, options jsonb, weight float8) (
	SFUNC = tier_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = tier_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);

COMMENT ON AGGREGATE tier_train(float8, bigint) IS 'edges of tiers, learned from scores';
COMMENT ON AGGREGATE tier_train(float8, bigint, jsonb) IS 'edges of tiers, learned from scores';
COMMENT ON AGGREGATE tier_train(float8, bigint, jsonb, float8) IS 'edges of tiers, learned from weighted scores';

--- tier_assign(model segment_model, score float8) -> int                 since 0.1.0
---
--- Number of the tier of a score, from 1.
---
--- Errors       22003  the score is NaN
---              42804  not a tier model
CREATE FUNCTION tier_assign(model segment_model, score float8) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_tier_assign' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 2;
COMMENT ON FUNCTION tier_assign(segment_model, float8) IS 'number of the tier of a score';

--- tier_assign_next(model segment_model, previous_tier bigint, score float8, margin float8) -> int
---                                                                      since 0.1.0
---
--- As tier_next, with the edges of a model.
---
--- Errors       as tier_next; 42804  not a tier model
CREATE FUNCTION tier_assign_next(model segment_model, previous_tier bigint, score float8, margin float8) RETURNS int
	AS 'MODULE_PATHNAME', 'segment_tier_assign_next' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 2;
COMMENT ON FUNCTION tier_assign_next(segment_model, bigint, float8, float8) IS 'tier of a score, which changes only if it is past an edge by the margin';

--- tier_edges(model segment_model) -> float8[]                           since 0.1.0
---
--- The edges of a model, ascending, for tier(score, tier_edges(model), labels).
--- Empty when the model has one tier.
CREATE FUNCTION tier_edges(model segment_model) RETURNS float8[]
	AS 'MODULE_PATHNAME', 'segment_tier_edges' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION tier_edges(segment_model) IS 'edges of a tier model';

--- tier_ranges(model segment_model) -> rows (tier, above, up_to, size, share, lowest, highest, mean)
---                                                                      since 0.1.0
---
--- The content of a model: one row per tier.  Scores of a tier are above one edge
--- (NULL for the first tier) and up to the next (NULL for the last); size, share
--- (of the weight), lowest, highest and mean are those of the training rows.
CREATE FUNCTION tier_ranges(
	model segment_model,
	OUT tier int, OUT above float8, OUT up_to float8, OUT size bigint, OUT share float8,
	OUT lowest float8, OUT highest float8, OUT mean float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_tier_ranges' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION tier_ranges(segment_model) IS 'tiers of a model, one row each';

CREATE FUNCTION tier_transition_trans(segment_summary, text, text) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_tier_transition_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tier_transition_trans(segment_summary, bigint, bigint) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_tier_transition_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION tier_transition_trans(segment_summary, boolean, boolean) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_tier_transition_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- tier_transition(previous text, current text) -> segment_summary       since 0.1.0
---
--- Counts how many users moved from which tier to which, from one row per user.
--- Summaries add up with rollup.
---
--- Input        previous   tier before: text, a whole number or boolean; NULL: the
---                         user is new
---              current    tier now, of the same type; NULL: the user has left
---                         A row with both NULL is skipped
--- Output       a tier transition summary; NULL when there was no row
--- Repeatable   any order and plan give the same bits
--- Cost         memory 8 (t + 1)^2 bytes for t tiers
--- Errors       54000  more than 1000 different tiers

CREATE AGGREGATE tier_transition(previous text, current text) (
	SFUNC = tier_transition_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tier_transition(text, text) IS 'how many users moved from which tier to which';

CREATE AGGREGATE tier_transition(previous bigint, current bigint) (
	SFUNC = tier_transition_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tier_transition(bigint, bigint) IS 'how many users moved from which tier to which';

CREATE AGGREGATE tier_transition(previous boolean, current boolean) (
	SFUNC = tier_transition_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE tier_transition(boolean, boolean) IS 'how many users moved from which tier to which';

--- tier_transitions(summary segment_summary) -> rows (from_tier, to_tier, users, share)
---                                                                      since 0.1.0
---
--- The content of a tier transition summary: one row per pair of tiers with users.
--- share is the share of the users of from_tier.  A NULL from_tier stands for new
--- users, a NULL to_tier for users who left.  Tiers are text; with the witness
--- NULL::int or NULL::bigint they are numbers.
---
--- Order        numbers by value, then other names in byte order, NULL last
--- Errors       22P02  there is a witness, and a tier is not a number
---              42804  not a tier transition summary
CREATE FUNCTION tier_transitions(
	summary segment_summary,
	OUT from_tier text, OUT to_tier text, OUT users bigint, OUT share float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_tier_transitions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
CREATE FUNCTION tier_transitions(
	summary segment_summary, witness int,
	OUT from_tier int, OUT to_tier int, OUT users bigint, OUT share float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_tier_transitions_int' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20;
CREATE FUNCTION tier_transitions(
	summary segment_summary, witness bigint,
	OUT from_tier bigint, OUT to_tier bigint, OUT users bigint, OUT share float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_tier_transitions_bigint' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION tier_transitions(segment_summary) IS 'users from tier to tier, one row per pair';
COMMENT ON FUNCTION tier_transitions(segment_summary, int) IS 'users from tier to tier, with tiers as numbers';
COMMENT ON FUNCTION tier_transitions(segment_summary, bigint) IS 'users from tier to tier, with tiers as numbers';
