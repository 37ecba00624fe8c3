--- rfm_options(…) -> jsonb                                              since 0.1.0
---
--- Builds the options of rfm_train by name; those left out keep their defaults.
---
---   option         default       range      meaning
---   n              5             2 to 9     scores of each column: 1 (worst) to n
---   segment_names  see rfm_score 1 to 1000  segment of each rule; names may repeat
---   segment_rules  see rfm_score r rows     of two scores, each 1 to n: least recency,
---                                           least mean of the other two
---   when_too_few   error         error, null  as in kmeans_options; this method
---                                           never has too few rows
---
--- Names and rules are given together, in equal number.
CREATE FUNCTION rfm_options(
	n bigint DEFAULT NULL,
	segment_names text[] DEFAULT NULL,
	segment_rules float8[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'n', n, 'segment_names', segment_names, 'segment_rules', segment_rules,
		'when_too_few', when_too_few));
COMMENT ON FUNCTION rfm_options(bigint, text[], float8[], text) IS 'options of rfm_train by name';

CREATE FUNCTION rfm_train_trans(internal, float8, float8, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_rfm_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION rfm_train_trans(internal, float8, float8, float8, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_rfm_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION rfm_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_rfm_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- rfm_train(recency float8, frequency float8, monetary float8 [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Learns from users, one row each, where the fifths of recency, frequency and
--- monetary value begin.
---
--- Input        recency    time since the last purchase, a number in any unit
---                         (days): less is better
---              frequency  number of purchases: more is better
---              monetary   amount spent, in total or on average: more is better
---              options    see rfm_options
---                         A row with a NULL is skipped
--- Output       an RFM model: the edges of each column, the rules that name
---              segments, rows_used, rows_skipped; NULL when no row was seen
--- Edges        the i/n quantile, as percentile_cont (R's type 7)
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on one type of processor
--- Cost         memory 24 bytes per row up to segment.training_memory, then on
---              disk; 24 passes over the collected rows
--- Errors       22003  a number is NaN or infinite
---              22023  an option is out of range, names and rules do not match, or
---                     options are not the same for all rows
---              54000  more than 1000 rules
--- Source       Hughes (1994); Hyndman & Fan (1996)

CREATE AGGREGATE rfm_train(recency float8, frequency float8, monetary float8) (
	SFUNC = rfm_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = rfm_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);

CREATE AGGREGATE rfm_train(recency float8, frequency float8, monetary float8, options jsonb) (
	SFUNC = rfm_train_trans, STYPE = internal, SSPACE = 512,
	FINALFUNC = rfm_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);

COMMENT ON AGGREGATE rfm_train(float8, float8, float8) IS 'edges of recency, frequency and monetary scores, learned from users';
COMMENT ON AGGREGATE rfm_train(float8, float8, float8, jsonb) IS 'edges of recency, frequency and monetary scores, learned from users';

--- rfm_score(model segment_model, recency float8, frequency float8, monetary float8)
---   -> (recency_score int, frequency_score int, monetary_score int, cell text, segment text)
---                                                                      since 0.1.0
---
--- Scores of a user by the edges of a model, from 1 (worst) to n (best); the cell
--- is the three digits, the segment its name.
---
--- Scores       frequency and monetary: 1 + the number of edges below the value;
---              recency: n - the number of edges below the value.  Values outside
---              the trained range get the scores 1 and n
--- Ties         equal values get equal scores, on the lower side of an edge that
---              they equal; where ties make edges equal, the scores in between are
---              unused
--- Segment      that of the first rule for which the recency score is at least r
---              and the mean of the frequency and monetary scores at least fm; NULL
---              when none holds.  Default rules for n = 5 (for another n, a bound b
---              becomes 1 + (b - 1) (n - 1) / 4):
---
---                 r  fm   segment               r  fm   segment
---                 4  4    champions             2  2.5  at risk
---                 3  3    loyal                 2  1    hibernating
---                 4  2    potential loyalist    1  4    can't lose
---                 5  1    new                   1  2.5  at risk
---                 4  1    promising             1  2    hibernating
---                 3  2    needs attention       1  1    lost
---                 3  1    about to sleep
---
--- Output       one row, all NULL when an argument is NULL
--- Errors       22003  a number is NaN or infinite
---              42804  not an RFM model
CREATE FUNCTION rfm_score(
	model segment_model, recency float8, frequency float8, monetary float8,
	OUT recency_score int, OUT frequency_score int, OUT monetary_score int, OUT cell text, OUT segment text
) RETURNS record
	AS 'MODULE_PATHNAME', 'segment_rfm_score' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION rfm_score(segment_model, float8, float8, float8) IS 'RFM scores, cell and segment of a user';
