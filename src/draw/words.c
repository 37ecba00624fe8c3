/*-------------------------------------------------------------------------
 *
 * words.c
 *	  Texts that a chart puts together.
 *
 * src/draw/words.c
 *
 *-------------------------------------------------------------------------
 */
#include "draw/words.h"

#include "draw/chart.h"
#include "draw/lettering.h"

void
seg_words_count(SegSvg *words, int64_t count)
{
	char text[SEG_MAX_DIGITS];
	int64_t length = seg_print_decimal(count, 0, &seg_plain_numbers, text);

	seg_svg_bytes(words, (SegText){text, length});
}

void
seg_words_number(SegSvg *words, double x, const SegNumberStyle *style)
{
	char text[SEG_MAX_DIGITS];
	int64_t length = seg_print_rounded(x, style, text);

	seg_svg_bytes(words, (SegText){text, length});
}

SegStatus
seg_words_name(SegSvg *words, SegText name, double room)
{
	SEG_TRY(seg_text_fit(words->env, name, SEG_TEXT_SIZE, room, &name));
	seg_svg_bytes(words, name);
	return SEG_OK;
}

void
seg_words_end_list(SegSvg *words, int64_t more)
{
	if (more > 0)
	{
		seg_svg_put(words, "and ");
		seg_words_count(words, more);
		seg_svg_put(words, " more; ");
	}
	if (words->status == SEG_OK)
		words->length -= 2;
}

SegStatus
seg_words_end(const SegSvg *words, SegText *text)
{
	*text = (SegText){words->bytes, words->length};
	return words->status;
}
