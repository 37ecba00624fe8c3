#!/usr/bin/env python3
"""Parts of some keys by an XXH64 written from its specification, as SQL values.

Prints the rows of golden answers in test/pgtap/evaluate/fold.sql: key, salt, the parts of
2, 5, 10 and 1000.  First the hash is held to test vectors of xxHash itself.
"""
P1, P2, P3, P4, P5 = (11400714785074694791, 14029467366897019727, 1609587929392839161,
                      9650029242287828579, 2870177450012600261)
M = (1 << 64) - 1


def rotate(x, bits):
    return (x << bits | x >> (64 - bits)) & M


def word(data, size):
    return int.from_bytes(data[:size], "little")


def mix(accumulator, x):
    return rotate((accumulator + x * P2) & M, 31) * P1 & M


def xxh64(data, seed=0):
    rest = data
    if len(data) >= 32:
        lanes = [(seed + P1 + P2) & M, (seed + P2) & M, seed, (seed - P1) & M]
        while len(rest) >= 32:
            lanes = [mix(lane, word(rest[8 * i:], 8)) for i, lane in enumerate(lanes)]
            rest = rest[32:]
        h = sum(rotate(lane, bits) for lane, bits in zip(lanes, (1, 7, 12, 18))) & M
        for lane in lanes:
            h = ((h ^ mix(0, lane)) * P1 + P4) & M
    else:
        h = (seed + P5) & M
    h = (h + len(data)) & M
    while len(rest) >= 8:
        h = (rotate(h ^ mix(0, word(rest, 8)), 27) * P1 + P4) & M
        rest = rest[8:]
    if len(rest) >= 4:
        h = (rotate(h ^ word(rest, 4) * P1 & M, 23) * P2 + P3) & M
        rest = rest[4:]
    for byte in rest:
        h = rotate(h ^ byte * P5 & M, 11) * P1 & M
    h = (h ^ h >> 33) * P2 & M
    h = (h ^ h >> 29) * P3 & M
    return h ^ h >> 32


assert xxh64(b"") == 0xef46db3751d8e999
assert xxh64(b"a") == 0xd24ec4f1a98c6e5b
assert xxh64(b"abc") == 0x44bc2cf5ad770999
assert xxh64(b"Nobody inspects the spammish repetition") == 0xfbcea83c8a378bf1

KEYS = ["", "0", "1", "-1", "42", "1000000", "9223372036854775807", "-9223372036854775808", "anna",
        "anna@example.org", "a key of thirty-two bytes or more", "Ærøskøbing",
        "00000000-0000-0000-0000-000000000000", "6f9619ff-8b86-d011-b42d-00c04fc964ff"]
for key in KEYS:
    for salt in ("", "courses 2026"):
        h = xxh64(key.encode(), xxh64(salt.encode()))
        print("\t('%s', '%s', %s)," % (key, salt, ", ".join(str(h * n // 2 ** 64 + 1) for n in (2, 5, 10, 1000))))
