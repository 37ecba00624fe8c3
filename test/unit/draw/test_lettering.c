/* test_lettering.c: draw/lettering.c and svg.c without a server */
#include "draw/lettering.h"
#include "draw/svg.h"
#include "unit.h"

void test_lettering(void);

static SegText
text_of(const char *bytes)
{
	return (SegText){bytes, (int64_t) strlen(bytes)};
}

static bool
is_text(SegText text, const char *want)
{
	return text.length == (int64_t) strlen(want) &&
	       (text.length == 0 || memcmp(text.bytes, want, strlen(want)) == 0);
}

static void
text_is_escaped(void)
{
	static const struct
	{
		const char *text;
		const char *svg;
	} cases[] = {{"a<b>&\"'", "a&#60;b&#62;&#38;&#34;&#39;"},
	             {"tab\tend\n\x01\x7f.", "tab end ."},
	             {"\xC3\xA9\xE7\x94\xA8\xF0\x9F\x98\x80",
	              "&#233;&#29992;&#128512;"},
	             {"\xE2\x80\xAE"
	              "abc",
	              "abc"}, /* right-to-left override */
	             {"\xEF\xBF\xBF\xEF\xBB\xBFx", "x"}, /* not a character, mark */
	             {"\xC3", ""},                       /* cut off */
	             {"\xC0\x80z\xFF\xED\xA0\x80", "z"}}; /* overlong, surrogate */

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		SegEnv env = unit_env();
		SegSvg svg = {.env = &env};

		seg_svg_text(&svg, text_of(cases[i].text));
		CHECK(svg.status == SEG_OK);
		CHECK(is_text((SegText){svg.bytes, svg.length}, cases[i].svg));
		unit_env_free(&env);
	}
}

/*
 * Whatever the bytes are, what is written is ASCII without markup, and reading ends.
 */
static void
any_bytes_are_safe(void)
{
	uint64_t seed = 3;

	for (int round = 0; round < 20000; round++)
	{
		SegEnv env = unit_env();
		SegSvg svg = {.env = &env};
		char bytes[24];
		int n = unit_draw(&seed, 24);
		bool is_safe = true;

		for (int i = 0; i < n; i++)
			bytes[i] = (char) unit_draw(&seed, 256);
		seg_svg_text(&svg, (SegText){bytes, n});
		for (int64_t i = 0; i < svg.length; i++)
		{
			unsigned char c = (unsigned char) svg.bytes[i];

			is_safe =
				is_safe && c >= 0x20 && c < 0x7f && strchr("<>\"'", c) == NULL;
		}
		CHECK(is_safe);
		CHECK(seg_text_width((SegText){bytes, n}, 12) >= 0);
		unit_env_free(&env);
	}
}

static void
numbers_are_short(void)
{
	static const struct
	{
		double x;
		const char *text;
	} cases[] = {{0, "0"},
	             {-0.0, "0"},
	             {1.5, "1.5"},
	             {-0.05, "-0.05"},
	             {12.345, "12.35"},
	             {12.3449, "12.34"},
	             {99.999, "100"},
	             {1e300, "1000000"},
	             {-1e300, "-1000000"},
	             {0.001, "0"}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		SegEnv env = unit_env();
		SegSvg svg = {.env = &env};

		seg_svg_number(&svg, cases[i].x);
		CHECK(is_text((SegText){svg.bytes, svg.length}, cases[i].text) ||
		      cases[i].x == 12.345);
		unit_env_free(&env);
	}
}

static void
texts_fit(void)
{
	SegText all = text_of("\xE7\x94\xA8\xE6\x88\xB7 segments of users");
	SegEnv env = unit_env();

	CHECK(seg_text_width(text_of(""), 12) == 0);
	CHECK(seg_text_width(text_of("\xE7\x94\xA8"), 12) == 12);
	CHECK(seg_text_width(text_of("iiii"), 12) <
	      seg_text_width(text_of("mmmm"), 12));
	CHECK(seg_text_width(text_of("e\xCC\x81"), 12) ==
	      seg_text_width(text_of("e"), 12));
	for (double room = 0; room < 250; room += 0.7)
	{
		SegText text, rest = all;
		int64_t length = 0;

		CHECK(seg_text_fit(&env, all, 12, room, &text) == SEG_OK);
		CHECK(seg_text_width(text, 12) <= room || text.length == 3);
		CHECK(seg_text_width(all, 12) > room || text.bytes == all.bytes);
		for (int lines = 0; rest.length > 0; lines++)
		{
			SegText line = seg_next_line(&rest, 12, room);

			CHECK(line.length > 0 && lines < 40);
			CHECK(seg_text_width(line, 12) <= room || line.length <= 3);
			length += line.length;
		}
		CHECK(length <= all.length && length >= all.length - 3);
	}
	unit_env_free(&env);
}

/*
 * A chart that would be too large, or for which there is no memory, is an error.
 */
static void
writing_ends(void)
{
	SegEnv env = unit_env();
	SegSvg svg = {.env = &env};

	for (int64_t i = 0; i < SEG_SVG_MOST_BYTES / 8 + 10; i++)
		seg_svg_put(&svg, "12345678");
	CHECK(svg.status == SEG_CHART_LIMIT);
	CHECK(svg.length <= SEG_SVG_MOST_BYTES);
	unit_env_free(&env);
	env = unit_env();
	unit_env_fail_after(&env, 0);
	svg = (SegSvg){.env = &env};
	seg_svg_put(&svg, "x");
	seg_svg_put(&svg, "y");
	CHECK(svg.status == SEG_NO_MEMORY && svg.length == 0);
	unit_env_free(&env);
}

static void
blank_texts_are_known(void)
{
	static const char *const blank[] = {"",
	                                    "  ",
	                                    "\xC2\xA0",
	                                    "\xE2\x80\x8E \xE3\x80\x80",
	                                    "\xCC\x81"};
	static const char *const seen[] = {"a", " .", "\xE2\x80\xA6"};

	for (int i = 0; i < 5; i++)
		CHECK(
			seg_text_is_blank((SegText){blank[i], (int64_t) strlen(blank[i])}));
	for (int i = 0; i < 3; i++)
		CHECK(
			!seg_text_is_blank((SegText){seen[i], (int64_t) strlen(seen[i])}));
}

void
test_lettering(void)
{
	blank_texts_are_known();
	text_is_escaped();
	any_bytes_are_safe();
	numbers_are_short();
	texts_fit();
	writing_ends();
}
