/* test_options.c: base/options.c without a server */
#include "base/options.h"

#include "unit.h"

void test_options(void);

typedef struct Params
{
	int64_t count;
	double share;
	bool flag;
	int kind;
	SegMatrix matrix;
	SegTexts names;
	SegNamedNumbers limits;
	int64_t unset; /* no option of the table */
} Params;

static const char *const kinds[] = {"small", "large", NULL};

#define AT(member) offsetof(Params, member)

static const SegOption table[] =
	{{"count", SEG_OPTION_INT, AT(count), 7, 1, 100, NULL, "a count"},
     {"share", SEG_OPTION_REAL, AT(share), 0.5, 0, 1, NULL, "a share"},
     {"flag", SEG_OPTION_BOOL, AT(flag), 1, 0, 1, NULL, "a flag"},
     {"kind", SEG_OPTION_ENUM, AT(kind), 1, 0, 1, kinds, "small, large"},
     {"matrix", SEG_OPTION_MATRIX, AT(matrix), 0, 0, 0, NULL, "a matrix"},
     {"names", SEG_OPTION_TEXTS, AT(names), 0, 0, 0, NULL, "names"},
     {"limits", SEG_OPTION_NUMBERS, AT(limits), 0, 0, 9, NULL, "limits"},
     SEG_OPTION_END};

static void
defaults_come_from_the_table(void)
{
	Params p;

	memset(&p, 0xff, sizeof(p));
	seg_options_defaults(table, &p, sizeof(p));
	CHECK(p.count == 7 && p.share == 0.5 && p.flag && p.kind == 1);
	CHECK(p.matrix.x == NULL && p.matrix.rows == 0 && p.matrix.cols == 0);
	CHECK(p.names.ends == NULL && p.names.count == 0);
	CHECK(p.limits.numbers == NULL && p.limits.names.count == 0);
	CHECK(p.unset == 0);
	for (const SegOption *o = table; o->name != NULL; o++)
		CHECK(seg_option_is_initial(o, &p));
	memset(&p, 1, sizeof(p));
	p.kind = 0;
	p.flag = false;
	for (const SegOption *o = table; o->name != NULL; o++)
		CHECK(!seg_option_is_initial(o, &p));
}

static void
finds_or_suggests(void)
{
	SegEnv env = unit_env();
	const SegOption *o = NULL;
	char long_name[300];

	for (const SegOption *t = table; t->name != NULL; t++)
		CHECK(seg_option_find(&env, table, t->name, &o) == SEG_OK && o == t);

	CHECK(seg_option_find(&env, table, "counts", &o) == SEG_UNKNOWN_OPTION);
	CHECK(strcmp(env.diag.what, "counts") == 0 &&
	      strcmp(env.diag.name, "count") == 0);
	CHECK(seg_option_find(&env, table, "Share", &o) == SEG_UNKNOWN_OPTION);
	CHECK(strcmp(env.diag.name, "share") == 0);
	CHECK(seg_option_find(&env, table, "martix", &o) == SEG_UNKNOWN_OPTION);
	CHECK(strcmp(env.diag.name, "matrix") == 0);
	CHECK(seg_option_find(&env, table, "temperature", &o) ==
	      SEG_UNKNOWN_OPTION);
	CHECK(env.diag.name == NULL); /* no name is near */

	memset(long_name, 'x', sizeof(long_name) - 1);
	long_name[sizeof(long_name) - 1] = '\0';
	CHECK(seg_option_find(&env, table, long_name, &o) == SEG_UNKNOWN_OPTION);
	CHECK(env.diag.name == NULL);
	CHECK(seg_option_find(&env, table, "", &o) == SEG_UNKNOWN_OPTION);
	unit_env_free(&env);
}

static void
numbers_are_checked(void)
{
	SegEnv env = unit_env();
	Params p;

	seg_options_defaults(table, &p, sizeof(p));
	CHECK(seg_option_set_number(&env, &table[0], &p, 1) == SEG_OK &&
	      p.count == 1);
	CHECK(seg_option_set_number(&env, &table[0], &p, 100) == SEG_OK &&
	      p.count == 100);
	CHECK(seg_option_set_number(&env, &table[0], &p, 0) == SEG_OPTION_RANGE);
	CHECK(env.diag.got == 0 && env.diag.want == 1 && env.diag.limit == 100);
	CHECK(seg_option_set_number(&env, &table[0], &p, 101) == SEG_OPTION_RANGE);
	CHECK(env.diag.name == NULL);
	CHECK(seg_option_set_number(&env, &table[0], &p, 1.5) == SEG_OPTION_TYPE);
	CHECK(strcmp(env.diag.name, "a whole number") == 0);
	CHECK(seg_option_set_number(&env, &table[0], &p, INFINITY) ==
	      SEG_OPTION_RANGE);
	CHECK(seg_option_set_number(&env, &table[0], &p, NAN) != SEG_OK);
	CHECK(seg_option_set_number(&env, &table[1], &p, NAN) != SEG_OK);
	CHECK(seg_option_set_number(&env, &table[1], &p, 1) == SEG_OK &&
	      p.share == 1);
	CHECK(seg_option_set_number(&env, &table[1], &p, 1.0000001) ==
	      SEG_OPTION_RANGE);
	CHECK(seg_option_set_number(&env, &table[1], &p, 100) == SEG_OPTION_RANGE);
	CHECK(strcmp(env.diag.name, "a percentage") == 0);
	CHECK(seg_option_set_number(&env, &table[1], &p, 101) == SEG_OPTION_RANGE);
	CHECK(env.diag.name == NULL);
	CHECK(seg_option_set_number(&env, &table[2], &p, 1) == SEG_OPTION_TYPE);
	CHECK(seg_option_set_number(&env, &table[3], &p, 0) == SEG_OPTION_TYPE);
	CHECK(seg_option_check_number(&env, &table[6], 9) == SEG_OK);
	CHECK(seg_option_check_number(&env, &table[6], 9.1) == SEG_OPTION_RANGE);
	CHECK(seg_option_check_number(&env, &table[6], -0.1) == SEG_OPTION_RANGE);
	CHECK(seg_option_check_number(&env, &table[6], NAN) == SEG_OPTION_RANGE);
	CHECK(seg_option_set_number(&env, &table[6], &p, 1) == SEG_OPTION_TYPE);
	CHECK(strcmp(env.diag.name, "an object of numbers by name") == 0);
	CHECK(p.count == 100 && p.share == 1); /* failures change nothing */
	unit_env_free(&env);
}

static void
flags_and_words_are_checked(void)
{
	SegEnv env = unit_env();
	Params p;

	seg_options_defaults(table, &p, sizeof(p));
	CHECK(seg_option_set_bool(&env, &table[2], &p, false) == SEG_OK && !p.flag);
	CHECK(seg_option_set_bool(&env, &table[0], &p, true) == SEG_OPTION_TYPE);
	CHECK(strcmp(env.diag.what, "count") == 0);
	CHECK(seg_option_set_word(&env, &table[3], &p, "small") == SEG_OK &&
	      p.kind == 0);
	CHECK(seg_option_set_word(&env, &table[3], &p, "Small") == SEG_OPTION_WORD);
	CHECK(strcmp(env.diag.name, "small, large") == 0);
	CHECK(seg_option_set_word(&env, &table[1], &p, "0.5") == SEG_OPTION_TYPE);
	CHECK(p.kind == 0);
	unit_env_free(&env);
}

void
test_options(void)
{
	defaults_come_from_the_table();
	finds_or_suggests();
	numbers_are_checked();
	flags_and_words_are_checked();
}
