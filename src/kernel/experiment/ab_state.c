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
 * Variances come from n sum(x y) - sum(x) sum(y) in whole numbers, where they
 * lose no digits, wherever the means are.
 *
 * src/kernel/experiment/ab_state.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_state.h"

#include <limits.h>
#include <math.h>

#include "base/exact_sum.h"
#include "base/label_order.h"
#include "base/tags.h"

#define MAX_ROWS          9007199254740992.0 /* 2^53 */
#define MAX_DIGIT         ((double) SEG_EXACT_MAX_DIGIT)
#define WORD              ((int64_t) sizeof(int64_t))
#define PRODUCT_DIGITS(v) SEG_EXACT_SQUARE_DIGITS((v)->digits)

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
	SEG_IDS_FIELD(SegAbState, names, variants, SEG_FEW),
	SEG_INTS(SegAbState, counts, variants, 1, MAX_ROWS),
	SEG_INT_MATRIX(SegAbState, sums, variants, sum_width, -MAX_DIGIT, MAX_DIGIT),
	SEG_INT_MATRIX(SegAbState, products, variants, product_width, -MAX_DIGIT, MAX_DIGIT),
	SEG_FIELD_END
};
/* clang-format on */

/*
 * The sum of a column of a variant, and of the product of two, a <= b.
 */
static int64_t *
sum_of(const SegAbState *value, int64_t variant, int64_t column)
{
	return value->sums + variant * value->sum_width + column * value->digits;
}

static int64_t *
product_of(const SegAbState *value, int64_t variant, int64_t a, int64_t b)
{
	return value->products + variant * value->product_width +
	       (a + b) * PRODUCT_DIGITS(value);
}

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
	int64_t n = PRODUCT_DIGITS(v);

	memcpy(s, sum_of(v, variant, column), (size_t) v->digits * sizeof(*s));
	memcpy(q, product_of(v, variant, column, column), (size_t) n * sizeof(*q));
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

	if (v->sum_width != v->columns * v->digits ||
	    v->product_width != SEG_AB_PAIRS(v->columns) * PRODUCT_DIGITS(v) ||
	    v->lowest_digit + v->digits - 2 < 0 ||
	    v->lowest_digit + v->digits - 2 > SEG_EXACT_HIGHEST ||
	    !seg_labels_are_set(&v->names))
		return false;
	for (int64_t i = 0; i < v->variants; i++)
	{
		if (v->counts[i] > v->rows_used - rows)
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
	return ((const SegAbState *) value)->columns == 2 &&
	       ab_state_is_sound(value);
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
	numbers = value->variants * (1 + value->sum_width + value->product_width);
	if (names < 0 || names > end - at)
		return false;
	at += ends + (names + WORD - 1) / WORD * WORD;
	if (end - at != numbers * WORD)
		return false;
	value->counts = (int64_t *) at;
	value->sums = value->counts + value->variants;
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
make_ab_state(SegEnv *env, int64_t columns, const SegTexts *names,
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
	                       .names = *names};
	result->sum_width = columns * result->digits;
	result->product_width = SEG_AB_PAIRS(columns) * PRODUCT_DIGITS(result);
	SEG_ALLOC(env, result->counts, names->count + 1);
	SEG_ALLOC(env, result->sums, names->count * result->sum_width + 1);
	SEG_ALLOC(env, result->products, names->count * result->product_width + 1);
	return SEG_OK;
}

SegStatus
seg_ab_state_create(SegEnv *env, int64_t columns, SegAbState *result)
{
	static const SegTexts none = {NULL, NULL, 0};

	return make_ab_state(env, columns, &none, 0, 0, result);
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
		for (int64_t a = 0; a < from->columns; a++)
		{
			add_digits_at(sum_of(into, at, a),
			              into->digits,
			              sum_of(from, i, a),
			              from->digits,
			              shift);
			for (int64_t b = a; b < from->columns; b++)
				add_digits_at(product_of(into, at, a, b),
				              PRODUCT_DIGITS(into),
				              product_of(from, i, a, b),
				              PRODUCT_DIGITS(from),
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
	SEG_TRY(make_ab_state(env, value->columns, names, lowest, highest, result));
	add_users(result, value);
	return SEG_OK;
}

SegStatus
seg_ab_state_copy(SegEnv *env, const SegAbState *value, SegAbState *result)
{
	return widen_ab_state(env, value, &value->names, 0, 0, result);
}

/*
 * Make room for a variant and for numbers.
 */
static SegStatus
make_variant_room(SegEnv *env, SegAbState *value, SegText variant,
                  const SegExactNumber *numbers)
{
	int64_t lowest = 0, highest = 0;
	SegTexts one = {&variant.length, variant.bytes, 1};
	SegTexts names;
	SegAbState wider;

	for (int64_t c = 0; c < value->columns; c++)
	{
		int64_t top = numbers[c].low + numbers[c].n - 1;

		lowest = numbers[c].low < lowest ? numbers[c].low : lowest;
		highest = top > highest ? top : highest;
	}
	SEG_TRY(seg_labels_unite(env, &value->names, &one, &names));
	SEG_TRY(widen_ab_state(env, value, &names, lowest, highest, &wider));
	*value = wider;
	return SEG_OK;
}

static void
take_all_carries(SegAbState *value)
{
	int64_t n = PRODUCT_DIGITS(value);

	for (int64_t i = 0; i < value->variants * value->columns; i++)
		seg_exact_carry(value->sums + i * value->digits, value->digits);
	for (int64_t i = 0; i < value->variants * SEG_AB_PAIRS(value->columns); i++)
		seg_exact_carry(value->products + i * n, n);
}

/*
 * Inline, so that the loops vanish where the number of columns is a constant.
 */
static inline void
add_user_numbers(SegAbState *value, int64_t place,
                 const SegExactNumber *numbers, int64_t columns)
{
	for (int64_t a = 0; a < columns; a++)
	{
		int64_t at = numbers[a].low - value->lowest_digit;

		seg_exact_add(sum_of(value, place, a) + at, &numbers[a]);
		for (int64_t b = a; b < columns; b++)
			seg_exact_add_product(product_of(value, place, a, b) + at +
			                          numbers[b].low - value->lowest_digit,
			                      &numbers[a],
			                      &numbers[b]);
	}
}

SegStatus
seg_ab_state_add(SegEnv *env, SegAbState *value, SegText variant,
                 const double *x)
{
	SegExactNumber numbers[SEG_AB_MAX_COLUMNS] = {{0}};
	int64_t place = seg_labels_find(&value->names, variant);
	bool has_room = place >= 0;

	for (int64_t c = 0; c < value->columns; c++)
	{
		numbers[c] = seg_exact_number(x[c]);
		has_room = has_room && numbers[c].low >= value->lowest_digit &&
		           numbers[c].low + numbers[c].n - 1 <= highest_digit_of(value);
	}
	if (!has_room)
	{
		SEG_TRY(make_variant_room(env, value, variant, numbers));
		place = seg_labels_find(&value->names, variant);
	}
	if (value->columns == 1)
		add_user_numbers(value, place, numbers, 1);
	else
		add_user_numbers(value, place, numbers, 2);
	value->counts[place]++;
	value->outcome_is_flag =
		value->outcome_is_flag && (x[0] == 0.0 || x[0] == 1.0);
	if (++value->rows_used % SEG_EXACT_MOST_PENDING == 0)
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

static SegStatus
ab_state_merge(SegEnv *env, const void *a, const void *b, void *merged)
{
	const SegAbState *left = a;
	const SegAbState *right = b;
	SegAbState *sum = merged;
	SegTexts names;

	if (left->columns != right->columns)
		return seg_fail(env, SEG_UNLIKE, "columns of a user", 0, 0);
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

/* ---------- answers ---------- */

void
seg_ab_units(const SegAbState *value, int *units)
{
	for (int64_t c = 0; c < value->columns; c++)
	{
		int largest = INT_MIN;

		for (int64_t i = 0; i < value->variants; i++)
		{
			int exponent, own;
			SegWide squares = seg_exact_value(product_of(value, i, c, c),
			                                  PRODUCT_DIGITS(value),
			                                  &exponent);

			if (squares.hi == 0.0)
				continue;
			(void) frexp(squares.hi / (double) value->counts[i], &own);
			largest = own + exponent > largest ? own + exponent : largest;
		}
		units[c] = 0;
		if (largest != INT_MIN)
			units[c] = (largest + (largest > 0)) / 2 +
			           SEG_DIGIT_BITS * (int) value->lowest_digit;
	}
}

/*
 * A sum, divided by n, in other units.
 */
static SegWide
mean_in_units(const int64_t *sum, int64_t digits, double n, int exponent)
{
	int own;
	SegWide mean = seg_wide_divide(seg_exact_value(sum, digits, &own), n);

	return (SegWide){ldexp(mean.hi, own + exponent),
	                 ldexp(mean.lo, own + exponent)};
}

SegAbMoments
seg_ab_moments(const SegAbState *value, int64_t variant, const int *units)
{
	int low = SEG_DIGIT_BITS * (int) value->lowest_digit;
	int64_t count = value->counts[variant];
	SegAbMoments m = {.n = (double) count};

	for (int64_t a = 0; a < value->columns; a++)
	{
		m.mean[a] = mean_in_units(sum_of(value, variant, a),
		                          value->digits,
		                          m.n,
		                          low - units[a]);
		for (int64_t b = a; b < value->columns; b++)
		{
			int64_t d[SEG_EXACT_DEVIATION_DIGITS(SEG_EXACT_MAX_DIGITS)];

			seg_exact_codeviations(sum_of(value, variant, a),
			                       sum_of(value, variant, b),
			                       product_of(value, variant, a, b),
			                       value->digits,
			                       count,
			                       d);
			m.sum_of_products[a + b] =
				mean_in_units(d,
			                  SEG_EXACT_DEVIATION_DIGITS(value->digits),
			                  m.n,
			                  2 * low - units[a] - units[b])
					.hi;
		}
	}
	return m;
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
