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

/* Nodes of the rule side by side. */
typedef double Lanes __attribute__((vector_size(LANES * sizeof(double))));

/* A rule of a few nodes, exact up to degree 2 points - 1. */
typedef struct Rule
{
	int points; /* a multiple of LANES */
	const double *at;
	const double *weights;
} Rule;

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

static const Rule rules[] = {{4, four_at, four_weights},
                             {8, eight_at, eight_weights},
                             {16, seg_gauss_nodes, seg_gauss_weights}};

/* What the path so far says about an element. */
typedef struct Factor
{
	double known;   /* o */
	double unknown; /* r */
} Factor;

typedef struct Walk
{
	const SegTree *model;
	const double *x;
	int64_t value_at; /* the number of a leaf that is explained */
	int blocks;       /* of LANES nodes of the rule */
	Lanes at[MOST_POINTS / LANES];
	Lanes weights[MOST_POINTS / LANES];
	Factor *factors; /* dim */
	double *contributions;
} Walk;

static void
begin_walk(Walk *w)
{
	int64_t most =
		w->model->depth < w->model->dim ? w->model->depth : w->model->dim;
	const Rule *rule = rules;

	/* the degree is below the number of elements on a path */
	while (2 * rule->points < most)
		rule++;
	w->blocks = rule->points / LANES;
	memcpy(w->at, rule->at, (size_t) rule->points * sizeof(double));
	memcpy(w->weights, rule->weights, (size_t) rule->points * sizeof(double));
	for (int64_t j = 0; j < w->model->dim; j++)
		w->factors[j] = (Factor){1.0, 1.0};
}

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
 * Walk the tree below a node. product: of the factors on the path to it, at each
 * node of the rule; sums: gets that of the leaves below, each times its product.
 */
static void
walk_below(Walk *w, int64_t node, const Lanes *product, Lanes *sums)
{
	const SegTree *model = w->model;
	int32_t element = model->features[node];
	Factor before;
	double cover, old_gap;
	int64_t right;

	if (element < 0)
	{
		double value =
			model->values[model->links[node] * model->leaf_width + w->value_at];

		for (int b = 0; b < w->blocks; b++)
			sums[b] = product[b] * value;
		return;
	}
	before = w->factors[element];
	old_gap = before.known - before.unknown;
	cover = model->covers[model->links[node]] +
	        model->covers[model->links[node] + 1];
	right = goes_right(model, w->x, node);
	for (int b = 0; b < w->blocks; b++)
		sums[b] = (Lanes){0};
	for (int64_t side = 0; side < 2; side++)
	{
		int64_t child = model->links[node] + side;
		Factor here = {side == right ? before.known : 0.0,
		               before.unknown * model->covers[child] / cover};
		Lanes products[MOST_POINTS / LANES], below[MOST_POINTS / LANES];
		Lanes shares[MOST_POINTS / LANES];
		Lanes total = {0};

		/* the element's factor replaces the one it had */
		for (int b = 0; b < w->blocks; b++)
		{
			Lanes new = here.unknown + w->at[b] * (here.known - here.unknown);
			Lanes old = before.unknown + w->at[b] * old_gap;

			products[b] = product[b] * new / old;
			shares[b] = (here.known - here.unknown) / new - old_gap / old;
		}
		w->factors[element] = here;
		walk_below(w, child, products, below);
		/* and what the split above it will add for these leaves is undone */
		for (int b = 0; b < w->blocks; b++)
		{
			total += w->weights[b] * below[b] * shares[b];
			sums[b] += below[b];
		}
		w->contributions[element] +=
			(total[0] + total[3]) + (total[1] + total[2]);
	}
	w->factors[element] = before;
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

		for (int b = 0; b < w.blocks; b++)
			product[b] = (Lanes){1.0, 1.0, 1.0, 1.0};
		if (model->leaf_width > 1 || t % model->scores == score)
			walk_below(&w, root, product, sums);
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
