CREATE FUNCTION mae_trans(bytea, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_mae_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION mae_trans(bytea, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_mae_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION rmse_trans(bytea, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_rmse_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION rmse_trans(bytea, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_rmse_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION r2_trans(bytea, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_r2_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION r2_trans(bytea, float8, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_r2_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_loss_trans(bytea, boolean, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_log_loss_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION log_loss_trans(bytea, boolean, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_log_loss_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION brier_score_trans(bytea, boolean, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_brier_score_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION brier_score_trans(bytea, boolean, float8, float8) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_brier_score_trans' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION mean_loss_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_mean_loss_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION mean_loss_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_mean_loss_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION rmse_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_rmse_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
CREATE FUNCTION r2_combine(bytea, bytea) RETURNS bytea
	AS 'MODULE_PATHNAME', 'segment_r2_combine' LANGUAGE C IMMUTABLE PARALLEL SAFE;
CREATE FUNCTION r2_final(bytea) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_r2_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;

--- mae(actual float8, predicted float8 [, weight float8]) -> float8       since 0.1.0
---
--- Mean absolute error: how far predictions are from the actual values, on average,
--- in their unit.
---
--- Input        actual     what happened, a finite number
---              predicted  what was predicted, a finite number
---              weight     how much a row counts; not negative
---                         A row with a NULL or with weight 0 is skipped
--- Output       0 or more; NULL when no row was used
--- Exact        sums have twice the digits of float8: any order and plan agree to
---              1e-15
--- Cost         48 bytes per group; parallel and distributed plans, windows
--- Errors       22003  a value is NaN or infinite, or the sum is out of range
---              22023  a weight is negative, infinite or NaN
---              XX001  a state stored elsewhere is damaged
--- Source       the definition of scikit-learn 1.2, mean_absolute_error
CREATE AGGREGATE mae(actual float8, predicted float8) (
	SFUNC = mae_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = mean_loss_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE mae(actual float8, predicted float8, weight float8) (
	SFUNC = mae_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = mean_loss_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE mae(float8, float8) IS 'mean absolute error of predictions';
COMMENT ON AGGREGATE mae(float8, float8, float8) IS 'mean absolute error of predictions';

--- rmse(actual float8, predicted float8 [, weight float8]) -> float8      since 0.1.0
---
--- Root mean squared error: as mae, but a large error counts for more.
---
--- Input, Output, Exact, Cost, Errors  as for mae
--- Source       the definition of scikit-learn 1.2, mean_squared_error with
---              squared=False
CREATE AGGREGATE rmse(actual float8, predicted float8) (
	SFUNC = rmse_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = rmse_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE rmse(actual float8, predicted float8, weight float8) (
	SFUNC = rmse_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = rmse_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE rmse(float8, float8) IS 'root mean squared error of predictions';
COMMENT ON AGGREGATE rmse(float8, float8, float8) IS 'root mean squared error of predictions';

--- r2(actual float8, predicted float8 [, weight float8]) -> float8        since 0.1.0
---
--- Coefficient of determination: the share of the variance of the actual values
--- that the predictions explain.
---
--- Input, Exact, Errors  as for mae
--- Output       at most 1, which is perfect; 0 is as good as always predicting the
---              mean, and below 0 worse; NULL when no row was used or all actual
---              values are equal
--- Cost         104 bytes per group; parallel and distributed plans, windows
--- Source       the definition of scikit-learn 1.2, r2_score, which has 0 or 1
---              where all actual values are equal
CREATE AGGREGATE r2(actual float8, predicted float8) (
	SFUNC = r2_trans, STYPE = bytea, SSPACE = 104, COMBINEFUNC = r2_combine,
	FINALFUNC = r2_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE r2(actual float8, predicted float8, weight float8) (
	SFUNC = r2_trans, STYPE = bytea, SSPACE = 104, COMBINEFUNC = r2_combine,
	FINALFUNC = r2_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE r2(float8, float8) IS 'share of the variance that predictions explain';
COMMENT ON AGGREGATE r2(float8, float8, float8) IS 'share of the variance that predictions explain';

--- log_loss(label boolean, probability float8 [, weight float8]) -> float8
---                                                                      since 0.1.0
---
--- Log loss (cross-entropy): how surprised predicted probabilities are by what
--- happened, on average.  The loss that logistic regression minimizes.
---
--- Input        label        what happened
---              probability  of true, as it was predicted: 0 to 1
---              weight       how much a row counts; not negative
---                           A row with a NULL or with weight 0 is skipped
--- Output       0 or more: the mean of -ln(p), p being the probability that was
---              given to what happened; NULL when no row was used
--- Classes      for more than two, log_loss(true, p)
--- At 0 and 1   a probability counts as at least 2.2e-16 and at most 1 - 2.2e-16,
---              so that a certainty that is wrong costs 36 and not infinity
--- Exact, Cost  as for mae
--- Errors       22003  a probability is NaN or infinite
---              22023  a probability is not between 0 and 1; a weight is negative,
---                     infinite or NaN
---              XX001  a state stored elsewhere is damaged
--- Source       the definition of scikit-learn 1.2, log_loss
CREATE AGGREGATE log_loss(label boolean, probability float8) (
	SFUNC = log_loss_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = mean_loss_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE log_loss(label boolean, probability float8, weight float8) (
	SFUNC = log_loss_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = mean_loss_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE log_loss(boolean, float8) IS 'mean surprise of predicted probabilities at what happened';
COMMENT ON AGGREGATE log_loss(boolean, float8, float8) IS 'mean surprise of predicted probabilities at what happened';

--- brier_score(label boolean, probability float8 [, weight float8]) -> float8
---                                                                      since 0.1.0
---
--- Brier score: mean squared difference of the predicted probability from what
--- happened, 1 or 0.
---
--- Input, Exact, Cost, Errors  as for log_loss
--- Output       0, perfect, to 1; always predicting 0.5 scores 0.25; NULL when no
---              row was used
--- Source       Brier (1950); the definition of scikit-learn 1.2, brier_score_loss
CREATE AGGREGATE brier_score(label boolean, probability float8) (
	SFUNC = brier_score_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = mean_loss_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
CREATE AGGREGATE brier_score(label boolean, probability float8, weight float8) (
	SFUNC = brier_score_trans, STYPE = bytea, SSPACE = 48, COMBINEFUNC = mean_loss_combine,
	FINALFUNC = mean_loss_final, FINALFUNC_MODIFY = READ_ONLY, PARALLEL = SAFE
);
COMMENT ON AGGREGATE brier_score(boolean, float8) IS 'mean squared error of predicted probabilities';
COMMENT ON AGGREGATE brier_score(boolean, float8, float8) IS 'mean squared error of predicted probabilities';
