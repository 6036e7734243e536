"""Load test of the page: many sessions, each opening it and making choices; then idle ones held.

    python tests/load/run.py --sessions 50 --choices 10 --seconds 120

Starts a server of its own on the loopback, speaks Streamlit's protocol to it, and ends with exit code 1
if a promise is not kept: no error, 95th percentile of a choice, memory added per session.
"""

import argparse
import asyncio
import os
import statistics
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from client import Visitor
from serving import Served, served

MAX_P95 = 1.0
MAX_MB = 4.0


@dataclass
class Report:
    """What was measured; times in seconds, memory in MiB."""

    opens: list[float] = field(default_factory=list)
    choices: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    before_mb: float = 0.0
    after_mb: float = 0.0
    sessions: int = 0
    idle: int = 0
    idle_mb: float = 0.0

    @property
    def p95(self) -> float:
        """The 95th percentile of a choice."""
        return statistics.quantiles(self.choices, n=20)[-1] if len(self.choices) > 1 else 0.0

    @property
    def mb_per_session(self) -> float:
        """Memory that an active session adds."""
        return (self.after_mb - self.before_mb) / max(1, self.sessions)

    @property
    def broken(self) -> list[str]:
        """The promises that were not kept."""
        found = [f"{len(self.errors)} errors, the first: {self.errors[0]}"] if self.errors else []
        if self.p95 >= MAX_P95:
            found.append(f"95th percentile {self.p95:.2f} s, promised under {MAX_P95} s")
        if self.mb_per_session > MAX_MB:
            found.append(f"{self.mb_per_session:.1f} MB a session, promised at most {MAX_MB} MB")
        return found

    def lines(self) -> list[str]:
        """Return the figures for people."""
        return [
            f"sessions {self.sessions}, choices {len(self.choices)}, errors {len(self.errors)}",
            f"open: median {statistics.median(self.opens or [0]):.2f} s, longest {max(self.opens, default=0):.2f} s",
            f"choice: median {statistics.median(self.choices or [0]):.3f} s, 95th percentile {self.p95:.3f} s, "
            f"longest {max(self.choices, default=0):.3f} s",
            f"memory: {self.before_mb:.0f} MB warm, {self.after_mb:.0f} MB after, {self.mb_per_session:.2f} MB a session",
            f"idle sessions held: {self.idle}, {self.idle_mb:.2f} MB each",
        ]


async def visit(base: str, seed: int, choices: int, seconds: float, report: Report) -> None:
    """Be one visitor: come at a time of one's own within the first tenth, choose at even intervals, stay to the end."""
    start = time.monotonic()
    pause = seconds * 0.9 / max(1, choices)
    try:
        async with Visitor(base, seed) as visitor:
            await asyncio.sleep(visitor.random.uniform(0, seconds * 0.1))
            report.opens.append(await visitor.open())
            for at in range(choices):
                due = start + seconds * 0.1 + pause * (at + visitor.random.random())
                await asyncio.sleep(max(0.0, due - time.monotonic()))
                report.choices.append(await visitor.choose())
            await asyncio.sleep(max(0.0, start + seconds - time.monotonic()))
    except Exception as error:
        report.errors.append(f"session {seed}: {type(error).__name__}: {error}")


async def measure(server: Served, sessions: int, choices: int, seconds: float, idle: int) -> Report:
    """Warm the server with a few visitors, then let all come, then hold idle ones; return what was measured."""
    report, warm = Report(sessions=sessions), Report()
    await asyncio.gather(*(visit(server.base, -1 - at, 15, 8, warm) for at in range(4)))
    report.errors += warm.errors
    report.before_mb = server.memory_mb
    await asyncio.gather(*(visit(server.base, at, choices, seconds, report) for at in range(sessions)))
    report.after_mb = server.memory_mb
    if idle:
        await hold(server, idle, report)
    return report


async def hold(server: Served, idle: int, report: Report) -> None:
    """Open `idle` sessions, ten at a time, keep all open for a while, and ask each for one choice."""
    before, gate = server.memory_mb, asyncio.Semaphore(10)
    visitors = [Visitor(server.base, 10_000 + at) for at in range(idle)]

    async def enter(visitor: Visitor) -> None:
        async with gate:
            await visitor.__aenter__()
            await visitor.open()

    try:
        await asyncio.gather(*map(enter, visitors))
        await asyncio.sleep(5)
        report.idle_mb = (server.memory_mb - before) / idle
        for visitor in visitors[:: max(1, idle // 20)]:
            await visitor.choose()
        report.idle = idle
    except Exception as error:
        report.errors.append(f"idle: {type(error).__name__}: {error}")
    finally:
        await asyncio.gather(*(visitor.__aexit__() for visitor in visitors))


def main() -> int:
    """Run the load test; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--choices", type=int, default=10)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--idle", type=int, default=200)
    parser.add_argument("--cpus", type=int, default=2, help="cores that the server may use (Linux)")
    given = parser.parse_args()
    if not (
        0 < given.sessions <= 500
        and 0 < given.choices <= 1000
        and 0 < given.seconds <= 3600
        and 0 <= given.idle <= 1000
    ):
        parser.error("at most 500 sessions, 1000 choices, 3600 seconds, 1000 idle sessions")
    cpus = set(sorted(os.sched_getaffinity(0))[: given.cpus]) if hasattr(os, "sched_getaffinity") else None
    with served(cpus=cpus) as server:
        report = asyncio.run(measure(server, given.sessions, given.choices, given.seconds, given.idle))
    sys.stdout.write("\n".join([*report.lines(), *(f"BROKEN: {one}" for one in report.broken)]) + "\n")
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main())
