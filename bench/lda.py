"""Topics in SQL against gensim and scikit-learn; lda.sql makes the documents.

Training in SQL reads the table; the others start from documents as counts in memory.
One thread each.  Held-out perplexity is that of lda_perplexity for all of them.
Prints Markdown.  RUNS comes from the environment.
"""

import collections
import os
import warnings

import gensim
import numpy as np
import sklearn
from gensim.models import LdaModel
from scipy.sparse import csr_matrix
from scipy.special import gammaln, psi
from sklearn.decomposition import LatentDirichletAllocation
from threadpoolctl import threadpool_limits

from measure import Session, interleave
from report import against, head, line, setup_line

RUNS = int(os.environ["RUNS"])
TOPICS = 20

warnings.simplefilter("ignore")


def perplexity(components, alpha, documents):
    """exp(- bound of the documents / tokens): see lda_perplexity."""
    weights = np.exp(psi(components) - psi(components.sum(1))[:, None])
    bound = tokens = 0
    for document in documents:
        i, n = [np.array(column) for column in zip(*document)]
        gamma, own = alpha + n.sum() / len(alpha), weights[:, i]
        for _ in range(100):
            theta = np.exp(psi(gamma) - psi(gamma.sum()))
            before, gamma = gamma, alpha + theta * (own @ (n / (theta @ own)))
            if abs(gamma - before).mean() < 1e-3:
                break
        log_theta = psi(gamma) - psi(gamma.sum())
        bound += (n @ np.log(np.exp(log_theta) @ own) + ((alpha - gamma) * log_theta + gammaln(gamma) - gammaln(alpha)).sum()
                  + gammaln(alpha.sum()) - gammaln(gamma.sum()))
        tokens += n.sum()
    return np.exp(-bound / tokens)


class Corpus:
    """Documents as gensim and scikit-learn take them."""

    def __init__(self, session):
        rows = session.run("SELECT held_out, tokens FROM lda_documents")
        terms = sorted({t for held_out, tokens in rows if not held_out for t in tokens})
        number = {t: i for i, t in enumerate(terms)}
        self.names = dict(enumerate(terms))
        self.training, self.held_out = [
            [sorted(collections.Counter(number[t] for t in tokens if t in number).items()) for h, tokens in rows if h == held]
            for held in (False, True)]
        ends = np.cumsum([0] + [len(d) for d in self.training])
        pairs = np.array([pair for d in self.training for pair in d])
        self.matrix = csr_matrix((pairs[:, 1].astype(float), pairs[:, 0], ends), shape=(len(self.training), len(terms)))


def main():
    session = Session()
    print(setup_line(session, "; gensim %s, scikit-learn %s" % (gensim.__version__, sklearn.__version__)))
    corpus = Corpus(session)
    prior = np.full(TOPICS, 1 / TOPICS)

    def in_sql(restarts):
        session.run("DROP TABLE IF EXISTS lda_model; CREATE TEMP TABLE lda_model AS SELECT lda_train(tokens, "
                    "lda_options(k => %d, restarts => %d)) AS m FROM lda_documents WHERE NOT held_out" % (TOPICS, restarts))
        return session.value("SELECT lda_perplexity(m, tokens) FROM lda_model, lda_documents WHERE held_out")

    def by_gensim(passes):
        return LdaModel(corpus.training, num_topics=TOPICS, id2word=corpus.names, passes=passes, random_state=1, eval_every=None)

    def by_sklearn(passes):
        return LatentDirichletAllocation(TOPICS, max_iter=passes, random_state=1).fit(corpus.matrix)

    cases = {"lda_train, restarts => 1": lambda: in_sql(1), "lda_train": lambda: in_sql(5)}
    cases.update({"gensim, %d passes" % n: (lambda n=n: by_gensim(n)) for n in (1, 10)})
    cases["scikit-learn, 10 passes"] = lambda: by_sklearn(10)
    with threadpool_limits(1):
        figures = interleave(session, RUNS, cases)
    head("LDA: %d documents of %d terms, %d topics" % (corpus.matrix.shape + (TOPICS,)),
         "what", "CPU s", "range of CPU s", "held-out perplexity")
    for name, f in figures.items():
        model = f.result
        value = model if isinstance(model, float) else perplexity(
            model.components_ if name.startswith("scikit") else model.state.get_lambda().astype(float), prior, corpus.held_out)
        line(name, "%.3f" % f.cpu, f.spread, "%.1f" % value)
        f.result = value
    best = min((f for name, f in figures.items() if name.startswith("gensim")), key=lambda f: f.result)
    own = figures["lda_train"]
    print("\nTo gensim at its best: CPU %s, perplexity %s." % (against(own.cpu / best.cpu, 1), against(own.result / best.result, 1)))
    print("Perplexity to scikit-learn: %s." % against(own.result / figures["scikit-learn, 10 passes"].result, 1.02))


main()
