"""Recommenders against plain loops with the same arithmetic (cf_reference.c); cf.sql
makes the ratings.

Prints Markdown.  RUNS comes from the environment.
"""

import os
import subprocess
import tempfile

from measure import Figure, Session, interleave
from report import against, head, line, setup_line

RUNS = int(os.environ["RUNS"])

# the flags of the extension
COMPILE = "gcc -O3 -ffp-contract=off -fno-math-errno -fno-trapping-math -o %s cf_reference.c -lm"

FITS = {"svd": "factors => 64, epochs => 20", "als_implicit": "factors => 64, iterations => 10"}
PASSES = {"svd": 20, "als_implicit": 10}


def options(method, more=""):
    return "cf_options('%s'%s)" % (method, more and ", " + more)


def train(method, more=""):
    return "SELECT model_info(cf_train(user_id, item_id, rating, %s)) FROM ratings" % options(method, more)


class Reference:
    """The program with plain loops, fed from the table."""

    def __init__(self, session, folder):
        self.program = os.path.join(folder, "cf_reference")
        self.ratings = os.path.join(folder, "ratings")
        subprocess.run((COMPILE % self.program).split(), check=True)
        with open(self.ratings, "w") as f:
            session.cursor.copy_expert("COPY ratings TO STDOUT (DELIMITER ' ')", f)

    def fit(self, method):
        """CPU seconds and loss."""
        with open(self.ratings) as f:
            out = subprocess.run([self.program, method, "64", str(PASSES[method])],
                                 stdin=f, check=True, capture_output=True, text=True).stdout
        return [float(x) for x in out.split()]


def fits(session, reference):
    head("Training with 64 factors: svd in 20 epochs, als_implicit in 10 iterations",
         "what", "CPU s", "range of CPU s", "CPU of cf_train to this and the scan", "loss")
    scan = "SELECT sum(user_id), sum(item_id), sum(rating) FROM ratings"
    for method, more in FITS.items():
        plain = Figure()

        def run_plain():
            plain.result = reference.fit(method)
            plain.cpu_runs.append(plain.result[0])

        figures = interleave(session, RUNS, {
            "scan": lambda: session.run(scan),
            "cf_train": lambda: session.value(train(method, more)),
            "plain": run_plain})
        plain.cpu_runs.pop(0)  # the warm-up round
        ours = figures["cf_train"]
        line("%s: the scan" % method, "%.3f" % figures["scan"].cpu, figures["scan"].spread, "", "")
        line("%s: cf_reference.c" % method, "%.3f" % plain.cpu, plain.spread,
             against(ours.cpu / (plain.cpu + figures["scan"].cpu), 1), "%.6g" % plain.result[1])
        line("%s: cf_train" % method, "%.3f" % ours.cpu, ours.spread, "", "%.6g" % ours.result["loss"])


def others(session):
    head("Training: the other methods", "what", "CPU s", "memory over the baseline, MB", "size of the model, MB")
    for method, more in (("baseline", ""), ("user_knn", ""), ("item_knn", ""), ("ease", ""),
                         ("svd", FITS["svd"]), ("als_implicit", FITS["als_implicit"])):
        own = Session()
        own.run("SET segment.training_memory = '2GB'; SET segment.max_model_size = '512MB'")
        own.run("SELECT sum(user_id) FROM ratings")
        own.reset_peak()
        base, cpu = own.peak(), own.cpu()
        size = own.value("SELECT model_size(cf_train(user_id, item_id, rating, %s)) FROM ratings" % options(method, more))
        line(method, "%.2f" % (own.cpu() - cpu), "%.0f" % (own.peak() - base), "%.1f" % (size / 1048576))
        own.connection.close()


def lists(session):
    """The best ten items for every user, and single predictions."""
    session.run("SET segment.training_memory = '2GB'; SET segment.max_model_size = '512MB'")
    session.run("DROP TABLE IF EXISTS recommenders; CREATE UNLOGGED TABLE recommenders (method text, model segment_model)")
    for method, more in (("svd", FITS["svd"]), ("als_implicit", FITS["als_implicit"]), ("item_knn", ""), ("ease", "")):
        session.run("INSERT INTO recommenders SELECT %%s, cf_train(user_id, item_id, rating, %s) FROM ratings"
                    % options(method, more), method)
    users = session.value("SELECT count(*) FROM histories")
    head("cf_recommend for all %d users, top 10, and cf_predict for all ratings" % users,
         "method", "lists, CPU s", "ms a user", "lists with diversity, ms a user", "predictions, µs each")
    pairs = session.value("SELECT count(*) FROM ratings")
    for method in ("svd", "als_implicit", "item_knn", "ease"):
        model = "(SELECT model FROM recommenders WHERE method = '%s')" % method
        # neighbours are slower: they look at all ratings of a user for every item
        shares = {"lists": 1 if method in FITS else 20, "varied": 20, "predict": 1 if method in FITS else 20}
        some = {name: "(SELECT * FROM histories WHERE user_id %% %d = 0) AS h" % share for name, share in shares.items()}
        cases = {
            "lists": "SELECT count(*), sum(score) FROM %s CROSS JOIN LATERAL cf_recommend(%s, user_id, items, 10)"
                     % (some["lists"], model),
            "varied": "SELECT count(*), sum(score) FROM %s CROSS JOIN LATERAL cf_recommend(%s, user_id, items, 10, "
                      "cf_recommend_options(diversity => 0.3))" % (some["varied"], model),
            "predict": "SELECT sum(cf_predict(%s, user_id, item_id)) FROM ratings WHERE user_id %% %d = 0"
                       % (model, shares["predict"])}
        figures = interleave(session, 1, {name: (lambda sql=sql: session.run(sql)) for name, sql in cases.items()})
        each = {name: f.cpu * shares[name] for name, f in figures.items()}
        fast = 1000 * each["lists"] / users
        line(method, "%.1f" % each["lists"], against(fast, 1) if method in FITS else "%.2f" % fast,
             "%.2f" % (1000 * each["varied"] / users), "%.2f" % (1e6 * each["predict"] / pairs))


def main():
    session = Session()
    print(setup_line(session))
    print("%d ratings of %d items by %d users; medians of %d runs by turns." % (
        *session.run("SELECT count(*), count(DISTINCT item_id), count(DISTINCT user_id) FROM ratings")[0], RUNS))
    with tempfile.TemporaryDirectory() as folder:
        fits(session, Reference(session, folder))
    others(session)
    lists(session)


main()
