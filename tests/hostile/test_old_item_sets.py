"""What an older secops kept is read and said as it was then."""

from __future__ import annotations

import json

from secops.contracts.words import chapter
from secops.judging.keeping import read_item_set
from secops.settings.catalogue import words_for

FIRST = {
    "edition": "GB/T 22239-2019",
    "checklist": "sha256:0",
    "grades": [2, 2],
    "items": [
        {
            "id": "gb22239/ce/identity-1",
            "domain": "ce",
            "control_point": "身份鉴别",
            "level": 2,
            "clause": "7.1.4.1.a",
            "gist": "登录用户须标识和鉴别",
            "attribute": "S",
            "unit": "L2-CES1-01",
            "unit_confidence": "H",
            "parts": [],
            "concerns": [],
            "confidence": "H",
        }
    ],
}


def test_the_chapters_of_the_first_item_sets_are_said_by_name() -> None:
    read = read_item_set(json.dumps(FIRST).encode())
    domain = read.asked[0].item.domain
    assert chapter(domain, words_for("zh")) == "安全计算环境"
    assert chapter(domain, words_for("en")) == "computing environment"
