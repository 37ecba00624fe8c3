--- pca_options(…) -> jsonb                                               since 0.1.0
---
--- Builds the options of pca_train by name; those left out keep their defaults.
---
---   option         default  range        meaning
---   whiten         false    true, false  divide each projection by its standard
---                                        deviation, so that all vary alike
---   feature_names  none     d names      names of the elements, all different; kept
---                                        in the model
---   when_too_few   error    error, null  what to do with fewer rows than components:
---                                        fail, or return NULL, for GROUP BY
---
--- Output       jsonb, checked by pca_train
CREATE FUNCTION pca_options(
	whiten boolean DEFAULT NULL,
	feature_names text[] DEFAULT NULL,
	when_too_few text DEFAULT NULL
) RETURNS jsonb
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN jsonb_strip_nulls(jsonb_build_object(
		'whiten', whiten, 'feature_names', feature_names, 'when_too_few', when_too_few));
COMMENT ON FUNCTION pca_options(boolean, text[], text) IS 'options of pca_train by name';

--- pca_train(features feature_vector, n_components bigint [, options jsonb]) -> segment_model
---                                                                      since 0.1.0
---
--- Principal components: the directions in which the rows vary most, each at right
--- angles to those before it.  A few of them often say most of what many elements
--- do.
---
--- Input        features      feature_vector or float8[] of the same length d, 1 to
---                            1000; NULL rows are skipped.  Bring elements in
---                            different units to one scale first
---              n_components  1 to d, at most the number of rows; the same for all
---                            rows
---              options       see pca_options
--- Output       a PCA model: means, components, variances, total_variance, rows_used,
---              rows_skipped; NULL when no row was seen.  Each component has length 1,
---              and its largest element is positive
--- Precision    variances to about 1e-15 of the largest one
--- Repeatable   the same rows and options give the same bits in any order, plan and
---              memory budget, on one type of processor
--- Cost         time n d^2 + 6 d^3; memory 8 d n bytes up to segment.training_memory,
---              then on disk, and 32 d^2 bytes
--- Errors       22000  fewer rows than components
---              2202E  vectors of different lengths
---              22003  a variance is beyond float8
---              22004  missing elements; n_components is NULL
---              22023  n_components is not between 1 and d, or not the same for all
---                     rows; an unknown option
---              54000  more than 1000 elements
--- Source       Pearson (1901); scikit-learn 1.5: PCA
CREATE FUNCTION pca_train_trans(internal, feature_vector, bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_pca_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION pca_train_trans(internal, feature_vector, bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_pca_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION pca_train_trans(internal, float8[], bigint) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_pca_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION pca_train_trans(internal, float8[], bigint, jsonb) RETURNS internal
	AS 'MODULE_PATHNAME', 'segment_pca_train_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION pca_train_final(internal) RETURNS segment_model
	AS 'MODULE_PATHNAME', 'segment_pca_train_final' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE pca_train(features feature_vector, n_components bigint) (
	SFUNC = pca_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = pca_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pca_train(features feature_vector, n_components bigint, options jsonb) (
	SFUNC = pca_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = pca_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pca_train(features float8[], n_components bigint) (
	SFUNC = pca_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = pca_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE pca_train(features float8[], n_components bigint, options jsonb) (
	SFUNC = pca_train_trans, STYPE = internal, SSPACE = 1024,
	FINALFUNC = pca_train_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE pca_train(feature_vector, bigint) IS 'directions in which vectors vary most';
COMMENT ON AGGREGATE pca_train(feature_vector, bigint, jsonb) IS 'directions in which vectors vary most';
COMMENT ON AGGREGATE pca_train(float8[], bigint) IS 'directions in which vectors vary most';
COMMENT ON AGGREGATE pca_train(float8[], bigint, jsonb) IS 'directions in which vectors vary most';

--- pca_project(model segment_model, features feature_vector) -> feature_vector
---                                                                      since 0.1.0
---
--- Where a vector lies along the components of the model, from the mean.
---
--- Input        features   feature_vector or float8[] of the model's length
--- Output       a vector with an element for each component; with whiten, 0 for a
---              component without variance
--- Errors       2202E  the vector does not fit the model
---              22003  a projection is beyond float8
---              22004  missing elements
---              42804  not a PCA model
CREATE FUNCTION pca_project(model segment_model, features feature_vector) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_pca_project' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
CREATE FUNCTION pca_project(model segment_model, features float8[]) RETURNS feature_vector
	AS 'MODULE_PATHNAME', 'segment_pca_project_array' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 5;
COMMENT ON FUNCTION pca_project(segment_model, feature_vector) IS 'vector along the components of a PCA model';
COMMENT ON FUNCTION pca_project(segment_model, float8[]) IS 'vector along the components of a PCA model';

--- pca_components(model segment_model) -> rows (component, variance, share, loadings)
---                                                                      since 0.1.0
---
--- The components of a model, largest variance first.
---
--- Output       component  number, from 1
---              variance   of the projections on it
---              share      of the variance of all elements together; NULL if that is
---                         0
---              loadings   the direction: how much each element counts
--- Errors       42804  not a PCA model
CREATE FUNCTION pca_components(
	model segment_model,
	OUT component int, OUT variance float8, OUT share float8, OUT loadings feature_vector
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_pca_components' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION pca_components(segment_model) IS 'components of a PCA model, with their variances';
