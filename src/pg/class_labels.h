/*-------------------------------------------------------------------------
 *
 * class_labels.h
 *	  Labels of classes while rows are collected: each becomes a key that fits
 *	  into a row.
 *
 * src/pg/class_labels.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_CLASS_LABELS_H
#define SEGMENT_PG_CLASS_LABELS_H

#include "base/class_rows.h"
#include "pg/id_type.h"

typedef struct ClassLabels ClassLabels;

/* nouns: what they are called in messages, "classes" */
extern ClassLabels *class_labels_create(MemoryContext context,
                                        const IdType *type, const char *nouns);

/* The key of a label, which depends on the label alone. */
extern double class_labels_add(ClassLabels *labels, const SegId *label);

/* All labels in order, in the environment's memory. */
extern SegClassRows *
class_labels_rows(const ClassLabels *labels, SegEnv *env, SegRows *rows);

#endif /* SEGMENT_PG_CLASS_LABELS_H */
