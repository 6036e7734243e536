"""What the mark of a derived number stands for: a difference, a share or a rank, and the rows that it is made of."""

from collections import Counter
from collections.abc import Callable, Iterable

import pandas as pd

from policy_atlas.analysis import comparison, evidence, profiles
from policy_atlas.app import data, marks, theme_data
from policy_atlas.app.grid import Cell
from policy_atlas.app.rows_behind import (
    ONE,
    Kind,
    Part,
    Rows,
    choices,
    joined,
    name_of,
    of_theme,
    of_witness,
    under_choice,
    who,
)
from policy_atlas.app.view import View
from policy_atlas.app.words import Words, decimals, number
from policy_atlas.records import records


def _gap(view: View, text: Words, rest: list[str]) -> Rows:
    """Return what makes the difference of two provinces; what adds the same to both cancels out."""
    by, choice, one, other = rest
    under = under_choice(view, by, choice)
    both = [data.excerpts(under.doc, under.level, under.rule, code) for code in (one, other)]
    names = [name_of(view, code) for code in (one, other)]
    title = joined(text("rows.less", one=names[0], other=names[1]), choices(under, text))
    return _difference(text, title, names, both, lambda excerpt: excerpt.sentence_id)


def _difference(
    text: Words,
    title: str,
    names: list[str],
    both: list[list[evidence.Excerpt]],
    same: Callable[[evidence.Excerpt], str],
    linked: tuple[bool, bool] = (True, True),
) -> Rows:
    sums = [sum(one.credit for one in found) for found in both]
    left = _uncancelled(both, same)
    alike = len(both[0]) - len(left[0])
    key = "rows.difference.alike" if alike else "rows.difference"
    formula = text(
        key, gap=marks.signed(sums[0] - sums[1]), one=number(sums[0]), other=number(sums[1]), **{"alike": alike}
    )
    parts = [Part(names[at], left[at], None, (1, -1)[at], linked[at]) for at in (0, 1)]
    return Rows(title, tuple(parts), formula)


def _uncancelled(
    both: list[list[evidence.Excerpt]], same: Callable[[evidence.Excerpt], str]
) -> list[list[evidence.Excerpt]]:
    """Return the sentences of each side that the other side has not, or not with the same credit."""
    held = [Counter((same(one), round(one.credit, 9)) for one in found) for found in both]
    kept = []
    for found in both:
        shared = held[0] & held[1]
        mine = []
        for one in found:
            mark = (same(one), round(one.credit, 9))
            if shared[mark]:
                shared[mark] -= 1
            else:
                mine.append(one)
        kept.append(mine)
    return kept


def _rank(view: View, text: Words, rest: list[str]) -> Rows:
    """Return the numbers of all twelve, which make the rank of one."""
    by, choice, code = rest
    values, ranks, under = _ranked(view, by, choice)
    title = joined(text("rows.rank", name=name_of(view, code), rank=ranks[code]), choices(under, text))
    order = ranks.sort_values(kind="stable").index
    return Rows(title, ranking=_cells(view, values, ranks, order, f"{by}.{choice}"))


def _tied(view: View, text: Words, rest: list[str]) -> Rows:
    """Return the numbers of the provinces that share the rank of one, and so one point of a chart."""
    by, choice, code = rest
    values, ranks, under = _ranked(view, by, choice)
    order = ranks.index[ranks == ranks[code]]
    title = joined(text("rows.tied", rank=ranks[code], size=len(order)), choices(under, text))
    return Rows(title, ranking=_cells(view, values, ranks, order, f"{by}s.{choice}"))


def _ranked(view: View, by: str, choice: str) -> tuple[pd.Series, pd.Series, View]:
    """Return the numbers of the twelve under a rule or level, their ranks, and the view with it."""
    under = under_choice(view, by, choice)
    values = data.values(under.doc, under.choices)[0].rename(choice)
    return values, comparison.ranks(values.to_frame())[choice], under


def _cells(
    view: View, values: pd.Series, ranks: pd.Series, order: Iterable[str], mark: str
) -> tuple[tuple[Cell, ...], ...]:
    """Return rank, name and number of provinces; the number opens its rows."""
    places = decimals(values)
    return tuple(
        (str(ranks[one]), name_of(view, one), (number(float(values[one]), places), f"{mark}.{one}")) for one in order
    )


def _average(view: View, text: Words, rest: list[str]) -> Rows:
    """Return the document's sentences of a theme, and the share that they make."""
    theme = rest[0]
    found, whole = theme_data.with_theme(view.doc, theme), theme_data.pairs(view.doc)
    title = joined(theme_data.names(view.lang)[theme], text("profile.average"))
    return Rows(title, (Part(title, data.plain(found), ONE),), _share(text, len(found), whole))


def _share(text: Words, size: int, whole: int) -> str:
    return text("rows.share", size=size, whole=whole, share=f"{size / whole if whole else 0:.1%}")


def _part_of_theme(view: View, text: Words, rest: list[str]) -> Rows:
    """Return the sentences that give a province a theme, and the share that they make of all it is given."""
    whole = int(theme_data.cells(view.doc, view.level).loc[[rest[1]]].to_numpy().sum())
    rows = of_theme(view, text, rest)
    return rows._replace(formula=_share(text, len(rows.parts[0].found), whole))


def _against(view: View, text: Words, rest: list[str]) -> Rows:
    """Return what a theme's difference and quotient are made of: the province's sentences and the document's."""
    theme, code = rest
    average = theme_data.average(view.doc)
    frame = profiles.profile(theme_data.cells(view.doc, view.level), average, code)
    row = records(frame[frame["theme"] == theme])[0]
    said = {"share": f"{row.share:.1%}", "average": f"{row.average:.1%}"}
    formula = text("rows.against", gap=marks.signed(row.difference * 100, 1), **said)
    if row.average:
        formula += text("rows.against.quotient", quotient=f"{row.quotient:.1f}", **said)
    name, area = name_of(view, code), theme_data.names(view.lang)[theme]
    mine = of_theme(view, text, rest).parts[0].found
    every = data.plain(theme_data.with_theme(view.doc, theme))
    parts = (Part(name, mine, ONE), Part(text("profile.average"), every, ONE))
    return Rows(joined(name, area, text("profile.difference")), parts, formula, stated=True)


def _lost(view: View, text: Words, rest: list[str]) -> Rows:
    """Return what makes the difference of two witnesses; sentences that both hold alike cancel out."""
    witness, code = rest
    both = [of_witness(view, one, code) for one in (witness, "base")]
    names = [text("witness.other"), text("witness.base")]
    less = text("rows.less", one=names[0], other=names[1])
    title = joined(who(view, text, code), less, choices(view, text))
    return _difference(text, title, names, both, lambda excerpt: excerpt.text, (False, True))


KINDS: dict[str, Kind] = {
    "gap": _gap,
    "lost": _lost,
    "rank": _rank,
    "tied": _tied,
    "average": _average,
    "share": _part_of_theme,
    "against": _against,
}
