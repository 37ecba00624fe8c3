-- customer lifetime value: ordinary calls and every error
CREATE TEMP TABLE models AS
	SELECT ('{"method": "bgnbd", "format": 1, "fingerprint": null, "r": 0.24, "alpha": 4.41, "a": 0.79, "b": 2.43, "r_std_error": null, '
		'"alpha_std_error": null, "a_std_error": null, "b_std_error": null, "rows_without_recency": 0,' || fit)::segment_model AS bg,
		('{"method": "paretonbd", "format": 1, "fingerprint": null, "r": 0.55, "alpha": 10.58, "s": 0.61, "beta": 11.67, '
			'"r_std_error": null, "alpha_std_error": null, "s_std_error": null, "beta_std_error": null,'
				' "rows_without_recency": 0,' || fit)::segment_model AS pareto,
		('{"method": "gamma_gamma", "format": 1, "fingerprint": null, "p": 6.25, "q": 3.74, "v": 15.44, "p_std_error": null, '
			'"q_std_error": null, "v_std_error": null, "correlation": null, "rows_without_spend": 0,'
				|| replace(fit, ', "options": {}', ''))::segment_model AS spend
	FROM (VALUES ('"converged": false, "iterations": 0, "log_likelihood": 0, "aic": 0, "gradient_norm": 0, "rows_used": 1, '
		'"rows_skipped": 0, "weight": 1, "version": "0", "options": {}}')) AS f(fit);

SELECT x, t, age, m, round(clv(bg, spend, x, t, age, m, 52, 0.001)::numeric, 4) AS bgnbd,
	round(clv(pareto, spend, x, t, age, m, 52, 0.001)::numeric, 4) AS paretonbd,
	round(clv(bg, spend, x, t, age, m, 52, 0.01, period => 4.345)::numeric, 4) AS by_month
FROM models, (VALUES (0, 0, 38.86, 0), (2, 30.43, 38.86, 22.35), (7, 29.43, 38.86, 73.74), (3, 5.57, 36, 36.19),
	(1, 1, 38.86, -5)) AS c(x, t, age, m);
SELECT clv(bg, spend, 2, 30, 38, NULL, 52, 0.001) IS NULL, clv(bg, spend, 2, 30, 38, 22, 0, 0.001) FROM models;

SELECT clv(bg, spend, 2, 39, 38, 22, 52, 0.001) FROM models;
SELECT clv(bg, spend, 2, 30, 38, 'NaN', 52, 0.001) FROM models;
SELECT clv(bg, spend, 2, 30, 38, 22, -1, 0.001) FROM models;
SELECT clv(bg, spend, 2, 30, 38, 22, 52, -0.001) FROM models;
SELECT clv(bg, spend, 2, 30, 38, 22, 52, 'NaN') FROM models;
SELECT clv(bg, spend, 2, 30, 38, 22, 52, 0.001, 0) FROM models;
SELECT clv(bg, spend, 2, 30, 38, 22, 52, 0.001, 0.005) FROM models;
SELECT clv(spend, spend, 2, 30, 38, 22, 52, 0.001) FROM models;
SELECT clv(bg, bg, 2, 30, 38, 22, 52, 0.001) FROM models;
SELECT clv(bg, pareto, 2, 30, 38, 22, 52, 0.001) FROM models;

-- no discount unless there is one, as for ltv
SELECT clv(bg, spend, 2, 30, 38, 22, 52) = clv(bg, spend, 2, 30, 38, 22, 52, 0) AS same FROM models;
