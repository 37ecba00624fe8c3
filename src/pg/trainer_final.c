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
	uint64 given; /* a bit for each kind of note that was passed on */
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
 * Train in the current context; the model is made in the outside one. NULL: the
 * rows leave it undefined.
 */
static ModelValue *
train(FunctionCallInfo fcinfo, const SegTrainer *trainer,
      const TrainerInput *input, TrainerState *state, MemoryContext outside)
{
	FinalCall *call = final_call(fcinfo, trainer);
	SegNotes notes = {0};
	SegEnv env = segment_env(CurrentMemoryContext);
	void *params = trainer_params(trainer, state);
	void *model = palloc0(trainer->method->size);
	ModelValue *value = NULL;
	void *rows;
	SegPreparation preparation = {0};
	SegTrainingRows training_rows;
	SegStatus status;

	env.notes = &notes;
	env.features = trainer_feature_names(state);
	set_facts(call, state, model);
	rows = input->open(state,
	                   &env,
	                   &preparation,
	                   call->training_dim != NULL ? &training_rows : NULL);
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
		value = model_make(trainer->method, model, trainer->smaller);
	}
	if (input->close != NULL)
		input->close(rows);
	return value;
}

Datum
trainer_final(FunctionCallInfo fcinfo, const SegTrainer *trainer,
              const TrainerInput *input)
{
	TrainerState *state = SEGMENT_ARG_STATE(0, TrainerState);
	MemoryContext outside = CurrentMemoryContext;
	MemoryContext context;
	ModelValue *value;

	if (state == NULL || !input->has_rows(state))
		PG_RETURN_NULL(); /* no row counted */

	context = AllocSetContextCreate(outside,
	                                "segment training",
	                                ALLOCSET_DEFAULT_SIZES);
	MemoryContextSwitchTo(context);
	value = train(fcinfo, trainer, input, state, outside);
	MemoryContextSwitchTo(outside);
	MemoryContextDelete(context);
	if (value == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(value);
}
