/*-------------------------------------------------------------------------
 *
 * strong_dice.c
 *	  Random choices from pg_strong_random.
 *
 * A call of pg_strong_random costs more than the bytes, so they are fetched a
 * block at a time. No byte is used twice, and used ones are not kept: who reads
 * the memory of the process later does not learn the noise.
 *
 * src/pg/strong_dice.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "pg/strong_dice.h"

#define BLOCK_SIZE 4096

static char block[BLOCK_SIZE];
static size_t block_left = 0;

static void
fill_strong(void *host, void *bytes, size_t size)
{
	(void) host;
	Assert(size <= BLOCK_SIZE);
	if (block_left < size)
	{
		block_left = 0;
		if (!pg_strong_random(block, BLOCK_SIZE))
			ereport(ERROR,
			        errcode(ERRCODE_INTERNAL_ERROR),
			        errmsg("could not generate random values"));
		block_left = BLOCK_SIZE;
	}
	block_left -= size;
	memcpy(bytes, block + block_left, size);
	memset(block + block_left, 0, size);
}

SegDice
strong_dice(void)
{
	static SegRandomBytes source = {fill_strong, NULL};

	return seg_dice(&source);
}
