--- confusion_matrix(actual, predicted) -> segment_summary                 since 0.1.0
---
--- Counts how many rows of which class were predicted to be of which class.
--- Matrices of days or parts add up with rollup.
---
--- Input        actual     the class of a row: text, a whole number or boolean
---              predicted  the class that was predicted, of the same type or text;
---                         a class counts as its text, so 7 and '7' are the same
---                         A row with a NULL is skipped
--- Output       a confusion matrix; NULL when no row was used
--- Repeatable   any order and plan give the same bits
--- Cost         memory 8 c^2 bytes for c classes; parallel and distributed plans,
---              windows
--- Errors       54000  more than 1000 different classes
CREATE FUNCTION confusion_matrix_trans(segment_summary, text, text) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_confusion_matrix_text_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION confusion_matrix_trans(segment_summary, bigint, bigint) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_confusion_matrix_bigint_bigint_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION confusion_matrix_trans(segment_summary, boolean, boolean) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_confusion_matrix_boolean_boolean_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION confusion_matrix_trans(segment_summary, bigint, text) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_confusion_matrix_bigint_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION confusion_matrix_trans(segment_summary, boolean, text) RETURNS segment_summary
	AS 'MODULE_PATHNAME', 'segment_confusion_matrix_boolean_text_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE AGGREGATE confusion_matrix(actual text, predicted text) (
	SFUNC = confusion_matrix_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE confusion_matrix(actual bigint, predicted bigint) (
	SFUNC = confusion_matrix_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE confusion_matrix(actual boolean, predicted boolean) (
	SFUNC = confusion_matrix_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE confusion_matrix(actual bigint, predicted text) (
	SFUNC = confusion_matrix_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
CREATE AGGREGATE confusion_matrix(actual boolean, predicted text) (
	SFUNC = confusion_matrix_trans, STYPE = segment_summary, SSPACE = 1024,
	FINALFUNC = segment_summary_final, FINALFUNC_MODIFY = READ_ONLY,
	COMBINEFUNC = segment_summary_merge_trans, PARALLEL = SAFE
);
COMMENT ON AGGREGATE confusion_matrix(text, text) IS 'how many rows of which class were predicted to be of which';
COMMENT ON AGGREGATE confusion_matrix(bigint, bigint) IS 'how many rows of which class were predicted to be of which';
COMMENT ON AGGREGATE confusion_matrix(boolean, boolean) IS 'how many rows of which class were predicted to be of which';
COMMENT ON AGGREGATE confusion_matrix(bigint, text) IS 'how many rows of which class were predicted to be of which';
COMMENT ON AGGREGATE confusion_matrix(boolean, text) IS 'how many rows of which class were predicted to be of which';

--- confusion_cells(summary segment_summary) -> rows (actual, predicted, users, share)
---                                                                      since 0.1.0
---
--- The content of a confusion matrix: one row for each pair of classes that has
--- rows.  share is the share of the rows that are of the class actual.
---
--- Order        numbers by value, then other names in byte order
--- Errors       42804  not a confusion matrix
CREATE FUNCTION confusion_cells(
	summary segment_summary,
	OUT actual text, OUT predicted text, OUT users bigint, OUT share float8
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_confusion_cells' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION confusion_cells(segment_summary) IS 'content of a confusion matrix, one row per pair of classes';

--- classification_report(summary segment_summary)
---   -> rows (class, average, precision, recall, f1, support)           since 0.1.0
---
--- How good predictions of each class are, and on average.
---
--- Rows         one for each class that was seen, actual or predicted: class is its
---              name, average is NULL; then three with class NULL, whose average is
---              accuracy, macro or weighted
--- precision    share of the rows predicted to be of the class that are; 0 if no
---              row was predicted to be
--- recall       share of the rows of the class that were predicted to be; 0 if no
---              row is of the class
--- f1           harmonic mean of both
--- support      rows of the class; all rows for an average
--- accuracy     share of all rows that were predicted rightly, which is precision,
---              recall and f1 of all classes taken together
--- macro        mean over the classes
--- weighted     mean over the classes, each as often as it has rows
--- Order        as confusion_cells
--- Errors       42804  not a confusion matrix
--- Source       the definitions of scikit-learn 1.2, classification_report
CREATE FUNCTION classification_report(
	summary segment_summary,
	OUT class text, OUT average text, OUT "precision" float8, OUT recall float8, OUT f1 float8, OUT support bigint
) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'segment_classification_report' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION classification_report(segment_summary) IS 'precision, recall, F1 and support of each class, and averages';
