/*-------------------------------------------------------------------------
 *
 * test_ab_quantile_test.c
 *	  Quantiles of experiments, against R, and how often their intervals hold.
 *
 * test/unit/experiment/test_ab_quantile_test.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/experiment/ab_quantile_test.h"

#include <stdlib.h>

#include "base/normal.h"
#include "unit.h"

void test_ab_quantile_test(void);

/* clang-format off */
/*
 * Sample, quantile, confidence, value of the control with its interval, of the
 * variant with its interval, interval of the difference, interval of the lift,
 * p-value; by test/oracle/ab_quantile_test.R.
 */
static const struct Golden
{
	const char *sample;
	double x[13];
} golden[] = {
	{"continuous", {0.10000000000000001, 0.94999999999999996, 11.39000000000000057, 8.06416499761992434, 14.54414328771588139, 12.16444444444444528, 8.93048749084868554, 15.01558687962292105, -3.74297710519573812, 5.15510554166846191, -0.27982240666287228, 0.60035777060099837, 0.80297926504989103}},
	{"continuous", {0.10000000000000001, 0.80000000000000004, 11.39000000000000057, 8.89468093371914215, 13.28591227776342443, 12.16444444444444528, 9.95255739501086012, 14.14549618908020001, -2.13878875673017221, 3.96053660530061524, -0.17069298171888903, 0.42683536682640133, 0.80297926504989103}},
	{"continuous", {0.50000000000000000, 0.94999999999999996, 50.84000000000000341, 45.55215274692002936, 56.70456148146519126, 56.42222222222222427, 51.04128497415180021, 61.80048042596150992, -2.37689626147664068, 13.12456866600179239, -0.04306817051272771, 0.27997171751268124, 0.16059452367446383}},
	{"continuous", {0.5000000000000000000, 0.8000000000000000444, 50.8400000000000034106, 47.2247625475837793374, 54.7233726275014618068, 56.4222222222222242749, 52.8042767404220398930, 59.6726729447731116807, 0.2746698227346806576, 10.4438445581389593997, 0.0051479571426804593, 0.2175004881350441899, 0.1605945236744638349}},
	{"continuous", {9.0000000000000002e-01, 9.4999999999999996e-01, 9.0870000000000005e+01, 8.7470651615279138e+01, 9.4195835002380079e+01, 1.0089333333333335e+02, 9.7250901798900671e+01, 1.0390571255284007e+02, 5.0909418296015012e+00, 1.4565359093148043e+01, 5.4654170353686693e-02, 1.6508232226960562e-01, 1.4783070047103740e-05}},
	{"continuous", {9.0000000000000002e-01, 8.0000000000000004e-01, 9.0870000000000005e+01, 8.8459397049729517e+01, 9.2882855416954996e+01, 1.0089333333333335e+02, 9.8698568166122158e+01, 1.0288674569103324e+02, 7.0453170357337784e+00, 1.3151383750395610e+01, 7.6365480798202379e-02, 1.4784398951372846e-01, 1.4783070047103740e-05}},
	{"continuous", {0.989999999999999991, 0.949999999999999956, 100.010000000000005116, 98.677639724441874591, NAN, 110.712000000000003297, 109.679840694766966180, 111.761450713926294043, NAN, 12.398033815949945691, NAN, 0.125311388097690379, 0.097100970261145697}},
	{"continuous", {0.989999999999999991, 0.800000000000000044, 100.010000000000005116, 99.299974573467622463, 100.653817009974133612, 110.712000000000003297, 110.289223039803076176, 111.418294154938863016, 9.931778797743541887, 11.703492655800973310, 0.098769715488224552, 0.117631991476271125, 0.097100970261145697}},
	{"zeros", {0.10000000000000001, 0.94999999999999996, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, NAN, NAN, 1.00000000000000000}},
	{"zeros", {0.10000000000000001, 0.80000000000000004, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, NAN, NAN, 1.00000000000000000}},
	{"zeros", {0.50000000000000000, 0.94999999999999996, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, NAN, NAN, 1.00000000000000000}},
	{"zeros", {0.50000000000000000, 0.80000000000000004, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, NAN, NAN, 1.00000000000000000}},
	{"zeros", {9.0000000000000002e-01, 9.4999999999999996e-01, 2.0000000000000000e+02, 1.6538213926903438e+02, 2.3157760347289735e+02, 2.9880000000000007e+02, 2.6916232380212114e+02, 3.2777401179596421e+02, 5.5492530765445871e+01, 1.4394299105222433e+02, NAN, NAN, 3.9384894788033436e-06}},
	{"zeros", {9.0000000000000002e-01, 8.0000000000000004e-01, 2.0000000000000000e+02, 1.7695927982478810e+02, 2.2192609052022408e+02, 2.9880000000000007e+02, 2.7889737590463585e+02, 3.1792544451206197e+02, 6.9188044789605186e+01, 1.2874423841035835e+02, NAN, NAN, 3.9384894788033436e-06}},
	{"zeros", {0.989999999999999991, 0.949999999999999956, 287.000000000000000000, 277.147997149398634065, NAN, 386.819999999999993179, 376.289605684457001189, 397.411869477578761689, NAN, 114.285464361655385801, NAN, NAN, 0.097100970261145697}},
	{"zeros", {0.989999999999999991, 0.800000000000000044, 287.000000000000000000, 281.620426622078980472, 294.694658723870418271, 386.819999999999993179, 381.346569398338488099, 394.604224904045281619, 90.377213577124607014, 109.282239010149510250, NAN, NAN, 0.097100970261145697}},
	{"whole", {0.10000000000000001, 0.94999999999999996, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 1.00000000000000000, 0.00000000000000000, 1.00000000000000000, NAN, NAN, 1.00000000000000000}},
	{"whole", {0.10000000000000001, 0.80000000000000004, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, 0.00000000000000000, NAN, NAN, 1.00000000000000000}},
	{"whole", {0.50000000000000000, 0.94999999999999996, 3.00000000000000000, 3.00000000000000000, 3.00000000000000000, 4.00000000000000000, 3.00000000000000000, 4.00000000000000000, 0.00000000000000000, 1.00000000000000000, NAN, NAN, 0.92104604967668657}},
	{"whole", {0.50000000000000000, 0.80000000000000004, 3.00000000000000000, 3.00000000000000000, 3.00000000000000000, 4.00000000000000000, 3.00000000000000000, 4.00000000000000000, 0.00000000000000000, 1.00000000000000000, NAN, NAN, 0.92104604967668657}},
	{"whole", {0.900000000000000022, 0.949999999999999956, 6.000000000000000000, 6.000000000000000000, 6.000000000000000000, 7.000000000000000000, 6.000000000000000000, 7.000000000000000000, 0.000000000000000000, 1.000000000000000000, NAN, NAN, 0.081453388046165739}},
	{"whole", {0.900000000000000022, 0.800000000000000044, 6.000000000000000000, 6.000000000000000000, 6.000000000000000000, 7.000000000000000000, 7.000000000000000000, 7.000000000000000000, 1.000000000000000000, 1.000000000000000000, NAN, NAN, 0.081453388046165739}},
	{"whole", {0.989999999999999991, 0.949999999999999956, 6.000000000000000000, 6.000000000000000000, NAN, 7.000000000000000000, 7.000000000000000000, 7.000000000000000000, NAN, 1.000000000000000000, NAN, NAN, 0.097100970261145697}},
	{"whole", {0.989999999999999991, 0.800000000000000044, 6.000000000000000000, 6.000000000000000000, 6.000000000000000000, 7.000000000000000000, 7.000000000000000000, 7.000000000000000000, 1.000000000000000000, 1.000000000000000000, NAN, NAN, 0.097100970261145697}},
	{"few", {0.10000000000000001, 0.94999999999999996, 1.19999999999999996, NAN, 2.33831804741116711, 2.75000000000000000, NAN, 4.68788910401941372, NAN, NAN, NAN, NAN, 1.00000000000000000}},
	{"few", {0.10000000000000001, 0.80000000000000004, 1.19999999999999996, NAN, 1.44616180263308713, 2.75000000000000000, NAN, 3.61607845874653089, NAN, NAN, NAN, NAN, 1.00000000000000000}},
	{"few", {0.50000000000000000, 0.94999999999999996, 3.00000000000000000, NAN, NAN, 5.50000000000000000, 2.29118617006843595, 9.20881382993156450, NAN, NAN, NAN, NAN, 0.29616334494326557}},
	{"few", {0.50000000000000000, 0.80000000000000004, 3.00000000000000000, 1.28821159309206168, 6.11788406907938320, 5.50000000000000000, 3.40985855353090583, 8.09014144646909372, -1.25365053440872787, 5.60468231269181949, -0.22273954785223848, 3.64321875249445348, 0.29616334494326557}},
	{"few", {0.90000000000000002, 0.94999999999999996, 6.99999999999999822, 3.44112130172588904, NAN, 8.75000000000000000, 6.41614786130744896, NAN, NAN, NAN, NAN, NAN, 1.00000000000000000}},
	{"few", {0.90000000000000002, 0.80000000000000004, 6.99999999999999822, 4.53838197366912954, NAN, 8.75000000000000000, 7.84522872167129304, NAN, NAN, NAN, NAN, NAN, 1.00000000000000000}},
	{"few", {0.98999999999999999, 0.94999999999999996, 8.80000000000000071, 8.06626218608307788, NAN, 9.42500000000000071, 9.12768959631690713, NAN, NAN, NAN, NAN, NAN, 1.00000000000000000}},
	{"few", {0.98999999999999999, 0.80000000000000004, 8.80000000000000071, 8.80000000000000071, NAN, 9.42500000000000071, 9.42500000000000071, NAN, NAN, NAN, NAN, NAN, 1.00000000000000000}},
	{"negative", {0.100000000000000006, 0.949999999999999956, -898.700000000000045475, -931.958350023800790041, -864.706516152791323293, -849.039999999999963620, -876.151412975560560881, -816.258116190106079557, 6.179134580808664623, 96.358712535047871484, NAN, NAN, 0.024846273503374473}},
	{"negative", {0.100000000000000006, 0.800000000000000044, -898.700000000000045475, -918.828554169549875041, -874.593970497295117639, -849.039999999999963620, -866.980711219299223558, -829.287113495099333704, 19.610544473492268480, 77.861688215991463835, NAN, NAN, 0.024846273503374473}},
	{"negative", {0.50000000000000000, 0.94999999999999996, -498.39999999999997726, -557.04561481465191264, -445.52152746920029358, -448.80000000000001137, -497.20432383365363194, -400.37156476736618060, -22.08759601900283087, 125.65669908739089067, NAN, NAN, 0.18035764168950777}},
	{"negative", {0.50000000000000000, 0.80000000000000004, -498.39999999999997726, -537.23372627501464649, -462.24762547583782180, -448.80000000000001137, -478.05405650295790565, -416.23849066379835904, 3.09415084515126182, 100.27849826755237928, NAN, NAN, 0.18035764168950777}},
	{"negative", {0.90000000000000002, 0.94999999999999996, -103.90000000000000568, -135.44143287715871793, -70.64164997619923270, -50.47999999999989029, -76.14028191660622724, -21.37438741763817518, 11.41323965901020188, 96.33851199353084382, NAN, NAN, 0.01753503574994144}},
	{"negative", {0.90000000000000002, 0.80000000000000004, -103.90000000000000568, -122.85912277763421230, -78.94680933719142502, -50.47999999999989029, -68.30946570172173438, -30.57301655509774108, 22.75158674689305371, 80.91065889303169456, NAN, NAN, 0.01753503574994144}},
	{"negative", {0.989999999999999991, 0.949999999999999956, -12.500000000000000000, -25.823602755581301693, NAN, 39.901999999999993918, 30.209653522815230531, 49.272660776084009626, NAN, 68.690881906655619105, NAN, NAN, 0.097100970261145697}},
	{"negative", {0.989999999999999991, 0.800000000000000044, -12.500000000000000000, -19.600254265323677316, -3.161829900258595671, 39.901999999999993918, 32.803007358227716850, 46.686807496801513651, 40.671820234129341998, 62.222754726644026846, NAN, NAN, 0.097100970261145697}},
	{"apart", {1.0000000000000001e-01, 9.4999999999999996e-01, 5.4285714285714288e+00, 3.9724950727191737e+00, 6.8792093118202020e+00, 1.0462222222222223e+02, 1.0330466622977910e+02, 1.0593542645543772e+02, 9.7233981418082749e+01, 1.0115443219712419e+02, 1.4203313579200215e+01, 2.5343211803783987e+01, 4.7613634900353855e-19}},
	{"apart", {1.0000000000000001e-01, 8.0000000000000004e-01, 5.4285714285714288e+00, 4.4320909276083773e+00, 6.3352723892958078e+00, 1.0462222222222223e+02, 1.0372636419377433e+02, 1.0544824533686534e+02, 9.7919026049142417e+01, 1.0048797979924569e+02, 1.5510292143080473e+01, 2.2609211067237247e+01, 4.7613634900353855e-19}},
	{"apart", {5.0000000000000000e-01, 9.4999999999999996e-01, 2.2571428571428573e+01, 2.0144475749563931e+01, 2.4998381393293212e+01, 1.2266666666666667e+02, 1.2047123488775577e+02, 1.2486209844557756e+02, 9.6822621298940589e+01, 1.0336785489153561e+02, 3.8992153575679929e+00, 5.0977228867907485e+00, 4.9090934652976339e-91}},
	{"apart", {5.0000000000000000e-01, 8.0000000000000004e-01, 2.2571428571428573e+01, 2.0983560282018981e+01, 2.4159296860838161e+01, 1.2266666666666667e+02, 1.2123050314804856e+02, 1.2410283018528479e+02, 9.7954235676574797e+01, 1.0223624051390141e+02, 4.0722720921644866e+00, 4.8512435040035626e+00, 4.9090934652976339e-91}},
	{"apart", {9.0000000000000002e-01, 9.4999999999999996e-01, 3.9714285714285715e+01, 3.8263647831036941e+01, 4.1170362070137969e+01, 1.4071111111111111e+02, 1.3939790687789562e+02, 1.4202866710355423e+02, 9.9036043993351996e+01, 1.0295649477239343e+02, 2.4136752709877558e+00, 2.6816390379772330e+00, 3.3730698669926308e-14}},
	{"apart", {9.0000000000000002e-01, 8.0000000000000004e-01, 3.9714285714285715e+01, 3.8807584753561336e+01, 4.0710766215248768e+01, 1.4071111111111111e+02, 1.3988508799646800e+02, 1.4160696913955900e+02, 9.9702496391230483e+01, 1.0227145014133377e+02, 2.4539777952672948e+00, 2.6289717433072020e+00, 3.3730698669926308e-14}},
	{"apart", {0.989999999999999991, 0.949999999999999956, 43.571428571428569398, 43.102285578542797850, NAN, 144.771111111111082437, 144.344059469794700590, 145.200439610280710667, NAN, 101.835621300864019645, NAN, 2.360116391801584612, 0.097100970261145697}},
	{"apart", {0.989999999999999991, 0.800000000000000044, 43.571428571428569398, 43.315258410575189885, 43.937840891612879091, 144.771111111111082437, 144.531354422160688955, 145.096452774223905635, 100.761799840458962763, 101.613772323508030127, 2.294372040999709483, 2.343645941400970045, 0.097100970261145697}},
};
/* clang-format on */

#define CONTROLS 301
#define OTHERS   407

static double
golden_value(const char *sample, bool control, int i)
{
	static const double few[2][6] = {{3, 1, 4, 1.5, 9}, {2, 6, 5, 3.5, 8, 9.5}};
	double hash = (i * (control ? 7919 : 104729)) % 10007;

	switch (sample[0])
	{
		case 'c':
			return hash / (control ? 100 : 90) + 1;
		case 'z':
			hash = (i * (control ? 7919 : 104729)) % 1000;
			return fmax(hash - (control ? 700 : 600), 0);
		case 'w':
			return i % (control ? 7 : 8);
		case 'f':
			return few[control ? 0 : 1][i - 1];
		case 'n':
			return control ? -hash / 10 : 50 - hash / 10;
		default:
			return control ? i / 7.0 + 1 : i / 9.0 + 100;
	}
}

static void
add_value(SegEnv *env, SegCountMap **map, double x, const char *group)
{
	SegText name = {group, (int64_t) strlen(group)};
	char key[64];
	int64_t at;

	seg_group_values_key(x, name, key);
	/* not CHECK, as it happens millions of times */
	if (seg_count_map_insert(env,
	                         map,
	                         key,
	                         seg_group_values_key_size(name),
	                         &at) != SEG_OK)
		abort();
	++*(int64_t *) seg_count_map_words(*map, at);
}

static SegAbQuantileState
state_of(SegEnv *env, const SegCountMap *map)
{
	SegGroupValues values;
	SegAbQuantileState state;

	CHECK(seg_group_values_read(env, map, "variants", 1000, &values) == SEG_OK);
	CHECK(seg_group_values_order(env, &values) == SEG_OK);
	CHECK(seg_ab_quantile_state_make(env, &values, &state) == SEG_OK);
	CHECK(seg_image_validate(env, &seg_ab_quantile_state_method, &state) ==
	      SEG_OK);
	return state;
}

static SegAbQuantileTest
test_of(SegEnv *env, const SegAbQuantileState *state, double quantile,
        double confidence)
{
	SegAbQuantileOptions options = {.quantile = quantile,
	                                .confidence = confidence};
	SegAbQuantileTest test;

	CHECK(seg_ab_quantile_test(env, state, &options, &test) == SEG_OK);
	return test;
}

static void
check_golden(double got, double want)
{
	CHECK(isnan(want) ? isnan(got)
	                  : fabs(got - want) <= 1e-9 * fmax(fabs(want), 1e-300));
}

static void
answers_are_those_of_r(void)
{
	for (size_t i = 0; i < sizeof(golden) / sizeof(golden[0]); i++)
	{
		const struct Golden *g = &golden[i];
		bool few = g->sample[0] == 'f';
		SegEnv env = unit_env();
		SegAbQuantileState state;
		SegAbQuantileComparison *a, *b;
		SegCountMap *map;

		CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
		for (int k = 1; k <= (few ? 5 : CONTROLS); k++)
			add_value(&env, &map, golden_value(g->sample, true, k), "a");
		for (int k = 1; k <= (few ? 6 : OTHERS); k++)
			add_value(&env, &map, golden_value(g->sample, false, k), "b");
		state = state_of(&env, map);
		a = test_of(&env, &state, g->x[0], g->x[1]).variants;
		b = &a[1];
		check_golden(a->value, g->x[2]);
		check_golden(a->value_low, g->x[3]);
		check_golden(a->value_high, g->x[4]);
		check_golden(b->value, g->x[5]);
		check_golden(b->value_low, g->x[6]);
		check_golden(b->value_high, g->x[7]);
		check_golden(b->low, g->x[8]);
		check_golden(b->high, g->x[9]);
		if (!isnan(g->x[10]) || !isnan(g->x[11]))
		{
			check_golden(b->lift_low, g->x[10]);
			check_golden(b->lift_high, g->x[11]);
		}
		check_golden(b->p_value, g->x[12]);
		CHECK(isnan(a->difference) && isnan(a->p_value) && isnan(a->lift));
		CHECK(b->difference == b->value - a->value);
		CHECK(b->adjusted_p_value == b->p_value);
		unit_env_free(&env);
	}
}

/* ---------- intervals hold as often as they say ---------- */

typedef double (*Draw)(double uniform);

static double
lognormal(double uniform)
{
	return exp(seg_normal_exceeded(1.0 - uniform));
}

/* seven users in ten do nothing, the others spend whole amounts */
static double
often_zero(double uniform)
{
	return uniform < 0.7 ? 0.0 : floor(5.0 * lognormal((uniform - 0.7) / 0.3));
}

typedef struct Held
{
	double difference;
	double control;
	double rejected; /* p-values below 1 less the confidence */
} Held;

/*
 * In how many of 2,000 experiments without effect, but with a variant of larger
 * deviations if stretch is not 1, do intervals hold? true_value: the quantile.
 */
static Held
share_held(Draw draw, int n, int m, double quantile, double stretch)
{
	const int experiments = 2000;
	double true_value = draw(quantile);
	uint64_t seed = 99;
	Held held = {0};

	for (int e = 0; e < experiments; e++)
	{
		SegEnv env = unit_env();
		SegAbQuantileState state;
		SegAbQuantileComparison *c;
		SegCountMap *map;
		double effect = true_value * (stretch - 1.0);

		CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
		for (int i = 0; i < n + m; i++)
		{
			double uniform = (unit_draw(&seed, 1 << 30) + 0.5) / (1 << 30);

			add_value(&env,
			          &map,
			          draw(uniform) * (i < n ? 1.0 : stretch),
			          i < n ? "a" : "b");
		}
		state = state_of(&env, map);
		c = test_of(&env, &state, quantile, 0.95).variants;
		held.control +=
			c[0].value_low <= true_value && c[0].value_high >= true_value;
		held.difference += c[1].low <= effect && c[1].high >= effect;
		held.rejected += c[1].p_value < 0.05;
		/* the test and the interval agree */
		if ((c[1].p_value < 0.05) != (c[1].low > 0.0 || c[1].high < 0.0))
			CHECK(false);
		unit_env_free(&env);
	}
	held.control /= experiments;
	held.difference /= experiments;
	held.rejected /= experiments;
	return held;
}

static void
intervals_hold_as_often_as_they_say(void)
{
	const double error = sqrt(0.95 * 0.05 / 2000);
	const struct
	{
		int n, m;
		double quantile, stretch;
	} cases[] = {{200, 300, 0.5, 1}, {200, 300, 0.9, 1}, {60, 90, 0.25, 1.5}};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
	{
		Held held = share_held(lognormal,
		                       cases[i].n,
		                       cases[i].m,
		                       cases[i].quantile,
		                       cases[i].stretch);

		CHECK(held.control >= 0.95 - 3 * error && held.control <= 0.97);
		CHECK(held.difference >= 0.95 - 3 * error && held.difference <= 0.97);
		if (cases[i].stretch == 1)
			CHECK(held.rejected <= 0.05 + 3 * error);
	}
}

/* Where many outcomes are equal the intervals hold more often, never less. */
static void
intervals_hold_for_whole_numbers(void)
{
	const double error = sqrt(0.95 * 0.05 / 2000);
	const double quantiles[] = {0.5, 0.8};

	for (int i = 0; i < 2; i++)
	{
		Held held = share_held(often_zero, 200, 150, quantiles[i], 1);

		CHECK(held.control >= 0.95 - 3 * error);
		CHECK(held.difference >= 0.95 - 3 * error);
		CHECK(held.rejected <= 0.05 + 3 * error);
	}
}

/* ---------- edges ---------- */

static void
few_users_tell_little(void)
{
	SegEnv env = unit_env();
	SegAbQuantileState state;
	SegAbQuantileTest test;
	SegCountMap *map;

	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	add_value(&env, &map, 5, "a");
	add_value(&env, &map, 7, "b");
	add_value(&env, &map, 5, "c");
	state = state_of(&env, map);
	test = test_of(&env, &state, 0.5, 0.95);
	CHECK(test.variants[1].difference == 2 && test.variants[2].difference == 0);
	for (int i = 0; i < 3; i++)
		CHECK(isnan(test.variants[i].value_low) &&
		      isnan(test.variants[i].value_high) &&
		      isnan(test.variants[i].low) && isnan(test.variants[i].high));
	CHECK(test.variants[1].p_value == 1 && test.variants[2].p_value == 1);
	CHECK(test.variants[1].lift == 0.4 && isnan(test.variants[1].lift_low));
	CHECK_NEAR(test.mismatch_p_value, 1.0, 1e-12);
	unit_env_free(&env);
}

/* Two constants: the p-value is that of all users on one side. */
static void
constants_differ(void)
{
	SegEnv env = unit_env();
	SegAbQuantileState state;
	SegAbQuantileTest test;
	SegCountMap *map;

	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	for (int i = 0; i < 20; i++)
	{
		add_value(&env, &map, 1, "a");
		add_value(&env, &map, 2, "b");
		add_value(&env, &map, 1, "c");
	}
	state = state_of(&env, map);
	test = test_of(&env, &state, 0.5, 0.95);
	CHECK(test.variants[1].low == 1 && test.variants[1].high == 1);
	CHECK(test.variants[1].lift_low == 1 && test.variants[1].lift_high == 1);
	CHECK_NEAR(test.variants[1].p_value, ldexp(1, -19), 1e-15);
	CHECK(test.variants[2].low == 0 && test.variants[2].high == 0 &&
	      test.variants[2].p_value == 1);
	unit_env_free(&env);
}

/* A shift moves intervals, a scale stretches them, an exchange turns them. */
static void
answers_move_with_the_data(void)
{
	uint64_t seed = 5;

	for (int round = 0; round < 20; round++)
	{
		SegEnv env = unit_env();
		SegAbQuantileComparison *plain, *moved, *turned;
		SegAbQuantileState a, b, c;
		SegCountMap *maps[3];

		for (int k = 0; k < 3; k++)
			CHECK(seg_count_map_create(&env, 1, &maps[k]) == SEG_OK);
		for (int i = 0; i < 120; i++)
		{
			double x = unit_draw(&seed, 500) + 1;
			bool first = i < 2 ? i == 0 : unit_draw(&seed, 3) == 0;

			add_value(&env, &maps[0], x, first ? "a" : "b");
			add_value(&env, &maps[1], 4 * x + 64, first ? "a" : "b");
			add_value(&env, &maps[2], x, first ? "b" : "a");
		}
		a = state_of(&env, maps[0]);
		b = state_of(&env, maps[1]);
		c = state_of(&env, maps[2]);
		plain = test_of(&env, &a, 0.6, 0.9).variants;
		moved = test_of(&env, &b, 0.6, 0.9).variants;
		turned = test_of(&env, &c, 0.6, 0.9).variants;
		CHECK_NEAR(moved[0].value_low, 4 * plain[0].value_low + 64, 1e-9);
		CHECK_NEAR(moved[1].low, 4 * plain[1].low, 1e-9);
		CHECK_NEAR(moved[1].high, 4 * plain[1].high, 1e-9);
		CHECK_NEAR(moved[1].p_value, plain[1].p_value, 1e-9);
		CHECK_NEAR(turned[1].low, -plain[1].high, 1e-9);
		CHECK_NEAR(turned[1].high, -plain[1].low, 1e-9);
		CHECK_NEAR(turned[1].p_value, plain[1].p_value, 1e-9);
		CHECK_NEAR((1 + turned[1].lift_low) * (1 + plain[1].lift_high),
		           1.0,
		           1e-9);
		unit_env_free(&env);
	}
}

static void
bad_options_are_refused(void)
{
	SegEnv env = unit_env();
	const double shares[] = {1, 1, 1}, bad[] = {1, 0};
	SegAbQuantileOptions o = {.quantile = 0.5, .confidence = 0.95};
	SegAbQuantileState state;
	SegAbQuantileTest test;
	SegCountMap *map;

	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	add_value(&env, &map, -1.7e308, "a");
	add_value(&env, &map, 1.7e308, "b");
	state = state_of(&env, map);
	CHECK(seg_ab_quantile_test(&env, &state, &o, &test) == SEG_NOT_FINITE);
	for (int i = 0; i < 5; i++)
	{
		static const double wrong[] = {0, 1, -1, 2, NAN};

		o = (SegAbQuantileOptions){.quantile = wrong[i], .confidence = 0.95};
		CHECK(seg_ab_quantile_test(&env, &state, &o, &test) == SEG_NOT_SHARE);
		o = (SegAbQuantileOptions){.quantile = 0.5, .confidence = wrong[i]};
		CHECK(seg_ab_quantile_test(&env, &state, &o, &test) == SEG_NOT_SHARE);
	}
	CHECK(seg_count_map_create(&env, 1, &map) == SEG_OK);
	add_value(&env, &map, 1, "a");
	add_value(&env, &map, 2, "b");
	state = state_of(&env, map);
	o = (SegAbQuantileOptions){.quantile = 0.5,
	                           .confidence = 0.95,
	                           .shares = shares,
	                           .share_count = 3};
	CHECK(seg_ab_quantile_test(&env, &state, &o, &test) == SEG_BAD_DIM);
	o.shares = bad;
	o.share_count = 2;
	CHECK(seg_ab_quantile_test(&env, &state, &o, &test) == SEG_NOT_POSITIVE);
	unit_env_free(&env);
}

void
test_ab_quantile_test(void)
{
	answers_are_those_of_r();
	intervals_hold_as_often_as_they_say();
	intervals_hold_for_whole_numbers();
	few_users_tell_little();
	constants_differ();
	answers_move_with_the_data();
	bad_options_are_refused();
}
