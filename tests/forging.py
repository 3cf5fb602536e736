"""Results folders that somebody forged: what they say of themselves agrees, whatever it is."""

import gzip
import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

from sim.results.folder import MANIFEST, short_hash

PACKED = "runs.csv.gz"


def forged(folder: Path, out: Path, **files: bytes | None) -> Path:
    """A copy below `out` with other files (None: gone), its hashes and its name made to fit.

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
    """The folder with this text as its manifest, renamed as far as it says how."""
    (folder / MANIFEST).write_text(text)
    content: Any = json.loads(text)
    named = {key: content[key] for key in content if key != "files"}
    try:
        name = f"{content['scenario'].replace('/', '-')[:100]}-{short_hash(named)}"
        return folder.rename(folder.parent / name)
    except (AttributeError, KeyError, ValueError):
        return folder
