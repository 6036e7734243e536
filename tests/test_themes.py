"""Themes, instruments, strength and direction of single sentences, and of the seed as a whole."""

import csv
import time
from bisect import bisect_right
from collections.abc import Iterable
from pathlib import Path

import pytest

from policy_atlas.cleaning import fold
from policy_atlas.documents.document import Document, parse
from policy_atlas.themes import coding, phrases
from policy_atlas.themes.retrospect import is_reply, retrospect
from policy_atlas.themes.scoring import MAX_THEMES

DIGITS = ("", *"一二三四五六七八九")
CASES = Path(__file__).resolve().parent / "cases"


def rows(name: str) -> list[dict[str, str]]:
    with (CASES / name).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream, delimiter="\t"))


def coded(sentence: str, title: str = "意见", heading: str = "") -> coding.SentenceThemes:
    """Return the coding of a sentence below its heading; in a law below its article."""
    if heading.startswith("第"):
        raw = f"{title}\n第一条　本省实行下列规定。\n{heading}　{sentence}\n"
    elif heading:
        raw = f"{title}\n{heading}\n{sentence}\n十、其他事项\n"
    else:
        raw = f"{title}\n各地区要做好下列工作。\n{sentence}\n"
    document = parse("case", raw)
    return next(one for one in reversed(coding.code(document)) if one.kind == "body")


@pytest.mark.parametrize("row", rows("themes.tsv"), ids=lambda row: row["rule"] + ": " + row["sentence"][:20])
def test_a_sentence_has_the_themes_that_it_acts_upon(row: dict[str, str]) -> None:
    found = coded(row["sentence"])
    if row["themes"].startswith("*!"):
        assert row["themes"][2:] not in found.themes
    else:
        assert found.themes == tuple(row["themes"].replace("-", "").split("+") if row["themes"] != "-" else ())


@pytest.mark.parametrize("title", ["某省乡村振兴促进条例", "某县民族区域自治条例", "某新区条例"])
def test_a_title_that_says_where_or_for_whom_is_no_theme_of_its_sentences(title: str) -> None:
    assert coded("鼓励牧民参加基本养老保险。", title, "第三十条").themes == ("T11.4",)


def test_a_title_that_says_what_is_acted_upon_is_a_theme_of_its_sentences() -> None:
    assert "T06.2" in coded("鼓励牧民举报违法行为。", "某省水污染防治条例", "第三十条").themes


@pytest.mark.parametrize("row", rows("instruments.tsv"), ids=lambda row: row["rule"] + ": " + row["sentence"][:12])
def test_a_sentence_has_the_tool_and_the_strength_of_its_operative_verb(row: dict[str, str]) -> None:
    found = coded(row["sentence"], row["title"] or "意见", row["heading"])
    if row["strength"] != "*":
        assert found.strength == int(row["strength"])
    if row["direction"] != "*":
        assert found.direction == row["direction"]
    if row["instruments"].startswith("="):
        assert found.instruments == tuple(row["instruments"][1:].split("+"))
    elif row["instruments"] != "*":
        assert found.instruments[:1] == (() if row["instruments"] == "-" else (row["instruments"],))


def test_every_sentence_of_the_document_has_one_record(complete: Document) -> None:
    found = coding.code(complete)
    assert [one.kind for one in found] == [sentence.kind for sentence in complete.sentences]
    assert all(len(one.themes) <= MAX_THEMES for one in found)


def test_phrases_lead_to_the_characters_of_the_raw_file(complete: Document) -> None:
    total = 0
    for sentence, one in zip(complete.sentences, coding.code(complete), strict=True):
        for hit in one.phrases:
            assert sentence.start <= hit.start < hit.end <= sentence.end
            raw = fold(complete.text(hit.start, hit.end))
            assert phrases.QUOTES.sub("", raw) == hit.phrase
            total += 1
    assert total > 1000


def test_hardly_any_sentence_of_the_seed_is_left_without_a_theme(complete: Document) -> None:
    body = [one for one in coding.code(complete) if one.kind == "body"]
    assert sum(not one.themes for one in body) / len(body) < 0.03


def test_a_heading_is_read_into_a_sentence_without_a_cue_only() -> None:
    raw = "意见\n一、做好下列工作\n（一）发展养老服务。完善相关政策。推进铁路建设。\n（二）加强党的领导。完善机制。\n"
    found = [one for one in coding.code(parse("case", raw)) if one.kind == "body"]
    assert [(one.themes, one.from_heading) for one in found] == [
        (("T11.5",), True),
        (("T05.1",), False),
        (("T00.2",), True),
    ]


def test_what_a_document_says_of_itself_is_not_read_into_a_sentence_that_names_an_area_however_faintly() -> None:
    heading = "意见\n一、做好下列工作\n（一）加强党的领导。改革有序推进。完善机制。\n"
    title = "2013年政府工作报告\n\n改革有序推进。\n"
    assert [one.themes for one in coding.code(parse("case", heading))][-2:] == [("T09.1",), ("T00.2",)]
    assert coding.code(parse("case", title))[-1].themes == ("T09.1",)
    alone = "2013年政府工作报告\n\n其余按此理解。\n"
    assert coding.code(parse("case", alone))[-1].themes == ()


def test_who_carries_out_is_told_by_a_bracket_and_not_by_the_number_of_a_task_that_ends_in_one() -> None:
    raw = "意见\n一、做好下列工作\n（三十）高度重视教师工作，稳定中小学教师队伍。（市教育局牵头）\n"
    assert [one.themes for one in coding.code(parse("case", raw))] == [(), (), ("T11.2",)]
    raw = "意见\n一、做好下列工作\n（三十）修建铁路。修建公路。（市交通局牵头）\n"
    assert coding.code(parse("case", raw))[-1].themes == ("T00.2",)


@pytest.mark.parametrize(
    ("lead", "themes"),
    [
        ("一年来，我们主要开展了以下工作：", ()),
        ("我们赞同您的建议，并就此进行了认真研究。", ()),
        ("现在，我代表市人民政府向大会报告工作，请予审议。", ()),
        ("为推进铁路建设，我们做了以下工作：", ("T05.1",)),
    ],
)
def test_a_lead_to_what_follows_has_a_theme_where_it_names_an_area(lead: str, themes: tuple[str, ...]) -> None:
    assert coding.code(parse("case", f"关于水利工作的报告\n\n{lead}\n"))[-1].themes == themes


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("对在渔业工作中做出显著成绩的单位和个人，给予表彰。", True),
        ("奖励资金对渔业治理成效突出的县给予奖励。", False),
        ("有关部门按照各自职责做好渔业工作。", True),
        ("养殖单位按照各自职责承担渔业质量责任。", False),
    ],
)
def test_who_carries_out_or_is_praised_is_told_beside_the_area(sentence: str, *, told: bool) -> None:
    raw = f"甲省渔业条例\n第一条　本省实行下列规定。\n第二条　{sentence}\n"
    assert ("T00.2" in coding.code(parse("case", raw))[-1].themes) is told


def test_the_short_first_sentence_of_a_paragraph_is_read_into_those_behind_it() -> None:
    raw = "意见\n一、做好下列工作\n促进就业增收。健全长效机制。推进铁路建设。完善配套举措。\n明确工作要求。\n"
    found = [one.themes for one in coding.code(parse("case", raw)) if one.kind == "body"]
    assert found == [("T11.1",), ("T11.1",), ("T05.1",), ("T11.1",), ("T05.1",)]


def test_a_law_is_about_its_title_where_a_sentence_says_nothing_else() -> None:
    raw = "甲市优化营商环境条例\n第一条　本市实行下列规定。\n第二条　有关单位应当自收到申请之日起三日内答复。\n"
    assert coding.code(parse("case", raw))[-1].themes == ("T09.2",)


def test_half_width_marks_end_a_clause_as_full_ones_do() -> None:
    full, half = coded("按照水利规划，推进铁路建设。"), coded("按照水利规划,推进铁路建设。")
    assert half.themes == full.themes == ("T05.1",)


def test_a_purpose_that_opens_a_notice_is_text_even_before_a_colon() -> None:
    raw = "关于印发方案的通知\n\n各乡镇人民政府：\n\n为防范森林火灾，现就值班工作通知如下：\n\n一、加强巡查。\n"
    document = parse("d", raw)
    found = {
        raw[unit.start : unit.end]: one for unit, one in zip(document.sentences, coding.code(document), strict=True)
    }
    assert found["各乡镇人民政府："].themes == ()
    assert found["为防范森林火灾，现就值班工作通知如下："].themes == ("T12.3",)


def test_the_subject_of_an_acknowledged_letter_is_that_of_the_reply() -> None:
    raw = "关于第12号提案的答复\n您提出的《关于建设跨江铁路的提案》收悉。\n有关部门将认真研究，加快办理。\n"
    assert coding.code(parse("case", raw))[-1].themes == ("T05.1",)


LAWS = [
    ("甲省渔业条例", "禁止向鱼塘投放禁用药物。", ("T03.1",), ("E2",), 5),
    ("甲省渔业条例", "违反本条例规定，在养殖区内倾倒污水的，责令改正，处五千元罚款。", ("T03.1", "T06.2"), ("E2",), 5),
    ("甲省渔业条例", "渔业主管部门负责本行政区域内的渔业工作。", ("T03.1", "T00.2"), ("E8",), 3),
    ("甲省渔业条例", "对在渔业工作中贡献突出的个人给予表彰。", ("T03.1", "T00.2"), ("E7",), 2),
    ("甲省渔业条例", "对贡献突出的单位给予表彰奖励。", ("T03.1", "T00.2"), ("E7",), 2),
    ("甲省渔业条例", "渔业巡查所需经费列入财政预算。", ("T10.1", "T03.1"), ("S1",), 3),
    ("甲省渔业条例", "巡查中存在的问题，群众有权举报。", ("T03.1",), ("E2",), 3),
    ("甲省渔业条例", "本条例所称渔业，是指组织捕捞和养殖的活动。", ("T03.1",), (), 0),
    ("甲省渔业条例", "县级人民政府应当将渔业发展纳入国民经济和社会发展规划。", ("T03.1",), ("E1",), 5),
    ("甲省渔业条例", "国家鼓励远洋捕捞。", ("T03.1",), ("E7",), 2),
    ("甲省渔业条例", "渔业合作组织应当建立生产台账。", ("T03.1",), ("E2",), 5),
    ("甲省渔业条例", "违反本条例规定，向河道排放污水的，责令改正，处五千元罚款。", ("T03.1", "T06.2"), ("E2",), 5),
    ("甲省渔业条例", "鼓励渔业职业教育。", ("T03.1",), ("E7",), 2),
    ("甲省水库条例", "沿岸学校应当开展巡护。", ("T11.2", "T05.2"), ("E2",), 5),
    ("甲省水库条例", "沿岸应当开展高考期间巡护。", ("T11.2",), ("E2",), 5),
    ("甲省公路条例", "沿线单位应当爱护高速公路附属设施。", ("T05.1",), ("E2",), 5),
    ("甲省公路条例", "不得在公路两侧修建标准化厂房。", ("T05.1", "T02.5"), ("E2",), 5),
    ("甲省公路条例", "新建客运站，应当符合路网规划。", ("T05.1",), ("E2",), 5),
    ("甲省公路条例", "任何单位不得占用公路。", ("T05.1",), ("E2",), 5),
    ("甲省公路条例", "县级人民政府应当新建农村公路。", ("T05.1",), ("S2",), 5),
    ("甲省草原条例", "对草原修复项目给予税收优惠。", ("T10.1", "T06.1"), ("E3",), 3),
    ("甲省民用航空法", "有关单位应当自受理之日起三日内答复。", ("T05.1",), ("E2",), 5),
]


@pytest.mark.parametrize("row", LAWS, ids=lambda row: row[1][:16])
def test_a_law_rules_and_is_about_what_it_rules(row: tuple[str, str, tuple[str, ...], tuple[str, ...], int]) -> None:
    title, sentence, expected, instruments, strength = row
    raw = f"{title}\n第一条　本省实行下列规定。\n第二条　{sentence}\n"
    found = coding.code(parse("case", raw))[-1]
    assert (found.themes, found.instruments, found.strength) == (expected, instruments, strength)


TITLES = [
    (
        "医疗设备更新行动计划",
        "以党的二十大精神为指导，坚持稳中求进，优化医院布局，保护生态环境，发展数字经济。",
        ("T11.3",),
    ),
    (
        "区域协调发展规划",
        "以党的二十大精神为指导，坚持稳中求进，加强区域合作，保护生态环境，发展数字经济。",
        ("T00.1",),
    ),
    ("殡葬服务工作通知", "在学校开展宣讲。", ("T11.2", "T11.4")),
    ("殡葬服务工作通知", "建设数字化平台。", ("T02.2",)),
    ("国家高新区工作通知", "建设数字化平台。", ("T02.2",)),
    ("年度目标责任考核通知", "建设数字化平台。", ("T02.2",)),
]


@pytest.mark.parametrize("row", TITLES, ids=lambda row: row[0] + row[1][:12])
def test_a_title_of_one_area_stands_beside_what_decides_nothing(row: tuple[str, str, tuple[str, ...]]) -> None:
    title, sentence, expected = row
    assert coded(sentence, title).themes == expected


def test_a_law_on_a_zone_is_about_what_happens_in_it() -> None:
    raw = "甲自由贸易试验区条例\n第一条　本区实行下列规定。\n第二条　自由贸易试验区推动中欧班列常态开行。\n"
    assert coding.code(parse("case", raw))[-1].themes == ("T07.1",)


def test_an_excerpt_of_a_law_is_read_as_a_law_by_its_title() -> None:
    for title, instruments in (("甲省渔业条例（草案）", ("E2",)), ("甲省渔业规划", ("E7",))):
        raw = f"{title}\n本省渔业有关事项。\n渔业生产者改善养殖水域。\n"
        assert coding.code(parse("case", raw))[-1].instruments == instruments


def test_a_heading_that_looks_back_leaves_no_order_and_one_that_sets_goals_a_plan() -> None:
    body = "建成一批铁路，完善公路网。农村供水能力显著提升。"
    raw = f"规划\n一、主要成就\n{body}\n二、发展目标\n{body}\n三、重点工作\n{body}\n"
    found = [one for one in coding.code(parse("case", raw)) if one.kind == "body"]
    assert [(one.instruments, one.strength) for one in found] == [
        ((), 0),
        ((), 0),
        (("E1",), 3),
        (("E1",), 3),
        (("S2",), 3),
        ((), 0),
    ]


def test_a_heading_of_goals_and_tasks_leaves_orders_and_makes_outcomes_a_plan() -> None:
    raw = "规划\n一、主要目标任务\n建设一批水库。供水能力取得显著提高。——教育质量稳步提高。\n二、其他\n其他工作。\n"
    found = [one for one in coding.code(parse("case", raw)) if one.kind == "body"]
    assert [one.instruments for one in found][:3] == [("S2",), ("E1",), ("E1",)]


@pytest.mark.parametrize(
    ("text", "instruments"),
    [
        ("编制铁路建设规划。", ("E1",)),
        ("推进铁路建设。", ("S2",)),
    ],
)
def test_what_a_plan_that_is_drawn_up_is_for_is_no_work(text: str, instruments: tuple[str, ...]) -> None:
    found = [one for one in coding.code(parse("case", f"规划\n一、其他工作\n{text}\n")) if one.kind == "body"]
    assert [one.instruments for one in found] == [instruments]


def test_the_items_of_a_list_that_began_with_a_report_report_too() -> None:
    raw = "汇报\n一、其他\n{}：一是建设一批水库；二是设立产业基金；三是给予企业补贴。\n"
    past, ahead = (
        [one.instruments for one in coding.code(parse("case", raw.format(lead))) if one.kind == "body"]
        for lead in ("去年以来，我局已完成了下列工作", "要做好下列工作")
    )
    assert past == [(), (), ()]
    assert ahead[1:] == [("E4",), ("S1",)]


def test_money_in_a_reply_is_for_what_was_asked() -> None:
    letter = "甲市住房和城乡建设局关于对市人大第12号建议的答复函\n您提出的《关于建设城市停车场的建议》收悉，现答复如下：\n我局将积极争取上级专项资金。\n"
    assert coding.code(parse("case", letter))[-1].themes == ("T05.4",)
    fiscal = "甲市财政局对第12号建议的答复\n您提出的《关于增加转移支付的建议》收悉。\n我局将积极争取上级专项资金。\n"
    assert coding.code(parse("case", fiscal))[-1].themes == ("T10.1",)


def test_numbers_on_lines_of_their_own_are_items_of_the_list_that_reports() -> None:
    raw = "汇报\n一、其他\n{}：\n1、建设一批水库。\n2、设立产业基金。\n"
    past, ahead = (
        [one.instruments for one in coding.code(parse("case", raw.format(lead))) if one.kind == "body"][-2:]
        for lead in ("去年以来，我局已完成了下列工作", "要做好下列工作")
    )
    assert past == [(), ()]
    assert ahead == [("S2",), ("E4",)]


@pytest.mark.parametrize(("title", "instruments"), [("关于第12号提案的答复函", ()), ("关于示范村的意见", ("S7",))])
def test_what_an_office_says_it_does_is_a_report_in_a_reply_only(title: str, instruments: tuple[str, ...]) -> None:
    raw = f"{title}\n各地区要认真做好下列工作，确保落实。\n我局持续开展示范村创建工作。\n"
    assert coding.code(parse("case", raw))[-1].instruments == instruments


def test_a_reply_is_known_by_its_title_or_by_the_head_of_a_text_without_one() -> None:
    untitled = parse("case", "关于第9号提案的答复\n各地区要做好下列工作。\n")
    assert not untitled.title
    assert is_reply(untitled)
    assert not is_reply(parse("case", "关于示范村的意见\n各地区要做好下列工作，并于年底答复。\n"))


def test_a_letter_answers_one_question_where_another_text_would_have_two_themes() -> None:
    body = "支持企业技术创新，发展现代物流，推进乡村旅游。\n"
    letter = f"关于第12号提案的答复\n您提出的《关于建设跨江铁路的提案》收悉。\n{body}"
    (answered,) = coding.code(parse("case", letter))[-1].themes
    assert answered in ("T02.3", "T02.4")
    other = coding.code(parse("case", f"关于服务业的意见\n各地要做好下列工作。\n{body}"))[-1].themes
    assert sorted(other) == ["T02.3", "T02.4"]


@pytest.mark.parametrize(
    "body",
    [
        "今年的主要预期目标是：粮食产量增长2%；牧民收入与经济增长同步；节水任务全面完成。为此，要修建一批泵站。",
        "主要指标如下：\n\n——粮食产量增长2%；\n\n——牧民收入与经济增长同步；\n\n——节水任务全面完成。\n\n为此，要修建一批泵站。",
    ],
)
def test_the_items_of_a_list_of_targets_are_goals_until_the_list_ends(body: str) -> None:
    document = parse("one", f"甲市政府工作报告\n\n{body}\n")
    coded_as = [one.instruments for one in coding.code(document)]
    assert coded_as[-4:] == [("E1",), ("E1",), ("E1",), ("S2",)]


def test_an_office_is_no_theme_and_the_name_of_a_state_has_no_seam() -> None:
    assert coded("自治机关改善乡村学校办学条件。").themes == ("T11.2",)
    assert coded("依照中华人民共和国土壤普查规程开展工作。").themes[:1] != ("T10.3",)


def test_the_own_name_of_the_strategy_is_no_evidence() -> None:
    found = coded("继续推进西部大开发形成新格局。")
    assert not [hit for hit in found.phrases if hit.weight >= 2]


def test_coding_the_seed_takes_well_under_150_milliseconds(complete: Document) -> None:
    coding.code(complete)
    best = min(_seconds(complete) for _ in range(5))
    assert best < 0.15


def _seconds(document: Document) -> float:
    start = time.process_time()
    coding.code(document)
    return time.process_time() - start


REPORT = """某县2024年政府工作报告

各位代表：
一、奋发有为，2023年交出答卷
2023年是全面贯彻党的二十大精神的开局之年。
社会消费品零售总额98.9亿元，增长12.2%。
新建公路120公里，设立产业基金。
二、奋楫争先，2024年再启新程
规模以上工业增加值增长8%左右。
新建公路200公里，设立产业基金。
比去年增加一倍，新建学校三所。
去年开工的学校全部建成。
新建水库两座。
"""


def test_the_part_of_a_report_that_looks_back_uses_no_instrument() -> None:
    document = parse("case", REPORT)
    coded = coding.code(document)
    said = {
        document.text(sentence.start, sentence.end): one.instruments
        for sentence, one in zip(document.sentences, coded, strict=True)
    }
    assert said["社会消费品零售总额98.9亿元，增长12.2%。"] == ()
    assert said["新建公路120公里，设立产业基金。"] == ()
    assert said["规模以上工业增加值增长8%左右。"] == ("E1",)
    assert said["新建公路200公里，设立产业基金。"]
    assert said["新建水库两座。"] == ("S2",)


@pytest.mark.parametrize(
    ("title", "said", "back"),
    [
        ("某县2024年政府工作报告", "2023年，新建公路120公里。", True),
        ("某县2024年政府工作报告", "2024年，新建公路120公里。", False),
        ("某县2024年政府工作报告", "一年来，新建公路120公里。", True),
        ("某县2024年政府工作报告", "新建公路120公里。", False),
        ("某县交通规划", "2023年，新建公路120公里。", False),
        ("某县政府工作报告\n（2024年1月5日在某县人民代表大会上）", "2023年，新建公路120公里。", True),
        ("某县政府工作报告", "2023年，新建公路120公里。", False),
    ],
)
def test_the_year_of_a_report_tells_what_is_past(title: str, said: str, back: bool) -> None:
    document = parse("case", f"{title}\n\n各位代表：\n{said}\n")
    texts = [document.raw[sentence.start : sentence.end] for sentence in document.sentences]
    assert (len(texts) - 1 in retrospect(document, texts, ())) == back


def tools_of_last(text: str) -> tuple[str, ...]:
    return coding.code(parse("case", text))[-1].instruments


@pytest.mark.parametrize(
    ("heading", "tools"), [("多措并举扩大内需。", ("S2",)), ("基础设施不断完善。", ()), ("内需持续扩大。", ())]
)
def test_what_a_sentence_looked_back_on_ends_at_a_heading_that_orders(heading: str, tools: tuple[str, ...]) -> None:
    report = f"某省2026年政府工作报告\n五年来，我们建成高速公路300公里。\n（一）{heading}\n新建高速公路120公里。\n"
    assert tools_of_last(report) == tools


def test_the_years_that_a_sentence_looks_back_on_outweigh_a_heading_of_goals() -> None:
    heads = "某省2026年政府工作报告\n一、“十四五”时期发展成就和“十五五”时期主要目标任务\n"
    assert tools_of_last(f"{heads}这五年，我们新建高速公路120公里。\n") == ()


@pytest.mark.parametrize(
    ("lead", "tools"),
    [("交通条件大幅改善。", ()), ("推动交通条件大幅改善。", ("S2",)), ("大幅改善交通条件。", ("S2",))],
)
@pytest.mark.parametrize("joint", ["", "\n"])
def test_a_short_lead_with_a_result_is_behind_what_is_reported(lead: str, tools: tuple[str, ...], joint: str) -> None:
    assert tools_of_last(f"某省工作情况\n{lead}{joint}新建高速公路120公里。\n") == tools


def test_a_result_leads_no_further_than_its_paragraph_or_the_next() -> None:
    text = "某省工作情况\n交通条件大幅改善。\n建成高速公路300公里。\n新建高速公路120公里。\n"
    assert tools_of_last(text) == ("S2",)


def passages() -> list[tuple[dict[str, str], coding.SentenceThemes]]:
    """Return the sentences of the imagined documents of passages.tsv with their coding."""
    documents: dict[str, list[dict[str, str]]] = {}
    for row in rows("passages.tsv"):
        documents.setdefault(row["document"], []).append(row)
    found = []
    for name, held in documents.items():
        raw, places, above = held[0]["title"] + "\n", [], ""
        for at, row in enumerate(held, 1):
            raw += row["heading"] + "\n" if row["heading"] != above else ""
            above = row["heading"]
            raw += f"第{numeral(at)}条　" if row["genre"] == "law" else ""
            places.append(len(raw))
            raw += row["sentence"] + "\n"
        document = parse(name, raw)
        coded = {sentence.start: one for sentence, one in zip(document.sentences, coding.code(document), strict=True)}
        ends = sorted(coded)
        found += [(row, coded[ends[bisect_right(ends, place) - 1]]) for row, place in zip(held, places, strict=True)]
    return found


def numeral(number: int) -> str:
    """Return a number below 100 in Chinese."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else DIGITS[tens] + "十") + DIGITS[ones]


def micro_f1(pairs: list[tuple[set[str], set[str]]]) -> float:
    return 2 * sum(len(gold & told) for gold, told in pairs) / sum(len(gold) + len(told) for gold, told in pairs)


def test_passages_of_imagined_documents_are_coded_as_well_as_when_they_were_written() -> None:
    def cut(codes: Iterable[str], length: int) -> set[str]:
        return {code[:length] for code in codes if code}

    coded = passages()
    assert len(coded) == 650
    for column, length, least in (("themes", 3, 0.82), ("themes", 5, 0.78), ("instruments", 1, 0.77)):
        pairs = [(cut(row[column].split("|"), length), cut(getattr(one, column), length)) for row, one in coded]
        assert micro_f1(pairs) >= least
