/*-------------------------------------------------------------------------
 *
 * cf_loops.c
 *	  Two builds of the recommenders' loops, and the choice between them.
 *
 * cf_loops_body.h is compiled for the baseline of the architecture and for AVX2
 * with fused multiply-add.  They may differ in the last bit of a sum; on a
 * given processor the same one always runs.
 *
 * src/kernel/recommend/cf_loops.c
 *
 *-------------------------------------------------------------------------
 */
#include "kernel/recommend/cf_loops.h"

#include <math.h>

#include "base/vector.h"

#define CACHE_LINE 64
#define AHEAD      6   /* ratings between prefetching factors and using them */
#define ROWS       4   /* of a tile */
#define SUMS       4   /* partial sums of a dot product */
#define CACHED     128 /* columns of a panel that stay in the cache */

/* A pivot below this share of its diagonal is rounding: a dependent row. */
#define SINGULAR 1e-14

#define UNROLL _Pragma("GCC unroll 8")

#define BASE_NAME(name) name##_baseline
#define AVX2_NAME(name) name##_avx2

#define NAME(name) BASE_NAME(name)
#define TARGET
#define LANES 2 /* doubles in a vector: the processor's own width */
#define FMA   TWICE_ROUNDED
#include "kernel/recommend/cf_loops_body.h"
#undef NAME
#undef TARGET
#undef LANES
#undef FMA

#if defined(__x86_64__)
#define NAME(name) AVX2_NAME(name)
#define TARGET     __attribute__((target("avx2,fma")))
#define LANES      4
#define FMA        FUSED_AVX2
#include "kernel/recommend/cf_loops_body.h"
#undef NAME
#undef TARGET
#undef LANES
#undef FMA
#endif

const SegCfLoops *
seg_cf_loops(void)
{
#if defined(__x86_64__)
	if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
		return &loops_avx2;
#endif
	return &loops_baseline;
}

const SegCfLoops *
seg_cf_loops_baseline(void)
{
	return &loops_baseline;
}
