/*-------------------------------------------------------------------------
 *
 * student.h
 *	  Student's distribution: tails and quantiles.
 *
 * src/base/student.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_STUDENT_H
#define SEG_BASE_STUDENT_H

/* Chance of a value at least as far from zero as t, on either side. */
extern double seg_student_two_sided(double t, double freedom);

/* The value t > 0 for which that is the chance, 0 < chance < 1. */
extern double seg_student_two_sided_quantile(double chance, double freedom);

#endif /* SEG_BASE_STUDENT_H */
