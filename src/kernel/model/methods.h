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

#include "base/preparation.h"

/* Ends with NULL. */
extern const SegMethod *const seg_methods[];

/* How models find the preparation that they carry. */
extern const SegPreparer *const seg_methods_preparer;

#endif /* SEG_KERNEL_METHODS_H */
