-- text is what parameters and literals of unknown type resolve to: '{1,2}'
CREATE FUNCTION precision_at_trans(bytea, bigint, bigint[], bigint[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION precision_at_trans(bytea, bigint, text[], text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION precision_at_trans(bytea, bigint, text, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION precision_at_trans(bytea, bigint, uuid[], uuid[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION recall_at_trans(bytea, bigint, bigint[], bigint[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_recall_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION recall_at_trans(bytea, bigint, text[], text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_recall_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION recall_at_trans(bytea, bigint, text, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_recall_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION recall_at_trans(bytea, bigint, uuid[], uuid[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_recall_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hit_rate_at_trans(bytea, bigint, bigint[], bigint[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_hit_rate_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hit_rate_at_trans(bytea, bigint, text[], text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_hit_rate_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hit_rate_at_trans(bytea, bigint, text, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_hit_rate_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hit_rate_at_trans(bytea, bigint, uuid[], uuid[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_hit_rate_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION average_precision_at_trans(bytea, bigint, bigint[], bigint[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_average_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION average_precision_at_trans(bytea, bigint, text[], text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_average_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION average_precision_at_trans(bytea, bigint, text, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_average_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION average_precision_at_trans(bytea, bigint, uuid[], uuid[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_average_precision_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, bigint[], bigint[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, text[], text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, text, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, uuid[], uuid[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, bigint[], bigint[], float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, text[], text[], float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, text, text, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, uuid[], uuid[], float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, bigint[], bigint[], float8[], text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, text[], text[], float8[], text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, text, text, float8[], text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ndcg_at_trans(bytea, bigint, uuid[], uuid[], float8[], text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ndcg_at_graded_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION mrr_trans(bytea, bigint[], bigint[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_mrr_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION mrr_trans(bytea, text[], text[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_mrr_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION mrr_trans(bytea, text, text) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_mrr_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION mrr_trans(bytea, uuid[], uuid[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_mrr_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION intra_list_diversity_trans(bytea, feature_vector[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_intra_list_diversity_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION intra_list_diversity_trans(bytea, float8[]) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_intra_list_diversity_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION list_novelty_trans(bytea, bigint[], bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_list_novelty_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ranking_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_ranking_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION ranking_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_ranking_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION catalog_coverage_trans(bytea, bigint[], bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_catalog_coverage_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION catalog_coverage_trans(bytea, text[], bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_catalog_coverage_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION catalog_coverage_trans(bytea, text, bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_catalog_coverage_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION catalog_coverage_trans(bytea, uuid[], bigint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_catalog_coverage_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION catalog_coverage_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_catalog_coverage_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION catalog_coverage_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_catalog_coverage_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- precision_at(k bigint, recommended text[], relevant text[]) -> float8   since 0.1.0
---
--- What share of the first k recommended items was relevant?  The mean over users,
--- one row per user.  GROUP BY user gives the share of each user.
---
--- Input        k            number of places that count, 1 to 1000000, the same
---                           for all rows
---              recommended  items, the best first: bigint[] or another integer
---                           type, text[] or uuid[]; cast others to text[].  A
---                           repeated item or a NULL takes a place and is a miss
---              relevant     items that turned out to be relevant, in any order, of
---                           the same type; NULLs and repetitions do not count.
---                           A row with NULL for a list is skipped: write
---                           coalesce(recommended, '{}') to count a user without a
---                           list as a miss
--- Output       0 to 1: relevant items among the first k, over k, even if the list
---              is shorter.  A user without relevant items is skipped, neither 0
---              nor 1; NULL when no user is left
--- Exact        sums have twice the digits of float8: any order and plan agree to
---              1e-15
--- Cost         one pass, each item is looked up once; 48 bytes per group; parallel
---              and distributed plans, windows
--- Errors       2202E  a list has more than one dimension
---              22004  k is NULL
---              22023  k is out of range, or not the same for all rows
--- Source       Manning, Raghavan & Schütze (2008), chapter 8
CREATE AGGREGATE precision_at(k bigint, recommended bigint[], relevant bigint[]) (
	SFUNC = precision_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE precision_at(k bigint, recommended text[], relevant text[]) (
	SFUNC = precision_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE precision_at(k bigint, recommended text, relevant text) (
	SFUNC = precision_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE precision_at(k bigint, recommended uuid[], relevant uuid[]) (
	SFUNC = precision_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE precision_at(bigint, bigint[], bigint[]) IS 'share of relevant items among the first k, mean over users';
COMMENT ON AGGREGATE precision_at(bigint, text[], text[]) IS 'share of relevant items among the first k, mean over users';
COMMENT ON AGGREGATE precision_at(bigint, text, text) IS 'share of relevant items among the first k, mean over users';
COMMENT ON AGGREGATE precision_at(bigint, uuid[], uuid[]) IS 'share of relevant items among the first k, mean over users';

--- recall_at(k bigint, recommended text[], relevant text[]) -> float8   since 0.1.0
---
--- What share of the relevant items is among the first k recommended?  The mean
--- over users.
---
--- Input, Cost, Errors  as for precision_at
--- Output       0 to 1; NULL when no user has a relevant item
CREATE AGGREGATE recall_at(k bigint, recommended bigint[], relevant bigint[]) (
	SFUNC = recall_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE recall_at(k bigint, recommended text[], relevant text[]) (
	SFUNC = recall_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE recall_at(k bigint, recommended text, relevant text) (
	SFUNC = recall_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE recall_at(k bigint, recommended uuid[], relevant uuid[]) (
	SFUNC = recall_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE recall_at(bigint, bigint[], bigint[]) IS 'share of the relevant items that are among the first k, mean over users';
COMMENT ON AGGREGATE recall_at(bigint, text[], text[]) IS 'share of the relevant items that are among the first k, mean over users';
COMMENT ON AGGREGATE recall_at(bigint, text, text) IS 'share of the relevant items that are among the first k, mean over users';
COMMENT ON AGGREGATE recall_at(bigint, uuid[], uuid[]) IS 'share of the relevant items that are among the first k, mean over users';

--- hit_rate_at(k bigint, recommended text[], relevant text[]) -> float8   since 0.1.0
---
--- Share of users with a relevant item among the first k.
---
--- Input, Cost, Errors  as for precision_at
--- Output       0 to 1; NULL when no user has a relevant item
CREATE AGGREGATE hit_rate_at(k bigint, recommended bigint[], relevant bigint[]) (
	SFUNC = hit_rate_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hit_rate_at(k bigint, recommended text[], relevant text[]) (
	SFUNC = hit_rate_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hit_rate_at(k bigint, recommended text, relevant text) (
	SFUNC = hit_rate_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hit_rate_at(k bigint, recommended uuid[], relevant uuid[]) (
	SFUNC = hit_rate_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hit_rate_at(bigint, bigint[], bigint[]) IS 'share of users with a relevant item among the first k';
COMMENT ON AGGREGATE hit_rate_at(bigint, text[], text[]) IS 'share of users with a relevant item among the first k';
COMMENT ON AGGREGATE hit_rate_at(bigint, text, text) IS 'share of users with a relevant item among the first k';
COMMENT ON AGGREGATE hit_rate_at(bigint, uuid[], uuid[]) IS 'share of users with a relevant item among the first k';

--- mrr(recommended text[], relevant text[]) -> float8                    since 0.1.0
---
--- Mean reciprocal rank: 1 over the place of the first relevant item, 0 if there is
--- none.  To look at the first 10 only, pass recommended[1:10].
---
--- Input, Cost, Errors  as for precision_at
--- Output       0 to 1; NULL when no user has a relevant item
CREATE AGGREGATE mrr(recommended bigint[], relevant bigint[]) (
	SFUNC = mrr_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE mrr(recommended text[], relevant text[]) (
	SFUNC = mrr_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE mrr(recommended text, relevant text) (
	SFUNC = mrr_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE mrr(recommended uuid[], relevant uuid[]) (
	SFUNC = mrr_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE mrr(bigint[], bigint[]) IS 'mean reciprocal rank of the first relevant item';
COMMENT ON AGGREGATE mrr(text[], text[]) IS 'mean reciprocal rank of the first relevant item';
COMMENT ON AGGREGATE mrr(text, text) IS 'mean reciprocal rank of the first relevant item';
COMMENT ON AGGREGATE mrr(uuid[], uuid[]) IS 'mean reciprocal rank of the first relevant item';

--- average_precision_at(k bigint, recommended text[], relevant text[]) -> float8
---                                                                      since 0.1.0
---
--- Mean average precision (MAP): the precision at the place of each relevant item
--- among the first k, summed, over the smaller of k and the number of relevant items.
---
--- Input, Cost, Errors  as for precision_at
--- Output       0 to 1, where 1 means that all relevant items, or k of them, come
---              first; NULL when no user has a relevant item
--- Source       as scikit-learn's average_precision_score, where k is at least the
---              number of relevant items
CREATE AGGREGATE average_precision_at(k bigint, recommended bigint[], relevant bigint[]) (
	SFUNC = average_precision_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE average_precision_at(k bigint, recommended text[], relevant text[]) (
	SFUNC = average_precision_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE average_precision_at(k bigint, recommended text, relevant text) (
	SFUNC = average_precision_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE average_precision_at(k bigint, recommended uuid[], relevant uuid[]) (
	SFUNC = average_precision_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE average_precision_at(bigint, bigint[], bigint[]) IS 'mean average precision of the first k';
COMMENT ON AGGREGATE average_precision_at(bigint, text[], text[]) IS 'mean average precision of the first k';
COMMENT ON AGGREGATE average_precision_at(bigint, text, text) IS 'mean average precision of the first k';
COMMENT ON AGGREGATE average_precision_at(bigint, uuid[], uuid[]) IS 'mean average precision of the first k';

--- ndcg_at(k bigint, recommended text[], relevant text[] [, grades float8[] [, gain text]]) -> float8
---                                                                      since 0.1.0
---
--- Normalized discounted cumulative gain: a relevant item at place i is worth
--- gain / log2(i + 1).  The sum over the first k, divided by that of the best
--- possible list; the mean over users.
---
--- Input        k, recommended, relevant  as for precision_at
---              grades       how relevant, one per item of relevant: 0 (not at all)
---                           to 500; NULL is unknown, as if the item were not
---                           there.  For an item that occurs twice the larger grade
---                           counts.  Without grades, all items have grade 1
---              gain         exponential  2^grade - 1: the default
---                           linear       the grade, up to 1e100: scikit-learn's
---                                        ndcg_score.
---                           For grades 0 and 1 both are the same
--- Output       0 to 1; NULL when no user has an item with a grade above 0
--- Errors       as for precision_at, and
---              2202E  grades and relevant items differ in number
---              22003  a grade is NaN or infinite
---              22023  a grade is out of range; gain is not one of those above, or
---                     not the same for all rows
--- Source       Järvelin & Kekäläinen (2002); exponential gain: Burges et al. (2005).
---              Checked against scikit-learn
CREATE AGGREGATE ndcg_at(k bigint, recommended bigint[], relevant bigint[]) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended text[], relevant text[]) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended text, relevant text) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended uuid[], relevant uuid[]) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended bigint[], relevant bigint[], grades float8[]) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended text[], relevant text[], grades float8[]) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended text, relevant text, grades float8[]) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended uuid[], relevant uuid[], grades float8[]) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended bigint[], relevant bigint[], grades float8[], gain text) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended text[], relevant text[], grades float8[], gain text) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended text, relevant text, grades float8[], gain text) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 64, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE ndcg_at(k bigint, recommended uuid[], relevant uuid[], grades float8[], gain text) (
	SFUNC = ndcg_at_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE ndcg_at(bigint, bigint[], bigint[]) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, text[], text[]) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, text, text) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, uuid[], uuid[]) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, bigint[], bigint[], float8[]) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, text[], text[], float8[]) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, text, text, float8[]) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, uuid[], uuid[], float8[]) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, bigint[], bigint[], float8[], text) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, text[], text[], float8[], text) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, text, text, float8[], text) IS 'normalized discounted cumulative gain of the first k, mean over users';
COMMENT ON AGGREGATE ndcg_at(bigint, uuid[], uuid[], float8[], text) IS 'normalized discounted cumulative gain of the first k, mean over users';

--- catalog_coverage(recommended text[], catalogue_size bigint) -> float8   since 0.1.0
---
--- Share of the catalogue that is recommended to anybody: the number of different
--- items in all lists, divided by catalogue_size.
---
--- Input        recommended     items, as for precision_at; a row with NULL is
---                              skipped, and so is a NULL in a list.  For the first
---                              10, pass recommended[1:10]
---              catalogue_size  number of items that could be, the same for all
---                              rows
--- Output       0 to 1; NULL when no row was seen
--- Exact        counts are whole numbers: any order and plan give the same bits
--- Cost         memory up to 110 bytes per different item, and five times the item,
---              while it grows; parallel and distributed plans, windows
--- Errors       2202E  a list has more than one dimension
---              22004  catalogue_size is NULL
---              22023  catalogue_size is below 1, not the same for all rows, or less
---                     than the number of different items
---              54000  more than 400 MB of items (about 10 million)
CREATE AGGREGATE catalog_coverage(recommended bigint[], catalogue_size bigint) (
	SFUNC = catalog_coverage_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = catalog_coverage_combine,
	FINALFUNC = catalog_coverage_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE catalog_coverage(recommended text[], catalogue_size bigint) (
	SFUNC = catalog_coverage_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = catalog_coverage_combine,
	FINALFUNC = catalog_coverage_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE catalog_coverage(recommended text, catalogue_size bigint) (
	SFUNC = catalog_coverage_trans, STYPE = bytea, SSPACE = 1024, COMBINEFUNC = catalog_coverage_combine,
	FINALFUNC = catalog_coverage_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE catalog_coverage(recommended uuid[], catalogue_size bigint) (
	SFUNC = catalog_coverage_trans, STYPE = bytea, SSPACE = 512, COMBINEFUNC = catalog_coverage_combine,
	FINALFUNC = catalog_coverage_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE catalog_coverage(bigint[], bigint) IS 'share of the catalogue that is recommended';
COMMENT ON AGGREGATE catalog_coverage(text[], bigint) IS 'share of the catalogue that is recommended';
COMMENT ON AGGREGATE catalog_coverage(text, bigint) IS 'share of the catalogue that is recommended';
COMMENT ON AGGREGATE catalog_coverage(uuid[], bigint) IS 'share of the catalogue that is recommended';

--- intra_list_diversity(vectors feature_vector[]) -> float8              since 0.1.0
---
--- How unlike the items of a list are: the mean distance 1 - cosine over all pairs
--- of its vectors; the mean over users, one row per user.
---
--- Input        vectors      features or factors of the items of a list, of the
---                           same length: array_agg(features); or an array of
---                           arrays.  NULLs and vectors of zeros, which have no
---                           direction, are left out
--- Output       0 (all point the same way) to 2; lists with fewer than two vectors
---              are skipped; NULL when no list is left
--- Exact        any order and plan of the rows agree to 1e-15
--- Cost         one pass, the number of vectors times their length; 48 bytes per
---              group; parallel and distributed plans, windows
--- Errors       2202E  vectors of different lengths, or an array of other
---                     dimensions
---              22004  a missing element
--- Source       Ziegler et al. (2005), with the distance of <=>
CREATE AGGREGATE intra_list_diversity(vectors feature_vector[]) (
	SFUNC = intra_list_diversity_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE intra_list_diversity(vectors float8[]) (
	SFUNC = intra_list_diversity_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE intra_list_diversity(feature_vector[]) IS 'mean distance of the items of a list, mean over users';
COMMENT ON AGGREGATE intra_list_diversity(float8[]) IS 'mean distance of the items of a list, mean over users';

--- list_novelty(known_by bigint[], users bigint) -> float8                since 0.1.0
---
--- How little known are the recommended items?  The mean self-information of the
--- items of a list, in bits; then the mean over users, one list per row.
---
--- Input        known_by  how many users have each item of the list, in any order;
---                        NULLs are left out, and 0 counts as 1
---              users     how many users there are
---                        A row with a NULL is skipped
--- Output       mean of log2(users / known_by): 0 for items that everybody has, 1 more
---              each time that half as many have them; empty lists are skipped; NULL
---              when no list is left
--- Exact        any order and plan of the rows agree to 1e-15
--- Cost         one pass; 48 bytes per group; parallel and distributed plans, windows
--- Errors       2202E  a list has more than one dimension
---              22023  users is not above 0, or an item has more users than there are
--- Source       Zhou et al. (2010); as mean self-information Vargas & Castells (2011)
CREATE AGGREGATE list_novelty(known_by bigint[], users bigint) (
	SFUNC = list_novelty_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = ranking_combine,
	FINALFUNC = ranking_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE list_novelty(bigint[], bigint) IS 'mean self-information of the items of a list, mean over users';
