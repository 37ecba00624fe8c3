/*-------------------------------------------------------------------------
 *
 * rfm_fmgr.c
 *	  SQL face of RFM: the aggregate rfm_train and the function rfm_score.
 *
 * src/fmgr/tier/rfm_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <math.h>

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "kernel/tier/rfm.h"
#include "pg/model.h"
#include "pg/options_pg.h"
#include "pg/training.h"

PG_FUNCTION_INFO_V1(segment_rfm_train_trans);
PG_FUNCTION_INFO_V1(segment_rfm_train_final);
PG_FUNCTION_INFO_V1(segment_rfm_score);

/*
 * Arguments 1 to 3 as a row; false if one of them is NULL.  -0 is 0.
 */
static bool
row_arguments(FunctionCallInfo fcinfo, double *x)
{
	static const char *const names[SEG_RFM_COLUMNS] = {"recency",
	                                                   "frequency",
	                                                   "monetary value"};
	SegEnv env = segment_env(CurrentMemoryContext);

	for (int i = 0; i < SEG_RFM_COLUMNS; i++)
	{
		if (PG_ARGISNULL(i + 1))
			return false;
		x[i] = PG_GETARG_FLOAT8(i + 1) + 0.0;
		if (unlikely(!isfinite(x[i])))
			segment_check(&env, seg_check_finite(&env, names[i], x[i]));
	}
	return true;
}

/* ------ training: (state, recency, frequency, monetary [, options]) ------ */

typedef struct RfmState
{
	TrainingRows training;
	const SegRfmParams *options;
} RfmState;

static RfmState *
rfm_create_state(FunctionCallInfo fcinfo, const SegRfmParams *options)
{
	MemoryContext context = segment_agg_context(fcinfo);
	SegEnv env = segment_env(CurrentMemoryContext);
	RfmState *state = MemoryContextAllocZero(context, sizeof(RfmState));

	segment_check(&env, seg_rfm_check(&env, options));
	state->options = options;
	return state;
}

Datum
segment_rfm_train_trans(PG_FUNCTION_ARGS)
{
	RfmState *state = SEGMENT_ARG_STATE(0, RfmState);
	const SegRfmParams *options =
		training_options(fcinfo, 4, seg_rfm_options, sizeof(SegRfmParams));
	RowStore **store;
	double x[SEG_RFM_COLUMNS];

	if (state == NULL)
		state = rfm_create_state(fcinfo, options);
	else if (state->options != options)
		training_changed("options");

	store = &state->training.store;
	if (!row_arguments(fcinfo, x))
	{
		state->training.skipped++;
		PG_RETURN_POINTER(state);
	}
	if (*store == NULL)
		*store =
			rowstore_create(segment_agg_context(fcinfo), SEG_RFM_COLUMNS, 0, 0);
	rowstore_append(*store, x, NULL);
	PG_RETURN_POINTER(state);
}

Datum
segment_rfm_train_final(PG_FUNCTION_ARGS)
{
	RfmState *state = SEGMENT_ARG_STATE(0, RfmState);
	SegRfm model = {0};
	TrainingWork work;

	if (state == NULL || state->training.store == NULL)
		PG_RETURN_NULL(); /* no row was seen */

	work = training_begin(&state->training);
	segment_check(&work.env,
	              seg_rfm_train(&work.env, work.rows, state->options, &model));
	model.rows_skipped = state->training.skipped;
	model.options = options_to_text(seg_rfm_options, state->options);
	model.version = training_version();
	PG_RETURN_POINTER(training_model(&work, &seg_rfm_method, &model));
}

/* ---------- scoring ---------- */

#define SCORE_COLUMNS 5

typedef struct Scorer
{
	const SegRfm *model;
	Datum *names; /* of the rules, as text */
	TupleDesc row;
} Scorer;

static TupleDesc
score_row(void)
{
	static const char *const names[SCORE_COLUMNS] = {"recency_score",
	                                                 "frequency_score",
	                                                 "monetary_score",
	                                                 "cell",
	                                                 "segment"};
	TupleDesc row = CreateTemplateTupleDesc(SCORE_COLUMNS);

	for (AttrNumber i = 0; i < SCORE_COLUMNS; i++)
		TupleDescInitEntry(row,
		                   i + 1,
		                   names[i],
		                   i < SEG_RFM_COLUMNS ? INT4OID : TEXTOID,
		                   -1,
		                   0);
	return BlessTupleDesc(row);
}

static void *
rfm_prepare_scorer(const SegEnv *env, const void *value)
{
	const SegRfm *model = value;
	Scorer *scorer = palloc(sizeof(Scorer));

	scorer->model = model;
	scorer->names = palloc(model->rule_count * sizeof(Datum));
	for (int64 i = 0; i < model->rule_count; i++)
	{
		SegText name = seg_texts_get(&model->segment_names, i);

		scorer->names[i] = PointerGetDatum(
			cstring_to_text_with_len(name.bytes, (int) name.length));
	}
	scorer->row = score_row();
	return scorer;
}

Datum
segment_rfm_score(PG_FUNCTION_ARGS)
{
	const Scorer *scorer =
		model_open(fcinfo, 0, &seg_rfm_method, rfm_prepare_scorer);
	double x[SEG_RFM_COLUMNS];
	SegRfmScores scores;
	int64 rule;
	char cell[SEG_RFM_COLUMNS];
	Datum values[SCORE_COLUMNS];
	bool nulls[SCORE_COLUMNS] = {false};

	(void) row_arguments(fcinfo, x);
	scores = seg_rfm_scores(scorer->model, x);
	rule = seg_rfm_rule(scorer->model, &scores);
	cell[0] = (char) ('0' + scores.recency);
	cell[1] = (char) ('0' + scores.frequency);
	cell[2] = (char) ('0' + scores.monetary);

	values[0] = Int32GetDatum(scores.recency);
	values[1] = Int32GetDatum(scores.frequency);
	values[2] = Int32GetDatum(scores.monetary);
	values[3] = PointerGetDatum(cstring_to_text_with_len(cell, sizeof(cell)));
	nulls[4] = rule < 0;
	values[4] = rule < 0 ? (Datum) 0 : scorer->names[rule];
	PG_RETURN_DATUM(
		HeapTupleGetDatum(heap_form_tuple(scorer->row, values, nulls)));
}
