/*-------------------------------------------------------------------------
 *
 * cf_reference.c
 *	  What the benchmark of recommenders compares with: matrix factorization as
 *	  one would write it down, in plain loops on one thread.
 *
 *	gcc -O3 -ffp-contract=off -fno-math-errno -fno-trapping-math \
 *		-o cf_reference cf_reference.c -lm
 *	cf_reference METHOD FACTORS PASSES < ratings
 *
 * METHOD is svd or als_implicit; a rating is a line "user item rating", of
 * numbers, in any order.  Prints the seconds of the fit alone, reading apart, and
 * its loss, which should be near that of cf_train with the same options.
 *
 * The arithmetic is that of cf_train: the same update of biases and factors from
 * the values before, in float8, over ratings that were shuffled; the same linear
 * system for each user and item, by Cholesky's factor of a matrix to which the
 * Gram matrix of the sweep was copied.
 *
 * bench/cf_reference.c
 *
 *-------------------------------------------------------------------------
 */
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

typedef struct Rating
{
	int user;
	int item;
	double value;
} Rating;

static Rating *rating;
static int n;
static int users;
static int items;
static int factors;
static int passes;

static double
seconds(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double) t.tv_sec + 1e-9 * (double) t.tv_nsec;
}

static void *
allocate(size_t count)
{
	void *memory = calloc(count, sizeof(double));

	if (memory == NULL)
		exit(1);
	return memory;
}

static uint64_t state = 42;

/* splitmix64 */
static uint64_t
draw(void)
{
	uint64_t z = (state += 0x9e3779b97f4a7c15u);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

static double *
draw_factors(int rows, double deviation)
{
	double *x = allocate((size_t) rows * factors);

	for (long i = 0; i < (long) rows * factors; i++)
		x[i] = 2 * sqrt(3) * deviation * ((draw() >> 11) * 0x1p-53 - 0.5);
	return x;
}

/* ---------- reading ---------- */

/* Numbers for ids as they come: a table with open addressing. */
typedef struct Codes
{
	long *id;
	int *code;
	int count;
} Codes;

#define SLOTS (1 << 24)

static int
code_of(Codes *codes, long id)
{
	uint64_t at = (uint64_t) id * 0x9e3779b97f4a7c15u >> 40;

	if (codes->id == NULL)
	{
		codes->id = allocate(SLOTS);
		codes->code = allocate(SLOTS);
	}
	for (; codes->code[at] != 0; at = (at + 1) % SLOTS)
	{
		if (codes->id[at] == id)
			return codes->code[at] - 1;
	}
	codes->id[at] = id;
	codes->code[at] = ++codes->count;
	return codes->count - 1;
}

static void
read_ratings(void)
{
	Codes user_codes = {0};
	Codes item_codes = {0};
	int room = 0;
	long user;
	long item;
	double value;

	while (scanf("%ld %ld %lf", &user, &item, &value) == 3)
	{
		if (n == room)
		{
			room = room == 0 ? 1 << 20 : 2 * room;
			rating = realloc(rating, room * sizeof(Rating));
			if (rating == NULL)
				exit(1);
		}
		rating[n++] = (Rating){code_of(&user_codes, user),
		                       code_of(&item_codes, item),
		                       value};
	}
	users = user_codes.count;
	items = item_codes.count;
}

/* ---------- svd ---------- */

static double
standardize(double *mean)
{
	double sum = 0;
	double squares = 0;
	double deviation;

	for (int i = 0; i < n; i++)
		sum += rating[i].value;
	*mean = sum / n;
	for (int i = 0; i < n; i++)
		squares += (rating[i].value - *mean) * (rating[i].value - *mean);
	deviation = sqrt(squares / n);
	for (int i = 0; i < n; i++)
		rating[i].value = (rating[i].value - *mean) / deviation;
	return deviation;
}

static void
shuffle(void)
{
	for (int i = n - 1; i > 0; i--)
	{
		int j = (int) (draw() % (uint64_t) (i + 1));
		Rating r = rating[i];

		rating[i] = rating[j];
		rating[j] = r;
	}
}

static void
svd(void)
{
	const double regularization = 0.08;
	double rate = 0.02;
	double start = seconds();
	double mean;
	double deviation = standardize(&mean);
	double *p_all = draw_factors(users, 0.03);
	double *q_all = draw_factors(items, 0.03);
	double *user_bias = allocate(users);
	double *item_bias = allocate(items);
	double squares = 0;

	shuffle();
	for (int pass = 0; pass < passes; pass++)
	{
		squares = 0;
		for (int i = 0; i < n; i++)
		{
			double *p = p_all + (long) rating[i].user * factors;
			double *q = q_all + (long) rating[i].item * factors;
			double *b = user_bias + rating[i].user;
			double *c = item_bias + rating[i].item;
			double error = rating[i].value - *b - *c;

			for (int f = 0; f < factors; f++)
				error -= p[f] * q[f];
			*b += rate * (error - regularization * *b);
			*c += rate * (error - regularization * *c);
			for (int f = 0; f < factors; f++)
			{
				double old = p[f];

				p[f] += rate * (error * q[f] - regularization * old);
				q[f] += rate * (error * old - regularization * q[f]);
			}
			squares += error * error;
		}
		rate *= 0.97;
	}
	printf("%.3f %.6f\n", seconds() - start, sqrt(squares / n) * deviation);
}

/* ---------- als_implicit ---------- */

/* Ratings by one side, one list after the other. */
typedef struct Lists
{
	int count;
	int *start;
	int *other;
	double *value;
} Lists;

static Lists
make_lists(int count, int by_user)
{
	Lists l = {count, allocate(count + 1), allocate(n), allocate(n)};
	int *at = allocate(count + 1);

	for (int i = 0; i < n; i++)
		l.start[(by_user ? rating[i].user : rating[i].item) + 1]++;
	for (int i = 0; i < count; i++)
		l.start[i + 1] += l.start[i];
	memcpy(at, l.start, count * sizeof(int));
	for (int i = 0; i < n; i++)
	{
		int k = at[by_user ? rating[i].user : rating[i].item]++;

		l.other[k] = by_user ? rating[i].item : rating[i].user;
		l.value[k] = rating[i].value;
	}
	free(at);
	return l;
}

/* a += weight x x', the lower triangle */
static void
add_square(double *a, const double *x, double weight)
{
	for (int i = 0; i < factors; i++)
	{
		double w = weight * x[i];

		for (int j = 0; j <= i; j++)
			a[i * factors + j] += w * x[j];
	}
}

/* Solve a x = b; a and b are overwritten. */
static void
solve(double *a, double *b)
{
	for (int i = 0; i < factors; i++)
	{
		for (int j = 0; j <= i; j++)
		{
			double sum = a[i * factors + j];

			for (int k = 0; k < j; k++)
				sum -= a[i * factors + k] * a[j * factors + k];
			a[i * factors + j] = i == j ? sqrt(sum) : sum / a[j * factors + j];
		}
	}
	for (int i = 0; i < factors; i++)
	{
		for (int k = 0; k < i; k++)
			b[i] -= a[i * factors + k] * b[k];
		b[i] /= a[i * factors + i];
	}
	for (int i = factors - 1; i >= 0; i--)
	{
		for (int k = i + 1; k < factors; k++)
			b[i] -= a[k * factors + i] * b[k];
		b[i] /= a[i * factors + i];
	}
}

static const double alpha = 10;
static const double regularization = 0.03;

/* Solve all rows of a side; the loss but for the penalties of the side held. */
static double
sweep(const Lists *lists, const double *held, int held_count, double *rows)
{
	double *gram = allocate((size_t) factors * factors);
	double *a = allocate((size_t) factors * factors);
	double *b = allocate(factors);
	double loss = 0;

	for (int i = 0; i < held_count; i++)
		add_square(gram, held + (long) i * factors, 1);
	for (int l = 0; l < lists->count; l++)
	{
		double *x = rows + (long) l * factors;
		double confidence = held_count;

		memcpy(a, gram, (size_t) factors * factors * sizeof(double));
		memset(b, 0, factors * sizeof(double));
		for (int i = lists->start[l]; i < lists->start[l + 1]; i++)
		{
			const double *q = held + (long) lists->other[i] * factors;
			double weight = alpha * lists->value[i];

			add_square(a, q, weight);
			for (int f = 0; f < factors; f++)
				b[f] += (1 + weight) * q[f];
			confidence += weight;
			loss += 1 + weight;
		}
		for (int f = 0; f < factors; f++)
			a[f * factors + f] += regularization * confidence;
		memcpy(x, b, factors * sizeof(double));
		solve(a, x);
		for (int f = 0; f < factors; f++)
			loss -= b[f] * x[f];
	}
	free(gram);
	free(a);
	free(b);
	return loss;
}

/* The penalties of a side. */
static double
penalties(const Lists *lists, const double *rows, int held_count)
{
	double sum = 0;

	for (int l = 0; l < lists->count; l++)
	{
		double confidence = held_count;
		double square = 0;

		for (int i = lists->start[l]; i < lists->start[l + 1]; i++)
			confidence += alpha * lists->value[i];
		for (int f = 0; f < factors; f++)
			square +=
				rows[(long) l * factors + f] * rows[(long) l * factors + f];
		sum += regularization * confidence * square;
	}
	return sum;
}

static void
als_implicit(void)
{
	double start = seconds();
	Lists by_user = make_lists(users, 1);
	Lists by_item = make_lists(items, 0);
	double *p = draw_factors(users, 0.1 / sqrt(factors));
	double *q = allocate((size_t) items * factors);
	double loss = 0;

	for (int pass = 0; pass < passes; pass++)
	{
		sweep(&by_item, p, users, q);
		loss = sweep(&by_user, q, items, p);
	}
	start = seconds() - start;
	printf("%.3f %.6f\n", start, loss + penalties(&by_item, q, users));
}

int
main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	factors = atoi(argv[2]);
	passes = atoi(argv[3]);
	read_ratings();
	if (strcmp(argv[1], "svd") == 0)
		svd();
	else if (strcmp(argv[1], "als_implicit") == 0)
		als_implicit();
	else
		return 2;
	return 0;
}
