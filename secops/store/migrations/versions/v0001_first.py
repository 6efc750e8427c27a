"""The first tables: inventory, scans, assessments, documents, settings, chain."""

from __future__ import annotations

from typing import Final

import sqlalchemy as sa
from alembic import op

revision: Final = "0001"
down_revision: Final = None
branch_labels: Final = None
depends_on: Final = None


def _texts(names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names.split()]


def _late(column: str, to: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [to], deferrable=True, initially="DEFERRED")


def upgrade() -> None:
    """Make them; the order is that of their references."""
    _chain()
    _document()
    _endpoint()
    _evidence()
    _finding()
    _permit()
    _scan()
    _setting()
    _unit()
    _attempt()
    _component()
    _observation()
    _person()
    _system()
    _agency_report()
    _appointment()
    _assessment()
    _component_system()
    _contact()
    _data_category()
    _endpoint_system()
    _supply()
    _answer()


def _chain() -> None:
    op.create_table(
        "chain",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=False,
            nullable=False,
        ),
        *_texts("at account person means action object before after changes previous hash"),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index("ix_chain_action_seq", "chain", ["action", "seq"])
    op.create_index("ix_chain_object_seq", "chain", ["object", "seq"])


def _document() -> None:
    op.create_table(
        "document",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("kind subject as_of made_at account person means context template outputs packs"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )


def _endpoint() -> None:
    op.create_table(
        "endpoint",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("value body"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_endpoint_value"), "endpoint", ["value"])


def _evidence() -> None:
    op.create_table(
        "evidence",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("digest"),
        sa.Column("size", sa.BigInteger(), nullable=False),
        *_texts("media kind taken_at account person means subject title recorded_at"),
        sa.Column("erased_at", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest"),
        sa.UniqueConstraint("no"),
    )


def _finding() -> None:
    op.create_table(
        "finding",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("source_kind source unit system component item fingerprint"),
        *_texts("risk statement evidence first_seen last_seen measure cvss recorded_at"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
        sa.UniqueConstraint("unit", "system", "component", "fingerprint"),
    )
    op.create_index(op.f("ix_finding_system"), "finding", ["system"])


def _permit() -> None:
    op.create_table(
        "permit",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("body"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )


def _scan() -> None:
    op.create_table(
        "scan",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("account person means made_at body"),
        sa.Column("ended", sa.Text()),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )


def _setting() -> None:
    op.create_table("setting", *_texts("key value"), sa.PrimaryKeyConstraint("key"))


def _unit() -> None:
    op.create_table(
        "unit",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("name"),
        sa.Column("administrative", sa.Text()),
        sa.Column("reporting", sa.Text()),
        *_texts("body"),
        _late("administrative", "unit.id"),
        _late("reporting", "unit.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_unit_administrative"), "unit", ["administrative"])
    op.create_index(op.f("ix_unit_name"), "unit", ["name"])
    op.create_index(op.f("ix_unit_reporting"), "unit", ["reporting"])


def _attempt() -> None:
    op.create_table(
        "attempt",
        *_texts("id scan scanner endpoint host"),
        sa.Column("port", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        *_texts("started"),
        sa.Column("ended", sa.Text()),
        *_texts("tool arguments outcome said detail"),
        sa.ForeignKeyConstraint(["scan"], ["scan.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("scan", "endpoint", "host", "port", "scanner", "n"),
    )
    op.create_index("ix_attempt_endpoint_outcome", "attempt", ["endpoint", "outcome"])


def _component() -> None:
    op.create_table(
        "component",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("name unit body"),
        _late("unit", "unit.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_component_name"), "component", ["name"])
    op.create_index(op.f("ix_component_unit"), "component", ["unit"])


def _observation() -> None:
    op.create_table(
        "observation",
        sa.Column(
            "seq",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        *_texts("scan endpoint host"),
        sa.Column("port", sa.Integer(), nullable=False),
        *_texts("name value evidence component recorded_at"),
        sa.ForeignKeyConstraint(["scan"], ["scan.id"]),
        sa.PrimaryKeyConstraint("seq"),
    )
    op.create_index(
        "ix_observation_scan_endpoint_evidence", "observation", ["scan", "endpoint", "evidence"]
    )


def _person() -> None:
    op.create_table(
        "person",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("name unit body"),
        _late("unit", "unit.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_person_name"), "person", ["name"])
    op.create_index(op.f("ix_person_unit"), "person", ["unit"])


def _system() -> None:
    op.create_table(
        "system",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("name unit body"),
        _late("unit", "unit.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_system_name"), "system", ["name"])
    op.create_index(op.f("ix_system_unit"), "system", ["unit"])


def _agency_report() -> None:
    op.create_table(
        "agency_report",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("system body"),
        _late("system", "system.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_agency_report_system"), "agency_report", ["system"])


def _appointment() -> None:
    op.create_table(
        "appointment",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("unit person body"),
        _late("person", "person.id"),
        _late("unit", "unit.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_appointment_person"), "appointment", ["person"])
    op.create_index(op.f("ix_appointment_unit"), "appointment", ["unit"])


def _assessment() -> None:
    op.create_table(
        "assessment",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("system kind"),
        sa.Column("s", sa.Integer(), nullable=False),
        sa.Column("a", sa.Integer(), nullable=False),
        *_texts("item_set"),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_texts("started_at account person means cycle"),
        sa.Column("replaces", sa.Text()),
        sa.Column("frozen_at", sa.Text()),
        sa.Column("frozen_by", sa.Text()),
        sa.Column("frozen_state", sa.Text()),
        sa.Column("frozen_rules", sa.Text()),
        sa.ForeignKeyConstraint(["replaces"], ["assessment.id"]),
        _late("system", "system.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_assessment_system"), "assessment", ["system"])


def _component_system() -> None:
    op.create_table(
        "component_system",
        *_texts("id system"),
        sa.ForeignKeyConstraint(["id"], ["component.id"]),
        sa.ForeignKeyConstraint(["system"], ["system.id"]),
        sa.PrimaryKeyConstraint("id", "system"),
    )
    op.create_index(op.f("ix_component_system_system"), "component_system", ["system"])


def _contact() -> None:
    op.create_table(
        "contact", *_texts("id body"), _late("id", "person.id"), sa.PrimaryKeyConstraint("id")
    )


def _data_category() -> None:
    op.create_table(
        "data_category",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("system body"),
        _late("system", "system.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_data_category_system"), "data_category", ["system"])


def _endpoint_system() -> None:
    op.create_table(
        "endpoint_system",
        *_texts("id system"),
        sa.ForeignKeyConstraint(["id"], ["endpoint.id"]),
        sa.ForeignKeyConstraint(["system"], ["system.id"]),
        sa.PrimaryKeyConstraint("id", "system"),
    )
    op.create_index(op.f("ix_endpoint_system_system"), "endpoint_system", ["system"])


def _supply() -> None:
    op.create_table(
        "supply",
        *_texts("id"),
        sa.Column("no", sa.Integer(), nullable=False),
        *_texts("system supplier body"),
        _late("supplier", "unit.id"),
        _late("system", "system.id"),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("no"),
    )
    op.create_index(op.f("ix_supply_supplier"), "supply", ["supplier"])
    op.create_index(op.f("ix_supply_system"), "supply", ["system"])


def _answer() -> None:
    op.create_table(
        "answer",
        *_texts("id assessment item unit system component"),
        sa.Column("revision", sa.Integer(), nullable=False),
        *_texts(
            "value_kind value answered_by account person means recorded_at note evidence suggestion"
        ),
        sa.ForeignKeyConstraint(["answered_by"], ["person.id"]),
        sa.ForeignKeyConstraint(["assessment"], ["assessment.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("assessment", "item", "component", "revision"),
    )
