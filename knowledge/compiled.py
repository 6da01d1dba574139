"""The compiled form of the content: read and indexed once, then kept beside it, as Python keeps its modules.

As with those, whoever can write there could also change the code. What was made of other content, by other
code or by another Python is made anew; a place that cannot be written is no error.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")
KEPT = ".compiled"
DEPENDS_ON = ("*.yaml", "*.tsv", "*.tsv.gz", "*.py")


def kept(folder: Path, name: str, make: Callable[[], T]) -> T:
    """What `make` makes of a folder's content, from the last time if neither content nor code has changed."""
    file = folder / KEPT / f"{name}.pickle"
    version = _version(folder)
    with suppress(OSError, EOFError, pickle.UnpicklingError), file.open("rb") as reader:
        if reader.read(len(version)) == version:
            found: T = pickle.load(reader)  # noqa: S301  # ours: see above
            return found
    made = make()
    with suppress(OSError):
        _keep(file, version + pickle.dumps(made, protocol=pickle.HIGHEST_PROTOCOL))
    return made


def _version(folder: Path) -> bytes:
    """A digest of every file that the compiled form depends on, and of Python's own version."""
    digest = hashlib.sha256(sys.version.encode())
    for file in sorted(each for kind in DEPENDS_ON for each in folder.rglob(kind)):
        digest.update(f"{file.relative_to(folder)}\n".encode())
        digest.update(file.read_bytes())
    return digest.digest()


def _keep(file: Path, content: bytes) -> None:
    """Written beside and moved into place: a reader never sees half a file."""
    file.parent.mkdir(exist_ok=True)
    handle, name = tempfile.mkstemp(dir=file.parent)
    try:
        with os.fdopen(handle, "wb") as writer:
            writer.write(content)
        Path(name).replace(file)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise
