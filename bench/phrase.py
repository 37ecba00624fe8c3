"""Words found in short texts without spaces; phrase.sql makes the texts of planted words.

Prints Markdown.  RUNS comes from the environment.
"""

import os

from measure import Session, interleave
from report import against, head, line, setup_line

RUNS = int(os.environ["RUNS"])
SECONDS = 20  # for a million texts
SHARE = 0.95


def main():
    session = Session()
    print(setup_line(session))
    texts, characters = session.run("SELECT count(*), sum(length(text)) FROM phrase_texts")[0]

    def train():
        session.run("DROP TABLE IF EXISTS phrase_model; CREATE TEMP TABLE phrase_model AS "
                    "SELECT phrase_train(text) AS m FROM phrase_texts")

    figures = interleave(session, RUNS, {
        "phrase_train": train,
        "phrase_tokens": lambda: session.value("SELECT sum(cardinality(phrase_tokens(m, text))) FROM phrase_model, phrase_texts"),
        "text_ngrams, 2": lambda: session.value("SELECT sum(cardinality(text_ngrams(text, 2))) FROM phrase_texts"),
        "sum(length)": lambda: session.value("SELECT sum(length(text)) FROM phrase_texts")})
    head("Words in %d texts of %d characters" % (texts, characters), "what", "CPU s", "wall s", "range of CPU s")
    for name, f in figures.items():
        line(name, "%.2f" % f.cpu, "%.2f" % f.wall, f.spread)
    precision, recall = session.run("""
        WITH planted AS (SELECT word, count(*) AS n FROM phrase_texts, unnest(words) AS n JOIN phrase_words USING (n) GROUP BY word),
            found AS (SELECT phrase FROM phrase_model, phrases(m))
        SELECT (SELECT avg((phrase IN (SELECT word FROM planted))::int)::float8 FROM found),
            (SELECT avg((word IN (SELECT phrase FROM found))::int)::float8 FROM planted WHERE n >= 5)""")[0]
    print("\nA million texts: %s s." % against(figures["phrase_train"].cpu * 1e6 / texts, SECONDS))
    print("Planted words: precision %s, recall of those that occur 5 times %s." % (
        against(precision, SHARE, False), against(recall, SHARE, False)))


main()
