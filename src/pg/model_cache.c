/*-------------------------------------------------------------------------
 *
 * model_cache.c
 *	  Remember opened models.
 *
 * A query scores many rows with one model. If the model came from a table it is
 * a TOAST pointer, the same for every row, and fetching 8 MB again for each row
 * would cost milliseconds. So model_open keeps the opened model in fn_extra,
 * keyed by the identity of the TOAST pointer, or else by the fingerprint in the
 * value's header; never by a bare address, which the next row's model may
 * share. There are two entries, so that a query that alternates between two
 * models evicts neither.
 *
 * src/pg/model_cache.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "access/detoast.h"
#include "miscadmin.h"
#include "utils/memutils.h"

#include "base/hash.h"
#include "pg/model.h"

typedef struct ModelKey
{
	uint64 identity; /* toast value and relation, or fingerprint */
	uint64 size;     /* of the value; tells the two kinds of identity apart */
} ModelKey;

/*
 * An opened model in the cache of one caller: its own, in a context, or one of
 * those kept for all callers, while that still has the same serial number.
 */
typedef struct ModelEntry
{
	ModelKey key;
	MemoryContext context; /* NULL: kept for all, or free */
	int slot;
	uint64 serial;
	const void *prepared;
} ModelEntry;

#define CACHE_ENTRIES 2

typedef struct ModelCache
{
	ModelEntry entry[CACHE_ENTRIES];
	int recent; /* the last entry used */
} ModelCache;

/*
 * The identity of a model datum, without fetching it; false: it has none.
 */
static bool
model_key(Datum datum, ModelKey *key)
{
	struct varlena *v = (struct varlena *) DatumGetPointer(datum);

	if (VARATT_IS_EXTERNAL_ONDISK(v))
	{
		struct varatt_external pointer;

		VARATT_EXTERNAL_GET_POINTER(pointer, v);
		key->identity =
			(uint64) pointer.va_toastrelid << 32 | pointer.va_valueid;
		/* odd, so that no fingerprinted value can have the same key */
		key->size = (uint64) pointer.va_rawsize << 1 | 1;
		return true;
	}
	if (VARATT_IS_EXTERNAL(v) || VARATT_IS_COMPRESSED(v) ||
	    VARSIZE_ANY_EXHDR(v) < MODEL_HEADER_SIZE - VARHDRSZ)
		return false;
	memcpy(&key->identity,
	       VARDATA_ANY(v) + offsetof(ModelValue, fingerprint) - VARHDRSZ,
	       sizeof(uint64));
	key->size = (uint64) VARSIZE_ANY_EXHDR(v) << 1;
	return key->identity != 0;
}

/* How to open a model that is not remembered. */
typedef struct ModelOpening
{
	const SegMethod *method; /* NULL: any */
	ModelPrepare prepare;
	ModelPrepareAny prepare_any;
} ModelOpening;

/* ---------- models kept for all callers ---------- */

/*
 * Some callers look a function up anew for every row, with an empty fn_extra: an
 * SQL function that is not inlined, a distributed engine that runs transition
 * functions itself. So small models are also kept until the end of the
 * transaction: the latest few, in no more than work_mem.
 */
#define MAX_KEPT   64
#define KEPT_SHARE 4 /* of work_mem: several of them find room, always */

typedef struct KeptModel
{
	uint64 serial;   /* of the opening; 0: free */
	uint64 function; /* that opened it, with the types of its arguments */
	uint64 used;     /* when */
	ModelKey key;
	MemoryContext context;
	const void *prepared;
} KeptModel;

static KeptModel kept[MAX_KEPT];
static MemoryContext kept_context;
static uint64 kept_clock;

static void
forget_kept(void *unused)
{
	(void) unused;
	memset(kept, 0, sizeof(kept));
	kept_context = NULL;
}

/*
 * Where kept models live; it goes with the transaction.
 */
static MemoryContext
context_of_kept(void)
{
	if (kept_context == NULL)
	{
		MemoryContext context = AllocSetContextCreate(TopTransactionContext,
		                                              "segment models",
		                                              ALLOCSET_SMALL_SIZES);
		MemoryContextCallback *callback =
			MemoryContextAllocZero(context, sizeof(MemoryContextCallback));

		callback->func = forget_kept;
		MemoryContextRegisterResetCallback(context, callback);
		kept_context = context;
	}
	return kept_context;
}

/*
 * What an opened model may depend on besides the model.
 */
static uint64
call_identity(FunctionCallInfo fcinfo, int argno)
{
	uint64 identity =
		seg_random_bits(fcinfo->flinfo->fn_oid, (uint64) argno, 0);

	for (int i = 0; i < PG_NARGS(); i++)
		identity = seg_random_bits(identity,
		                           i,
		                           get_fn_expr_argtype(fcinfo->flinfo, i));
	return identity;
}

static void
drop_kept(KeptModel *model)
{
	MemoryContext context = model->context;

	memset(model, 0, sizeof(*model));
	MemoryContextDelete(context);
}

/*
 * A place for one more model, after the least recently used ones have made room
 * for its bytes.
 */
static KeptModel *
make_room(Size bytes)
{
	for (;;)
	{
		Size sum = bytes;
		KeptModel *oldest = NULL;
		KeptModel *free_slot = NULL;

		for (KeptModel *m = kept; m < kept + MAX_KEPT; m++)
		{
			if (m->serial == 0)
			{
				free_slot = m;
				continue;
			}
			sum += MemoryContextMemAllocated(m->context, true);
			if (oldest == NULL || m->used < oldest->used)
				oldest = m;
		}
		if (free_slot != NULL && sum <= (Size) work_mem * 1024)
			return free_slot;
		drop_kept(oldest);
	}
}

/*
 * Keep an entry's own model for all callers, if it is small.
 */
static void
keep_model(ModelEntry *entry, uint64 function)
{
	Size bytes = MemoryContextMemAllocated(entry->context, true);
	KeptModel *model;

	if (bytes > (Size) work_mem * 1024 / KEPT_SHARE)
		return;
	MemoryContextSetParent(entry->context, context_of_kept());
	model = make_room(bytes);
	model->serial = model->used = ++kept_clock;
	model->function = function;
	model->key = entry->key;
	model->context = entry->context;
	model->prepared = entry->prepared;
	entry->slot = (int) (model - kept);
	entry->serial = model->serial;
	entry->context = NULL;
}

/*
 * Find a kept model for an entry.
 */
static bool
find_kept(ModelEntry *entry, uint64 function)
{
	for (KeptModel *m = kept; m < kept + MAX_KEPT; m++)
	{
		if (m->serial == 0 || m->function != function ||
		    m->key.identity != entry->key.identity ||
		    m->key.size != entry->key.size)
			continue;
		m->used = ++kept_clock;
		entry->slot = (int) (m - kept);
		entry->serial = m->serial;
		entry->prepared = m->prepared;
		return true;
	}
	return false;
}

/* ---------- the cache of one caller ---------- */

static inline bool
is_entry(const ModelEntry *entry, const ModelKey *key)
{
	return entry->prepared != NULL && entry->key.identity == key->identity &&
	       entry->key.size == key->size &&
	       (entry->context != NULL ||
	        kept[entry->slot].serial == entry->serial);
}

/*
 * Fetch, check and prepare a model in its own context.
 */
static void
fill_entry(ModelEntry *entry, FmgrInfo *flinfo, Datum datum,
           const ModelOpening *opening)
{
	MemoryContext context = AllocSetContextCreate(flinfo->fn_mcxt,
	                                              "segment model",
	                                              ALLOCSET_SMALL_SIZES);
	MemoryContext old = MemoryContextSwitchTo(context);
	ModelValue *model = (ModelValue *) PG_DETOAST_DATUM_COPY(datum);
	const SegMethod *method =
		opening->method != NULL ? opening->method : model_method(model);
	const void *value = model_open_value(model, method);
	SegEnv env = segment_env(context);

	if (opening->prepare_any != NULL)
		value = opening->prepare_any(method, value);
	else if (opening->prepare != NULL)
		value = opening->prepare(&env, value);
	entry->prepared = value;
	entry->context = context;
	MemoryContextSwitchTo(old);
}

static const void *
open_remembered(FunctionCallInfo fcinfo, int argno, const ModelOpening *opening)
{
	ModelCache *cache = fcinfo->flinfo->fn_extra;
	Datum datum = PG_GETARG_DATUM(argno);
	ModelKey key = {0, 0};
	bool has_key = model_key(datum, &key);
	ModelEntry *entry;
	uint64 function;

	if (cache == NULL)
	{
		cache =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt, sizeof(ModelCache));
		fcinfo->flinfo->fn_extra = cache;
	}
	entry = &cache->entry[cache->recent];
	if (has_key && is_entry(entry, &key))
		return entry->prepared;

	cache->recent = 1 - cache->recent;
	entry = &cache->entry[cache->recent];
	if (has_key && is_entry(entry, &key))
		return entry->prepared;

	entry->prepared = NULL;
	if (entry->context != NULL)
	{
		MemoryContext context = entry->context;

		entry->context = NULL;
		MemoryContextDelete(context);
	}
	entry->key = key;
	function = call_identity(fcinfo, argno);
	if (has_key && find_kept(entry, function))
		return entry->prepared;
	fill_entry(entry, fcinfo->flinfo, datum, opening);
	if (has_key)
		keep_model(entry, function);
	return entry->prepared;
}

/*
 * The model in an argument, ready for scoring; opened once.
 */
const void *
model_open(FunctionCallInfo fcinfo, int argno, const SegMethod *method,
           ModelPrepare prepare)
{
	return open_remembered(fcinfo,
	                       argno,
	                       &(ModelOpening){method, prepare, NULL});
}

const void *
model_open_any(FunctionCallInfo fcinfo, int argno, ModelPrepareAny prepare)
{
	return open_remembered(fcinfo, argno, &(ModelOpening){NULL, NULL, prepare});
}
