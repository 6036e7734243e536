"""A reader's overrides on the page: what they change is said, and what is wrong with them, in her language."""

import csv
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from policy_atlas.app import overrides_panel, upload
from policy_atlas.app.words import words
from policy_atlas.given_tables import GivenTableError
from policy_atlas.tables.frames import Tables

HEADER = "doc_id,start,end,decision,place_id,note\n"
IDLE = "west-2020,0,3,drop,,\n"


def method(lang: str) -> AppTest:
    """Run the header and the part of the Method page that takes overrides."""

    def script(lang: str) -> None:
        from policy_atlas.app import header, overrides_panel
        from policy_atlas.app.view import View
        from policy_atlas.app.words import words

        header.draw(View(lang=lang), words(lang))
        overrides_panel.draw(words(lang))

    return AppTest.from_function(script, kwargs={"lang": lang}, default_timeout=60).run()


def give(test: AppTest, rows: str, name: str = "mine.csv") -> AppTest:
    test.file_uploader[0].set_value([(name, (HEADER + rows).encode(), "text/csv")])
    return test.run()


def said(test: AppTest) -> str:
    found = [*test.error, *test.warning, *test.info]
    return "\n".join(str(one.value) for one in found).replace("\\", "")


def first_span(tables: Tables) -> tuple[int, int]:
    first = tables.mentions.iloc[0]
    return int(first["start"]), int(first["end"])


def signs(test: AppTest) -> list[str]:
    return [
        str(one.value) for one in test.get("html") if "改判" in str(one.value) or "table of overrides" in str(one.value)
    ]


def test_a_row_that_matches_nothing_is_named_with_its_line_and_offsets() -> None:
    test = give(method("en"), "\n" + IDLE)
    assert "0 rows are in force: 0 mentions are dropped" in said(test)
    assert signs(test) == []
    assert "Line 3 (west-2020, 0–3, drop) changes nothing: no candidate stands there" in said(test)
    assert "第 2 行（west-2020，0–3，drop）没有起作用" in said(give(method("zh"), IDLE))


def test_a_faulty_table_after_one_without_effect_speaks_of_itself_alone() -> None:
    test = give(method("en"), IDLE)
    test.file_uploader[0].set_value([("second.csv", b"a,b\n1,2\n", "text/csv")])
    found = said(test.run())
    assert "No overrides are in force." in found
    assert "changes nothing" not in found


def test_what_overrides_change_is_said_there_and_on_every_page(tables: Tables) -> None:
    start, end = first_span(tables)
    test = give(method("en"), f"west-2020,{start},{end},drop,,\n")
    assert "1 row is in force: 1 mention is dropped, 0 added and 0 given to another place." in said(test)
    (sign,) = signs(test)
    assert 'href="method?lang=en"' in sign
    assert "A table of overrides is in force (1 row)" in sign
    assert any(one.label == "Download overrides (1 row)" for one in test.get("download_button"))
    next(one for one in test.button if one.label == words("en")("overrides.drop")).click().run()
    assert (said(test), signs(test)) == ("", [])


def test_a_drop_of_what_does_not_count_anyway_is_named_and_not_in_force(tables: Tables) -> None:
    start, end = first_span(tables)
    trap = tables.rejected.iloc[0]
    row = f"west-2020,{trap['start']},{trap['end']},drop,,\n"
    twice = f"west-2020,{start},{end},drop,,\n" * 2
    for lang, says in (("en", "changes nothing: what stands there does not count anyway"), ("zh", "本就不计入")):
        test = give(method(lang), row + twice)
        assert said(test).count(says) == 2
        named = ("Line 2", "Line 4") if lang == "en" else ("第 2 行", "第 4 行")
        assert all(line in said(test) for line in named)
    assert len(signs(test)) == 1
    assert overruled_rows(signs(test)[0]) == "1"


def test_a_row_that_keeps_what_counts_so_anyway_is_named_and_not_in_force(tables: Tables) -> None:
    start, end = first_span(tables)
    place = tables.mentions.iloc[0]["place_id"]
    rows = f"west-2020,{start},{end},keep,,\n" + f"west-2020,{start},{end},keep,,\n"
    for lang, says in (("en", "changes nothing: what stands there counts so anyway"), ("zh", "本就如此计入")):
        test = give(method(lang), rows)
        assert said(test).count(says) == 2
        assert signs(test) == []
    same = give(method("en"), f"west-2020,{start},{end},other,{place},\n")
    assert "0 rows are in force" in said(same)
    moved = give(method("en"), f"west-2020,{start},{end},keep,610000,\n")
    assert "1 row is in force: 0 mentions are dropped, 0 added and 1 given to another place." in said(moved)


def overruled_rows(sign: str) -> str:
    return re.search(r"(\d+) 行", sign)[1]  # type: ignore[index]


def test_a_later_row_that_contradicts_is_the_one_that_holds(tables: Tables) -> None:
    start, end = first_span(tables)
    rows = f"west-2020,{start},{end},drop,,\nwest-2020,{start},{end},other,610000,\n"
    test = give(method("en"), rows)
    assert "1 row is in force: 0 mentions are dropped, 0 added and 1 given to another place." in said(test)
    assert f"Line 2 (west-2020, {start}–{end}, drop) changes nothing: a later row contradicts it" in said(test)


def test_an_error_stays_until_its_file_goes_and_says_what_still_holds(tables: Tables) -> None:
    start, end = first_span(tables)
    test = give(method("zh"), "west-2020,1,x,drop,,\n")
    for _ in range(2):
        assert said(test) == "'mine.csv' 第 2 行：起止位置为 '1' 至 'x'：请写两个整数，起小于止。没有改判表生效。"
        test.run()
    give(test, f"west-2020,{start},{end},drop,,\n")
    give(test, "west-2020,1,x,drop,,\n", "worse.csv")
    assert "'worse.csv' 第 2 行" in said(test)
    assert "先前的改判表（1 行）仍然有效。" in said(test)
    test.file_uploader[0].set_value([]).run()
    assert not test.error
    assert "改判表生效中：1 行" in said(test)


@pytest.mark.parametrize(
    ("row", "english", "chinese"),
    [
        ("east,1,3,drop,,\n", "unknown document 'east'", "没有文件 'east'"),
        ("west-2020,1,99999999,drop,,\n", "lies outside the document", "超出文件全文"),
        ("west-2020,0,2,keep,,\n", "needs a place_id", "须写 place_id"),
        ("west-2020,0,2,keep,310000,\n", "lies in no western province", "不在西部各省"),
        ("west-2020,0,900,keep,510000,\n", "over the end of a sentence", "跨过句末"),
    ],
)
def test_what_no_table_can_decide_is_refused_with_its_line_in_both_languages(
    row: str, english: str, chinese: str
) -> None:
    for lang, words_of_it, line in (("en", english, "'mine.csv', line 3: "), ("zh", chinese, "'mine.csv' 第 3 行：")):
        test = give(method(lang), IDLE + row)
        assert not test.exception
        assert line in said(test)
        assert words_of_it in said(test)


def test_every_fault_of_a_table_has_the_same_blanks_in_both_languages() -> None:
    table = Path(overrides_panel.__file__).parent.parent / "given_tables.csv"
    with table.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    blanks = re.compile(r"{(\w+)")
    assert [row["key"] for row in rows if set(blanks.findall(row["zh"])) != set(blanks.findall(row["en"]))] == []
    assert upload.plain(GivenTableError("other", name="a.csv", line=2).sentence("en"))


def test_the_uploader_names_the_size_that_a_table_may_have() -> None:
    assert method("en").file_uploader[0].proto.max_upload_size_mb * 1_000_000 == overrides_panel.MOST_BYTES
