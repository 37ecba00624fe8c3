/* unit_main.c: run all tests, or those named on the command line */
#include "unit.h"

#define UNIT_TEST(name) extern void name(void);
#include "unit_tests.h"
#undef UNIT_TEST

static const struct
{
	const char *name;
	void (*run)(void);
} tests[] = {
#define UNIT_TEST(name) {#name, name},
#include "unit_tests.h"
#undef UNIT_TEST
};

static bool
wanted(const char *name, int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
	{
		if (strcmp(name, argv[i]) == 0)
			return true;
	}
	return argc <= 1;
}

int
main(int argc, char **argv)
{
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
	{
		int before = unit_failed;

		if (!wanted(tests[i].name, argc, argv))
			continue;
		tests[i].run();
		if (unit_failed > before)
			fprintf(stderr, "%s failed\n", tests[i].name);
	}
	printf("%d passed, %d failed\n", unit_passed, unit_failed);
	return unit_failed != 0 || unit_passed == 0;
}
