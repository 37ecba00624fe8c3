--- model_drift(model segment_model, summary segment_summary)
---   -> rows (feature, training_mean, current_mean, shift, training_stddev,
---            current_stddev, stddev_ratio, training_missing, current_missing)
---                                                                      since 0.1.0
---
--- How far the rows of today are from those that a model was trained on: one row per
--- element of the vectors, in order.
---
--- Input        model      of a method that is trained on vectors and scores them: a
---                         regression (linear to softmax, cox), tree, forest,
---                         boosting, kmeans or pca
---              summary    feature_summary of vectors as they are scored: before any
---                         preparation that the model carries
--- Output       feature           name of the element, or its number when the model
---                                has no names
---              training_mean     NULL where no row has the element, like
---              current_mean      current_mean
---              shift             current_mean - training_mean, in standard
---                                deviations of training; NULL where that deviation
---                                is 0 or NULL, or a mean is NULL
---              training_stddev   sample standard deviation; NULL where fewer than
---              current_stddev    two rows have the element
---              stddev_ratio      current_stddev / training_stddev; NULL where one is
---                                NULL, or the latter is 0
---              training_missing  share of the rows whose element is missing
---              current_missing
--- Weights      every row that counted in training counts once, whatever its weight
--- Precision    training figures have about 14 digits, current ones those of
---              feature_statistics: for the very same rows shift may be 1e-15
--- Cost         reads model and summary, no rows.  The figures take 24 bytes per
---              element of the model, and about 1 % of its training
--- Errors       2202E  the summary is of vectors of another length
---              22003  current_stddev, shift or stddev_ratio is beyond float8
---              42804  a model of another method, or a summary of another kind
CREATE FUNCTION model_drift(
	model segment_model, summary segment_summary,
	OUT feature text, OUT training_mean float8, OUT current_mean float8, OUT shift float8,
	OUT training_stddev float8, OUT current_stddev float8, OUT stddev_ratio float8,
	OUT training_missing float8, OUT current_missing float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_model_drift' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION model_drift(segment_model, segment_summary) IS 'how far the rows of today are from those that a model was trained on, one row per element';
