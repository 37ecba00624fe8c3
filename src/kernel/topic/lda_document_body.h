/*-------------------------------------------------------------------------
 *
 * lda_document_body.h
 *	  One body of the loops over a document's terms; lda_document.c includes it
 *	  once for each build, with NAME, TARGET, LANES and FMA defined.
 *
 * src/kernel/topic/lda_document_body.h
 *
 *-------------------------------------------------------------------------
 */

#include "base/vector_body.h"

/*
 * The likelihood of a term: the sum over topics of theta times its weight.
 */
INLINE double
NAME(likelihood)(const double *theta, const double *row, int64_t width)
{
	Vector even = {0};
	Vector odd = {0};

	for (int64_t t = 0; t < width; t += 2 * LANES)
	{
		even = FMA(LOAD(theta + t), LOAD(row + t), even);
		odd = FMA(LOAD(theta + t + LANES), LOAD(row + t + LANES), odd);
	}
	return NAME(sum_lanes)(even + odd) + LEAST_LIKELIHOOD;
}

INLINE void
NAME(add_row)(double *sum, const double *row, double share, int64_t width)
{
	Vector s = SPLAT(share);

	for (int64_t t = 0; t < width; t += LANES)
		STORE(sum + t, FMA(s, LOAD(row + t), LOAD(sum + t)));
}

INLINE void
NAME(pull_width)(const SegLdaWeights *w, const SegLdaDocument *document,
                 const double *theta, double *pull, int64_t width)
{
	for (int64_t i = 0; i < document->n; i++)
	{
		const double *row = w->rows + document->terms[i] * width;
		double likelihood = NAME(likelihood)(theta, row, width);

		NAME(add_row)(pull, row, document->counts[i] / likelihood, width);
	}
}

/*
 * For each topic, add the sum over the document's tokens of the topic's weight
 * divided by the token's likelihood.
 */
TARGET static void
NAME(pull)(const SegLdaWeights *w, const SegLdaDocument *document,
           const double *theta, double *pull)
{
	/* with a constant width, the sums stay in registers */
	if (w->width == 8)
		NAME(pull_width)(w, document, theta, pull, 8);
	else if (w->width == 16)
		NAME(pull_width)(w, document, theta, pull, 16);
	else
		NAME(pull_width)(w, document, theta, pull, w->width);
}

/*
 * Add, for each token, the chance that it comes from each topic.
 */
TARGET static void
NAME(collect)(const SegLdaWeights *w, const SegLdaDocument *document,
              const double *theta, double times, double *rows)
{
	for (int64_t i = 0; i < document->n; i++)
	{
		int64_t at = document->terms[i] * w->width;
		double likelihood = NAME(likelihood)(theta, w->rows + at, w->width);
		double share = times * document->counts[i] / likelihood;
		Vector s = SPLAT(share);

		for (int64_t t = 0; t < w->width; t += LANES)
			STORE(rows + at + t,
			      FMA(s * LOAD(theta + t),
			          LOAD(w->rows + at + t),
			          LOAD(rows + at + t)));
	}
}

/*
 * The sum of the logarithms of the tokens' likelihoods.
 */
TARGET static double
NAME(log_likelihood)(const SegLdaWeights *w, const SegLdaDocument *document,
                     const double *theta)
{
	double sum = 0.0;

	for (int64_t i = 0; i < document->n; i++)
	{
		int32_t term = document->terms[i];
		double likelihood =
			NAME(likelihood)(theta, w->rows + term * w->width, w->width);

		sum += document->counts[i] * (log(likelihood) + w->log_scales[term]);
	}
	return sum;
}

static const LdaLoops NAME(loops) = {
	.pull = NAME(pull),
	.collect = NAME(collect),
	.log_likelihood = NAME(log_likelihood),
};

#undef LOAD
#undef STORE
#undef Vector
#undef INLINE
