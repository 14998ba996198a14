"""What Python raises when a zip file is damaged; `zipfile` does not say it in one class."""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib

UNPACK_ERRORS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,  # a way of packing that Python does not know
    RuntimeError,  # a password that the list of files does not tell of
    ValueError,  # a name that is no text
    EOFError,
    OSError,
)
