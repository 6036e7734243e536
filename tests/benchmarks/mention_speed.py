"""How fast mentions are found, as ratios to a bare automaton scan of the same names.

    python tests/benchmarks/mention_speed.py [--corpus DIR] [--peers] [--growth]

Each figure is the median of at least five runs in this process on this machine. --peers needs
the extra [bench] (cpca, jieba, jionlp).
"""

import argparse
import gc
import platform
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from policy_atlas.documents.document import parse
from policy_atlas.paths import SEEDS
from policy_atlas.places.matching import matcher
from policy_atlas.places.mentions import find, find_blocks
from policy_atlas.tables.ids import sentence_id

RUNS = 7
CASES = Path(__file__).resolve().parents[1] / "cases"
MEGABYTE = 1_000_000


def median(work: Callable[[], object], runs: int = RUNS) -> float:
    """Return the median seconds of `runs` calls after one to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def extract(raw: str) -> int:
    """Do all that `policy-atlas extract` does but the printing: parse, decide, a row with offsets at a time."""
    engine = matcher()
    document = parse("bench", raw, None, engine.crosses)
    rows = (
        (sentence_id(document, one.sentence), one.start, one.end, one.surface, one.place.place_id, one.place.western)
        for kept, _ in find_blocks(document, engine)
        for one in kept
    )
    return sum(1 for _ in rows)


def repeated(text: str) -> str:
    """Return `text` repeated to about one megabyte of UTF-8."""
    return "\n".join([text] * max(1, MEGABYTE // len(text.encode())))


def compare(texts: dict[str, str]) -> None:
    automaton = matcher().automaton
    print(f"{'text':34}{'chars':>10}{'bare ms':>10}{'extract ms':>12}{'ratio':>8}")
    for name, text in texts.items():
        for label, body in ((name, text), (f"{name} x 1 MB", repeated(text))):
            bare = median(
                lambda body=body: automaton.find_matches_as_indexes(body), 21 if len(body) < 100_000 else RUNS
            )
            whole = median(lambda body=body: extract(body), 21 if len(body) < 100_000 else RUNS)
            print(f"{label[:33]:34}{len(body):>10,}{bare * 1e3:>10.3f}{whole * 1e3:>12.3f}{whole / bare:>8.1f}")


def growth(text: str) -> None:
    unit = repeated(text)
    for size in (1, 10, 100):
        body = "\n".join([unit] * size)
        gc.collect()
        seconds = median(lambda body=body: extract(body), 3 if size == 100 else 5)
        print(f"{size:>4} MB: {seconds / size * 1e3:8.1f} ms per MB")


def memory(texts: list[str]) -> None:
    for _ in range(20):
        for text in texts:
            extract(text)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory while streaming {20 * len(texts)} files: {peak:.0f} MB")


Reader = Callable[[str], set[str]]
"""From a text to the adcodes of the western provinces that are found in it."""


def peers(text: str) -> None:
    """Print time on `text` and accuracy on the shipped sentences, of this project and of its peers, side by side."""
    cases = sentences()
    bare = median(lambda: matcher().automaton.find_matches_as_indexes(text), 21)
    own = median(lambda: extract(text), 21)
    print(f"{'':16}{'x bare':>10}{'x ours':>10}{'precision':>11}{'recall':>8}{'F1':>7}   ({len(cases)} sentences)")
    for name, work, reader in _readers(text):
        seconds = own if name == "policy-atlas" else median(work, 5)
        wanted = found = right = 0
        for sentence, provinces in cases:
            given = reader(sentence)
            wanted, found, right = wanted + len(provinces), found + len(given), right + len(given & provinces)
        precision, recall = right / max(found, 1), right / max(wanted, 1)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{name:16}{seconds / bare:>10.1f}{seconds / own:>10.1f}{precision:>11.3f}{recall:>8.3f}{f1:>7.3f}")


def sentences() -> list[tuple[str, set[str]]]:
    """Return the shipped sentences with the western provinces they name, by provinces, cities and composites."""
    found: list[tuple[str, set[str]]] = []
    for file in ("should_match.tsv", "should_not_match.tsv"):
        for line in (CASES / file).read_text(encoding="utf-8").splitlines()[1:]:
            text, expected, *_ = line.replace("\\n", "\n").split("\t")
            if file == "should_match.tsv":
                named = {code for _, kind, codes in _expected(expected) if kind in "PCA" for code in codes}
                if named:
                    found.append((text, named))
            elif expected == "*":
                found.append((text, set()))
    return found


def _expected(cell: str) -> list[tuple[str, str, list[str]]]:
    parts = (item.split("/") for item in cell.split("|"))
    return [(part[0], part[1], part[2].split("+")) for part in parts if len(part) > 2]


def _provinces(text: str) -> set[str]:
    engine = matcher()
    found = find(parse("case", text, "", engine.crosses), engine)[0]
    return {code for one in found if one.place.kind in "PCA" for code in one.place.western}


def _western(name: str) -> set[str]:
    """Return the western provinces that a name a peer gives stands for."""
    name_found = matcher().by_text.get(name)
    return {code for place in name_found.places for code in place.western} if name_found else set()


def _readers(text: str) -> list[tuple[str, Callable[[], object], Reader]]:
    found: list[tuple[str, Callable[[], object], Reader]] = [("policy-atlas", lambda: extract(text), _provinces)]
    try:
        import cpca

        def cpca_reader(sentence: str) -> set[str]:
            try:
                rows = cpca.transform_text_with_addrs(sentence).itertuples()
            except KeyError:  # raised where it finds no place at all
                return set()
            return {code for row in rows for code in _western(row[1] or "")}

        found.append(("cpca", lambda: list(cpca.transform_text_with_addrs(text).itertuples()), cpca_reader))
    except ImportError as error:
        print(f"cpca is skipped: {error}")
    try:
        import jieba.posseg

        def jieba_reader(sentence: str) -> set[str]:
            words = (pair.word for pair in jieba.posseg.cut(sentence) if pair.flag == "ns")
            return {code for word in words for code in _western(word)}

        found.append(("jieba ns", lambda: [pair for pair in jieba.posseg.cut(text) if pair.flag == "ns"], jieba_reader))
    except ImportError as error:
        print(f"jieba is skipped: {error}")
    try:
        import jionlp

        def jionlp_reader(sentence: str) -> set[str]:
            return _western(jionlp.parse_location(sentence)["province"] or "")

        lines = [line for line in text.split("。") if line.strip()]
        found.append(("JioNLP", lambda: [jionlp.parse_location(line) for line in lines], jionlp_reader))
    except ImportError as error:
        print(f"JioNLP is skipped: {error}")
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpus", type=Path, help="a folder of text files")
    parser.add_argument("--peers", action="store_true")
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    print(f"{platform.processor() or platform.machine()}, Python {platform.python_version()}, {sys.platform}")
    start = time.perf_counter()
    engine = matcher()
    print(f"gazetteer loaded in {(time.perf_counter() - start) * 1e3:.0f} ms, {len(engine.names):,} names")
    seed = (SEEDS / "001_27cb25c86c949356.txt").read_text(encoding="utf-8")
    files = sorted(options.corpus.glob("*.txt")) if options.corpus else []
    texts = {"complete seed": seed}
    if files:
        texts["corpus folder"] = "\n".join(path.read_text(encoding="utf-8") for path in files)
    compare(texts)
    memory([seed, *(path.read_text(encoding="utf-8") for path in files)])
    if options.growth:
        growth(seed)
    if options.peers:
        peers(seed)


if __name__ == "__main__":
    main()
