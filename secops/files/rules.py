"""The rule table: every file of `checklists/rules/`; two rules under one id are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path

from secops.errors import (
    DuplicateIdError,
    InFile,
    SecopsError,
    SeveralInputsError,
    WrongChoiceError,
)
from secops.errors.checklists import UnknownItemError
from secops.files.checklists import ask_origin
from secops.files.folder_content import digest_of_files
from secops.files.strict_yaml import read
from secops.files.whole_file import content_of
from secops.files.yaml_section import Section
from secops.judging.conditions import Condition
from secops.judging.rules import About, Cases, Examples, Rule, Setting
from secops.judging.setting_kinds import SettingKind
from secops.judging.tables import RuleTable
from secops.model.asset import ComponentKind, Side
from secops.model.checklist import Item
from secops.model.common import Confidence
from secops.model.ids import ItemId
from secops.model.judgement import Risk

Items = Mapping[ItemId, Item]
"""What rules may speak of."""


def load_rules(folder: Path, items: Items) -> RuleTable:
    """Read all rules and the thresholds that they name; each speaks of items that are there."""
    files = {path: content_of(path) for path in sorted(folder.glob("*.yaml"))}
    rules: list[Rule] = []
    settings: list[Setting] = []
    problems: list[SecopsError] = []
    for path, content in files.items():
        more_settings, more_rules = read(
            content, path, partial(_table, items=items, problems=problems)
        )
        _refuse_repeated([one.id for one in more_rules], [one.id for one in rules], path)
        _refuse_repeated([one.name for one in more_settings], [one.name for one in settings], path)
        rules += more_rules
        settings += more_settings
    if problems:
        raise problems[0] if len(problems) == 1 else SeveralInputsError(problems)
    return RuleTable(
        rules=tuple(rules),
        settings=tuple(settings),
        content=b"---\n".join(files.values()),
        digest=digest_of_files((path.name, content) for path, content in files.items()),
    )


def _refuse_repeated(new: list[str], known: list[str], path: Path) -> None:
    met = set(known)
    for one in new:
        if one in met:
            raise DuplicateIdError(id=one, where=InFile(path))
        met.add(one)


def _table(
    top: Section, *, items: Items, problems: list[SecopsError]
) -> tuple[list[Setting], list[Rule]]:
    ask_origin(top)
    settings = [_setting(entry) for entry in top.sections("settings", ())]
    rules: list[Rule] = []
    for entry in top.sections("rules"):
        rules.append(_rule(entry))
        problems += _astray(entry, rules[-1], items)
    return settings, rules


def _astray(entry: Section, rule: Rule, items: Items) -> Iterator[SecopsError]:
    """Refuse what is about no item, or about no part of it."""
    for about in rule.about:
        item = items.get(about.item)
        if item is None:
            yield UnknownItemError(item=str(about.item), where=entry.where("about"))
            continue
        parts = [part for part, _ in item.parts]
        if about.part and about.part not in parts:
            where, choices = entry.where("about"), ", ".join(parts)
            yield WrongChoiceError(where=where, key="part", choices=choices, found=about.part)


def _setting(entry: Section) -> Setting:
    try:
        return Setting(
            name=entry.text("name"),
            kind=entry.choice("holds", SettingKind),
            default=entry.text("default"),
            meaning=entry.text("meaning"),
            confidence=entry.choice("confidence", Confidence),
        )
    except SecopsError as error:
        raise error.at(entry.where()) from error


def _rule(entry: Section) -> Rule:
    examples = Examples(
        passing=entry.texts("passing", ()),
        partial=entry.texts("partial", ()),
        failing=entry.texts("failing", ()),
    )
    try:
        cases = Cases(
            fails=_condition(entry, "fails"),
            partly=_condition(entry, "partly"),
            holds=_condition(entry, "holds"),
        )
        return Rule(
            id=entry.text("id"),
            title=entry.text("title"),
            reads=entry.text("reads"),
            about=tuple(_about(one) for one in entry.sections("about")),
            concerns=entry.choices("concerns", ComponentKind, ()),
            side=entry.choice("side", Side) if entry.has("side") else None,
            cases=cases,
            risk=entry.choice("risk", Risk),
            says=entry.text("says"),
            words=_words(entry),
            measure=entry.text("measure"),
            confidence=entry.choice("confidence", Confidence),
            examples=examples,
        )
    except SecopsError as error:
        raise error.at(entry.where()) from error


def _about(entry: Section) -> About:
    return About(ItemId(entry.text("item")), entry.text("part", ""))


def _condition(entry: Section, key: str) -> Condition | None:
    if not entry.has(key):
        return None
    tests = entry.section(key)
    return Condition(tuple((name, tests.texts(name)) for name in tests.keys()))  # noqa: SIM118  # no dict


def _words(entry: Section) -> dict[str, str]:
    if not entry.has("words"):
        return {}
    words = entry.section("words")
    return {name: words.text(name) for name in words.keys()}  # noqa: SIM118  # no dict
