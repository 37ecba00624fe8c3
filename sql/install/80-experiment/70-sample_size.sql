--- sample_size_proportion(baseline float8, effect float8, power float8,
---   significance float8) -> bigint                                     since 0.1.0
---
--- How many users does each of two variants need to find a difference of two shares?
---
--- Input        baseline      share of yes in the control, between 0 and 1
---              effect        smallest difference that matters, such as 0.01 for one
---                            percentage point; positive or negative, not 0
---              power         chance to find it if it is there, between 0 and 1; 0.8
---              significance  chance to find one if there is none, between 0 and 1;
---                            0.05
--- Output       users per variant, 2 at least; NULL when an argument is NULL
--- Errors       22003  effect is NaN or infinite
---              22023  a share is not between 0 and 1; effect is 0
---              54000  more than 2^53 users
--- Source       Fleiss (1981); as R's power.prop.test
CREATE FUNCTION sample_size_proportion(
	baseline float8, effect float8, power float8 DEFAULT 0.8, significance float8 DEFAULT 0.05
) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_sample_size_proportion' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_size_proportion(float8, float8, float8, float8) IS
	'users per variant to find a difference of two shares';

--- sample_size_mean(deviation float8, effect float8, power float8,
---   significance float8, correlation float8) -> bigint                 since 0.1.0
---
--- How many users does each of two variants need to find a difference of two means?
---
--- Input        deviation     standard deviation of the outcome among users, above 0
---              effect        smallest difference that matters, not 0
---              power, significance  as for sample_size_proportion
---              correlation   of the outcome with a covariate that ab_state will be
---                            given, between -1 and 1; 0
--- Output       users per variant, 2 at least; NULL when an argument is NULL.  By the
---              normal distribution: below 30 users, add one or two
--- Errors       22003  effect is NaN or infinite
---              22023  deviation is not positive and finite; effect is 0; another
---                     argument is out of its range
---              54000  more than 2^53 users
--- Source       as statsmodels' NormalIndPower
CREATE FUNCTION sample_size_mean(
	deviation float8, effect float8, power float8 DEFAULT 0.8, significance float8 DEFAULT 0.05,
	correlation float8 DEFAULT 0
) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_sample_size_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_size_mean(float8, float8, float8, float8, float8) IS
	'users per variant to find a difference of two means';

--- sample_size_ratio(numerator_mean float8, numerator_deviation float8,
---   denominator_mean float8, denominator_deviation float8, correlation float8,
---   effect float8, power float8, significance float8) -> bigint        since 0.1.0
---
--- The same for a ratio of two sums, as of ab_ratio_state: clicks by page views.
---
--- Input        numerator_mean, numerator_deviation, denominator_mean,
---              denominator_deviation  means and standard deviations of both sums
---                            among users; all but the first above 0
---              correlation   of both among users, between -1 and 1
---              effect        smallest difference of the ratio that matters, not 0
---              power, significance  as for sample_size_proportion
--- Output       users per variant, 2 at least; NULL when an argument is NULL
--- Errors       22003  numerator_mean or effect is NaN or infinite
---              22023  an argument is out of its range
---              54000  more than 2^53 users
--- Source       Deng, Knoblich & Lu (2018), the delta method
CREATE FUNCTION sample_size_ratio(
	numerator_mean float8, numerator_deviation float8, denominator_mean float8, denominator_deviation float8,
	correlation float8, effect float8, power float8 DEFAULT 0.8, significance float8 DEFAULT 0.05
) RETURNS bigint
	AS 'MODULE_PATHNAME', 'segment_sample_size_ratio' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION sample_size_ratio(float8, float8, float8, float8, float8, float8, float8, float8) IS
	'users per variant to find a difference of two ratios';

--- power_proportion(baseline float8, effect float8, users bigint,
---   significance float8) -> float8                                     since 0.1.0
---
--- The chance that a test of two shares with so many users per variant finds a
--- difference.
---
--- Input        baseline, effect, significance  as for sample_size_proportion
---              users         of each variant, 1 or more
--- Output       between 0 and 1; NULL when an argument is NULL
--- Errors       22003  effect is NaN or infinite
---              22023  an argument is out of its range
--- Source       as R's power.prop.test
CREATE FUNCTION power_proportion(
	baseline float8, effect float8, users bigint, significance float8 DEFAULT 0.05
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_power_proportion' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION power_proportion(float8, float8, bigint, float8) IS
	'chance to find a difference of two shares';

--- power_mean(deviation float8, effect float8, users bigint, significance float8,
---   correlation float8) -> float8                                      since 0.1.0
---
--- The chance that a test of two means with so many users per variant finds a
--- difference.
---
--- Input        deviation, effect, significance, correlation  as for
---                            sample_size_mean
---              users         of each variant, 1 or more
--- Output       between 0 and 1; NULL when an argument is NULL
--- Errors       22003  effect is NaN or infinite
---              22023  an argument is out of its range
--- Source       as statsmodels' NormalIndPower, for a difference of this sign
CREATE FUNCTION power_mean(
	deviation float8, effect float8, users bigint, significance float8 DEFAULT 0.05, correlation float8 DEFAULT 0
) RETURNS float8
	AS 'MODULE_PATHNAME', 'segment_power_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION power_mean(float8, float8, bigint, float8, float8) IS
	'chance to find a difference of two means';
