/*-------------------------------------------------------------------------
 *
 * cf_trainer.c
 *	  How a recommender is trained, as the host's driver wants it.
 *
 * src/kernel/recommend/cf_trainer.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf.h"

/*
 * So many equal ratings are no opinions but purchases, given to a method of
 * ratings: the model would be useless, and look like any other.
 */
#define MANY_EQUAL 100

static bool
learns_nothing(const SegRatings *ratings, const SegCf *model)
{
	return model->feedback != SEG_CF_IMPLICIT && ratings->n >= MANY_EQUAL &&
	       model->algorithm != SEG_CF_BASELINE &&
	       ratings->least >= ratings->most;
}

/*
 * Ids as the model has them: numbers or names.
 */
static void
take_ids(const SegIds *users, const SegIds *items, SegCf *model)
{
	model->user_number_count = users->numbers != NULL ? users->count : 0;
	model->user_name_count = users->numbers != NULL ? 0 : users->count;
	model->item_number_count = items->numbers != NULL ? items->count : 0;
	model->item_name_count = items->numbers != NULL ? 0 : items->count;
	model->user_numbers = users->numbers;
	model->user_names = users->names;
	model->item_numbers = items->numbers;
	model->item_names = items->names;
}

/*
 * Refuse a planned model that would be too large, before it is trained: roughly
 * first, since what is far too large has no exact size.
 */
static SegStatus
check_size(SegEnv *env, const SegCf *model, double most_bytes)
{
	double bytes = seg_cf_size(model);
	size_t exact;

	if (bytes <= most_bytes)
	{
		SEG_TRY(seg_image_size(env, &seg_cf_method, model, &exact));
		bytes = (double) exact;
	}
	if (bytes > most_bytes)
		return seg_fail_model_size(env, bytes, most_bytes, SEG_CF_ROW_FORM);
	return SEG_OK;
}

static SegStatus
cf_settle(SegEnv *env, void *params)
{
	return seg_cf_settle(env, params);
}

static SegStatus
cf_train(SegEnv *env, void *input, const void *params, void *result)
{
	const SegCfRows *rows = input;
	SegCf *model = result;
	SegRatings ratings;

	take_ids(&rows->users, &rows->items, model);
	SEG_TRY(seg_cf_plan(env, &rows->blocks, params, &ratings, model));
	if (learns_nothing(&ratings, model))
		seg_note(env,
		         SEG_NOTE_CONSTANT,
		         (SegDiag){.what = "ratings",
		                   .name =
		                       "the method \"ease\" or \"als_implicit\", or "
		                       "neighbours with the option \"feedback\" set "
		                       "to \"implicit\""});
	SEG_TRY(check_size(env, model, rows->most_bytes));
	return seg_cf_train(env, &ratings, params, model);
}

static const SegOption *
cf_options_of(int method)
{
	return seg_cf_options((SegCfMethod) method);
}

const SegTrainer seg_cf_trainer = {.method = &seg_cf_method,
                                   .columns = {{SEG_COLUMN_OTHER},
                                               {SEG_COLUMN_OTHER},
                                               {SEG_COLUMN_OTHER}},
                                   .selector = seg_cf_method_option,
                                   .options_of = cf_options_of,
                                   .params_size = sizeof(SegCfParams),
                                   .settle = cf_settle,
                                   .smaller = SEG_CF_ROW_FORM,
                                   .train = cf_train};
