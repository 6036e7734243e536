"""Policy instruments, strength and direction of a sentence (the codebook's instrument and modality rules)."""

import re
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from policy_atlas.paths import DATA
from policy_atlas.themes import rulings
from policy_atlas.themes.addressed import BIDS, CALLS, Address
from policy_atlas.themes.codebook import Codebook, Phrase, load
from policy_atlas.themes.kinds import (
    DECISIVE,
    EXHORTATION,
    PILOT,
    PLAN,
    RULES,
    VOTED_FROM,
    Spot,
    heads_of_objects,
    kinds,
    means_of_state,
    outvoted,
    without_merged,
    without_purposes,
)
from policy_atlas.themes.phrases import last_break
from policy_atlas.themes.roles import Roles
from policy_atlas.themes.statement import COMPETENCE, ENACTS, GOAL, PENALTY, REVIEW, SILENT, Setting, Statements
from policy_atlas.themes.strength import ENDS, MODAL, MUST, STANDING, Verb, Verbs, automaton
from policy_atlas.themes.wording import UNREAD

ORGANISATION, ZONE, SHOWN = "E8", "S7", "D3"
OF_STATE = frozenset(("S1", "S2", "S5", "S7"))
WORKS = frozenset(("S2", "S3"))
BUILT = frozenset(("S2", "S7"))
PROVIDED = frozenset(("S2", "S3", "S5", "S6", "S7", "D3"))
WANTED = frozenset(("S2", "S3", "S4", "S5", "D3", "D4", "D5"))
# what is drafted is planned, not tried
DRAFTS = frozenset(("谋划", "研究制定", "研究制订", "研究出台", "研究编制", "研究提出"))


class Tooling(NamedTuple):
    """Instruments, strength (1-5, or 0) and direction (promote, restrict, exempt, none) of a sentence.

    `voted` says that its wording, not its phrases, chose the family of its instrument.
    """

    instruments: tuple[str, ...]
    strength: int
    direction: str
    verbs: tuple[Verb, ...]
    voted: bool = False


NOTHING = Tooling((), 0, "none", ())


class Tools:
    """The automata over instrument phrases and over the words of the strength scale."""

    def __init__(self, codebook: Codebook) -> None:
        self.codebook = codebook
        self._tools = list(codebook.tools)
        self._tool_scan = automaton([tool.text for tool in self._tools])
        self._raised = {
            at: re.compile("|".join(map(re.escape, tool.raised))) for at, tool in enumerate(self._tools) if tool.raised
        }
        self._decisive = {
            at: self._tools[at]._replace(weight=max(DECISIVE, self._tools[at].weight + 1)) for at in self._raised
        }
        self.verbs = Verbs(codebook.modals).find
        # 工程 or 保障水平 are works and services only where works and services further the theme
        self._faint = frozenset(tool.text for tool in self._tools if tool.weight == FAINT and tool.owner in WORKS)
        self._modals = frozenset(modal.word for modal in codebook.modals if modal.role == MODAL)
        self._tries = frozenset(modal.word for modal in codebook.modals if modal.level == TRYING) - DRAFTS
        self.statements = Statements(codebook.patterns)

    def tools(self, text: str, *, law: bool = False) -> list[Spot]:
        """Return the instrument phrases in `text`, each as decisive as the verb of its clause makes it.

        A verb of its row (建设…基地) makes a phrase decisive; in a law a thing is mostly what is
        ruled, and a tool only where something provides it (设置…咨询点).
        """
        tools, found = self._tools, []
        clause, roles = 0, Roles(text)
        for index, start, end in self._tool_scan.find_matches_as_indexes(text):
            tool = tools[index]
            if (tool.not_before and text.endswith(tool.not_before, 0, start)) or (
                tool.not_after and text.startswith(tool.not_after, end)
            ):
                continue
            clause = 1 + last_break(text, start, ENDS, min(_REACH, start - clause))
            if roles.guides(clause, start) or roles.plays(start, end) or roles.is_office(end):
                continue
            if tool.owner == ZONE and roles.is_place(start, end):
                continue
            found.append((start, end, self._weighed(index, text, clause, start, end, law=law)))
        return found

    def _weighed(self, index: int, text: str, clause: int, start: int, end: int, *, law: bool) -> Phrase:
        """Return the phrase of a row, which stands in the clause from `clause`, as decisive as its verb makes it."""
        tool, raised = self._tools[index], self._raised.get(index)
        if raised is None and not law:
            built = tool.weight == STRONG and tool.owner in BUILT and _BUILDS.search(text, clause, start)
            return tool._replace(weight=DECISIVE) if built else tool
        if (raised or _PROVIDES).search(text, clause, start):
            return self._decisive.get(index, tool)
        if law and tool.owner in PROVIDED and not _PROVIDES.match(text, start, end):
            return tool._replace(weight=FAINT)
        return tool

    def reports(self, text: str, verbs: list[Verb], origin: int) -> bool:
        """Say whether a sentence outside a law looks back."""
        binding = any(verb.word in self._modals for verb in verbs)
        orders = [verb.start - origin for verb in verbs if not verb.result]
        return (
            self.statements.kind(text, Setting(law=False, above="", wording=UNREAD), orders, binding=binding) == REVIEW
        )

    def tooling(
        self,
        text: str,
        found: list[Spot],
        verbs: list[Verb],
        themes: Sequence[str],
        setting: Setting,
        origin: int,
    ) -> Tooling:
        """Return what one sentence, `text`, which begins at `origin`, does, and how strongly.

        Its strongest operative verb decides.
        """
        binding = any(verb.word in self._modals for verb in verbs)
        orders = [verb.start - origin for verb in verbs if not verb.result]
        statement = self.statements.kind(text, setting, orders, binding=binding)
        if statement in SILENT:
            return NOTHING
        if statement == ENACTS:
            return Tooling((RULES if setting.law else PLAN,) if themes else (), 0, "none", tuple(verbs))
        if statement == PENALTY:
            return Tooling((RULES,), MUST, RESTRICT, tuple(verbs))
        if statement != GOAL and not setting.law:
            verbs = [verb for verb in verbs if not verb.result]
        strongest = max(verbs, key=_strength, default=None)
        level = strongest.level if strongest else 0
        if statement == GOAL:
            level = max((verb.level for verb in verbs if not verb.result), default=STANDING)
        elif statement == COMPETENCE:
            level = max(level, STANDING)
        direction = strongest.direction if strongest and themes else "none"
        if statement in SETTLED:
            tools = [SETTLED[statement]] if themes else []
        else:
            tools = self._ordered(text, found, verbs, themes[0] if themes else "", setting, origin)
            if tools and not verbs:
                level = STANDING  # a provision stands, and a promise too, without a verb of the scale
        votes = statement not in SETTLED and len(text) >= VOTED_FROM
        chosen = outvoted(tools, found, setting.odds) if votes else tools
        return Tooling(tuple(chosen), level, direction, tuple(verbs), chosen is not tools)

    def _ordered(
        self, text: str, found: list[Spot], verbs: list[Verb], theme: str, setting: Setting, origin: int
    ) -> list[str]:
        """Return the instruments of a sentence that orders something with `verbs`."""
        address, law = Address(text, verbs, origin), setting.law
        heads = frozenset(verb.start for verb in verbs)
        acts = frozenset(verb.start for verb in verbs if not law or verb.word not in BIDS)
        found = [_headed(hit) if hit[0] in acts else hit for hit in found]
        found = heads_of_objects(found, heads, text, origin)
        if law and (rulings.details(text) or (address.binds_others(self._modals) and not rulings.equips(text, found))):
            return rulings.chosen(text, theme, found)
        forbids = any(verb.level == MUST and verb.direction == RESTRICT for verb in verbs)
        if law and (forbids or rulings.conditions(text)):
            found = [hit for hit in found if hit[2].owner not in PROVIDED]
        elif law and address.urges():
            found = [hit for hit in found if hit[2].weight >= DECISIVE or hit[2].owner == EXHORTATION]
        found = without_merged(found, text, origin)
        if address.to_firms():
            found = [hit for hit in found if hit[2].owner not in OF_STATE]
        if verbs and verbs[0].word in CALLS:
            found = means_of_state(found, heads)
        if not law and (target := self.statements.target(text)) >= 0:
            found = [*found, (origin + target, origin + target, _TARGET)]
        if not law and self.statements.aspires(text):
            found = [hit for hit in found if hit[2].owner not in WANTED]
        if not law and (counted := _COUNTED.search(text)):
            found = [*found, (origin + counted.start(), origin + counted.start(), _WORKS)]
        if not law and any(verb.word in self._tries for verb in verbs):
            found = [*found, (len(text), len(text), _PILOT)]
        breaks = [origin + mark.start() for mark in _BREAK.finditer(text)]
        found = without_purposes(found, verbs, breaks)
        usual = self.codebook.usual.get(theme, {})
        found = [hit for hit in found if hit[2].owner in usual or hit[2].text not in self._faint]
        orders = bool(verbs) or (not law and self.statements.promises(text))
        tools = kinds(found, theme, usual, orders, address.default(law=law), breaks, setting.wording)
        return rulings.chosen(text, theme, found) if law and tools == [RULES] else tools


def _headed(hit: Spot) -> Spot:
    """Return a hit that is itself the operative verb (放宽, 整治, 新建): it says more than its objects do."""
    start, end, tool = hit
    return hit if tool.owner in (EXHORTATION, SHOWN) else (start, end, tool._replace(weight=tool.weight + 1))


FAINT, STRONG, TRYING = 1, 2, 1
_TARGET = Phrase("", PLAN, DECISIVE)
_PILOT = Phrase("", PILOT, DECISIVE)
_WORKS = Phrase("", "S2", STRONG)
RESTRICT = "restrict"


def _strength(verb: Verb) -> int:
    return verb.level


_REACH = 120
_BUILDS = re.compile("建设|新建|改建|扩建|修建|建成|打造|创建|设立|开工|改造")
_BREAK = re.compile(f"[{ENDS}]")
_PROVIDES = re.compile(
    "推动|推进|促进|支持|加强|完善|发展|保障|扩大|改善|提高|提升|优化|加快|推广|普及|建设|修建|新建|改建|兴建|设立|设置|建立|搭建|提供|推广|组织|开展|举办|创办|普查|实施|给予|发放|配备|开发|配置|配建|支付|投放|安置"
)
# works that are counted (改造老旧小区120个)
_COUNTED = re.compile(
    f"(?:新建|新改建|新改扩建|改扩建|改造|修建|兴建|建设|建成|续建|扩建)[^{ENDS}]{{1,20}}?[\\d〇一二两三四五六七八九十百千万]+[多余]?"
    "(?:[个座条处套户栋间台口米]|公里|平方米|千米|所(?!有)|万?亩)"
)
SETTLED = {GOAL: PLAN, COMPETENCE: ORGANISATION}


@lru_cache(maxsize=4)
def tools(folder: Path = DATA) -> Tools:
    """Return the instrument scanner over the codebook in `folder`; built once per process."""
    return Tools(load(folder))
