"""All tables. Instants and dates are ISO text of fixed width: the same bytes on every engine.

Records are indexed keys beside `body`, their cells as canonical JSON; what is only ever added, such
as answers, and what is read by many of its values, such as findings, has its own columns.
"""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

TABLES = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id() -> Column[str]:
    return Column("id", Text, primary_key=True)


def _no() -> Column[int]:
    return Column("no", Integer, nullable=False, unique=True)


def _text(name: str, *, index: bool = False) -> Column[str]:
    return Column(name, Text, nullable=False, index=index)


def _to(name: str, table: str, *, empty: bool = False) -> Column[str]:
    """Refer to a row that may come later in the same transaction."""
    key = ForeignKey(f"{table}.id", deferrable=True, initially="DEFERRED")
    return Column(name, Text, key, nullable=empty, index=True)


def _actor() -> tuple[Column[str], Column[str], Column[str]]:
    return _text("account"), Column("person", Text, nullable=False), _text("means")


UNIT = Table(
    "unit",
    TABLES,
    _id(),
    _no(),
    _text("name", index=True),
    _to("administrative", "unit", empty=True),
    _to("reporting", "unit", empty=True),
    _text("body"),
)
PERSON = Table(
    "person", TABLES, _id(), _no(), _text("name", index=True), _to("unit", "unit"), _text("body")
)
CONTACT = Table(  # erasable; the only place of telephone numbers and mail addresses
    "contact",
    TABLES,
    Column(
        "id", Text, ForeignKey("person.id", deferrable=True, initially="DEFERRED"), primary_key=True
    ),
    _text("body"),
)
APPOINTMENT = Table(
    "appointment", TABLES, _id(), _no(), _to("unit", "unit"), _to("person", "person"), _text("body")
)
SYSTEM = Table(
    "system", TABLES, _id(), _no(), _text("name", index=True), _to("unit", "unit"), _text("body")
)
COMPONENT = Table(
    "component", TABLES, _id(), _no(), _text("name", index=True), _to("unit", "unit"), _text("body")
)
COMPONENT_SYSTEM = Table(
    "component_system",
    TABLES,
    Column("id", Text, ForeignKey("component.id"), primary_key=True),
    Column("system", Text, ForeignKey("system.id"), primary_key=True, index=True),
)
ENDPOINT = Table("endpoint", TABLES, _id(), _no(), _text("value", index=True), _text("body"))
ENDPOINT_SYSTEM = Table(
    "endpoint_system",
    TABLES,
    Column("id", Text, ForeignKey("endpoint.id"), primary_key=True),
    Column("system", Text, ForeignKey("system.id"), primary_key=True, index=True),
)
ENDPOINT_COMPONENT = Table(
    "endpoint_component",
    TABLES,
    Column("id", Text, ForeignKey("endpoint.id"), primary_key=True),
    Column(
        "component",
        Text,
        ForeignKey("component.id", deferrable=True, initially="DEFERRED"),
        primary_key=True,
        index=True,
    ),
)
SUPPLY = Table(
    "supply", TABLES, _id(), _no(), _to("system", "system"), _to("supplier", "unit"), _text("body")
)
DATA_CATEGORY = Table("data_category", TABLES, _id(), _no(), _to("system", "system"), _text("body"))
PERMIT = Table("permit", TABLES, _id(), _no(), _text("body"))
AGENCY_REPORT = Table("agency_report", TABLES, _id(), _no(), _to("system", "system"), _text("body"))
WAIVER = Table("waiver", TABLES, _id(), _no(), _to("system", "system"), _text("body"))
SCAN = Table(
    "scan",
    TABLES,
    _id(),
    _no(),
    *_actor(),
    _text("made_at"),
    _text("body"),  # targets, scanners, permits, digests, options
    Column("ended", Text),
)
ATTEMPT = Table(
    "attempt",
    TABLES,
    _id(),
    Column("scan", Text, ForeignKey("scan.id"), nullable=False),
    _text("scanner"),
    _text("endpoint"),  # no foreign key: `discover` tries addresses that nobody has listed
    _text("host"),
    Column("port", Integer, nullable=False),  # 0: the host as a whole
    Column("n", Integer, nullable=False),
    _text("started"),
    Column("ended", Text),
    _text("tool"),
    _text("arguments"),
    _text("outcome"),  # empty, evidence, failed, not_applicable
    _text("said"),  # digest, failure kind, reason
    _text("detail"),
    UniqueConstraint("scan", "endpoint", "host", "port", "scanner", "n"),
    Index("ix_attempt_endpoint_outcome", "endpoint", "outcome"),
)
OBSERVATION = Table(
    "observation",
    TABLES,
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    Column("scan", Text, ForeignKey("scan.id"), nullable=False),
    _text("endpoint"),
    _text("host"),
    Column("port", Integer, nullable=False),
    _text("name"),
    _text("value"),
    _text("evidence"),
    _text("component"),
    _text("recorded_at"),
    Index("ix_observation_scan_endpoint_evidence", "scan", "endpoint", "evidence"),
)
EVIDENCE = Table(
    "evidence",
    TABLES,
    _id(),
    _no(),
    Column("digest", Text, nullable=False, unique=True),
    Column("size", BigInteger, nullable=False),
    _text("media"),
    _text("kind"),
    _text("taken_at"),
    *_actor(),
    _text("subject"),
    _text("title"),
    _text("recorded_at"),
    Column("erased_at", Text),
)
FINDING = Table(
    "finding",
    TABLES,
    _id(),
    _no(),
    _text("source_kind"),
    _text("source"),
    _text("unit"),  # the subject: a unit, a system, or a component of a system
    _text("system", index=True),
    _text("component"),
    _text("item"),
    _text("fingerprint"),
    _text("risk"),
    _text("statement"),
    _text("evidence"),
    _text("first_seen"),
    _text("last_seen"),
    _text("measure"),
    _text("cvss"),
    _text("recorded_at"),
    UniqueConstraint("unit", "system", "component", "fingerprint"),
)
ASSESSMENT = Table(
    "assessment",
    TABLES,
    _id(),
    _no(),
    _to("system", "system", empty=True),  # the subject: a system, or else `unit`
    _text("kind"),
    Column("s", Integer),
    Column("a", Integer),
    _text("item_set"),
    Column("revision", Integer, nullable=False),
    _text("started_at"),
    *_actor(),
    _text("cycle"),
    Column("replaces", Text, ForeignKey("assessment.id")),
    Column("frozen_at", Text),
    Column("frozen_by", Text),
    Column("frozen_state", Text),
    Column("frozen_rules", Text),
    _to("unit", "unit", empty=True),
    _text("pack"),
    _text("scope"),
)
ANSWER = Table(
    "answer",
    TABLES,
    _id(),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    _text("item"),
    _text("unit"),
    _text("system"),
    _text("component"),
    Column("revision", Integer, nullable=False),
    _text("value_kind"),
    _text("value"),
    Column("answered_by", Text, ForeignKey("person.id"), nullable=False),
    *_actor(),
    _text("recorded_at"),
    _text("note"),
    _text("evidence"),
    _text("suggestion"),
    Column("withdraws", Integer),  # 1: it takes back the one that stands
    UniqueConstraint("assessment", "item", "component", "revision"),
)
DOCUMENT = Table(
    "document",
    TABLES,
    _id(),
    _no(),
    _text("kind"),
    _text("subject"),
    _text("as_of"),
    _text("made_at"),
    *_actor(),
    _text("context"),
    _text("template"),
    _text("outputs"),
    _text("packs"),
)
FORM = Table(  # workbooks that were sent out to be filled in
    "form",
    TABLES,
    _id(),
    _no(),
    _text("purpose"),
    _text("subject", index=True),
    _text("title"),
    _text("made_at"),
    *_actor(),
    _text("base"),
    Column("due", Text),
)
KEY = Table("key", TABLES, _id(), _no(), _text("body"))  # public halves; nothing secret lies here
PLATFORM_STATEMENT = Table(
    "platform_statement", TABLES, _id(), _no(), _text("platform", index=True), _text("body")
)
INHERITANCE = Table(  # who answers an item: its platform, the tenant, or both
    "inheritance",
    TABLES,
    _id(),
    Column("assessment", Text, ForeignKey("assessment.id"), nullable=False),
    _text("item"),
    Column("revision", Integer, nullable=False),
    _text("duty"),
    _text("statement"),
    Column("taken_by", Text, ForeignKey("person.id"), nullable=False),
    *_actor(),
    _text("recorded_at"),
    UniqueConstraint("assessment", "item", "revision"),
)
SETTING = Table("setting", TABLES, Column("key", Text, primary_key=True), _text("value"))
CHAIN = Table(
    "chain",
    TABLES,
    Column(
        "seq", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=False
    ),
    _text("at"),
    *_actor(),
    _text("action"),
    _text("object"),
    _text("before"),
    _text("after"),
    _text("changes"),
    _text("previous"),
    _text("hash"),
    Index("ix_chain_object_seq", "object", "seq"),
    Index("ix_chain_action_seq", "action", "seq"),
)
