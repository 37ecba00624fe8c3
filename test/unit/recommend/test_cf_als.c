/* test_cf_als.c: kernel/recommend/cf_als.c against its sum of squares, pair by pair */
#include "cf_unit.h"
#include "kernel/recommend/cf_als.h"

void test_cf_als(void);

#define USERS   40
#define ITEMS   25
#define FACTORS 6

static SegCfParams
parameters(void)
{
	SegCfParams p = {0};

	seg_options_defaults(seg_cf_options(SEG_CF_ALS), &p, sizeof(p));
	p.factors = FACTORS;
	p.iterations = 2;
	p.regularization = 0.03;
	return p;
}

static double
weight_of(const SegRatings *ratings, int32_t u, int32_t i)
{
	double r = cf_unit_rating(ratings, u, i);

	return isnan(r) ? 0 : r;
}

static double
product(const SegFactors *f, int32_t u, int32_t i)
{
	double sum = 0;

	for (int64_t k = 0; k < f->width; k++)
		sum += f->user[u * f->width + k] * f->item[i * f->width + k];
	return sum;
}

static double
square(const double *x, int64_t n)
{
	double sum = 0;

	for (int64_t k = 0; k < n; k++)
		sum += x[k] * x[k];
	return sum;
}

/* The loss that training minimises, over all pairs. */
static double
loss_of(const SegRatings *ratings, const SegCfParams *p, const SegFactors *f)
{
	double loss = 0;

	for (int32_t u = 0; u < USERS; u++)
	{
		double confidence = 0;

		for (int32_t i = 0; i < ITEMS; i++)
		{
			double r = weight_of(ratings, u, i);
			double c = 1 + p->alpha * r;

			loss += c * pow((r > 0) - product(f, u, i), 2);
			confidence += c;
		}
		loss += p->regularization *
		        pow(confidence, p->regularization_exponent) *
		        square(f->user + u * f->width, f->width);
	}
	for (int32_t i = 0; i < ITEMS; i++)
	{
		double confidence = 0;

		for (int32_t u = 0; u < USERS; u++)
			confidence += 1 + p->alpha * weight_of(ratings, u, i);
		loss += p->regularization *
		        pow(confidence, p->regularization_exponent) *
		        square(f->item + i * f->width, f->width);
	}
	return loss;
}

/* No small change to a user's vector makes the loss smaller. */
static void
users_are_at_their_best(const SegRatings *ratings, const SegCfParams *p,
                        SegFactors *f)
{
	double least = loss_of(ratings, p, f);

	for (int32_t u = 0; u < USERS; u += 7)
	{
		for (int k = 0; k < FACTORS; k++)
		{
			double *x = &f->user[u * f->width + k];
			double kept = *x;

			*x = kept + 1e-4;
			CHECK(loss_of(ratings, p, f) > least);
			*x = kept - 1e-4;
			CHECK(loss_of(ratings, p, f) > least);
			*x = kept;
		}
	}
}

static void
training_makes_the_loss_small(double exponent, double alpha)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfParams p = parameters();
	double before = INFINITY;

	p.regularization_exponent = exponent;
	p.alpha = alpha;
	for (p.iterations = 1; p.iterations <= 16; p.iterations *= 2)
	{
		SegFactors f;
		double loss;

		CHECK(seg_als_train(&env, &ratings, &p, &f, &loss) == SEG_OK);
		CHECK_NEAR(loss, loss_of(&ratings, &p, &f), 1e-9);
		CHECK(loss < before);
		before = loss;
		users_are_at_their_best(&ratings, &p, &f);
		/* the padding to the width stays 0 */
		for (int32_t u = 0; u < USERS; u++)
			for (int64_t k = FACTORS; k < f.width; k++)
				CHECK(f.user[u * f.width + k] == 0);
	}
	unit_env_free(&env);
}

static void
folding_in_gives_what_training_gave(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);
	SegCfParams p = parameters();
	SegAlsPenalty penalty = {p.alpha,
	                         p.regularization,
	                         p.regularization_exponent};
	double vector[8], loss;
	SegAlsSide items;
	SegFactors f;

	CHECK(seg_als_train(&env, &ratings, &p, &f, &loss) == SEG_OK);
	CHECK(seg_als_side(&env, &penalty, f.width, f.item, ITEMS, &items) ==
	      SEG_OK);
	for (int32_t u = 0; u < USERS; u++)
	{
		SegHistory h = seg_list(&ratings.by_user, u);

		CHECK(seg_als_solve_row(&env, &items, &h, vector, &loss) == SEG_OK);
		CHECK(memcmp(vector, f.user + u * f.width, sizeof(vector)) == 0);
	}
	CHECK(seg_als_solve_row(&env,
	                        &items,
	                        &(SegHistory){0, NULL, NULL},
	                        vector,
	                        &loss) == SEG_OK);
	CHECK(square(vector, 8) == 0 && loss == 0);
	unit_env_free(&env);
}

/* More than one batch of items, and more factors than users or items. */
static void
many_factors_are_as_good(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, 3, 200);
	SegCfParams p = parameters();
	SegFactors f;
	double loss;

	p.regularization = 1e-4;
	p.factors = 70;
	p.iterations = 10;
	CHECK(seg_als_train(&env, &ratings, &p, &f, &loss) == SEG_OK);
	for (int32_t u = 0; u < 3; u++)
		for (int32_t i = 0; i < 200; i++)
			CHECK(isnan(cf_unit_rating(&ratings, u, i)) ==
			      (product(&f, u, i) < 0.5));
	unit_env_free(&env);
}

static SegStatus
train(SegEnv *env, const SegRatings *ratings)
{
	SegCfParams p = parameters();
	SegFactors f;
	double loss;

	return seg_als_train(env, ratings, &p, &f, &loss);
}

static void
trouble_of_the_host_is_passed_on(void)
{
	SegEnv env = unit_env();
	SegRatings ratings = cf_unit_ratings(&env, USERS, ITEMS);

	cf_unit_trouble_is_passed_on(train, &ratings);
	unit_env_free(&env);
}

void
test_cf_als(void)
{
	training_makes_the_loss_small(1, 10);
	training_makes_the_loss_small(0, 2);
	training_makes_the_loss_small(0.5, 40);
	folding_in_gives_what_training_gave();
	many_factors_are_as_good();
	trouble_of_the_host_is_passed_on();
}
