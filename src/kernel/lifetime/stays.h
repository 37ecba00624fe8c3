/*-------------------------------------------------------------------------
 *
 * stays.h
 *	  The chance of staying again and again, when customers differ in it.
 *
 * src/kernel/lifetime/stays.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_STAYS_H
#define SEG_KERNEL_STAYS_H

#include "base/maximize.h"

/* A log with its derivatives in a and b. */
typedef struct SegStays
{
	double log;
	double a;
	double b;
	double aa;
	double ab;
	double bb;
} SegStays;

/* Log of the chance of staying n times. */
extern SegStays seg_stays(double a, double b, double n);

/* Add a weighted log; a and b are variable "first" and the one after. */
extern void seg_stays_add(const SegStays *stays, double a, double b,
                          double weight, int first, SegDerivatives *sum);

#endif /* SEG_KERNEL_STAYS_H */
