/*-------------------------------------------------------------------------
 *
 * trainer_final.c
 *	  The driver of all training aggregates: from the rows to a model.
 *
 * The final function trains in its own context and keeps the set of rows: more
 * may arrive after it, in a window frame.
 *
 * src/pg/trainer_final.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "pg/trainer_pg.h"

/* What is the same for all groups of a query; kept in fn_extra. */
typedef struct FinalCall
{
	/* fields of what every model says; NULL: it has no such field */
	const SegField *skipped;
	const SegField *odd;
	const SegField *options;
	const SegField *version;
	const SegField *names;
	const SegField *feature_names;
	const SegField *prepared;
	const SegField *training_dim;
	uint64 given;  /* a bit for each kind of note that was passed on */
	void *packing; /* what a TrainerPack keeps in fn_extra */
} FinalCall;

static const SegField *
find_field(const SegMethod *method, const char *name)
{
	for (const SegField *f = method->fields; name && f->name != NULL; f++)
	{
		if (strcmp(f->name, name) == 0)
			return f;
	}
	return NULL;
}

static FinalCall *
final_call(FunctionCallInfo fcinfo, const SegTrainer *trainer)
{
	const SegMethod *method = trainer->method;
	FinalCall *call = fcinfo->flinfo->fn_extra;

	if (call == NULL)
	{
		call =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(FinalCall));
		call->skipped = find_field(method, "rows_skipped");
		call->odd = find_field(method, trainer->odd_rows);
		call->options = find_field(method, "options");
		call->version = find_field(method, "version");
		call->names = find_field(method, "names");
		call->feature_names = find_field(method, "feature_names");
		call->prepared = find_field(method, "prepared");
		call->training_dim = find_field(method, "training_dim");
		fcinfo->flinfo->fn_extra = call;
	}
	return call;
}

static void
set_facts(const FinalCall *call, const TrainerState *state, char *model)
{
	if (call->skipped != NULL)
		*(int64 *) (model + call->skipped->offset) = state->skipped;
	if (call->odd != NULL)
		*(int64 *) (model + call->odd->offset) = state->odd;
	if (call->options != NULL)
		*(SegText *) (model + call->options->offset) = state->options->text;
	if (call->version != NULL)
		*(SegText *) (model + call->version->offset) =
			(SegText){SEGMENT_VERSION, (int64_t) strlen(SEGMENT_VERSION)};
	if (call->names != NULL)
		*(int64 *) (model + call->names->offset) =
			trainer_feature_names(state)->count;
	if (call->feature_names != NULL)
		*(SegTexts *) (model + call->feature_names->offset) =
			*trainer_feature_names(state);
}

/*
 * Pass on what the kernel noted, each kind once per query, which may train a
 * model for each of a million groups. The outcome of each is in its model.
 */
static void
give_notes(FinalCall *call, const SegEnv *env)
{
	const SegNotes *notes = env->notes;

	for (int i = 0; i < notes->n; i++)
	{
		uint64 bit = UINT64CONST(1) << notes->status[i] % 64;

		if ((call->given & bit) == 0)
			segment_warn(env, notes->status[i], &notes->diag[i]);
		call->given |= bit;
	}
}

/*
 * Are the rows too few, and did the user ask for NULL then?
 */
static bool
is_excused(const TrainerState *state, SegStatus status)
{
	return seg_is_too_few(status) &&
	       state->options->common->when_too_few == TOO_FEW_IS_NULL;
}

/*
 * The result in the current context: a model, or what else is made of it.
 */
static Datum
make_result(FunctionCallInfo fcinfo, FinalCall *call, const SegTrainer *trainer,
            TrainerPack pack, const void *trained)
{
	Datum result;

	if (pack == NULL)
		return PointerGetDatum(
			model_make(trainer->method, trained, trainer->smaller));
	fcinfo->flinfo->fn_extra = call->packing;
	result = pack(fcinfo, trained);
	call->packing = fcinfo->flinfo->fn_extra;
	fcinfo->flinfo->fn_extra = call;
	return result;
}

/*
 * Train in the current context; the result is made in the outside one. False: the
 * rows leave it undefined.
 */
static bool
train(FunctionCallInfo fcinfo, const SegTrainer *trainer,
      const TrainerInput *input, TrainerPack pack, TrainerState *state,
      MemoryContext outside, Datum *result)
{
	FinalCall *call = final_call(fcinfo, trainer);
	SegNotes notes = {0};
	SegEnv env = segment_env(CurrentMemoryContext);
	void *params = trainer_params(trainer, state);
	void *model = palloc0(trainer->method->size);
	bool is_defined = false;
	void *rows;
	SegPreparation preparation = {0};
	SegTrainingRows training_rows;
	TrainerLook look = {call->training_dim != NULL ? &training_rows : NULL,
	                    trainer->warns_of_leaks};
	SegStatus status;

	env.notes = &notes;
	env.features = trainer_feature_names(state);
	set_facts(call, state, model);
	rows = input->open(state, &env, &preparation, &look);
	if (preparation.dim > 0 && trainer->prepare_params != NULL)
		segment_check(&env,
		              trainer->prepare_params(&env, &preparation, params));
	status = trainer->train(&env, rows, params, model);
	if (call->prepared != NULL)
		*(SegPreparation *) ((char *) model + call->prepared->offset) =
			preparation;
	if (call->training_dim != NULL)
		*(SegTrainingRows *) ((char *) model + call->training_dim->offset) =
			training_rows;
	give_notes(call, &env);
	if (status != SEG_UNDEFINED && !is_excused(state, status))
	{
		segment_check(&env, status);
		MemoryContextSwitchTo(outside);
		*result = make_result(fcinfo, call, trainer, pack, model);
		is_defined = true;
	}
	if (input->close != NULL)
		input->close(rows);
	return is_defined;
}

Datum
trainer_final(FunctionCallInfo fcinfo, const SegTrainer *trainer,
              const TrainerInput *input, TrainerPack pack)
{
	TrainerState *state = SEGMENT_ARG_STATE(0, TrainerState);
	MemoryContext outside = CurrentMemoryContext;
	MemoryContext context;
	bool is_defined;
	Datum result;

	if (state == NULL || !input->has_rows(state))
		PG_RETURN_NULL(); /* no row counted */

	context = AllocSetContextCreate(outside,
	                                "segment training",
	                                ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(context);
	is_defined = train(fcinfo, trainer, input, pack, state, outside, &result);
	MemoryContextSwitchTo(outside);
	MemoryContextDelete(context);
	if (!is_defined)
		PG_RETURN_NULL();
	return result;
}
