/*-------------------------------------------------------------------------
 *
 * chart_texts.h
 *	  Names that a chart of a model is given.
 *
 * src/fmgr/chart/chart_texts.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_FMGR_CHART_TEXTS_H
#define SEGMENT_FMGR_CHART_TEXTS_H

#include "base/text.h"
#include "pg/segment_pg.h"

/*
 * The texts of an argument that is an array of so many, in UTF-8; NULL: it is empty.
 * what: the name of the argument.
 */
extern SegText *chart_texts_argument(FunctionCallInfo fcinfo, int argno,
                                     const char *what, int64 count);

/* The same for a list that a model keeps; NULL: it has none. */
extern SegText *chart_texts_of_model(const SegTexts *texts);

#endif /* SEGMENT_FMGR_CHART_TEXTS_H */
