/*-------------------------------------------------------------------------
 *
 * trainer_pg.h
 *	  One way to train: the driver of all training aggregates.
 *
 * base/trainer.h says what a method provides. Its boundary file is then one
 * line:
 *
 *		TRAINER(kmeans_train, seg_kmeans_trainer, trainer_rows)
 *
 * which defines segment_kmeans_train_trans and segment_kmeans_train_final. One
 * symbol serves all signatures of the aggregate: the table and the types
 * determine which argument is what. TRAINER_PACKED is for an aggregate whose
 * result is not a model.
 *
 * src/pg/trainer_pg.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEGMENT_PG_TRAINER_PG_H
#define SEGMENT_PG_TRAINER_PG_H

#include "base/trainer.h"
#include "pg/model.h"
#include "pg/id_type.h"
#include "pg/rowstore.h"
#include "pg/arguments.h"

#define TRAINER_MAX_SETTINGS 2

/* What a trainer does with rows that are too few. */
typedef enum TooFew
{
	TOO_FEW_IS_ERROR,
	TOO_FEW_IS_NULL
} TooFew;

/* Options that the driver gives to every trainer, beside those of its method. */
typedef struct TrainerOptions
{
	int when_too_few;
	SegTexts feature_names; /* of trainers that take a vector */
	SegPreparationParams preparation;
} TrainerOptions;

/* Options as given, and as parsed. */
typedef struct ParsedOptions
{
	struct ParsedOptions *next; /* in its bucket */
	uint32 hash;
	Size size; /* of the jsonb; 0: there was none */
	char *jsonb;
	void *params;
	const TrainerOptions *common;
	SegText text; /* as models store it */
} ParsedOptions;

/*
 * A group; the start of every state. There is a state from the first row on,
 * even if that row is skipped.
 */
typedef struct TrainerState
{
	const ParsedOptions *options; /* NULL: all rows so far were skipped */
	int32 settings[TRAINER_MAX_SETTINGS];
	int64 skipped; /* rows that have a NULL or do not count */
	int64 odd;     /* rows of a kind that the model counts */
} TrainerState;

/* What is the same for all rows of a query; kept in fn_extra. */
typedef struct TrainerCall
{
	const SegTrainer *trainer;
	SegEnv env; /* for checks, which take no memory */

	/* a row is skipped if one of these is NULL: all but settings and options */
	int n_inputs;
	int input_at[SEG_MAX_NUMBERS + 2];

	/* which argument is what; 0: there is none */
	int n_numbers;
	int number_at[SEG_MAX_NUMBERS];
	bool is_boolean[SEG_MAX_NUMBERS];
	int n_settings;
	int setting_at[TRAINER_MAX_SETTINGS];
	const char *setting_name[TRAINER_MAX_SETTINGS];
	const char *const *setting_words[TRAINER_MAX_SETTINGS]; /* NULL: a number */
	int class_at;    /* one of number_at; 0: there is none */
	int id_at;       /* the same */
	IdType *id_type; /* of the class or the id */
	int categories_at;
	IdType *category_type;
	int vector_at;
	VectorArgument vector_type;
	int weight_at;
	int options_at;

	bool options_are_constant;
	ParsedOptions *options;  /* those found last */
	ParsedOptions **buckets; /* all options so far, by hash */
	uint32 n_buckets;        /* a power of two */
	uint32 n_options;
	void *beside; /* of the row collector; NULL at first */
} TrainerCall;

/* What is asked of vectors as they came, before any preparation. */
typedef struct TrainerLook
{
	SegTrainingRows *training_rows; /* what they were like; NULL: not asked */
	bool for_leaks;                 /* note one, see base/leak.h */
} TrainerLook;

/* How rows are collected. */
typedef struct TrainerInput
{
	Size state_size; /* of a struct that starts with TrainerState */

	/* Add the row of a call; false: it does not count. */
	bool (*add)(FunctionCallInfo fcinfo, TrainerCall *call,
	            TrainerState *state);

	/* Is there a row that counts? */
	bool (*has_rows)(const TrainerState *state);

	/*
	 * What the kernel reads, in the environment's memory; how its rows were
	 * prepared, if they were; and what was asked of them before.
	 */
	void *(*open)(TrainerState *state, SegEnv *env, SegPreparation *preparation,
	              const TrainerLook *look);
	void (*close)(void *rows);
} TrainerInput;

/* Vectors and numbers, in a row store. */
extern const TrainerInput trainer_rows;

/* The same with a class, an id or categories in each row. */
extern const TrainerInput trainer_class_rows;
extern const TrainerInput trainer_id_rows;
extern const TrainerInput trainer_category_rows;

/* trainer_options.c: the parsed options of this row */
extern const ParsedOptions *
trainer_options(FunctionCallInfo fcinfo, TrainerCall *call);

/* Names of the elements of a row, for messages. */
static inline const SegTexts *
trainer_feature_names(const TrainerState *state)
{
	return &state->options->common->feature_names;
}

/*
 * trainer_preparation.c: the prepared rows of a store, in canonical order, to be
 * closed with rowstore_close; and how they were prepared.
 */
extern void trainer_use_preparer(const SegPreparer *preparer);
extern const SegPreparer *trainer_preparer(void);
extern SegRows *trainer_prepare(SegEnv *env, const SegPreparationParams *params,
                                RowStore *store, SegPreparation *preparation,
                                const TrainerLook *look);

/* Answer what is asked of rows as they came. */
extern void trainer_look(SegEnv *env, SegRows *rows, const TrainerLook *look);

/* The parameters given by options and settings, in the current context. */
extern void *
trainer_params(const SegTrainer *trainer, const TrainerState *state);

extern Datum trainer_trans(FunctionCallInfo fcinfo, const SegTrainer *trainer,
                           const TrainerInput *input);

/* Makes a result that is not a model of what was trained. */
typedef Datum (*TrainerPack)(FunctionCallInfo fcinfo, const void *trained);

/* pack: NULL: the result is a model */
extern Datum trainer_final(FunctionCallInfo fcinfo, const SegTrainer *trainer,
                           const TrainerInput *input, TrainerPack pack);

#define TRAINER(name, trainer, input) TRAINER_PACKED(name, trainer, input, NULL)

#define TRAINER_PACKED(name, trainer, input, pack) \
	PG_FUNCTION_INFO_V1(segment_##name##_trans); \
	PG_FUNCTION_INFO_V1(segment_##name##_final); \
	Datum segment_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return trainer_trans(fcinfo, &(trainer), &(input)); \
	} \
	Datum segment_##name##_final(PG_FUNCTION_ARGS) \
	{ \
		return trainer_final(fcinfo, &(trainer), &(input), pack); \
	} \
	extern int no_such_variable

#endif /* SEGMENT_PG_TRAINER_PG_H */
