"""Findings as the store has them: what is known already keeps its number and is only seen again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.model.answer import Subject
from secops.model.assessment import Assessed, whole_of
from secops.model.judgement import Finding


@dataclass(frozen=True, slots=True)
class KeptFindings:
    """The findings with the numbers that they have, and how many of them are new."""

    findings: tuple[Finding, ...]
    new: int


def keep_findings(work: UnitOfWork, acting: Acting, found: Iterable[Finding]) -> KeptFindings:
    """Put them: what is new gets a number, of what is known only the last day moves."""
    first = no = work.findings.next_no()
    known: dict[Assessed, dict[tuple[Subject, str], Finding]] = {}
    kept: list[Finding] = []
    for one in found:
        about = whole_of(one.subject)
        if about not in known:
            known[about] = {(it.subject, it.fingerprint): it for it in work.findings.of(about)}
        before = known[about].get((one.subject, one.fingerprint))
        now = replace(before, last_seen=one.last_seen) if before else replace(one, no=no)
        no += before is None
        known[about][one.subject, one.fingerprint] = now
        kept.append(now)
    work.findings.put_many(acting.actor, kept)
    return KeptFindings(findings=tuple(kept), new=no - first)
