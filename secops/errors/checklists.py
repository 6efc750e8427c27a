"""What may be wrong in a checklist folder beyond single values."""

from __future__ import annotations

from secops.errors import InputError, msgid


class CountDiffersError(InputError):
    """The edition says how many items there are; what is read differs."""

    code = "checklist.count"
    what = msgid("level {level}, part {part}, domain {domain}: {found} items, not {wanted}")
    mend = msgid("add or remove items until the count is that of the standard")


class WeightsDifferError(InputError):
    """The weights of all items do not add up to the points of the edition."""

    code = "checklist.weights"
    what = msgid("the weights of all items add up to {found}, not {wanted}")
    mend = msgid("correct a weight, or `points`")


class UnknownItemError(InputError):
    """Something refers to an item that is not there."""

    code = "checklist.unknown-item"
    what = msgid("there is no item {item!r} in this checklist")
    mend = msgid("correct the id or add the item")
