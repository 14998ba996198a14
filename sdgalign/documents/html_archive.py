"""Web pages that Chrome and Edge save in one file (MHTML): a mail with the page as its text."""

from __future__ import annotations

import re
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser

_HEAD = re.compile(
    rb"\A(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*multipart/related", re.I
)


def is_page_archive(head: bytes) -> bool:
    """Return whether a file that begins so is a saved page with its parts."""
    return bool(_HEAD.match(head.lstrip(b"\xef\xbb\xbf\r\n").replace(b"\r\n", b"\n")))


def archived_page(data: bytes) -> tuple[bytes, str]:
    """Return the page in an archive and the encoding that the archive gives it.

    Args:
        data: The whole file.

    Returns:
        Nothing when there is no page in it.
    """
    message = BytesParser(EmailMessage, policy=policy.default).parsebytes(data)
    start = str(message.get_param("start", ""))
    pages = [
        part
        for part in message.walk()
        if part.get_content_type() in ("text/html", "application/xhtml+xml")
    ]
    # The page stands first, unless the archive names it; the others are frames.
    named = [part for part in pages if start and part.get("Content-ID") == start]
    for part in [*named, *pages]:
        content = part.get_payload(decode=True)
        if isinstance(content, bytes) and content.strip():
            return content, str(part.get_param("charset", "") or "")
    return b"", ""
