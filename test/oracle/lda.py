#!/usr/bin/env python3
"""Golden figures of LDA by scikit-learn and scipy.

Prints what test/unit/topic/test_lda.c holds: for topics that scikit-learn found
in the documents that the test has too, the fixed point of each document's
variational parameters gamma, and the bound of its log-likelihood, both from the
formulas of Hoffman, Blei and Bach (2010) with scipy's functions; and what
scikit-learn's own transform() says.

With the argument --planted it prints the held-out perplexity of test/pgtap/topic/lda.sql,
whose documents it makes too; with --austen FILE that of test/t/037_lda_data.pl,
for the chapters of Jane Austen's novels.  FILE is written by

    Rscript test/oracle/lda_austen.R > FILE

Debian: apt-get install python3-sklearn r-cran-janeaustenr (1.2.1 and 1.0.0 made
the figures there).
"""
import collections
import hashlib
import sys

import numpy as np
from scipy.special import gammaln, psi
from sklearn.decomposition import LatentDirichletAllocation

K = 3


def documents():
    """The documents of test_lda.c: counts of 8 terms."""
    return np.array([[(d * d + 3 * t * d + t) % 5 * (1 if (t + d) % 3 else 3) for t in range(8)] for d in range(12)])


def e_step(counts, weights, alpha, tolerance=1e-13):
    gamma = np.full(len(weights), alpha + counts.sum() / len(weights))
    for _ in range(100000):
        theta = np.exp(psi(gamma) - psi(gamma.sum()))
        new = alpha + theta * (weights @ (counts / (theta @ weights)))
        if abs(new - gamma).max() < tolerance:
            return new
        gamma = new
    raise RuntimeError("no fixed point")


def bound(counts, weights, alpha, gamma):
    log_theta = psi(gamma) - psi(gamma.sum())
    return ((counts * np.log(np.exp(log_theta) @ weights)).sum()
            + ((alpha - gamma) * log_theta + gammaln(gamma) - gammaln(alpha)).sum()
            + gammaln(alpha * len(gamma)) - gammaln(gamma.sum()))


def weights_of(components):
    return np.exp(psi(components) - psi(components.sum(1))[:, None])


def perplexity(model, x):
    """exp(- bound of the documents / tokens), from scikit-learn's topics."""
    weights = weights_of(model.components_)
    alpha = model.doc_topic_prior_
    total = 0.0
    for row in x:
        i = np.nonzero(row)[0]
        if len(i) > 0:
            gamma = e_step(row[i], weights[:, i], alpha, 1e-3)
            total += bound(row[i], weights[:, i], alpha, gamma)
    return np.exp(-total / x.sum())


def golden():
    x = documents()
    model = LatentDirichletAllocation(K, max_iter=500, random_state=1, mean_change_tol=1e-10, max_doc_update_iter=10000,
                                      evaluate_every=-1).fit(x)
    weights = weights_of(model.components_)
    print("static const double golden_topics[TERMS][K] = {")
    for t in range(x.shape[1]):
        print("\t{" + ", ".join("%.17g" % v for v in model.components_[:, t]) + "},")
    print("};\n\n/* gamma of each topic, bound */\nstatic const double golden[][K + 1] = {")
    for row in x:
        i = np.nonzero(row)[0]
        gamma = e_step(row[i], weights[:, i], 1 / K)
        print("\t{" + ", ".join("%.17g" % v for v in gamma) + ", %.17g}," % bound(row[i], weights[:, i], 1 / K, gamma))
    print("};\n\n/* transform() */")
    shares = model.transform(x)
    for row in shares:
        print("\t{" + ", ".join("%.6f" % v for v in row) + "},")


def austen(file):
    """Every fifth chapter is held out; terms of half the chapters or one are left out."""
    chapters = [line.rstrip("\n").split("\t") for line in open(file)]
    texts = [text.split() for _, text in chapters]
    frequency = collections.Counter(w for t in texts for w in set(t))
    terms = {w: i for i, w in enumerate(sorted(w for w, n in frequency.items() if 2 <= n <= 0.5 * len(texts)))}
    x = np.zeros((len(texts), len(terms)))
    for d, text in enumerate(texts):
        for w in text:
            if w in terms:
                x[d, terms[w]] += 1
    held = np.arange(len(texts)) % 5 == 4
    seen = x[~held].sum(0) > 0
    for seed in range(3):
        model = LatentDirichletAllocation(6, max_iter=50, random_state=seed).fit(x[~held][:, seen])
        print("seed %d: held-out perplexity %.1f, scikit-learn's own %.1f" % (
            seed, perplexity(model, x[held][:, seen]), model.perplexity(x[held][:, seen])))


def planted():
    """Documents of two of five topics that overlap: those of test/pgtap/topic/lda.sql."""
    def draw(*of):
        return int(hashlib.md5(" ".join(map(str, of)).encode()).hexdigest()[:8], 16) / 2.0**32

    x = np.zeros((400, 150))
    for d in range(1, 401):
        for n in range(1, 41 + int(40 * draw(d))):
            topic = int(5 * draw(d, "first" if draw(d, n, "which") < 0.7 else "second"))
            x[d - 1, (25 * topic + int(60 * draw(d, n, "term") ** 2)) % 150] += 1
    held = np.arange(1, 401) % 5 == 0
    seen = x[~held].sum(0) > 0
    for seed in range(5):
        model = LatentDirichletAllocation(5, max_iter=100, random_state=seed).fit(x[~held][:, seen])
        print("seed %d: held-out perplexity %.4f" % (seed, perplexity(model, x[held][:, seen])))


if "--planted" in sys.argv:
    planted()
elif "--austen" in sys.argv:
    austen(sys.argv[sys.argv.index("--austen") + 1])
else:
    golden()
