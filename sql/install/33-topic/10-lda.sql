--- lda_options(k bigint, alpha float8, beta float8, restarts bigint,
---   max_iterations bigint, tolerance float8, seed bigint, min_documents bigint,
---   max_document_share float8, max_terms bigint, when_too_few text) -> jsonb
---                                                                      since 0.1.0
---
--- Builds the options of lda_train by name; those left out keep their defaults.
---
---   option              default  range      meaning
---   k                   10       1 to 1000  number of topics
---   alpha               0        0, 1e-8    prior of each topic in a document; the
---                                to 1e6     smaller, the fewer topics each document
---                                           has; 0: 1 / k
---   beta                0        0, 1e-8    prior of each term in a topic; the
---                                to 1e6     smaller, the fewer terms each topic
---                                           has; 0: 1 / k
---   restarts            5        1 to 1e4   starts to choose from
---   max_iterations      100      1 to 1e6   passes over the documents at most
---   tolerance           1e-5     0 to 1     stop when a pass raises the bound of the
---                                           log-likelihood by less than this share
---   seed                42       0 to 2^53  seed of the random draws
---   min_documents       1        1 to 2^53  leave out terms of fewer documents
---   max_document_share  1        0 to 1     leave out terms in more than this share
---                                           of the documents
---   max_terms           0        0 to 2^53  keep the terms with the most tokens, ties
---                                           in byte order; 0: all
---   when_too_few        error               error, or null: no model for a group of
---                                           documents without a term that counts
CREATE FUNCTION lda_options(
	k bigint DEFAULT NULL,
	alpha float8 DEFAULT NULL,
	beta float8 DEFAULT NULL,
	restarts bigint DEFAULT NULL,
	max_iterations bigint DEFAULT NULL,
	tolerance float8 DEFAULT NULL,
	seed bigint DEFAULT NULL,
	min_documents bigint DEFAULT NULL,
	max_document_share float8 DEFAULT NULL,
	max_terms bigint DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'k', k, 'alpha', alpha, 'beta', beta, 'restarts', restarts,
		'max_iterations', max_iterations, 'tolerance', tolerance, 'seed', seed,
		'min_documents', min_documents, 'max_document_share', max_document_share,
		'max_terms', max_terms, 'when_too_few', when_too_few));
COMMENT ON FUNCTION lda_options(bigint, float8, float8, bigint, bigint, float8, bigint, bigint, float8, bigint, text)
	IS 'options of lda_train by name';

CREATE FUNCTION lda_train_trans(internal, text[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_lda_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lda_train_trans(internal, text[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_lda_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lda_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_lda_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;

--- lda_train(tokens text[] [, options jsonb]) -> segment_model            since 0.1.0
---
--- Finds topics: groups of terms that occur in the same documents (latent Dirichlet
--- allocation).
---
--- Input        tokens     one document per row: its words, or what a user read,
---                         bought or listens to; a token that is there several times
---                         counts as often.  NULL tokens are left out.  An empty
---                         document counts as a row only; a NULL one is skipped
---              options    see lda_options
--- Output       an LDA model: the terms' weights in each topic (lambda),
---              topic_shares, rows_used, rows_skipped, document_count (with a term),
---              token_count, term_count, iterations, converged, perplexity (of the
---              documents of the training); NULL when no document was seen
--- Topics       are numbered from 1, by their share of the tokens, the largest first;
---              ties by the weights of their terms
--- Method       batch variational Bayes, from clusters of documents by spherical
---              k-means; the best of several starts after 3 passes is continued
--- Repeatable   the same documents and options give the same bits in any order and
---              plan
--- Cost         3 passes for each start, and then iterations; a pass takes about 20
---              multiplications for each topic and distinct term of each document,
---              and equal documents are computed once.  Memory 12 bytes per token
---              and per document in segment.training_memory, and as much again for
---              16 bytes per distinct term of each document and 24 bytes per term
---              and topic
--- Errors       22023  an option is out of range, or options are not the same for
---                     all rows
---              22000  no document has a term that counts
---              54000  the documents or what training takes do not fit into
---                     segment.training_memory, or the model does not fit into
---                     segment.max_model_size
--- Warning      01000  no convergence in max_iterations passes
--- Source       Blei, Ng & Jordan (2003); Hoffman, Blei & Bach (2010); the model of
---              scikit-learn 1.2, LatentDirichletAllocation
CREATE AGGREGATE lda_train(tokens text[]) (
	SFUNC = lda_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = lda_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE lda_train(tokens text[], options jsonb) (
	SFUNC = lda_train_trans, STYPE = internal, SSPACE = 768,
	FINALFUNC = lda_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lda_train(text[]) IS 'topics of documents, one document per row';
COMMENT ON AGGREGATE lda_train(text[], jsonb) IS 'topics of documents, one document per row';

--- lda_topics(model segment_model, tokens text[]) -> feature_vector       since 0.1.0
---
--- The share of each topic in a document: a vector of k elements that add up to 1.
---
--- Input        model      an LDA model
---              tokens     the document; tokens that the model does not know, and
---                         NULL ones, are left out
--- Output       the mean of the posterior distribution of the shares.  A document
---              without a token that the model knows has equal shares: nothing is
---              known about it
--- Repeatable   one document has one answer, whatever the order of its tokens
--- Errors       42804  not an LDA model
--- Source       Hoffman, Blei & Bach (2010); scikit-learn 1.2,
---              LatentDirichletAllocation.transform
CREATE FUNCTION lda_topics(model segment_model, tokens text[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_lda_topics' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION lda_topics(segment_model, text[]) IS 'share of each topic in a document';

--- lda_terms(model segment_model, n bigint)
---   -> rows (topic int, topic_share float8, rank int, term text, share float8,
---     lift float8)                                                       since 0.1.0
---
--- The n terms with the largest shares of each topic, topic by topic.
---
--- Input        model        an LDA model
---              n            0 or more
--- Output       topic        its number, from 1
---              topic_share  the topic's share of all tokens
---              rank         of the term in the topic, from 1; ties in byte order
---              term
---              share        the term's share of the topic's tokens
---              lift         that share divided by the term's share of all tokens:
---                           how typical the term is of the topic
--- Errors       42804  not an LDA model
---              22023  n is negative
CREATE FUNCTION lda_terms(
	model segment_model, n bigint,
	OUT topic int, OUT topic_share float8, OUT rank int, OUT term text, OUT share float8, OUT lift float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_lda_terms' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000 ROWS 100;
COMMENT ON FUNCTION lda_terms(segment_model, bigint) IS 'terms with the largest shares of each topic';

CREATE FUNCTION lda_perplexity_trans(bytea, segment_model, text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_lda_perplexity_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
CREATE FUNCTION lda_perplexity_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_lda_perplexity_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION lda_perplexity_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_lda_perplexity_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- lda_perplexity(model segment_model, tokens text[]) -> float8           since 0.1.0
---
--- How well a model predicts the tokens of documents, best those held out from its
--- training: as well as a draw from so many terms that are equally likely.
---
--- Input        model      an LDA model; several models, each for the documents that
---                         it was not trained on, give one figure
---              tokens     a document; tokens that the model does not know are left
---                         out.  A row with a NULL is skipped
--- Output       exp(- bound / tokens), 1 or more, the lower the better; the bound is
---              the variational lower bound of the documents' log-likelihood.  NULL
---              when no token was known
--- Compared     scikit-learn's perplexity() subtracts from the bound what the topics
---              themselves cost, which depends on the number of documents held out;
---              only figures of models with the same terms can be compared
--- Exact        sums have twice the digits of float8: any order and plan agree to
---              1e-15
--- Cost         32 bytes per group; parallel and distributed plans, windows
--- Errors       42804  not an LDA model
---              22003  the perplexity is out of range
---              XX001  a state stored elsewhere is damaged
--- Source       Blei, Ng & Jordan (2003), section 7.1
CREATE AGGREGATE lda_perplexity(model segment_model, tokens text[]) (
	SFUNC = lda_perplexity_trans, STYPE = bytea, SSPACE = 32, COMBINEFUNC = lda_perplexity_combine,
	FINALFUNC = lda_perplexity_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lda_perplexity(segment_model, text[]) IS 'how well an LDA model predicts documents';
