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

#include "access/htup_details.h"
#include "catalog/pg_type.h"
#include "funcapi.h"
#include "utils/builtins.h"

#include "kernel/tier/rfm.h"
#include "pg/scoring.h"
#include "pg/trainer_pg.h"

TRAINER(rfm_train, seg_rfm_trainer, trainer_rows);

PG_FUNCTION_INFO_V1(segment_rfm_score);

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

	scoring_numbers(fcinfo, 1, SEG_RFM_COLUMNS, seg_rfm_check_row, x);
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
