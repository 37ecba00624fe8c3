/*-------------------------------------------------------------------------
 *
 * summary.h
 *	  Summaries as states of aggregates: changed in place, merged, returned.
 *
 * A state is a segment_summary with fingerprint zero. The server copies states
 * between contexts and frees the old copy, so a state is never reallocated
 * here: it is changed in place, or a new, larger one is returned, allocated in
 * the current context.
 *
 * src/pg/summary.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_SUMMARY_H
#define SEGMENT_PG_SUMMARY_H

#include "pg/model.h"

/* The state in an argument, to be changed; NULL: there is none yet. */
#define SUMMARY_ARG_STATE(n) (PG_ARGISNULL(n) ? NULL : PG_GETARG_MODEL_P(n))

extern ModelValue *summary_make(const SegMethod *method, const void *value);
extern void
summary_open(const ModelValue *summary, const SegMethod *method, void *value);
extern void summary_write_slots(ModelValue *state, const SegMethod *method,
                                const void *value);
extern ModelValue *
summary_store(ModelValue *state, const SegMethod *method, const void *value);
extern ModelValue *summary_add(ModelValue *state, const SegMethod *method,
                               const void *value, const void *more);
extern void
summary_check_kind(const ModelValue *state, const SegMethod *method);
extern ModelValue *summary_merge(ModelValue *state, const ModelValue *from);
extern ModelValue *
summary_subtract(const ModelValue *whole, const ModelValue *part);
extern Size summary_grown_size(Size size);
extern ModelValue *summary_final(const ModelValue *state);

#endif /* SEGMENT_PG_SUMMARY_H */
