"""定级对象: an information system or website, made of value objects, one subject each.

`None` and empty text mean "nobody has stated it yet": the inventory check counts them as lacking.
Closed lists follow tables 2 to 4 of the 2025 filing form; their values are the printed codes where
the form prints codes, else words of ours whose printed form is in the catalogue.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import Enum, unique

from secops.model.common import NotApplicable, SecurityLevel
from secops.model.ids import PersonId, SystemId, UnitId
from secops.model.new_technology import NewTechnology


@unique
class SystemKind(Enum):
    """What it is to the people who use it."""

    INFORMATION_SYSTEM = "information_system"
    WEBSITE = "website"
    PLATFORM = "platform"
    APP = "app"
    MINI_PROGRAM = "mini_program"
    OFFICIAL_ACCOUNT = "official_account"
    INDUSTRIAL_CONTROL = "industrial_control"
    CLOUD = "cloud"
    INTERNET_OF_THINGS = "internet_of_things"
    BIG_DATA = "big_data"


@unique
class LifecycleStage(Enum):
    """Where it stands between the first plan and the day it is switched off."""

    PLANNING = "planning"
    BUILDING = "building"
    RUNNING = "running"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Responsibility:
    """安全到人、责任到岗: a unit, the person in it who answers, the post that makes them answer."""

    unit: UnitId | None = None
    person: PersonId | None = None
    post: str = ""

    @property
    def complete(self) -> bool:
        """Unit, person and post are all stated."""
        return bool(self.unit and self.person and self.post)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ownership:
    """谁主管、谁运维、谁使用: three responsibilities beside the operating unit of the law."""

    operating_unit: UnitId
    supervises: Responsibility = field(default_factory=Responsibility)
    maintains: Responsibility = field(default_factory=Responsibility)
    uses: Responsibility = field(default_factory=Responsibility)

    @property
    def complete(self) -> bool:
        """All three responsibilities are stated in full."""
        return self.supervises.complete and self.maintains.complete and self.uses.complete


@dataclass(frozen=True, slots=True, kw_only=True)
class Grading:
    """定级 (table 3): S and A; the higher one is the level (GB/T 22240-2020)."""

    business_information: SecurityLevel | None = None  # S
    system_service: SecurityLevel | None = None  # A
    business_harms: tuple[str, ...] = ()  # ids of the nine harm statements, fields 01 and 02
    service_harms: tuple[str, ...] = ()
    graded_on: date | None = None
    edition: str = ""
    reason: str = ""
    not_applicable: str = ""  # why it is not a grading target at all
    report_written: bool | None = None
    expert_reviewed: bool | None = None
    has_supervisor: bool | None = None
    supervisor_name: str = ""
    supervisor_approved: bool | None = None
    filled_by: PersonId | None = None
    filled_on: date | None = None

    @property
    def level(self) -> SecurityLevel | NotApplicable | None:
        """The level that decides which clauses apply; None while it is not graded."""
        if self.not_applicable:
            return NotApplicable(self.not_applicable)
        if self.business_information is None or self.system_service is None:
            return None
        return max(self.business_information, self.system_service)


@unique
class FilingState(Enum):
    """备案 with public security, as far as it has come."""

    NONE = "none"
    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ACCEPTED = "accepted"
    CERTIFIED = "certified"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """备案: state, the level that was filed, and what the certificate says."""

    state: FilingState = FilingState.NONE
    level: SecurityLevel | None = None
    number: str = ""
    object_code: str = ""  # 定级对象编号, table 2 field 02, given by the police
    office: str = ""
    filed_on: date | None = None  # 备案日期 on the cover
    accepted_on: date | None = None
    certified_on: date | None = None
    valid_until: date | None = None


@unique
class ObjectKind(Enum):
    """定级对象类型, table 2 field 03."""

    NETWORK_FACILITY = "network_facility"
    INFORMATION_SYSTEM = "information_system"
    DATA_RESOURCE = "data_resource"


@unique
class Technology(Enum):
    """信息系统采用技术类型, table 2 field 03: the traits that add extension requirements."""

    CLOUD = "1"
    MOBILE = "2"
    INTERNET_OF_THINGS = "3"
    INDUSTRIAL_CONTROL = "4"
    BIG_DATA = "5"
    OTHER = "9"


@unique
class BusinessType(Enum):
    """业务类型, table 2 field 04."""

    PRODUCTION = "1"
    DISPATCH = "2"
    INTERNAL_OFFICE = "3"
    PUBLIC_SERVICE = "4"
    OTHER = "9"


@unique
class ServiceScope(Enum):
    """服务范围, table 2 field 05."""

    NATION = "10"
    SEVERAL_PROVINCES = "11"
    PROVINCE = "20"
    SEVERAL_PREFECTURES = "21"
    PREFECTURE = "30"
    OTHER = "99"


@unique
class ServiceTarget(Enum):
    """服务对象, table 2 field 05."""

    STAFF = "1"
    PUBLIC = "2"
    BOTH = "3"
    OTHER = "9"


@unique
class DeployScope(Enum):
    """部署范围, table 2 field 06: where it is deployed, not where its users are."""

    LOCAL_NETWORK = "1"
    METROPOLITAN_NETWORK = "2"
    WIDE_NETWORK = "3"
    OTHER = "9"


@unique
class NetworkNature(Enum):
    """网络性质, table 2 field 06."""

    PRIVATE = "1"
    INTERNET = "2"
    OTHER = "9"


@unique
class Interconnection(Enum):
    """网络互联情况, table 2 field 07."""

    OTHER_INDUSTRY = "1"
    OTHER_UNIT = "2"
    SAME_UNIT = "3"
    OTHER = "9"


@dataclass(frozen=True, slots=True, kw_only=True)
class Business:
    """承载业务, 网络服务, 网络平台, 互联: table 2 fields 03 to 08."""

    object_kinds: tuple[ObjectKind, ...] = ()
    technologies: tuple[Technology, ...] = ()
    types: tuple[BusinessType, ...] = ()
    description: str = ""
    service_scope: ServiceScope | None = None
    service_scope_count: int | None = None  # provinces for code 11, prefectures for code 21
    service_target: ServiceTarget | None = None
    deploy_scope: DeployScope | None = None
    network_nature: NetworkNature | None = None
    source_addresses: tuple[str, ...] = ()  # 源站IP地址范围
    domain_names: tuple[str, ...] = ()
    protocols: tuple[str, ...] = ()  # 主要协议/端口
    interconnections: tuple[Interconnection, ...] = ()
    in_use_since: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Superior:
    """分系统: the system above it, ours or another unit's (table 2 fields 09 to 11)."""

    is_subsystem: bool | None = None
    system: SystemId | None = None
    system_name: str = ""
    unit_name: str = ""


@unique
class HostingKind(Enum):
    """Where the machines stand."""

    OWN_ROOM = "own_room"
    OTHER_UNIT_ROOM = "other_unit_room"
    COLOCATION = "colocation"
    GOVERNMENT_CLOUD = "government_cloud"
    PRIVATE_CLOUD = "private_cloud"
    PUBLIC_CLOUD = "public_cloud"
    SITE_CLUSTER = "site_cluster"  # 站群


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosting:
    """部署: kind, place, who provides it."""

    kind: HostingKind | None = None
    place: str = ""
    provider: UnitId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DataHeld:
    """持有数据: what kinds, of how many people. The sheets of table 6 are `DataCategory`."""

    personal: bool | None = None
    sensitive_personal: bool | None = None
    minors: bool | None = None
    important: bool | None = None
    people: int | None = None
    minors_people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registration:
    """Two other filings, never to be taken for 等保备案: ICP备案 and 公安联网备案."""

    icp_number: str = ""
    police_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system, website, platform or app of the inventory."""

    id: SystemId
    no: int
    name: str
    kind: SystemKind
    stage: LifecycleStage
    ownership: Ownership
    grading: Grading = field(default_factory=Grading)
    filing: Filing = field(default_factory=Filing)
    business: Business = field(default_factory=Business)
    superior: Superior = field(default_factory=Superior)
    hosting: Hosting = field(default_factory=Hosting)
    technology: NewTechnology = field(default_factory=NewTechnology)
    data: DataHeld = field(default_factory=DataHeld)
    registration: Registration = field(default_factory=Registration)
    note: str = ""
    retired_on: date | None = None
