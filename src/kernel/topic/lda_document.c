/*-------------------------------------------------------------------------
 *
 * lda_document.c
 *	  The topics of one document, given the topics of a model.
 *
 * Coordinate ascent of variational Bayes [1, equations 5 and 6].  The posterior
 * of a document's shares is a Dirichlet distribution with parameters gamma; the
 * chance that a token comes from a topic is proportional to theta, the
 * exponential of the expected log share, times the token's weight in the topic.
 * As chances add up to 1, theta and the weights may have any scale: here the
 * largest theta, or digamma of the largest gamma, and the largest weight of
 * each term, so that nothing underflows that matters, whatever the priors.
 *
 * lda_document_body.h is compiled for the baseline of the architecture and for
 * AVX2 with fused multiply-add.  They may differ in the last bit of a sum; on a
 * given processor the same one always runs.
 *
 * [1] M. D. Hoffman, D. M. Blei, F. Bach, "Online Learning for Latent Dirichlet
 * Allocation", NIPS 23, 2010.
 *
 * src/kernel/topic/lda_document.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/topic/lda_document.h"

#include <math.h>

#include "base/special.h"
#include "base/vector.h"

/* Stop when gamma changes by less than this, on average over topics. */
#define TOLERANCE      1e-3
#define MAX_ITERATIONS 100

#define STRETCH (1 << 17) /* weights between checks whether to stop */

/* Stands for a likelihood that is zero, so that nothing is divided by that. */
#define LEAST_LIKELIHOOD 1e-100

typedef struct LdaLoops
{
	void (*pull)(const SegLdaWeights *w, const SegLdaDocument *document,
	             const double *theta, double *pull);
	void (*collect)(const SegLdaWeights *w, const SegLdaDocument *document,
	                const double *theta, double times, double *rows);
	double (*log_likelihood)(const SegLdaWeights *w,
	                         const SegLdaDocument *document,
	                         const double *theta);
} LdaLoops;

#define BASE_NAME(name) lda_##name##_baseline
#define AVX2_NAME(name) lda_##name##_avx2

#define NAME(name) BASE_NAME(name)
#define TARGET
#define LANES 2 /* doubles in a vector: the processor's own width */
#define FMA   TWICE_ROUNDED
#include "kernel/topic/lda_document_body.h"
#undef NAME
#undef TARGET
#undef LANES
#undef FMA

#if defined(__x86_64__)
#define NAME(name) AVX2_NAME(name)
#define TARGET     __attribute__((target("avx2,fma")))
#define LANES      4
#define FMA        FUSED_AVX2
#include "kernel/topic/lda_document_body.h"
#undef NAME
#undef TARGET
#undef LANES
#undef FMA
#endif

static const LdaLoops *
lda_loops(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		return &lda_loops_avx2;
#endif
	return &lda_loops_baseline;
}

double
seg_lda_tokens(const SegLdaDocument *document)
{
	double tokens = 0.0;

	for (int64_t i = 0; i < document->n; i++)
		tokens += document->counts[i];
	return tokens;
}

SegStatus
seg_lda_posterior_create(SegEnv *env, int64_t width, SegLdaPosterior *result)
{
	double *memory;

	SEG_ALLOC(env, memory, 3 * width);
	*result =
		(SegLdaPosterior){memory, memory + width, memory + 2 * width, 0.0};
	return SEG_OK;
}

/*
 * theta of gamma, at a scale at which the largest is neither tiny nor huge.
 */
static void
set_theta(const SegLdaWeights *w, SegLdaPosterior *p)
{
	double largest = 0.0;

	for (int64_t t = 0; t < w->k; t++)
		largest = p->gamma[t] > largest ? p->gamma[t] : largest;
	p->log_scale = largest < 0.5 ? seg_digamma(largest) : 0.0;
	for (int64_t t = 0; t < w->k; t++)
		p->theta[t] = seg_exp_digamma(p->gamma[t], p->log_scale);
}

/*
 * The sums of pull for a whole document, which may have a million terms: some of
 * them at a time.
 */
static SegStatus
pull_document(SegEnv *env, const SegLdaWeights *w,
              const SegLdaDocument *document, SegLdaPosterior *p,
              int64_t *steps)
{
	int64_t most = 1 + STRETCH / w->width;

	memset(p->pull, 0, (size_t) w->width * sizeof(double));
	for (int64_t from = 0; from < document->n; from += most)
	{
		int64_t n = document->n - from < most ? document->n - from : most;
		SegLdaDocument part = {n,
		                       document->terms + from,
		                       document->counts + from};

		lda_loops()->pull(w, &part, p->theta, p->pull);
		SEG_TRY(seg_count_steps(env, steps, n * w->width / 4));
	}
	return SEG_OK;
}

/*
 * From an equal share of each topic.
 */
SegStatus
seg_lda_infer(SegEnv *env, const SegLdaWeights *w,
              const SegLdaDocument *document, SegLdaPosterior *p,
              int64_t *steps)
{
	double tokens = seg_lda_tokens(document);

	for (int64_t t = 0; t < w->k; t++)
		p->gamma[t] = w->alpha + tokens / (double) w->k;
	set_theta(w, p);
	for (int i = 0; i < MAX_ITERATIONS; i++)
	{
		double change = 0.0;

		SEG_TRY(pull_document(env, w, document, p, steps));
		for (int64_t t = 0; t < w->k; t++)
		{
			double gamma = w->alpha + p->theta[t] * p->pull[t];

			change += fabs(gamma - p->gamma[t]);
			p->gamma[t] = gamma;
		}
		set_theta(w, p);
		if (change < TOLERANCE * (double) w->k)
			break;
	}
	return seg_count_steps(env, steps, 10 * w->k);
}

void
seg_lda_collect(const SegLdaWeights *w, const SegLdaDocument *document,
                const SegLdaPosterior *p, double times, double *rows)
{
	lda_loops()->collect(w, document, p->theta, times, rows);
}

/*
 * E[log p(document, topics of its tokens, shares)] - E[log q(...)], with the
 * chances of the tokens' topics at their best for this gamma.
 */
double
seg_lda_bound(const SegLdaWeights *w, const SegLdaDocument *document,
              const SegLdaPosterior *p)
{
	double total = 0.0;
	double tokens = seg_lda_tokens(document);
	double bound;
	double digamma_total;

	for (int64_t t = 0; t < w->k; t++)
		total += p->gamma[t];
	digamma_total = seg_digamma(total);
	bound = lda_loops()->log_likelihood(w, document, p->theta) +
	        tokens * (p->log_scale - digamma_total);
	for (int64_t t = 0; t < w->k; t++)
		bound += (w->alpha - p->gamma[t]) *
		             (seg_digamma(p->gamma[t]) - digamma_total) +
		         seg_log_gamma(p->gamma[t]) - seg_log_gamma(w->alpha);
	return bound + seg_log_gamma((double) w->k * w->alpha) -
	       seg_log_gamma(total);
}
