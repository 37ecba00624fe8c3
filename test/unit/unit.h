/*
 * unit.h
 *	  A test is a function, a check is a line; a failing check says where it is.
 *
 * test_NAME.c defines "void test_NAME(void)"; the build finds it.
 */
#ifndef SEG_UNIT_H
#define SEG_UNIT_H

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/env.h"

extern int unit_passed;
extern int unit_failed;

#define CHECK(cond) \
	((cond) \
	     ? (void) unit_passed++ \
	     : (void) (unit_failed++, \
	               fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond)))

/* near, relative to the larger magnitude, or absolute below 1 */
#define CHECK_NEAR(a, b, tol) \
	unit_check_near((a), (b), (tol), __FILE__, __LINE__, #a " near " #b)

extern void unit_check_near(double a, double b, double tol, const char *file,
                            int line, const char *text);

/* A number from 0 to below - 1; advances the seed. */
static inline int
unit_draw(uint64_t *seed, int below)
{
	*seed =
		*seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int) ((*seed >> 33) % (uint64_t) below);
}

/*
 * A host whose memory is freed all at once. It can be told to run out of memory
 * after n more allocations, or to ask for a stop after n more questions.
 */
extern SegEnv unit_env(void);
extern void unit_env_free(SegEnv *env);
extern void unit_env_fail_after(SegEnv *env, int allocations);
extern void unit_env_stop_after(SegEnv *env, int questions);

/* What the host has seen so far. */
extern int unit_env_allocations(const SegEnv *env);
extern int unit_env_questions(const SegEnv *env);
extern int unit_env_reports(const SegEnv *env);

#endif
