--- phrase_options(unit text, min_count bigint, max_length bigint,
---   min_cohesion float8, min_freedom float8, dictionary text[],
---   max_iterations bigint, when_too_few text) -> jsonb                   since 0.1.0
---
--- Builds the options of phrase_train by name; those left out keep their defaults.
---
---   option          default  range         meaning
---   unit            word     character,    what phrases are made of: characters, or
---                            word          words as text_ngrams has them
---   min_count       5        2 to 2^53     leave out phrases that occur less often
---   max_length      6        2 to 100      the most units of a phrase
---   min_cohesion    2        -1000, 1000   leave out phrases whose parts stand
---                                          beside each other less than 2^min_cohesion
---                                          times as often as by chance, by
---                                          cohesion_low
---   min_freedom     1        0 to 1000     leave out phrases with less variety beside
---                                          them: 1 bit is as much as two neighbours
---                                          that are equally frequent
---   dictionary      none                   words that are known, whatever the limits
---                                          above
---   max_iterations  5        1 to 1e6      segmentations of all texts at most
---   when_too_few    error                  as for all trainers; there is no such
---                                          failure here
CREATE FUNCTION phrase_options(
	unit text DEFAULT NULL,
	min_count bigint DEFAULT NULL,
	max_length bigint DEFAULT NULL,
	min_cohesion float8 DEFAULT NULL,
	min_freedom float8 DEFAULT NULL,
	dictionary text[] DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'unit', unit, 'min_count', min_count, 'max_length', max_length,
		'min_cohesion', min_cohesion, 'min_freedom', min_freedom, 'dictionary', dictionary,
		'max_iterations', max_iterations, 'when_too_few', when_too_few));
COMMENT ON FUNCTION phrase_options(text, bigint, bigint, float8, float8, text[], bigint, text)
	IS 'options of phrase_train by name';

CREATE FUNCTION phrase_train_trans(internal, text) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_phrase_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION phrase_train_trans(internal, text, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_phrase_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION phrase_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_phrase_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- phrase_train(document text [, options jsonb]) -> segment_model         since 0.1.0
---
--- Finds the words of texts that have no spaces between them, and phrases of texts
--- that do, without a dictionary.
---
--- Input        document   one text per row, read as text_ngrams reads it; a NULL one
---                         is skipped, and an empty one counts as a row only
---              options    see phrase_options
--- Output       a phrase model: the phrases with what phrases() shows, rows_used,
---              rows_skipped, unit_count, token_count (of the segmented texts),
---              phrase_count, iterations, converged; NULL when no document was seen
--- A phrase     is a sequence of units that occurs min_count times or more, whose
---              cohesion and freedom are large enough.
---              cohesion: log2(count x units / (count of one part x count of the
---              other)), where the sequence is split such that this is smallest.
---              cohesion_low: the same, with a count whose square root is smaller by
---              1.25: 2.5 standard deviations of a count by chance.
---              freedom: the entropy, in bits, of the units before it, or of those
---              after it, whichever is smaller; the start or end of a run counts as
---              another neighbour each time
--- Shares       how often each phrase is a word of its own is learned: all texts are
---              segmented with the counts as shares, the words are counted, and so on
---              until nothing changes, or max_iterations times
--- Repeatable   the same documents and options give the same bits in any order and
---              plan, whatever segment.training_memory, if it is enough
--- Cost         4 bytes per unit and per run in segment.training_memory, and as much
---              for the search as frequent sequences need: 32 to 96 bytes for each.
---              A million texts of 20 characters take 5 to 15 seconds
--- Errors       22023  an option is out of range, or options are not the same for
---                     all rows
---              22021  the database's encoding is SQL_ASCII, and a text not in UTF-8
---              54000  the texts or the search do not fit into
---                     segment.training_memory, or the model does not fit into
---                     segment.max_model_size
--- Source       Church & Hanks (1990), mutual information; Jin & Tanaka-Ishii (2006),
---              entropy of neighbours
CREATE AGGREGATE phrase_train(document text) (
	SFUNC = phrase_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = phrase_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE phrase_train(document text, options jsonb) (
	SFUNC = phrase_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = phrase_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE phrase_train(text) IS 'words and phrases of texts, found without a dictionary';
COMMENT ON AGGREGATE phrase_train(text, jsonb) IS 'words and phrases of texts, found without a dictionary';

--- phrases(model segment_model)
---   -> rows (phrase text, length int, count bigint, tokens bigint,
---     cohesion float8, cohesion_low float8, freedom float8, left_freedom float8,
---     right_freedom float8, in_dictionary boolean)                       since 0.1.0
---
--- The phrases of a model, the most frequent ones first; ties in byte order.
---
--- Input        model          a phrase model
--- Output       phrase
---              length         units
---              count          how often it occurs in the documents
---              tokens         how often it is a word of its own in the best
---                             segmentation of the documents
---              cohesion       in bits; see phrase_train.  NULL for a single unit
---              cohesion_low   as far as the count can be trusted; what min_cohesion
---                             compares
---              freedom        the smaller one of the next two
---              left_freedom   entropy of the units before it, in bits
---              right_freedom  entropy of the units after it
---              in_dictionary  was it given?  A given word that does not occur has a
---                             count of 0, and NULL in the columns of bits
--- Errors       42804  not a phrase model
CREATE FUNCTION phrases(
	model segment_model,
	OUT phrase text, OUT length int, OUT count bigint, OUT tokens bigint, OUT cohesion float8, OUT cohesion_low float8,
	OUT freedom float8, OUT left_freedom float8, OUT right_freedom float8, OUT in_dictionary boolean
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_phrases' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 1000;
COMMENT ON FUNCTION phrases(segment_model) IS 'phrases of a phrase model';

--- phrase_tokens(model segment_model, document text) -> text[]            since 0.1.0
---
--- The words of a text: its best segmentation into phrases of a model and single
--- units.
---
--- Input        model      a phrase model
---              document   any text, read as in the training
--- Output       the words in the order of the text, in normal form; what is no phrase
---              is there unit by unit: a character of a script without spaces, a word
---              of another one (with the option unit => 'character' each character)
--- Best         the words with the largest product of shares: tokens / token_count.  A
---              word without tokens, and an unknown unit, count as half a token.  Of
---              equally good segmentations it is the one whose last word is longest
--- Cost         about a microsecond per unit; the model is opened once per query
--- Errors       42804  not a phrase model
---              22021  as for phrase_train
CREATE FUNCTION phrase_tokens(model segment_model, document text) RETURNS text[]
	AS 'MODULE_PATHNAME', 'segment_phrase_tokens' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION phrase_tokens(segment_model, text) IS 'words of a text by a phrase model';
