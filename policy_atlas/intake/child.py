"""The reading process: takes files on standard input, gives their texts and rows on standard output.

It opens no network, writes no file, and limits its own memory and processor time before it reads
anything of unknown origin. Started by worker.Worker as `python -m policy_atlas.intake.child`.
"""

import gc
import io
import json
import os
import sys
from typing import Any

from policy_atlas.errors import AtlasError
from policy_atlas.intake.formats import check, extract
from policy_atlas.intake.limits import Limits
from policy_atlas.intake.refusals import RefusedError

LENGTH = 8
READY = b"ready\n"
_HARD_SECONDS = 86_400


def main() -> None:
    """Serve requests until standard input ends."""
    stdin, stdout = sys.stdin.buffer, sys.stdout.buffer
    limits = Limits(**json.loads(stdin.readline()))
    _prepare()
    _limit_process(limits)
    stdout.write(READY)
    stdout.flush()
    while header := stdin.readline():
        request = json.loads(header)
        raw = stdin.read(request["size"])
        _limit_time(limits.seconds)
        payload = _handled(request, raw, limits)
        stdout.write(len(payload).to_bytes(LENGTH, "big"))
        stdout.write(payload)
        stdout.flush()
        del raw, payload


def _prepare() -> None:
    """Load what every document needs while memory is not limited yet."""
    import pandas as pd

    from policy_atlas.places.matching import matcher

    matcher()
    _feather(pd.DataFrame({"text": ["西"]}))
    gc.freeze()


def _handled(request: dict[str, Any], raw: bytes, limits: Limits) -> bytes:
    """Return what is asked for, or why it is refused; nothing that a file can do is an exception here.

    A request with `base` asks to collate two texts, of which the first has that many bytes; one
    with `only_text` for the text in a file; any other for the document in it with all its tables.
    """
    try:
        if "base" in request:
            return _collation(request, raw)
        check(request["name"], raw, limits)
        if request.get("only_text"):
            found = extract(request["name"], raw, limits)
            return _packed(found._asdict(), {})
        return _document(request["name"], raw, request["doc_id"], limits)
    except RefusedError as error:
        return _refused(error.key, **error.values)
    except MemoryError:
        return _refused("memory", limit=limits.memory_mb)
    except AtlasError as error:
        return _refused("text", detail=str(error))
    except RecursionError:
        return _refused("damaged", detail="loop")
    except Exception as error:
        return _refused("damaged", detail=type(error).__name__)


def _document(name: str, raw: bytes, doc_id: str, limits: Limits) -> bytes:
    """Return the packed answer for one file: what the document says of itself, then its tables."""
    from policy_atlas.documents.document import parse
    from policy_atlas.intake.duplicates import signature
    from policy_atlas.intake.proposals import propose
    from policy_atlas.places.matching import matcher
    from policy_atlas.tables.frames import TableBuilder

    found = extract(name, raw, limits)
    engine = matcher()
    document = parse(doc_id, found.text, None, engine.crosses)
    proposal = propose(found.text, document.title, found.hints)
    builder = TableBuilder(engine)
    builder.add(document, title=proposal.title, issuer=proposal.issuer, date=proposal.date)
    about = {
        "format": found.format,
        "text": found.text,
        "notes": found.notes,
        "title": proposal.title,
        "issuer": proposal.issuer,
        "date": proposal.date.isoformat() if proposal.date else None,
        "signature": signature(found.text),
    }
    return _packed(about, {name: _feather(frame) for name, frame in builder.tables().items()})


def _collation(request: dict[str, Any], raw: bytes) -> bytes:
    """Return the packed answer to two texts: how the second differs from the first, and its gaps."""
    from policy_atlas.documents.document import parse
    from policy_atlas.places.matching import matcher
    from policy_atlas.tables.frames import collation

    crosses = matcher().crosses
    texts = (raw[: request["base"]], raw[request["base"] :])
    base, other = (parse(request["doc_id"], one.decode("utf-8", "surrogatepass"), None, crosses) for one in texts)
    return _packed({}, {name: _feather(frame) for name, frame in collation(base, other, request["name"]).items()})


def _feather(frame: Any) -> bytes:
    stream = io.BytesIO()
    frame.to_feather(stream, compression="lz4")
    return stream.getvalue()


def _refused(key: str, **values: Any) -> bytes:
    return _packed({"refused": [key, values]}, {})


def _packed(answer: dict[str, Any], tables: dict[str, bytes]) -> bytes:
    """Return one line of JSON that ends with the sizes of the tables, and the tables behind it (worker.unpacked)."""
    sizes = [(name, len(blob)) for name, blob in tables.items()]
    line = json.dumps({**answer, "tables": sizes}).encode()
    return b"".join([line, b"\n", *tables.values()])


def _limit_process(limits: Limits) -> None:
    """Allow no more memory than now plus the limit, no file of any size, no core dump (POSIX only)."""
    try:
        import resource
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    if sys.platform == "linux":
        with open("/proc/self/statm", encoding="ascii") as stream:  # noqa: PTH123
            now = int(stream.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
        most = now + limits.memory_mb * 1024 * 1024
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _limit_time(seconds: int) -> None:
    """Allow one more file's processor time: a busy server is no reason to refuse a file."""
    try:
        import resource
    except ImportError:
        return
    usage = resource.getrusage(resource.RUSAGE_SELF)
    used = int(usage.ru_utime + usage.ru_stime)
    resource.setrlimit(resource.RLIMIT_CPU, (used + seconds + 1, _HARD_SECONDS))


if __name__ == "__main__":
    main()
