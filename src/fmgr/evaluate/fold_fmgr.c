/*-------------------------------------------------------------------------
 *
 * fold_fmgr.c
 *	  SQL face of fold and is_train.
 *
 * src/fmgr/evaluate/fold_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/evaluate/fold.h"
#include "pg/arguments.h"
#include "pg/label.h"

/*
 * Place of the key in the first argument, with the salt in the third or an
 * empty one.
 */
static uint64
place_argument(FunctionCallInfo fcinfo, LabelArgument type)
{
	LabelView key;
	LabelView salt = {{"", 0}};

	(void) label_argument(fcinfo, 0, type, &key);
	if (PG_NARGS() > 2)
		(void) label_argument(fcinfo, 2, LABEL_IS_TEXT, &salt);
	return seg_place(key.text, salt.text);
}

/*
 * A number as the key of all rows, with a number of parts that changes: most
 * likely these two changed places.
 */
static void
refuse_swapped(FunctionCallInfo fcinfo)
{
	if (get_fn_expr_arg_stable(fcinfo->flinfo, 0) &&
	    !get_fn_expr_arg_stable(fcinfo->flinfo, 1))
		ereport(ERROR,
		        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
		        errmsg("key must not be a constant where n is none"),
		        errhint("The key comes first: fold(user_id, 5)."));
	fcinfo->flinfo->fn_extra = fcinfo->flinfo; /* once per query */
}

static Datum
fold(FunctionCallInfo fcinfo, LabelArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	int32 result = 0;

	if (type == LABEL_IS_BIGINT && fcinfo->flinfo->fn_extra == NULL)
		refuse_swapped(fcinfo);
	segment_check(&env,
	              seg_fold(&env,
	                       place_argument(fcinfo, type),
	                       argument_int32(fcinfo, 1, "n"),
	                       &result));
	PG_RETURN_INT32(result);
}

static Datum
is_train(FunctionCallInfo fcinfo, LabelArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool result = false;

	segment_check(&env,
	              seg_fold_is_train(&env,
	                                place_argument(fcinfo, type),
	                                PG_GETARG_FLOAT8(1),
	                                &result));
	PG_RETURN_BOOL(result);
}

#define SPLIT(name, type) \
	PG_FUNCTION_INFO_V1(segment_fold_##name); \
	PG_FUNCTION_INFO_V1(segment_is_train_##name); \
	Datum segment_fold_##name(PG_FUNCTION_ARGS) \
	{ \
		return fold(fcinfo, type); \
	} \
	Datum segment_is_train_##name(PG_FUNCTION_ARGS) \
	{ \
		return is_train(fcinfo, type); \
	}

SPLIT(text, LABEL_IS_TEXT)
SPLIT(bigint, LABEL_IS_BIGINT)
SPLIT(uuid, LABEL_IS_UUID)
