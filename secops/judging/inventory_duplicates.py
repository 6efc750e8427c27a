"""疑似重复: pairs of systems that may be one, with score and grounds; nothing is ever merged.

Systems are compared only when they share a key: a folded name or its rare parts within one legal
body, a domain, an endpoint, a registration number. Those that share a key with many others are one
group with that ground, not pairs, so the number of comparisons grows with the list. Near names are
looked for only by parts that few names share.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from secops.judging.name_words import NameWords, folded
from secops.model.ids import SystemId
from secops.model.inventory_check import Likeness
from secops.model.system import SystemKind

WORTH_SHOWING: Final = 50
_MAIN: Final = "main "
_SMALL: Final = 8  # a block up to this size is compared pair by pair, a larger one is a group
_RARE: Final = 3  # so many of the rarest two-sign parts of a name lead to near names
_GROUNDS: Final = {
    "core": Likeness.SAME_CORE,
    "domain": Likeness.SAME_DOMAIN,
    "endpoint": Likeness.SAME_ENDPOINT,
    "registration": Likeness.SAME_REGISTRATION,
}
_NEAR: Final = 0.6  # share of common two-sign parts from which on names are near


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What of a system is compared."""

    id: SystemId
    no: int
    name: str
    core: str  # of the name, without light words and the unit's own name
    body: str  # the legal body: the same name in two schools is no duplicate
    domains: frozenset[str]
    endpoints: frozenset[str]  # places that the two do not share on purpose
    addresses: frozenset[str]
    registrations: frozenset[str]


def core_of(name: str, own_names: Iterable[str], kind: SystemKind, words: NameWords) -> str:
    """Give the telling part of a name; one without any is the body's main one of its kind."""
    return words.core(name, own_names) or f"{_MAIN}{kind.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """Two systems, the lower number first."""

    first: SystemId
    second: SystemId
    score: int
    grounds: tuple[tuple[Likeness, str], ...]  # with what is the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Many systems that share one thing: any two of them may be one."""

    ground: Likeness
    same: str
    systems: tuple[SystemId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Duplicates:
    """The pairs, best first, groups of many, and how many comparisons they took."""

    pairs: tuple[Pair, ...]
    groups: tuple[Group, ...]
    comparisons: int


def find_duplicates(profiles: Sequence[Profile]) -> Duplicates:
    """Compare those that share a key."""
    pairs: dict[tuple[int, int], Pair] = {}
    groups: list[Group] = []
    met: set[tuple[int, int]] = set()
    for key, block in _blocks(profiles):
        if len(block) > _SMALL:
            ids = tuple(profiles[at].id for at in block)
            same = "" if key[-1].startswith(_MAIN) else key[-1]
            groups.append(Group(ground=_GROUNDS[key[0]], same=same, systems=ids))
            continue
        for both in combinations(block, 2):
            if both in met:
                continue
            met.add(both)
            pair = _compared(profiles[both[0]], profiles[both[1]])
            if pair.score >= WORTH_SHOWING:
                pairs[both] = pair
    best = sorted(pairs.items(), key=lambda one: (-one[1].score, one[0]))
    return Duplicates(
        pairs=tuple(pair for _, pair in best), groups=tuple(groups), comparisons=len(met)
    )


def _blocks(profiles: Sequence[Profile]) -> Iterator[tuple[tuple[str, ...], Sequence[int]]]:
    """Give the groups that share a key. Parts of names only while they are rare."""
    for keys, common in ((_keys, True), (_rare_parts(profiles), False)):
        blocks: dict[tuple[str, ...], list[int]] = {}
        for at, profile in enumerate(profiles):
            for key in keys(profile):
                blocks.setdefault(key, []).append(at)
        for key, block in blocks.items():
            if len(block) > 1 and (common or len(block) <= _SMALL):
                yield key, block


Keys = Callable[[Profile], Iterable[tuple[str, ...]]]


def _keys(profile: Profile) -> Iterator[tuple[str, ...]]:
    yield "core", profile.body, profile.core
    yield from (("domain", one) for one in profile.domains)
    yield from (("endpoint", one) for one in profile.endpoints)
    yield from (("registration", one) for one in profile.registrations)


def _parts(core: str) -> frozenset[str]:
    return frozenset(core[at : at + 2] for at in range(len(core) - 1)) or frozenset({core})


def _unnumbered(core: str) -> str:
    return "".join(sign for sign in core if not sign.isdigit())


def _rare_parts(profiles: Sequence[Profile]) -> Keys:
    often = Counter((one.body, part) for one in profiles for part in _parts(one.core))

    def keys(profile: Profile) -> Iterator[tuple[str, ...]]:
        parts = sorted(_parts(profile.core), key=lambda part: (often[profile.body, part], part))
        shared = [part for part in parts if often[profile.body, part] > 1]
        yield from (("part", profile.body, part) for part in shared[:_RARE])

    return keys


def _compared(one: Profile, other: Profile) -> Pair:
    grounds = tuple(_grounds(one, other))
    left = 100
    for ground, _ in grounds:
        left = left * (100 - ground.value) // 100
    first, second = sorted((one, other), key=lambda profile: profile.no)
    return Pair(first=first.id, second=second.id, score=100 - left, grounds=grounds)


def _grounds(one: Profile, other: Profile) -> Iterator[tuple[Likeness, str]]:
    sets: Mapping[Likeness, tuple[frozenset[str], frozenset[str]]] = {
        Likeness.SAME_ENDPOINT: (one.endpoints, other.endpoints),
        Likeness.SAME_REGISTRATION: (one.registrations, other.registrations),
        Likeness.SAME_DOMAIN: (one.domains, other.domains),
    }
    for ground, (mine, yours) in sets.items():
        if mine & yours:
            yield ground, min(mine & yours)
    if one.body == other.body:
        yield from _name_ground(one, other)
    if one.addresses & other.addresses:
        yield Likeness.SAME_ADDRESS, min(one.addresses & other.addresses)


def _name_ground(one: Profile, other: Profile) -> Iterator[tuple[Likeness, str]]:
    if folded(one.name) == folded(other.name):
        yield Likeness.SAME_NAME, one.name
    elif one.core == other.core:
        yield Likeness.SAME_CORE, "" if one.core.startswith(_MAIN) else one.core
    elif not one.core.startswith(_MAIN) and not other.core.startswith(_MAIN):
        if _unnumbered(one.core) == _unnumbered(other.core):
            return  # room 1 and room 11: numbered so that they differ
        mine, yours = _parts(one.core), _parts(other.core)
        common = len(mine & yours) / len(mine | yours)
        inside = min(one.core, other.core, key=len) in max(one.core, other.core, key=len)
        if common >= _NEAR or (inside and len(mine & yours) > 1):
            yield Likeness.NEAR_NAME, min(one.core, other.core, key=len)
