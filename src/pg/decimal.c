/*-------------------------------------------------------------------------
 *
 * decimal.c
 *	  A numeric as the nearest double, without a detour through text.
 *
 * The server's cast prints the numeric and parses the text, which costs more
 * than everything else that an aggregate of money does with a row. A numeric is
 * stored as digits in base 10000 (src/backend/utils/adt/numeric.c). If they
 * make a whole number up to 2^53, and the power of ten that it is multiplied or
 * divided by is exact as well, then one rounding gives the nearest double [1],
 * as the cast does. All others are cast.
 *
 * How a numeric is stored is internal to the server. It has not changed since
 * 9.1, as data directories survive upgrades; but we check that: each session
 * compares a few numbers with the cast, and casts all numbers if one differs.
 *
 * [1] W. D. Clinger, "How to Read Floating Point Numbers Accurately", PLDI 1990.
 *
 * src/pg/decimal.c
 *
 *-------------------------------------------------------------------------
 */
#include "postgres.h"

#include "utils/fmgrprotos.h"

#include "pg/decimal.h"

#define KIND_MASK         0xC000
#define KIND_NEGATIVE     0x4000 /* long head: a weight follows */
#define KIND_SHORT        0x8000 /* sign and weight are in the head */
#define KIND_SPECIAL      0xC000 /* NaN, infinity */
#define SHORT_NEGATIVE    0x2000
#define SHORT_WEIGHT      0x003F
#define SHORT_WEIGHT_SIGN 0x0040

#define MAX_DIGITS 4 /* below 10^16 */
#define MAX_EXACT  (INT64_C(1) << 53)

/* 10000^i: exact up to 10^22 */
static const double powers[] = {1, 1e4, 1e8, 1e12, 1e16, 1e20};

typedef struct Decimal
{
	bool is_negative;
	int weight; /* of the first digit: 10000^weight */
	int n;
	int16 digits[MAX_DIGITS];
} Decimal;

/*
 * Take apart a numeric, which may be packed and so unaligned; false if it is
 * not an easy one.
 */
static bool
take_apart(const struct varlena *packed, Decimal *decimal)
{
	const char *bytes = VARDATA_ANY(packed);
	Size size = VARSIZE_ANY_EXHDR(packed);
	Size head_size = sizeof(uint16);
	uint16 head;
	int16 weight;

	if (size < sizeof(head))
		return false;
	memcpy(&head, bytes, sizeof(head));
	if ((head & KIND_MASK) == KIND_SPECIAL)
		return false;
	if ((head & KIND_MASK) == KIND_SHORT)
	{
		decimal->is_negative = (head & SHORT_NEGATIVE) != 0;
		decimal->weight = head & SHORT_WEIGHT;
		if (head & SHORT_WEIGHT_SIGN)
			decimal->weight -= SHORT_WEIGHT_SIGN;
	}
	else
	{
		head_size += sizeof(weight);
		if (size < head_size)
			return false;
		memcpy(&weight, bytes + sizeof(head), sizeof(weight));
		decimal->is_negative = (head & KIND_MASK) == KIND_NEGATIVE;
		decimal->weight = weight;
	}
	decimal->n = (int) ((size - head_size) / sizeof(int16));
	if (decimal->n > MAX_DIGITS)
		return false;
	memcpy(decimal->digits,
	       bytes + head_size,
	       (Size) decimal->n * sizeof(int16));
	return true;
}

static double
cast(Datum numeric)
{
	return DatumGetFloat8(DirectFunctionCall1(numeric_float8, numeric));
}

/*
 * The nearest double of an easy numeric; false if it is not easy.
 */
static bool
read_digits(Datum numeric, double *x)
{
	Decimal decimal;
	int scale;
	int64 whole = 0;

	if (!take_apart((struct varlena *) DatumGetPointer(numeric), &decimal))
		return false;
	scale = decimal.n - 1 - decimal.weight;
	for (int i = 0; i < decimal.n; i++)
		whole = whole * 10000 + decimal.digits[i];
	if (whole > MAX_EXACT || abs(scale) >= lengthof(powers))
		return false;
	*x = scale >= 0 ? (double) whole / powers[scale]
	                : (double) whole * powers[-scale];
	/* there is no numeric -0 */
	if (decimal.is_negative && whole != 0)
		*x = -*x;
	return true;
}

/*
 * Is a numeric stored as we expect?
 */
static bool
digits_are_known(void)
{
	static const char *const probes[] = {"0",
	                                     "0.00",
	                                     "1",
	                                     "-1",
	                                     "19.99",
	                                     "-0.01",
	                                     "0.00000001",
	                                     "10000",
	                                     "123456789012.34",
	                                     "-9007199254740992",
	                                     "1e20",
	                                     "1e-12",
	                                     "NaN",
	                                     "Infinity"};

	for (int i = 0; i < lengthof(probes); i++)
	{
		Datum numeric = DirectFunctionCall3(numeric_in,
		                                    CStringGetDatum(probes[i]),
		                                    ObjectIdGetDatum(InvalidOid),
		                                    Int32GetDatum(-1));
		double x;

		if (read_digits(numeric, &x) && x != cast(numeric))
			return false;
	}
	return true;
}

double
decimal_to_double(Datum numeric)
{
	static enum
	{
		NOT_ASKED,
		KNOWN,
		UNKNOWN
	} digits = NOT_ASKED;
	double x;

	numeric = PointerGetDatum(PG_DETOAST_DATUM_PACKED(numeric));
	if (unlikely(digits == NOT_ASKED))
		digits = digits_are_known() ? KNOWN : UNKNOWN;
	if (likely(digits == KNOWN && read_digits(numeric, &x)))
		return x;
	return cast(numeric);
}
