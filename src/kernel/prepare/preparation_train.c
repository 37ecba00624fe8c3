/*-------------------------------------------------------------------------
 *
 * preparation_train.c
 *	  How the preparation that a model carries is found from its rows.
 *
 * Each step is what the trainer of that step makes of the rows: imputer_train,
 * power_train without standardizing, scaler_train. What they find does not depend
 * on the order of rows, but for the lambdas of Yeo and Johnson's transformation,
 * whose last digits do.
 *
 * src/kernel/prepare/preparation_train.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/prepare/preparation_train.h"

#include <float.h>
#include <math.h>

#include "kernel/prepare/imputer.h"
#include "kernel/prepare/power.h"
#include "kernel/prepare/scaler.h"

#define OPTION(member) offsetof(SegPreparationParams, member)

static const char *const impute_words[] = {"none",
                                           [1 + SEG_IMPUTE_MEAN] = "mean",
                                           [1 + SEG_IMPUTE_MEDIAN] = "median",
                                           [1 + SEG_IMPUTE_CONSTANT] =
                                               "constant",
                                           NULL};

static const char *const transform_words[] = {[SEG_PREPARED_PLAIN] = "none",
                                              [SEG_PREPARED_YEO_JOHNSON] =
                                                  "yeo_johnson",
                                              [SEG_PREPARED_LOG1P] = "log1p",
                                              NULL};

static const char *const scale_words[] = {"none",
                                          [1 + SEG_SCALE_STANDARD] = "standard",
                                          [1 + SEG_SCALE_MINMAX] = "minmax",
                                          [1 + SEG_SCALE_MAXABS] = "maxabs",
                                          [1 + SEG_SCALE_ROBUST] = "robust",
                                          NULL};

/* clang-format off */
static const SegOption options[] = {
	{"impute", SEG_OPTION_ENUM, OPTION(impute), 0, 0, 0, impute_words,
		"none, mean, median, constant"},
	{"fill_value", SEG_OPTION_REAL, OPTION(fill_value), NAN, -DBL_MAX, DBL_MAX, NULL,
		"what impute constant fills in"},
	{"transform", SEG_OPTION_ENUM, OPTION(transform), 0, 0, 0, transform_words,
		"none, yeo_johnson, log1p"},
	{"scale", SEG_OPTION_ENUM, OPTION(scale), 0, 0, 0, scale_words,
		"none, standard, minmax, maxabs, robust"},
	SEG_OPTION_END
};
/* clang-format on */

static bool
fills_constant(const SegPreparationParams *params)
{
	return params->impute == 1 + SEG_IMPUTE_CONSTANT;
}

static SegStatus
preparation_check(SegEnv *env, const SegPreparationParams *params)
{
	bool has_value = !isnan(params->fill_value);

	if (has_value && !fills_constant(params))
		return seg_fail_name(env,
		                     SEG_OPTION_NEEDS,
		                     "fill_value",
		                     "\"impute\" to be \"constant\"");
	if (fills_constant(params) && !has_value)
		return seg_fail_name(env,
		                     SEG_OPTION_NEEDS,
		                     "impute",
		                     "\"fill_value\" for \"constant\"");
	return SEG_OK;
}

static SegStatus
find_fill_values(SegEnv *env, SegRows *rows, const SegPreparationParams *params,
                 SegPreparation *preparation)
{
	SegImputerParams own = {.strategy = params->impute - 1};
	SegImputer model = {0};

	if (fills_constant(params))
		own.fill_value = params->fill_value;
	SEG_TRY(seg_imputer_trainer.train(env, rows, &own, &model));
	preparation->fills = model.fills;
	return SEG_OK;
}

static SegStatus
find_powers(SegEnv *env, SegRows *rows, const SegPreparationParams *params,
            SegPreparation *preparation)
{
	SegPowerParams own = {.method = params->transform == SEG_PREPARED_LOG1P
	                                    ? SEG_POWER_LOG1P
	                                    : SEG_POWER_YEO_JOHNSON};
	SegPower model = {0};

	SEG_TRY(seg_power_trainer.train(env, rows, &own, &model));
	preparation->power = params->transform;
	preparation->lambdas = model.lambdas;
	return SEG_OK;
}

static SegStatus
find_scaling(SegEnv *env, SegRows *rows, const SegPreparationParams *params,
             SegPreparation *preparation)
{
	SegScalerParams own = {.method = params->scale - 1};
	SegScaler model = {0};

	SEG_TRY(seg_scaler_trainer.train(env, rows, &own, &model));
	preparation->centers = model.centers;
	preparation->scales = model.scales;
	return SEG_OK;
}

const SegPreparer seg_preparer = {.options = options,
                                  .check = preparation_check,
                                  .impute = find_fill_values,
                                  .scale = find_scaling,
                                  .transform = find_powers};
