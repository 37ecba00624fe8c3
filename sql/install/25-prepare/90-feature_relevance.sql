--- type element_relevance                                                since 0.1.0
---
--- What feature_relevance says of one element.
CREATE TYPE element_relevance AS (
	"position" int, mutual_information float8, f_statistic float8, p_value float8
);
COMMENT ON TYPE element_relevance IS 'how much an element of a vector says about a label';

--- feature_relevance(label, features feature_vector) -> element_relevance[]
---                                                                      since 0.1.0
---
--- How much each element of the vectors says about a label, taken by itself: which
--- features to look at first.  unnest gives the elements as rows.
---
--- Input        label      boolean or text: a class; any number: an outcome (cast
---                         numbers of classes to text)
---              features   feature_vector or float8[] of the same length d; a row with
---                         a NULL is skipped.  A missing element leaves its row out,
---                         for that element alone
--- Output       one for each element, in their order; NULL when no row was seen
---              mutual_information  of the label and the element, in nats: 0 if
---                         neither says anything of the other; NULL if no row has the
---                         element.  Numbers are put into ten bins of equal frequency
---              f_statistic  for classes, the variance between their means over that
---                         within them; for a number, the variance along the line of
---                         least squares over that about it; infinite if there is
---                         none about it.  NULL if the element or the label is
---                         constant, or rows are too few
---              p_value    chance of an F this large if the element has no effect
--- Repeatable   the same rows give the same bits in any order, plan and memory
---              budget, on one type of processor
--- Cost         time n d; memory 8 (d + 1) n bytes up to segment.training_memory, then
---              on disk, and 40 bytes per row
--- Errors       2202E  vectors of different lengths
---              22003  a label is infinite or NaN; the range of an element is beyond
---                     float8
---              54000  more than 1000 classes
--- Source       Fisher (1925); scikit-learn 1.2: f_classif, f_regression,
---              mutual_info_score of the bins
CREATE FUNCTION feature_relevance_trans(internal, boolean, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_relevance_trans(internal, boolean, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_boolean_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_relevance_trans(internal, text, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_relevance_trans(internal, text, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_text_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_relevance_trans(internal, float8, feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_number_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_relevance_trans(internal, float8, float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_number_array_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_relevance_final(internal) RETURNS element_relevance[]
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION feature_relevance_class_final(internal) RETURNS element_relevance[]
	AS 'MODULE_PATHNAME', 'segment_feature_relevance_class_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE feature_relevance(label boolean, features feature_vector) (
	SFUNC = feature_relevance_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_relevance_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE feature_relevance(label boolean, features float8[]) (
	SFUNC = feature_relevance_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_relevance_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE feature_relevance(label text, features feature_vector) (
	SFUNC = feature_relevance_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_relevance_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE feature_relevance(label text, features float8[]) (
	SFUNC = feature_relevance_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_relevance_class_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE feature_relevance(label float8, features feature_vector) (
	SFUNC = feature_relevance_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_relevance_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE feature_relevance(label float8, features float8[]) (
	SFUNC = feature_relevance_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = feature_relevance_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE feature_relevance(boolean, feature_vector) IS 'how much each element of vectors says about a label';
COMMENT ON AGGREGATE feature_relevance(boolean, float8[]) IS 'how much each element of vectors says about a label';
COMMENT ON AGGREGATE feature_relevance(text, feature_vector) IS 'how much each element of vectors says about a label';
COMMENT ON AGGREGATE feature_relevance(text, float8[]) IS 'how much each element of vectors says about a label';
COMMENT ON AGGREGATE feature_relevance(float8, feature_vector) IS 'how much each element of vectors says about a label';
COMMENT ON AGGREGATE feature_relevance(float8, float8[]) IS 'how much each element of vectors says about a label';
