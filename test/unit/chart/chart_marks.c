/* chart_marks.c: what is drawn, read back from a chart */
#include "chart_marks.h"
#include "draw/chart.h"
#include "draw/lettering.h"
#include "unit.h"

static double
attribute(const char *element, const char *name)
{
	char quoted[24];
	const char *at;

	snprintf(quoted, sizeof(quoted), " %s=\"", name);
	at = strstr(element, quoted);
	return at == NULL ? NAN : strtod(at + strlen(quoted), NULL);
}

/*
 * The width of a text as it is written, with characters as references.
 */
static double
written_width(const char *text, double size)
{
	char bytes[600];
	int64_t n = 0;

	for (; *text != '<' && n < 590; text++)
	{
		long c = (unsigned char) *text;

		if (*text == '&')
		{
			char *end;

			c = strtol(text + 2, &end, 10);
			text = end;
		}
		if (c < 0x80)
			bytes[n++] = (char) c;
		else if (c < 0x800)
		{
			bytes[n++] = (char) (0xC0 | c >> 6);
			bytes[n++] = (char) (0x80 | (c & 0x3F));
		}
		else
		{
			bytes[n++] = (char) (0xE0 | c >> 12);
			bytes[n++] = (char) (0x80 | (c >> 6 & 0x3F));
			bytes[n++] = (char) (0x80 | (c & 0x3F));
		}
	}
	return seg_text_width((SegText){bytes, n}, size);
}

/*
 * The room that a text takes; a text that stands ends where it is placed.
 */
static SegBox
text_box(const char *element, const char *text)
{
	double size =
		strstr(element, "heading") != NULL ? SEG_TITLE_SIZE : SEG_TEXT_SIZE;
	double width = written_width(text, size);
	double x = attribute(element, "x");
	double y = attribute(element, "y");
	const char *place = strstr(element, "translate(");
	char *end;

	if (place != NULL)
	{
		x = strtod(place + strlen("translate("), &end);
		return (SegBox){x - 0.75 * size, strtod(end, NULL), 0.95 * size, width};
	}
	x -= strstr(element, "end\"") != NULL      ? width
	     : strstr(element, "middle\"") != NULL ? width / 2
	                                           : 0;
	return (SegBox){x, y - 0.75 * size, width, 0.95 * size};
}

static ChartMark
mark_of(const char *element, const char *text)
{
	const char *class = strstr(element, "class=\"");

	if (strncmp(element, "<text", 5) == 0)
		return (ChartMark){.is_text = true, .box = text_box(element, text)};
	return (ChartMark){.is_data =
	                       class != NULL && strchr("srv", class[7]) != NULL,
	                   .box = {attribute(element, "x"),
	                           attribute(element, "y"),
	                           attribute(element, "width"),
	                           attribute(element, "height")}};
}

/*
 * Write a chart to the folder that SEGMENT_CHARTS names, for scripts/chartcheck.
 */
static void
keep_chart(SegText svg)
{
	static int kept = 0;
	const char *folder = getenv("SEGMENT_CHARTS");
	char name[1000];
	FILE *file;

	if (folder == NULL)
		return;
	snprintf(name, sizeof(name), "%s/unit-%06d.svg", folder, ++kept);
	file = fopen(name, "wb");
	CHECK(file != NULL);
	CHECK(fwrite(svg.bytes, 1, (size_t) svg.length, file) ==
	      (size_t) svg.length);
	CHECK(fclose(file) == 0);
}

int
chart_marks(SegText svg, ChartMark *marks, int most)
{
	char *text = malloc((size_t) svg.length + 1);
	int n = 0;

	keep_chart(svg);
	memcpy(text, svg.bytes, (size_t) svg.length);
	text[svg.length] = '\0';
	for (char *at = strstr(text, "</style>"); at != NULL && n < most;
	     at = strchr(at + 1, '<'))
	{
		char *end = strchr(at, '>');
		char saved = *end;

		if (strncmp(at, "<rect", 5) != 0 && strncmp(at, "<text", 5) != 0)
			continue;
		*end = '\0';
		marks[n++] = mark_of(at, end + 1);
		*end = saved;
	}
	free(text);
	return n;
}

static bool
overlap(SegBox a, SegBox b)
{
	return a.x < b.x + b.width - 0.02 && b.x < a.x + a.width - 0.02 &&
	       a.y < b.y + b.height - 0.02 && b.y < a.y + a.height - 0.02;
}

void
chart_check_texts(const ChartMark *marks, int n)
{
	SegBox paper = marks[0].box;
	bool is_apart = true, is_inside = true;

	for (int i = 1; i < n; i++)
	{
		if (!marks[i].is_text)
			continue;
		is_inside = is_inside && marks[i].box.x >= 0 && marks[i].box.y >= 0 &&
		            marks[i].box.x + marks[i].box.width <= paper.width &&
		            marks[i].box.y + marks[i].box.height <= paper.height;
		for (int j = i + 1; j < n; j++)
			is_apart = is_apart && !(marks[j].is_text &&
			                         overlap(marks[i].box, marks[j].box));
	}
	CHECK(is_inside);
	CHECK(is_apart);
}
