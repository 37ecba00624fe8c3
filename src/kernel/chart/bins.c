/*-------------------------------------------------------------------------
 *
 * bins.c
 *	  Rows reduced to counts while they are collected.
 *
 * A level only becomes coarser, when a row lies outside of what the limit of cells
 * covers. Each level that some of the rows rule out is ruled out by all of them, so
 * they end at the first one that none rules out.
 *
 * The edge of a decimal cell is computed from its digits without zeros at the end:
 * so an edge of a level is the same double at all finer ones.
 *
 * src/kernel/chart/bins.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/chart/bins.h"

#include <float.h>
#include <math.h>
#include <string.h>

#include "base/gregorian.h"
#include "base/sort.h"

#define MARK         0x42494e00u /* "BIN", and the kind */
#define SHORT_KEY    144
#define KEPT         INT64_MIN /* x of a key: no cell, and no double but -0 */
#define NO_CELL      (INT64_C(1) << 62)
#define MOST_CELL    (INT64_C(1) << 53)
#define SMALL_PART   0x1p-64
#define EXACT_TENS   22 /* 10^n is a double up to it */
#define NEAR_AN_EDGE 0x1p-48

/* Levels from the finest, and the most cells of an axis. */
static const struct
{
	int32_t finest;
	int32_t coarsest;
	int64_t most_cells;
} limits[] = {[SEG_BIN_DECIMAL] = {-300, 308, 10000},
              [SEG_BIN_DYADIC] = {-1000, 1020, 128},
              [SEG_BIN_RATIO] = {-1000, 1020, 128}};

/* ---------- an axis ---------- */

/*
 * Beyond this, edges of cells may be rounded to the same double.
 */
static double
most_decimal_cell(int level)
{
	return level >= -EXACT_TENS && level <= EXACT_TENS ? 1e15 : 1e12;
}

static double
decimal_edge(int64_t cell, int level)
{
	while (cell != 0 && cell % 10 == 0)
	{
		cell /= 10;
		level++;
	}
	return seg_scale_by_tens((double) cell, level);
}

/*
 * The quotient may be rounded to the wrong side of an edge.
 */
static bool
find_decimal(int level, double x, int64_t *cell)
{
	double quotient = seg_scale_by_tens(x, -level);

	if (!(fabs(quotient) < most_decimal_cell(level)))
		return false;
	*cell = quotient == 0 && x < 0 ? -1 : (int64_t) floor(quotient);
	if (fabs(quotient - rint(quotient)) > fabs(quotient) * NEAR_AN_EDGE)
		return true;
	if (x < decimal_edge(*cell, level))
		--*cell;
	else if (x >= decimal_edge(*cell + 1, level))
		++*cell;
	return true;
}

static double
power_of_two(int exponent)
{
	uint64_t bits = (uint64_t) (exponent + 1023) << 52;
	double power;

	memcpy(&power, &bits, sizeof(power));
	return power;
}

static bool
find_dyadic(int level, double x, int64_t *cell)
{
	double quotient = x * power_of_two(-level);

	if (!(fabs(quotient) < 0x1p52))
		return false;
	*cell = (int64_t) quotient;
	*cell -= quotient < (double) *cell || (quotient == 0 && x < 0);
	return true;
}

static int64_t
bits_of(double x)
{
	int64_t bits;

	memcpy(&bits, &x, sizeof(bits));
	return bits;
}

double
seg_double_of_bits(int64_t bits)
{
	double x;

	memcpy(&x, &bits, sizeof(x));
	return x;
}

/*
 * Where a number is on an axis.
 */
static inline double
on_axis(const SegBinAxis *axis, double x)
{
	return axis->kind == SEG_BIN_RATIO ? log2(x) : x;
}

/*
 * The cell of a place, if the level is coarse enough for it; the range then includes
 * it.
 */
static inline bool
find_bin(SegBinAxis *axis, double x, int64_t *cell)
{
	int64_t low, high;

	if (axis->kind == SEG_BIN_DECIMAL ? !find_decimal(axis->level, x, cell)
	                                  : !find_dyadic(axis->level, x, cell))
		return false;
	low = *cell < axis->low ? *cell : axis->low;
	high = *cell > axis->high ? *cell : axis->high;
	if (high - low >= limits[axis->kind].most_cells)
		return false;
	axis->low = low;
	axis->high = high;
	return true;
}

/* On the axis; infinite beyond the range of a double. */
static double
raw_edge(const SegBinAxis *axis, int64_t cell)
{
	return axis->kind == SEG_BIN_DECIMAL ? decimal_edge(cell, axis->level)
	                                     : ldexp((double) cell, axis->level);
}

double
seg_bin_edge(const SegBinAxis *axis, int64_t cell)
{
	double edge = raw_edge(axis, cell);

	if (axis->kind == SEG_BIN_RATIO)
		edge = fmax(exp2(edge), DBL_TRUE_MIN);
	return fmin(fmax(edge, -DBL_MAX), DBL_MAX);
}

int64_t
seg_bin_parent(const SegBinAxis *axis, int64_t cell)
{
	int64_t children = axis->kind == SEG_BIN_DECIMAL ? 10 : 2;

	return seg_floor_divide(cell, children);
}

int64_t
seg_bin_ancestor(const SegBinAxis *axis, int64_t cell, int64_t steps)
{
	for (; steps > 0 && cell != 0 && cell != -1; steps--)
		cell = seg_bin_parent(axis, cell);
	return cell;
}

static bool
has_cells(const SegBinAxis *axis)
{
	return axis->low <= axis->high;
}

static SegStatus
bins_corrupt(SegEnv *env, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, "state of the aggregate", field);
}

static void
coarsen(SegBinAxis *axis)
{
	axis->level++;
	if (!has_cells(axis))
		return;
	axis->low = seg_bin_parent(axis, axis->low);
	axis->high = seg_bin_parent(axis, axis->high);
}

/*
 * Coarsen an axis until it has room for a number. Without cells, levels that are
 * surely too fine are passed at once.
 */
static SegStatus
make_room_for(SegEnv *env, SegBinAxis *axis, double x)
{
	int level = axis->level;
	int64_t cell;

	if (!has_cells(axis) && x != 0)
	{
		level = axis->kind == SEG_BIN_DECIMAL ? (int) floor(log10(fabs(x))) - 17
		                                      : ilogb(x) - 53;
		if (level > axis->level)
			axis->level = level;
	}
	while (!find_bin(axis, x, &cell))
	{
		if (axis->level >= limits[axis->kind].coarsest)
			return bins_corrupt(env, "axes");
		coarsen(axis);
	}
	return SEG_OK;
}

/*
 * Coarsen an axis until it has room for what another one of its kind has.
 */
static SegStatus
make_room_beside(SegEnv *env, SegBinAxis *axis, SegBinAxis other)
{
	if (!has_cells(&other))
		return SEG_OK;
	while (other.level < axis->level)
		coarsen(&other);
	while (axis->level < other.level)
		coarsen(axis);
	for (;;)
	{
		int64_t low = other.low < axis->low ? other.low : axis->low;
		int64_t high = other.high > axis->high ? other.high : axis->high;

		if (high - low < limits[axis->kind].most_cells)
		{
			axis->low = low;
			axis->high = high;
			return SEG_OK;
		}
		if (axis->level >= limits[axis->kind].coarsest)
			return bins_corrupt(env, "axes");
		coarsen(axis);
		coarsen(&other);
	}
}

/*
 * A range that is empty so that any cell is below and above it.
 */
static void
empty_axis(SegBinAxis *axis)
{
	axis->level = limits[axis->kind].finest;
	axis->low = NO_CELL;
	axis->high = -NO_CELL;
}

/* ---------- the block ---------- */

typedef struct Key
{
	int64_t x;
	int64_t y;
} Key;

static int64_t
words_in(SegBinsKind kind, bool is_grid)
{
	return kind == SEG_BINS_GROUPS && is_grid
	           ? (int64_t) (sizeof(SegBinWords) / sizeof(int64_t))
	           : 1;
}

static SegBinsKind
kind_of_bins(const SegBins *bins)
{
	return (SegBinsKind) (bins->kind - MARK);
}

static SegStatus
create_shaped(SegEnv *env, const SegBins *head, SegCountMap shape, size_t size,
              SegBins **result)
{
	char *bytes;

	SEG_ALLOC(env, bytes, offsetof(SegBins, map) + size);
	*result = (SegBins *) bytes;
	memcpy(bytes, head, offsetof(SegBins, map));
	(*result)->map = shape;
	return SEG_OK;
}

/*
 * An empty block with the kind and the axes of a head.
 */
static SegStatus
create_like(SegEnv *env, const SegBins *head, SegBins **result)
{
	SegCountMap shape;
	size_t size;

	SEG_TRY(seg_count_map_first(env,
	                            words_in(kind_of_bins(head), head->is_grid),
	                            offsetof(SegBins, map),
	                            &shape,
	                            &size));
	return create_shaped(env, head, shape, size, result);
}

SegStatus
seg_bins_create(SegEnv *env, SegBinsKind kind, SegBins **result)
{
	SegBins head = {.kind = MARK + kind};

	for (int i = 0; i < 2; i++)
	{
		head.axes[i].kind =
			kind == SEG_BINS_HISTOGRAM ? SEG_BIN_DECIMAL : SEG_BIN_DYADIC;
		empty_axis(&head.axes[i]);
	}
	return create_like(env, &head, result);
}

size_t
seg_bins_size(const SegBins *bins)
{
	SegEnv none = {0};
	size_t size = 0;

	(void) seg_count_map_size(&none,
	                          bins->map.capacity,
	                          bins->map.width,
	                          bins->map.pool,
	                          &size);
	return offsetof(SegBins, map) + size;
}

bool
seg_bins_set_ratio(SegBins *bins, int axis, bool is_ratio)
{
	int32_t kind = is_ratio ? SEG_BIN_RATIO : SEG_BIN_DYADIC;

	if (bins->rows > 0)
		return bins->axes[axis].kind == kind;
	bins->axes[axis].kind = kind;
	empty_axis(&bins->axes[axis]);
	return true;
}

bool
seg_bins_are_alike(const SegBins *a, const SegBins *b)
{
	return a->rows == 0 || b->rows == 0 ||
	       (a->axes[0].kind == b->axes[0].kind &&
	        a->axes[1].kind == b->axes[1].kind);
}

/*
 * Cheap, as it is asked for every row. Cells beyond the range of a double are found
 * when there is no level that is coarse enough.
 */
static bool
axis_is_sound(const SegBinAxis *axis)
{
	return axis->kind >= 0 && axis->kind <= SEG_BIN_RATIO &&
	       axis->level >= limits[axis->kind].finest &&
	       axis->level <= limits[axis->kind].coarsest &&
	       (has_cells(axis)
	            ? axis->low >= -MOST_CELL && axis->high <= MOST_CELL &&
	                  axis->high - axis->low < limits[axis->kind].most_cells
	            : axis->low == NO_CELL && axis->high == -NO_CELL);
}

SegStatus
seg_bins_check(SegEnv *env, const SegBins *bins, size_t size, SegBinsKind kind)
{
	if (size < sizeof(SegBins) || bins->kind != MARK + (uint32_t) kind)
		return bins_corrupt(env, "kind");
	if (!axis_is_sound(&bins->axes[0]) || !axis_is_sound(&bins->axes[1]))
		return bins_corrupt(env, "axes");
	if (bins->rows < 0 || bins->skipped < 0 || bins->rows >> 62 != 0 ||
	    bins->skipped >> 62 != 0 ||
	    (!bins->is_grid && bins->rows > SEG_BINS_MOST_ROWS))
		return bins_corrupt(env, "rows");
	return seg_count_map_check(env,
	                           &bins->map,
	                           size - offsetof(SegBins, map),
	                           words_in(kind, bins->is_grid));
}

/*
 * The number of a key, which is added if it is new; *bins may move.
 */
static SegStatus
add_bin_key(SegEnv *env, SegBins **bins, const void *key, int64_t length,
            int64_t *at)
{
	SegBins *larger;
	SegCountMap shape;
	size_t size;

	*at = seg_count_map_add(&(*bins)->map, key, length);
	if (*at >= 0)
		return SEG_OK;
	SEG_TRY(seg_count_map_enlarged(env,
	                               &(*bins)->map,
	                               length,
	                               offsetof(SegBins, map),
	                               &shape,
	                               &size));
	SEG_TRY(create_shaped(env, *bins, shape, size, &larger));
	SEG_TRY(seg_count_map_move(env, &(*bins)->map, &shape, &larger->map));
	*bins = larger;
	*at = seg_count_map_add(&larger->map, key, length);
	return *at >= 0 ? SEG_OK : bins_corrupt(env, "keys");
}

/* The same for a key of a place and a text. */
static SegStatus
add_place(SegEnv *env, SegBins **bins, Key place, SegText text, int64_t *at)
{
	char small[SHORT_KEY];
	char *key = small;
	int64_t length = (int64_t) sizeof(place) + text.length;

	if (length > SHORT_KEY)
		SEG_ALLOC(env, key, length);
	memcpy(key, &place, sizeof(place));
	if (text.length > 0)
		memcpy(key + sizeof(place), text.bytes, (size_t) text.length);
	return add_bin_key(env, bins, key, length, at);
}

static Key
place_of_key(SegText key)
{
	Key place = {KEPT, 0};

	if (key.length >= (int64_t) sizeof(place))
		memcpy(&place, key.bytes, sizeof(place));
	return place;
}

static SegText
text_of_key(SegText key)
{
	const int64_t place = (int64_t) sizeof(Key);

	return key.length < place
	           ? (SegText){"", 0}
	           : (SegText){key.bytes + place, key.length - place};
}

static SegWide
small_part(double x, int64_t times)
{
	return seg_wide_product(x * SMALL_PART, (double) times);
}

/*
 * What the words of a key say; those that are kept as they are have their sums in
 * their place.
 */
static SegBinWords
words_of_place(const SegBins *bins, int64_t i, Key place)
{
	SegBinWords words = {0};
	const void *stored = seg_count_map_words(&bins->map, i);

	if (bins->map.width > 1)
		return *(const SegBinWords *) stored;
	words.count = *(const int64_t *) stored;
	if (kind_of_bins(bins) == SEG_BINS_GROUPS)
	{
		words.sums[0] = small_part(seg_double_of_bits(place.x), words.count);
		words.sums[1] = small_part(seg_double_of_bits(place.y), words.count);
	}
	return words;
}

static void
add_words(SegBins *bins, int64_t at, const SegBinWords *more)
{
	SegBinWords *words = seg_count_map_words(&bins->map, at);

	words->count = (int64_t) ((uint64_t) words->count + (uint64_t) more->count);
	if (bins->map.width == 1)
		return;
	for (int i = 0; i < 2; i++)
		words->sums[i] = seg_wide_add(words->sums[i], more->sums[i]);
}

/*
 * Exactly: so it does not matter at which level this is asked.
 */
static bool
is_start_of_cell(const SegBinAxis *axis, double x, int64_t cell)
{
	return x == decimal_edge(cell, axis->level);
}

/*
 * Does a decimal cell begin where its ancestor does?
 */
static bool
is_first_of_cells(int64_t cell, int64_t steps)
{
	for (; steps > 0 && cell != 0; steps--)
	{
		if (cell % 10 != 0)
			return false;
		cell /= 10;
	}
	return true;
}

/*
 * Where a place of "from" is in a block that has room for it.
 */
static SegStatus
place_within(SegEnv *env, SegBins *into, const SegBins *from, Key *place)
{
	int64_t *cells[2] = {&place->x, &place->y};

	for (int i = 0; i < 2 && into->is_grid; i++)
	{
		SegBinAxis *axis = &into->axes[i];
		bool is_decimal = axis->kind == SEG_BIN_DECIMAL && !into->is_rough;
		int64_t steps = axis->level - from->axes[i].level;
		double x = seg_double_of_bits(*cells[i]);

		if (from->is_grid)
		{
			if (is_decimal && !is_first_of_cells(*cells[i], steps))
				into->is_rough = true;
			*cells[i] = seg_bin_ancestor(axis, *cells[i], steps);
			continue;
		}
		if (!find_bin(axis, on_axis(axis, x), cells[i]))
			return bins_corrupt(env, "keys");
		if (is_decimal && !is_start_of_cell(axis, x, *cells[i]))
			into->is_rough = true;
	}
	return SEG_OK;
}

/*
 * Add all keys of a block to another one whose axes have room for them.
 */
static SegStatus
pour(SegEnv *env, SegBins **into, const SegBins *from)
{
	int64_t steps = 0;

	for (int64_t i = 0; i < from->map.n; i++)
	{
		SegText key = seg_count_map_key(&from->map, i);
		Key place = place_of_key(key);
		SegBinWords words;
		int64_t at;

		SEG_TRY(seg_count_steps(env, &steps, 20));
		if (place.x == KEPT)
		{
			SEG_TRY(add_place(env, into, place, text_of_key(key), &at));
			continue;
		}
		words = words_of_place(from, i, place);
		SEG_TRY(place_within(env, *into, from, &place));
		SEG_TRY(add_place(env, into, place, text_of_key(key), &at));
		add_words(*into, at, &words);
	}
	return SEG_OK;
}

/* ---------- coarser ---------- */

/*
 * Put the rows of a block into one with these axes, which are coarse enough.
 */
static SegStatus
move_to(SegEnv *env, SegBins **bins, const SegBinAxis axes[2])
{
	SegBins head = **bins;
	SegBins *moved;

	head.is_grid = true;
	memcpy(head.axes, axes, sizeof(head.axes));
	SEG_TRY(create_like(env, &head, &moved));
	SEG_TRY(pour(env, &moved, *bins));
	*bins = moved;
	return SEG_OK;
}

/*
 * Make axes with room for all rows that are kept as they are.
 */
static SegStatus
axes_of_rows(SegEnv *env, const SegBins *bins, SegBinAxis axes[2])
{
	memcpy(axes, bins->axes, 2 * sizeof(axes[0]));
	for (int64_t i = 0; i < bins->map.n; i++)
	{
		Key place = place_of_key(seg_count_map_key(&bins->map, i));
		double x = seg_double_of_bits(place.x);
		double y = seg_double_of_bits(place.y);

		if (place.x == KEPT)
			continue;
		if (!isfinite(x) || !isfinite(y) ||
		    (axes[0].kind == SEG_BIN_RATIO && x <= 0) ||
		    (axes[1].kind == SEG_BIN_RATIO && y <= 0))
			return bins_corrupt(env, "keys");
		SEG_TRY(make_room_for(env, &axes[0], on_axis(&axes[0], x)));
		SEG_TRY(make_room_for(env, &axes[1], on_axis(&axes[1], y)));
	}
	return SEG_OK;
}

static SegStatus
make_grid(SegEnv *env, SegBins **bins)
{
	SegBinAxis axes[2];

	if ((*bins)->is_grid)
		return SEG_OK;
	SEG_TRY(axes_of_rows(env, *bins, axes));
	return move_to(env, bins, axes);
}

SegStatus
seg_bins_to_grid(SegEnv *env, const SegBins *bins, SegBins **result)
{
	*result = (SegBins *) bins;
	return make_grid(env, result);
}

/* ---------- rows ---------- */

/*
 * The cell of a row; values of an axis that is not used are 0.
 */
static SegStatus
find_bins_of_row(SegEnv *env, SegBins **bins, const double values[2],
                 Key *place)
{
	double x = on_axis(&(*bins)->axes[0], values[0]);
	double y = on_axis(&(*bins)->axes[1], values[1]);
	SegBinAxis axes[2];

	if (find_bin(&(*bins)->axes[0], x, &place->x) &&
	    find_bin(&(*bins)->axes[1], y, &place->y))
		return SEG_OK;
	memcpy(axes, (*bins)->axes, sizeof(axes));
	SEG_TRY(make_room_for(env, &axes[0], x));
	SEG_TRY(make_room_for(env, &axes[1], y));
	SEG_TRY(move_to(env, bins, axes));
	(void) find_bin(&(*bins)->axes[0], x, &place->x);
	(void) find_bin(&(*bins)->axes[1], y, &place->y);
	return SEG_OK;
}

SegStatus
seg_bins_add(SegEnv *env, SegBins **bins, const double values[2],
             SegText series)
{
	Key place = {bits_of(values[0]), bits_of(values[1])};
	SegBinWords *words;
	int64_t at;

	for (int i = 0; i < 2; i++)
	{
		if ((*bins)->axes[i].kind == SEG_BIN_RATIO && values[i] <= 0)
			return seg_fail(env,
			                SEG_NOT_POSITIVE,
			                i == 0 ? "x on a log scale" : "y on a log scale",
			                values[i],
			                0);
	}
	if (!(*bins)->is_grid && (*bins)->rows >= SEG_BINS_MOST_ROWS)
		SEG_TRY(make_grid(env, bins));
	if ((*bins)->is_grid)
	{
		SEG_TRY(find_bins_of_row(env, bins, values, &place));
		if ((*bins)->axes[0].kind == SEG_BIN_DECIMAL && !(*bins)->is_rough)
			(*bins)->is_rough =
				!is_start_of_cell(&(*bins)->axes[0], values[0], place.x);
	}
	SEG_TRY(add_place(env, bins, place, series, &at));
	words = seg_count_map_words(&(*bins)->map, at);
	words->count = (int64_t) ((uint64_t) words->count + 1);
	(*bins)->rows++;
	for (int i = 0; i < 2 && (*bins)->map.width > 1; i++)
		words->sums[i] =
			seg_wide_add(words->sums[i], (SegWide){values[i] * SMALL_PART, 0});
	return SEG_OK;
}

SegStatus
seg_bins_keep(SegEnv *env, SegBins **bins, SegText bytes)
{
	int64_t at;

	return add_place(env, bins, (Key){KEPT, 0}, bytes, &at);
}

bool
seg_bins_kept(const SegBins *bins, int64_t i, SegText *bytes)
{
	SegText key = seg_count_map_key(&bins->map, i);

	*bytes = text_of_key(key);
	return place_of_key(key).x == KEPT;
}

SegStatus
seg_bins_merge(SegEnv *env, SegBins **into, const SegBins *from)
{
	SegBins *more = (SegBins *) from;
	SegBinAxis axes[2];

	if ((*into)->rows == 0 && !(*into)->is_grid)
	{
		for (int i = 0; i < 2; i++)
		{
			(*into)->axes[i].kind = from->axes[i].kind;
			empty_axis(&(*into)->axes[i]);
		}
	}
	if ((*into)->is_grid || from->is_grid ||
	    (*into)->rows + from->rows > SEG_BINS_MOST_ROWS)
	{
		SEG_TRY(make_grid(env, into));
		SEG_TRY(make_grid(env, &more));
		memcpy(axes, (*into)->axes, sizeof(axes));
		for (int i = 0; i < 2; i++)
			SEG_TRY(make_room_beside(env, &axes[i], more->axes[i]));
		if (axes[0].level != (*into)->axes[0].level ||
		    axes[1].level != (*into)->axes[1].level)
			SEG_TRY(move_to(env, into, axes));
		memcpy((*into)->axes, axes, sizeof(axes));
	}
	SEG_TRY(pour(env, into, more));
	(*into)->is_rough = (*into)->is_rough || more->is_rough;
	(*into)->rows += from->rows;
	(*into)->skipped += from->skipped;
	return SEG_OK;
}

/* ---------- for charts ---------- */

static SegStatus
check_place(SegEnv *env, const SegBins *bins, Key place)
{
	if (!bins->is_grid)
		return isfinite(seg_double_of_bits(place.x)) &&
		               isfinite(seg_double_of_bits(place.y))
		           ? SEG_OK
		           : bins_corrupt(env, "keys");
	if (place.x < bins->axes[0].low || place.x > bins->axes[0].high ||
	    (kind_of_bins(bins) != SEG_BINS_HISTOGRAM &&
	     (place.y < bins->axes[1].low || place.y > bins->axes[1].high)))
		return bins_corrupt(env, "keys");
	return SEG_OK;
}

/*
 * All cells, with the number of their label in totals.
 */
static SegStatus
collect_cells(SegEnv *env, const SegBins *bins, SegCountMap **totals,
              SegBinned *result)
{
	int64_t rest = bins->rows;
	int64_t steps = 0;

	SEG_TRY(seg_count_map_create(env, SEG_CELLS_WIDTH, totals));
	SEG_ALLOC(env, result->cells, bins->map.n + 1);
	for (int64_t i = 0; i < bins->map.n; i++)
	{
		SegText key = seg_count_map_key(&bins->map, i);
		SegText label = text_of_key(key);
		Key place = place_of_key(key);
		SegBinnedCell *cell = &result->cells[result->count];

		SEG_TRY(seg_count_steps(env, &steps, 20));
		if (place.x == KEPT)
			continue;
		SEG_TRY(check_place(env, bins, place));
		SEG_TRY(seg_count_map_insert(env,
		                             totals,
		                             label.bytes,
		                             label.length,
		                             &cell->series));
		cell->x = place.x;
		cell->y = place.y;
		cell->words = words_of_place(bins, i, place);
		if (cell->words.count < 1 || cell->words.count > rest)
			return bins_corrupt(env, "counts");
		rest -= cell->words.count;
		((SegWide *) seg_count_map_words(*totals, cell->series))->hi +=
			(double) cell->words.count;
		result->count++;
	}
	return rest == 0 ? SEG_OK : bins_corrupt(env, "counts");
}

/*
 * Bits of doubles that are negative are in reverse order.
 */
static int64_t
sortable(int64_t bits, bool is_cell)
{
	return is_cell || bits >= 0 ? bits : INT64_MIN - bits;
}

static int
compare_places(const void *of, int64_t a, int64_t b)
{
	const SegBinned *binned = of;
	const SegBinnedCell *p = &binned->cells[a];
	const SegBinnedCell *q = &binned->cells[b];
	int64_t keys[3][2] = {{p->series, q->series},
	                      {sortable(p->y, binned->is_grid),
	                       sortable(q->y, binned->is_grid)},
	                      {sortable(p->x, binned->is_grid),
	                       sortable(q->x, binned->is_grid)}};

	for (int i = 0; i < 3; i++)
	{
		if (keys[i][0] != keys[i][1])
			return keys[i][0] < keys[i][1] ? -1 : 1;
	}
	return 0;
}

/*
 * Bring cells into order, and add up those of series that are taken together.
 */
static SegStatus
order_cells(SegEnv *env, SegBinned *result)
{
	SegBinnedCell *sorted;
	int64_t *order;
	int64_t n = 0;

	SEG_ALLOC(env, sorted, result->count + 1);
	SEG_ALLOC(env, order, result->count + 1);
	for (int64_t i = 0; i < result->count; i++)
		order[i] = i;
	SEG_TRY(seg_sort(env, order, result->count, compare_places, result));
	for (int64_t i = 0; i < result->count; i++)
	{
		const SegBinnedCell *cell = &result->cells[order[i]];
		SegBinnedCell *last = &sorted[n > 0 ? n - 1 : 0];

		if (n == 0 || last->series != cell->series || last->x != cell->x ||
		    last->y != cell->y)
		{
			sorted[n++] = *cell;
			continue;
		}
		last->words.count += cell->words.count;
		for (int j = 0; j < 2; j++)
			last->words.sums[j] =
				seg_wide_add(last->words.sums[j], cell->words.sums[j]);
	}
	result->cells = sorted;
	result->count = n;
	return SEG_OK;
}

SegStatus
seg_bins_read(SegEnv *env, const SegBins *bins, const SegChartOptions *options,
              SegBinned *result)
{
	SegCountMap *totals;
	int64_t *place;

	*result = (SegBinned){.is_grid = bins->is_grid,
	                      .is_rough = bins->is_rough,
	                      .skipped = bins->skipped};
	memcpy(result->axes, bins->axes, sizeof(result->axes));
	SEG_TRY(seg_count_map_validate(env, &bins->map));
	SEG_TRY(collect_cells(env, bins, &totals, result));
	SEG_TRY(seg_cell_labels_place(env,
	                              totals,
	                              &options->order,
	                              seg_series_shown(totals->n),
	                              &result->series,
	                              &place));
	for (int64_t i = 0; i < result->count; i++)
		result->cells[i].series = place[result->cells[i].series];
	return order_cells(env, result);
}
