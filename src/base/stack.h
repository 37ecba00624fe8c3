/*-------------------------------------------------------------------------
 *
 * stack.h
 *	  Memory for a search that goes deep and comes back: taken at the top,
 *	  released down to a mark.
 *
 * It consists of a few chunks of the environment's memory, which are reused. A
 * limit bounds what a search may take.
 *
 * src/base/stack.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_STACK_H
#define SEG_BASE_STACK_H

#include "base/env.h"

#define SEG_STACK_ALIGN 64 /* a cache line, and the widest vector */

typedef struct SegStackChunk
{
	struct SegStackChunk *below;
	struct SegStackChunk *above; /* empty, ready for use */
	char *bytes;
	size_t size;
} SegStackChunk;

typedef struct SegStack
{
	SegEnv *env;
	SegStackChunk *top; /* NULL: nothing was taken yet */
	size_t used;        /* of the top chunk */
	size_t taken;       /* from the environment */
	size_t limit;       /* beyond it: SEG_WORK_LIMIT */
} SegStack;

typedef struct SegStackMark
{
	SegStackChunk *top;
	size_t used;
} SegStackMark;

extern void seg_stack_init(SegStack *stack, SegEnv *env, size_t limit);

/* The memory is not zeroed. */
extern SegStatus seg_stack_take(SegStack *stack, size_t size, void **result);

static inline SegStackMark
seg_stack_mark(const SegStack *stack)
{
	return (SegStackMark){stack->top, stack->used};
}

/* Release all that was taken since the mark. */
extern void seg_stack_release(SegStack *stack, SegStackMark mark);

/* Take memory or return an error: SEG_TAKE(stack, pointer, count). */
#define SEG_TAKE(stack, pointer, count) \
	do \
	{ \
		void *seg_taken_; \
		SEG_TRY(seg_stack_take(stack, \
		                       (size_t) (count) * sizeof(*(pointer)), \
		                       &seg_taken_)); \
		(pointer) = seg_taken_; \
	} while (0)

#endif /* SEG_BASE_STACK_H */
