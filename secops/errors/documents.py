"""What can go wrong when a document is printed."""

from __future__ import annotations

from secops.errors import ExitCode, InputError, UsageError, msgid


class TemplateFailedError(InputError):
    """A template, most often one that a user wrote, cannot be filled."""

    code = "template.failed"
    what = msgid("template {name!r} cannot be filled: {problem}")
    mend = msgid("correct it, or remove it from the folder templates to use the one supplied")


class TemplateMissingError(InputError):
    """A template names a file that is neither in the workspace nor supplied."""

    code = "template.missing"
    what = msgid("there is no template {name!r}")
    mend = msgid("correct the name; a template may use files of its own folder and of shared")


class TemplateTooGreedyError(InputError):
    """A template takes more time, memory or paper than a report may."""

    code = "template.too-greedy"
    what = msgid("template {name!r} takes more than a report may ({limit})")
    mend = msgid("look for a loop that does not end, or for text that is repeated very often")


class NoLimitsError(UsageError):
    """A child program gets no limits on this system: a template not ours may not run in one."""

    code = "template.no-limits"
    what = msgid("{name!r}: a unit's own templates cannot be filled on this system (Windows)")
    mend = msgid("print there with the templates supplied, or on Linux or macOS with your own")


class PangoMissingError(UsageError):
    """PDF needs libraries that are not installed; Word and HTML do not."""

    code = "pdf.libraries-missing"
    what = msgid("PDF cannot be printed: a library is missing ({problem})")
    mend = msgid(
        "install the Debian packages libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0,"
        " or print docx and html, which do not need them"
    )


class FontsMissingError(UsageError):
    """Not a single font with Chinese characters was found."""

    code = "pdf.fonts-missing"
    what = msgid("PDF cannot be printed: no font with Chinese characters was found")
    mend = msgid("install the Debian package fonts-noto-cjk, or name a folder in SECOPS_FONTS")


class NoGlyphError(UsageError):
    """With --strict: some characters cannot be drawn."""

    code = "document.no-glyph"
    what = msgid("{count} characters have no glyph; first: {character} ({codepoint}) in {record}")
    mend = msgid("install a font that has them, correct the record, or print without --strict")
    exit_code = ExitCode.NOT_GOOD


class NothingToReportError(UsageError):
    """On that day nothing was on record that a report could be about."""

    code = "report.nothing"
    what = msgid("{name!r}: no system in use was on record on {day}")
    mend = msgid("name another unit or day, or add the systems to the inventory")


class DayNotYetError(UsageError):
    """A report cannot speak of a day that has not come."""

    code = "report.day-not-yet"
    what = msgid("{day} has not come yet: today is {today}")
    mend = msgid("name today or an earlier day")


class WrongDaysError(UsageError):
    """A setting of days to mend is no whole number."""

    code = "report.wrong-days"
    what = msgid("the setting {key!r} must be a whole number of days from 1 to 3650, not {found!r}")
    mend = msgid("set it to a whole number")


class NotPrintedError(UsageError):
    """The document was never printed in this format."""

    code = "report.not-printed"
    what = msgid("document {no} was not printed as {format}")
    mend = msgid("take one of: {formats}")
