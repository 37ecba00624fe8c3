--- hierarchical_options(…) -> jsonb                                      since 0.1.0
---
--- Builds the options of hierarchical_train by name; those left out keep their
--- defaults.
---
---   option          default  range             meaning
---   linkage         ward     ward, average,    how far apart two clusters are:
---                            complete, single
---                                                ward      what merging them adds
---                                                          to the sum of squared
---                                                          distances to the means
---                                                          of clusters
---                                                average   the mean distance of
---                                                          their rows
---                                                complete  the largest one
---                                                single    the smallest one
---   standardize     true                       divide each element by its standard
---                                              deviation, so that all count equally;
---                                              not with scale
---   impute          none     none, mean,       how missing elements are filled in:
---                            median,           by the mean or median of the rows,
---                            constant          or by fill_value
---   fill_value      none     any               what impute constant fills in
---   transform       none     none,             how elements are transformed, as
---                            yeo_johnson,      power_train does
---                            log1p
---   scale           none     none, standard,   how elements are scaled, as
---                            minmax, maxabs,   scaler_train does
---                            robust
---   feature_names   none     d names           names of the elements, all different;
---                                              kept in the model, shown in messages
---   when_too_few    error    error, null       changes nothing: one row is enough
---
--- Output       jsonb, checked by hierarchical_train; it can also be written by
---              hand: '{"linkage": "average"}'
CREATE FUNCTION hierarchical_options(
	linkage text DEFAULT NULL,
	standardize boolean DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	transform text DEFAULT NULL,
	scale text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'linkage', linkage, 'standardize', standardize, 'impute', impute, 'fill_value', fill_value,
		'transform', transform, 'scale', scale, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION hierarchical_options(text, boolean, text, float8, text, text, text[], text) IS
	'options of hierarchical_train by name';

CREATE FUNCTION hierarchical_train_trans(internal, "any", feature_vector) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_train_trans(internal, "any", feature_vector, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_train_trans(internal, "any", feature_vector, jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_train_trans(internal, "any", float8[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_train_trans(internal, "any", float8[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_train_trans(internal, "any", float8[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_hierarchical_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hierarchical_train_trans(internal, "any", feature_vector) IS 'transition of hierarchical_train';
COMMENT ON FUNCTION hierarchical_train_trans(internal, "any", feature_vector, jsonb) IS 'transition of hierarchical_train';
COMMENT ON FUNCTION hierarchical_train_trans(internal, "any", feature_vector, jsonb, float8) IS 'transition of hierarchical_train';
COMMENT ON FUNCTION hierarchical_train_trans(internal, "any", float8[]) IS 'transition of hierarchical_train';
COMMENT ON FUNCTION hierarchical_train_trans(internal, "any", float8[], jsonb) IS 'transition of hierarchical_train';
COMMENT ON FUNCTION hierarchical_train_trans(internal, "any", float8[], jsonb, float8) IS 'transition of hierarchical_train';
COMMENT ON FUNCTION hierarchical_train_final(internal) IS 'result of hierarchical_train';

--- hierarchical_train(id "any", features feature_vector [, options jsonb [, weight float8]])
---   -> segment_model                                                   since 0.1.0
---
--- Merges the two nearest clusters, from one cluster for each row to one for all,
--- and keeps the order and the height of the merges. The clusters for every k are
--- in one model.
---
--- Input        id         of the row: integer, text or any other type; no two rows
---                         may have the same
---              features   rows of d numbers; the first row fixes d (1 to 16000)
---              options    see hierarchical_options
---              weight     how many times the row counts; finite, not negative.
---                         ward and average use it; with the means and sizes of
---                         k-means clusters as rows and weights, ward is exact
---              a row in which one of these is NULL, or the weight is zero, is
---              skipped
--- Output       a hierarchical clustering: for each merge two clusters and a height;
---              NULL when no row was used
--- Height       average, complete, single: the distance, Euclidean, in standard
---              deviations unless standardize is off. ward: the root of twice what
---              the merge adds to the sum of squares; for two rows, their distance
--- Ties         rows are taken in the order of their ids: integers by value, all
---              others by their text in byte order. Clusters are merged along
---              chains of nearest neighbours, of which each starts at the first
---              cluster; of neighbours at the same distance, the one from which
---              the chain came is nearest, or else the first. A cluster is where
---              its last row is. These are scipy's rules
--- Repeatable   the same rows and options give the same bits in any order, plan
---              and memory budget, on any processor
--- Cost         time n^2 d; memory (8 d + 200) n bytes besides the rows, with
---              average and complete 4 n^2 more. It must fit into
---              segment.training_memory: those two take 8000 rows of few elements
---              with the 256 MB of the default
--- Errors       2202E  rows of different lengths
---              22003  values too large or too close together to square
---              22004  missing elements, without impute
---              22023  an id occurs twice; an option is out of range, or not the
---                     same for all rows
---              54000  more rows than segment.training_memory has room for, or the
---                     model would be larger than segment.max_model_size
--- Source       Ward (1963); chain: Murtagh (1983); Müllner (2011); spanning tree:
---              Gower & Ross (1969)
CREATE AGGREGATE hierarchical_train(id "any", features feature_vector) (
	SFUNC = hierarchical_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_train(id "any", features feature_vector, options jsonb) (
	SFUNC = hierarchical_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_train(id "any", features feature_vector, options jsonb, weight float8) (
	SFUNC = hierarchical_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_train(id "any", features float8[]) (
	SFUNC = hierarchical_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_train(id "any", features float8[], options jsonb) (
	SFUNC = hierarchical_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_train(id "any", features float8[], options jsonb, weight float8) (
	SFUNC = hierarchical_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hierarchical_train("any", feature_vector) IS 'hierarchical clustering of rows into a model';
COMMENT ON AGGREGATE hierarchical_train("any", feature_vector, jsonb) IS 'hierarchical clustering of rows into a model';
COMMENT ON AGGREGATE hierarchical_train("any", feature_vector, jsonb, float8) IS 'hierarchical clustering of weighted rows into a model';
COMMENT ON AGGREGATE hierarchical_train("any", float8[]) IS 'hierarchical clustering of rows into a model';
COMMENT ON AGGREGATE hierarchical_train("any", float8[], jsonb) IS 'hierarchical clustering of rows into a model';
COMMENT ON AGGREGATE hierarchical_train("any", float8[], jsonb, float8) IS 'hierarchical clustering of weighted rows into a model';

--- hierarchical_gower_options(…) -> jsonb                                since 0.1.0
---
--- Builds the options of hierarchical_gower_train by name; those left out keep their
--- defaults.
---
---   option          default  range             meaning
---   linkage         average  average,          how far apart two clusters are: the
---                            complete, single  mean, the largest or the smallest
---                                              distance of their rows
---   impute          none     none, mean,       how missing numbers are filled in;
---                            median, constant  without it they are left out of
---                                              distances
---   fill_value      none     any               what impute constant fills in
---   transform       none     none,             how numbers are transformed, as
---                            yeo_johnson,      power_train does
---                            log1p
---   scale           none     none, standard,   changes nothing but what rounding
---                            minmax, maxabs,   does: numbers are divided by their
---                            robust            range
---   feature_names   none     d names           names of the numbers, all different;
---                                              kept in the model, shown in messages
---   when_too_few    error    error, null       changes nothing: one row is enough
---
--- Output       jsonb, checked by hierarchical_gower_train
CREATE FUNCTION hierarchical_gower_options(
	linkage text DEFAULT NULL,
	impute text DEFAULT NULL,
	fill_value float8 DEFAULT NULL,
	transform text DEFAULT NULL,
	scale text DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'linkage', linkage, 'impute', impute, 'fill_value', fill_value,
		'transform', transform, 'scale', scale, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION hierarchical_gower_options(text, text, float8, text, text, text[], text) IS
	'options of hierarchical_gower_train by name';

CREATE FUNCTION hierarchical_gower_train_trans(internal, "any", feature_vector, text[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_gower_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_gower_train_trans(internal, "any", feature_vector, text[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_gower_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_gower_train_trans(internal, "any", feature_vector, text[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_gower_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_gower_train_trans(internal, "any", float8[], text[]) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_gower_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_gower_train_trans(internal, "any", float8[], text[], jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_gower_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_gower_train_trans(internal, "any", float8[], text[], jsonb, float8) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_hierarchical_gower_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION hierarchical_gower_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_hierarchical_gower_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION hierarchical_gower_train_trans(internal, "any", feature_vector, text[]) IS 'transition of hierarchical_gower_train';
COMMENT ON FUNCTION hierarchical_gower_train_trans(internal, "any", feature_vector, text[], jsonb) IS 'transition of hierarchical_gower_train';
COMMENT ON FUNCTION hierarchical_gower_train_trans(internal, "any", feature_vector, text[], jsonb, float8) IS 'transition of hierarchical_gower_train';
COMMENT ON FUNCTION hierarchical_gower_train_trans(internal, "any", float8[], text[]) IS 'transition of hierarchical_gower_train';
COMMENT ON FUNCTION hierarchical_gower_train_trans(internal, "any", float8[], text[], jsonb) IS 'transition of hierarchical_gower_train';
COMMENT ON FUNCTION hierarchical_gower_train_trans(internal, "any", float8[], text[], jsonb, float8) IS 'transition of hierarchical_gower_train';
COMMENT ON FUNCTION hierarchical_gower_train_final(internal) IS 'result of hierarchical_gower_train';

--- hierarchical_gower_train(id "any", features feature_vector, categories text[]
---                          [, options jsonb [, weight float8]]) -> segment_model
---                                                                      since 0.1.0
---
--- hierarchical_train for rows of numbers and categories: how far apart two rows are
--- is Gower's distance.
---
--- Input        id, weight as in hierarchical_train
---              features   rows of d numbers, some perhaps missing
---              categories labels, as many in each row (0 to 1000), at most 1000
---                         different ones in all; a NULL among them is missing
---              options    see hierarchical_gower_options
--- Output       a hierarchical clustering, as of hierarchical_train
--- Height       the mean over the elements that are missing in neither row, of the
---              difference of two numbers divided by the range of that element, and
---              of 0 for equal and 1 for different categories; from 0 to 1. An
---              element that does not vary counts as equal
--- Cost         as hierarchical_train: average and complete keep a matrix
--- Errors       as hierarchical_train; 2202E  rows with different numbers of
---              categories; 22004  two rows without an element in common
--- Source       Gower (1971); as daisy in R's package cluster
CREATE AGGREGATE hierarchical_gower_train(id "any", features feature_vector, categories text[]) (
	SFUNC = hierarchical_gower_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_gower_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_gower_train(id "any", features feature_vector, categories text[], options jsonb) (
	SFUNC = hierarchical_gower_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_gower_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_gower_train(id "any", features feature_vector, categories text[], options jsonb, weight float8) (
	SFUNC = hierarchical_gower_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_gower_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_gower_train(id "any", features float8[], categories text[]) (
	SFUNC = hierarchical_gower_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_gower_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_gower_train(id "any", features float8[], categories text[], options jsonb) (
	SFUNC = hierarchical_gower_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_gower_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE hierarchical_gower_train(id "any", features float8[], categories text[], options jsonb, weight float8) (
	SFUNC = hierarchical_gower_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = hierarchical_gower_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE hierarchical_gower_train("any", feature_vector, text[]) IS 'hierarchical clustering of rows of numbers and categories';
COMMENT ON AGGREGATE hierarchical_gower_train("any", feature_vector, text[], jsonb) IS 'hierarchical clustering of rows of numbers and categories';
COMMENT ON AGGREGATE hierarchical_gower_train("any", feature_vector, text[], jsonb, float8) IS 'hierarchical clustering of weighted rows of numbers and categories';
COMMENT ON AGGREGATE hierarchical_gower_train("any", float8[], text[]) IS 'hierarchical clustering of rows of numbers and categories';
COMMENT ON AGGREGATE hierarchical_gower_train("any", float8[], text[], jsonb) IS 'hierarchical clustering of rows of numbers and categories';
COMMENT ON AGGREGATE hierarchical_gower_train("any", float8[], text[], jsonb, float8) IS 'hierarchical clustering of weighted rows of numbers and categories';

--- hierarchical_cut(model segment_model, k bigint [, witness anycompatible])
---   -> rows (id, cluster int)                                          since 0.1.0
---
--- The k clusters that are left after all but the last k - 1 merges.
---
--- Output       id         text, or of the type of the witness: NULL::bigint
---              cluster    1 to k, numbered by the first id of each
---              one row per id, in the order of ids; none when the model or k is
---              NULL
--- Errors       22023  k is below 1, or above the number of rows
---              22P02  an id is not a value of the witness's type, or would come
---                     back as another: '007' as an integer
---              42804  not a hierarchical clustering
CREATE FUNCTION hierarchical_cut(model segment_model, k bigint)
	RETURNS TABLE (id text, cluster int)
	AS 'MODULE_PATHNAME', 'segment_hierarchical_cut' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION hierarchical_cut(model segment_model, k bigint, witness anycompatible)
	RETURNS TABLE (id anycompatible, cluster int)
	AS 'MODULE_PATHNAME', 'segment_hierarchical_cut' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION hierarchical_cut(segment_model, bigint) IS 'k clusters of a hierarchical clustering';
COMMENT ON FUNCTION hierarchical_cut(segment_model, bigint, anycompatible) IS 'k clusters of a hierarchical clustering';

--- hierarchical_cut_height(model segment_model, height float8 [, witness anycompatible])
---   -> rows (id, cluster int)                                          since 0.1.0
---
--- The clusters that are left after the merges that are not above a height.
---
--- Output       as hierarchical_cut
--- Errors       22023  the height is negative or not finite
---              22P02, 42804  as hierarchical_cut
CREATE FUNCTION hierarchical_cut_height(model segment_model, height float8)
	RETURNS TABLE (id text, cluster int)
	AS 'MODULE_PATHNAME', 'segment_hierarchical_cut_height' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 1000;
CREATE FUNCTION hierarchical_cut_height(model segment_model, height float8, witness anycompatible)
	RETURNS TABLE (id anycompatible, cluster int)
	AS 'MODULE_PATHNAME', 'segment_hierarchical_cut_height' LANGUAGE C IMMUTABLE PARALLEL SAFE COST 1000;
COMMENT ON FUNCTION hierarchical_cut_height(segment_model, float8) IS
	'clusters of a hierarchical clustering that are merged up to a height';
COMMENT ON FUNCTION hierarchical_cut_height(segment_model, float8, anycompatible) IS
	'clusters of a hierarchical clustering that are merged up to a height';

--- hierarchical_merges(model segment_model)
---   -> rows (cluster int, first int, second int, height float8, size bigint)
---                                                                      since 0.1.0
---
--- The merges, as scipy's linkage returns them: a dendrogram.
---
--- Output       cluster    what the merge makes: n, n + 1, …, 2 n - 2
---              first      the clusters it is made of, first < second; those below
---              second     n are rows, from 0 in the order of ids
---              height     does not fall from one row to the next; equal heights are
---                         in the order in which the clusters were merged
---              size       rows in the cluster
---              n - 1 rows
--- Errors       42804  not a hierarchical clustering
CREATE FUNCTION hierarchical_merges(
	model segment_model,
	OUT cluster int, OUT first int, OUT second int, OUT height float8, OUT size bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_hierarchical_merges' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 100;
COMMENT ON FUNCTION hierarchical_merges(segment_model) IS 'merges of a hierarchical clustering';
