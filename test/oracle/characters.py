#!/usr/bin/env python3
"""Tables of characters for src/kernel/text/character_tables.h, from Python's own
copy of the Unicode character database (14.0 in Python 3.11).

lower_case: first, last, step, how much to add: the simple mapping to lower case.
separators: first, last: punctuation, symbols, spaces and control characters.
Ranges run through unassigned code points, so that a later Unicode adds to them.

    python3 test/oracle/characters.py > src/kernel/text/character_tables.h
"""
import unicodedata

HEAD = """/*-------------------------------------------------------------------------
 *
 * character_tables.h
 *	  Lower case, and what separates words, in Unicode %s.
 *
 * Written by test/oracle/characters.py.
 *
 * src/kernel/text/character_tables.h
 *
 *-------------------------------------------------------------------------
 */
#ifndef SEG_KERNEL_CHARACTER_TABLES_H
#define SEG_KERNEL_CHARACTER_TABLES_H

#include <stdint.h>
"""


def characters():
    return (c for c in range(0x110000) if not 0xD800 <= c < 0xE000)


def lower(c):
    # the simple mapping; only of U+0130 the full one is longer
    return 0x69 if c == 0x130 else ord(chr(c).lower())


def lower_ranges():
    ranges = []
    for c in characters():
        add = lower(c) - c
        if add == 0:
            continue
        if ranges:
            first, last, step, same = ranges[-1]
            if same == add and (c - last == step or (first == last and c - last == 2)):
                ranges[-1] = (first, c, c - last, add)
                continue
        ranges.append((c, c, 1, add))
    return ranges


def separator_ranges():
    ranges = []
    inside = False
    for c in range(0x110000):
        category = unicodedata.category(chr(c))
        if category == "Cn":
            continue
        if category[0] in "PSZ" or category in ("Cc", "Cf", "Cs"):
            if inside:
                ranges[-1][1] = c
            else:
                ranges.append([c, c])
            inside = True
        else:
            inside = False
    return ranges


def wide(rows, per_line):
    rows = ["{%s}," % ", ".join(row) for row in rows]
    return "\n".join(
        "\t" + " ".join(rows[i : i + per_line]) for i in range(0, len(rows), per_line)
    )


if __name__ == "__main__":
    lower_rows = [
        ("0x%x" % first, "0x%x" % last, str(step), str(add))
        for first, last, step, add in lower_ranges()
    ]
    separator_rows = [("0x%x" % first, "0x%x" % last) for first, last in separator_ranges()]
    print(HEAD % unicodedata.unidata_version.removesuffix(".0"))
    print("/* clang-format off */")
    print("static const int32_t lower_case[][4] = {")
    print(wide(lower_rows, 3))
    print("};\n\nstatic const int32_t separators[][2] = {")
    print(wide(separator_rows, 4))
    print("};\n/* clang-format on */\n\n#endif /* SEG_KERNEL_CHARACTER_TABLES_H */")
