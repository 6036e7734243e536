"""Fit data/codebook/wording.csv: which n-grams of a sentence speak for which theme, instrument and family.

It learns from data/training/sentences.csv, which were written and coded for it, and from the phrases of the
codebook, each a short sentence of its own code.

    pip install -e ".[fit]" && python data/fit_wording.py

One logistic regression for each code over the n-grams that a sentence holds, L1-regularised so that few
weights remain. An n-gram counts by how rare it is, and a sentence by the root of its length.
"""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import NamedTuple

import numpy as np
from scipy.sparse import diags
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LogisticRegression

from policy_atlas.csv_tables import rows, split
from policy_atlas.themes import codebook
from policy_atlas.themes.wording import grams, plain

HERE = Path(__file__).parent
OUTPUT = HERE / "codebook" / "wording.csv"
SENTENCES = HERE / "training" / "sentences.csv"
LEAST_SENTENCES = 3  # that hold an n-gram
LEAST_CODED = 5  # sentences and phrases of a code
SENTENCE, DECISIVE = 3.0, 3  # what a sentence counts beside a phrase of weight 3
INVERSE_PENALTY = 2.0
SCALE = 0.25  # of the features, so that the penalty acts on weights of about 1
LEAST_WEIGHT = 0.05


class Example(NamedTuple):
    """A text, its codes and what it counts."""

    text: str
    codes: frozenset[str]
    worth: float


def sentences(column: str) -> list[Example]:
    """Return the sentences with their codes of a column (themes, instruments)."""
    return [Example(row["sentence"], frozenset(split(row[column])), SENTENCE) for row in rows(SENTENCES)]


def phrases(name: str) -> list[Example]:
    """Return the phrases of a table of the codebook with their codes."""
    return [
        Example(phrase.text, frozenset((phrase.owner, *phrase.also)), phrase.weight / DECISIVE)
        for phrase in codebook.phrases(HERE / "codebook" / name)
    ]


def fit(examples: list[Example]) -> list[tuple[str, str, str]]:
    """Return code, n-gram ('' for the intercept) and weight of a model of `examples`."""
    counter = CountVectorizer(analyzer=grams, min_df=LEAST_SENTENCES, binary=True)
    held = counter.fit_transform([example.text for example in examples]).astype(float)
    names = counter.get_feature_names_out()
    rare = SCALE * (1 + np.log((1 + held.shape[0]) / (1 + np.asarray(held.sum(axis=0)).ravel())))
    lengths = [len(plain(example.text)) for example in examples]
    features = (diags(1 / np.sqrt(lengths)) @ held @ diags(rare)).tocsr()
    worths = np.array([example.worth for example in examples])
    found: list[tuple[str, str, str]] = []
    for code in sorted(set().union(*(example.codes for example in examples))):
        has = np.array([code in example.codes for example in examples])
        if has.sum() < LEAST_CODED:
            continue
        model = LogisticRegression(C=INVERSE_PENALTY, l1_ratio=1, solver="liblinear", max_iter=300, random_state=0)
        model.fit(features, has, sample_weight=worths)
        weights = model.coef_[0] * rare
        found.append((code, "", f"{model.intercept_[0]:.2f}"))
        found += [(code, names[at], f"{weights[at]:.2f}") for at in np.flatnonzero(abs(weights) >= LEAST_WEIGHT)]
    return found


def main() -> None:
    """Fit the models of themes, and of instrument kinds and families, and write their weights."""
    themes = fit([*sentences("themes"), *phrases("phrases.csv")])
    tools = [*sentences("instruments"), *phrases("instrument_phrases.csv")]
    kinds = fit([tool._replace(codes=tool.codes | {code[0] for code in tool.codes}) for tool in tools])
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(("code", "ngram", "weight"))
    writer.writerows([*themes, *kinds])
    OUTPUT.write_text(stream.getvalue(), encoding="utf-8")


if __name__ == "__main__":
    main()
