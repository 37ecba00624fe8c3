#!/usr/bin/env python3
"""Golden numbers for phrase_train and phrase_tokens, by brute force.

Counts every sequence of characters of every text in dictionaries, takes the
entropies of the neighbours and the mutual information over all ways to split from
their definitions, and segments by trying all ways to cut a text: nothing in common
with the search by groups of places and the dynamic programming of the kernel.

Prints the rows of test/unit/text/test_phrase.c:
    python3 test/oracle/phrase.py
"""
from collections import Counter, defaultdict
from functools import lru_cache
from math import log2, sqrt

MIN_COUNT, MAX_LENGTH, MIN_COHESION, MIN_FREEDOM, ITERATIONS = 3, 4, 1.2, 0.5, 5
LETTERS = "abcdefgh"
WORDS = ["ab", "cde", "fg", "h", "bad", "e"]


def draws(seed):
    """The draws of unit_draw in test/unit/unit.h."""
    while True:
        seed = (seed * 6364136223846793005 + 1442695040888963407) % 2 ** 64
        yield seed >> 33


def texts(n=120, seed=7):
    draw = draws(seed)
    rows = []
    for _ in range(n):
        rows.append("".join(WORDS[next(draw) % len(WORDS)] for _ in range(2 + next(draw) % 4)))
    return rows


def entropy(neighbours, edges):
    n = sum(neighbours.values()) + edges
    shares = [c / n for c in neighbours.values()] + [1 / n] * edges
    return -sum(s * log2(s) for s in shares)


def train(rows, dictionary=()):
    longest = max([MAX_LENGTH] + [len(w) for w in dictionary])
    count = Counter()
    left, right = defaultdict(Counter), defaultdict(Counter)
    left_edges, right_edges = Counter(), Counter()
    for row in rows:
        for i in range(len(row)):
            for j in range(i + 1, min(len(row), i + longest) + 1):
                w = row[i:j]
                count[w] += 1
                if i > 0:
                    left[w][row[i - 1]] += 1
                else:
                    left_edges[w] += 1
                if j < len(row):
                    right[w][row[j]] += 1
                else:
                    right_edges[w] += 1
    units = sum(len(row) for row in rows)

    def cohesion(w):
        return min(log2(count[w] / units / (count[w[:k]] / units * count[w[k:]] / units)) for k in range(1, len(w)))

    facts = {}
    for w in set(count) | set(dictionary):
        if count[w] == 0:
            facts[w] = (0, None, None, None)
        else:
            facts[w] = (count[w], cohesion(w) if len(w) > 1 else None,
                        entropy(left[w], left_edges[w]), entropy(right[w], right_edges[w]))
    # the square root of a count is 2.5 standard deviations of 1/2 too large at most
    phrases = {w for w, (n, c, a, b) in facts.items() if 1 < len(w) <= MAX_LENGTH and n >= MIN_COUNT
               and c + 2 * log2(1 - 2.5 / 2 / sqrt(n)) >= MIN_COHESION and min(a, b) >= MIN_FREEDOM} | set(dictionary)
    words = phrases | {c for w in phrases for c in w}
    tokens = {w: count[w] for w in words}
    total = units
    for iteration in range(1, ITERATIONS + 1):
        segmented = [segment(row, tokens, total) for row in rows]
        seen = Counter(w for s in segmented for w in s)
        new = {w: seen[w] for w in words}
        new_total = sum(seen.values())
        same = new == tokens and new_total == total
        tokens, total = new, new_total
        if same:
            break
    return phrases, facts, tokens, total, iteration, same


def segment(text, tokens, total):
    """The best of all ways to cut a text; of equal ones the longest last word."""
    cost = {w: log2(total) - log2(t) if t else log2(total) + 1 for w, t in tokens.items()}

    @lru_cache(None)
    def best(end):
        if end == 0:
            return 0.0, ()
        ways = []
        for start in range(end):
            w = text[start:end]
            if w in cost or end - start == 1:
                ways.append((best(start)[0] + cost.get(w, log2(total) + 1), start, best(start)[1] + (w,)))
        bits, _, way = min(ways, key=lambda x: (x[0], x[1]))
        return bits, way

    return list(best(len(text))[1])


def show(rows, dictionary, new_texts):
    phrases, facts, tokens, total, iterations, converged = train(rows, dictionary)
    for w in sorted(phrases, key=lambda w: (-facts[w][0], w)):
        n, c, a, b = facts[w]
        number = lambda x: "NAN" if x is None else "%.17g" % x
        print('\t{"%s", %d, %d, %d, %s, %s, %s, %s},' % (
            w, len(w), n, tokens[w], number(c), number(a), number(b), "true" if w in dictionary else "false"))
    print("\t/* tokens %d, iterations %d, converged %d */" % (total, iterations, converged))
    for text in new_texts:
        print('\t{"%s", "%s"},' % (text, "|".join(segment(text, tokens, total)) + "|"))


if __name__ == "__main__":
    new = ["abcdefgh", "badcdee", "xabxx", "hfgfgab", "e", "zz", "cdecdeab"]
    print("/* found */")
    show(texts(), (), new)
    print("/* with a dictionary */")
    show(texts(), ("gh", "abfgcde", "xyz", "h"), new)
