"""Where the two witnesses differ, difference by difference."""

import pytest

from policy_atlas.cleaning import clean, fold, squeeze
from policy_atlas.documents.document import Document, parse
from policy_atlas.documents.variants import Variant, collate
from policy_atlas.tables.frames import Tables


@pytest.fixture(scope="module")
def variants(complete: Document, partial: Document) -> list[Variant]:
    return collate(complete, partial)


@pytest.mark.parametrize(
    ("base", "other"),
    [
        ("区际", "国际"),
        ("平原", "西部"),
        ("准入", "监管"),
        ("体制", "体系"),
        ("运用", "应用"),
        ("升级", "支持力度"),
        ("继续", "持续"),
    ],
)
def test_a_replaced_word_is_a_row(variants: list[Variant], base: str, other: str) -> None:
    assert any(row[2] == base and row[5] == other and row.kind == "replaced" for row in variants)


def test_the_two_stray_english_ands_are_found(variants: list[Variant]) -> None:
    assert [(row.base_text, row.other_text) for row in variants if "and" in row.other_text] == [("和", "and")] * 2


def test_the_missing_passages_hold_the_missing_articles(variants: list[Variant]) -> None:
    missing = [row.base_text for row in variants if row.kind == "missing"]
    assert len(missing) == 2
    assert all(mark in missing[0] for mark in ("（四）", "（五）", "（六）", "（七）", "（八）"))
    assert all(mark in missing[1] for mark in ("（十六）", "（二十二）"))


def test_a_difference_of_dashes_or_spaces_is_layout_only(variants: list[Variant]) -> None:
    layout = [row for row in variants if row.kind == "layout"]
    assert any((row.base_text, row.other_text) == ("－", "—") for row in layout)
    assert all(fold(squeeze(row.base_text)) == fold(squeeze(row.other_text)) for row in layout)


def test_putting_the_base_readings_back_makes_the_base_text(
    variants: list[Variant], complete: Document, partial: Document
) -> None:
    mended, last = [], 0
    for row in sorted(variants, key=lambda row: (row.other_start, row.other_end, row.base_start)):
        if row.kind == "layout":
            continue
        mended.append(partial.raw[last : row.other_start])
        mended.append(complete.raw[row.base_start : row.base_end])
        last = row.other_end
    mended.append(partial.raw[last:])
    assert clean("".join(mended)).text == clean(complete.raw).text


def test_every_variant_text_is_the_text_between_its_offsets(
    variants: list[Variant], complete: Document, partial: Document
) -> None:
    for row in variants:
        if row.kind == "layout":
            assert complete.raw[row.base_start : row.base_end] == row.base_text
        else:
            assert fold(complete.text(row.base_start, row.base_end)) == row.base_text
            assert fold(partial.text(row.other_start, row.other_end)) == row.other_text


def test_two_equal_texts_have_no_variants() -> None:
    one, two = parse("a", "一、支持四川。"), parse("a", "一、支持四川。")
    assert collate(one, two) == []


def test_counts_never_add_up_two_witnesses(tables: Tables) -> None:
    assert list(tables.documents["base_witness"]) == ["complete"]
    assert set(tables.variants["witness"]) == {"partial"}
    assert int(tables.documents["n_chars"].sum()) == 10_291
