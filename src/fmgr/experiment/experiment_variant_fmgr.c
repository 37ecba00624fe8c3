/*-------------------------------------------------------------------------
 *
 * experiment_variant_fmgr.c
 *	  SQL face of experiment_variant.
 *
 * src/fmgr/experiment/experiment_variant_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "kernel/experiment/experiment_variant.h"
#include "pg/float_array.h"
#include "pg/label.h"

static Datum
experiment_variant(FunctionCallInfo fcinfo, LabelArgument type)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	FloatArray weights = float_array_argument(fcinfo, 2, "weights");
	LabelView key, salt;
	int32 result = 0;

	(void) label_argument(fcinfo, 0, type, &key);
	(void) label_argument(fcinfo, 1, LABEL_IS_TEXT, &salt);
	segment_check(&env,
	              seg_experiment_variant(&env,
	                                     seg_place(key.text, salt.text),
	                                     weights.x,
	                                     weights.n,
	                                     &result));
	PG_RETURN_INT32(result);
}

#define EXPERIMENT_VARIANT(name, type) \
	PG_FUNCTION_INFO_V1(segment_experiment_variant_##name); \
	Datum segment_experiment_variant_##name(PG_FUNCTION_ARGS) \
	{ \
		return experiment_variant(fcinfo, type); \
	}

EXPERIMENT_VARIANT(text, LABEL_IS_TEXT)
EXPERIMENT_VARIANT(bigint, LABEL_IS_BIGINT)
EXPERIMENT_VARIANT(uuid, LABEL_IS_UUID)
