/*
 * fuzz_cf.c: untrusted recommenders, put to use.
 *
 * Whatever is accepted as a model returns finite numbers, or says what is
 * wrong.
 */
#include <math.h>

#include "fuzz.h"
#include "kernel/recommend/cf_score.h"

#define MOST 64 /* users and items that are asked about */

static int64_t
fewer(int64_t n)
{
	return n < MOST ? n : MOST;
}

static void
ask_about_items(SegEnv *env, SegCfScorer *scorer, const SegCfUser *user)
{
	for (int64_t i = -1; i < fewer(scorer->items.count); i++)
	{
		SegCfReasons reasons;
		double x;

		if (seg_cf_predict(env, scorer, user, i, &x) == SEG_OK)
			REQUIRE(isfinite(x));
		if (seg_cf_reasons(env, scorer, user, i, &reasons) == SEG_OK)
			REQUIRE(reasons.n >= 0);
	}
}

static void
recommend(SegEnv *env, SegCfScorer *scorer, const SegCfUser *user,
          double diversity)
{
	bool *is_seen =
		env->alloc(env->host, (size_t) scorer->items.count * sizeof(bool));
	double *shown =
		env->alloc(env->host, (size_t) scorer->items.count * sizeof(double));
	const int64_t listed[] = {scorer->items.count - 1};
	SegCfRequest request = {.n = 5,
	                        .is_seen = is_seen,
	                        .diversity = diversity,
	                        .fallback = true,
	                        .listed_count = 1,
	                        .listed = listed,
	                        .shown = shown,
	                        .fatigue = 0.5,
	                        .most_shown = 2};
	SegCfSources sources;
	SegScored *item;
	int64_t n;

	for (int64_t i = 0; i < scorer->items.count; i++)
		shown[i] = (double) (i % 4);
	if (seg_cf_recommend(env, scorer, user, &request, &item, &n, &sources) !=
	    SEG_OK)
		return;
	REQUIRE(n <= 5 && sources.predicted + sources.listed <= n);
	for (int64_t i = 0; i < n; i++)
		REQUIRE(isfinite(item[i].score) && item[i].index < scorer->items.count);
}

static void
ask(SegEnv *env, const SegCf *model)
{
	SegRating rating = {0, (int32_t) model->items - 1, 1.0};
	SegCfScorer *scorer;
	SegCfUser user;
	SegTop top;

	if (seg_cf_scorer(env, model, &scorer) != SEG_OK)
		return;
	for (int64_t u = -1; u < fewer(model->users); u++)
	{
		if (seg_cf_user(env, scorer, u, &user) != SEG_OK)
			continue;
		ask_about_items(env, scorer, &user);
		recommend(env, scorer, &user, u % 2 == 0 ? 0.5 : 0);
	}
	if (seg_cf_visitor(env, scorer, &rating, 1, &user) == SEG_OK)
	{
		ask_about_items(env, scorer, &user);
		REQUIRE(model->factors == 0 || user.factors != NULL);
	}
	(void) seg_cf_similar(env, scorer, 0, 3, &top);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SegEnv env = unit_env();
	char *body = malloc(size + 1);
	SegCf model = {0};
	bool is_sound;

	/* the first byte is the tag, as in fuzz_image */
	if (size > 0)
		memcpy(body, data + 1, size - 1);
	is_sound = size > 0 &&
	           seg_image_open(&env, &seg_cf_method, body, size - 1, &model) ==
	               SEG_OK &&
	           seg_image_validate(&env, &seg_cf_method, &model) == SEG_OK;
	fuzz_input_is(is_sound);
	if (is_sound)
		ask(&env, &model);
	free(body);
	unit_env_free(&env);
	return 0;
}
