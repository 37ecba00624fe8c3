/*-------------------------------------------------------------------------
 *
 * stack.c
 *	  Memory for a search that goes deep and comes back.
 *
 * src/base/stack.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/stack.h"

#define FIRST_CHUNK ((size_t) 4 * 1024)
#define LAST_CHUNK  ((size_t) 4 * 1024 * 1024)

void
seg_stack_init(SegStack *stack, SegEnv *env, size_t limit)
{
	*stack = (SegStack){.env = env, .limit = limit};
}

/*
 * Bytes of a new chunk. At least twice a ready chunk that is too small:
 * otherwise, pieces that grow gradually would take a new chunk each time. Near
 * the limit, no more than is needed.
 */
static size_t
chunk_bytes(const SegStack *stack, size_t size, const SegStackChunk *ready)
{
	size_t bytes = FIRST_CHUNK;

	if (stack->top != NULL)
		bytes =
			stack->top->size < LAST_CHUNK ? 2 * stack->top->size : LAST_CHUNK;
	if (ready != NULL && bytes < 2 * ready->size)
		bytes = 2 * ready->size;
	if (bytes < size || bytes > stack->limit - stack->taken)
		bytes = size;
	return bytes;
}

/*
 * Push a chunk of at least size bytes. If one is ready but too small, the new
 * one goes below it, as there is no way to free it.
 */
static SegStatus
push_chunk(SegStack *stack, size_t size)
{
	SegStackChunk *top = stack->top;
	SegStackChunk *ready = top != NULL ? top->above : NULL;
	SegStackChunk *chunk = ready;

	if (ready == NULL || ready->size < size)
	{
		size_t bytes = chunk_bytes(stack, size, ready);

		if (bytes > stack->limit - stack->taken)
			return seg_fail(stack->env,
			                SEG_WORK_LIMIT,
			                "the search",
			                (double) (stack->taken + bytes),
			                (double) stack->limit);
		SEG_ALLOC(stack->env, chunk, 1);
		SEG_ALLOC(stack->env, chunk->bytes, bytes + SEG_STACK_ALIGN);
		chunk->bytes +=
			SEG_STACK_ALIGN - (uintptr_t) chunk->bytes % SEG_STACK_ALIGN;
		chunk->size = bytes;
		chunk->below = top;
		chunk->above = ready;
		if (ready != NULL)
			ready->below = chunk;
		stack->taken += bytes;
		if (top != NULL)
			top->above = chunk;
	}
	stack->top = chunk;
	stack->used = 0;
	return SEG_OK;
}

SegStatus
seg_stack_take(SegStack *stack, size_t size, void **result)
{
	size_t room =
		(size + SEG_STACK_ALIGN - 1) / SEG_STACK_ALIGN * SEG_STACK_ALIGN;

	if (stack->top == NULL || room > stack->top->size - stack->used)
		SEG_TRY(push_chunk(stack, room));
	*result = stack->top->bytes + stack->used;
	stack->used += room;
	return SEG_OK;
}

void
seg_stack_release(SegStack *stack, SegStackMark mark)
{
	/* the stack was empty: start again with its first chunk */
	while (mark.top == NULL && stack->top != NULL && stack->top->below != NULL)
		stack->top = stack->top->below;
	if (mark.top != NULL)
		stack->top = mark.top;
	stack->used = mark.used;
}
