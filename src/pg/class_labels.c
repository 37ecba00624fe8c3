/*-------------------------------------------------------------------------
 *
 * class_labels.c
 *	  Labels of classes while rows are collected.
 *
 * A key is 53 bits of the label's hash, as a double. Two labels with the same
 * one are refused: with a thousand classes, the chance of that is 1 in 10^10.
 *
 * src/pg/class_labels.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "lib/stringinfo.h"

#include "base/hash.h"
#include "pg/class_labels.h"
#include "pg/id_dictionary.h"
#include "pg/rowstore.h"

#define FIRST_ROOM 4

struct ClassLabels
{
	IdDictionary *dictionary;
	MemoryContext context;
	const char *nouns;
	double *key; /* of each code */
	int32 room;  /* for keys */
};

/*
 * Labels count in the budget, but do not exceed it: there are few of them.
 */
static void
charge(const ClassLabels *labels, int64 bytes)
{
	(void) rowstore_charge(labels->context, bytes);
}

ClassLabels *
class_labels_create(MemoryContext context, const IdType *type,
                    const char *nouns)
{
	ClassLabels *labels = MemoryContextAllocZero(context, sizeof(ClassLabels));

	labels->dictionary = id_dictionary_create(context, type);
	labels->context = context;
	labels->nouns = nouns;
	labels->room = FIRST_ROOM;
	labels->key = MemoryContextAlloc(context, FIRST_ROOM * sizeof(double));
	charge(labels, id_dictionary_bytes(labels->dictionary));
	return labels;
}

static double
key_of(const SegId *label)
{
	uint64 hash = label->is_number
	                  ? seg_hash(&label->number, sizeof(label->number), 0)
	                  : seg_hash(label->text.bytes, label->text.length, 1);

	return (double) (hash >> 11);
}

/*
 * A label that is new.
 */
static void
add_key(ClassLabels *labels, int64 code, double key)
{
	SegEnv env = segment_env(CurrentMemoryContext);

	if (code >= SEG_MAX_CLASSES)
		segment_check(&env,
		              seg_fail(&env,
		                       SEG_LIMIT,
		                       labels->nouns,
		                       SEG_MAX_CLASSES + 1,
		                       SEG_MAX_CLASSES));
	for (int64 i = 0; i < code; i++)
	{
		if (labels->key[i] == key)
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("two labels cannot be told apart"),
			        errdetail("Their keys of 53 bits are the same."),
			        errhint("Rename one of the labels."));
	}
	if (code == labels->room)
	{
		labels->room *= 2;
		labels->key = repalloc(labels->key, labels->room * sizeof(double));
	}
	labels->key[code] = key;
}

double
class_labels_add(ClassLabels *labels, const SegId *label)
{
	const SegCountMap *map = labels->dictionary->map;
	int64 count = map->n;
	int64 code = id_dictionary_add(labels->dictionary, label);

	if (unlikely(code == count))
		add_key(labels, code, key_of(label));
	if (unlikely(labels->dictionary->map != map))
		charge(labels, id_dictionary_bytes(labels->dictionary));
	return labels->key[code];
}

static SegTexts
class_names(const SegIds *ids)
{
	StringInfoData bytes;
	int64_t *ends = palloc(Max(ids->count, 1) * sizeof(int64));
	char digits[SEG_ID_DIGITS];

	initStringInfo(&bytes);
	for (int64 i = 0; i < ids->count; i++)
	{
		SegText name = seg_ids_text(ids, i, digits);

		appendBinaryStringInfo(&bytes, name.bytes, name.length);
		ends[i] = bytes.len;
	}
	return (SegTexts){ends, bytes.data, ids->count};
}

static int
compare_keys(const void *a, const void *b, void *keys)
{
	double x = ((double *) keys)[*(const int32 *) a];
	double y = ((double *) keys)[*(const int32 *) b];

	return (x > y) - (x < y);
}

SegClassRows *
class_labels_rows(const ClassLabels *labels, SegEnv *env, SegRows *rows)
{
	int64 n = id_dictionary_count(labels->dictionary);
	MemoryContext old = MemoryContextSwitchTo((MemoryContext) env->host);
	SegClassRows *result = palloc(sizeof(SegClassRows));
	int32_t *place = palloc(n * sizeof(int32));
	int32 *code = palloc(n * sizeof(int32)); /* in the order of keys */
	int32_t *classes = palloc(n * sizeof(int32));
	double *keys = palloc(n * sizeof(double));
	SegIds ids = id_dictionary_sorted(env, labels->dictionary, place);

	for (int64 i = 0; i < n; i++)
		code[i] = (int32) i;
	qsort_arg(code, n, sizeof(int32), compare_keys, (void *) labels->key);
	for (int64 i = 0; i < n; i++)
	{
		keys[i] = labels->key[code[i]];
		classes[i] = place[code[i]];
	}
	*result = (SegClassRows){rows, n, class_names(&ids), keys, classes};
	MemoryContextSwitchTo(old);
	return result;
}
