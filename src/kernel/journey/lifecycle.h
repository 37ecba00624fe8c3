/*-------------------------------------------------------------------------
 *
 * lifecycle.h
 *	  Is a user new, returning, resurrecting or dormant?
 *
 * src/kernel/journey/lifecycle.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_LIFECYCLE_H
#define SEG_KERNEL_LIFECYCLE_H

#include <stdint.h>

/* When a user was active, as a set. */
enum
{
	SEG_ACTIVE_CURRENT = 1,  /* in the current period */
	SEG_ACTIVE_PREVIOUS = 2, /* in the previous one */
	SEG_ACTIVE_EARLIER = 4,
	SEG_ACTIVE_ALL = 7
};

/* The name of the state; NULL: never active. */
extern const char *seg_lifecycle(int64_t active);

#endif /* SEG_KERNEL_LIFECYCLE_H */
