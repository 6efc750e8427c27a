"""Units in a tree, the persons in them, and the posts that make persons answer.

Closed lists follow the 2025 filing form, table 1 (网络安全等级保护备案表, 表一).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, unique

from secops.model.ids import AppointmentId, PersonId, UnitId


@unique
class UnitKind(Enum):
    """Whether the law can hold it responsible by itself."""

    LEGAL = "legal"
    DEPARTMENT = "department"
    EXTERNAL = "external"  # supplier, assessment agency, competent department outside our tree


@unique
class Affiliation(Enum):
    """隶属关系, table 1 field 11; the values are the codes that the form prints."""

    CENTRAL = "1"
    PROVINCE = "2"
    PREFECTURE = "3"
    COUNTY = "4"
    OTHER = "9"


@unique
class UnitType(Enum):
    """单位类型, table 1 field 12; the values are the codes that the form prints."""

    PARTY_ORGAN = "1"
    GOVERNMENT_ORGAN = "2"
    PUBLIC_INSTITUTION = "3"
    ENTERPRISE = "4"
    OTHER = "9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """单位地址, 邮政编码, 行政区划代码: table 1 fields 03 to 05."""

    province: str = ""
    city: str = ""
    county: str = ""
    detail: str = ""
    postcode: str = ""
    region_code: str = ""  # six digits, GB/T 2260


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What decides which clocks run for the unit."""

    affiliation: Affiliation | None = None
    unit_type: UnitType | None = None
    industry: str = ""  # by label: the printed codes clash (46 stands for two industries)
    cii_operator: bool = False  # 关键信息基础设施运营者: one hour to report
    central_organ: bool = False  # central or state organ or its affiliated unit: two hours
    secret_network: bool = False  # has a secret network, under the secrecy office; no more is kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Parents:
    """上级: who administers the unit, and to whom it reports; each since a day."""

    administrative: UnitId | None = None
    administrative_since: date | None = None
    reporting: UnitId | None = None
    reporting_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """单位: a legal body, a department of one, or somebody outside the tree."""

    id: UnitId
    no: int
    name: str
    short_name: str = ""
    kind: UnitKind = UnitKind.LEGAL
    credit_code: str = ""  # 统一社会信用代码, GB 32100-2015; departments have none
    internet_addresses: tuple[str, ...] = ()
    address: Address = field(default_factory=Address)
    standing: Standing = field(default_factory=Standing)
    parents: Parents = field(default_factory=Parents)
    retired_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person and the unit they belong to. How to reach them is kept apart, see `Contact`."""

    id: PersonId
    no: int
    name: str
    unit: UnitId
    title: str = ""  # 职务/职称
    left_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """联系方式 of one person: erasable, never in history, chain, evidence names or bundles."""

    id: PersonId
    office_phone: str = ""
    mobile: str = ""
    email: str = ""


@unique
class Post(Enum):
    """What a person is appointed to in a unit."""

    FIRST_RESPONSIBLE = "first_responsible"  # 第一责任人
    DEPUTY_IN_CHARGE = "deputy_in_charge"  # 分管负责人: the 单位负责人 of table 1 field 06
    SECURITY_DEPARTMENT = "security_department"  # 网络安全责任部门联系人, fields 07 and 08
    DATA_DEPARTMENT = "data_department"  # 数据安全管理部门联系人, fields 09 and 10
    TECHNICAL_SUPPORT = "technical_support"
    CHIEF_INFORMATION_OFFICER = "chief_information_officer"
    CONTACT_PERSON = "contact_person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """任职: who holds a post in a unit, in which department, since when."""

    id: AppointmentId
    no: int
    unit: UnitId
    person: PersonId
    post: Post
    department: str = ""
    title: str = ""
    since: date | None = None
    until: date | None = None
