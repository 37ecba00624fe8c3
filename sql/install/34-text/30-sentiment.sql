--- sentiment(tokens text[] | tsvector, lexicon jsonb) -> float8         since 0.1.0
---
--- How favourable a text is, by a lexicon of yours: the sum of the weights of its
--- words.
---
--- Input        tokens   the words of a text, as often as they occur, or a tsvector,
---                       where a word counts at each of its positions; NULL elements
---                       are skipped
---              lexicon  a JSON object of words with their weights, of any sign; a
---                       word must be written as it is in tokens
--- Output       a number; NULL when no word is in the lexicon, or an argument is NULL
--- Precision    summed with twice the digits of float8
--- Cost         a binary search in the lexicon for each word
--- Errors       22003  a weight or the sum is beyond float8
---              22023  lexicon is no object, or the weight of a word that occurs is
---                     not a number
CREATE FUNCTION sentiment(tokens text[], lexicon jsonb) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_sentiment_words' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
CREATE FUNCTION sentiment(tokens tsvector, lexicon jsonb) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_sentiment_document' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sentiment(text[], jsonb) IS 'sum of the weights that a lexicon gives to the words of a text';
COMMENT ON FUNCTION sentiment(tsvector, jsonb) IS 'sum of the weights that a lexicon gives to the words of a text';
