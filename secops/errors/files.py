"""Files that cannot be read at all; what is wrong inside of them has errors of its own."""

from __future__ import annotations

from secops.errors import InputError


class UnreadableFileError(InputError):
    """Missing, a folder, or not ours to read; `problem` is a msgid of its own."""

    code = "file.unreadable"
    what = "the file cannot be read: {problem}"
    mend = "check the path and the rights"


class TooLargeError(InputError):
    """Over a bound that protects the machine from hostile files."""

    code = "file.too-large"
    what = "the file has over {most}"
    mend = "split it into several files"


class NotUtf8Error(InputError):
    """Bytes that are no UTF-8 text; `looks` is what they may be instead."""

    code = "file.not-utf8"
    what = "the file is not UTF-8 text; it looks like {looks}"
    mend = "open it in an editor and save it as UTF-8"
