"""What a session holds: copies are collated and not counted, bases can go, and nothing reaches what sessions share."""

from dataclasses import replace
from typing import Any

import pandas as pd
import pytest
from intake_files import BODY, TEXT, TITLE
from streamlit.testing.v1 import AppTest

from policy_atlas.app import session
from policy_atlas.documents.document import Document
from policy_atlas.intake.duplicates import Match
from policy_atlas.intake.holding import Own, changed, fuller_than, settled, without
from policy_atlas.intake.joining import decided, merged
from policy_atlas.intake.worker import Received, Worker
from policy_atlas.places.audit import Override
from policy_atlas.tables.frames import Tables

PART = "\n".join([TITLE, "", *BODY[:4]])


@pytest.fixture(scope="module")
def three() -> list[Received]:
    with Worker() as worker:
        texts = (TEXT, PART, f"{TEXT}\n附：支持贵州省。")
        return [worker.read(f"{at}.txt", text.encode()) for at, text in enumerate(texts)]


def match(doc_id: str, kind: str = "part") -> Match:
    return Match(doc_id, kind, 0.5, 1.0)


def test_a_witness_is_collated_as_the_registered_copy_is(tables: Tables, complete: Document, partial: Document) -> None:
    with Worker() as worker:
        found = worker.collate(complete.doc_id, complete.raw, partial.raw, "own-copy")
    columns = ["doc_id", "base_start", "base_end", "base_text", "other_start", "other_end", "other_text", "kind"]
    assert len(found.variants) > 20
    pd.testing.assert_frame_equal(found.variants[columns], tables.variants[columns])
    assert set(found.variants["witness"]) == {"own-copy"}
    assert len(found.mentions) == 0
    both = merged(tables, [], [found])
    assert len(both.variants) == 2 * len(tables.variants)
    assert len(both.mentions) == len(tables.mentions)
    assert len(both.documents) == len(tables.documents)


def test_a_witness_whose_base_has_gone_or_is_a_witness_itself_counts_on_its_own(three: list[Received]) -> None:
    base, copy, third = (Own(one) for one in three)
    copy = replace(copy, match=match(base.doc_id), as_witness=True)
    assert [one.counted for one in settled([base, copy], [])] == [True, False]
    assert without([base, copy], base.doc_id, []) == [copy.alone()]
    tied = replace(base, match=match("west-2020"), as_witness=True)
    assert changed([base, copy, third], tied, ["west-2020"]) == [tied, copy.alone(), third]
    assert copy.alone().counted


def test_a_fuller_copy_replaces_a_free_base_only(three: list[Received]) -> None:
    base, copy, _ = (Own(one) for one in three)
    assert fuller_than([copy], match(copy.doc_id, "whole")) == copy
    assert fuller_than([copy], match(copy.doc_id, "part")) is None
    assert fuller_than([copy], match("west-2020", "whole")) is None
    assert fuller_than([copy, replace(base, match=match(copy.doc_id))], match(copy.doc_id, "whole")) is None


def test_a_readers_decision_on_an_own_document_is_applied(three: list[Received]) -> None:
    one = three[0]
    first = one.tables.mentions.iloc[0]
    drop = Override(one.doc_id, int(first["start"]), int(first["end"]), "drop", "", "")
    found = decided(one, [drop])
    assert len(found.tables.mentions) == len(one.tables.mentions) - 1
    assert found.tables.documents["title"].tolist() == [one.title]
    assert decided(one, [replace_doc(drop, "other")]) is one


def replace_doc(override: Override, doc_id: str) -> Override:
    values: dict[str, Any] = {
        name: getattr(override, name) for name in ("start", "end", "decision", "place_id", "note")
    }
    return Override(doc_id, **values)


def page() -> None:
    """Ask for everything that pages compute, as a session that may hold a document of its own."""
    import streamlit as st

    from policy_atlas.analysis.counts import Choices
    from policy_atlas.app import beside, briefing, catalogue, data, drawn, headings, theme_data

    found = [data.sources(), data.tables(), data.facts(), theme_data.rows("", "west"), theme_data.body_hits("")]
    found += [theme_data.of_sentence("zh"), data.positions("", "west"), data.rows_of("", "west", "full")]
    found += [data.excerpts("", "west", "full", "510000"), data.silence(""), data.cities("", "zh", "west")]
    found += [theme_data.excerpts("", "west", "510000", "T08"), theme_data.cells("", "west"), data.sentences("")]
    found += [catalogue.audit(""), briefing.gathered().facts, beside.provinces("west", "full"), beside.themes()]
    found += [headings.articles_en(), [headings.labels(one.doc_id, "zh") for one in data.sources()]]
    found += [drawn.bars_figure("", Choices("west"), "zh", "light", "").to_dict()]
    whole = "".join(one.to_csv() if hasattr(one, "to_csv") else repr(one) for one in found)
    st.text(f"own- {whole.count('own-')} sums {len(data.tables().mentions)}")


@pytest.mark.parametrize("first", ["with", "without"])
def test_nothing_computed_for_one_sessions_document_is_shared(three: list[Received], first: str) -> None:
    session.forget()
    said = {}
    for who in ("with", "without") if first == "with" else ("without", "with"):
        at = AppTest.from_function(page, default_timeout=120)
        if who == "with":
            at.session_state["own-documents"] = [Own(three[0])]
        at.run()
        assert not at.exception
        said[who] = at.text[0].value
    assert said["without"].startswith("own- 0 sums ")
    assert not said["with"].startswith("own- 0 ")
