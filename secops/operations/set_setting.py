"""Set a named threshold or border; what cannot be read by a rule or a band is refused."""

from __future__ import annotations

from secops.contracts.store import UnitOfWork
from secops.contracts.world import Acting
from secops.errors import WrongChoiceError, WrongValueError
from secops.errors.judging import UnknownSettingError, WrongSettingError
from secops.judging.gates import DEFAULT_LONGEST, LONGEST_WAIVER
from secops.judging.mending_days import days_of, default_days
from secops.judging.tables import Tables, setting_values, with_settings


def set_setting(
    work: UnitOfWork, acting: Acting, tables: Tables, name: str, value: str | None
) -> tuple[str, str]:
    """Set it, None: to its default; give the value before and after.

    Raises UnknownSettingError, WrongSettingError and WrongDaysError.
    """
    own = {**default_days(), LONGEST_WAIVER: str(DEFAULT_LONGEST)}
    defaults = {**setting_values(tables), **own}
    if name not in defaults:
        raise UnknownSettingError(name=name)
    chosen = work.settings.all()
    wanted = defaults[name] if value is None else value
    try:
        if name in own:
            days_of(name, wanted)
        with_settings(tables, {name: wanted})
    except (WrongChoiceError, WrongValueError) as error:
        said = error.details
        meant = said.get("wanted") or said["choices"]
        raise WrongSettingError(name=name, wanted=meant, found=wanted) from error
    # Days that nobody chose are printed as the tool's own: set back they are not the unit's.
    kept = "" if value is None and name in own else wanted
    work.settings.put(acting.actor, name, kept)
    return chosen.get(name) or defaults[name], wanted
