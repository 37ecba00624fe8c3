--- frequent_sequence_options(min_support float8, max_length bigint, max_gap bigint) -> jsonb
---                                                                      since 0.1.0
---
--- Builds the options of frequent_sequence_train by name; those left out keep their
--- defaults.
---
---   option       default  range       meaning
---   min_support  0.01     above 0, 1  share of the paths that a sequence must be in
---   max_length   0        0 to 1e6    maximum items in a sequence; 0: any number
---   max_gap      0        0 to 1e6    maximum places from one item to the
---                                     next: 1 is directly after; 0: any number
CREATE FUNCTION frequent_sequence_options(
	min_support float8 DEFAULT NULL,
	max_length bigint DEFAULT NULL,
	max_gap bigint DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'min_support', min_support, 'max_length', max_length, 'max_gap', max_gap));
COMMENT ON FUNCTION frequent_sequence_options(float8, bigint, bigint) IS 'options of frequent_sequence_train by name';

CREATE FUNCTION frequent_sequence_train_trans(internal, anyarray) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_frequent_sequence_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION frequent_sequence_train_trans(internal, anyarray, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_frequent_sequence_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION frequent_sequence_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_frequent_sequence_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- frequent_sequence_train(items anyarray [, options jsonb]) -> segment_model     since 0.1.0
---
--- Finds the sequences of items that many paths have in the same order.
---
--- Input        items      one path per row, in order: array_agg(course ORDER BY
---                         ts); an array of any type; if it has several dimensions,
---                         its elements row by row.  Items may repeat; NULL items
---                         are left out.  An empty path counts as one; a NULL one
---                         is skipped
---              options    see frequent_sequence_options
--- Output       a frequent-sequence model: the frequent sequences with their
---              counts, rows_used, rows_skipped, min_count, sequence_count,
---              longest; NULL when no path was seen
--- Frequent     a sequence is frequent if at least min_count paths have its items
---              in its order, whatever lies between them (see max_gap); min_count
---              is ceil(min_support * paths), at least 1.  A path counts once
--- Exact        all such sequences, and no others
--- Repeatable   the same paths and options give the same bits in any order and plan
--- Ids          as for itemset_train
--- Cost         memory 12 bytes per item and per path plus the distinct items, in
---              segment.training_memory, and as much again for the search; a model
---              takes 12 bytes per sequence
--- Errors       as itemset_train
--- Source       Pei et al. (2001), PrefixSpan
CREATE AGGREGATE frequent_sequence_train(items anyarray) (
	SFUNC = frequent_sequence_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = frequent_sequence_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE frequent_sequence_train(items anyarray, options jsonb) (
	SFUNC = frequent_sequence_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = frequent_sequence_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE frequent_sequence_train(anyarray) IS 'frequent sequences of paths, one path per row';
COMMENT ON AGGREGATE frequent_sequence_train(anyarray, jsonb) IS 'frequent sequences of paths, one path per row';

--- frequent_sequences(model segment_model [, witness anycompatible])
---   -> rows (items, support_count bigint, support float8)              since 0.1.0
---
--- The sequences in a model, ordered by length, then the most frequent first, then
--- by their items.
---
--- Input        model          a frequent-sequence model
---              witness        a value of the type of the items, which may be NULL
--- Output       items          text[], or an array of the witness's type; in order
---              support_count  paths that have them in this order
---              support        the share of all paths
--- Errors       42804  not a frequent-sequence model
---              22P02  an item is not a value of the witness's type, or would come
---                     back as another: '007' as an integer
CREATE FUNCTION frequent_sequences(
	model segment_model,
	OUT items text[], OUT support_count bigint, OUT support float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_frequent_sequences' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
CREATE FUNCTION frequent_sequences(
	model segment_model, witness anycompatible,
	OUT items anycompatiblearray, OUT support_count bigint, OUT support float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_frequent_sequences' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION frequent_sequences(segment_model) IS 'sequences in a model';
COMMENT ON FUNCTION frequent_sequences(segment_model, anycompatible) IS 'sequences in a model, items of the type of the witness';

--- frequent_sequence_recommend(model segment_model, path anycompatiblearray, n bigint)
---   -> rows (item, score float8, because, rank int)                    since 0.1.0
---
--- What usually comes next on a path.
---
--- Input        model          a frequent-sequence model
---              path           the items so far, in order, of any type
---              n              maximum number of rows
--- Output       item           not on the path, of the type of its elements
---              score          of the paths that have "because", the share that
---                             have the item after it, times 0.4 for each item that
---                             "because" is shorter than the longest end of the
---                             path in the model
---              because        the longest end of the path after which the model
---                             knows the item; if empty, the score is from how many
---                             paths have the item
---              rank           1 for the first row, 2 for the second, …
--- Order        highest score first; then the longer "because"; then the item
--- Unknown      items of the path that are not in the model are ignored, as if they
---              were not there; with max_gap they keep their place
--- Output       no rows when the model is empty or an argument is NULL
--- Errors       22023  n is negative
---              22P02  an item of the model is not a value of the path's type, or
---                     would come back as another: '007' as an integer
---              42804  not a frequent-sequence model
--- Source       Brants et al. (2007), stupid backoff
CREATE FUNCTION frequent_sequence_recommend(
	model segment_model, path anycompatiblearray, n bigint,
	OUT item anycompatible, OUT score float8, OUT because anycompatiblearray, OUT rank int
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_frequent_sequence_recommend' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100 ROWS 10;
COMMENT ON FUNCTION frequent_sequence_recommend(segment_model, anycompatiblearray, bigint) IS 'what usually comes next on a path';
