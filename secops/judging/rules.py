"""Rules are data: from one observation to a part of an item; a rule without examples is refused.

No observation, no ground. A rule may only speak against (no `holds`), or only support (nothing but
`holds`): what no case meets, it says nothing about.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from secops.errors import WrongValueError, msgid
from secops.judging.conditions import Condition
from secops.judging.setting_kinds import SettingKind, wrong_setting
from secops.model.answer import Verdict
from secops.model.asset import ComponentKind, Side
from secops.model.common import Confidence
from secops.model.evidence import Observation
from secops.model.ids import ComponentId, ItemId
from secops.model.judgement import Ground, Risk


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """A threshold that has a name: the workspace may set it; LOW is practice, not the standard."""

    name: str
    kind: SettingKind
    default: str
    meaning: str
    confidence: Confidence

    def __post_init__(self) -> None:
        if wrong := wrong_setting(self.name, self.kind, self.default):
            raise wrong


@dataclass(frozen=True, slots=True)
class About:
    """Which part of which item a rule can show; no part: it speaks about the item, shows none."""

    item: ItemId
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cases:
    """What the observed value means, the worst first; a value that meets none says nothing."""

    fails: Condition | None
    partly: Condition | None
    holds: Condition | None

    def all(self) -> tuple[tuple[Condition, Verdict], ...]:
        """Give the cases that there are, worst first."""
        conditions = (self.fails, self.partly, self.holds)
        return tuple(
            (one, verdict) for one, verdict in zip(conditions, Verdict, strict=True) if one
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Examples:
    """Observed values that prove the rule; the test-suite runs every one."""

    passing: tuple[str, ...]
    partial: tuple[str, ...]
    failing: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One entry of the rule table."""

    id: str
    title: str
    reads: str  # the name of one observation
    about: tuple[About, ...]  # empty: no clause asks for it, so it makes no ground and no finding
    concerns: tuple[ComponentKind, ...]  # what such an observation is about, the likeliest first
    side: Side | None  # only what was seen at endpoints of this side; None: of either
    cases: Cases
    risk: Risk
    says: str  # the statement: {place}, {value} and, where a setting decides, {limit}
    words: Mapping[str, str]  # how observed values, or members of a list, are said to people
    measure: str
    confidence: Confidence
    examples: Examples

    def __post_init__(self) -> None:
        if not (self.examples.passing and self.examples.failing):
            wanted = msgid("a rule with a passing and a failing example")
            raise WrongValueError(key=self.id, wanted=wanted, found="")
        if not self.cases.all():
            wanted = msgid("a rule with at least one of fails, partly and holds")
            raise WrongValueError(key=self.id, wanted=wanted, found="")
        if self.settings and "{limit}" not in self.says:
            wanted = msgid("a rule whose `says` names the {limit} that decides")
            raise WrongValueError(key=self.id, wanted=wanted, found=self.says)

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that decide, each once."""
        names = [name for condition, _ in self.cases.all() for name in condition.settings]
        return tuple(dict.fromkeys(names))

    def judge(self, observed: str, settings: Mapping[str, str]) -> Verdict | None:
        """Give the verdict on one observed value; None: the rule has nothing to say about it."""
        for condition, verdict in self.cases.all():
            if condition.holds(observed, settings):
                return verdict
        return None

    def statement(self, place: str, observed: str, settings: Mapping[str, str]) -> str:
        """Say what was seen, where, and beside which limit."""
        limit = ", ".join(settings[name].replace(",", ", ") for name in self.settings)
        said = self.says.replace("{place}", place).replace("{limit}", limit)
        value = observed
        if self.words:
            value = ", ".join(self.words.get(one, one) for one in observed.split(","))
        return said.replace("{value}", value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """An observation beside what the inventory says of its endpoint, for one system."""

    observation: Observation
    side: Side
    components: tuple[tuple[ComponentId, ComponentKind], ...]  # of the system, at the endpoint

    @property
    def place(self) -> str:
        """Host and port, as a person writes them."""
        target = self.observation.target
        host = f"[{target.host}]" if ":" in target.host and target.port else target.host
        return f"{host}:{target.port}" if target.port else host

    def concerned(self, kinds: Sequence[ComponentKind]) -> tuple[ComponentId | None, ...]:
        """Give the components that it is about: the named one, else those of the first kind there.

        None of them known: the system as a whole. Blaming every component of an endpoint for what
        one of its ports shows would be wrong; the order of kinds says which is the likeliest.
        """
        named = self.observation.component
        if named:
            return (named,) if named in dict(self.components) else (None,)
        for wanted in kinds:
            fitting = [component for component, kind in self.components if kind is wanted]
            if fitting:
                return tuple(fitting)
        return (None,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What a rule made of an observation, for one item; `mark` is equal when it is seen again."""

    rule: Rule
    item: ItemId
    ground: Ground
    mark: str


def grounds(
    rules: Iterable[Rule], seen: Iterable[Seen], settings: Mapping[str, str]
) -> tuple[Made, ...]:
    """Give what each rule makes of each observation; nothing where none was made."""
    reading: dict[str, list[Rule]] = {}
    for rule in rules:
        reading.setdefault(rule.reads, []).append(rule)
    made = {
        (one.item, one.ground): one
        for seen_one in seen
        for rule in reading.get(seen_one.observation.name, ())
        for one in _of_one(rule, seen_one, settings)
    }
    return tuple(made.values())


def _of_one(rule: Rule, seen: Seen, settings: Mapping[str, str]) -> list[Made]:
    observation = seen.observation
    verdict = rule.judge(observation.value, settings)
    if verdict is None or rule.side not in (None, seen.side):
        return []
    statement = rule.statement(seen.place, observation.value, settings)
    # A value may change while the problem stays; only on a whole host does it tell problems apart.
    what = "" if observation.target.port or observation.component else observation.value
    return [
        Made(
            rule=rule,
            item=about.item,
            mark=f"{rule.id} {about.item} {seen.place} {what}".rstrip(),
            ground=Ground(
                rule=rule.id,
                part=about.part,
                component=component,
                verdict=verdict,
                risk=rule.risk,
                statement=statement,
                evidence=observation.evidence,
            ),
        )
        for about in rule.about
        for component in seen.concerned(rule.concerns)
    ]
