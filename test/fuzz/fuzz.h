/*
 * fuzz.h
 *	  What a fuzz target includes: the unit tests' host, and REQUIRE.
 *
 * fuzz_NAME.c defines LLVMFuzzerTestOneInput(), which calls fuzz_input_is() once;
 * the build finds it.
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

/*
 * What a target says of each input: was it read to the end, and found sound? An
 * input of the corpus must be (scripts/fuzz.sh sets FUZZ_SOUND for these): one
 * that is not leads the fuzzer nowhere, as after a change of the stored form.
 */
static inline void
fuzz_input_is(bool sound)
{
	if (getenv("FUZZ_SOUND") != NULL)
		REQUIRE(sound);
}

#endif
