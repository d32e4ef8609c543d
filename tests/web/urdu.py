"""An answer in Urdu, as a bot over Urdu documents would give it: put in place of what the server replies."""

from __future__ import annotations

import json
from typing import Any

from playwright.sync_api import Page, Route

TITLE = "نمونے کی ریلوے: معاہدے پر دستخط"
QUOTE = "دونوں وزارتوں نے 312 کلومیٹر لمبی ریلوے لائن کی تعمیر کے معاہدے پر دستخط کیے۔"
BEFORE = (
    "یہ متن ایک نمونہ ہے اور اس میں درج تمام نام فرضی ہیں۔ وزیرِ نقل و حمل نے پیر کے روز کہا کہ کام اگلے سال شروع ہوگا۔ "
)
AFTER = " لائن کا پہلا حصہ 168 کلومیٹر لمبا ہوگا۔ اس پر آنے والی لاگت کا اندازہ US$1.24 billion لگایا گیا ہے۔"
ANSWER: dict[str, Any] = {
    "id": "urdu-answer",
    "status": "answered",
    "text": "دونوں وزارتوں نے ریلوے لائن کی تعمیر کے معاہدے پر دستخط کیے۔ لائن کی لمبائی 312 کلومیٹر (194 miles) ہوگی۔",
    "citations": [
        {
            "id": 1, "role": "evidence", "document": "urdu-document", "title": TITLE, "publisher": "روزنامہ راہداری",
            "published": "2024-03-06", "quote": QUOTE, "start": len(BEFORE), "end": len(BEFORE) + len(QUOTE),
        }
    ],
    "facts": [
        {"subject": "دونوں وزارتوں", "predicate": "دستخط", "object": "معاہدے", "modality": "agreed", "speaker": None,
         "as_of": None}
    ],
    "suggestions": ["اس پر کتنی لاگت آئے گی؟", "کام کب شروع ہوگا؟"],
}  # fmt: skip


def speak_urdu(page: Page) -> None:
    """From now on each message on this page gets the answer in Urdu."""

    def message(route: Route) -> None:
        asked = route.request.post_data_json
        person = {"who": "person", "id": asked["nonce"], "text": asked["message"]}
        bot = {
            "who": "bot", "id": "urdu-answer", "to": asked["nonce"], "answer": ANSWER, "links": {}, "rateable": True,
            "verdict": None,
        }  # fmt: skip
        route.fulfill(status=200, content_type="application/json", body=json.dumps({"entries": [person, bot]}))

    def document(route: Route) -> None:
        cited = ANSWER["citations"][0]
        length = len(BEFORE + QUOTE + AFTER)
        known = {name: cited[name] for name in ("title", "publisher", "published")}
        body = {
            **known, "id": "urdu-document", "source": "https://rahdari.example/urdu", "place": "page 2",
            "length": length, "start": 0, "end": length, "before": BEFORE, "passage": QUOTE, "after": AFTER,
        }  # fmt: skip
        route.fulfill(status=200, content_type="application/json", body=json.dumps(body))

    page.route("**/webhooks/web/message", message)
    page.route("**/webhooks/web/document/urdu-document*", document)
