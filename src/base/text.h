/*-------------------------------------------------------------------------
 *
 * text.h
 *	  Text and lists of texts as bytes that somebody else owns.
 *
 * src/base/text.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_BASE_TEXT_H
#define SEG_BASE_TEXT_H

#include <stdint.h>
#include <string.h>

typedef struct SegText
{
	const char *bytes;
	int64_t length;
} SegText;

/* count texts one after the other; text i ends before bytes[ends[i]] */
typedef struct SegTexts
{
	const int64_t *ends;
	const char *bytes;
	int64_t count;
} SegTexts;

/* a list of items, each known by its bytes; bytes NULL: it is not known */
typedef struct SegItems
{
	int64_t count;
	const SegText *items;
} SegItems;

static inline SegText
seg_texts_get(const SegTexts *texts, int64_t i)
{
	int64_t start = i > 0 ? texts->ends[i - 1] : 0;

	return (SegText){texts->bytes + start, texts->ends[i] - start};
}

/*
 * Bytewise, the shorter one first if the other begins with it.
 */
static inline int
seg_text_compare(SegText a, SegText b)
{
	int64_t shorter = a.length < b.length ? a.length : b.length;
	int order = memcmp(a.bytes, b.bytes, (size_t) shorter);

	return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

#endif /* SEG_BASE_TEXT_H */
