/*-------------------------------------------------------------------------
 *
 * preparation_train.h
 *	  How the preparation that a model carries is found from its rows.
 *
 * src/kernel/prepare/preparation_train.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_PREPARATION_TRAIN_H
#define SEG_KERNEL_PREPARATION_TRAIN_H

#include "base/preparation.h"

extern const SegPreparer seg_preparer;

#endif /* SEG_KERNEL_PREPARATION_TRAIN_H */
