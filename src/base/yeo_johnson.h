/*-------------------------------------------------------------------------
 *
 * yeo_johnson.h
 *	  The power transformation of Yeo and Johnson.
 *
 * src/base/yeo_johnson.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_YEO_JOHNSON_H
#define SEG_BASE_YEO_JOHNSON_H

/* slope: its derivative by lambda; NULL: nobody wants to know. */
extern double seg_yeo_johnson(double x, double lambda, double *slope);

/* NaN or infinite for a number that no x becomes. */
extern double seg_yeo_johnson_inverse(double y, double lambda);

#endif /* SEG_BASE_YEO_JOHNSON_H */
