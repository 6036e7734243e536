"""How fast sentences are coded, as a ratio to a bare automaton scan of the same phrases.

    python tests/benchmarks/theme_speed.py

Medians of at least 21 runs in this process on this machine.
"""

import statistics
import time
from collections.abc import Callable

from policy_atlas.documents.sources import load_sources, read_document
from policy_atlas.places.matching import matcher
from policy_atlas.places.mentions import find
from policy_atlas.themes import clauses, coding, tasks
from policy_atlas.themes.phrases import scanner


def median(work: Callable[[], object], runs: int = 21) -> float:
    """Return the median seconds of `runs` calls after one to warm up."""
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def main() -> None:
    """Print what coding the complete seed takes, and the ratio to the bare scan."""
    document = read_document(load_sources()[0])
    mentions = find(document, matcher())[0]
    engine = scanner()
    text = document.clean.text
    bare = median(lambda: engine.automaton.find_matches_as_indexes(text))
    whole = median(lambda: coding.code(document))
    coded = coding.code(document)
    attributed = clauses.attribute(document, mentions, coded)
    print(f"bare scan of {len(text):,} characters  {bare * 1e3:8.3f} ms")
    print(f"themes of every sentence       {whole * 1e3:8.3f} ms  {whole / bare:5.1f} x bare")
    print(
        f"attribution to places          {median(lambda: clauses.attribute(document, mentions, coded)) * 1e3:8.3f} ms"
    )
    print(
        f"tasks                          {median(lambda: tasks.tasks(document, mentions, coded, attributed)) * 1e3:8.3f} ms"
    )


if __name__ == "__main__":
    main()
