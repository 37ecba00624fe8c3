/*-------------------------------------------------------------------------
 *
 * vector_body.h
 *	  A vector of LANES doubles, in the build that NAME and TARGET describe.
 *
 * What is defined here the body undefines at its end.
 *
 * src/base/vector_body.h
 *
 *-------------------------------------------------------------------------
 */

#define Vector NAME(Vector)
#define INLINE static inline __attribute__((always_inline)) TARGET

/* readable names for the inlined functions */
#define LOAD  NAME(load)
#define STORE NAME(store)

typedef double Vector __attribute__((vector_size(LANES * sizeof(double))));

INLINE Vector
NAME(load)(const double *x)
{
	Vector v;

	memcpy(&v, x, sizeof(v));
	return v;
}

INLINE void
NAME(store)(double *x, Vector v)
{
	memcpy(x, &v, sizeof(v));
}

#if LANES <= 4
INLINE double
NAME(sum_lanes)(Vector v)
{
	double sum = v[0] + v[1];

#if LANES == 4
	sum += v[2] + v[3];
#endif
	return sum;
}
#endif
