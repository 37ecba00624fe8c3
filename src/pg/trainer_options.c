/*-------------------------------------------------------------------------
 *
 * trainer_options.c
 *	  The options of a training aggregate, parsed once for each value that a
 *	  query gives them.
 *
 * src/pg/trainer_options.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "common/hashfn.h"

#include "pg/options_pg.h"
#include "pg/trainer_pg.h"

/* A choice among a trainer's tables of options. */
typedef struct OptionsChoice
{
	const SegTrainer *trainer;
	int word;
} OptionsChoice;

static bool
choice_has_option(const SegTrainer *trainer, int word, const char *key)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const SegOption *ignored;

	return seg_option_find(&env, trainer->options_of(word), key, &ignored) ==
	       SEG_OK;
}

/*
 * Refuse an option that only other choices have.
 */
static void
refuse_unused(const char *key, const void *arg)
{
	const OptionsChoice *choice = arg;
	const char *const *words = choice->trainer->selector->words;
	SegEnv env = segment_env(CurrentMemoryContext);

	if (choice_has_option(choice->trainer, choice->word, key))
		return;
	for (int other = 0; words[other] != NULL; other++)
	{
		if (choice_has_option(choice->trainer, other, key))
			segment_check(&env,
			              seg_fail_name(&env,
			                            SEG_OPTION_UNUSED,
			                            key,
			                            words[choice->word]));
	}
}

static const SegOption *
options_table(const SegTrainer *trainer, const char *jsonb)
{
	OptionsChoice choice = {trainer, 0};

	if (trainer->selector == NULL)
		return trainer->options;
	choice.word = (int) trainer->selector->initial;
	if (jsonb != NULL)
	{
		choice.word = options_word(trainer->selector, PointerGetDatum(jsonb));
		options_each_key(PointerGetDatum(jsonb), refuse_unused, &choice);
	}
	return trainer->options_of(choice.word);
}

#define COMMON(member) offsetof(TrainerOptions, member)

#define PREPARATION_OPTIONS 4

static const char *const too_few_words[] =
	{[TOO_FEW_IS_ERROR] = "error", [TOO_FEW_IS_NULL] = "null", NULL};

static const SegOption feature_names_option = {.name = "feature_names",
                                               .type = SEG_OPTION_TEXTS,
                                               .offset = COMMON(feature_names),
                                               .help = "names of the elements"};

static const SegOption too_few_option = {.name = "when_too_few",
                                         .type = SEG_OPTION_ENUM,
                                         .offset = COMMON(when_too_few),
                                         .initial = TOO_FEW_IS_ERROR,
                                         .max = TOO_FEW_IS_NULL,
                                         .words = too_few_words,
                                         .help = "error, null"};

static void
add_option(SegOption *table, int *n, const SegOption *option, Size at)
{
	table[*n] = *option;
	table[*n].offset += at;
	(*n)++;
}

/* How many of the preparer's options a method has. */
static const int preparation_options[] =
	{[SEG_PREPARE_MISSING] = 2, [SEG_PREPARE_ANYTHING] = PREPARATION_OPTIONS};

/*
 * The options of a method and, in the struct that lies behind its parameters,
 * those of every trainer. when_too_few is the last one, if there is a model.
 */
static SegOption *
complete_table(const SegTrainer *trainer, const SegOption *own, Size own_size,
               int *n)
{
	const SegOption *prepare = trainer_preparer()->options;
	int n_own = 0;
	bool has_vector = false;
	SegOption *table;

	while (own != NULL && own[n_own].name != NULL)
		n_own++;
	for (const SegColumn *c = trainer->columns; c->type != SEG_COLUMN_END; c++)
		has_vector |= c->type == SEG_COLUMN_VECTOR;
	table = palloc0((n_own + PREPARATION_OPTIONS + 3) * sizeof(SegOption));
	*n = 0;
	while (*n < n_own)
		add_option(table, n, &own[*n], 0);
	for (int i = 0; i < preparation_options[trainer->preparations]; i++)
		add_option(table, n, &prepare[i], own_size + COMMON(preparation));
	if (has_vector)
		add_option(table, n, &feature_names_option, own_size);
	if (trainer->method != NULL)
		add_option(table, n, &too_few_option, own_size);
	return table;
}

static int
compare_names(const void *a, const void *b)
{
	return seg_text_compare(*(const SegText *) a, *(const SegText *) b);
}

/*
 * A name stands for one element.
 */
static void
refuse_equal_names(const SegTexts *names)
{
	SegText *sorted = palloc(Max(names->count, 1) * sizeof(SegText));

	for (int64 i = 0; i < names->count; i++)
		sorted[i] = seg_texts_get(names, i);
	qsort(sorted, names->count, sizeof(SegText), compare_names);
	for (int64 i = 1; i < names->count; i++)
	{
		if (seg_text_compare(sorted[i - 1], sorted[i]) == 0)
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("option \"feature_names\" has the name \"%.*s\" "
			               "twice",
			               (int) sorted[i].length,
			               sorted[i].bytes));
	}
	pfree(sorted);
}

/*
 * Do the steps of a preparation go together, and with the options of the method?
 */
static void
check_preparation(const SegTrainer *trainer, const ParsedOptions *parsed)
{
	const SegPreparationParams *preparation = &parsed->common->preparation;
	SegEnv env = segment_env(CurrentMemoryContext);

	if (trainer->preparations == SEG_PREPARE_NOTHING)
		return;
	segment_check(&env, trainer_preparer()->check(&env, preparation));
	if (trainer->check_preparation != NULL)
		segment_check(&env,
		              trainer->check_preparation(&env,
		                                         parsed->params,
		                                         preparation));
}

static ParsedOptions *
parse_options(const SegTrainer *trainer, const char *jsonb, Size size)
{
	ParsedOptions *parsed = palloc0(sizeof(ParsedOptions));
	Size own_size = MAXALIGN(trainer->params_size);
	Size full_size = own_size + sizeof(TrainerOptions);
	int n;
	SegOption *table =
		complete_table(trainer, options_table(trainer, jsonb), own_size, &n);
	SegEnv env = segment_env(CurrentMemoryContext);

	parsed->params = palloc(full_size);
	parsed->common = (TrainerOptions *) ((char *) parsed->params + own_size);
	seg_options_defaults(table, parsed->params, full_size);
	if (size > 0)
	{
		parsed->size = size;
		parsed->jsonb = palloc(size);
		memcpy(parsed->jsonb, jsonb, size);
		options_from_jsonb(table,
		                   PointerGetDatum(parsed->jsonb),
		                   parsed->params);
	}
	refuse_equal_names(&parsed->common->feature_names);
	if (trainer->settle != NULL)
		segment_check(&env, trainer->settle(&env, parsed->params));
	check_preparation(trainer, parsed);
	/* what is done without a model does not describe one */
	if (trainer->method != NULL)
		table[n - 1].name = NULL;
	parsed->text = options_to_text(table, parsed->params);
	pfree(table);
	return parsed;
}

static inline bool
is_text_of(const ParsedOptions *parsed, const char *jsonb, Size size)
{
	return parsed->size == size &&
	       (size == 0 || memcmp(parsed->jsonb, jsonb, size) == 0);
}

static ParsedOptions *
find_in_bucket(const TrainerCall *call, uint32 hash, const char *jsonb,
               Size size)
{
	ParsedOptions *parsed = NULL;

	if (call->n_buckets > 0)
		parsed = call->buckets[hash & (call->n_buckets - 1)];
	while (parsed != NULL &&
	       !(parsed->hash == hash && is_text_of(parsed, jsonb, size)))
		parsed = parsed->next;
	return parsed;
}

static void
put_into_bucket(TrainerCall *call, ParsedOptions *parsed)
{
	ParsedOptions **bucket =
		&call->buckets[parsed->hash & (call->n_buckets - 1)];

	parsed->next = *bucket;
	*bucket = parsed;
}

/*
 * Remember options; with twice the buckets if all are taken, for a query may
 * have as many options as groups.
 */
static void
remember_options(TrainerCall *call, ParsedOptions *parsed)
{
	if (call->n_options == call->n_buckets)
	{
		ParsedOptions **old = call->buckets;
		uint32 n_old = call->n_buckets;

		call->n_buckets = Max(2 * n_old, 1);
		call->buckets = palloc0(call->n_buckets * sizeof(ParsedOptions *));
		for (uint32 b = 0; b < n_old; b++)
		{
			for (ParsedOptions *p = old[b], *next; p != NULL; p = next)
			{
				next = p->next;
				put_into_bucket(call, p);
			}
		}
		if (old != NULL)
			pfree(old);
	}
	put_into_bucket(call, parsed);
	call->n_options++;
}

/*
 * The parsed options of this row. Equal options give the same pointer
 * throughout the query, so that a million groups parse them once, and a state
 * sees from the pointer whether they changed.
 */
const ParsedOptions *
trainer_options(FunctionCallInfo fcinfo, TrainerCall *call)
{
	const char *jsonb = NULL;
	Size size = 0;
	ParsedOptions *parsed = call->options;
	MemoryContext old;
	uint32 hash;

	if (likely(call->options_are_constant && parsed != NULL))
		return parsed;
	if (call->options_at > 0 && !PG_ARGISNULL(call->options_at))
	{
		/* with a four-byte header and aligned, as jsonb code needs it */
		jsonb =
			(const char *) PG_DETOAST_DATUM(PG_GETARG_DATUM(call->options_at));
		size = VARSIZE(jsonb);
	}
	if (parsed != NULL && is_text_of(parsed, jsonb, size))
		return parsed;
	hash = size > 0 ? hash_bytes((const unsigned char *) jsonb, (int) size) : 0;
	parsed = find_in_bucket(call, hash, jsonb, size);
	if (parsed == NULL)
	{
		old = MemoryContextSwitchTo(fcinfo->flinfo->fn_mcxt);
		parsed = parse_options(call->trainer, jsonb, size);
		parsed->hash = hash;
		remember_options(call, parsed);
		MemoryContextSwitchTo(old);
	}
	call->options = parsed;
	return parsed;
}
