"""Whether an answer rests on evidence of its own cycle: older evidence is shown, never checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, tzinfo
from typing import Final

from secops.model.answer import Answer
from secops.model.assessment import Assessment
from secops.model.ids import Digest
from secops.model.proposal import EvidenceAge

_YEAR: Final = re.compile("[12][0-9]{3}")


def begin_of_cycle(one: Assessment, all_of_it: Iterable[Assessment], zone: tzinfo) -> datetime:
    """Give the instant from which evidence is of this cycle.

    A cycle that is called after a year begins with it; any other with its first assessment.
    """
    if _YEAR.fullmatch(one.cycle):
        return datetime(int(one.cycle), 1, 1, tzinfo=zone).astimezone(UTC)
    return min(other.started_at for other in (one, *all_of_it) if other.cycle == one.cycle)


def age_of(
    answers: Sequence[Answer], taken_at: Mapping[Digest, datetime], since: datetime
) -> EvidenceAge:
    """Give the worst age among the answers of one item; evidence nobody knows of is none."""
    ages = list(EvidenceAge)
    found = [_age(one, taken_at, since) for one in answers]
    return min(found, key=ages.index, default=EvidenceAge.NONE)


def _age(answer: Answer, taken_at: Mapping[Digest, datetime], since: datetime) -> EvidenceAge:
    taken = [taken_at[one] for one in answer.evidence if one in taken_at]
    if not taken:
        return EvidenceAge.NONE
    return EvidenceAge.OF_THE_CYCLE if max(taken) >= since else EvidenceAge.OLDER
