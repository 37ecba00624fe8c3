/*-------------------------------------------------------------------------
 *
 * image.c
 *	  Write, open and validate a body by its table of fields.
 *
 * Opening checks every length, so that nothing read later can lie outside the
 * body. Validating also checks every number; it is done once, when bytes come
 * in from outside.
 *
 * src/base/image.c
 *
 *-------------------------------------------------------------------------
 */
#include "base/image.h"

#include <math.h>
#include <string.h>

#include "base/hash.h"
#include "base/missing.h"

#define WORD sizeof(uint64_t)

static inline const void *
at_offset(const void *value, uint16_t offset)
{
	return (const char *) value + offset;
}

static inline size_t
padded(size_t bytes)
{
	return (bytes + WORD - 1) / WORD * WORD;
}

static inline bool
is_text(const SegField *f)
{
	return f->type == SEG_FIELD_TEXT || f->type == SEG_FIELD_JSON;
}

static inline bool
is_scalar(const SegField *f)
{
	return f->rows == SEG_NO_COUNT && !is_text(f);
}

/*
 * Does the field have its own slot before the arrays?
 */
static inline bool
has_slot(const SegField *f)
{
	return f->rows == SEG_NO_COUNT;
}

/*
 * Elements of a field according to its counting members; -1 if they are
 * invalid.
 */
int64_t
seg_field_count(const SegField *f, const void *value)
{
	int64_t rows = 1;
	int64_t cols = 1;

	if (f->rows != SEG_NO_COUNT)
		rows = *(const int64_t *) at_offset(value, f->rows);
	if (f->cols != SEG_NO_COUNT)
		cols = *(const int64_t *) at_offset(value, f->cols);
	if (rows < 0 || cols < 0 || rows > SEG_IMAGE_MAX_COUNT ||
	    cols > SEG_IMAGE_MAX_COUNT || rows * cols > SEG_IMAGE_MAX_COUNT)
		return -1;
	return rows * cols;
}

/*
 * Bytes of one number of an array.
 */
size_t
seg_field_width(const SegField *f)
{
	return f->type == SEG_FIELD_INT32 ? sizeof(int32_t) : WORD;
}

static int64_t
texts_bytes(const SegTexts *texts)
{
	return texts->count > 0 ? texts->ends[texts->count - 1] : 0;
}

/*
 * Bytes of a field after the slots.
 */
static size_t
array_bytes(const SegField *f, const void *value, int64_t count)
{
	const void *member = at_offset(value, f->offset);

	if (is_text(f))
		return padded((size_t) ((const SegText *) member)->length);
	if (f->type == SEG_FIELD_TEXTS)
		return (size_t) count * WORD +
		       padded((size_t) texts_bytes((const SegTexts *) member));
	return is_scalar(f) ? 0 : padded((size_t) count * seg_field_width(f));
}

SegStatus
seg_image_size(SegEnv *env, const SegMethod *method, const void *value,
               size_t *size)
{
	size_t sum = 0;

	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		int64_t count = seg_field_count(f, value);

		if (count < 0)
			return seg_fail(env,
			                SEG_LIMIT,
			                f->name,
			                0,
			                (double) SEG_IMAGE_MAX_COUNT);
		sum += (has_slot(f) ? WORD : 0) + array_bytes(f, value, count);
		if (sum > (size_t) SEG_IMAGE_MAX_BYTES)
			return seg_fail(env,
			                SEG_LIMIT,
			                "bytes of a model",
			                (double) sum,
			                (double) SEG_IMAGE_MAX_BYTES);
	}
	*size = sum;
	return SEG_OK;
}

static inline bool
is_real(const SegField *f)
{
	return f->type == SEG_FIELD_REAL || f->type == SEG_FIELD_OPTIONAL;
}

/*
 * Numbers as they are stored. -0 becomes 0, because JSON text would lose the
 * sign and read back as a different value.
 */
static void
write_numbers(char *at, const SegField *f, const void *numbers, int64_t count)
{
	if (!is_real(f))
	{
		memcpy(at, numbers, (size_t) count * seg_field_width(f));
		return;
	}
	for (int64_t i = 0; i < count; i++)
	{
		double x = ((const double *) numbers)[i];

		x = isnan(x) ? seg_missing() : x + 0.0;
		memcpy(at + (size_t) i * WORD, &x, WORD);
	}
}

/*
 * Write only the scalars, over those of an opened body whose arrays have kept
 * their lengths.
 */
void
seg_image_write_slots(const SegMethod *method, const void *value, void *body)
{
	char *at = body;

	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		const void *member = at_offset(value, f->offset);

		if (!has_slot(f))
			continue;
		if (is_text(f))
			memcpy(at, &((const SegText *) member)->length, WORD);
		else
			write_numbers(at, f, member, 1);
		at += WORD;
	}
}

static size_t
slots_bytes(const SegMethod *method)
{
	size_t n = 0;

	for (const SegField *f = method->fields; f->name != NULL; f++)
		n += has_slot(f);
	return n * WORD;
}

/*
 * Write every one of the seg_image_size() bytes of a body.
 */
void
seg_image_write(const SegMethod *method, const void *value, void *body)
{
	char *at = (char *) body + slots_bytes(method);

	seg_image_write_slots(method, value, body);
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		const void *member = at_offset(value, f->offset);
		int64_t count = seg_field_count(f, value);
		size_t bytes = array_bytes(f, value, count);

		if (bytes == 0)
			continue;
		memset(at + bytes - WORD, 0, WORD); /* padding */
		if (is_text(f))
		{
			const SegText *text = member;

			memcpy(at, text->bytes, (size_t) text->length);
		}
		else if (f->type == SEG_FIELD_TEXTS)
		{
			const SegTexts *texts = member;
			size_t ends = (size_t) texts->count * WORD;

			memcpy(at, texts->ends, ends);
			memcpy(at + ends, texts->bytes, (size_t) texts_bytes(texts));
		}
		else
			write_numbers(at, f, *(const void *const *) member, count);
		at += bytes;
	}
}

static SegStatus
image_corrupt(SegEnv *env, const SegMethod *method, const char *field)
{
	return seg_fail_name(env, SEG_CORRUPT, method->title, field);
}

/*
 * The padding of an array to whole words is zero, so that equal values have
 * equal bytes.
 */
static bool
is_zero(const char *from, const char *to)
{
	while (from < to && *from == 0)
		from++;
	return from == to;
}

/*
 * Point a member at its array and step over the array.
 */
static SegStatus
open_array(SegEnv *env, const SegMethod *method, const SegField *f,
           const char **at, const char *end, void *value)
{
	int64_t count = seg_field_count(f, value);
	void *member = (char *) value + f->offset;
	size_t left = (size_t) (end - *at);
	const char *used = NULL; /* end of data that may need padding */

	if (count < 0)
		return image_corrupt(env, method, f->name);
	if (f->type == SEG_FIELD_TEXTS)
	{
		SegTexts *texts = member;

		if ((size_t) count > left / WORD)
			return image_corrupt(env, method, f->name);
		*texts = (SegTexts){(const int64_t *) *at,
		                    *at + (size_t) count * WORD,
		                    count};
		/* the last end decides the length: check it before using it */
		if (texts_bytes(texts) < 0 || texts_bytes(texts) > SEG_IMAGE_MAX_BYTES)
			return image_corrupt(env, method, f->name);
		used = texts->bytes + texts_bytes(texts);
	}
	else if (is_text(f))
	{
		SegText *text = member;

		if (text->length < 0 || text->length > SEG_IMAGE_MAX_BYTES)
			return image_corrupt(env, method, f->name);
		text->bytes = *at;
		used = *at + text->length;
	}
	else
	{
		*(const void **) member = *at;
		if (f->type == SEG_FIELD_INT32)
			used = *at + (size_t) count * sizeof(int32_t);
	}

	if (array_bytes(f, value, count) > left)
		return image_corrupt(env, method, f->name);
	*at += array_bytes(f, value, count);
	if (used != NULL && !is_zero(used, *at))
		return image_corrupt(env, method, f->name);
	return SEG_OK;
}

/*
 * Open a body in place; value is the method's struct, whose other members become
 * 0. The body may be longer than its fields (a summary's spare room).
 */
SegStatus
seg_image_open(SegEnv *env, const SegMethod *method, const void *body,
               size_t size, void *value)
{
	const char *at = body;
	const char *end = at + size;

	memset(value, 0, method->size);
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		char *member = (char *) value + f->offset;

		if (!has_slot(f))
			continue;
		if ((size_t) (end - at) < WORD)
			return image_corrupt(env, method, f->name);
		if (is_text(f))
			member = (char *) &((SegText *) (void *) member)->length;
		memcpy(member, at, WORD);
		at += WORD;
	}
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		if (!is_scalar(f))
			SEG_TRY(open_array(env, method, f, &at, end, value));
	}
	return SEG_OK;
}

static inline bool
number_in_bounds(const SegField *f, const void *numbers, int64_t i)
{
	double x;

	if (is_real(f))
		x = ((const double *) numbers)[i];
	else if (f->type == SEG_FIELD_INT32)
		x = (double) ((const int32_t *) numbers)[i];
	else
		x = (double) ((const int64_t *) numbers)[i];

	if (f->type == SEG_FIELD_OPTIONAL && isnan(x))
		return true;
	/* an infinite bound admits every finite number, never infinity */
	return x >= f->min && x <= f->max && !isinf(x);
}

static SegStatus
check_numbers(SegEnv *env, const SegField *f, const void *value, bool *good)
{
	const void *member = at_offset(value, f->offset);
	const void *numbers = is_scalar(f) ? member : *(const void *const *) member;
	int64_t count = seg_field_count(f, value);
	int64_t done = 0;

	for (int64_t i = 0; *good && i < count; i++)
	{
		*good = number_in_bounds(f, numbers, i);
		SEG_TRY(seg_count_steps(env, &done, 1));
	}
	return SEG_OK;
}

static bool
ends_ascend(const SegTexts *texts)
{
	for (int64_t i = 0; i < texts->count; i++)
	{
		if (texts->ends[i] < (i > 0 ? texts->ends[i - 1] : 0))
			return false;
	}
	return true;
}

/*
 * Check every number and text of an opened value that came from outside.
 */
SegStatus
seg_image_validate(SegEnv *env, const SegMethod *method, const void *value)
{
	for (const SegField *f = method->fields; f->name != NULL; f++)
	{
		const void *member = at_offset(value, f->offset);
		bool good = true;

		if (f->type == SEG_FIELD_TEXTS)
			good = ends_ascend(member);
		else if (is_text(f))
		{
			const SegText *text = member;

			good = memchr(text->bytes, 0, (size_t) text->length) == NULL;
		}
		else
			SEG_TRY(check_numbers(env, f, value, &good));
		if (!good)
			return image_corrupt(env, method, f->name);
	}
	if (method->is_sound != NULL && !method->is_sound(value))
		return image_corrupt(env, method, NULL);
	return SEG_OK;
}

/*
 * Is a body, opened as value, what would be written for that value? If not
 * (padding in use, bytes after the end, a negative zero), text and body would
 * not be the same model.
 */
SegStatus
seg_image_verify(SegEnv *env, const SegMethod *method, const void *value,
                 const void *body, size_t size)
{
	size_t written;
	char *copy;

	SEG_TRY(seg_image_size(env, method, value, &written));
	if (written != size)
		return image_corrupt(env, method, NULL);
	SEG_ALLOC(env, copy, size);
	seg_image_write(method, value, copy);
	if (env->stop(env->host))
		return SEG_STOPPED;
	return memcmp(copy, body, size) == 0 ? SEG_OK
	                                     : image_corrupt(env, method, NULL);
}

/*
 * The fingerprint of a value: of its method, format and body.
 */
uint64_t
seg_image_fingerprint(const SegMethod *method, const void *body, size_t size)
{
	return seg_hash(body, size, (uint64_t) method->tag << 16 | method->format);
}

const SegMethod *
seg_method_by_tag(const SegMethod *const *methods, uint16_t tag)
{
	while (*methods != NULL && (*methods)->tag != tag)
		methods++;
	return *methods;
}

const SegMethod *
seg_method_by_name(const SegMethod *const *methods, const char *name)
{
	while (*methods != NULL && strcmp((*methods)->name, name) != 0)
		methods++;
	return *methods;
}
