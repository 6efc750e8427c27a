"""What can go wrong with a workspace, its database and its blobs."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class StoreLockedError(UsageError):
    """Another process writes and did not finish in time."""

    code = "store.locked"
    what = msgid("the database is being written by another program")
    mend = msgid("wait until it has finished, then try again; nothing was changed")


class CannotWriteError(UsageError):
    """A file or folder that was asked for cannot be made there."""

    code = "file.cannot-write"
    what = msgid("cannot write here: {problem}")
    mend = msgid("check that the folder exists and is yours, or name another one")


class StoreReadOnlyError(UsageError):
    """The database may not be written by this user."""

    code = "store.read-only"
    what = msgid("the database cannot be written: {problem}")
    mend = msgid("check the permissions of the workspace")


class StoreUnreadableError(InputError):
    """The file is no database of ours, or it is damaged."""

    code = "store.unreadable"
    what = msgid("the database cannot be read: {problem}")
    mend = msgid("restore a backup with: secops restore FILE DIR")


class StoreUnreachableError(UsageError):
    """The database server does not answer or does not let us in."""

    code = "store.unreachable"
    what = msgid("the database cannot be opened: {problem}")
    mend = msgid("check that it runs, the address in secops.toml and the password file")


class StoreNewerError(UsageError):
    """A newer secops made this database; we would damage it."""

    code = "store.newer"
    what = msgid("the database has version {found}, which this secops does not know")
    mend = msgid("install a newer secops")


class DriverMissingError(UsageError):
    """The optional driver of the database is not installed."""

    code = "store.driver-missing"
    what = msgid("the database {name!r} needs a driver that is not installed")
    mend = msgid("install secops with the extra: pip install 'secops-mlps[postgresql]'")


class RecordClashError(InputError):
    """A number or key that another record carries."""

    code = "store.clash"
    what = msgid("two records claim the same number or key: {problem}")
    mend = msgid("read the list again and repeat the change")


class DanglingReferenceError(InputError):
    """A record names another one that is not there."""

    code = "store.dangling"
    what = msgid("a record names an entry that does not exist in this workspace")
    mend = msgid("add the unit, person or system that it names first")


class AnswerExistsError(UsageError):
    """Somebody else answered meanwhile: revisions are never overwritten."""

    code = "answer.revision-taken"
    what = msgid("item {item} has been answered meanwhile (revision {revision})")
    mend = msgid("look at the new answer, then answer again")


class FrozenAssessmentError(UsageError):
    """A frozen assessment is never edited."""

    code = "assessment.frozen"
    what = msgid("assessment {no} is frozen")
    mend = msgid("make a new revision with: secops assess revise")


class BlobMissingError(InputError):
    """The record is there, the bytes are not."""

    code = "blob.missing"
    what = msgid("the file {digest} is missing from the workspace")
    mend = msgid("restore it from a backup; secops evidence verify lists all")


class BlobDamagedError(InputError):
    """The bytes are not those that were stored."""

    code = "blob.damaged"
    what = msgid("the file {digest} is not what was stored")
    mend = msgid("restore it from a backup; secops evidence verify lists all")


class BadBackupError(InputError):
    """The file is no backup, or not the one that was written."""

    code = "backup.bad"
    what = msgid("this backup cannot be trusted: {problem}")
    mend = msgid("take another copy of the backup; nothing was restored")


class WorkspaceMissingError(UsageError):
    """There is no workspace in this folder."""

    code = "workspace.missing"
    what = msgid("no workspace in {folder}")
    mend = msgid("name it with -C, or make one with: secops init")


class WorkspaceExistsError(UsageError):
    """Something is there already; it is left alone."""

    code = "workspace.exists"
    what = msgid("{folder} already holds a workspace or other files")
    mend = msgid("choose an empty folder")


class WorkspaceBusyError(UsageError):
    """One scan or restore at a time."""

    code = "workspace.busy"
    what = msgid("secops is already at work here: process {pid}, since {since}")
    mend = msgid("wait until it has finished, or end that process")
