#!/usr/bin/env python3
"""Golden numbers for text_ngrams, from Python's Unicode database and from a
reading of the rules that uses regular expressions instead of walks.

Without arguments: the sums of test/unit/text/test_text_ngrams.c.
With --ngrams: rows of test/pgtap/text/text_ngrams.sql.

The server's normal form is of its own version of Unicode, Python's of 14.0
(Python 3.11): they agree for characters that 14.0 has.
"""
import re
import sys
import unicodedata

IGNORED = [(0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x180B, 0x180F), (0x200C, 0x200F),
           (0x202A, 0x202E), (0x2060, 0x206F), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xE0000, 0xE0FFF)]
UNSPACED = [(0xE00, 0xEFF), (0x1000, 0x109F), (0x1780, 0x17FF), (0x1950, 0x19DF), (0x1A20, 0x1AAF),
            (0x2E80, 0x2FDF), (0x3005, 0x3007), (0x3021, 0x3029), (0x3031, 0x303C), (0x3041, 0x30FF),
            (0x3105, 0x312F), (0x31A0, 0x31FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA9E0, 0xA9FF),
            (0xAA60, 0xAADF), (0xF900, 0xFAFF), (0x1AFF0, 0x1B16F), (0x20000, 0x3FFFD)]
SEPARATOR, SPACE, SPACED, UNSPACED_KIND = range(4)


def within(c, ranges):
    return any(first <= c <= last for first, last in ranges)


def kind(c, separator):
    if c in range(9, 14) or c == 0x85 or unicodedata.category(chr(c)) == "Zs":
        return SPACE
    if separator:
        return SEPARATOR
    return UNSPACED_KIND if within(c, UNSPACED) else SPACED


def kinds():
    """Kinds of all characters: unassigned ones between separators are separators."""
    result = {}
    gap = []
    last = False
    for c in range(0x110000):
        category = unicodedata.category(chr(c))
        if category == "Cn":
            gap.append(c)
            continue
        separator = category[0] in "PSZ" or category in ("Cc", "Cf", "Cs")
        for g in gap:
            result[g] = kind(g, last and separator)
        gap = []
        result[c] = kind(c, separator)
        last = separator
    for g in gap:
        result[g] = kind(g, False)
    return result


def fold(c):
    if within(c, IGNORED):
        return ""
    if c == 0x2019:
        return "'"
    lower = chr(c).lower()
    return lower if len(lower) == 1 else "i"


def normal(text):
    text = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKC", "".join(fold(ord(c)) for c in text))


KINDS = kinds()


def runs(text, unit):
    """Lists of units that follow each other."""
    text = normal(text)
    letters = "".join("xsab"[KINDS[ord(c)]] for c in text)
    if unit == "character":
        return [list(text[m.start():m.end()]) for m in re.finditer("[ab]+", letters)]
    marked = "".join("q" if c == "'" else "p" if c == "." else "d" if "0" <= c <= "9" else k
                     for c, k in zip(text, letters))
    word = r"(?:[ad]|(?<=[ad])q(?=[ad])|(?<=d)p(?=d))+"
    return [[text[m.start() + u.start():m.start() + u.end()] for u in re.finditer(word + "|b", m.group())]
            for m in re.finditer(r"(?:%s|b)(?:(?:%s|b)|(?<=[ad])s+(?=[ad]))*" % (word, word), marked)]


def write(units):
    text = units[0]
    for before, unit in zip(units, units[1:]):
        spaced = KINDS[ord(before[-1])] == SPACED and KINDS[ord(unit[0])] == SPACED
        text += (" " if spaced else "") + unit
    return text


def ngrams(text, n, unit):
    glue = "".join if unit == "character" else write
    return [glue(run[i:i + n]) for run in runs(text, unit) for i in range(len(run) - n + 1)]


def mix(total, number):
    return ((total ^ number) * 0x100000001B3) % 2 ** 64


if __name__ == "__main__" and len(sys.argv) == 1:
    lower = all_kinds = 0
    for c in range(1, 0x110000):
        if 0xD800 <= c < 0xE000:
            continue
        folded = fold(c)
        lower = mix(lower, ord(folded) if folded else 0)
        all_kinds = mix(all_kinds, KINDS[c])
    print("lower 0x%x kinds 0x%x" % (lower, all_kinds))
