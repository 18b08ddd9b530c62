"""The system calls by which files are written, in one table, and what their refusals mean to a person.

Owns the table that tests replace by one whose N-th call fails. Must not know what is written.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from retrotui.errors import Message, msg


@dataclass(frozen=True, slots=True)
class SystemCalls:
    """The system calls that the writer makes; tests hand in ones that fail."""

    open: Callable[[str, int, int], int] = os.open
    fstat: Callable[[int], os.stat_result] = os.fstat
    fchmod: Callable[[int, int], None] = os.fchmod
    write: Callable[[int, memoryview], int] = os.write
    read: Callable[[int, int], bytes] = os.read
    lseek: Callable[[int, int, int], int] = os.lseek
    fsync: Callable[[int], None] = os.fsync
    close: Callable[[int], None] = os.close
    replace: Callable[[str, str], None] = os.replace
    link: Callable[[str, str], None] = os.link
    unlink: Callable[[str], None] = os.unlink
    mkdir: Callable[[str, int], None] = os.mkdir


SYSTEM: Final = SystemCalls()


def reason_of(error: OSError) -> Message:
    """What the system says, as a part of a sentence for a person."""
    number = error.errno
    if number in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return msg("the disk is full")
    if number in (errno.EACCES, errno.EPERM):
        return msg("writing or reading is not allowed there")
    if number == errno.EROFS:
        return msg("the disk can only be read")
    if number == errno.EIO:
        return msg("the disk reports an error")
    if number == errno.ENOENT:
        return msg("the folder is not there")
    if number == errno.ENOTDIR:
        return msg("something else stands where its folder should be")
    if number == errno.ELOOP:
        return msg("it is a link, and links are not followed")
    return msg("the system says: {reason}", reason=error.strerror or type(error).__name__)
