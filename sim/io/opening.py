"""Opening what others may have put there: plain files of a bounded size, and no waiting."""

import errno
import os
import stat
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

BLOCK = 2**20
"""Bytes of a packed file that are unpacked at once."""

GZIP = 31
"""What zlib calls the format of gzip."""

NOT_PLAIN = "not a plain file"


def open_plain(path: Path, most: int, *, links: bool = True) -> BinaryIO:
    """A file to be read, of at most `most` bytes; `links` says whether a link may lead to it.

    Raises OSError, whose `strerror` says what is wrong, also for a pipe or a device, of which
    nothing is read, and for a file that is too large.
    """
    try:
        _refuse(path, os.stat(path, follow_symlinks=links), most)
        follow = 0 if links else os.O_NOFOLLOW
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | follow)
    except ValueError:  # a name with a NUL, or that no file system could spell
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path)) from None
    file = os.fdopen(handle, "rb")
    try:
        _refuse(path, os.fstat(handle), most)
    except OSError:
        file.close()
        raise
    return file


def _refuse(path: Path, facts: os.stat_result, most: int) -> None:
    if stat.S_ISDIR(facts.st_mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not stat.S_ISREG(facts.st_mode):
        raise OSError(errno.EINVAL, NOT_PLAIN, str(path))
    if facts.st_size > most:
        raise too_large(path, most)


def too_large(path: Path, most: int) -> OSError:
    """What is raised for a file that holds more than `most` bytes."""
    return OSError(errno.EFBIG, f"larger than {most:,} bytes", str(path))


def read_plain(path: Path, most: int, *, links: bool = True) -> bytes:
    """The bytes of a file; raises OSError, as `open_plain` does."""
    with open_plain(path, most, links=links) as file:
        content = file.read(most + 1)
    if len(content) > most:
        raise too_large(path, most)
    return content


def unpacked(path: Path, most: int) -> Iterator[bytes]:
    """The blocks of a gzip file of a single part, `most` bytes of them at most; follows no links.

    Raises OSError, or zlib.error and EOFError where the file is damaged.
    """
    unpack, size = zlib.decompressobj(GZIP), 0
    with open_plain(path, most, links=False) as file:
        while raw := file.read(BLOCK):
            while raw and not unpack.eof:
                block = unpack.decompress(raw, BLOCK)
                raw, size = unpack.unconsumed_tail, size + len(block)
                if size > most:
                    raise too_large(path, most)
                yield block
            if unpack.unused_data or raw:
                raise EOFError("more than one part")
    yield unpack.flush()
    if not unpack.eof:
        raise EOFError("cut short")


def lines(blocks: Iterator[bytes], longest: int) -> Iterator[list[bytes]]:
    """The lines of each block, without their ends; raises ValueError for one that is too long."""
    rest = b""
    for block in blocks:
        *whole, rest = (rest + block).split(b"\n")
        if len(rest) > longest:
            raise ValueError(f"a line of more than {longest:,} bytes")
        yield whole
    if rest:
        raise ValueError("the last line has no end")
