/*-------------------------------------------------------------------------
 *
 * env.h
 *	  What a kernel may ask of its host: memory, whether to stop, and a way to
 *	  report progress.
 *
 * Pure C.  The PostgreSQL host (pg/env_pg.c) backs these calls with a memory
 * context, CHECK_FOR_INTERRUPTS() and a NOTICE; the unit tests back them with
 * malloc and injected failures.  Kernels keep no global state and own nothing
 * but memory taken from here, so a longjmp out of any call cannot leak.
 *
 * A kernel reports a failure as a status and facts: what was at fault, which
 * value was seen, and which one was expected. It names its own quantities and
 * options, but has no sentences for users: those are in pg/error_words.h, one
 * entry per status.
 *
 * src/base/env.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_ENV_H
#define SEG_BASE_ENV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/text.h"

typedef enum SegStatus
{
	SEG_UNDEFINED = -1, /* no failure: these rows leave the result undefined */
	SEG_OK = 0,
	SEG_STOPPED,     /* the host asked us to stop */
	SEG_NO_MEMORY,   /* the host could not give us memory */
	SEG_BAD_DIM,     /* a row is not as long as the others */
	SEG_DIM_LIMIT,   /* a vector has no elements, or too many */
	SEG_NOT_FINITE,  /* a result left the range of double */
	SEG_INFINITE,    /* an input is NaN or infinite */
	SEG_VALUE_RANGE, /* an input value is too large or small to compute with */
	SEG_ELEMENT_RANGE, /* what: is made of an element, got: its value, want: its
	                    * number */
	SEG_NO_LOGARITHM,  /* got: a value for log1p, want: its element */
	SEG_MISSING,       /* an element is missing, and the method needs all */
	SEG_MISSING_FILLED, /* the same; the method could fill it in */
	SEG_NOT_COMPARABLE, /* what: a distance, of two rows that have no element in
	                     * common */
	SEG_TOO_FEW_ROWS,   /* fewer (distinct) rows than the method needs */
	SEG_NO_EVENTS,      /* what: the method, got: rows, all of them censored */
	SEG_ONE_CLASS,      /* what: the method, name: the label of all rows, got */
	SEG_NO_TERMS,       /* what: the method, got: rows, name: what none has */
	SEG_SHORT_OF_ROWS, /* what: the method, got: rows, want: as many at least */
	SEG_BAD_WEIGHT,    /* a weight is negative or not finite */
	SEG_UNDETERMINED,  /* what: the unknowns, got: determined, want: all */
	SEG_UNKNOWN_OPTION, /* what: the key, name: the nearest one, or NULL */
	SEG_OPTION_TYPE,    /* what: the key, name: the type wanted */
	SEG_OPTION_RANGE,   /* what: the key, got; want, limit: from and to;
	                     * name: what it may be, or NULL */
	SEG_SHARE_RANGE,    /* the same for a share, above 0; name: of what */
	SEG_OPTION_SIZE,    /* what: the key, name: of what, got, want: how many */
	SEG_OPTION_LONG,    /* what: the key, got: bytes, want: the most */
	SEG_OPTION_WORD,    /* what: the key, seen: a word, name: those allowed */
	SEG_OPTION_FEATURE, /* what: the key, seen: a name, options: those there are,
	                     * or NULL */
	SEG_ARGUMENT_RANGE, /* what: the argument, got; want, limit: from and to;
	                     * name: another that may have been meant, or NULL */
	SEG_NOT_SHARE, /* what: the argument, got; name: what it may be, or NULL */
	SEG_ARGUMENT_BELOW, /* what: the argument, got: below want, or not finite */
	SEG_NOT_POSITIVE,   /* what, got */
	SEG_NOT_COUNT,      /* what, got: negative, or not a whole number */
	SEG_ABOVE,          /* what, name: what it must not be above, got, want */
	SEG_NOT_BELOW,      /* what, name: what it must be below, got, want */
	SEG_NOT_ZERO,       /* what, name: where name is 0, what must be 0; got */
	SEG_NO_START, /* what: a sequence, got: where it starts, instead of 0 */
	SEG_IS_FLAG,  /* what: 0 or 1 in all rows, name: what to use for flags */
	SEG_REPEATED, /* what: the thing that may occur once, got: which one */
	SEG_REPEATED_PAIR, /* what, name: two things that may occur together once */
	SEG_RISING,        /* what: must not rise, want, limit: from, to;
	               * name, got: at which step of which sequence */
	SEG_BAD_PATTERN,   /* what: expected there, got: position, from 1; name:
	                  * the text in which that is */
	SEG_LIMIT,         /* what: the things that are too many, got, want */
	SEG_OPTION_LIMIT,  /* the same; options: the one that sets the limit */
	SEG_DISTINCT_LIMIT, /* the same for distinct values; name: the method */
	SEG_STATE_LIMIT,    /* what: the state, got, want: bytes */
	SEG_CHART_LIMIT,    /* the same for a picture */
	SEG_CHART_MEMORY,   /* what: the chart, got, want: bytes */
	SEG_TOO_MANY_DAYS,  /* got: from the first to the last, want: the limit */
	SEG_MEMORY_LIMIT,   /* what: the method, want: rows that fit into memory */
	SEG_WORK_LIMIT,     /* what: it needs memory, got, want: bytes */
	SEG_SET_LIMIT,      /* what: things found, got: so far, want: the most,
	                     * name: what sets that limit */
	SEG_SUBSET_LIMIT,  /* the same; limit: items of one with too many subsets */
	SEG_OPTION_UNUSED, /* what: the option, name: the method */
	SEG_OPTION_NEEDS,  /* what: the option, name: what it needs to be so */
	SEG_OPTION_CLASH,  /* what: the option, name: the one it rules out */
	SEG_NOT_IN_SQL,    /* what: cannot be written, name: what SQL lacks */
	SEG_NOT_IN_METHOD, /* what: the thing that is not there, name: the method */
	SEG_LEVERAGE, /* what: the option, name: its word that a row rules out */
	SEG_SINGULAR, /* what: cannot be told apart, name: the option to raise */
	SEG_DIVERGED, /* what: the option to lower, got: the pass */
	SEG_NOT_PART, /* what: a summary that has rows which name has not */
	SEG_UNLIKE,   /* what: a setting in which summaries differ */
	SEG_UNLIKE_SETTING, /* the same; got, want: what it is in two of them */
	SEG_CORRUPT,        /* what: the damaged value, name: the field, or NULL */
	SEG_MODEL_LIMIT,    /* got, want: bytes of a model; name: what to use */

	/*
	 * Notes: the result stands, but the user should know.
	 */
	SEG_NOTE_UNCONVERGED, /* what: the method, got: iterations */
	SEG_NOTE_PARTLY,   /* what: the method, name: of what, got of want did not
	                    * converge */
	SEG_NOTE_RUNAWAY,  /* what: the method, got: the element whose coefficient
	                    * still grows, want: iterations */
	SEG_NOTE_AT_BOUND, /* what: the method, name: the parameter at its limit */
	SEG_NOTE_FLAT, /* what: the method whose parameters the rows leave open */
	SEG_NOTE_UNBOUNDED, /* what: the method, got: rows that leave its likelihood
	                     * without a maximum */
	SEG_NOTE_UNPAID, /* what: the method, got: rows with purchases, not paid */
	SEG_NOTE_CORRELATED, /* what: two columns, name: what takes them to be
	                      * independent, got: their correlation */
	SEG_NOTE_CONSTANT, /* what: the things that are equal, name: what to use */
	SEG_NOTE_LEAK,     /* what: the label, got: the element that tells it alone,
	                    * want: its area under the ROC curve */
	SEG_NOTE_NO_ROW /* what: an option, seen: a name in it, name: of what, which
	                    * no row has */
} SegStatus;

/*
 * Does a failure mean that there are too few rows to learn from? Then other rows
 * in a place of these would do, as in a larger group.
 */
static inline bool
seg_is_too_few(SegStatus status)
{
	return status == SEG_TOO_FEW_ROWS || status == SEG_NO_EVENTS ||
	       status == SEG_ONE_CLASS || status == SEG_NO_TERMS ||
	       status == SEG_SHORT_OF_ROWS;
}

/* Facts about the last failure; the host puts them into words. */
typedef struct SegDiag
{
	const char *what;    /* the thing at fault, a noun; never NULL */
	const char *name;    /* a second noun, see SegStatus; may be NULL */
	const char *options; /* which of them would help: "\"a\" or \"b\""; or NULL */
	const char *seen;    /* the word seen instead of another one; or NULL */
	double got;          /* the value seen */
	double want;         /* the value or the lower limit it broke */
	double limit;        /* the upper limit, where there are two */
} SegDiag;

/* What a kernel reports besides its result. */
#define SEG_MAX_NOTES 4

typedef struct SegNotes
{
	int n;
	SegStatus status[SEG_MAX_NOTES];
	SegDiag diag[SEG_MAX_NOTES];
} SegNotes;

typedef struct SegEnv
{
	void *(*alloc)(void *host, size_t size); /* zeroed; NULL: none left */
	bool (*stop)(void *host); /* true: give up with SEG_STOPPED */
	void (*progress)(void *host, const char *method, int64_t step,
	                 double objective, double share); /* may be NULL */

	/* memory for a part of the work, freed as a whole at its end */
	void *(*enter)(void *host);
	void (*leave)(void *inner);
	void *host;
	SegNotes *notes;          /* NULL: nobody wants to know */
	const SegTexts *features; /* names of the elements of a row, for messages;
	                           * NULL: they have none */
	SegDiag diag;
} SegEnv;

/* Return the status of a call unless it is SEG_OK. */
#define SEG_TRY(call) \
	do \
	{ \
		SegStatus seg_status_ = (call); \
		if (seg_status_ != SEG_OK) \
			return seg_status_; \
	} while (0)

/*
 * Record the facts and return the status: return seg_fail_facts(env, SEG_ABOVE,
 * (SegDiag){.what = "recency", ...});
 */
static inline SegStatus
seg_fail_facts(SegEnv *env, SegStatus status, SegDiag facts)
{
	env->diag = facts;
	return status;
}

/* The same for a value and the value that was expected. */
static inline SegStatus
seg_fail(SegEnv *env, SegStatus status, const char *what, double got,
         double want)
{
	return seg_fail_facts(env,
	                      status,
	                      (SegDiag){.what = what, .got = got, .want = want});
}

/* The same for a value outside a range. */
static inline SegStatus
seg_fail_range(SegEnv *env, SegStatus status, const char *what, double got,
               double low, double high)
{
	return seg_fail_facts(env,
	                      status,
	                      (SegDiag){.what = what,
	                                .got = got,
	                                .want = low,
	                                .limit = high});
}

/* The same for a fault described by a second noun. */
static inline SegStatus
seg_fail_name(SegEnv *env, SegStatus status, const char *what, const char *name)
{
	return seg_fail_facts(env, status, (SegDiag){.what = what, .name = name});
}

/*
 * Name the options that would help with a failure, for callees that do not know
 * their caller's options.
 */
static inline SegStatus
seg_name_options(SegEnv *env, SegStatus status, const char *options)
{
	if (status != SEG_OK)
		env->diag.options = options;
	return status;
}

/*
 * The same for a model that would be too large; smaller: what makes it smaller.
 */
static inline SegStatus
seg_fail_model_size(SegEnv *env, double bytes, double most, const char *smaller)
{
	env->diag =
		(SegDiag){.what = "model", .name = smaller, .got = bytes, .want = most};
	return SEG_MODEL_LIMIT;
}

/* Note a fact for the user of a result that stands. */
static inline void
seg_note(SegEnv *env, SegStatus status, SegDiag diag)
{
	SegNotes *notes = env->notes;

	if (notes == NULL || notes->n == SEG_MAX_NOTES)
		return;
	notes->status[notes->n] = status;
	notes->diag[notes->n] = diag;
	notes->n++;
}

/*
 * An environment whose memory is freed by seg_leave, which passes on the facts
 * of a failure.
 */
static inline SegEnv
seg_enter(SegEnv *env)
{
	SegEnv inner = *env;

	inner.host = env->enter(env->host);
	return inner;
}

static inline SegStatus
seg_leave(SegEnv *env, SegEnv *inner, SegStatus status)
{
	env->diag = inner->diag;
	env->leave(inner->host);
	return status;
}

/* Tell how far a computation is; share: of it that is done. */
static inline void
seg_report(SegEnv *env, const char *method, int64_t step, double objective,
           double share)
{
	if (env->progress != NULL)
		env->progress(env->host, method, step, objective, share);
}

/* Refuse NaN and infinity. */
static inline SegStatus
seg_check_finite(SegEnv *env, const char *what, double x)
{
	/* also false for NaN */
	if (x - x == 0)
		return SEG_OK;
	return seg_fail(env, SEG_INFINITE, what, x, 0);
}

/* What a number that should be a share may have been meant as, or NULL. */
static inline const char *
seg_meant_as(double x)
{
	return x > 1 && x <= 100 ? "a percentage" : NULL;
}

/* Report what is not between 0 and 1. */
static inline SegStatus
seg_fail_share(SegEnv *env, const char *what, double x)
{
	return seg_fail_facts(env,
	                      SEG_NOT_SHARE,
	                      (SegDiag){.what = what,
	                                .got = x,
	                                .name = seg_meant_as(x)});
}

/* Refuse what is not between 0 and 1. */
static inline SegStatus
seg_check_share(SegEnv *env, const char *what, double x)
{
	SEG_TRY(seg_check_finite(env, what, x));
	return x < 0 || x > 1 ? seg_fail_share(env, what, x) : SEG_OK;
}

/* Allocate, or return SEG_NO_MEMORY: SEG_ALLOC(env, pointer, count). */
#define SEG_ALLOC(env, pointer, count) \
	do \
	{ \
		(pointer) = \
			(env)->alloc((env)->host, (size_t) (count) * sizeof(*(pointer))); \
		if ((pointer) == NULL) \
			return SEG_NO_MEMORY; \
	} while (0)

/*
 * Count steps of work, each a few nanoseconds, and ask whether to stop after
 * enough of them.
 */
#define SEG_STEPS_BETWEEN (INT64_C(1) << 17)

static inline SegStatus
seg_count_steps(SegEnv *env, int64_t *done, int64_t steps)
{
	*done += steps;
	if (*done < SEG_STEPS_BETWEEN)
		return SEG_OK;
	*done = 0;
	return env->stop(env->host) ? SEG_STOPPED : SEG_OK;
}

#endif /* SEG_BASE_ENV_H */
