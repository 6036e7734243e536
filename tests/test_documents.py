"""Text to sections, articles and sentences, with offsets that hold."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_atlas.cleaning import SEPARATOR, clean, fold, squeeze
from policy_atlas.documents.document import Document, parse
from policy_atlas.documents.structure import numeral

LAW = """# 某某保护条例

2021年3月31日 某市人民代表大会常务委员会通过

## 第一章　总则

第一条 为了保护某某，制定本条例。

第二条 市人民政府应当履行下列职责：

（一）编制规划；

（二）组织实施。

## 第二章　法律责任

第三条 违反本条例规定的，由主管部门责令改正；情节严重的，依法处罚。
"""
REPLY = """国务院关于某规划的批复
国函〔2018〕159号

某省人民政府：
你们的请示收悉。现批复如下：
一、原则同意《某规划》，请认真组织实施。
二、突出功能定位。要坚持绿色发展，分区施策。
三、严格规划实施。任何单位不得违反。
"""


def assert_offsets_hold(document: Document) -> None:
    last = 0
    for sentence in document.sentences:
        assert last <= sentence.start < sentence.end <= len(document.raw)
        assert squeeze(document.raw[sentence.start : sentence.end]) == document.text(sentence.start, sentence.end)
        last = sentence.end
    held = "".join(document.text(sentence.start, sentence.end) for sentence in document.sentences)
    assert held == squeeze(document.raw)


def test_the_complete_witness_has_7_sections_36_articles_and_10291_characters(complete: Document) -> None:
    assert (len(complete.sections), len(complete.articles), complete.n_chars) == (7, 36, 10_291)
    assert [article.number for article in complete.articles] == list(range(1, 37))
    assert complete.gaps == []
    assert complete.articles[0].heading == "打好三大攻坚战"
    assert complete.articles[7].label == "（八）"
    assert complete.sections[2].title == "以共建“一带一路”为引领，加大西部开放力度"


def test_the_partial_witness_has_24_headings_and_its_gaps_are_reported(partial: Document) -> None:
    assert (len(partial.articles), partial.n_chars) == (24, 6_974)
    missing = [gap.missing for gap in partial.gaps if gap.level == "article"]
    assert missing == [tuple(range(4, 9)), tuple(range(16, 23))]
    assert [gap.cut_short for gap in partial.gaps if gap.level == "article"] == [3, 15]
    assert [gap.missing for gap in partial.gaps if gap.level == "section"] == [(3,), (5, 6)]


def test_the_tail_of_article_22_stands_without_its_heading(partial: Document, complete: Document) -> None:
    orphans = [sentence for sentence in partial.sentences if sentence.kind == "orphan"]
    texts = [partial.text(sentence.start, sentence.end) for sentence in orphans]
    assert texts[0] == "教学资源共享。"
    assert all(sentence.article is None for sentence in orphans)
    article = complete.articles[21]
    body = complete.text(article.start, article.end)
    assert article.number == 22
    assert all(text in body for text in texts)


def test_a_bracket_behind_the_last_sentence_of_a_line_ends_its_paragraph() -> None:
    raw = "关于做好工作的意见\n\n各地要加快铁路建设。（省发展改革委牵头，各市配合）\n要加大投入，支持学校建设，办好让人民满意的教育（含幼儿园和托育）\n以及医院建设。\n"
    found = parse("case", raw)
    said = [raw[sentence.start : sentence.end] for sentence in found.sentences]
    assert said[2:] == [
        "（省发展改革委牵头，各市配合）",
        "要加大投入，支持学校建设，办好让人民满意的教育（含幼儿园和托育）\n以及医院建设。",
    ]


def test_a_line_end_inside_a_sentence_is_layout_and_does_not_split_it(complete: Document) -> None:
    texts = [complete.text(sentence.start, sentence.end) for sentence in complete.sentences]
    assert any(text.startswith("以汾渭平原、成渝地区、乌鲁木齐及周边地区为重点") for text in texts)


def test_the_title_is_a_unit_of_its_own(complete: Document, partial: Document) -> None:
    for document in (complete, partial):
        first = document.sentences[0]
        assert first.kind == "title"
        assert document.text(first.start, first.end).endswith("形成新格局的指导意见")
        assert document.text(*document.sentences[1][1:3]).startswith("强化举措推进西部大开发形成新格局，是党中央")


def test_headings_that_run_into_their_bodies_are_units_of_their_own(complete: Document) -> None:
    headings = [sentence for sentence in complete.sentences if sentence.kind == "heading"]
    assert len(headings) == 7 + 36
    assert complete.text(*headings[2][1:3]) == "（一）打好三大攻坚战。"


def test_laws_have_chapters_and_clauses_and_their_items_stay_below_the_clause() -> None:
    law = parse("law", LAW)
    assert law.title == "某某保护条例"
    assert [(section.label, section.title) for section in law.sections] == [("第一章", "总则"), ("第二章", "法律责任")]
    assert [article.label for article in law.articles] == ["第一条", "第二条", "第三条"]
    second = law.articles[1]
    assert "编制规划" in law.text(second.start, second.end)
    assert "组织实施" in law.text(second.start, second.end)
    assert_offsets_hold(law)


def test_the_numbered_points_of_a_reply_are_its_articles() -> None:
    reply = parse("reply", REPLY)
    assert [(article.label, article.heading) for article in reply.articles] == [
        ("一", ""),
        ("二", "突出功能定位"),
        ("三", "严格规划实施"),
    ]
    assert_offsets_hold(reply)


def test_a_short_numbered_line_with_a_stop_is_a_heading_where_its_body_follows() -> None:
    document = parse("d", "（一）扩大内需。\n实施提振行动。\n（二）稳定就业。\n提供岗位。\n")
    assert [article.heading for article in document.articles] == ["扩大内需", "稳定就业"]
    listed = parse("d", "（一）扩大内需。\n（二）稳定就业。\n（三）改善民生，促进增收。\n各地要抓好落实。\n")
    assert [article.heading for article in listed.articles] == ["", "", ""]
    assert sum(sentence.kind == "body" for sentence in listed.sentences) == 4


def test_what_a_reply_grants_is_no_heading() -> None:
    document = parse("reply", "关于设立新区的批复\n一、同意设立某新区。新区由某市管理。\n二、加强领导。请落实责任。\n")
    assert [one.heading for one in document.articles] == ["", "加强领导"]


@pytest.mark.parametrize(
    ("raw", "label", "heading"),
    [
        ("二、年度主要目标\n粮食播种面积保持稳定。就业岗位稳步增加。\n", "二", "年度主要目标"),
        ("三、重点工作\n（八）办好民生实事。新建敬老院四所。\n", "（八）", "办好民生实事"),
        ("第七章 保障\n第四十条 县人民政府应当设立救助站。\n", "第四十条", ""),
    ],
)
def test_the_only_number_of_an_excerpt_is_its_article(raw: str, label: str, heading: str) -> None:
    document = parse("excerpt", "某县工作报告\n" + raw)
    assert [(one.label, one.heading) for one in document.articles] == [(label, heading)]
    assert document.sentences[-1].article == 0


def test_a_missing_clause_in_a_law_is_reported() -> None:
    law = parse("law", LAW.replace("第二条", "第五条"))
    assert [gap.missing for gap in law.gaps] == [(2, 3, 4)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("十六", 16), ("二十", 20), ("三十六", 36), ("一百零二", 102), ("一百二十", 120), ("7", 7)],
)
def test_numerals_are_read(text: str, value: int) -> None:
    assert numeral(text) == value


def test_both_witnesses_keep_every_character(complete: Document, partial: Document) -> None:
    assert_offsets_hold(complete)
    assert_offsets_hold(partial)


PIECES = st.sampled_from(
    [
        *"一二三十、（）。；！？”“\n\r\t \u3000第条章节编#0123456789.ABC",
        "支持四川",
        "西部",
        "第一条 ",
        "（一）",
        "一、",
        "\n\n",
        "目录\n",
        "…………3\n",
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=60).map("".join))
def test_sentences_of_any_text_are_ordered_disjoint_and_complete(raw: str) -> None:
    assert_offsets_hold(parse("any", raw))


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=80))
def test_folding_keeps_length_and_every_clean_character_leads_back(raw: str) -> None:
    text = clean(raw)
    assert len(fold(raw)) == len(raw)
    assert text.text == fold(squeeze(raw))
    for position, char in enumerate(text.text):
        assert fold(raw[text.raw_start(position)]) == char


@settings(max_examples=200, deadline=None)
@given(st.lists(st.one_of(PIECES, st.text(max_size=3)), max_size=60).map("".join))
def test_every_clean_character_of_a_sentence_leads_back_into_it(raw: str) -> None:
    document = parse("any", raw)
    made = document.clean
    bounds = [*made.unit_starts, len(made.text) + 1][1:]
    for sentence, first, last in zip(document.sentences, made.unit_starts, bounds, strict=True):
        for position in range(first, last - 1):
            offset = made.raw_start(position)
            if made.text[position] != SEPARATOR:
                assert sentence.start <= offset < sentence.end
                assert fold(raw[offset]) == made.text[position]


@pytest.mark.parametrize(
    ("given_text", "folded"),
    [("⻄安", "西安"), ("貴州省畢節市", "贵州省毕节市"), ("乾县", "乾县"), ("Ｇ５", "G5"), ("兰州－西宁", "兰州-西宁")],
)
def test_widths_radicals_dashes_and_traditional_characters_are_unified(given_text: str, folded: str) -> None:
    assert fold(given_text) == folded


def test_time_grows_in_step_with_length() -> None:
    import time

    def seconds(text: str) -> float:
        best = 9.0
        for _ in range(3):
            start = time.process_time()
            parse("x", text)
            best = min(best, time.process_time() - start)
        return best

    for unit in ("（一）标题。正文很长，没有地名。\n", "一二三（（（", "第一条 \n", "正文" * 20, " \t 3\n"):
        small, large = seconds(unit * 1_000), seconds(unit * 10_000)
        assert large < 40 * max(small, 0.001), re.escape(unit)
