/*-------------------------------------------------------------------------
 *
 * window_funnel.h
 *	  How many steps of a funnel a user took within a time window.
 *
 * src/kernel/journey/window_funnel.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_WINDOW_FUNNEL_H
#define SEG_KERNEL_WINDOW_FUNNEL_H

#include "kernel/journey/steps.h"

typedef enum SegFunnelMode
{
	SEG_FUNNEL_PLAIN,
	SEG_FUNNEL_STRICT_ONCE,     /* an event serves one step */
	SEG_FUNNEL_STRICT_INCREASE, /* steps follow each other in time */
	SEG_FUNNEL_STRICT_ORDER     /* no other event intervenes */
} SegFunnelMode;

/* Their names; ends with NULL. */
extern const char *const seg_funnel_modes[];

/*
 * Steps that were reached, from 0 to steps->count.  Events are sorted;
 * deadline[i] is the end of the window that begins with event i.  When they
 * were reached goes to reached[0 … level - 1], unless it is NULL.
 */
extern SegStatus
seg_window_funnel(SegEnv *env, const SegSteps *steps, const int64_t *deadline,
                  SegFunnelMode mode, int64_t *level, int64_t *reached);

#endif /* SEG_KERNEL_WINDOW_FUNNEL_H */
