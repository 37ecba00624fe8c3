/*-------------------------------------------------------------------------
 *
 * tree_explain.c
 *	  Shapley values of a prediction, exact, for sums of trees [1].
 *
 * A tree's value, if only some elements are known, is the mean of the leaves
 * that can be reached: at a split on an unknown element both ways are taken, by
 * the shares of the training rows. So a leaf contributes its value times a
 * factor per element on its path: o (0 or 1, whether the row passes all splits
 * on it) if the element is known, r (the product of the shares) if not.
 *
 * The Shapley value of element j is the integral over t from 0 to 1 of
 *
 *		(o_j - r_j) * product over i != j of (r_i + t (o_i - r_i)),
 *
 * since t^s (1 - t)^(d - 1 - s) integrates to the weight of a set of s elements.
 * The integrand is a polynomial of degree d - 1, so a Gauss-Legendre rule with
 * d / 2 nodes gives it exactly [2]. One walk over a tree carries the product for
 * all nodes of the rule downwards and sums of leaves upwards: a few operations
 * per split instead of the square of the depth per leaf.
 *
 * [1] S. M. Lundberg et al., "From local explanations to global understanding
 * with explainable AI for trees" (2020): the path-dependent values.
 * [2] The polynomial form is that of P. Yu et al., "Linear TreeShap" (2022).
 *
 * src/kernel/tree/tree_explain.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <string.h>

#include "base/quadrature.h"
#include "kernel/tree/tree.h"

#define MOST_POINTS SEG_GAUSS_NODES
#define LANES       4
#define INLINE      static inline __attribute__((always_inline))

/* Nodes of the rule side by side. */
typedef double Lanes __attribute__((vector_size(LANES * sizeof(double))));

static const double four_at[] = {0.06943184420297371,
                                 0.33000947820757187,
                                 0.6699905217924281,
                                 0.9305681557970263};
static const double four_weights[] = {0.17392742256872692,
                                      0.32607257743127305,
                                      0.32607257743127305,
                                      0.17392742256872692};
static const double eight_at[] = {0.019855071751231884,
                                  0.10166676129318664,
                                  0.2372337950418355,
                                  0.4082826787521751,
                                  0.591717321247825,
                                  0.7627662049581645,
                                  0.8983332387068134,
                                  0.9801449282487681};
static const double eight_weights[] = {0.05061426814518813,
                                       0.11119051722668724,
                                       0.15685332293894363,
                                       0.181341891689181,
                                       0.181341891689181,
                                       0.15685332293894363,
                                       0.11119051722668724,
                                       0.05061426814518813};

/* What the path so far says about an element. */
typedef struct Factor
{
	bool is_passed; /* o: the row takes the path at each split on it */
	double share;   /* r, while it does */
} Factor;

typedef struct Walk Walk;
typedef void (*WalkBelow)(Walk *w, int64_t node, const Lanes *product,
                          Lanes *sums);

struct Walk
{
	const SegTree *model;
	const double *x;
	int64_t value_at; /* the number of a leaf that is explained */
	WalkBelow below;
	Lanes at[MOST_POINTS / LANES];
	Lanes rest[MOST_POINTS / LANES];    /* 1 - at */
	Lanes weights[MOST_POINTS / LANES]; /* over rest */
	Factor *factors;                    /* dim */
	double *contributions;
};

/*
 * Does a row go right?
 */
static inline int64_t
goes_right(const SegTree *model, const double *x, int64_t node)
{
	double value = x[model->features[node]];

	if (isnan(value))
		return !model->missing_left[node];
	return value > model->thresholds[node];
}

/*
 * The sums of a child: of a leaf its value, of a split those below.
 */
INLINE void
walk_child(Walk *w, int64_t node, const Lanes *product, Lanes *sums,
           const int blocks, WalkBelow below)
{
	const SegTree *model = w->model;
	double value;

	if (model->features[node] >= 0)
	{
		below(w, node, product, sums);
		return;
	}
	value = model->values[model->links[node] * model->leaf_width + w->value_at];
	for (int b = 0; b < blocks; b++)
		sums[b] = value - (Lanes){0};
}

/*
 * Walk the tree below a split. product: of the factors on the path to it, at each
 * node of the rule; sums: gets that of the leaves below, each times what the
 * factors gain on the way from here to it.
 *
 * At a split on an element whose factor is f = r + t (1 - r), of which a share s
 * of the training rows goes where this row does not, the factor becomes
 * r s (1 - t) = q f there and r (1 - s) + t (1 - r (1 - s)) = (1 - q) f here,
 * so the sums are (1 - q) here + q there. What the splits above add for the
 * element would be right if f had stayed; by the difference of the two,
 * this one adds - (there - here) r s / f^2 for each product. Below a split on
 * the same element that the row did not pass, the two ways just have shares.
 */
INLINE void
walk_split(Walk *w, int64_t node, const Lanes *product, Lanes *sums,
           const int blocks, WalkBelow below)
{
	const SegTree *model = w->model;
	int32_t element = model->features[node];
	int64_t child = model->links[node];
	Lanes here[MOST_POINTS / LANES], there[MOST_POINTS / LANES];
	Lanes of_here[MOST_POINTS / LANES], of_there[MOST_POINTS / LANES];
	Lanes quotient[MOST_POINTS / LANES], inverse[MOST_POINTS / LANES];
	Lanes total = {0};
	Factor before = w->factors[element];
	double share;
	int64_t right;

	right = goes_right(model, w->x, node);
	share = model->covers[child + !right] /
	        (model->covers[child] + model->covers[child + 1]);
	for (int b = 0; b < blocks; b++)
	{
		if (before.is_passed)
		{
			Lanes unknown = before.share * w->rest[b];

			inverse[b] = 1.0 / (w->at[b] + unknown);
			quotient[b] = share * unknown * inverse[b];
		}
		else
			quotient[b] = share - (Lanes){0};
		of_there[b] = product[b] * quotient[b];
		of_here[b] = product[b] - of_there[b];
	}
	w->factors[element].share = before.share * (1.0 - share);
	walk_child(w, child + right, of_here, here, blocks, below);
	w->factors[element].is_passed = false;
	walk_child(w, child + !right, of_there, there, blocks, below);
	w->factors[element] = before;
	for (int b = 0; b < blocks; b++)
	{
		Lanes difference = there[b] - here[b];

		sums[b] = here[b] + quotient[b] * difference;
		if (before.is_passed)
			total += w->weights[b] * of_there[b] * inverse[b] * difference;
	}
	w->contributions[element] -= (total[0] + total[3]) + (total[1] + total[2]);
}

/* Builds for the baseline of the architecture and for AVX2: the same bits. */
#define WALK(name, points, target) \
	static target void name(Walk *w, \
	                        int64_t node, \
	                        const Lanes *product, \
	                        Lanes *sums) \
	{ \
		walk_split(w, node, product, sums, (points) / LANES, name); \
	}

WALK(walk_4, 4, )
WALK(walk_8, 8, )
WALK(walk_16, 16, )
#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2")))
WALK(walk_4_avx2, 4, AVX2)
WALK(walk_8_avx2, 8, AVX2)
WALK(walk_16_avx2, 16, AVX2)
#else
#define walk_4_avx2  walk_4
#define walk_8_avx2  walk_8
#define walk_16_avx2 walk_16
#endif

/* A rule of a few nodes, exact up to degree 2 points - 1. */
static const struct
{
	int points; /* a multiple of LANES */
	const double *at;
	const double *weights;
	WalkBelow below;
	WalkBelow below_avx2;
} rules[] = {{4, four_at, four_weights, walk_4, walk_4_avx2},
             {8, eight_at, eight_weights, walk_8, walk_8_avx2},
             {16, seg_gauss_nodes, seg_gauss_weights, walk_16, walk_16_avx2}};

static void
begin_walk(Walk *w)
{
	int64_t most =
		w->model->depth < w->model->dim ? w->model->depth : w->model->dim;
	int r = 0;

	/* the degree is below the number of elements on a path */
	while (2 * rules[r].points < most)
		r++;
	w->below = rules[r].below;
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2"))
		w->below = rules[r].below_avx2;
#endif
	for (int i = 0; i < rules[r].points; i++)
	{
		w->at[i / LANES][i % LANES] = rules[r].at[i];
		w->rest[i / LANES][i % LANES] = 1.0 - rules[r].at[i];
		w->weights[i / LANES][i % LANES] =
			rules[r].weights[i] / (1.0 - rules[r].at[i]);
	}
	for (int64_t j = 0; j < w->model->dim; j++)
		w->factors[j] = (Factor){true, 1.0};
}

SegStatus
seg_tree_explain(SegEnv *env, const SegTree *model, const double *x,
                 int64_t class_number, double *contributions, double *base)
{
	bool of_first = model->class_count == 2 && class_number == 0;
	int64_t score = model->class_count > 2 ? class_number : 0;
	Walk w = {.model = model, .x = x, .contributions = contributions};
	int64_t root = 0;

	w.value_at = model->leaf_width > 1 ? score : 0;
	SEG_ALLOC(env, w.factors, model->dim);
	begin_walk(&w);
	memset(contributions, 0, (size_t) model->dim * sizeof(double));
	for (int64_t t = 0; t < model->trees; t++)
	{
		Lanes product[MOST_POINTS / LANES], sums[MOST_POINTS / LANES];

		for (int b = 0; b < MOST_POINTS / LANES; b++)
			product[b] = 1.0 - (Lanes){0};
		/* the values of a tree of one leaf say nothing of any element */
		if (model->features[root] >= 0 &&
		    (model->leaf_width > 1 || t % model->scores == score))
			w.below(&w, root, product, sums);
		root = model->tree_ends[t];
	}
	*base = model->expected[score];
	if (!of_first)
		return SEG_OK;
	/* of two classes the second one has the score */
	for (int64_t j = 0; j < model->dim; j++)
		contributions[j] = -contributions[j];
	*base = model->link == SEG_LINK_LOGIT ? -*base : 1.0 - *base;
	return SEG_OK;
}
