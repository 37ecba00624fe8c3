/*-------------------------------------------------------------------------
 *
 * ab_state.c
 *	  What a test of an experiment needs to know of its users, in exact sums that
 *	  add up.
 *
 * All sums have the same digits: those that any number needs, and digit 0. So a
 * state is a function of the set of users alone, and states of days or parts add
 * up to the bytes of the whole.
 *
 * src/kernel/experiment/ab_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_state.h"

#include <float.h>
#include <math.h>

#include "base/label_order.h"
#include "base/tags.h"

#define MAX_ROWS  9007199254740992.0 /* 2^53 */
#define MAX_DIGIT ((double) SEG_EXACT_MAX_DIGIT)
#define WORD      ((int64_t) sizeof(int64_t))

/* clang-format off */
static const SegField fields[] = {
	SEG_INT(SegAbState, columns, 1, SEG_AB_MAX_COLUMNS),
	SEG_INT(SegAbState, variants, 1, SEG_AB_MAX_VARIANTS),
	SEG_INT(SegAbState, rows_used, 1, MAX_ROWS),
	SEG_BOOL(SegAbState, outcome_is_flag),
	SEG_INT(SegAbState, lowest_digit, SEG_EXACT_LOWEST, 0),
	SEG_INT(SegAbState, digits, 2, SEG_EXACT_MAX_DIGITS),
	SEG_INT(SegAbState, sum_width, 2, SEG_AB_MAX_COLUMNS * SEG_EXACT_MAX_DIGITS),
	SEG_INT(SegAbState, product_width, 3,
		SEG_AB_PAIRS(SEG_AB_MAX_COLUMNS) * SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS)),
	SEG_OPTIONAL_REAL(SegAbState, cap, -DBL_MAX, DBL_MAX),
	SEG_IDS_FIELD(SegAbState, names, variants, SEG_FEW),
	SEG_INTS(SegAbState, counts, variants, 1, MAX_ROWS),
	SEG_INTS(SegAbState, capped, variants, 0, MAX_ROWS),
	SEG_INT_MATRIX(SegAbState, sums, variants, sum_width, -MAX_DIGIT, MAX_DIGIT),
	SEG_INT_MATRIX(SegAbState, products, variants, product_width, -MAX_DIGIT, MAX_DIGIT),
	SEG_FIELD_END
};
/* clang-format on */

/* ---------- is a stored one sound? ---------- */

/*
 * Can the squares of a column be those of so many numbers with that sum? The sums
 * may have carries left.
 */
static bool
column_is_sound(const SegAbState *v, int64_t variant, int64_t column,
                bool is_flag)
{
	int64_t s[SEG_EXACT_MAX_DIGITS];
	int64_t q[SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS)];
	int64_t deviations[SEG_EXACT_DEVIATION_DIGITS(SEG_EXACT_MAX_DIGITS)];
	int64_t n = SEG_AB_PRODUCT_DIGITS(v);

	memcpy(s, seg_ab_sum(v, variant, column), (size_t) v->digits * sizeof(*s));
	memcpy(q,
	       seg_ab_product(v, variant, column, column),
	       (size_t) n * sizeof(*q));
	seg_exact_carry(s, v->digits);
	seg_exact_carry(q, n);
	if (q[n - 1] < 0)
		return false;
	seg_exact_deviations(s, q, v->digits, v->counts[variant], deviations);
	if (deviations[SEG_EXACT_DEVIATION_DIGITS(v->digits) - 1] < 0)
		return false;
	if (!is_flag)
		return true;
	/* the square of 0 is 0, and that of 1 is 1 */
	for (int64_t i = 0; i < n; i++)
	{
		int64_t at = i + v->lowest_digit;

		if (q[i] != (at >= 0 && at < v->digits ? s[at] : 0))
			return false;
	}
	return true;
}

static bool
ab_state_is_sound(const void *value)
{
	const SegAbState *v = value;
	int64_t rows = 0;

	if ((v->cap == 0.0 && signbit(v->cap)) ||
	    v->sum_width != v->columns * v->digits ||
	    v->product_width !=
	        SEG_AB_PAIRS(v->columns) * SEG_AB_PRODUCT_DIGITS(v) ||
	    v->lowest_digit + v->digits - 2 < 0 ||
	    v->lowest_digit + v->digits - 2 > SEG_EXACT_HIGHEST ||
	    !seg_labels_are_set(&v->names))
		return false;
	for (int64_t i = 0; i < v->variants; i++)
	{
		if (v->counts[i] > v->rows_used - rows ||
		    v->capped[i] > (isnan(v->cap) ? 0 : v->counts[i]))
			return false;
		rows += v->counts[i];
		for (int64_t c = 0; c < v->columns; c++)
		{
			if (!column_is_sound(v, i, c, c == 0 && v->outcome_is_flag))
				return false;
		}
	}
	return rows == v->rows_used;
}

static bool
ab_ratio_state_is_sound(const void *value)
{
	const SegAbState *v = value;

	return v->columns == 2 && isnan(v->cap) && ab_state_is_sound(v);
}

/* ---------- opening one quickly ---------- */

/* The slots of a body are the first members, in the order of both. */
#define SLOTS_BYTES offsetof(SegAbState, names)

bool
seg_ab_state_view(void *body, size_t size, SegAbState *value)
{
	char *at = (char *) body + SLOTS_BYTES;
	const char *end = (char *) body + size;
	int64_t ends, names, numbers;

	if (size < SLOTS_BYTES)
		return false;
	memcpy(value, body, SLOTS_BYTES);
	if (value->variants < 1 || value->variants > SEG_AB_MAX_VARIANTS ||
	    value->sum_width < 0 || value->sum_width > INT16_MAX ||
	    value->product_width < 0 || value->product_width > INT16_MAX)
		return false;
	ends = value->variants * WORD;
	if (end - at < ends)
		return false;
	value->names = (SegTexts){(const int64_t *) at, at + ends, value->variants};
	names = value->names.ends[value->variants - 1];
	numbers = value->variants * (2 + value->sum_width + value->product_width);
	if (names < 0 || names > end - at)
		return false;
	at += ends + (names + WORD - 1) / WORD * WORD;
	if (end - at != numbers * WORD)
		return false;
	value->counts = (int64_t *) at;
	value->capped = value->counts + value->variants;
	value->sums = value->capped + value->variants;
	value->products = value->sums + value->variants * value->sum_width;
	return true;
}

void
seg_ab_state_keep(const SegAbState *value, void *body)
{
	SegAbState *slots = body; /* as far as its slots go */

	slots->rows_used = value->rows_used;
	slots->outcome_is_flag = value->outcome_is_flag;
}

/* ---------- making one ---------- */

static int64_t
highest_digit_of(const SegAbState *value)
{
	return value->lowest_digit + value->digits - 2;
}

/*
 * A state of these variants, without users, with digits from lowest to highest
 * at least.
 */
static SegStatus
make_ab_state(SegEnv *env, int64_t columns, double cap, const SegTexts *names,
              int64_t lowest, int64_t highest, SegAbState *result)
{
	if (names->count > SEG_AB_MAX_VARIANTS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "variants",
		                (double) names->count,
		                SEG_AB_MAX_VARIANTS);
	*result = (SegAbState){.columns = columns,
	                       .variants = names->count,
	                       .outcome_is_flag = 1,
	                       .lowest_digit = lowest,
	                       .digits = highest - lowest + 2,
	                       .cap = cap,
	                       .names = *names};
	result->sum_width = columns * result->digits;
	result->product_width =
		SEG_AB_PAIRS(columns) * SEG_AB_PRODUCT_DIGITS(result);
	SEG_ALLOC(env, result->counts, names->count + 1);
	SEG_ALLOC(env, result->capped, names->count + 1);
	SEG_ALLOC(env, result->sums, names->count * result->sum_width + 1);
	SEG_ALLOC(env, result->products, names->count * result->product_width + 1);
	return SEG_OK;
}

SegStatus
seg_ab_state_create(SegEnv *env, int64_t columns, double cap,
                    SegAbState *result)
{
	static const SegTexts none = {NULL, NULL, 0};

	return make_ab_state(env, columns, cap, &none, 0, 0, result);
}

/*
 * Add digits at their place among more of them, and take the carries.
 */
static void
add_digits_at(int64_t *to, int64_t to_n, const int64_t *from, int64_t from_n,
              int64_t shift)
{
	int64_t copy[SEG_EXACT_SQUARE_DIGITS(SEG_EXACT_MAX_DIGITS)];

	/* a sum with carries left may have more bits than there is room for */
	memcpy(copy, from, (size_t) from_n * sizeof(*copy));
	seg_exact_carry(copy, from_n);
	seg_exact_add_digits(to, to_n, copy, from_n, shift);
}

/*
 * Add the users of a state to one that has its variants and its digits.
 */
static void
add_users(SegAbState *into, const SegAbState *from)
{
	int64_t shift = from->lowest_digit - into->lowest_digit;

	into->rows_used += from->rows_used;
	into->outcome_is_flag = into->outcome_is_flag && from->outcome_is_flag;
	for (int64_t i = 0; i < from->variants; i++)
	{
		int64_t at =
			seg_labels_find(&into->names, seg_texts_get(&from->names, i));

		into->counts[at] += from->counts[i];
		into->capped[at] += from->capped[i];
		for (int64_t a = 0; a < from->columns; a++)
		{
			add_digits_at(seg_ab_sum(into, at, a),
			              into->digits,
			              seg_ab_sum(from, i, a),
			              from->digits,
			              shift);
			for (int64_t b = a; b < from->columns; b++)
				add_digits_at(seg_ab_product(into, at, a, b),
				              SEG_AB_PRODUCT_DIGITS(into),
				              seg_ab_product(from, i, a, b),
				              SEG_AB_PRODUCT_DIGITS(from),
				              2 * shift);
		}
	}
}

/*
 * The same users, with variants and digits for others too.
 */
static SegStatus
widen_ab_state(SegEnv *env, const SegAbState *value, const SegTexts *names,
               int64_t lowest, int64_t highest, SegAbState *result)
{
	if (lowest > value->lowest_digit)
		lowest = value->lowest_digit;
	if (highest < highest_digit_of(value))
		highest = highest_digit_of(value);
	SEG_TRY(make_ab_state(env,
	                      value->columns,
	                      value->cap,
	                      names,
	                      lowest,
	                      highest,
	                      result));
	add_users(result, value);
	return SEG_OK;
}

SegStatus
seg_ab_state_copy(SegEnv *env, const SegAbState *value, SegAbState *result)
{
	return widen_ab_state(env, value, &value->names, 0, 0, result);
}

static void
take_all_carries(SegAbState *value)
{
	int64_t n = SEG_AB_PRODUCT_DIGITS(value);

	for (int64_t i = 0; i < value->variants * value->columns; i++)
		seg_exact_carry(value->sums + i * value->digits, value->digits);
	for (int64_t i = 0; i < value->variants * SEG_AB_PAIRS(value->columns); i++)
		seg_exact_carry(value->products + i * n, n);
}

static inline bool
has_room(const SegAbState *value, const SegExactNumber *x)
{
	return x->low >= value->lowest_digit &&
	       seg_exact_top(x) <= highest_digit_of(value);
}

/*
 * A number as it counts: where there is no cap, it is not larger.
 */
static inline double
capped_number(const SegAbState *value, double x)
{
	return x > value->cap ? value->cap : x;
}

/*
 * The columns are written out, as this is done for every user.
 */
bool
seg_ab_state_add_in_place(SegAbState *value, SegText variant, const double *x)
{
	int64_t place = seg_labels_find(&value->names, variant);
	int64_t lowest = value->lowest_digit;
	bool is_capped = x[0] > value->cap;
	double outcome = is_capped ? value->cap : x[0];
	SegExactNumber a = seg_exact_number_above(outcome, lowest);
	int64_t *sum, *product;

	if (place < 0 || !has_room(value, &a))
		return false;
	sum = seg_ab_sum(value, place, 0);
	product = seg_ab_product(value, place, 0, 0);
	if (value->columns > 1)
	{
		SegExactNumber b =
			seg_exact_number_above(capped_number(value, x[1]), lowest);
		int64_t n = SEG_AB_PRODUCT_DIGITS(value);

		if (!has_room(value, &b))
			return false;
		seg_exact_add(sum + value->digits + b.low - lowest, &b);
		seg_exact_add_product(product + n + a.low + b.low - 2 * lowest, &a, &b);
		seg_exact_add_square(product + 2 * n + 2 * (b.low - lowest), &b);
	}
	seg_exact_add(sum + a.low - lowest, &a);
	seg_exact_add_square(product + 2 * (a.low - lowest), &a);
	value->counts[place]++;
	if (is_capped)
		value->capped[place]++;
	if (value->outcome_is_flag)
		value->outcome_is_flag = outcome == 0.0 || outcome == 1.0;
	if (++value->rows_used % SEG_EXACT_MOST_PENDING == 0)
		take_all_carries(value);
	return true;
}

/*
 * Make room for a variant and for numbers.
 */
static SegStatus
make_user_room(SegEnv *env, SegAbState *value, SegText variant, const double *x)
{
	int lowest = 0, highest = 0;
	SegTexts one = {&variant.length, variant.bytes, 1};
	SegTexts names;
	SegAbState wider;

	for (int64_t c = 0; c < value->columns; c++)
	{
		SegExactNumber number = seg_exact_number(capped_number(value, x[c]));
		int top = seg_exact_top(&number);

		lowest = number.low < lowest ? number.low : lowest;
		highest = top > highest ? top : highest;
	}
	SEG_TRY(seg_labels_unite(env, &value->names, &one, &names));
	SEG_TRY(widen_ab_state(env, value, &names, lowest, highest, &wider));
	*value = wider;
	return SEG_OK;
}

SegStatus
seg_ab_state_add(SegEnv *env, SegAbState *value, SegText variant,
                 const double *x)
{
	if (seg_ab_state_add_in_place(value, variant, x))
		return SEG_OK;
	SEG_TRY(make_user_room(env, value, variant, x));
	(void) seg_ab_state_add_in_place(value, variant, x);
	return SEG_OK;
}

SegStatus
seg_ab_state_add_times(SegEnv *env, SegAbState *value, SegText variant,
                       double outcome, int64_t times)
{
	int64_t sum[4] = {0}, square[7] = {0}; /* of one user, and carries */
	int64_t place, at, before;
	SegExactNumber number;

	/* the first one makes room */
	SEG_TRY(seg_ab_state_add(env, value, variant, &outcome));
	place = seg_labels_find(&value->names, variant);
	before = value->rows_used;
	number = seg_exact_number_above(capped_number(value, outcome),
	                                value->lowest_digit);
	at = number.low - value->lowest_digit;
	seg_exact_add_square(square, &number);
	seg_exact_carry(square, 7);
	seg_exact_add_times(seg_ab_product(value, place, 0, 0) + 2 * at,
	                    SEG_AB_PRODUCT_DIGITS(value) - 2 * at,
	                    square,
	                    7,
	                    times - 1,
	                    0);
	seg_exact_add_word(sum, number.lower, 0);
	sum[2] = (int64_t) number.upper;
	seg_exact_add_times(seg_ab_sum(value, place, 0) + at,
	                    value->digits - at,
	                    sum,
	                    4,
	                    times - 1,
	                    -(int64_t) number.negative);
	value->counts[place] += times - 1;
	if (outcome > value->cap)
		value->capped[place] += times - 1;
	value->rows_used += times - 1;
	if (value->rows_used / SEG_EXACT_MOST_PENDING >
	    before / SEG_EXACT_MOST_PENDING)
		take_all_carries(value);
	return SEG_OK;
}

/* ---------- adding up ---------- */

static SegStatus
check_sums(SegEnv *env, const SegAbState *value)
{
	int64_t sums = value->variants * value->sum_width;
	int64_t products = value->variants * value->product_width;

	for (int64_t i = 0; i < sums; i++)
	{
		if (fabs((double) value->sums[i]) > MAX_DIGIT)
			return seg_fail_name(env, SEG_CORRUPT, "summary", "sums");
	}
	for (int64_t i = 0; i < products; i++)
	{
		if (fabs((double) value->products[i]) > MAX_DIGIT)
			return seg_fail_name(env, SEG_CORRUPT, "summary", "products");
	}
	return SEG_OK;
}

static double
cap_or_infinity(const SegAbState *value)
{
	return isnan(value->cap) ? INFINITY : value->cap;
}

static SegStatus
ab_state_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	const SegAbState *left = a;
	const SegAbState *right = b;
	SegAbState *sum = merged;
	SegTexts names;

	if (left->columns != right->columns)
		return seg_fail(env, SEG_UNLIKE, "use of a covariate", 0, 0);
	if (!seg_ab_state_has_cap(left, right->cap))
		return seg_fail(env,
		                SEG_UNLIKE_SETTING,
		                "cap",
		                cap_or_infinity(left),
		                cap_or_infinity(right));
	if ((double) left->rows_used + (double) right->rows_used > MAX_ROWS)
		return seg_fail(env,
		                SEG_LIMIT,
		                "rows",
		                (double) left->rows_used + (double) right->rows_used,
		                MAX_ROWS);
	SEG_TRY(seg_labels_unite(env, &left->names, &right->names, &names));
	SEG_TRY(widen_ab_state(env,
	                       left,
	                       &names,
	                       right->lowest_digit,
	                       highest_digit_of(right),
	                       sum));
	add_users(sum, right);
	return check_sums(env, sum);
}

const SegMethod seg_ab_state_method = {.tag = SEG_TAG_AB_STATE,
                                       .format = 1,
                                       .is_summary = true,
                                       .name = "ab_state",
                                       .title = "variant summary",
                                       .fields = fields,
                                       .size = sizeof(SegAbState),
                                       .is_sound = ab_state_is_sound,
                                       .merge = ab_state_merge};

const SegMethod seg_ab_ratio_state_method = {.tag = SEG_TAG_AB_RATIO_STATE,
                                             .format = 1,
                                             .is_summary = true,
                                             .name = "ab_ratio_state",
                                             .title = "variant ratio summary",
                                             .fields = fields,
                                             .size = sizeof(SegAbState),
                                             .is_sound =
                                                 ab_ratio_state_is_sound,
                                             .merge = ab_state_merge};
