"""Title, issuer and date as the text itself says them."""

from datetime import date

import pytest

from policy_atlas.documents.document import parse
from policy_atlas.intake.proposals import Proposal, find_date, propose

FIELDS = "发文机关：\t某省人民政府\t 成文日期：\t 2019年03月08日\n标　　题：\t某省人民政府关于促进园区发展的批复\n发布日期：2019年04月01日\n\n同意设立。\n"
SIGNED = "某市水务局关于加强河道管理的通知\n\n各区：\n\n现将要求通知如下。\n\n某市水务局\n2022年11月30日\n"
NUMERALS = "某厅关于补贴的通知\n\n一、范围\n\n全省。\n\n某省财政厅\n二〇二一年十二月三十一日\n（此件公开发布）\n"
LAW = "某条例\n\n2021年3月31日 某某市第五届人民代表大会常务委员会第二十五次会议通过\n\n第一条 为了管理，制定本条例。\n第二条 适用本市。\n"
ORDER = (
    "保护条例\n\n（2002年12月14日中华人民共和国国务院令第367号公布）\n\n第一条 为了保护，制定本条例。\n第二条 适用。\n"
)
TWO = "中共中央 国务院\n关于加快建设的意见\n\n为加快建设，现提出如下意见。\n\n一、总体要求\n"
NOTHING = "这是一段没有题目也没有落款的文字，提到2020年5月的会议。\n"


@pytest.mark.parametrize(
    ("text", "issuer", "day"),
    [
        (FIELDS, "某省人民政府", date(2019, 3, 8)),
        (SIGNED, "某市水务局", date(2022, 11, 30)),
        (NUMERALS, "某省财政厅", date(2021, 12, 31)),
        (LAW, "某某市人民代表大会常务委员会", date(2021, 3, 31)),
        (ORDER, "国务院", date(2002, 12, 14)),
        (TWO, "中共中央、国务院", None),
        (NOTHING, "", None),
    ],
    ids=["fields", "signature", "numerals", "assembly", "order", "two issuers", "nothing"],
)
def test_issuer_and_date_are_read_where_documents_state_them(text: str, issuer: str, day: date | None) -> None:
    found = propose(text, parse("x", text).title)
    assert (found.issuer, found.date) == (issuer, day)


def test_a_title_over_two_lines_is_joined() -> None:
    assert propose(TWO).title == "中共中央 国务院关于加快建设的意见"


def test_a_title_keeps_the_brackets_below_it_and_loses_what_a_web_page_puts_around_it() -> None:
    plan = "某市修复规划\n（2021 年-2035 年）\n（草案）\n某市规划委员会\n2021 年 9 月\n\n一、总则\n保护。\n"
    found = propose(plan, "某市修复规划")
    assert (found.title, found.issuer, found.date) == ("某市修复规划（2021年-2035年）（草案）", "某市规划委员会", None)
    page = "中共中央国务院:新格局发布:2020-05-21文章来源:查看:8次中共中央国务院關于推進開發的指導意見"
    assert propose(page, page).title == "中共中央 国务院關于推進開發的指導意見"


def test_a_field_ends_where_the_next_one_begins_when_tabs_were_lost() -> None:
    found = propose("发文机关： 国务院 成文日期： 2018年12月25日\n标 题： 国务院关于规划的批复\n\n同意。\n")
    assert (found.issuer, found.date) == ("国务院", date(2018, 12, 25))


def test_a_site_tag_states_the_title_and_fills_what_the_text_leaves_open() -> None:
    hints = {"title": "某通知", "issuer": "某网", "date": "2021-03-04 10:00"}
    assert propose(NOTHING, "别的题目", hints) == Proposal("某通知", "某网", date(2021, 3, 4))
    assert propose(SIGNED, "", hints)[1:] == ("某市水务局", date(2022, 11, 30))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2020 年 5 月 17 日", date(2020, 5, 17)),
        ("二○二〇年五月十七日", date(2020, 5, 17)),
        ("2020/5/7", date(2020, 5, 7)),
        ("2020年13月1日，2021年1月2日", date(2021, 1, 2)),
        ("2020年5月", None),
        ("12020-05-17", None),
        ("", None),
    ],
)
def test_dates_in_digits_and_numerals_are_read_and_impossible_ones_are_not(text: str, day: date | None) -> None:
    assert find_date(text) == day
