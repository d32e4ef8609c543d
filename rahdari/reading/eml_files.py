"""Mail messages: the standard library parses them; what is attached becomes documents of its own."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr
from pathlib import PurePath
from typing import BinaryIO

from rahdari.errors import UnreadableDocument
from rahdari.reading import canonical, charsets, html_files, mail_quotes
from rahdari.reading.limits import Limits
from rahdari.reading.members import Member
from rahdari.reading.metadata import Metadata, known, language_code

_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_SHOWN = ("plain", "html")
_FLOWED_END = re.compile(r"(?<!^--) \n(?=[^\s>])", re.M)  # not after the sign that stands over a signature


def read(data: bytes, name: str) -> tuple[Metadata, str]:
    """The text of a message, the plain one where it is said twice, and what its headers say: subject, sender, date.

    Raises:
        UnreadableDocument: it is no message, or an encrypted one.
    """
    message = _message(data, name)
    if message.get_content_type() == "multipart/encrypted":
        raise UnreadableDocument(f"{name} is encrypted; save it decrypted")
    texts = list(_texts(message, message.get_body(_SHOWN), name))
    return _metadata(message), texts[0] if len(texts) == 1 else canonical.blocks(text.strip("\n") for text in texts)


def _texts(part: Message, body: Message | None, name: str) -> Iterator[str]:
    """The texts of a message in order, of alternatives the plain one if it says something; what is attached is not."""
    if part.get_content_maintype() == "multipart" and part.is_multipart():
        inner = [one for one in part.get_payload() if isinstance(one, Message)]
        if part.get_content_subtype() != "alternative":
            for one in inner:
                yield from _texts(one, body, name)
            return
        inner.sort(key=lambda one: one.get_content_type() != "text/plain")
        yield from next(filter(None, (list(_texts(one, body, name)) for one in inner)), [])
    elif part.get_content_type() in ("text/plain", "text/html") and (part is body or not part.get_filename()):
        if (text := _text(part, name)).strip():
            yield text


def _text(part: Message, name: str) -> str:
    payload = part.get_payload(decode=True)
    content = charsets.decode(payload if isinstance(payload, bytes) else b"", _charset(part))
    if part.get_content_type() == "text/html":
        return mail_quotes.headed(html_files.page(content, name, mail=True)[1]) if content.strip() else ""
    text = mail_quotes.unquoted(content.replace("\r\n", "\n").replace("\r", "\n"))
    return _FLOWED_END.sub(" ", text) if str(part.get_param("format", "")).lower() == "flowed" else text


def attachments(file: BinaryIO, name: str, limits: Limits, readable: Collection[str]) -> Iterator[list[str] | Member]:
    """The files in a message, and the messages that it passes on; what these hold is theirs.

    Of what is shown inside its text, such as a logo, only files with a name of a `readable` ending (`.pdf`) are some.

    Raises:
        UnreadableDocument: it is no message.
    """
    message = _message(file.read(), name)
    body = message.get_body(_SHOWN)
    found: list[tuple[str, Message]] = []
    for part in _parts(message):
        filename = canonical.clean(str(part.get_filename() or "")).replace("/", "_")
        ending = PurePath(filename).suffix.lower()
        if part.get_content_type() == "message/rfc822":
            filename = filename or f"{PurePath(name).stem}-{len(found) + 1}"
            found.append((filename if ending == ".eml" else f"{filename}.eml", part))
        elif filename and (part.get_content_disposition() == "attachment" or ending in readable and part is not body):
            found.append((filename, part))
    if len(found) > limits.archive_files:
        raise UnreadableDocument(f"{name} has {len(found):,} attachments; at most {limits.archive_files:,} are read")
    yield [filename for filename, _ in found]
    for filename, part in found:
        if part.get_content_type() == "message/rfc822":
            inner = part.get_payload(0)
        else:
            inner = part.get_payload(decode=True)
        data = inner.as_bytes() if isinstance(inner, Message) else inner
        yield Member(filename, data if isinstance(data, bytes) else b"")


def _parts(part: Message) -> Iterator[Message]:
    """The parts of a message that hold no others, but for messages in it."""
    if part.get_content_maintype() != "multipart" or not part.is_multipart():
        yield part
        return
    for inner in part.get_payload():
        if isinstance(inner, Message):
            yield from _parts(inner)


def _charset(part: Message) -> str | None:
    """What a part declares; None for ASCII as well, since what is more than that is then in another one."""
    declared = str(part.get_content_charset() or "")
    return None if declared in ("", "us-ascii", "ascii") else declared


def _message(data: bytes, name: str) -> EmailMessage:
    message = BytesParser(policy=policy.default).parsebytes(data)
    if not isinstance(message, EmailMessage) or not (message["from"] or message["subject"] or message["date"]):
        raise UnreadableDocument(f"{name} is no mail message: it has no sender, subject or date; remove it")
    return message


def _metadata(message: EmailMessage) -> Metadata:
    """Headers that cannot be read as what they should be count as not given."""
    shown, address = parseaddr(_header(message, "from"))
    archived = _ADDRESS.search(_header(message, "archived-at"))
    sent = getattr(message["date"], "datetime", None)
    try:
        language = language_code(_header(message, "content-language").split(",")[0], "")
    except UnreadableDocument:
        language = None
    return Metadata(
        title=known(canonical.clean(_header(message, "subject"))),
        publisher=known(canonical.clean(_header(message, "organization"))),
        author=known(canonical.clean(shown or address)),
        published=sent.date().isoformat() if isinstance(sent, datetime) else None,
        language=language,
        source=archived.group(1) if archived else None,
    )


def _header(message: EmailMessage, name: str) -> str:
    return str(message[name] or "")
