/*-------------------------------------------------------------------------
 *
 * lifetime.c
 *	  What the aggregates that fit models of customers have in common.
 *
 * src/fmgr/lifetime/lifetime.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/memutils.h"

#include "fmgr/lifetime/lifetime.h"

/*
 * Arguments as a row, -0 as 0; false if one of them is NULL.
 */
static bool
read_row(FunctionCallInfo fcinfo, int first, int columns, double *row)
{
	for (int i = 0; i < columns; i++)
	{
		if (PG_ARGISNULL(first + i))
			return false;
		row[i] = PG_GETARG_FLOAT8(first + i) + 0.0;
	}
	return true;
}

void
lifetime_arguments(FunctionCallInfo fcinfo, int first, int columns,
                   LifetimeCheck check, double *row)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool counts;

	(void) read_row(fcinfo, first, columns, row);
	segment_check(&env, check(&env, row, &counts));
}

static LifetimeState *
lifetime_create_state(FunctionCallInfo fcinfo, const SegFitParams *options)
{
	LifetimeState *state = MemoryContextAllocZero(segment_agg_context(fcinfo),
	                                              sizeof(LifetimeState));

	state->options = options;
	return state;
}

/*
 * Is there a row to count in the arguments?
 */
static bool
read_training_row(FunctionCallInfo fcinfo, const LifetimeArguments *arguments,
                  double *row, double *weight)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	bool counts = true;

	*weight = 1.0;
	if (arguments->read != NULL)
	{
		if (!arguments->read(fcinfo, row))
			return false;
	}
	else
	{
		if (!read_row(fcinfo, 1, arguments->columns, row))
			return false;
		segment_check(&env, arguments->check(&env, row, &counts));
	}
	if (arguments->weight_at > 0)
		counts =
			training_weight(fcinfo, arguments->weight_at, weight) && counts;
	return counts;
}

Datum
lifetime_trans(FunctionCallInfo fcinfo, const LifetimeArguments *arguments)
{
	LifetimeState *state = SEGMENT_ARG_STATE(0, LifetimeState);
	const SegFitParams *options = NULL;
	double row[SEG_MAX_COLUMNS];
	double weight;

	if (arguments->options_at > 0)
		options = training_options(fcinfo,
		                           arguments->options_at,
		                           seg_fit_options,
		                           sizeof(SegFitParams));
	if (state == NULL)
		state = lifetime_create_state(fcinfo, options);
	else if (state->options != options)
		training_changed("options");

	if (!read_training_row(fcinfo, arguments, row, &weight))
	{
		state->training.skipped++;
		PG_RETURN_POINTER(state);
	}
	if (state->training.store == NULL)
		state->training.store =
			rowstore_create(segment_agg_context(fcinfo),
		                    arguments->columns,
		                    arguments->weight_at > 0 ? 1 : 0,
		                    0);
	rowstore_append(state->training.store, row, &weight);
	PG_RETURN_POINTER(state);
}

/*
 * Has the query not been warned of this yet?  Then it is now.
 */
bool
lifetime_is_first(FunctionCallInfo fcinfo, LifetimeWarning warning)
{
	bool *given = fcinfo->flinfo->fn_extra;

	if (given == NULL)
	{
		given =
			MemoryContextAllocZero(fcinfo->flinfo->fn_mcxt,
		                           (LIFETIME_CORRELATED + 1) * sizeof(bool));
		fcinfo->flinfo->fn_extra = given;
	}
	if (given[warning])
		return false;
	given[warning] = true;
	return true;
}

void
lifetime_warn(FunctionCallInfo fcinfo, const SegFit *fit, const char *title)
{
	if (fit->converged || !lifetime_is_first(fcinfo, LIFETIME_NOT_CONVERGED))
		return;
	if (fit->outcome == SEG_OUT_OF_STEPS)
		ereport(WARNING,
		        errmsg_plural("%s did not converge in %lld step",
		                      "%s did not converge in %lld steps",
		                      (unsigned long) fit->iterations,
		                      title,
		                      (long long) fit->iterations),
		        errhint("Raise the option \"max_iterations\"."));
	else
		ereport(WARNING,
		        errmsg("%s did not converge", title),
		        fit->outcome == SEG_AT_BOUND
		            ? errdetail("Parameter \"%s\" ran to the limit of its "
		                        "range: these rows do not determine it.",
		                        fit->bound)
		            : errdetail("These rows do not determine all parameters."));
}
