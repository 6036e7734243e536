"""A copy of a loaded document is recognised, whole, altered or in part; another document is not."""

from policy_atlas.documents.document import Document
from policy_atlas.intake.duplicates import compare, find_copy, signature


def test_the_partial_seed_is_a_part_of_the_complete_one(complete: Document, partial: Document) -> None:
    loaded = [("west-2020", signature(complete.raw))]
    found = find_copy(signature(partial.raw), loaded)
    assert found is not None
    assert (found.doc_id, found.kind) == ("west-2020", "part")
    assert found.containment > 0.9
    back = find_copy(signature(complete.raw), [("cut", signature(partial.raw))])
    assert back is not None
    assert back.kind == "whole"


def test_layout_width_and_traditional_forms_make_no_difference(complete: Document) -> None:
    other = complete.raw.replace("\n", "\n\n\u3000\u3000").replace("发展", "發展").replace("，", ",")
    found = find_copy(signature(other), [("x", signature(complete.raw))])
    assert found is not None
    assert (found.kind, found.resemblance) == ("same", 1.0)


def test_a_copy_with_scattered_changes_is_a_copy(complete: Document) -> None:
    other = "".join("变" if at % 120 == 60 else char for at, char in enumerate(complete.raw))
    found = find_copy(signature(other), [("x", signature(complete.raw))])
    assert found is not None
    assert found.kind == "copy"


def test_the_nearest_of_several_loaded_documents_is_named(complete: Document, partial: Document) -> None:
    loaded = [("cut", signature(partial.raw)), ("full", signature(complete.raw))]
    found = find_copy(signature(complete.raw + "附件。"), loaded)
    assert found is not None
    assert found.doc_id == "full"


def test_a_document_that_quotes_a_passage_is_no_copy(complete: Document) -> None:
    own = "".join(
        f"第{at}条 园区管理机构应当按第{at * 7}号目录公开第{at * 13}项事项并说明理由。\n" for at in range(200)
    )
    assert find_copy(signature(own + complete.raw[500:1_000]), [("x", signature(complete.raw))]) is None


def test_texts_of_no_or_few_characters_are_copies_of_nothing_else(complete: Document) -> None:
    for text in ("", "四川", "四川省成都市"):
        assert find_copy(signature(text), [("x", signature(complete.raw))]) is None


def test_a_signature_is_the_same_on_every_run() -> None:
    found = signature("支持四川省与云南省合作，成渝地区先行先试。")
    assert found.values[:3] == signature("支持四川省与云南省合作成渝地区先行先试").values[:3]
    assert (len(found.values), found.n_shingles) == (128, 15)
    assert compare(found, found) == (1.0, 1.0)
