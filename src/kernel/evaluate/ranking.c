/*-------------------------------------------------------------------------
 *
 * ranking.c
 *	  How good a ranked list is, by the items that turned out to be relevant.
 *
 * First, each of the k places gets the gain of its item, 0 if it is not
 * relevant; all scores are computed from these.  The scores are those of
 * K. Järvelin, J. Kekäläinen, "Cumulated Gain-Based Evaluation of IR
 * Techniques", ACM TOIS 20(4), 2002 (NDCG), and of C. D. Manning, P. Raghavan,
 * H. Schütze, "Introduction to Information Retrieval", Cambridge 2008, chapter
 * 8.
 *
 * An item counts where it first appears; a repeat fills a place and is a miss.
 * So no list scores above 1.
 *
 * src/kernel/evaluate/ranking.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/evaluate/ranking.h"

#include <math.h>

#include "base/count.h"
#include "base/hash.h"
#include "base/sort.h"
#include "kernel/vector/vector_algebra.h"

#define MOST_SCORE 63 /* of a list: bits of novelty; other scores reach 2 */

/* Largest grades: sums of gains stay in the range of double. */
#define MAX_GRADE_EXPONENTIAL 500
#define MAX_GRADE_LINEAR      1e100

/* ---------- gains ---------- */

SegStatus
seg_ranking_grade(SegEnv *env, SegGain gain, int64_t n, const double *grades,
                  double **gains)
{
	double most =
		gain == SEG_GAIN_LINEAR ? MAX_GRADE_LINEAR : MAX_GRADE_EXPONENTIAL;

	SEG_ALLOC(env, *gains, n);
	for (int64_t i = 0; i < n; i++)
	{
		double grade = grades == NULL ? 1.0 : grades[i];

		if (isnan(grade))
			continue;
		if (grade < 0 || grade > most)
			return seg_fail_range(env,
			                      SEG_ARGUMENT_RANGE,
			                      "grade",
			                      grade,
			                      0,
			                      most);
		(*gains)[i] = gain == SEG_GAIN_LINEAR ? grade : exp2(grade) - 1;
	}
	return SEG_OK;
}

/* ---------- which places are relevant ---------- */

/*
 * The distinct relevant items, by open addressing.
 */
typedef struct ItemTable
{
	uint64_t mask;
	int64_t *slot; /* number of an item + 1; 0: free */
	const SegText *items;
	double *gain; /* of the item in a slot */
} ItemTable;

static SegStatus
create_table(SegEnv *env, const SegItems *items, ItemTable *table)
{
	uint64_t slots = 2;

	while (slots < 2 * (uint64_t) items->count)
		slots *= 2;
	table->mask = slots - 1;
	table->items = items->items;
	SEG_ALLOC(env, table->slot, slots);
	SEG_ALLOC(env, table->gain, slots);
	return SEG_OK;
}

/*
 * Slot of an item, or the free one where it belongs.
 */
static uint64_t
find_slot(const ItemTable *table, SegText item)
{
	uint64_t at = seg_hash(item.bytes, (size_t) item.length, 0) & table->mask;

	while (table->slot[at] != 0 &&
	       seg_text_compare(table->items[table->slot[at] - 1], item) != 0)
		at = (at + 1) & table->mask;
	return at;
}

/*
 * Put the relevant items into the table.  If an item comes twice, the larger
 * gain counts.
 */
static void
fill_table(ItemTable *table, const SegItems *relevant, const double *gains)
{
	for (int64_t i = 0; i < relevant->count; i++)
	{
		uint64_t at;

		if (relevant->items[i].bytes == NULL || !(gains[i] > 0))
			continue;
		at = find_slot(table, relevant->items[i]);
		table->slot[at] = i + 1;
		table->gain[at] = fmax(table->gain[at], gains[i]);
	}
}

/* Larger gains first. */
static int
compare_gains(const void *of, int64_t a, int64_t b)
{
	const double *gain = of;

	return (gain[a] < gain[b]) - (gain[a] > gain[b]);
}

static SegStatus
sort_relevant(SegEnv *env, const ItemTable *table, SegRanking *ranking)
{
	int64_t n = 0;
	int64_t *order;

	SEG_ALLOC(env, order, table->mask + 1);
	for (uint64_t at = 0; at <= table->mask; at++)
	{
		if (table->slot[at] != 0)
			order[n++] = (int64_t) at;
	}
	SEG_TRY(seg_sort(env, order, n, compare_gains, table->gain));
	SEG_ALLOC(env, ranking->relevant_gain, n + 1);
	for (int64_t i = 0; i < n; i++)
		ranking->relevant_gain[i] = table->gain[order[i]];
	ranking->relevant = n;
	return SEG_OK;
}

SegStatus
seg_ranking_match(SegEnv *env, int64_t k, const SegItems *recommended,
                  const SegItems *relevant, const double *gains,
                  SegRanking *ranking)
{
	ItemTable table;

	*ranking = (SegRanking){k, recommended->count < k ? recommended->count : k};
	SEG_TRY(create_table(env, relevant, &table));
	fill_table(&table, relevant, gains);
	SEG_TRY(sort_relevant(env, &table, ranking));
	SEG_ALLOC(env, ranking->gain, ranking->places + 1);
	for (int64_t i = 0; i < ranking->places; i++)
	{
		uint64_t at;

		if (recommended->items[i].bytes == NULL)
			continue;
		at = find_slot(&table, recommended->items[i]);
		ranking->gain[i] = table.gain[at];
		table.gain[at] = 0.0; /* once */
	}
	return SEG_OK;
}

/* ---------- scores ---------- */

static double
count_hits(const SegRanking *ranking)
{
	double hits = 0;

	for (int64_t i = 0; i < ranking->places; i++)
		hits += ranking->gain[i] > 0;
	return hits;
}

double
seg_precision_at(const SegRanking *ranking)
{
	return count_hits(ranking) / (double) ranking->k;
}

double
seg_recall_at(const SegRanking *ranking)
{
	return count_hits(ranking) / (double) ranking->relevant;
}

double
seg_reciprocal_rank(const SegRanking *ranking)
{
	for (int64_t i = 0; i < ranking->places; i++)
	{
		if (ranking->gain[i] > 0)
			return 1.0 / (double) (i + 1);
	}
	return 0.0;
}

double
seg_hit_rate_at(const SegRanking *ranking)
{
	return seg_reciprocal_rank(ranking) > 0;
}

/*
 * Mean of the precisions at the hits, over as many hits as there can be.
 */
double
seg_average_precision_at(const SegRanking *ranking)
{
	double hits = 0, sum = 0;

	for (int64_t i = 0; i < ranking->places; i++)
	{
		if (ranking->gain[i] > 0)
			sum += ++hits / (double) (i + 1);
	}
	return sum / fmin((double) ranking->relevant, (double) ranking->k);
}

static double
discounted_gain(const double *gain, int64_t n)
{
	double sum = 0;

	for (int64_t i = 0; i < n; i++)
	{
		if (gain[i] > 0)
			sum += gain[i] / log2((double) (i + 2));
	}
	return sum;
}

double
seg_ndcg_at(const SegRanking *ranking)
{
	int64_t most =
		ranking->relevant < ranking->k ? ranking->relevant : ranking->k;

	return discounted_gain(ranking->gain, ranking->places) /
	       discounted_gain(ranking->relevant_gain, most);
}

/* ---------- diversity ---------- */

/*
 * The vectors scaled to length 1, without those of length 0.
 */
static SegStatus
normalize_all(SegEnv *env, const double *vectors, int64_t n, int32_t dim,
              double *units, int64_t *count)
{
	*count = 0;
	for (int64_t i = 0; i < n; i++)
	{
		double *unit = units + *count * dim;
		bool is_zero = true;

		SEG_TRY(seg_vector_normalize(env, vectors + i * dim, dim, unit));
		for (int32_t j = 0; j < dim; j++)
			is_zero = is_zero && unit[j] == 0.0;
		*count += !is_zero;
	}
	return SEG_OK;
}

/*
 * T. Zhou, Z. Kuscsik, J.-G. Liu, M. Medo, J. R. Wakeling, Y.-C. Zhang, "Solving
 * the Apparent Diversity-Accuracy Dilemma of Recommender Systems", PNAS 107(10),
 * 2010. An item that nobody knows counts as if one user did.
 */
SegStatus
seg_list_novelty(SegEnv *env, const int64_t *known_by, int64_t n, int64_t users,
                 double *result, bool *defined)
{
	SegWide sum = {0.0, 0.0};

	if (users < 1)
		return seg_fail(env, SEG_NOT_POSITIVE, "users", (double) users, 0);
	for (int64_t i = 0; i < n; i++)
	{
		double known = known_by[i] > 0 ? (double) known_by[i] : 1.0;

		if (known_by[i] < 0 || known_by[i] > users)
			return seg_fail_range(env,
			                      SEG_ARGUMENT_RANGE,
			                      "users of an item",
			                      (double) known_by[i],
			                      0,
			                      (double) users);
		sum = seg_wide_add(sum, (SegWide){log2((double) users / known), 0.0});
	}
	*defined = n > 0;
	*result = n > 0 ? sum.hi / (double) n : 0.0;
	return SEG_OK;
}

/*
 * 1 - cosine is half the squared distance between two vectors of length 1, and
 * the mean of that over all pairs is the sum of the sample variances of the
 * elements: n vectors take n steps, not n^2.  Measured from the first vector,
 * equal vectors have variance 0 to the bit.
 */
SegStatus
seg_list_diversity(SegEnv *env, const double *vectors, int64_t n, int32_t dim,
                   double *result, bool *defined)
{
	double *units;
	int64_t count;
	double sum = 0;

	SEG_ALLOC(env, units, n * dim + 1);
	SEG_TRY(normalize_all(env, vectors, n, dim, units, &count));
	*defined = count > 1;
	for (int32_t j = 0; j < dim && *defined; j++)
	{
		double first = units[j], mean = 0;

		for (int64_t i = 1; i < count; i++)
			mean += units[i * dim + j] - first;
		mean /= (double) count;
		for (int64_t i = 0; i < count; i++)
		{
			double deviation = units[i * dim + j] - first - mean;

			sum += deviation * deviation;
		}
	}
	*result = *defined ? fmin(sum / (double) (count - 1), 2.0) : 0.0;
	return SEG_OK;
}

/* ---------- means over users ---------- */

SegStatus
seg_mean_score_check(SegEnv *env, const SegMeanScore *state)
{
	if (seg_is_count(state->users, SEG_HUGE_COUNT) &&
	    seg_is_count(state->k, SEG_RANKING_MAX_K) &&
	    seg_is_count(state->gain, SEG_GAIN_LINEAR) && state->sum.hi >= 0 &&
	    state->sum.hi <= MOST_SCORE * state->users &&
	    fabs(state->sum.lo) <= state->sum.hi)
		return SEG_OK;
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", NULL);
}

void
seg_mean_score_add(SegMeanScore *state, double score)
{
	state->users += 1.0;
	state->sum = seg_wide_add(state->sum, (SegWide){score, 0.0});
}

void
seg_mean_score_merge(SegMeanScore *into, const SegMeanScore *from)
{
	into->users += from->users;
	into->sum = seg_wide_add(into->sum, from->sum);
}
