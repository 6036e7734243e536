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

from policy_atlas.documents import parse
from policy_atlas.matching import matcher
from policy_atlas.mentions import find
from policy_atlas.paths import SEEDS
from policy_atlas.rows import sentence_id

RUNS = 7
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


def extract(raw: str) -> list[tuple[object, ...]]:
    """Do all that `policy-atlas extract` does but the printing: parse, decide, rows with offsets."""
    engine = matcher()
    document = parse("bench", raw, None, engine.crosses)
    return [
        (sentence_id(document, one.sentence), one.start, one.end, one.surface, one.place.place_id, one.place.western)
        for one in find(document, engine)[0]
    ]


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


def peers(text: str) -> None:
    bare = median(lambda: matcher().automaton.find_matches_as_indexes(text), 21)
    print(f"{'policy-atlas':14}{median(lambda: extract(text), 21) / bare:>10.1f} x bare")
    for name, work in _peers(text).items():
        print(f"{name:14}{median(work, 5) / bare:>10.1f} x bare")


def _peers(text: str) -> dict[str, Callable[[], object]]:
    found: dict[str, Callable[[], object]] = {}
    try:
        import cpca

        found["cpca"] = lambda: list(cpca.transform_text_with_addrs(text).itertuples())
    except ImportError as error:
        print(f"cpca is skipped: {error}")
    try:
        import jieba.posseg

        found["jieba ns"] = lambda: [pair for pair in jieba.posseg.cut(text) if pair.flag == "ns"]
    except ImportError as error:
        print(f"jieba is skipped: {error}")
    try:
        import jionlp

        found["JioNLP"] = lambda: [jionlp.parse_location(line) for line in text.split("。")]
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
