/*-------------------------------------------------------------------------
 *
 * trainer_pg.c
 *	  The driver of all training aggregates: their rows.
 *
 * The transition function reads a row and has it collected. trainer_final.c
 * makes the model.
 *
 * src/pg/trainer_pg.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/category_rows.h"
#include "base/id_rows.h"
#include "base/leak.h"
#include "pg/trainer_labels.h"
#include "pg/word_argument.h"

/* ---------- which argument is what ---------- */

/*
 * The type of an argument of this call.
 */
static Oid
type_of_argument(FunctionCallInfo fcinfo, int argno)
{
	return get_fn_expr_argtype(fcinfo->flinfo, argno);
}

static void
place_column(FunctionCallInfo fcinfo, TrainerCall *call,
             const SegColumn *column, int argno)
{
	switch (column->type)
	{
		case SEG_COLUMN_VECTOR:
			call->vector_at = argno;
			call->vector_type =
				type_of_argument(fcinfo, argno) == FLOAT8ARRAYOID
					? VECTOR_IS_ARRAY
					: VECTOR_IS_FEATURE_VECTOR;
			break;
		case SEG_COLUMN_NUMBER:
			call->is_boolean[call->n_numbers] =
				type_of_argument(fcinfo, argno) == BOOLOID;
			call->number_at[call->n_numbers++] = argno;
			break;
		case SEG_COLUMN_CLASS:
		case SEG_COLUMN_ID:
			if (column->type == SEG_COLUMN_CLASS)
				call->class_at = argno;
			else
				call->id_at = argno;
			call->id_type =
				trainer_label_type(fcinfo, type_of_argument(fcinfo, argno));
			call->number_at[call->n_numbers++] = argno;
			break;
		case SEG_COLUMN_CATEGORIES:
			call->categories_at = argno;
			call->category_type = trainer_label_type(fcinfo, TEXTOID);
			break;
		case SEG_COLUMN_SETTING:
		case SEG_COLUMN_WORD:
			call->setting_words[call->n_settings] = column->words;
			call->setting_name[call->n_settings] = column->name;
			call->setting_at[call->n_settings++] = argno;
			break;
		case SEG_COLUMN_OTHER:
		case SEG_COLUMN_END:
			break;
	}
}

static TrainerCall *
make_call(FunctionCallInfo fcinfo, const SegTrainer *trainer)
{
	TrainerCall *call =
		MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(TrainerCall));
	int argno = 1;

	call->trainer = trainer;
	call->env = segment_env(fcinfo->flinfo->fn_mcxt);
	for (const SegColumn *c = trainer->columns; c->type != SEG_COLUMN_END; c++)
	{
		if (!seg_column_is_setting(c))
			call->input_at[call->n_inputs++] = argno;
		place_column(fcinfo, call, c, argno++);
	}
	for (; argno < PG_NARGS(); argno++)
	{
		if (type_of_argument(fcinfo, argno) == JSONBOID)
			call->options_at = argno;
		else
			call->weight_at = call->input_at[call->n_inputs++] = argno;
	}
	call->options_are_constant =
		call->options_at == 0 || argument_is_constant(fcinfo, call->options_at);
	fcinfo->flinfo->fn_extra = call;
	return call;
}

/* ---------- the state of a group ---------- */

void *
trainer_params(const SegTrainer *trainer, const TrainerState *state)
{
	char *params = palloc(Max(trainer->params_size, 1));
	int n = 0;

	memcpy(params, state->options->params, Max(trainer->params_size, 1));
	for (const SegColumn *c = trainer->columns; c->type != SEG_COLUMN_END; c++)
	{
		if (seg_column_is_setting(c))
			*(int64 *) (params + c->offset) = state->settings[n++];
	}
	return params;
}

static void
set_settings(const TrainerCall *call, TrainerState *state,
             const ParsedOptions *options, const int32 *settings)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	state->options = options;
	memcpy(state->settings, settings, call->n_settings * sizeof(int32));
	if (call->trainer->check != NULL)
		segment_check(&env,
		              call->trainer->check(&env,
		                                   trainer_params(call->trainer,
		                                                  state)));
}

static void
refuse_change(const TrainerCall *call, const TrainerState *state,
              const ParsedOptions *options, const int32 *settings)
{
	for (int i = 0; i < call->n_settings; i++)
	{
		if (unlikely(state->settings[i] != settings[i]))
			argument_changed(call->setting_name[i]);
	}
	if (unlikely(state->options != options))
		argument_changed("options");
}

/* ---------- vectors and numbers ---------- */

typedef struct RowsState
{
	TrainerState base;
	RowStore *store; /* from the first row that counts */
	int dim;         /* of its rows */
	int64 most_rows; /* that the kernel can copy; 0: any number */
	TrainerLabels labels;
} RowsState;

static void
check_names(SegEnv *env, const TrainerState *state, int dim)
{
	int64 names = trainer_feature_names(state)->count;

	if (names > 0 && names != dim)
		segment_check(env,
		              seg_option_bad_size(env,
		                                  "feature_names",
		                                  "names",
		                                  names,
		                                  dim));
}

/*
 * The first row that counts sets the dimension, and may break a limit.
 */
static void
start_store(FunctionCallInfo fcinfo, const TrainerCall *call, RowsState *state,
            int dim)
{
	const SegTrainer *trainer = call->trainer;
	MemoryContext context = segment_agg_context(fcinfo);
	SegEnv env = segment_env(CurrentMemoryContext);
	void *params = trainer_params(trainer, &state->base);
	int extra = (call->vector_at > 0 ? call->n_numbers : 0) +
	            state->labels.n_categories + (call->weight_at > 0 ? 1 : 0);

	if (trainer->check_dim != NULL)
		segment_check(&env, trainer->check_dim(&env, params, dim));
	check_names(&env, &state->base, dim);
	if (trainer->model_bytes != NULL)
		model_check_size(trainer->model_bytes(params, dim), trainer->smaller);
	if (trainer->row_bytes != NULL)
		state->most_rows =
			(int64) segment_training_memory * 1024 / trainer->row_bytes(dim);
	if (trainer->most_rows != NULL)
		state->most_rows =
			trainer->most_rows(params,
		                       dim + state->labels.n_categories,
		                       (int64) segment_training_memory * 1024);
	state->dim = dim;
	state->store = rowstore_create(context, dim, extra, trainer->label_bytes);
}

/*
 * Refuse early a row for which there would be no room in the end.
 */
static void
check_room(TrainerCall *call, const RowsState *state)
{
	if (rowstore_count(state->store) < state->most_rows)
		return;
	segment_check(&call->env,
	              seg_fail(&call->env,
	                       SEG_MEMORY_LIMIT,
	                       call->trainer->title,
	                       (double) rowstore_count(state->store),
	                       (double) state->most_rows));
}

/*
 * The numbers of a row, with -0 as 0.
 */
static pg_attribute_always_inline void
read_row_numbers(FunctionCallInfo fcinfo, const TrainerCall *call,
                 RowsState *state, double *numbers)
{
	for (int i = 0; i < call->n_numbers; i++)
	{
		int argno = call->number_at[i];

		if (argno == call->class_at)
			numbers[i] = trainer_read_class(fcinfo, call, &state->labels);
		else if (argno == call->id_at)
			numbers[i] = trainer_read_id(fcinfo, call, &state->labels);
		else if (call->is_boolean[i])
			numbers[i] = PG_GETARG_BOOL(argno) ? 1.0 : 0.0;
		else
			numbers[i] = PG_GETARG_FLOAT8(argno) + 0.0;
	}
}

/*
 * Read and check a row that is not skipped; false if the method has no use for it.
 */
static pg_attribute_always_inline bool
read_row(FunctionCallInfo fcinfo, TrainerCall *call, RowsState *state,
         FeatureVectorView *view, double *numbers, double *weight)
{
	const SegTrainer *trainer = call->trainer;
	bool counts = true;

	read_row_numbers(fcinfo, call, state, numbers);
	if (call->vector_at > 0)
	{
		argument_view(PG_GETARG_DATUM(call->vector_at),
		              call->vector_type,
		              view);
		if (unlikely(view->has_missing && !trainer->takes_missing &&
		             state->base.options->common->preparation.impute == 0))
			argument_missing(view,
			                 trainer->title,
			                 trainer_feature_names(&state->base),
			                 trainer->preparations != SEG_PREPARE_NOTHING);
	}
	if (trainer->check_row != NULL)
		segment_check(&call->env,
		              trainer->check_row(&call->env, numbers, &counts));
	*weight = call->weight_at > 0 ? PG_GETARG_FLOAT8(call->weight_at) : 1.0;
	state->base.odd += trainer->is_odd != NULL && trainer->is_odd(numbers);
	return counts;
}

static pg_attribute_always_inline bool
rows_add(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *base)
{
	RowsState *state = (RowsState *) base;
	double numbers[SEG_MAX_NUMBERS + 1]; /* and the weight */
	bool has_vector = call->vector_at > 0;
	const double *beside = has_vector ? numbers : numbers + call->n_numbers;
	double weight;
	FeatureVectorView view;

	if (!read_row(fcinfo, call, state, &view, numbers, &weight))
		return false;
	numbers[call->n_numbers] = weight;
	if (unlikely(call->categories_at > 0))
		beside = trainer_read_categories(fcinfo,
		                                 call,
		                                 &state->labels,
		                                 numbers,
		                                 weight);
	if (unlikely(state->store == NULL))
		start_store(fcinfo,
		            call,
		            state,
		            has_vector ? view.dim : call->n_numbers);
	if (unlikely(state->most_rows > 0))
		check_room(call, state);
	if (has_vector && unlikely(view.dim != state->dim))
		argument_bad_dim(view.dim, state->dim);
	rowstore_append(state->store, has_vector ? view.x : numbers, beside);
	return true;
}

static bool
rows_have_rows(const TrainerState *state)
{
	return ((const RowsState *) state)->store != NULL;
}

void
trainer_look(SegEnv *env, SegRows *rows, const TrainerLook *look)
{
	if (look->training_rows != NULL)
		segment_check(env,
		              seg_training_rows_find(env, rows, look->training_rows));
	if (look->for_leaks)
		segment_check(env, seg_leak_find(env, rows));
}

static SegRows *
open_store(const TrainerState *state, RowStore *store, SegEnv *env,
           SegPreparation *preparation, const TrainerLook *look)
{
	SegRows *rows;

	if (seg_prepares(&state->options->common->preparation))
		return trainer_prepare(env,
		                       &state->options->common->preparation,
		                       store,
		                       preparation,
		                       look);
	rows = rowstore_open(store);
	trainer_look(env, rows, look);
	return rows;
}

static void *
rows_open(TrainerState *state, SegEnv *env, SegPreparation *preparation,
          const TrainerLook *look)
{
	return open_store(state,
	                  ((RowsState *) state)->store,
	                  env,
	                  preparation,
	                  look);
}

static void
rows_close(void *rows)
{
	rowstore_close(rows);
}

const TrainerInput trainer_rows = {sizeof(RowsState),
                                   rows_add,
                                   rows_have_rows,
                                   rows_open,
                                   rows_close};

static void *
class_rows_open(TrainerState *state, SegEnv *env, SegPreparation *preparation,
                const TrainerLook *look)
{
	return class_labels_rows(((RowsState *) state)->labels.classes,
	                         env,
	                         rows_open(state, env, preparation, look));
}

static void
class_rows_close(void *rows)
{
	rowstore_close(((SegClassRows *) rows)->rows);
}

const TrainerInput trainer_class_rows = {sizeof(RowsState),
                                         rows_add,
                                         rows_have_rows,
                                         class_rows_open,
                                         class_rows_close};

static void *
id_rows_open(TrainerState *state, SegEnv *env, SegPreparation *preparation,
             const TrainerLook *look)
{
	const RowsState *all = (RowsState *) state;
	const IdDictionary *ids = all->labels.ids;
	MemoryContext context = (MemoryContext) env->host;
	int32 *places =
		segment_alloc(context, id_dictionary_count(ids) * sizeof(int32));
	SegIdRows *result = MemoryContextAlloc(context, sizeof(SegIdRows));

	result->ids = id_dictionary_sorted(env, ids, places);
	result->categories = all->labels.n_categories;
	result->rows = open_store(state,
	                          trainer_rows_with_places(all->store, places),
	                          env,
	                          preparation,
	                          look);
	return result;
}

static void
id_rows_close(void *rows)
{
	rowstore_close(((SegIdRows *) rows)->rows);
}

const TrainerInput trainer_id_rows = {sizeof(RowsState),
                                      rows_add,
                                      rows_have_rows,
                                      id_rows_open,
                                      id_rows_close};

static void *
category_rows_open(TrainerState *state, SegEnv *env,
                   SegPreparation *preparation, const TrainerLook *look)
{
	const RowsState *all = (RowsState *) state;
	const SegClassRows *labels =
		class_labels_rows(all->labels.categories, env, NULL);
	SegCategoryRows *result =
		MemoryContextAlloc((MemoryContext) env->host, sizeof(SegCategoryRows));

	result->categories = all->labels.n_categories;
	result->labels = labels->names;
	result->rows =
		open_store(state,
	               trainer_rows_with_categories(all->store,
	                                            all->labels.n_categories,
	                                            labels),
	               env,
	               preparation,
	               look);
	return result;
}

static void
category_rows_close(void *rows)
{
	rowstore_close(((SegCategoryRows *) rows)->rows);
}

const TrainerInput trainer_category_rows = {sizeof(RowsState),
                                            rows_add,
                                            rows_have_rows,
                                            category_rows_open,
                                            category_rows_close};

/* ---------- the transition ---------- */

/*
 * Has this row the settings and options that its group began with?  The common
 * case, told without reading them again.
 */
static pg_attribute_always_inline bool
is_as_before(FunctionCallInfo fcinfo, const TrainerCall *call,
             const TrainerState *state)
{
	for (int i = 0; i < call->n_settings; i++)
	{
		int argno = call->setting_at[i];

		if (call->setting_words[i] != NULL || PG_ARGISNULL(argno) ||
		    PG_GETARG_INT64(argno) != state->settings[i])
			return false;
	}
	return call->options_are_constant;
}

/*
 * The first row that is not skipped sets settings and options; others must have
 * the same.
 */
static pg_noinline void
look_closely(FunctionCallInfo fcinfo, TrainerCall *call, TrainerState *state)
{
	int32 settings[TRAINER_MAX_SETTINGS];
	const ParsedOptions *options;

	for (int i = 0; i < call->n_settings; i++)
	{
		int argno = call->setting_at[i];
		const char *name = call->setting_name[i];

		settings[i] =
			call->setting_words[i] != NULL
				? word_argument(fcinfo, argno, name, call->setting_words[i])
				: argument_int32(fcinfo, argno, name);
	}
	options = trainer_options(fcinfo, call);
	if (state->options == NULL)
		set_settings(call, state, options, settings);
	else
		refuse_change(call, state, options, settings);
}

/*
 * A row with a NULL or without weight is skipped: nothing else of it is looked at,
 * as if WHERE had left it out.
 */
static pg_attribute_always_inline bool
is_skipped(FunctionCallInfo fcinfo, const TrainerCall *call)
{
	double weight;

	for (int i = 0; i < call->n_inputs; i++)
	{
		if (PG_ARGISNULL(call->input_at[i]))
			return true;
	}
	return call->weight_at > 0 &&
	       !argument_weight(fcinfo, call->weight_at, &weight);
}

Datum
trainer_trans(FunctionCallInfo fcinfo, const SegTrainer *trainer,
              const TrainerInput *input)
{
	TrainerState *state = SEGMENT_ARG_STATE(0, TrainerState);
	TrainerCall *call = fcinfo->flinfo->fn_extra;

	if (unlikely(call == NULL))
		call = make_call(fcinfo, trainer);
	if (unlikely(state == NULL))
		state = MemoryContextAllocZero(segment_agg_context(fcinfo),
		                               input->state_size);
	if (unlikely(is_skipped(fcinfo, call)))
	{
		state->skipped++;
		PG_RETURN_POINTER(state);
	}
	if (unlikely(state->options == NULL || !is_as_before(fcinfo, call, state)))
		look_closely(fcinfo, call, state);
	/* written out for the usual way, so that the compiler inlines it */
	if (unlikely(!(input == &trainer_rows ? rows_add(fcinfo, call, state)
	                                      : input->add(fcinfo, call, state))))
		state->skipped++;
	PG_RETURN_POINTER(state);
}
