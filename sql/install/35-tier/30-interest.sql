CREATE FUNCTION top_interest_trans(bytea, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_interest_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_interest_trans(bytea, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_interest_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_interest_trans(bytea, boolean) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_interest_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_interest_trans(bytea, text, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_interest_text_weight_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_interest_trans(bytea, bigint, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_interest_bigint_weight_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_interest_trans(bytea, boolean, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_interest_boolean_weight_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_interest_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_interest_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_interest_text_final(bytea) RETURNS text
	AS 'MODULE_PATHNAME', 'segment_top_interest_text_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION top_interest_bigint_final(bytea) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_top_interest_bigint_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION top_interest_boolean_final(bytea) RETURNS boolean
	AS 'MODULE_PATHNAME', 'segment_top_interest_boolean_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- top_interest(topic text | bigint | boolean [, weight float8]) -> as topic
---                                                                      since 0.1.0
---
--- What a user is most interested in: the topic with the largest total weight, or
--- the one that occurs most often.
---
--- Input        topic          text, an integer type or boolean; cast others to text
---              weight         weight of the row, such as minutes or money: float8,
---                             numeric or an integer; 1 if left out.  A negative
---                             one subtracts (a refund, a dislike).
---                             A row with a NULL is skipped
--- Output       text, bigint or boolean, as the topic; NULL when no row was seen
--- Ties         go to the smallest topic: numbers by value, text in byte order,
---              whatever the collation, false before true
--- Exact        any order and plan give the same: sums have twice the digits of
---              float8, enough while the weights of a topic add up to less than
---              1e15 times the smallest of them, and are rounded to float8 before
---              being compared
--- Cost         one pass; 128 bytes for a user with one to three topics, up to 1 kB
---              with 20 (2 kB with weights); in a large group up to 170 bytes per
---              topic, and five times the topic, while it grows; parallel and
---              distributed plans, windows
--- Errors       22003  a weight is NaN or infinite, or a total beyond float8
---              54000  more than 400 MB of topics in one group (about 8 million)
CREATE AGGREGATE top_interest(topic text) (
	SFUNC = top_interest_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = top_interest_combine,
	FINALFUNC = top_interest_text_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE top_interest(topic bigint) (
	SFUNC = top_interest_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = top_interest_combine,
	FINALFUNC = top_interest_bigint_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE top_interest(topic boolean) (
	SFUNC = top_interest_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = top_interest_combine,
	FINALFUNC = top_interest_boolean_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE top_interest(topic text, weight float8) (
	SFUNC = top_interest_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = top_interest_combine,
	FINALFUNC = top_interest_text_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE top_interest(topic bigint, weight float8) (
	SFUNC = top_interest_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = top_interest_combine,
	FINALFUNC = top_interest_bigint_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE top_interest(topic boolean, weight float8) (
	SFUNC = top_interest_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = top_interest_combine,
	FINALFUNC = top_interest_boolean_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE top_interest(text) IS 'most frequent topic';
COMMENT ON AGGREGATE top_interest(bigint) IS 'most frequent topic';
COMMENT ON AGGREGATE top_interest(boolean) IS 'most frequent value';
COMMENT ON AGGREGATE top_interest(text, float8) IS 'topic with the largest total weight';
COMMENT ON AGGREGATE top_interest(bigint, float8) IS 'topic with the largest total weight';
COMMENT ON AGGREGATE top_interest(boolean, float8) IS 'value with the largest total weight';

CREATE FUNCTION top_keywords_trans(bytea, tsvector, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_keywords_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_keywords_trans(bytea, text[], bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_keywords_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_keywords_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_top_keywords_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION top_keywords_final(bytea) RETURNS text[]
	AS 'MODULE_PATHNAME', 'segment_top_keywords_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- top_keywords(document tsvector | text[], n bigint) -> text[]         since 0.1.0
---
--- The n words that occur in the largest number of documents.
---
--- Input        document       a tsvector from to_tsvector() with the text search
---                             configuration of your choice, which decides what a
---                             word is and which words to leave out; or the words
---                             themselves, as from phrase_tokens() and text_ngrams(),
---                             whose NULL elements are left out.  A NULL document is
---                             skipped
---              n              number of words, 1 to 10000, the same for all rows
--- Output       the words, those in the most documents first; fewer than
---              n if there are no more, an empty array if there are none; NULL when
---              no row was seen
--- Counts       a document counts once for a word, however often it contains it;
---              positions and weights of a tsvector do not matter
--- Ties         in byte order, whatever the collation
--- Exact        counts are whole numbers: any order and plan give the same
--- Cost         one pass, one look-up per word of a document; memory up to
---              130 bytes per distinct word, and five times the word, while it
---              grows; parallel and distributed plans, windows
--- Errors       22004  n is NULL
---              22023  n is out of range, or not the same for all rows
---              54000  more than 400 MB of words (about 8 million) in one group
CREATE AGGREGATE top_keywords(document tsvector, n bigint) (
	SFUNC = top_keywords_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = top_keywords_combine,
	FINALFUNC = top_keywords_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE top_keywords(document text[], n bigint) (
	SFUNC = top_keywords_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = top_keywords_combine,
	FINALFUNC = top_keywords_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE top_keywords(tsvector, bigint) IS 'words that occur in the most documents';
COMMENT ON AGGREGATE top_keywords(text[], bigint) IS 'words that occur in the most documents';
