"""Texts that no author wrote: no crash, no time out of proportion, offsets that always hold."""

import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from policy_atlas.cleaning import squeeze
from policy_atlas.documents.document import parse
from policy_atlas.documents.reading import decode
from policy_atlas.places.matching import matcher
from policy_atlas.places.mentions import find
from policy_atlas.tables.frames import TableBuilder

pytestmark = pytest.mark.slow

MEGABYTE = 333_000


def extract(raw: str) -> int:
    engine = matcher()
    return len(find(parse("x", raw, None, engine.crosses), engine)[0])


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(codec=None, exclude_categories=("Cc",)), max_size=120))
def test_any_unicode_with_unpaired_surrogates_is_read_and_counted(text: str) -> None:
    raw = decode(b"\xff\xfe" + ("四川" * 200 + text).encode("utf-16-le", "surrogatepass"), "x.txt")
    document = parse("x", raw)
    assert "".join(document.text(one.start, one.end) for one in document.sentences) == squeeze(raw)
    builder = TableBuilder()
    builder.add(document)
    tables = builder.tables()
    assert len(tables.mentions) >= 1
    for row in tables.mentions.itertuples():
        assert squeeze(raw[row.start : row.end]) == row.surface


SHAPES: dict[str, Callable[[int], str]] = {
    "one line without a stop": lambda n: "支持四川成渝地区发展" * (n // 10),
    "headings only": lambda n: "（一）标题\n" * (n // 6),
    "ever longer numbering": lambda n: "".join(f"第{k}条 内容四川。\n" for k in range(n // 12)),
    "nested brackets": lambda n: "（" * (n // 2) + "）" * (n // 2),
    "bracketed composites": lambda n: "西（宁）成（都）" * (n // 8),
    "white space": lambda n: " \t\u3000" * (n // 3),
    "lists without end": lambda n: "合作、资源、" * (n // 6),
    "lists of clipped names": lambda n: "川、渝、" * (n // 4),
    "short lines": lambda n: "四川\n" * (n // 3),
    "open lines before gaps": lambda n: "".join(
        f"（{'一二三四五六七八九'[k % 9]}）标题。正文很长没有结尾\n\n接着写正文。\n" for k in range(n // 26)
    ),
    "guarded words": lambda n: "合作资源通道" * (n // 6),
    "homonyms": lambda n: "新城区朝阳区鼓楼区" * (n // 9),
    "marks only": lambda n: "。；！？”）" * (n // 6),
    "roads between towns": lambda n: "四川南江、红岩至光雾山公路-" * (n // 14),
    "brands and works": lambda n: "陕西“陕亮生活”建设东庄水库、南三高速，" * (n // 20),
    "power lists": lambda n: "青海哇让、南山口等抽水蓄能，" * (n // 14),
}


@pytest.mark.parametrize("shape", SHAPES, ids=str)
def test_time_per_megabyte_does_not_grow(shape: str) -> None:
    make = SHAPES[shape]

    def seconds(size: int) -> float:
        text = make(size)
        best = 99.0
        for _ in range(2):
            start = time.process_time()
            extract(text)
            best = min(best, time.process_time() - start)
        return best / size

    small, large = seconds(MEGABYTE // 20), seconds(MEGABYTE // 2)
    assert large < 3 * small, f"{shape}: {small * MEGABYTE:.3f} s/MB at 50 KB, {large * MEGABYTE:.3f} s/MB at 500 KB"


def test_ten_megabytes_on_one_line_and_a_hundred_thousand_headings_are_read() -> None:
    assert extract("发展成渝和四川，" * (10 * MEGABYTE // 8)) == 2 * (10 * MEGABYTE // 8)
    document = parse("x", "（一）标题\n" * 100_000)
    assert len(document.articles) == 100_000


@pytest.mark.parametrize("shape", ["one line without a stop", "ever longer numbering", "lists without end"])
def test_time_for_all_tables_does_not_grow_either(shape: str) -> None:
    make = SHAPES[shape]

    def seconds(size: int) -> float:
        start = time.process_time()
        builder = TableBuilder()
        builder.add(parse("x", make(size)))
        return (time.process_time() - start) / size

    seconds(2_000)
    small, large = min(seconds(10_000) for _ in range(3)), min(seconds(80_000) for _ in range(2))
    assert large < 3 * small, f"{shape}: {small * 1e6:.1f} and {large * 1e6:.1f} microseconds a character"
