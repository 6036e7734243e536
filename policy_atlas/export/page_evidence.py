"""The evidence of an HTML page: every sentence behind every number, its text written once."""

from collections.abc import Sequence
from html import escape

from policy_atlas.analysis.evidence import marked_html
from policy_atlas.export import numbers
from policy_atlas.export.material import Material, Selection
from policy_atlas.export.words import Words, number
from policy_atlas.places.gazetteer import WEST


def evidence(material: Material, selections: Sequence[Selection], text: Words) -> str:
    """Return every sentence behind every number, once for each way of counting that the page shows."""
    counted = [one.but(province="", lang=text.lang, choices=one.choices.but(unit="count")) for one in selections]
    ways = list(dict.fromkeys(counted))
    chosen = {one.province for one in selections}
    found, written = [], dict[str, str]()
    for way in ways:
        head = f"<h3>{escape(numbers.choices_line(way, with_unit=False))}</h3>" if len(ways) > 1 else ""
        found.append(head + _groups(material.only(way.doc), way, chosen, text, written))
    pick, everything = escape(text("page.pick")), escape(text("page.all"))
    button = f'<button type="button" id="all" hidden>{everything}</button>'
    title = f'<h2>{escape(text("page.evidence"))}</h2><p class="sub">{pick}</p>{button}'
    return f'<section id="evidence">{title}{"".join(found)}</section>'


def _groups(material: Material, selection: Selection, chosen: set[str], text: Words, written: dict[str, str]) -> str:
    """Return the sentences of each province under its name and number, open for those that were chosen.

    `written` holds the texts so far by id.
    """
    found, names = numbers.count(material, selection), numbers.names(text.lang)
    link = {fact.doc_id: fact.url for fact in material.facts}
    groups = []
    for code in WEST:
        items = []
        for one in numbers.excerpts(material, found, code):
            place = escape(numbers.where(one.article_label, one.article_number, text))
            address = link[one.doc_id]
            said = f'<a href="{escape(address)}" rel="noopener noreferrer">{place}</a>' if address else place
            at = f"{one.start}–{one.end}"
            whole = f'<span class="where">{said} · {at}</span>{marked_html(one)}'
            items.append(f'<li data-credit="{one.credit:g}">{_once(whole, f"{place} · {at}", written)}</li>')
        title = f"{escape(str(names[code]))} <b>{number(float(found.totals[code]))}</b>"
        state = " open" if code in chosen else ""
        groups.append(
            f'<details data-adcode="{code}"{state}><summary>{title}</summary><ol>{"".join(items)}</ol></details>'
        )
    return "".join(groups)


def _once(whole: str, place: str, written: dict[str, str]) -> str:
    """Return a sentence under an id, or a link to where it stands already: the page's script puts it there too."""
    if whole in written:
        return f'<a class="same" href="#{written[whole]}">{place}</a>'
    written[whole] = f"s{len(written) + 1}"
    return f'<span id="{written[whole]}">{whole}</span>'
