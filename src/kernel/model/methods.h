/*-------------------------------------------------------------------------
 *
 * methods.h
 *	  Every kind of model and summary.
 *
 * Neither a method nor pg includes this header: the library hands the table to
 * pg when it is loaded.
 *
 * src/kernel/model/methods.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_METHODS_H
#define SEG_KERNEL_METHODS_H

#include "base/image.h"

/* Ends with NULL. */
extern const SegMethod *const seg_methods[];

#endif /* SEG_KERNEL_METHODS_H */
