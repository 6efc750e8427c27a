"""Permits and scans: what cannot be done as asked."""

from __future__ import annotations

from secops.errors import ExitCode, InputError, SecopsError, UsageError, msgid


class NoPermitError(UsageError):
    """Nobody allowed any of the targets to be scanned; nothing was touched."""

    code = "scan.no-permit"
    what = "no permit covers any of the {count} chosen targets"
    mend = "record who allowed it with: secops permit add"


class NoPermitYetError(NoPermitError):
    """Nobody has allowed anything yet."""

    code = "scan.no-permit-yet"
    what = msgid("no permit has been recorded: nothing may be scanned")


class PermitOverError(NoPermitError):
    """Permits were recorded; they have ended or have not begun."""

    code = "scan.permit-over"
    what = msgid("no permit is in force: number {numbers} has ended or not begun")
    mend = msgid("see: secops permit list; record a new one with: secops permit add")


class NoneCoveredError(NoPermitError):
    """A permit allows the names, and none covers an address that they lead to."""

    code = "scan.none-covered"
    what = "no permit covers the addresses behind the chosen targets: {places}"
    mend = "nothing was touched; record who allowed these addresses with: secops permit add"


class PermitWithdrawnError(PermitOverError):
    """The newest permit was taken back."""

    code = "scan.permit-withdrawn"
    what = msgid("no permit is in force: number {numbers} was withdrawn")


class NothingToScanError(UsageError):
    """The chosen systems have no endpoint that is in use."""

    code = "scan.no-targets"
    what = "the chosen systems have no endpoints to scan"
    mend = "add one: secops endpoint add --value ADDRESS --system SYSTEM"


class NothingPlacedError(NothingToScanError):
    """There are endpoints, and none of them belongs to a system."""

    code = "scan.of-no-system"
    what = "no endpoint belongs to a system; of none are: {places}"
    mend = "say whose they are: secops endpoint edit NUMBER --system SYSTEM"


class NothingToResumeError(UsageError):
    """There is no scan that was left unfinished."""

    code = "scan.nothing-to-resume"
    what = "no scan was left unfinished"
    mend = "start a new one without --resume"


class ScanStoppedError(SecopsError):
    """Somebody else wrote for so long that nothing more could be kept."""

    code = "scan.stopped"
    what = "another program held the database for too long; the scan stopped"
    mend = "what was done is kept; go on with: secops scan --resume"
    exit_code = ExitCode.INCOMPLETE


class ResumeAsPlannedError(UsageError):
    """An unfinished scan has its plan; to choose otherwise is another scan."""

    code = "scan.resume-as-planned"
    what = "--resume goes on as it was planned, so it cannot go with {options}"
    mend = "leave {options} out, or start a new scan without --resume"


class RangeTooWideError(UsageError):
    """Over 65,536 addresses at once: rarely meant."""

    code = "permit.range-too-wide"
    what = "the range {range} holds more than 65536 addresses"
    mend = "name smaller ranges, or add --wide if the letter really says so"


class TooManyHostsError(UsageError):
    """More hosts than one look-over takes; a permit may be wider than that."""

    code = "discover.too-many-hosts"
    what = "more than 65536 hosts are permitted in {range}"
    mend = "name smaller ranges, one after another"


class NeverScannedError(UsageError):
    """Metadata services, link-local, multicast, broadcast, unspecified."""

    code = "permit.never"
    what = "{range} is never scanned: metadata, link-local, multicast or broadcast addresses"
    mend = "leave it out"


class PermitNeverOpenError(UsageError):
    """It would end before it begins, or has ended already."""

    code = "permit.never-open"
    what = msgid("the permit would end at {until}, start {start}, now {now} (Beijing time)")
    mend = msgid("give an --until that is later than both, such as the day the letter ends")


class RangeRefusedError(UsageError):
    """A range, name or port list that cannot be read."""

    code = "permit.unreadable"
    what = "{text!r} is no {kind}"
    mend = "write ranges as 10.1.0.0/16, names as www.example.test, ports as 1-1024,8080"


class NmapXmlError(InputError):
    """No result file of nmap, or one that was made to hurt."""

    code = "nmap.unreadable"
    what = "this is no result of nmap: {problem}"
    mend = "write it with: nmap -oX FILE"


class EvidenceErasedError(UsageError):
    """The record stays, the bytes are gone."""

    code = "evidence.erased"
    what = "the bytes of evidence {no} were erased"
    mend = "the record and its digest remain; show it by other material"


class StillNamedError(UsageError):
    """The same bytes are a document, its template, or the items of an assessment."""

    code = "evidence.still-named"
    what = "the bytes of evidence {no} are those of {others} too: they must stay"
    mend = "nothing was erased; what was printed or asked must remain as it was"
