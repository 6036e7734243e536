"""A briefing as one HTML file: charts to touch, tables, all evidence; opens without internet."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import plotly
from plotly.offline import get_plotlyjs

from policy_atlas import figures
from policy_atlas.export import numbers
from policy_atlas.export.blocks import Block, FigureBlock, MapBlock, MatrixBlock, QuotesBlock, RankingBlock, TableBlock
from policy_atlas.export.cells import cells, numeric, ranking_rows, table_of
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.page_evidence import evidence
from policy_atlas.export.words import Words, number, words
from policy_atlas.palette import LIGHT
from policy_atlas.regions import outlines

LIMIT = 6_000_000
LONG = 14


def write_page(material: Material, selection: Selection, blocks: Sequence[Block], *, title: str = "") -> bytes:
    """Return the page as UTF-8; everything that comes from a document is escaped."""
    text, one = words(selection.lang), material.only(selection.doc)
    name = title or f"{text('product')} · {text('title.briefing')}"
    charts: list[dict[str, Any]] = []
    body = "\n".join(_section(block, text, charts) for block in blocks)
    found = evidence(material, [block.selection for block in blocks] or [selection], text)
    lines = numbers.methods(material, [block.selection for block in blocks] or [selection])
    method = "".join(f"<p>{_linked(line)}</p>" for line in lines)
    used = {
        trace.get("geojson") for chart in charts for trace in chart["data"] if isinstance(trace.get("geojson"), str)
    }
    shapes = {name: outline for name, outline in _shared() if name in used}
    data = {"charts": charts, "outlines": shapes, "config": figures.CONFIG}
    filled = {
        "LANG": "zh-CN" if selection.lang == "zh" else "en",
        "TITLE": escape(name),
        "CHOICES": escape(numbers.choices_line(selection)),
        "SOURCE": _linked(text("source", citation=numbers.citation(one, text))),
        "PLAIN": escape(text("page.plain")),
        "OFFLINE": escape(text("page.offline")),
        "BODY": body,
        "EVIDENCE": found,
        "METHOD_TITLE": escape(text("title.method")),
        "METHOD": method,
        "STYLE": _style(),
        "PLOTLY": _library(),
        "DATA": _json(data),
        "SCRIPT": _asset("page.js"),
    }
    page = _asset("page.html")
    pieces = page.split("@@")
    whole = "".join(filled[piece] if at % 2 else piece for at, piece in enumerate(pieces))
    return whole.encode("utf-8")


@lru_cache(maxsize=8)
def _asset(name: str) -> str:
    return Path(__file__).with_name(name).read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def _library() -> str:
    return str(get_plotlyjs()).replace("</script", "<\\/script")


def _json(value: object) -> str:
    """Return JSON that cannot end the script element it stands in."""
    return (
        json.dumps(value, cls=plotly.utils.PlotlyJSONEncoder, ensure_ascii=False, separators=(",", ":"))
        .replace("<", "\\u003c")
        .replace("\u2028", "\\u2028")
        .replace("\u2029", "\\u2029")
    )


def _linked(line: str) -> str:
    """Return a line as HTML in which an https address is a link."""
    found = []
    for word in line.split(" "):
        at = word.find("https://")
        if at < 0:
            found.append(escape(word))
        else:
            address = escape(word[at:])
            found.append(f'{escape(word[:at])}<a href="{address}" rel="noopener noreferrer">{address}</a>')
    return " ".join(found)


def _style() -> str:
    colours = {
        **{"ink": LIGHT.ink, "muted": LIGHT.muted, "paper": LIGHT.paper, "grid": LIGHT.grid, "accent": LIGHT.accent},
        **{"deep": LIGHT.ramp[-1], "zero": LIGHT.zero},
    }
    variables = "".join(f"--{name}:{value};" for name, value in colours.items())
    marks = "".join(f"mark.k-{kind}{{border-color:{colour}}}" for kind, colour in LIGHT.parts.items())
    return f":root{{{variables}}}{marks}{_asset('page.css')}"


def _section(block: Block, text: Words, charts: list[dict[str, Any]]) -> str:
    makers: dict[type[Block], Callable[[Any, Words, list[dict[str, Any]]], str]] = {
        MapBlock: _chart,
        RankingBlock: _ranking,
        MatrixBlock: _matrix,
        TableBlock: _table,
        QuotesBlock: _quotes,
        FigureBlock: _figure,
    }
    note = f'<p class="note">{escape(text("note") + text("colon") + block.note)}</p>' if block.note else ""
    inner = makers[type(block)](block, text, charts)
    return f'<section><h2>{escape(block.title)}</h2><p class="sub">{escape(block.subtitle)}</p>{note}{inner}</section>'


def _shared() -> tuple[tuple[str, dict[str, Any]], ...]:
    """Return the outlines that charts share; the page holds each of them once."""
    return ("west", outlines.west()), ("rest", outlines.rest())


def _chart(block: Any, text: Words, charts: list[dict[str, Any]]) -> str:
    """Return the place of a chart; its figure goes to `charts`, with shared outlines by name."""
    figure = block.figure().to_plotly_json()
    for trace in figure["data"]:
        for name, outline in _shared():
            if trace.get("geojson") == outline:
                trace["geojson"] = name
    figure["layout"].pop("width", None)
    if figure["layout"].get("showlegend"):  # the legend stands above, in the page's own words
        figure["layout"] |= {"showlegend": False, "margin": {**figure["layout"]["margin"], "t": 8}}
    charts.append({"data": figure["data"], "layout": figure["layout"]})
    found = "".join(f"<li>{escape(line)}</li>" for line in getattr(block, "findings", ()))
    said = f'<div class="chart" id="chart-{len(charts) - 1}" role="img" aria-label="{escape(block.alt)}"></div>'
    return f'{said}<p class="alt">{escape(block.alt)}</p>' + (f"<ul>{found}</ul>" if found else "")


def _legend(items: Sequence[tuple[str, str]]) -> str:
    said = (f'<span><i style="background:{colour}"></i>{escape(label)}</span>' for label, colour in items)
    return f'<p class="legend">{"".join(said)}</p>' if items else ""


def _ranking(block: RankingBlock, text: Words, charts: list[dict[str, Any]]) -> str:
    rows = ranking_rows(block)
    legend = _legend([(label, colour) for _, label, colour in block.kinds])
    return f"{legend}{_chart(block, text, charts)}{_html_table(rows, {*range(1, len(rows[0]))})}"


def _matrix(block: MatrixBlock, text: Words, charts: list[dict[str, Any]]) -> str:
    head = "".join(
        f'<th scope="col" title="{escape(full)}">{escape(short)}</th>'
        for short, full in zip(block.short, block.full, strict=True)
    )
    rows = []
    for code in block.table.index:
        cell = "".join(
            f'<td style="background:{fill};color:{LIGHT.ink_on(str(fill))}">{number(float(value))}</td>'
            for value, fill in zip(block.table.loc[code], block.fills.loc[code], strict=True)
        )
        rows.append(f'<tr><th scope="row">{escape(str(block.names[code]))}</th>{cell}</tr>')
    label = escape(block.alt)
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{escape(block.title)}"><table class="matrix">'
        f'<caption class="alt">{label}</caption><thead><tr><th scope="col">{escape(block.head)}</th>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _html_table(rows: Sequence[Sequence[str]], right: set[int], widths: Sequence[float] = ()) -> str:
    """Return rows as a table, header first; on a phone one of several long columns falls into a card for each row."""
    long = {at for at in range(len(rows[0])) if at not in right and max(len(row[at]) for row in rows) > LONG}
    cards = len(long) > 1

    def title(at: int) -> str:
        return f' data-title="{escape(rows[0][at])}"' if cards else ""

    def line(row: Sequence[str], tag: str) -> str:
        kinds = ("n" if at in right else "said" if at in long else "" for at in range(len(row)))
        said = (
            f"<{tag}{f' class={kind}' if kind else ''}{title(at) if tag == 'td' else ''}>{escape(cell)}</{tag}>"
            for at, (kind, cell) in enumerate(zip(kinds, row, strict=True))
        )
        return f"<tr>{''.join(said)}</tr>"

    body = "".join(line(row, "td") for row in rows[1:])
    shares = "".join(f'<col style="width:{100 * width / sum(widths):.0f}%">' for width in widths)
    head = f"<colgroup>{shares}</colgroup><thead>{line(rows[0], 'th')}</thead>"
    look = ' class="cards"' if cards else ""
    return f'<div class="wide" tabindex="0"><table{look}>{head}<tbody>{body}</tbody></table></div>'


def _table(block: TableBlock, text: Words, charts: list[dict[str, Any]]) -> str:
    if block.frame.empty:
        return f"<p>{escape(block.empty or '–')}</p>"
    right = {at for at, is_number in enumerate(numeric(block)) if is_number}
    drawn = _chart(block, text, charts) if block.figure else ""
    return drawn + _html_table(cells(block), right, block.widths)


def _quotes(block: QuotesBlock, text: Words, charts: list[dict[str, Any]]) -> str:
    found = [f"<p><strong>{escape(block.sum_line)}</strong></p>"] if block.sum_line else []
    for quote in block.quotes:
        pieces, last = [], 0
        for start, end in quote.marks:
            pieces += [escape(quote.text[last:start]), f"<mark>{escape(quote.text[start:end])}</mark>"]
            last = end
        said = "".join([*pieces, escape(quote.text[last:])])
        found.append(f"<blockquote>{said}<cite>{escape(quote.citation)}</cite></blockquote>")
    return "".join(found)


def _figure(block: FigureBlock, text: Words, charts: list[dict[str, Any]]) -> str:
    """Return a chart, and its numbers folded under it."""
    said = escape(text("page.table"))
    folded = f"<details><summary>{said}</summary>{_table(table_of(block), text, charts)}</details>"
    return f"{_legend(block.legend)}{_chart(block, text, charts)}{folded}"
