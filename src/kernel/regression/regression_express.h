/*-------------------------------------------------------------------------
 *
 * regression_express.h
 *	  Generalized linear models and softmax regression as SQL expressions.
 *
 * src/kernel/regression/regression_express.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_REGRESSION_EXPRESS_H
#define SEG_KERNEL_REGRESSION_EXPRESS_H

#include "base/expression.h"

extern const SegExpressible seg_linear_expressible;
extern const SegExpressible seg_logistic_expressible;
extern const SegExpressible seg_log_link_expressible; /* Poisson, gamma */
extern const SegExpressible seg_softmax_expressible;

#endif /* SEG_KERNEL_REGRESSION_EXPRESS_H */
