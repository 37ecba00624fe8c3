/*
 * fuzz.h
 *	  What a fuzz target includes: the unit tests' host, and REQUIRE.
 *
 * fuzz_NAME.c defines LLVMFuzzerTestOneInput(); the build finds it.
 */
#ifndef SEG_FUZZ_H
#define SEG_FUZZ_H

#include "unit.h"

extern int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A condition that fails is a finding, like a crash. */
#define REQUIRE(cond) \
	do \
	{ \
		if (!(cond)) \
		{ \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #cond); \
			abort(); \
		} \
	} while (0)

#endif
