"""What can go wrong with keys, passphrases and signatures."""

from __future__ import annotations

from secops.errors import InputError, UsageError, msgid


class PassphraseMissingError(UsageError):
    """Nobody is there to type it, and no file was named."""

    code = "key.passphrase-missing"
    what = msgid("the key is sealed by a passphrase, and there is none")
    mend = msgid("type it at a terminal, or name its file: --passphrase-file FILE")


class WeakPassphraseError(UsageError):
    """What seals a key must not be guessed."""

    code = "key.passphrase-weak"
    what = msgid("this passphrase has fewer than {least} characters")
    mend = msgid("choose a longer one; several words are easy to remember")


class WrongPassphraseError(UsageError):
    """The seal does not open by it; an altered file looks the same."""

    code = "key.passphrase-wrong"
    what = msgid("this passphrase does not open the key")
    mend = msgid("type it again; if it is right, the file of the key was altered")


class SealedKeyDamagedError(InputError):
    """The file in `keys/` is not one that we wrote."""

    code = "key.damaged"
    what = msgid("the file of the sealed key is damaged")
    mend = msgid("put it back from a copy of the folder `keys`")


class PrivateKeyMissingError(UsageError):
    """The list knows the key, but its private half is not in this folder."""

    code = "key.private-missing"
    what = msgid("the private half of key {no} is not in this workspace")
    mend = msgid("backups leave it out: sign in the workspace that made it, or bring its file back")


class NoOwnKeyError(UsageError):
    """Nothing can be signed yet."""

    code = "key.none"
    what = msgid("{unit!r} has no key to sign with")
    mend = msgid("make one with `secops key new --unit {unit}`")


class OwnKeyThereError(UsageError):
    """Two keys of one unit would leave open which one signs."""

    code = "key.there"
    what = msgid("{unit!r} has a key already: {key}")
    mend = msgid("sign with it; hand it out with `secops key export`")


class NoKeyFileError(InputError):
    """The file is no public key of ours, or not as it was written."""

    code = "key.file"
    what = msgid("this is no key file that secops wrote, or it was altered: {problem}")
    mend = msgid("take the file anew from the unit that exported it")


class WrongFingerprintError(UsageError):
    """What was confirmed is another key."""

    code = "key.wrong-fingerprint"
    what = msgid("the fingerprint of this key is {found}, not the one that was confirmed")
    mend = msgid("ask the unit by another way, such as the telephone; enrol nothing until it fits")


class KeyThereError(UsageError):
    """It is in the list already."""

    code = "key.enrolled"
    what = msgid("this key is in the list already: key {no} of {unit!r}")
    mend = msgid("nothing needs to be done")
