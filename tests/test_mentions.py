"""The rules that decide what is a mention, case by case."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_atlas.cleaning import fold, squeeze
from policy_atlas.documents.document import Document, parse
from policy_atlas.places.matching import matcher
from policy_atlas.places.mentions import Mention, find

CASES = Path(__file__).resolve().parent / "cases"


def read(name: str) -> list[tuple[str, str, str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split("\t") for line in lines if line.strip()]
    return [(row[0].replace("\\n", "\n"), row[1].replace("\\n", ""), row[2]) for row in rows]


def mentions(text: str, title: str = "") -> list[Mention]:
    engine = matcher()
    return find(parse("case", text, title, engine.crosses), engine)[0]


def written(mention: Mention) -> str:
    return f"{fold(mention.surface)}/{mention.place.kind}/{'+'.join(sorted(mention.place.western))}"


def wanted(item: str) -> str:
    surface, kind, provinces = item.split("/")
    return f"{fold(squeeze(surface))}/{kind}/{'+'.join(sorted(provinces.split('+')))}"


@pytest.mark.parametrize(("text", "expected", "rule"), read("should_match.tsv"))
def test_every_mention_of_the_sentence_is_found(text: str, expected: str, rule: str) -> None:
    assert [written(mention) for mention in mentions(text)] == [wanted(item) for item in expected.split("|")], rule


@pytest.mark.parametrize(("text", "forbidden", "rule"), read("should_not_match.tsv"))
def test_no_false_mention_is_found(text: str, forbidden: str, rule: str) -> None:
    found = [fold(mention.surface) for mention in mentions(text)]
    wrong = found if forbidden == "*" else [surface for surface in found if surface in forbidden.split("|")]
    assert wrong == [], rule


@pytest.mark.parametrize(("text", "expected", "reason"), read("seams.tsv"))
def test_seams_between_words_hold_no_name_and_hide_none(text: str, expected: str, reason: str) -> None:
    assert [fold(mention.surface) for mention in mentions(text)] == [
        fold(item) for item in expected.split("|") if item
    ], reason


COUNTY, ELSEWHERE = "马关县水务局对人大代表建议的答复", "金华市东西部协作工作报告"


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        (COUNTY, "关于修建柳树坪至黑石沟道路的建议", "柳树坪 黑石沟"),
        (COUNTY, "解决石门村、青松村吃水问题,石门村缺水", "石门村 青松村 石门村"),
        (COUNTY, "将黑石沟段柏油路维修,将青松水库作为水源", "黑石沟 青松水库"),
        (COUNTY, "关于硬化石门村大湾组至黑石沟公路", "石门村 大湾组 黑石沟"),
        (COUNTY, "北部八寨、石门、大湾等3个乡镇缺水", "八寨 石门 大湾"),
        (COUNTY, "对八寨、石门等2座水厂和青松、大湾等拟建水源工程", "八寨 石门 青松 大湾"),
        (COUNTY, "推进教育、卫生、文化等5个乡镇试点,支持空壳村,建设文明村", ""),
        (COUNTY, "前期至后期线路,解决农村道路问题,三个村和五个社区", ""),
        ("", "关于修建柳树坪至黑石沟道路,解决青松村吃水问题", ""),
        (COUNTY, "将小型水库移交,改造支渠,整治干渠,新建输水干渠、光伏电站、小型水库", ""),
        (COUNTY, "从县城至村寨的道路,由村到镇,重点小流域治理,生态清洁小流域地处山区", ""),
        (COUNTY, "为了充分论证水库的可行性,自流解决两村供水,支持集体村办企业", ""),
        (COUNTY, "整治黑石干渠、大湾支渠,改造青松电站,青松小流域治理", "黑石干渠 大湾支渠 青松电站 青松"),
        ("安居区水务局关于建议的复函", "解决青松村吃水问题", "青松村"),
        ("安居区水务局关于建议的复函", "拟建观音水库,新建盐井村水池", "观音水库 盐井村"),
        (COUNTY, "经过青松村,将该村污水引入主管网,一并修缮村口道路,配合村社工作", "青松村"),
        ("甘肃省生态环境公报", "洮河大湾、渭河青松桥等国控断面达标", "洮河 大湾 渭河 青松桥"),
        ("甘肃省生态环境公报", "渭河全部国控断面达标,河流、湖泊等断面,加强断面监测", "渭河"),
        (ELSEWHERE, "赴四川省绵阳市考察,在江油开展对接", "四川省 绵阳市 江油"),
        (ELSEWHERE, "在江油开展对接", ""),
        (ELSEWHERE, "赴四川省绵阳市考察,回到义乌市之后,在江油开展对接", "四川省 绵阳市"),
        ("甘肃省文物保护单位名单", "大湾瓷窑遗址 宋代 平川区", "大湾瓷窑遗址 平川区"),
    ],
)
def test_a_title_settles_what_no_table_lists(title: str, text: str, expected: str) -> None:
    assert [mention.surface for mention in mentions(text, title)] == expected.split()


def test_a_relic_lies_in_the_county_that_its_row_gives() -> None:
    relic, county = mentions("大湾瓷窑遗址 宋代 平川区", "甘肃省文物保护单位名单")
    assert relic.place.cities == county.place.cities == ("620400",)


def test_the_mentions_of_the_seed_are_those_of_the_hand_count(complete: Document) -> None:
    found = find(complete)[0]
    named = [mention.surface for mention in found if mention.place.scope == "named"]
    composite = [mention.surface for mention in found if mention.place.scope == "composite"]
    assert (
        named
        == (
            "新疆 重庆 四川 陕西 甘肃 陕西 贵州 青海 内蒙古 云南 重庆 重庆 成都 西安 昆明 南宁 乌鲁木齐 兰州 呼和浩特 成都 "
            "青海 甘肃 广西 兰州 西宁 宁夏 青海 乌鲁木齐 宁夏 新疆 西藏 青海 贵州 毕节"
        ).split()
    )
    assert composite == "川藏 渝昆 西（宁）成（都） 成渝 呼包鄂榆 陕甘宁 川陕 川渝 川滇黔 渝黔 成渝".split()


def test_offsets_lead_to_the_surface(complete: Document) -> None:
    for mention in find(complete)[0]:
        assert squeeze(complete.raw[mention.start : mention.end]) == mention.surface
        sentence = complete.sentences[mention.sentence]
        text = complete.text(sentence.start, sentence.end)
        assert text[mention.text_start : mention.text_start + len(mention.surface)] == mention.surface


def test_the_documents_own_programme_is_flagged(complete: Document) -> None:
    flagged = {mention.surface for mention in find(complete)[0] if mention.programme_name}
    assert flagged == {"西部大开发"}


def test_rejected_candidates_are_kept_with_their_rule(complete: Document) -> None:
    rejected = find(complete)[1]
    reasons = {(row.surface, row.reason) for row in rejected}
    assert ("中蒙俄", "trap") in reasons
    assert ("江苏", "outside the West") in reasons
    assert all(row.reason for row in rejected)


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("阿坝州政府工作报告", "红原、理县通化联手抢险", ["红原", "理县"]),
        ("甘孜藏族自治州规划", "色达的公路通车", ["色达"]),
        ("", "色达的公路通车", []),
        ("海南省规划", "色达的公路通车", []),
        ("纳雍县政府工作报告", "龙场镇、乐治镇和化作乡通了水", ["龙场镇", "乐治镇", "化作乡"]),
        ("贵州省规划", "龙场镇、乐治镇和化作乡通了水", ["龙场镇", "乐治镇", "化作乡"]),
        ("浙江省规划", "龙场镇、乐治镇和化作乡通了水", []),
        ("纳雍县政府工作报告", "省定示范镇、特色小镇和中心镇建成", []),
    ],
)
def test_the_title_supports_the_names_of_its_own_area(title: str, text: str, expected: list[str]) -> None:
    assert [mention.surface for mention in mentions(text, title)] == expected


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("姚安县水务局答复", "松毛沟水库除险加固", ("532300",)),
        ("楚雄彝族自治州规划", "松毛沟水库除险加固", ("532300",)),
        ("云南省规划", "松毛沟水库除险加固", ()),
        ("云南省规划", "姚安县、大姚县、永仁县建设松毛沟水库", ("532300",)),
        ("姚安县水务局答复", "宾川县、祥云县、弥渡县建设松毛沟水库", ()),
    ],
)
def test_a_work_that_no_table_lists_lies_in_the_prefecture_that_title_or_text_make_plain(
    title: str, text: str, expected: tuple[str, ...]
) -> None:
    works = [mention.place for mention in mentions(text, title) if mention.surface == "松毛沟水库"]
    assert [place.cities for place in works] == [expected]


def test_a_name_held_by_the_document_carries_the_rule_that_held_it() -> None:
    rules = {mention.surface: mention.rule for mention in mentions("红原县设站，红原通车，佳县受灾")}
    assert rules == {
        "红原县": "name",
        "红原": "named in full or by its prefecture in the document",
        "佳县": "a full county name that opens a phrase",
    }


NAMES = [
    "四川",
    "成渝",
    "西部",
    "推广",
    "合作",
    "资源",
    "、",
    "和",
    "。",
    "\n",
    "市",
    "县",
    "新疆",
    "（",
    "）",
    "渝",
    "黔",
    "铁路",
    "大理",
]


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(st.sampled_from(NAMES), st.text(max_size=2)), max_size=40).map("".join))
def test_mentions_of_any_text_are_ordered_disjoint_and_inside_their_sentence(raw: str) -> None:
    document = parse("any", raw, "", matcher().crosses)
    last = 0
    for mention in find(document)[0]:
        sentence = document.sentences[mention.sentence]
        assert last <= mention.start < mention.end
        assert sentence.start <= mention.start
        assert mention.end <= sentence.end
        assert squeeze(raw[mention.start : mention.end]) == mention.surface
        last = mention.end
