"""Office files with fixed dates inside, so that the same content gives the same bytes as far as possible."""

import io
import zipfile

EPOCH = (1980, 1, 1, 0, 0, 0)


def repack(content: bytes) -> bytes:
    """Return a zip file with the same members, each dated EPOCH."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()
