/*-------------------------------------------------------------------------
 *
 * tree_loss.c
 *	  The losses that boosting makes small, and their derivatives.
 *
 * The exponential is our own, so that the compiler can work on several rows at
 * once; it is good to 1e-15, and only gradients, which are rounded to 31 bits,
 * depend on it. No operation in it is fused, so all processors agree.
 *
 * src/kernel/tree/tree_loss.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/tree/tree_loss.h"

#include <math.h>
#include <string.h>

#define TILE          512 /* rows */
#define ALWAYS_INLINE inline __attribute__((always_inline))

/* Adding it leaves a double rounded to a whole number, in its low bits. */
#define ROUNDER 0x1.8p52

/* Rows side by side. */
typedef struct Tile
{
	int64_t n;
	const double *score;
	const double *log_sum;
	const double *y;
	const double *weights; /* NULL: 1 */
	double g[TILE];
	double h[TILE];
} Tile;

/*
 * exp(x) by 2^k exp(r), |r| <= log(2) / 2.
 */
static ALWAYS_INLINE double
fast_exp(double x)
{
	static const double reciprocals[] = {1.0 / 479001600.0,
	                                     1.0 / 39916800.0,
	                                     1.0 / 3628800.0,
	                                     1.0 / 362880.0,
	                                     1.0 / 40320.0,
	                                     1.0 / 5040.0,
	                                     1.0 / 720.0,
	                                     1.0 / 120.0,
	                                     1.0 / 24.0,
	                                     1.0 / 6.0,
	                                     0.5,
	                                     1.0,
	                                     1.0};
	double bounded = x < -700.0 ? -700.0 : x > 700.0 ? 700.0 : x;
	double shifted = bounded * 1.4426950408889634 + ROUNDER;
	double k = shifted - ROUNDER;
	double r = (bounded - k * 0x1.62e42fee00000p-1) - k * 0x1.a39ef35793c76p-33;
	double power = reciprocals[0];
	int64_t bits;
	double scale;

	for (int i = 1; i < 13; i++)
		power = power * r + reciprocals[i];
	memcpy(&bits, &shifted, sizeof(bits));
	bits = (int64_t) ((uint64_t) (bits + 1023) << 52);
	memcpy(&scale, &bits, sizeof(scale));
	return power * scale;
}

static ALWAYS_INLINE void
derive_tile(const SegLoss *loss, double class, Tile *t)
{
	for (int64_t i = 0; i < t->n; i++)
	{
		double f = t->score[i];
		double p;

		switch (loss->kind)
		{
			case SEG_LOSS_KIND_LOGISTIC:
				p = 1.0 / (1.0 + fast_exp(-f));
				t->g[i] = p - t->y[i];
				t->h[i] = p * (1.0 - p);
				break;
			case SEG_LOSS_KIND_SOFTMAX:
				p = fast_exp(f - t->log_sum[i]);
				t->g[i] = p - (t->y[i] == class ? 1.0 : 0.0);
				t->h[i] = p * (1.0 - p);
				break;
			case SEG_LOSS_KIND_SQUARED:
				t->g[i] = f - t->y[i];
				t->h[i] = 1.0;
				break;
			case SEG_LOSS_KIND_POISSON:
				p = fast_exp(f);
				t->g[i] = p - t->y[i];
				t->h[i] = p;
				break;
			case SEG_LOSS_KIND_QUANTILE:
				t->g[i] = t->y[i] < f ? 1.0 - loss->quantile : -loss->quantile;
				t->h[i] = 1.0;
				break;
		}
	}
	for (int64_t i = 0; t->weights != NULL && i < t->n; i++)
	{
		t->g[i] *= t->weights[i];
		t->h[i] *= t->weights[i];
	}
}

/*
 * To whole numbers of units, rounded to the nearest.
 */
static ALWAYS_INLINE void
round_tile(const Tile *t, double g_scale, double h_scale, SegGradient *to)
{
	for (int64_t i = 0; i < t->n; i++)
	{
		double g = t->g[i] * g_scale + ROUNDER;
		double h = t->h[i] * h_scale + ROUNDER;
		int64_t g_bits, h_bits;

		memcpy(&g_bits, &g, sizeof(g_bits));
		memcpy(&h_bits, &h, sizeof(h_bits));
		to[i] = (SegGradient){(int32_t) g_bits, (int32_t) h_bits};
	}
}

/*
 * One tile: derivatives, and their rounded form, or, without one, how large they
 * are. The switch on the loss is a constant in each copy.
 */
static ALWAYS_INLINE void
tile_body(const SegLoss *loss, double class, Tile *t, const double *scales,
          SegGradient *to, double *most)
{
	switch (loss->kind)
	{
#define DERIVE(which) \
	case which: \
	{ \
		SegLoss constant = *loss; \
		constant.kind = which; \
		derive_tile(&constant, class, t); \
		break; \
	}
		DERIVE(SEG_LOSS_KIND_LOGISTIC)
		DERIVE(SEG_LOSS_KIND_SOFTMAX)
		DERIVE(SEG_LOSS_KIND_SQUARED)
		DERIVE(SEG_LOSS_KIND_POISSON)
		DERIVE(SEG_LOSS_KIND_QUANTILE)
#undef DERIVE
	}
	if (to != NULL)
	{
		round_tile(t, scales[0], scales[1], to);
		return;
	}
	for (int64_t i = 0; i < t->n; i++)
	{
		most[0] = fabs(t->g[i]) > most[0] ? fabs(t->g[i]) : most[0];
		most[1] = t->h[i] > most[1] ? t->h[i] : most[1];
	}
}

#if defined(__x86_64__)
__attribute__((target("avx2"))) static void
tile_avx2(const SegLoss *loss, double class, Tile *t, const double *scales,
          SegGradient *to, double *most)
{
	tile_body(loss, class, t, scales, to, most);
}
#endif

static void
tile_baseline(const SegLoss *loss, double class, Tile *t, const double *scales,
              SegGradient *to, double *most)
{
	tile_body(loss, class, t, scales, to, most);
}

static SegStatus
each_tile(SegEnv *env, const SegLoss *loss, int64_t k, const double *scales,
          SegGradient *to, double *most)
{
	const SegTreeRows *rows = loss->rows;
	int64_t steps = 0;
	Tile t;
#if defined(__x86_64__)
	bool wide = __builtin_cpu_supports("avx2");
#endif

	for (int64_t at = 0; at < rows->n; at += TILE)
	{
		SegGradient *here = to != NULL ? to + at : NULL;

		t.n = rows->n - at < TILE ? rows->n - at : TILE;
		t.score = loss->score + k * rows->n + at;
		t.log_sum = loss->log_sum != NULL ? loss->log_sum + at : NULL;
		t.y = rows->y + at;
		t.weights = rows->weights != NULL ? rows->weights + at : NULL;
		SEG_TRY(seg_count_steps(env, &steps, 4 * TILE));
#if defined(__x86_64__)
		if (wide)
		{
			tile_avx2(loss, (double) k, &t, scales, here, most);
			continue;
		}
#endif
		tile_baseline(loss, (double) k, &t, scales, here, most);
	}
	return SEG_OK;
}

SegStatus
seg_loss_gradients(SegEnv *env, const SegLoss *loss, int64_t k,
                   SegTreeData *data)
{
	const SegTreeRows *rows = loss->rows;
	double most[2] = {rows->most_weight, rows->most_weight};
	double scales[2];

	if (loss->kind == SEG_LOSS_KIND_LOGISTIC ||
	    loss->kind == SEG_LOSS_KIND_SOFTMAX)
		most[1] *= 0.25;
	else
	{
		most[0] = most[1] = 0.0;
		SEG_TRY(each_tile(env, loss, k, NULL, NULL, most));
		SEG_TRY(seg_check_finite(env, "gradient of the loss", most[0]));
	}
	seg_histogram_units(data, rows->n, most[0], most[1]);
	scales[0] = 1.0 / data->g_unit;
	scales[1] = 1.0 / data->h_unit;
	return each_tile(env, loss, k, scales, data->gradients, NULL);
}

SegStatus
seg_loss_log_sums(SegEnv *env, const SegLoss *loss, double *log_sum)
{
	int64_t n = loss->rows->n;
	int64_t steps = 0;

	for (int64_t i = 0; i < n; i++)
	{
		double most = loss->score[i];
		double sum = 0.0;

		for (int64_t k = 1; k < loss->scores; k++)
			most = fmax(most, loss->score[k * n + i]);
		for (int64_t k = 0; k < loss->scores; k++)
			sum += fast_exp(loss->score[k * n + i] - most);
		log_sum[i] = most + log(sum);
		SEG_TRY(seg_count_steps(env, &steps, 4 * loss->scores));
	}
	return SEG_OK;
}

/*
 * -log of what is given to the truth; for numbers what is usual, without terms
 * that only depend on the label.
 */
static double
loss_of_row(const SegLoss *loss, int64_t i)
{
	int64_t n = loss->rows->n;
	double y = loss->rows->y[i];
	double f = loss->score[i];

	switch (loss->kind)
	{
		case SEG_LOSS_KIND_LOGISTIC:
			f = y > 0.0 ? f : -f;
			return f > 0.0 ? log1p(exp(-f)) : log1p(exp(f)) - f;
		case SEG_LOSS_KIND_SOFTMAX:
			return loss->log_sum[i] - loss->score[(int64_t) y * n + i];
		case SEG_LOSS_KIND_SQUARED:
			return (y - f) * (y - f);
		case SEG_LOSS_KIND_POISSON:
			return exp(f) - y * f;
		case SEG_LOSS_KIND_QUANTILE:
			return y < f ? (1.0 - loss->quantile) * (f - y)
			             : loss->quantile * (y - f);
	}
	return 0.0;
}

SegStatus
seg_loss_mean(SegEnv *env, const SegLoss *loss, bool held_out, double *mean)
{
	const SegTreeRows *rows = loss->rows;
	int64_t steps = 0;
	double sum = 0.0;
	double total = 0.0;

	for (int64_t i = 0; i < rows->n; i++)
	{
		double weight = seg_tree_weight(rows, i);

		if ((rows->is_held_out != NULL && rows->is_held_out[i]) != held_out)
			continue;
		sum += weight * loss_of_row(loss, i);
		total += weight;
		SEG_TRY(seg_count_steps(env, &steps, 8));
	}
	*mean = sum / total;
	return SEG_OK;
}
