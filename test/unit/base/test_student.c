/* test_student.c: base/student, by answers of R (test/oracle/student.R) */
#include "base/student.h"

#include <math.h>

#include "unit.h"

void test_student(void);

/* statistic, degrees of freedom, chance; or chance, degrees, quantile */
static const double chances[][3] = {{0.01, 1, 0.99363401447018351},
                                    {0.5, 1, 0.70483276469913358},
                                    {2, 1, 0.29516723530086642},
                                    {10, 1, 0.06345103486110712},
                                    {100, 1, 0.0063659855298165095},
                                    {0.01, 2, 0.99292910895820097},
                                    {0.5, 2, 0.66666666666666674},
                                    {2, 2, 0.18350341907227391},
                                    {10, 2, 0.0098524570233256923},
                                    {100, 2, 9.9985002499562581e-05},
                                    {0.01, 5, 0.99240801804258183},
                                    {0.5, 5, 0.63829887164092902},
                                    {2, 5, 0.10193947882985828},
                                    {10, 5, 0.00017094757574296357},
                                    {100, 5, 1.8960014224623655e-09},
                                    {0.01, 30, 0.99208749257317774},
                                    {0.5, 30, 0.62072300488512733},
                                    {2, 30, 0.054625044962983101},
                                    {10, 30, 4.5752514082296097e-11},
                                    {100, 30, 1.9846117967270174e-39},
                                    {0.01, 1000, 0.99202328193218725},
                                    {0.5, 1000, 0.61718508083387502},
                                    {2, 1000, 0.045770346493251658},
                                    {10, 1000, 1.6670702958600081e-22},
                                    {100, 1000, 0},
                                    {0.01, 1e+06, 0.99202128936554768},
                                    {0.5, 1e+06, 0.61707518747237167},
                                    {2, 1e+06, 0.045500533851319185},
                                    {10, 1e+06, 1.5278610768178301e-23},
                                    {100, 1e+06, 0}};
static const double quantiles[][3] = {{0.5, 1, 1},
                                      {0.05, 1, 12.706204736174694},
                                      {0.001, 1, 636.6192487687897},
                                      {0.5, 3, 0.76489232840434518},
                                      {0.05, 3, 3.1824463052837078},
                                      {0.001, 3, 12.923978636687961},
                                      {0.5, 30, 0.68275569332129227},
                                      {0.05, 30, 2.0422724563012378},
                                      {0.001, 30, 3.6459586350420627},
                                      {0.5, 100000, 0.6744922035532922},
                                      {0.05, 100000, 1.9599877075346088},
                                      {0.001, 100000, 3.2906240314119133}};

static void
chances_are_right(void)
{
	for (size_t i = 0; i < sizeof(chances) / sizeof(chances[0]); i++)
	{
		const double *c = chances[i];

		CHECK_NEAR(seg_student_two_sided(c[0], c[1]), c[2], 1e-11 * c[2]);
		CHECK(seg_student_two_sided(-c[0], c[1]) ==
		      seg_student_two_sided(c[0], c[1]));
	}
	CHECK(seg_student_two_sided(0, 3) == 1);
	CHECK(seg_student_two_sided(INFINITY, 3) == 0);
	CHECK(seg_student_two_sided(1e200, 3) == 0);
}

static void
quantiles_are_right(void)
{
	for (size_t i = 0; i < sizeof(quantiles) / sizeof(quantiles[0]); i++)
	{
		const double *q = quantiles[i];

		CHECK_NEAR(seg_student_two_sided_quantile(q[0], q[1]) / q[2], 1, 1e-11);
	}
}

void
test_student(void)
{
	chances_are_right();
	quantiles_are_right();
}
