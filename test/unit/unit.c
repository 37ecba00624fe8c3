/* unit.c: the host for kernel tests and fuzz targets */
#include "unit.h"

int unit_passed;
int unit_failed;

typedef struct Host
{
	void **blocks;
	int n;
	int capacity;
	int left;           /* allocations before memory runs out; -1: never */
	int questions;      /* times we were asked whether to stop */
	int questions_left; /* questions until we say yes; -1: never */
	int reports;        /* times a kernel reported progress */
} Host;

static void *
host_alloc(void *arg, size_t size)
{
	Host *h = arg;
	void *block;

	if (h->left == 0)
		return NULL;
	if (h->left > 0)
		h->left--;
	if (h->n == h->capacity)
	{
		int capacity = 2 * h->capacity + 16;
		void **blocks = realloc(h->blocks, (size_t) capacity * sizeof(void *));

		if (blocks == NULL)
			return NULL;
		h->blocks = blocks;
		h->capacity = capacity;
	}
	/* an empty block still has its own address */
	block = calloc(1, size > 0 ? size : 1);
	if (block != NULL)
		h->blocks[h->n++] = block;
	return block;
}

static bool
host_stop(void *arg)
{
	Host *h = arg;

	h->questions++;
	if (h->questions_left == 0)
		return true;
	if (h->questions_left > 0)
		h->questions_left--;
	return false;
}

static void
host_progress(void *arg, const char *method, int64_t step, double objective,
              double share)
{
	(void) method;
	(void) step;
	(void) objective;
	((Host *) arg)->reports++;
	CHECK(share >= 0.0 && share <= 1.0);
}

/* The memory of a step is freed with the rest. */
static void *
host_enter(void *arg)
{
	return arg;
}

static void
host_leave(void *arg)
{
	(void) arg;
}

SegEnv
unit_env(void)
{
	Host *h = calloc(1, sizeof(Host));
	SegEnv env = {.alloc = host_alloc,
	              .stop = host_stop,
	              .progress = host_progress,
	              .enter = host_enter,
	              .leave = host_leave,
	              .host = h,
	              .diag = {.what = "value"}};

	if (h == NULL)
		abort();
	h->left = -1;
	h->questions_left = -1;
	return env;
}

void
unit_env_free(SegEnv *env)
{
	Host *h = env->host;

	for (int i = 0; i < h->n; i++)
		free(h->blocks[i]);
	free(h->blocks);
	free(h);
	env->host = NULL;
}

void
unit_env_fail_after(SegEnv *env, int allocations)
{
	((Host *) env->host)->left = allocations;
}

void
unit_env_stop_after(SegEnv *env, int questions)
{
	((Host *) env->host)->questions_left = questions;
}

int
unit_env_allocations(const SegEnv *env)
{
	return ((const Host *) env->host)->n;
}

int
unit_env_questions(const SegEnv *env)
{
	return ((const Host *) env->host)->questions;
}

int
unit_env_reports(const SegEnv *env)
{
	return ((const Host *) env->host)->reports;
}

void
unit_check_near(double a, double b, double tol, const char *file, int line,
                const char *text)
{
	/* equal infinities are near; NaN is near nothing */
	if (a == b || fabs(a - b) <= tol * fmax(1.0, fmax(fabs(a), fabs(b))))
		unit_passed++;
	else
	{
		unit_failed++;
		fprintf(stderr, "%s:%d: %s: %.17g, %.17g\n", file, line, text, a, b);
	}
}
