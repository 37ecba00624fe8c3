/*-------------------------------------------------------------------------
 *
 * purchase_summary_fmgr.c
 *	  SQL face of purchase_summary.
 *
 * The state is a list of the purchases up to the period of as_of, each as the number of its
 * period and its amount.
 *
 * src/fmgr/lifetime/purchase_summary_fmgr.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "miscadmin.h"
#include "utils/fmgrprotos.h"
#include "utils/memutils.h"

#include "kernel/lifetime/purchase_summary.h"
#include "pg/calendar.h"
#include "pg/decimal.h"
#include "pg/event_list.h"
#include "pg/results.h"

PG_FUNCTION_INFO_V1(segment_purchase_summary_final);

/* A purchase as the list stores it, packed. */
#define PERIOD_SIZE sizeof(int32)
#define ITEM_SIZE   (PERIOD_SIZE + sizeof(float8))

/* ---------- settings ---------- */

typedef struct PurchaseKey
{
	Interval unit;
	int64 day; /* of as_of */
} PurchaseKey;

typedef struct PurchaseSettings
{
	SegPeriodUnit unit;
	int32 last_period; /* that of as_of */
} PurchaseSettings;

static SegPeriodUnit
unit_of(const Interval *unit)
{
	if (unit->time == 0 && unit->month == 0 && unit->day == 1)
		return SEG_PERIOD_DAY;
	if (unit->time == 0 && unit->month == 0 && unit->day == 7)
		return SEG_PERIOD_WEEK;
	if (unit->time == 0 && unit->month == 1 && unit->day == 0)
		return SEG_PERIOD_MONTH;
	ereport(ERROR,
	        errcode(ERRCODE_INVALID_PARAMETER_VALUE),
	        errmsg("unit must be '1 day', '1 week' or '1 month'"),
	        errdetail("It is \"%s\".",
	                  DatumGetCString(
						  DirectFunctionCall1(interval_out,
	                                          IntervalPGetDatum(unit)))),
	        errhint(
				"For other units use '1 day', and divide recency and age."));
}

static void
purchase_summary_prepare(EventSettings *made)
{
	PurchaseSettings *settings = made->data;
	const PurchaseKey *key = made->key;

	settings->unit = unit_of(&key->unit);
	settings->last_period = seg_period_of_day(settings->unit, key->day);
	made->width = ITEM_SIZE;
	made->work = sizeof(SegPurchase);
}

static const SettingPart purchase_parts[] = {SETTING_PART("unit", PurchaseKey,
                                                          unit),
                                             SETTING_PART("as_of", PurchaseKey,
                                                          day),
                                             SETTING_PARTS_END};

static const EventKind purchases = {"as_of and unit",
                                    purchase_parts,
                                    sizeof(PurchaseSettings),
                                    purchase_summary_prepare};

static const EventSettings *
purchase_summary_settings(FunctionCallInfo fcinfo, TimeArgument type)
{
	Timestamp as_of = calendar_argument(fcinfo, 3, type, "as_of");
	PurchaseKey key = {.unit = {.day = 1},
	                   .day = seg_day_of_microsecond(as_of)};

	if (PG_NARGS() > 4)
		key.unit = *PG_GETARG_INTERVAL_P(4);
	return event_settings(event_call(fcinfo), &purchases, &key, sizeof(key));
}

/*
 * The period of a time, with a warning if the session's time zone has it in
 * another one.
 */
static inline int32
purchase_summary_period_argument(FunctionCallInfo fcinfo, int argno,
                                 TimeArgument type, SegPeriodUnit unit,
                                 const char *what)
{
	Timestamp at = calendar_argument(fcinfo, argno, type, what);
	int32 period = seg_period_of_day(unit, seg_day_of_microsecond(at));

	if (type == TIME_IS_TIMESTAMP &&
	    unlikely(period !=
	             seg_period_of_day(unit,
	                               seg_day_of_microsecond(
									   at + calendar_local_offset(at)))))
		calendar_warn_local_day(fcinfo, argno, what);
	return period;
}

/* ---------- transition: (state, paid_at, amount, as_of [, unit]) ---------- */

static double
amount_argument(FunctionCallInfo fcinfo, bool is_numeric)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	double amount;

	if (PG_ARGISNULL(2))
		return 0;
	if (is_numeric)
		amount = decimal_to_double(PG_GETARG_DATUM(2));
	else
		amount = PG_GETARG_FLOAT8(2);
	segment_check(&env, seg_check_finite(&env, "amount", amount));
	return amount;
}

static inline Datum
add_purchase(FunctionCallInfo fcinfo, TimeArgument type, bool is_numeric)
{
	EventList *list = SEGMENT_ARG_STATE(0, EventList);
	const EventSettings *settings;
	const PurchaseSettings *meaning;
	int32 period;
	double amount;
	char *item;

	event_list_expect(list);
	if (PG_ARGISNULL(1) || PG_ARGISNULL(3) ||
	    (PG_NARGS() > 4 && PG_ARGISNULL(4)))
		SEGMENT_RETURN_STATE(list);
	settings = purchase_summary_settings(fcinfo, type);
	meaning = settings->data;
	period = purchase_summary_period_argument(fcinfo,
	                                          1,
	                                          type,
	                                          meaning->unit,
	                                          "paid_at");
	(void) purchase_summary_period_argument(fcinfo,
	                                        3,
	                                        type,
	                                        meaning->unit,
	                                        "as_of");

	amount = amount_argument(fcinfo, is_numeric);
	list = event_list_of_row(fcinfo, list, settings);
	if (period <= meaning->last_period)
	{
		item = event_list_add(fcinfo, &list, settings);
		memcpy(item, &period, PERIOD_SIZE);
		memcpy(item + PERIOD_SIZE, &amount, sizeof(amount));
	}
	PG_RETURN_POINTER(list);
}

#define TRANSITION(name, type, is_numeric) \
	PG_FUNCTION_INFO_V1(segment_purchase_summary_##name##_trans); \
	Datum segment_purchase_summary_##name##_trans(PG_FUNCTION_ARGS) \
	{ \
		return add_purchase(fcinfo, type, is_numeric); \
	}

TRANSITION(timestamp_float8, TIME_IS_TIMESTAMP, false)
TRANSITION(timestamp_numeric, TIME_IS_TIMESTAMP, true)
TRANSITION(date_float8, TIME_IS_DATE, false)
TRANSITION(date_numeric, TIME_IS_DATE, true)

/* ---------- final ---------- */

/*
 * The purchases of a list, sorted, in the current context.
 */
static SegPurchase *
sorted_purchases(const EventList *list)
{
	int32 n = event_list_count(list);
	SegPurchase *sorted =
		palloc_extended((Size) n * sizeof(SegPurchase), MCXT_ALLOC_HUGE);

	for (; list != NULL; list = event_list_older(list))
	{
		const char *item = list->items;

		CHECK_FOR_INTERRUPTS();
		for (int32 i = list->before; i < event_list_count(list); i++)
		{
			memcpy(&sorted[i].period, item, PERIOD_SIZE);
			memcpy(&sorted[i].amount, item + PERIOD_SIZE, sizeof(float8));
			item += ITEM_SIZE;
		}
	}
	qsort_interruptible(sorted,
	                    n,
	                    sizeof(SegPurchase),
	                    seg_purchase_compare,
	                    NULL);
	return sorted;
}

Datum
segment_purchase_summary_final(PG_FUNCTION_ARGS)
{
	SegEnv env = segment_env(CurrentMemoryContext);
	const EventList *list = SEGMENT_ARG_STATE(0, EventList);
	static const Oid types[] = {INT4OID, FLOAT8OID, FLOAT8OID, FLOAT8OID};
	const PurchaseSettings *settings;
	SegPurchaseHistory history;
	Datum values[lengthof(types)];
	bool nulls[lengthof(types)] = {false};

	if (event_list_is_empty(list))
		PG_RETURN_NULL(); /* no purchase up to as_of */
	settings = event_list_settings(list)->data;
	segment_check(&env,
	              seg_purchase_summary(&env,
	                                   settings->unit,
	                                   settings->last_period,
	                                   sorted_purchases(list),
	                                   event_list_count(list),
	                                   &history));
	values[0] = Int32GetDatum(history.frequency);
	values[1] = Float8GetDatum(history.recency);
	values[2] = Float8GetDatum(history.age);
	values[3] = Float8GetDatum(history.monetary);
	return result_composite(fcinfo, types, lengthof(types), values, nulls);
}
