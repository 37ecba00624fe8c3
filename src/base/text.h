/*-------------------------------------------------------------------------
 *
 * text.h
 *	  Texts and lists of texts as bytes owned by someone else.
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

/* count texts back to back; text i ends before bytes[ends[i]] */
typedef struct SegTexts
{
	const int64_t *ends;
	const char *bytes;
	int64_t count;
} SegTexts;

/* a list of items, each given by its bytes; bytes NULL: unknown */
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
 * In byte order; a prefix comes first.
 */
static inline int
seg_text_compare(SegText a, SegText b)
{
	int64_t shorter = a.length < b.length ? a.length : b.length;
	int order = memcmp(a.bytes, b.bytes, (size_t) shorter);

	return order != 0 ? order : (a.length > b.length) - (a.length < b.length);
}

#endif /* SEG_BASE_TEXT_H */
