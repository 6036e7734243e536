"""A briefing as one HTML file: charts to touch, tables, all evidence; opens without internet."""

import json
from collections.abc import Callable, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import plotly
from plotly.offline import get_plotlyjs

from policy_atlas import figures, outlines
from policy_atlas.evidence import marked_html
from policy_atlas.export import numbers
from policy_atlas.export.blocks import Block, FigureBlock, MapBlock, MatrixBlock, QuotesBlock, RankingBlock, TableBlock
from policy_atlas.export.cells import cells, numeric, ranking_rows, table_of
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import Words, number, words
from policy_atlas.gazetteer import WEST
from policy_atlas.palette import LIGHT

LIMIT = 6_000_000
_WEST = "west"


def write_page(material: Material, selection: Selection, blocks: Sequence[Block], *, title: str = "") -> bytes:
    """Return the page as UTF-8; everything that comes from a document is escaped."""
    text, one = words(selection.lang), material.only(selection.doc)
    name = title or f"{text('product')} · {text('title.briefing')}"
    charts: list[dict[str, Any]] = []
    body = "\n".join(_section(block, text, charts) for block in blocks)
    evidence = _evidence(material, [block.selection for block in blocks] or [selection], text)
    lines = numbers.methods(material, [block.selection for block in blocks] or [selection])
    method = "".join(f"<p>{_linked(line)}</p>" for line in lines)
    data = {"charts": charts, "west": outlines.west(), "config": figures.CONFIG}
    filled = {
        "LANG": "zh-CN" if selection.lang == "zh" else "en",
        "TITLE": escape(name),
        "CHOICES": escape(numbers.choices_line(selection)),
        "SOURCE": _linked(text("source", citation=numbers.citation(one, text))),
        "PLAIN": escape(text("page.plain")),
        "OFFLINE": escape(text("page.offline")),
        "BODY": body,
        "EVIDENCE": evidence,
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


def _chart(block: Any, text: Words, charts: list[dict[str, Any]]) -> str:
    """Return the place of a chart; its figure goes to `charts`, the outlines of the West only once to the page."""
    figure = block.figure().to_plotly_json()
    for trace in figure["data"]:
        if trace.get("geojson") is not None and trace["geojson"] == outlines.west():
            trace["geojson"] = _WEST
    figure["layout"].pop("width", None)
    charts.append({"data": figure["data"], "layout": figure["layout"]})
    found = "".join(f"<li>{escape(line)}</li>" for line in getattr(block, "findings", ()))
    said = f'<div class="chart" id="chart-{len(charts) - 1}" role="img" aria-label="{escape(block.alt)}"></div>'
    return f'{said}<p class="alt">{escape(block.alt)}</p>' + (f"<ul>{found}</ul>" if found else "")


def _ranking(block: RankingBlock, text: Words, charts: list[dict[str, Any]]) -> str:
    legend = "".join(
        f'<span><i style="background:{colour}"></i>{escape(label)}</span>' for _, label, colour in block.kinds
    )
    rows = ranking_rows(block)
    return f'<p class="legend">{legend}</p>{_chart(block, text, charts)}{_html_table(rows, {*range(1, len(rows[0]))})}'


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
        f'<caption class="alt">{label}</caption><thead><tr><td></td>{head}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _html_table(rows: Sequence[Sequence[str]], right: set[int], widths: Sequence[float] = ()) -> str:
    def line(row: Sequence[str], tag: str) -> str:
        said = (f"<{tag}{' class=n' if at in right else ''}>{escape(cell)}</{tag}>" for at, cell in enumerate(row))
        return f"<tr>{''.join(said)}</tr>"

    body = "".join(line(row, "td") for row in rows[1:])
    shares = "".join(f'<col style="width:{100 * width / sum(widths):.0f}%">' for width in widths)
    head = f"<colgroup>{shares}</colgroup><thead>{line(rows[0], 'th')}</thead>"
    return f'<div class="wide" tabindex="0"><table>{head}<tbody>{body}</tbody></table></div>'


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
    return f"{_chart(block, text, charts)}{folded}"


def _evidence(material: Material, selections: Sequence[Selection], text: Words) -> str:
    """Return every sentence behind every number, once for each way of counting that the page shows."""
    lone = {one.province for one in selections}
    ways = list(dict.fromkeys(one.but(province="", lang=text.lang) for one in selections))
    codes = tuple(lone) if len(lone) == 1 and "" not in lone else WEST
    found = []
    for way in ways:
        head = f"<h3>{escape(numbers.choices_line(way))}</h3>" if len(ways) > 1 else ""
        found.append(head + _groups(material.only(way.doc), way, codes, text))
    pick, everything = escape(text("page.pick")), escape(text("page.all"))
    button = f'<button type="button" id="all" hidden>{everything}</button>'
    title = f'<h2>{escape(text("page.evidence"))}</h2><p class="sub">{pick}</p>{button}'
    return f'<section id="evidence">{title}{"".join(found)}</section>'


def _groups(material: Material, selection: Selection, codes: Sequence[str], text: Words) -> str:
    """Return the sentences of each province under its name and number."""
    found, names = numbers.count(material, selection), numbers.names(text.lang)
    link = {fact.doc_id: fact.url for fact in material.facts}
    groups = []
    for code in codes:
        items = []
        for one in numbers.excerpts(material, found, code):
            place = escape(numbers.where(one.article_label, one.article_number, text))
            address = link[one.doc_id]
            said = f'<a href="{escape(address)}" rel="noopener noreferrer">{place}</a>' if address else place
            where = f"{one.start}–{one.end}"
            items.append(
                f'<li data-credit="{one.credit:g}"><span class="where">{said} · {where}</span>{marked_html(one)}</li>'
            )
        title = f"{escape(str(names[code]))} <b>{number(float(found.totals[code]))}</b>"
        groups.append(f'<details data-adcode="{code}"><summary>{title}</summary><ol>{"".join(items)}</ol></details>')
    return "".join(groups)
