"""Results folders that somebody forged: what they say of themselves agrees, whatever it is."""

import gzip
import hashlib
import json
import shutil
from contextlib import suppress
from pathlib import Path
from typing import Any

from sim.store.manifest import MANIFEST, identity

PACKED = "runs.csv.gz"


def forged(folder: Path, out: Path, **files: bytes | None) -> Path:
    """A copy below `out` with other files (None: gone), its hashes made to fit.

    The text of `runs.csv.gz` is given unpacked; `manifest.json` is changed by `restated`.
    """
    copy = Path(shutil.copytree(folder, out / "copy"))
    content = json.loads((copy / MANIFEST).read_text())
    for name, raw in files.items():
        (copy / name).unlink(missing_ok=True)
        if raw is not None:
            (copy / name).write_bytes(gzip.compress(raw) if name == PACKED else raw)
            content["files"][name] = hashlib.sha256(raw).hexdigest()
    return restated(copy, json.dumps(content))


def restated(folder: Path, text: str) -> Path:
    """The folder with this text as its manifest, its identity made to fit where it has one."""
    content: Any = json.loads(text)
    with suppress(UnicodeEncodeError, TypeError, AttributeError):
        text = json.dumps(content | {"identity": identity(content)})
    (folder / MANIFEST).write_text(text)
    return folder
