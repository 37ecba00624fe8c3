-- sample sizes and power: ordinary calls and every error
SELECT sample_size_proportion(0.1, 0.01) AS share, sample_size_proportion(0.1, -0.01, power => 0.9, significance => 0.01) AS sure,
	sample_size_mean(20, 1) AS mean, sample_size_mean(20, 1, correlation => 0.8) AS adjusted,
	sample_size_ratio(2.1, 1.4, 9.5, 5.2, 0.7, 0.01) AS ratio;
SELECT round(power_proportion(0.1, 0.01, 14751)::numeric, 6) AS share,
	round(power_mean(20, 1, 1000, correlation => 0.8)::numeric, 6) AS mean;
SELECT sample_size_mean(1, 1e6) AS at_least, sample_size_mean(1e300, 1e299) AS large,
	sample_size_proportion(0.5, 0.2, 0.01, 0.5) AS little;
SELECT power_mean(1, 1e-9, 1) AS nearly_none, power_mean(1, 1e9, 1) AS certain, power_proportion(0.5, 0.4, 9007199254740993) AS many;

-- errors
SELECT sample_size_proportion(0, 0.1);
SELECT sample_size_proportion(0.95, 0.05);
SELECT sample_size_proportion(0.5, 0);
SELECT sample_size_proportion(0.5, 'NaN');
SELECT sample_size_proportion('NaN', 0.1);
SELECT sample_size_proportion(0.5, 0.1, 1);
SELECT sample_size_proportion(0.5, 0.1, 0.8, 0);
SELECT sample_size_mean(0, 1);
SELECT sample_size_mean('Infinity', 1);
SELECT sample_size_mean(1, 'Infinity');
SELECT sample_size_mean(1, 1, correlation => 1);
SELECT sample_size_mean(1, 1e-10);
SELECT sample_size_ratio(1, 1, 0, 1, 0, 0.1);
SELECT sample_size_ratio('NaN', 1, 1, 1, 0, 0.1);
SELECT sample_size_ratio(1, -1, 1, 1, 0, 0.1);
SELECT sample_size_ratio(1, 1, 1, 'NaN', 0, 0.1);
SELECT sample_size_ratio(1, 1, 1, 1, -2, 0.1);
SELECT power_proportion(0.1, 0.1, 0);
SELECT power_mean(1, 1, -5);
SELECT power_mean(1, 1, 5, 1);
