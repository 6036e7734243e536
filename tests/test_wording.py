"""The wording model: it counts n-grams as it was fitted, moves weight between phrases, and adds no theme of its own."""

import csv
import math

import numpy as np
import pytest

from policy_atlas.csv_tables import rows
from policy_atlas.documents.document import parse
from policy_atlas.paths import DATA
from policy_atlas.tables.json_lines import theme_rows
from policy_atlas.themes import codebook, coding, phrases
from policy_atlas.themes.codebook import Phrase
from policy_atlas.themes.kinds import kinds, outvoted
from policy_atlas.themes.scoring import WORDED, rank
from policy_atlas.themes.wording import (
    BLOCK,
    FULL,
    INTERCEPT,
    READ,
    SHORT,
    UNREAD,
    Odds,
    Pull,
    Weight,
    Wording,
    grams,
    plain,
    wording,
)

TRAINING = DATA / "training" / "sentences.csv"
TWO = Wording([Weight("T05.1", "路", 2), Weight("T11.2", "学校", 3), Weight("T11.2", "通校", 1)])


def weights() -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = {}
    for row in rows(DATA / "codebook" / "wording.csv"):
        found.setdefault(row["ngram"], {})[row["code"]] = float(row["weight"])
    return found


def test_the_log_odds_are_the_weights_of_the_n_grams_over_the_root_of_the_length() -> None:
    sentences = [row["sentence"] for row in rows(TRAINING)][::500]
    model, table = wording(), weights()
    starts, text = [], ""
    for sentence in sentences:
        starts.append(len(text))
        text += plain(sentence) + "\n"
    odds = model.odds(text, starts)
    for at, sentence in enumerate(sentences):
        assert odds.sizes[at] == len(plain(sentence))
        for column, code in enumerate(model.codes):
            told = sum(table[gram].get(code, 0.0) for gram in grams(sentence) if gram in table)
            expected = table[""].get(code, 0.0) + told / math.sqrt(len(plain(sentence)))
            assert odds.log_odds[at, column] == pytest.approx(expected, abs=1e-3)


def test_an_n_gram_counts_once_and_not_across_sentences() -> None:
    text = "修路路路。交通\n校车。学校"
    odds = TWO.odds(text, [0, 5, 8])
    assert odds.log_odds[:, 0].tolist() == pytest.approx([2 / math.sqrt(5), 0, 0])
    assert odds.log_odds[:, 1].tolist() == pytest.approx([0, 0, 3 / math.sqrt(5)])


def test_many_sentences_are_read_block_by_block_with_the_same_result() -> None:
    sentence = "修建学校。"
    count = 3 * BLOCK // len(sentence)
    odds = TWO.odds(sentence * count, [at * len(sentence) for at in range(count)])
    assert np.allclose(odds.log_odds, TWO.odds(sentence, [0]).log_odds)


def test_a_sentence_without_end_is_read_in_part() -> None:
    odds = TWO.odds("校" * READ + "修路", [0])
    assert odds.sizes.tolist() == [READ]
    assert odds.log_odds.tolist() == [[0, 0]]


@pytest.mark.parametrize("text", ["", "\n", "。", "\ud800路", "\U0010ffff路"])
def test_odd_texts_are_read(text: str) -> None:
    assert TWO.odds(text, [0] if text else []).log_odds.shape == (bool(text), 2)


def test_the_pull_is_a_line_with_a_floor_and_short_sentences_are_pulled_less() -> None:
    odds = Odds(("a", "b"), np.array([[1.0, -9.0]] * 3), np.array([FULL, SHORT, (SHORT + FULL) / 2]))
    worth = odds.worth(Pull(slope=0.5, even=-1.0, least=-0.25))
    whole, none, half = (worth[at] for at in range(3))
    assert whole == {"a": 1.0, "b": -0.25}
    assert none == {"a": 0.0, "b": 0.0}
    assert half == {"a": 0.5, "b": -0.125}


def test_it_moves_scores_of_themes_with_a_phrase_and_adds_none() -> None:
    engine = phrases.scanner()
    (hits, _) = engine.hits("修建学校和公路")
    before = rank(hits, {}).scores
    after = rank(hits, {}, wording={"T05.1": 0.5, "T03.1": 9.0}).scores
    assert set(after) == set(before)
    assert {theme: round(after[theme] - before[theme], 6) for theme in after if after[theme] != before[theme]} == {
        "T05.1": 0.5
    }
    assert rank([], {}, wording={"T03.1": 9.0}).scores == rank([], {}, wording=UNREAD).scores == {}


def test_the_first_of_two_themes_changes_where_the_wording_tells_them_apart() -> None:
    document = parse(
        "case",
        "关于教育工作的意见\n\n各地要采取切实有效的措施解决通往偏远学校的公路问题，保证每一名学生雨天也能平安到达学校上课学习。\n",
    )
    silent = Wording([Weight("T05.1", INTERCEPT, -99)])
    roads = Wording([Weight("T05.1", "路", 200)])
    assert coding.code(document, model=silent)[-1].themes != coding.code(document, model=roads)[-1].themes
    assert coding.code(document, model=roads)[-1].themes[0] == "T05.1"


def test_it_moves_scores_of_instruments_with_a_phrase_and_adds_none() -> None:
    found = [(0, 2, Phrase("补贴", "S1", 3)), (4, 6, Phrase("平台", "S5", 3))]
    how = {"found": found, "theme": "T01.1", "usual": {}, "acts": True, "default": ("E7", 1.0), "breaks": [3]}
    assert kinds(**how)[0] == "S1"
    assert kinds(**how, wording={"S5": 2.5, "D1": 9.0}) == ["S5", "S1"]


def test_it_moves_exhorting_where_no_tool_is_named_but_not_the_rule_of_a_law() -> None:
    found = [(0, 2, Phrase("设施", "S2", 1))]
    how = {"found": found, "theme": "T05.4", "usual": {"S2": 0.7}, "acts": True}
    assert kinds(**how, default=("E7", 1.6)) == ["S2"]
    assert kinds(**how, default=("E7", 1.6), wording={"E7": 0.5}) == ["E7"]
    law = {**how, "usual": {}}
    assert kinds(**law, default=("E2", 0.9)) == kinds(**law, default=("E2", 0.9), wording={"E2": 0.5}) == ["S2"]


def test_what_the_wording_moved_is_told_beside_the_phrases() -> None:
    raw = "关于教育工作的意见\n\n各地要采取切实有效的措施解决通往偏远学校的公路问题，保证每一名学生雨天也能平安到达。\n"
    coded = coding.code(parse("case", raw))
    told = list(theme_rows("case", raw))
    silent = Wording([Weight("T05.1", INTERCEPT, WORDED.even)])
    plainly = coding.code(parse("case", raw), model=silent)
    theme = coded[-1].themes[0]
    moved = told[-1]["wording"][theme]
    assert moved
    assert dict(zip(plainly[-1].themes, plainly[-1].scores, strict=True))[theme] + moved == pytest.approx(
        coded[-1].scores[0], abs=1e-3
    )
    assert told[0]["wording"] == {}


def test_the_table_knows_only_codes_of_the_codebook_and_few_weights() -> None:
    book = codebook.load()
    table = weights()
    codes = {code for found in table.values() for code in found}
    assert codes <= set(book.themes) | set(book.kinds)
    assert {theme.theme_id for theme in book.themes.values() if theme.parent} <= codes
    assert all(gram == "" or (len(gram) <= 3 and gram.isalnum()) for gram in table)
    assert (DATA / "codebook" / "wording.csv").stat().st_size < 1_000_000


def test_every_training_sentence_is_whole_coded_by_the_codebook_and_stands_once() -> None:
    book = codebook.load()
    with TRAINING.open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    sentences = [row["sentence"] for row in table]
    assert len(sentences) >= 7000
    assert len(set(sentences)) == len(sentences)
    for row in table:
        themes, kinds = (list(filter(None, row[column].split("|"))) for column in ("themes", "instruments"))
        assert row["sentence"][-1] in "。；！？", row
        assert all(book.themes[theme].parent for theme in themes), row
        assert all(book.kinds[kind].family for kind in kinds), row
        assert len(themes) <= 3, row
        assert len(kinds) <= 2, row


def test_the_model_tells_the_theme_of_most_training_sentences_by_wording_alone() -> None:
    """A broken table or another way of counting n-grams would fall far below; it is no measure of how good it is."""
    table = [row for row in rows(TRAINING) if row["themes"]][::7]
    model = wording()
    right = 0
    for row in table:
        text = plain(row["sentence"])
        found = model.odds(text, [0]).worth(Pull(1.0, 0.0, -99.0))[0]
        best = max((code for code in found if code.startswith("T")), key=found.__getitem__)
        right += best in row["themes"].split("|")
    assert right / len(table) > 0.7


ODDS = {"S": 2.0, "S1": 1.0, "S2": 0.5, "E": -2.0, "E7": -3.0, "D": -4.0, "D3": -4.0}


@pytest.mark.parametrize(
    ("tools", "found", "odds", "chosen"),
    [
        (["E7"], [], ODDS, ["S1"]),
        (["E7"], [(0, 2, Phrase("修建", "S2", 2))], ODDS, ["S2"]),
        (["E7"], [(0, 2, Phrase("宣传", "E7", 3))], ODDS, ["E7"]),
        (["S2"], [], ODDS, ["S2"]),
        ([], [], ODDS, []),
        (["E7"], [], ODDS | {"S": 1.0}, ["E7"]),
        (["E7"], [], ODDS | {"E": -1.0}, ["E7"]),
        (["E7", "D3"], [], ODDS, ["S1"]),
        (["E7"], [], UNREAD, ["E7"]),
    ],
)
def test_a_wording_that_is_sure_outvotes_faint_phrases_and_no_decisive_ones(tools, found, odds, chosen) -> None:
    assert outvoted(tools, found, odds) == chosen


def test_a_family_that_the_wording_chose_is_explained_by_n_grams_of_the_sentence() -> None:
    sentence = "推动中小企业“智改数转”，对购买诊断服务的按实际费用50%补助。"
    told = list(theme_rows("case", f"意见\n各地区要做好下列工作。\n{sentence}\n"))[-1]
    assert told["instruments"] == ["S1"]
    assert 0 < len(told["voted"]) <= 5
    assert set(told["voted"]) <= grams(sentence)
    assert list(theme_rows("case", "意见\n各地区要做好下列工作。\n修建灌区渠道。\n"))[-1]["voted"] == []


def test_the_tellers_are_the_loudest_n_grams_first() -> None:
    assert TWO.tellers("通校学校路", "T11.2", 1) == ["学校"]
    assert TWO.tellers("通校学校路", "T11.2", 9) == ["学校", "通校"]
    assert TWO.tellers("山", "T05.1", 9) == []
