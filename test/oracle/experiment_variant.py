#!/usr/bin/env python3
"""Variants of some keys by the definition, in whole numbers and fractions, as SQL values.

Prints the rows of golden answers in test/pgtap/experiment/experiment_variant.sql: key, salt,
the variants under weights {1,1}, {90,10} and {1,2,0,5}.  The hash is that of fold.py, written
from its specification.
"""
import contextlib
import io
from fractions import Fraction
import os
import runpy

with contextlib.redirect_stdout(io.StringIO()):
    xxh64 = runpy.run_path(os.path.join(os.path.dirname(os.path.abspath(__file__)), "fold.py"))["xxh64"]


def variant(key, salt, weights):
    place = Fraction(xxh64(key.encode(), xxh64(salt.encode())), 2 ** 64)
    return next(i + 1 for i in range(len(weights)) if place < Fraction(sum(weights[:i + 1]), sum(weights)))


KEYS = ["", "0", "7", "-1", "42", "1000000", "9223372036854775807", "anna", "anna@example.org", "Ærøskøbing",
        "00000000-0000-0000-0000-000000000000", "6f9619ff-8b86-d011-b42d-00c04fc964ff"]
for key in KEYS:
    for salt in ("", "coupon 2026"):
        print("\t('%s', '%s', %s)," % (key, salt, ", ".join(
            str(variant(key, salt, w)) for w in ((1, 1), (90, 10), (1, 2, 0, 5)))))
