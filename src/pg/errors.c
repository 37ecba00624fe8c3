/*-------------------------------------------------------------------------
 *
 * errors.c
 *	  The words and SQLSTATEs of every failure a kernel can report.
 *
 * src/pg/errors.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include <float.h>
#include <math.h>

#include "pg/segment_pg.h"

/*
 * What may be wrong with a row.
 */
static void
check_row(const SegDiag *d, SegStatus status)
{
	switch ((int) status)
	{
		case SEG_BAD_DIM:
			ereport(ERROR,
			        errcode(ERRCODE_ARRAY_SUBSCRIPT_ERROR),
			        errmsg("%s must have the same number of elements", d->what),
			        errdetail("One has %.0f where %.0f were expected.",
			                  d->got,
			                  d->want));
			break;
		case SEG_DIM_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("%s must have between 1 and %.0f elements",
			               d->what,
			               d->want),
			        errdetail("It would have %.0f.", d->got));
			break;
		case SEG_NOT_FINITE:
			ereport(ERROR,
			        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			        errmsg("%s is out of range", d->what));
			break;
		case SEG_INFINITE:
			ereport(ERROR,
			        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			        errmsg("%s must be finite", d->what),
			        errdetail("It is %s.",
			                  d->got != d->got ? "NaN" : "infinite"),
			        errhint("Replace or filter such values."));
			break;
		case SEG_VALUE_RANGE:
			ereport(ERROR,
			        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			        errmsg("values of element %.0f are too %s to compute with",
			               d->want,
			               d->name),
			        errdetail("The %s is %g.", d->what, d->got),
			        errhint(
						"Divide or multiply the column by a constant, or look for a "
						"damaged value."));
			break;
		case SEG_MISSING:
			ereport(ERROR,
			        errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
			        errmsg("%s cannot use missing elements", d->what),
			        errdetail("Element %.0f of a vector is missing.", d->got),
			        errhint("Filter such rows with missing_count(), or fill "
			                "in the missing elements first."));
			break;
		case SEG_BAD_WEIGHT:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("weight is out of range: %g", d->got),
			        errdetail("A weight must be finite and not negative."));
			break;
	}
}

/*
 * What the rows taken together may not allow.
 */
static void
errors_check_rows(const SegDiag *d, SegStatus status)
{
	switch ((int) status)
	{
		case SEG_TOO_FEW_ROWS:
			ereport(ERROR,
			        errcode(ERRCODE_DATA_EXCEPTION),
			        errmsg("too few distinct rows for %.0f %s",
			               d->want,
			               d->what),
			        errdetail_plural("There is %.0f distinct row.",
			                         "There are %.0f distinct rows.",
			                         (unsigned long) d->got,
			                         d->got),
			        errhint(
						"Ask for fewer, or leave out groups with so few rows."));
			break;
		case SEG_NO_EVENTS:
			ereport(ERROR,
			        errcode(ERRCODE_DATA_EXCEPTION),
			        errmsg("%s needs at least one event", d->what),
			        errdetail_plural("%.0f row was seen, and it is censored.",
			                         "%.0f rows were seen, and all of them "
			                         "are censored.",
			                         (unsigned long) d->got,
			                         d->got),
			        errhint("Leave out groups without events."));
			break;
		case SEG_CLUSTER_COUNT:
			ereport(ERROR,
			        errcode(ERRCODE_DATA_EXCEPTION),
			        errmsg("cannot judge %.0f %s of %.0f %s",
			               d->got,
			               d->got == 1 ? "cluster" : "clusters",
			               d->want,
			               d->want == 1 ? "row" : "rows"),
			        errdetail("There must be at least 2 clusters, and fewer "
			                  "clusters than rows."));
			break;
		case SEG_UNDETERMINED:
			ereport(ERROR,
			        errcode(ERRCODE_DATA_EXCEPTION),
			        errmsg("rows do not determine all %s", d->what),
			        errdetail("They determine %.0f of %.0f.", d->got, d->want),
			        errhint("Raise lambda, or ask for fewer %s.", d->what));
			break;
		case SEG_SINGULAR:
			ereport(ERROR,
			        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			        errmsg("%s cannot be told apart", d->what),
			        errhint("Raise the option \"%s\", or scale the weights down.",
			                d->name));
			break;
		case SEG_DIVERGED:
			ereport(ERROR,
			        errcode(ERRCODE_NUMERIC_VALUE_OUT_OF_RANGE),
			        errmsg("training diverged in epoch %.0f", d->got),
			        errhint("Lower the option \"%s\".", d->what));
			break;
	}
}

/*
 * What may be wrong with options and other arguments.
 */
static void
check_arguments(const SegDiag *d, SegStatus status)
{
	switch ((int) status)
	{
		case SEG_UNKNOWN_OPTION:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("unrecognized option \"%s\"", d->what),
			        d->name ? errhint("Perhaps you meant the option \"%s\".",
			                          d->name)
			                : 0);
			break;
		case SEG_OPTION_TYPE:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("option \"%s\" must be %s", d->what, d->name));
			break;
		case SEG_OPTION_RANGE:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("option \"%s\" is out of range: %.16g",
			               d->what,
			               d->got),
			        errdetail("It must be between %.16g and %.16g.",
			                  d->want,
			                  d->limit));
			break;
		case SEG_OPTION_SIZE:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("option \"%s\" must have %.0f %s, not %.0f",
			               d->what,
			               d->want,
			               d->name,
			               d->got));
			break;
		case SEG_OPTION_WORD:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("unrecognized value for option \"%s\"", d->what),
			        errhint("It must be one of: %s.", d->name));
			break;
		case SEG_OPTION_UNUSED:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("option \"%s\" is not used by method \"%s\"",
			               d->what,
			               d->name));
			break;
		case SEG_NOT_IN_METHOD:
			ereport(ERROR,
			        errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			        errmsg("a recommender of method \"%s\" has no %s",
			               d->name,
			               d->what));
			break;
		case SEG_ARGUMENT_RANGE:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s is out of range: %.16g", d->what, d->got),
			        d->limit == DBL_MAX
			            ? errdetail("It must be finite and not below %.16g.",
			                        d->want)
			            : errdetail("It must be between %.16g and %.16g.",
			                        d->want,
			                        d->limit));
			break;
		case SEG_SUPPORT_RANGE:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("option \"%s\" is out of range: %.16g",
			               "min_support",
			               d->got),
			        d->got == 0
			            ? errdetail("With 0 all %s that there could be would "
			                        "be frequent, even those that no row has.",
			                        d->what)
			            : errdetail("It is a share of the rows, above 0 and "
			                        "at most 1."));
			break;
		case SEG_BAD_PATTERN:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_REGULAR_EXPRESSION),
			        errmsg("invalid pattern of events"),
			        errdetail("Expected %s at position %.0f.", d->what, d->got));
			break;
	}
}

/*
 * What may be wrong with the histories of customers.
 */
static void
check_histories(const SegDiag *d, SegStatus status)
{
	switch ((int) status)
	{
		case SEG_NOT_POSITIVE:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s must be positive and finite, not %g",
			               d->what,
			               d->got));
			break;
		case SEG_NOT_COUNT:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s must be a non-negative whole number, not %.16g",
			               d->what,
			               d->got));
			break;
		case SEG_ABOVE:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s must not be above %s", d->what, d->name),
			        errdetail("It is %.16g, and %s is %.16g.",
			                  d->got,
			                  d->name,
			                  d->want));
			break;
		case SEG_NOT_ZERO:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s must be 0 where %s is 0, not %.16g",
			               d->what,
			               d->name,
			               d->got));
			break;
		case SEG_NO_START:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s 0 is missing", d->what),
			        errdetail("The first one is %.0f.", d->got),
			        errhint("Add a row for the start, when all customers were "
			                "there."));
			break;
		case SEG_REPEATED:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("there is more than one row for %s %.0f",
			               d->what,
			               d->got),
			        errhint("Train one model for each cohort with GROUP BY, "
			                "or add up cohorts of the same age first."));
			break;
		case SEG_RISING:
			ereport(ERROR,
			        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
			        errmsg("%s rises from %.16g to %.16g in period %.0f",
			               d->what,
			               d->want,
			               d->limit,
			               d->got),
			        errdetail("Of the customers of a cohort there can only be "
			                  "fewer."));
			break;
	}
}

/*
 * What to do where too many sets are frequent.
 */
static int
hint_for_sets(const char *what)
{
	if (strcmp(what, "rules") == 0)
		return errhint("Raise min_confidence or min_lift.");
	if (strcmp(what, "sequences") == 0)
		return errhint("Raise the option \"min_support\", or set the option "
		               "\"max_length\".");
	return errhint("Raise the option \"min_support\", set the option "
	               "\"max_length\", or ask for the target \"closed\" or "
	               "\"maximal\".");
}

/*
 * What may be too much, damaged, or ended from outside.
 */
static void
check_limits(const SegDiag *d, SegStatus status)
{
	switch ((int) status)
	{
		case SEG_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("too many %s: %.0f", d->what, d->got),
			        errdetail("The limit is %.0f.", d->want));
			break;
		case SEG_DISTINCT_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("too many distinct %s for %s", d->what, d->name),
			        errdetail("The limit is %.0f here.", d->want),
			        errhint("Round the values, use a sample of the rows, or "
			                "choose another method."));
			break;
		case SEG_MEMORY_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("too many rows for %s", d->what),
			        errdetail("The setting segment.training_memory has room "
			                  "for %.0f of them.",
			                  d->want),
			        errhint("Raise the setting, or train on a sample of the "
			                "rows."));
			break;
		case SEG_STATE_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("%s is too large: it needs %.0f bytes",
			               d->what,
			               d->got),
			        errdetail("The limit is %.0f.", d->want),
			        errhint("It keeps every distinct value: leave out rare "
			                "ones, or count them with GROUP BY in a "
			                "subquery."));
			break;
		case SEG_MODEL_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("model would have %.0f kB, more than the setting "
			               "%s allows",
			               ceil(d->got / 1024),
			               "segment.max_model_size"),
			        d->name ? errhint("Use %s.", d->name) : 0);
			break;
		case SEG_WORK_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("memory for %s exceeds the setting %s",
			               d->what,
			               "segment.training_memory"),
			        errdetail("It would take %.0f kB, the setting is %.0f kB.",
			                  ceil(d->got / 1024),
			                  d->want / 1024),
			        errhint("Raise the setting or the option \"min_support\", "
			                "or set the option \"max_length\"."));
			break;
		case SEG_SET_LIMIT:
			ereport(ERROR,
			        errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
			        errmsg("too many %s: more than %.0f", d->what, d->want),
			        d->limit > 0
			            ? errdetail("After %.0f of them, one of %.0f items was "
			                        "found, and all that it contains is "
			                        "frequent too.",
			                        d->got,
			                        d->limit)
			            : errdetail("%.0f were found when the search stopped.",
			                        d->got),
			        hint_for_sets(d->what));
			break;
		case SEG_CORRUPT:
			ereport(ERROR,
			        errcode(ERRCODE_DATA_CORRUPTED),
			        errmsg("%s is corrupted", d->what),
			        d->name ? errdetail("Field \"%s\" makes no sense.", d->name)
			                : 0);
			break;
		case SEG_NO_MEMORY:
			ereport(ERROR,
			        errcode(ERRCODE_OUT_OF_MEMORY),
			        errmsg("out of memory"));
			break;
		case SEG_STOPPED:
			ereport(ERROR,
			        errcode(ERRCODE_QUERY_CANCELED),
			        errmsg("computation stopped on request"));
			break;
	}
}

/*
 * Raise the failure a kernel reported, if it reported one.  Each function above
 * returns if the failure is not among its own.
 */
void
segment_check(const SegEnv *env, SegStatus status)
{
	if (status == SEG_OK)
		return;
	check_row(&env->diag, status);
	errors_check_rows(&env->diag, status);
	check_arguments(&env->diag, status);
	check_histories(&env->diag, status);
	check_limits(&env->diag, status);
	elog(ERROR, "unrecognized kernel status: %d", (int) status);
}

/*
 * An argument that must be the same for all rows is not.
 */
void
segment_changed(const char *what, const char *way_out)
{
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("%s must be the same for all rows", what),
	        errhint("%s", way_out));
	pg_unreachable();
}

#define RAISE_ITERATIONS \
	errhint("Raise the option \"max_iterations\" or \"tolerance\".")

/*
 * Tell the user of a result that stands what a kernel noted.
 */
void
segment_warn(SegStatus status, const SegDiag *d)
{
	switch ((int) status)
	{
		case SEG_NOTE_UNCONVERGED:
			ereport(WARNING,
			        errmsg_plural("%s did not converge in %.0f iteration",
			                      "%s did not converge in %.0f iterations",
			                      (unsigned long) d->got,
			                      d->what,
			                      d->got),
			        RAISE_ITERATIONS);
			break;
		case SEG_NOTE_PARTLY:
			ereport(WARNING,
			        errmsg("%s did not converge for %.0f of %.0f %s",
			               d->what,
			               d->got,
			               d->want,
			               d->name),
			        RAISE_ITERATIONS);
			break;
		case SEG_NOTE_RUNAWAY:
			ereport(WARNING,
			        errmsg_plural("%s did not converge in %.0f iteration",
			                      "%s did not converge in %.0f iterations",
			                      (unsigned long) d->want,
			                      d->what,
			                      d->want),
			        errdetail("The coefficient of element %.0f may be infinite: "
			                  "it still grows, but the likelihood does not.",
			                  d->got),
			        errhint("See whether the element tells those with an event "
			                "from those without."));
			break;
		case SEG_NOTE_AT_BOUND:
			ereport(WARNING,
			        errmsg("%s did not converge", d->what),
			        errdetail("Parameter \"%s\" ran to the limit of its "
			                  "range: these rows do not determine it.",
			                  d->name));
			break;
		case SEG_NOTE_FLAT:
			ereport(WARNING,
			        errmsg("%s did not converge", d->what),
			        errdetail("These rows do not determine all parameters."));
			break;
		case SEG_NOTE_CORRELATED:
			ereport(WARNING,
			        errmsg("%s are correlated: %.2f", d->what, d->got),
			        errdetail("The %s takes them to be independent.", d->name));
			break;
		case SEG_NOTE_CONSTANT:
			ereport(WARNING,
			        errmsg("all %s are equal", d->what),
			        errdetail("There is nothing to learn from them."),
			        errhint("For purchases or visits, use %s.", d->name));
			break;
		default:
			elog(ERROR, "unrecognized kernel note: %d", (int) status);
	}
}
