"""Pictures carry their words inside, equal the page's figure, and fail with a clear line."""

import io
import itertools
import json
import re
import shutil
import struct
import subprocess
import time
from pathlib import Path

import plotly.graph_objects as go
import pytest
from PIL import Image
from plotly.utils import PlotlyJSONEncoder

from policy_atlas import figures
from policy_atlas.documents.sources import load_sources
from policy_atlas.errors import AtlasError
from policy_atlas.export import CHARTS, captions, compose, fit, numbers, pictures, word
from policy_atlas.export.basket import CHINA, Item
from policy_atlas.export.framing import PRESETS
from policy_atlas.export.material import Material, Selection, gather
from policy_atlas.export.pictures import Job
from policy_atlas.export.words import words
from policy_atlas.palette import LIGHT
from policy_atlas.places.gazetteer import WEST
from policy_atlas.regions import outlines
from policy_atlas.tables.frames import Tables

pytestmark = pytest.mark.slow

CHOSEN = Selection(province="510000")


@pytest.fixture(scope="module")
def material(tables: Tables) -> Material:
    return gather(tables, load_sources(), "code 0")


def traces(figure: go.Figure) -> str:
    return json.dumps(figure.to_plotly_json()["data"], cls=PlotlyJSONEncoder, sort_keys=True)


def item(kind: str) -> Item:
    return Item(kind, CHOSEN, "rule-650000" if kind == "slopes" else "")


def framed(material: Material, kind: str, preset: str, *, transparent: bool = False) -> go.Figure:
    block = compose.block(material, item(kind))
    made = captions.picture(block, material, words("zh"), PRESETS[preset], transparent=transparent)
    assert made is not None
    return made


@pytest.mark.parametrize("kind", CHARTS)
@pytest.mark.parametrize("preset", list(PRESETS))
def test_a_picture_holds_title_choices_source_and_stamp(material: Material, kind: str, preset: str) -> None:
    figure = framed(material, kind, preset)
    said = "".join(note.text for note in figure.layout.annotations).replace("<b>", "").replace("</b>", "")
    block = compose.block(material, item(kind))
    assert block.title in said
    under = getattr(block, "figured", "") or block.subtitle
    assert under.replace(" ", "") in said.replace(" ", "")
    assert "中共中央、国务院" in said
    assert "程序 0" in said
    assert ("未经审图" in said) is (kind in ("map", "silence", "cities", "small", "prefectures"))
    assert (figure.layout.width, figure.layout.height) == PRESETS[preset][:2]


@pytest.mark.parametrize("kind", ["map", "cities"])
@pytest.mark.parametrize(("key", "nine"), [(CHINA, True), (CHINA, False), ("", True)])
def test_a_picture_with_the_rest_of_china_says_where_only_nine_dashes_are_drawn(
    monkeypatch: pytest.MonkeyPatch, material: Material, kind: str, key: str, nine: bool
) -> None:
    monkeypatch.setattr(outlines, "nine_dashes", lambda: nine)
    block = compose.block(material, Item(kind, CHOSEN, key))
    figure = captions.picture(block, material, words("zh"), PRESETS["square"])
    assert figure is not None
    said = "".join(note.text for note in figure.layout.annotations)
    assert ("九段" in said) is (bool(key) and nine)


def test_the_picture_has_the_colours_and_numbers_of_the_pages_figure(material: Material) -> None:
    for kind in CHARTS:
        block = compose.block(material, item(kind))
        plain = block.figure()  # type: ignore[attr-defined]
        assert traces(framed(material, kind, "square")) == traces(plain)


def test_the_map_of_a_picture_is_the_pages_map(material: Material) -> None:
    found = numbers.count(material, CHOSEN)
    frame = numbers.provinces("zh").merge(found.shown.rename("value").reset_index(), on="adcode")
    page = figures.choropleth(
        frame, outlines.west(), value_title="次", zero_title="0（未计到）", selected="510000"
    ).to_dict()["data"]
    block = compose.block(material, Item("map", CHOSEN))
    assert str(block.figure().to_dict()["data"]) == str(page)  # type: ignore[attr-defined]


def test_no_line_ends_in_an_opening_bracket_or_begins_with_a_closing_one() -> None:
    said = "Opinions on the Region (《关于区域协调发展的指导意见》), 17 May."
    for room in range(60, 400, 7):
        broken = fit.lines(said, 12, room)
        assert not any(line.endswith(("(", "《")) for line in broken[:-1])
        assert not any(line.startswith((")", "》", ",")) for line in broken)


def test_a_dot_between_words_has_the_room_of_a_chinese_character() -> None:
    assert fit.width("a · b", 10) - fit.width("a  b", 10) == pytest.approx(10)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("preset", list(PRESETS))
@pytest.mark.parametrize("kind", ["matrix", "course", "dispersion", "slopes"])
def test_labels_of_the_horizontal_axis_never_touch(material: Material, kind: str, preset: str, lang: str) -> None:
    block = compose.block(material, Item(kind, CHOSEN.but(lang=lang), "rule" if kind == "slopes" else ""))
    figure = captions.picture(block, material, words(lang), PRESETS[preset])
    assert figure is not None
    axis, margin = figure.layout.xaxis, figure.layout.margin
    room = figure.layout.width - margin.l - margin.r
    if axis.tickangle == -90:
        assert max(fit.width(label, 13) for label in axis.ticktext) < margin.t
        return
    order = list(axis.categoryarray or axis.tickvals)
    at = [float(order.index(one)) if axis.type == "category" else float(one) for one in axis.tickvals]
    places = [(one - axis.range[0]) / (axis.range[1] - axis.range[0]) * room for one in at]
    halves = [max(fit.width(line, 13) for line in label.split("<br>")) / 2 for label in axis.ticktext]
    for left, right in itertools.pairwise(zip(places, halves, strict=True)):
        assert left[0] + left[1] < right[0] - right[1]


def test_a_transparent_picture_has_no_paper(material: Material) -> None:
    assert framed(material, "map", "16x9", transparent=True).layout.paper_bgcolor == "rgba(0,0,0,0)"
    assert framed(material, "map", "16x9").layout.paper_bgcolor == "#fdfcf9"


def test_lines_break_between_characters_and_never_before_a_comma() -> None:
    text = "推进西部大开发，形成新格局，是党中央、国务院的决策 and so on in English words"
    for room in (60, 90, 140, 300):
        broken = fit.lines(text, 12, room)
        assert "".join(broken).replace(" ", "") == text.replace(" ", "")
        assert all(line[0] not in "，、。" for line in broken)
        assert all(fit.width(line, 12) <= room + 12 for line in broken if " " in line or line[-1] > "\u2e7f")


def test_png_svg_and_pdf_are_drawn_at_the_asked_size(material: Material, chromium: str, tmp_path: Path) -> None:
    figure, clear = framed(material, "map", "square"), framed(material, "matrix", "a4", transparent=True)
    jobs = [Job(figure, "png", 1), Job(figure, "png", 4), Job(clear, "png", 1), Job(figure, "svg"), Job(figure, "pdf")]
    small, large, see_through, drawing, paged = pictures.render_jobs(jobs)
    for content, size in ((small, (900, 900)), (large, (3600, 3600)), (see_through, PRESETS["a4"][:2])):
        assert content.startswith(b"\x89PNG")
        assert struct.unpack(">II", content[16:24]) == size
    for content, corner in ((small, (253, 252, 249, 255)), (see_through, (0, 0, 0, 0))):
        assert Image.open(io.BytesIO(content)).convert("RGBA").getpixel((1, 1)) == corner
    svg = drawing.decode("utf-8")
    assert "四川" in svg
    names = numbers.count(material, CHOSEN).shown
    fills = {LIGHT.at(value / names.max()) if value else LIGHT.zero for value in names}
    drawn = {
        "#{:02x}{:02x}{:02x}".format(*map(int, one))
        for one in re.findall(r"choroplethlocation\W+fill=\Wrgb\((\d+), (\d+), (\d+)\)", svg)
    }
    assert fills <= drawn
    assert paged.startswith(b"%PDF")
    if path := shutil.which("pdftotext"):
        (tmp_path / "map.pdf").write_bytes(paged)
        said = subprocess.run([path, str(tmp_path / "map.pdf"), "-"], capture_output=True, text=True, check=True).stdout
        assert "内蒙古" in said
        assert "未经审图" in said


def test_twelve_briefs_with_pictures_take_less_than_ninety_seconds(material: Material, chromium: str) -> None:
    begun = time.perf_counter()
    made = word.write_briefs(material, Selection(), WEST, with_pictures=True)
    assert time.perf_counter() - begun < 90
    assert min(len(one) for one in made) > 60_000


def test_without_a_browser_or_font_the_error_says_what_to_install(
    material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pictures, "browser", lambda: None)
    with pytest.raises(AtlasError, match="apt-get install chromium"):
        pictures.render([go.Figure()])
    monkeypatch.setattr(pictures, "browser", lambda: "/usr/bin/true")
    monkeypatch.setattr(pictures, "has_chinese_font", lambda: False)
    assert "fonts-noto-cjk" in pictures.missing()


def test_unknown_formats_and_scales_are_named() -> None:
    with pytest.raises(AtlasError, match="unknown picture format 'bmp'"):
        pictures.render([go.Figure()], "bmp")
    with pytest.raises(AtlasError, match="unknown scale 9"):
        pictures.render([go.Figure()], scale=9)
