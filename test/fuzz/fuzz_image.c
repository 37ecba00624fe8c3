/*
 * fuzz_image.c: untrusted bodies of models and summaries.
 *
 * The first byte picks the method. Only what is verified is written back byte
 * for byte; whatever can be merged gives a valid sum.
 */
#include <float.h>

#include "fuzz.h"
#include "kernel/cluster/kprototypes.h"
#include "kernel/hierarchy/hierarchical.h"
#include "kernel/experiment/ab_quantile_test.h"
#include "kernel/policy/linucb.h"
#include "kernel/survival/cox.h"
#include "kernel/survival/kaplan_meier.h"
#include "kernel/model/methods.h"
#include "kernel/prepare/profile_weights.h"
#include "kernel/text/phrase_lexicon.h"

#define MAX_TAG 64

static void
check_sum(SegEnv *env, const SegMethod *method, const void *value)
{
	void *sum = env->alloc(env->host, method->size);

	if (method->merge != NULL &&
	    method->merge(env, value, value, sum) == SEG_OK)
		REQUIRE(seg_image_validate(env, method, sum) == SEG_OK);
}

/* Whatever users are made up, results are numbers in range or missing. */
static void
read_variants(SegEnv *env, const SegAbState *state, bool ratio)
{
	for (int always_valid = 0; always_valid < 2; always_valid++)
	{
		SegAbTestOptions options = {.confidence = 0.95,
		                            .always_valid = always_valid};
		SegAbTest test;
		SegStatus status = seg_ab_test(env, state, ratio, &options, &test);

		REQUIRE(status == SEG_OK || status == SEG_NOT_FINITE);
		for (int64_t i = 0; status == SEG_OK && i < state->variants; i++)
		{
			const SegAbComparison *c = &test.variants[i];

			REQUIRE(!(c->p_value < 0 || c->p_value > 1));
			REQUIRE(!(c->low > c->high) && !(c->lift_low > c->lift_high));
			REQUIRE(!isinf(c->low) && !isinf(c->high) && !isinf(c->mean));
		}
	}
}

/* The same for quantiles, and sums of capped outcomes are sound. */
static void
read_outcomes(SegEnv *env, const SegAbQuantileState *state)
{
	SegAbQuantileOptions options = {.quantile = 0.7, .confidence = 0.9};
	SegAbQuantileTest test;
	SegAbState capped;
	SegStatus status;

	/* as a test of as many variants and rows would take too long */
	if (state->variants > 3 || state->rows_used > 1000)
		return;
	status = seg_ab_quantile_test(env, state, &options, &test);
	REQUIRE(status == SEG_OK || status == SEG_NOT_FINITE);
	for (int64_t i = 0; status == SEG_OK && i < state->variants; i++)
	{
		const SegAbQuantileComparison *c = &test.variants[i];

		REQUIRE(!(c->p_value < 0 || c->p_value > 1));
		REQUIRE(!(c->low > c->high) && !(c->lift_low > c->lift_high));
		REQUIRE(!(c->value_low > c->value || c->value_high < c->value));
	}
	REQUIRE(seg_ab_winsorize(env, state, 0.7, &capped) == SEG_OK);
	REQUIRE(seg_image_validate(env, &seg_ab_state_method, &capped) == SEG_OK);
}

/* Sums that no rows have give a score or an error, and a part leaves a rest. */
static void
read_arm(SegEnv *env, const SegLinucbState *state)
{
	double context[SEG_LINUCB_MAX_DIM];
	SegLinucbState rest;
	SegLinucb linucb;
	double score;
	bool is_empty;

	for (int64_t j = 0; j < state->dim; j++)
		context[j] = (double) (j % 3) - 1.0;
	if (seg_linucb_prepare(env, state, &linucb) == SEG_OK &&
	    seg_linucb_score(env, &linucb, context, 1.0, &score) == SEG_OK)
		REQUIRE(isfinite(score));
	REQUIRE(
		seg_linucb_state_method.subtract(env, state, state, &rest, &is_empty) ==
		SEG_OK);
	REQUIRE(is_empty);
}

/* A row, known or not, is near one of the prototypes. */
static void
read_prototypes(SegEnv *env, const SegKPrototypes *model)
{
	SegKPrototypesScorer *scorer;
	double *x = env->alloc(env->host, (size_t) model->dim * sizeof(double) + 1);
	const double *centers;
	int64_t nearest;
	double cost;

	for (int64_t j = 0; j < model->dim; j++)
		x[j] = (double) (j % 3) - 1.0;
	REQUIRE(seg_kprototypes_scorer(env, model, &scorer) == SEG_OK);
	for (int64_t j = 0; j < model->categories; j++)
		scorer->places[j] = j % 4 == 0   ? SEG_CATEGORY_MISSING
		                    : j % 4 == 1 ? SEG_CATEGORY_UNKNOWN
		                                 : j % 4 - 2;
	if (seg_kprototypes_nearest(env, scorer, x, &nearest, &cost) == SEG_OK)
		REQUIRE(nearest >= 0 && nearest < model->k && cost >= 0);
	(void) seg_kprototypes_raw_centers(env, model, &centers);
}

/* Any row has a score from 0 to 1, or lacks an element. */
static void
read_weights(SegEnv *env, const SegProfileWeights *model)
{
	double *x = env->alloc(env->host, (size_t) model->dim * sizeof(double));
	double score;

	for (int64_t j = 0; j < model->dim; j++)
		x[j] = j % 3 == 0 ? NAN : j % 3 == 1 ? -DBL_MAX : 1.0;
	if (seg_profile_score(env, model, x, &score) == SEG_OK)
		REQUIRE(score >= 0 && score <= 1);
}

/* A text is cut into as many characters as it has. */
static void
read_phrases(SegEnv *env, const SegPhrase *model)
{
	static const uint32_t text[] = {'a', 'b', 0x4e91, 0x8ba1, 'b', 'a'};
	SegPhraseLexicon *lexicon;
	SegTexts tokens;

	REQUIRE(seg_phrase_lexicon_make(env, model, &lexicon) == SEG_OK);
	REQUIRE(seg_phrase_tokens(env, lexicon, text, 6, &tokens) == SEG_OK);
	REQUIRE(tokens.count > 0 && tokens.count <= 6);
	REQUIRE(tokens.ends[tokens.count - 1] == 10);
}

/* Readers that walk the arrays of a value find nothing wrong. */
static void
read_value(SegEnv *env, const SegMethod *method, const void *value)
{
	SegSurvivalCurve curve;
	double survival;

	if (method == &seg_kaplan_meier_method)
	{
		REQUIRE(seg_survival_curve(env, value, &curve) == SEG_OK);
		for (int64_t i = 0; i < curve.n; i++)
			REQUIRE(curve.steps[i].survival >= 0 &&
			        curve.steps[i].survival <= 1);
	}
	if (method == &seg_hierarchical_method)
	{
		const SegHierarchical *model = value;
		int32_t *clusters;
		int32_t *sizes;

		REQUIRE(seg_hierarchical_sizes(env, value, &sizes) == SEG_OK);
		REQUIRE(model->merges == 0 ||
		        sizes[model->merges - 1] == model->rows_used);
		REQUIRE(seg_hierarchical_cut(env, value, model->merges, &clusters) ==
		        SEG_OK);
		REQUIRE(clusters[model->rows_used - 1] == 1);
	}
	if (method == &seg_ab_state_method || method == &seg_ab_ratio_state_method)
		read_variants(env, value, method == &seg_ab_ratio_state_method);
	if (method == &seg_ab_quantile_state_method)
		read_outcomes(env, value);
	if (method == &seg_linucb_state_method)
		read_arm(env, value);
	if (method == &seg_kprototypes_method)
		read_prototypes(env, value);
	if (method == &seg_profile_weights_method)
		read_weights(env, value);
	if (method == &seg_phrase_method)
		read_phrases(env, value);
	if (method == &seg_cox_method &&
	    seg_cox_survival(value, 1, -INFINITY, 1, &survival))
		REQUIRE(survival >= 0 && survival <= 1);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const SegMethod *method =
		size > 0 ? seg_method_by_tag(seg_methods, data[0] % MAX_TAG) : NULL;
	SegEnv env;
	char *body;
	void *value;
	bool verified = false;

	if (method == NULL)
	{
		fuzz_input_is(false);
		return 0;
	}
	env = unit_env();
	/* aligned, and not a byte too long */
	body = malloc(size);
	memcpy(body, data + 1, size - 1);
	value = env.alloc(env.host, method->size);
	if (seg_image_open(&env, method, body, size - 1, value) == SEG_OK &&
	    seg_image_validate(&env, method, value) == SEG_OK)
	{
		size_t length;
		char *copy;

		verified =
			seg_image_verify(&env, method, value, body, size - 1) == SEG_OK;
		REQUIRE(seg_image_size(&env, method, value, &length) == SEG_OK);
		REQUIRE(length <= size - 1);
		copy = env.alloc(env.host, length);
		seg_image_write(method, value, copy);
		REQUIRE(verified ==
		        (length == size - 1 && memcmp(copy, body, length) == 0));
		check_sum(&env, method, value);
		read_value(&env, method, value);
	}
	fuzz_input_is(verified);
	free(body);
	unit_env_free(&env);
	return 0;
}
