/*-------------------------------------------------------------------------
 *
 * preparation.c
 *	  What a model does to a row before it uses it.
 *
 * Each step computes as the model that it comes from does: an imputer, a power
 * transformation that does not standardize, a scaler.
 *
 * src/base/preparation.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/preparation.h"

#include <math.h>

#include <string.h>

#include "base/missing.h"

#define BUFFER_NUMBERS 8192

bool
seg_preparation_is_sound(const SegPreparation *p, int64_t dim)
{
	bool fills = seg_preparation_fills(p);

	if (p->dim == 0)
		return p->power == SEG_PREPARED_PLAIN;
	if (p->dim != dim)
		return false;
	for (int64_t j = 0; j < dim; j++)
	{
		if (p->scales[j] == 0.0 || (isnan(p->fills[j]) == 0) != fills)
			return false;
	}
	return true;
}

SegStatus
seg_preparation_create(SegEnv *env, int64_t dim, SegPreparation *result)
{
	double *fills, *lambdas, *centers, *scales;

	SEG_ALLOC(env, fills, dim);
	SEG_ALLOC(env, lambdas, dim);
	SEG_ALLOC(env, centers, dim);
	SEG_ALLOC(env, scales, dim);
	for (int64_t j = 0; j < dim; j++)
	{
		fills[j] = seg_missing();
		scales[j] = 1.0;
	}
	*result = (SegPreparation){.dim = dim,
	                           .fills = fills,
	                           .lambdas = lambdas,
	                           .centers = centers,
	                           .scales = scales};
	return SEG_OK;
}

static SegStatus
element_out_of_range(SegEnv *env, const char *what, const double *x, int64_t j)
{
	return seg_fail(env, SEG_ELEMENT_RANGE, what, x[j], (double) (j + 1));
}

SegStatus
seg_prepare(SegEnv *env, const SegPreparation *p, const double *x,
            double *result)
{
	for (int64_t j = 0; j < p->dim; j++)
	{
		double y = isnan(x[j]) ? p->fills[j] : x[j];

		if (isnan(y))
		{
			result[j] = seg_missing();
			continue;
		}
		if (p->power != SEG_PREPARED_PLAIN)
			y = seg_power_value((SegPreparedPower) p->power, p->lambdas[j], y);
		if (!isfinite(y))
			return element_out_of_range(env, "transformed element", x, j);
		y = (y - p->centers[j]) / p->scales[j];
		if (isinf(y))
			return element_out_of_range(env, "scaled element", x, j);
		result[j] = y + 0.0; /* no -0 */
	}
	return SEG_OK;
}

SegStatus
seg_unprepare(SegEnv *env, const SegPreparation *p, const double *x,
              double *result)
{
	for (int64_t j = 0; j < p->dim; j++)
	{
		double y = x[j] * p->scales[j] + p->centers[j];

		if (p->power != SEG_PREPARED_PLAIN)
			y = seg_power_argument((SegPreparedPower) p->power,
			                       p->lambdas[j],
			                       y);
		if (!isfinite(y))
			return element_out_of_range(env, "element", x, j);
		result[j] = y + 0.0; /* no -0 */
	}
	return SEG_OK;
}

/* ---------- streams ---------- */

static void
prepared_rewind(SegRows *rows)
{
	SegPreparedRows *r = (SegPreparedRows *) rows;

	r->raw->rewind(r->raw);
	r->block = (SegBlock){0};
	r->used = 0;
}

static bool
prepared_next(SegRows *rows, SegBlock *block)
{
	SegPreparedRows *r = (SegPreparedRows *) rows;
	int64_t extra = rows->stride - rows->dim;

	if (r->status != SEG_OK)
		return false;
	if (r->used == r->block.n)
	{
		r->used = 0;
		if (!r->raw->next(r->raw, &r->block))
			return false;
	}
	block->first = r->block.first + r->used;
	block->n = 0;
	block->x = r->buffer;
	block->ahead = NULL;
	for (; block->n < r->room && r->used < r->block.n; block->n++, r->used++)
	{
		const double *from = r->block.x + r->used * r->raw->stride;
		double *to = r->buffer + block->n * rows->stride;

		r->status = seg_prepare(r->env, r->preparation, from, to);
		if (r->status != SEG_OK)
			return false;
		memcpy(to + rows->dim,
		       from + rows->dim,
		       (size_t) extra * sizeof(double));
	}
	return true;
}

SegStatus
seg_prepared_rows(SegEnv *env, SegRows *raw, const SegPreparation *preparation,
                  bool with_extra, SegPreparedRows *result)
{
	int32_t stride = with_extra ? raw->stride : raw->dim;
	int64_t room = BUFFER_NUMBERS / stride;

	*result = (SegPreparedRows){{raw->n,
	                             raw->dim,
	                             stride,
	                             false,
	                             prepared_rewind,
	                             prepared_next},
	                            .env = env,
	                            .raw = raw,
	                            .preparation = preparation,
	                            .room = room > 0 ? room : 1,
	                            .status = SEG_OK};
	SEG_ALLOC(env, result->buffer, result->room * stride);
	prepared_rewind(&result->rows);
	return SEG_OK;
}
