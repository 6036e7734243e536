"""The workbook: a read-me, the numbers under the choices, their evidence, and every table."""

import io
from datetime import datetime
from typing import Any

import pandas as pd
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from policy_atlas.export import fit, frames, guard, numbers
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import Words, words

CREATED = datetime(2020, 1, 1)
MAX_LINKS = 60_000
MAX_ROWS = 1_048_575
FONT = "Microsoft YaHei"
WRAP = 48
LINE, LINES_WIDE = 15, 96
LETTERS = 1.05  # halves of a Chinese letter of ours that one unit of a column's width has room for
BOLD = 1.1  # how much wider bold letters are
MOST_FITTED, MOST_LINES = 3000, 27  # rows of a sheet whose height we set; lines of the highest row there may be
CHOSEN = ("numbers", "choices", "parts", "matrix", "task_list", "evidence", "theme_evidence")


class Styles:
    """The cell formats of the workbook."""

    def __init__(self, book: Any) -> None:
        plain = {"font_name": FONT, "font_size": 10, "valign": "top"}
        said = {**plain, "indent": 1}  # a number that ends at the right edge would touch the text of the next column
        self.text = book.add_format(said)
        self.wrapped = book.add_format({**said, "text_wrap": True})
        counted = {**plain, "align": "right", "indent": 1}
        self.whole = book.add_format({**counted, "num_format": "#,##0"})
        self.broken = book.add_format({**counted, "num_format": "#,##0.00"})
        self.day = book.add_format({**plain, "num_format": "yyyy-mm-dd", "align": "left", "indent": 1})
        heading = {
            **plain,
            "bold": True,
            "font_color": "#ffffff",
            "bg_color": "#1c6464",
            "text_wrap": True,
            "indent": 1,
        }
        self.head = book.add_format(heading)
        self.head_right = book.add_format({**heading, "align": "right"})
        self.title = book.add_format({**plain, "bold": True, "font_size": 16, "font_color": "#0a4349"})
        self.strong = book.add_format({**plain, "bold": True})
        self.link = book.add_format({**said, "font_color": "#1c6464", "underline": 1})


def write(material: Material, selection: Selection) -> bytes:
    """Return the workbook; the same tables and choices give the same bytes."""
    material = material.only(selection.doc)
    text = words(selection.lang)
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(stream, options)
    book.set_properties({"title": text("product"), "author": text("product"), "created": CREATED})
    styles = Styles(book)
    derived = frames.derived(material, selection)
    sheets = {text(f"book.{name}"): _said(derived[name], text) for name in CHOSEN}
    sheets[text("book.dictionary")] = frames.dictionary({**derived, **dict(frames.raw(material))}, selection.lang)
    sheets |= dict(frames.raw(material))
    readme = book.add_worksheet(text("book.readme"))
    tables = {text(f"book.{name}"): name for name in (*CHOSEN, "dictionary")}
    for name, frame in sheets.items():
        table = tables.get(name, "")
        heads = [frames.heading(table, str(column), selection.lang) if table else str(column) for column in frame]
        _sheet(book.add_worksheet(name), frame, heads, styles)
    _readme(readme, material, selection, sheets, styles)
    _trace(book, derived, text, styles)
    book.close()
    return stream.getvalue()


def _said(frame: pd.DataFrame, text: Words) -> pd.DataFrame:
    """Return a table with the codes of kinds, levels and silence in words, as those who read it want them."""
    words_of = {"silence": "silence", "scope": "scope", "kind": "part"}
    said = {
        column: [text(f"{key}.{code}") for code in frame[column]]
        for column, key in words_of.items()
        if column in frame.columns
    }
    return frame.assign(**said)


def _sheet(sheet: Any, frame: pd.DataFrame, heads: list[str], styles: Styles) -> None:
    """Write one table with header, filter, widths and formats."""
    shown = frame.head(MAX_ROWS)
    layouts = [_layout(shown[column], head, styles) for column, head in zip(shown.columns, heads, strict=True)]
    for at, (column, (width, style)) in enumerate(zip(shown.columns, layouts, strict=True)):
        number = style in (styles.whole, styles.broken)
        sheet.write_string(0, at, heads[at], styles.head_right if number else styles.head)
        sheet.set_column(at, at, width)
        _column(sheet, at, shown[column], style, styles)
    sheet.set_row(0, LINE * max((len(_broken(head)) for head in heads), default=1))
    _heights(sheet, shown, layouts, styles)
    sheet.freeze_panes(1, 2 if "name" in shown.columns else 1)
    sheet.autofilter(0, 0, max(len(shown), 1), max(len(shown.columns) - 1, 0))
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _heights(sheet: Any, shown: pd.DataFrame, layouts: list[tuple[float, Any]], styles: Styles) -> None:
    """Give every row the height of its longest broken text: not every program does so by itself."""
    broken = [(at, width) for at, (width, style) in enumerate(layouts) if style is styles.wrapped]
    if not broken or len(shown) > MOST_FITTED:
        return
    columns = [shown.iloc[:, at].fillna("").astype("str") for at, _ in broken]
    rooms = [(width - 2) * LETTERS for _, width in broken]
    for row, cells in enumerate(zip(*columns, strict=True), start=1):
        lines = max(len(fit.lines(cell, 2, room)) for cell, room in zip(cells, rooms, strict=True))
        if lines > 1:
            sheet.set_row(row, LINE * min(lines, MOST_LINES))


def _layout(values: pd.Series, head: str, styles: Styles) -> tuple[float, Any]:
    """Return width and format of a column, wide enough for its header."""
    headed = BOLD * max(_wide(line) for line in _broken(head)) + 3
    if values.name == "url":
        return max(headed, min(_longest(values) + 2, 70)), styles.text
    if pd.api.types.is_datetime64_dtype(values):
        return max(12.0, headed), styles.day
    if pd.api.types.is_bool_dtype(values):
        return max(9.0, headed), styles.text
    if pd.api.types.is_numeric_dtype(values):
        filled = values.dropna()
        whole = bool((filled.astype("float64") % 1 == 0).all())
        return max(9.0, headed), styles.whole if whole else styles.broken
    longest = _longest(values)
    width = max(headed, min(longest + 3, WRAP if longest <= 2 * WRAP else 70))
    return width, styles.wrapped if longest > WRAP else styles.text


def _broken(head: str) -> list[str]:
    """Return a header as it stands: a long one over two lines, between its words or, in Chinese, in the middle."""
    if _wide(head) <= 12:
        return [head]
    spaces = [at for at, letter in enumerate(head) if letter == " "]
    ends = spaces if head.isascii() else [(len(head) + 1) // 2]
    ways = [[head[:end], head[end:].strip()] for end in ends]
    return min(ways, key=lambda lines: max(map(_wide, lines)), default=[head])


def _longest(values: pd.Series) -> float:
    return max((_wide(str(value)) for value in values.dropna().head(2000)), default=0.0)


def _wide(text: str) -> float:
    return sum(2.0 if letter > "\u2e7f" else 1.05 for letter in text)


def _column(sheet: Any, at: int, values: pd.Series, style: Any, styles: Styles) -> None:
    is_link = str(values.name) == "url" and len(values) <= MAX_LINKS
    for row, value in enumerate(values, start=1):
        if value is None or pd.isna(value):
            sheet.write_blank(row, at, None, style)
        elif isinstance(value, (pd.Timestamp, datetime)):
            sheet.write_datetime(row, at, value, style)
        elif isinstance(value, str):
            if is_link and value.startswith(("https://", "http://")):
                sheet.write_url(row, at, value, styles.link, value)
            else:
                sheet.write_string(row, at, guard.xml_text(value)[:32767], style)
        elif pd.api.types.is_bool(value):
            sheet.write_boolean(row, at, bool(value), style)
        else:
            sheet.write_number(row, at, float(value), style)


def _trace(book: Any, derived: dict[str, pd.DataFrame], text: Any, styles: Styles) -> None:
    """Turn the counts into sums over the evidence sheet, so that each can be followed in the workbook itself."""
    counts, rows = derived["numbers"], derived["evidence"]
    sheet, name = book.get_worksheet_by_name(text("book.numbers")), text("book.evidence")
    if set(counts.loc[counts["count"] > 0, "adcode"]) - set(rows["adcode"]):
        return
    code, credit = (xl_col_to_name(rows.columns.get_loc(column), True) for column in ("adcode", "credit"))
    at, last = counts.columns.get_loc("count"), len(rows) + 1
    key = xl_col_to_name(counts.columns.get_loc("adcode"))
    for row, value in enumerate(counts["count"], start=1):
        span = f"'{name}'!{code}$2:{code}${last}", f"'{name}'!{credit}$2:{credit}${last}"
        style = styles.whole if float(counts["count"].mod(1).max()) == 0 else styles.broken
        sheet.write_formula(row, at, f"=SUMIF({span[0]},{key}{row + 1},{span[1]})", style, value)


def _readme(
    sheet: Any, material: Material, selection: Selection, sheets: dict[str, pd.DataFrame], styles: Styles
) -> None:
    text = words(selection.lang)
    sheet.set_column(0, 0, 24)
    sheet.set_column(1, 1, LINES_WIDE)
    sheet.hide_gridlines(2)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 1)
    sheet.write_string(0, 0, f"{text('product')} · {text('book.readme')}", styles.title)
    rows = [
        (text("book.citation"), numbers.citation(material, text)),
        (text("book.choices_line"), numbers.choices_line(selection)),
        (text("book.scope"), numbers.covers(selection)),
        *(
            (text("title.method") if at == 0 else "", line)
            for at, line in enumerate(numbers.method(material, selection))
        ),
    ]
    for at, (label, line) in enumerate(rows, start=2):
        sheet.write_string(at, 0, label, styles.strong)
        sheet.write_string(at, 1, guard.xml_text(line), styles.wrapped)
        sheet.set_row(at, LINE * len(fit.lines(line, 2, LINES_WIDE * LETTERS)))
    start = len(rows) + 3
    sheet.write_string(start, 0, text("book.contents"), styles.head)
    sheet.write_string(start, 1, text("col.rows"), styles.head)
    for at, (name, frame) in enumerate(sheets.items(), start=start + 1):
        sheet.write_url(at, 0, f"internal:'{name}'!A1", styles.link, name)
        sheet.write_string(at, 1, f"{len(frame):,}", styles.text)
