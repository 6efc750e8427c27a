"""Components (what answers), endpoints (where), supplies (from whom), data categories (table 6).

A component or endpoint may belong to several systems: it is scanned once, seen for all of them.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import Enum, unique

from secops.model.ids import (
    ComponentId,
    DataCategoryId,
    EndpointId,
    PersonId,
    SupplyId,
    SystemId,
    UnitId,
)


@unique
class ComponentKind(Enum):
    """What an item of a checklist may be about; a closed list."""

    HOST = "host"
    OPERATING_SYSTEM = "operating_system"
    DATABASE = "database"
    NETWORK_DEVICE = "network_device"
    SECURITY_DEVICE = "security_device"
    MIDDLEWARE = "middleware"
    APPLICATION = "application"
    TERMINAL = "terminal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """组件: a host, operating system, database, device, middleware or application."""

    id: ComponentId
    no: int
    name: str
    kind: ComponentKind
    unit: UnitId
    systems: tuple[SystemId, ...] = ()
    product: str = ""
    version: str = ""
    cpe: str = ""
    retired_on: date | None = None


@unique
class EndpointKind(Enum):
    """How the place is named."""

    ADDRESS = "address"  # IPv4 or IPv6
    NAME = "name"  # a host name
    URL = "url"


@unique
class Side(Enum):
    """From where an endpoint can be reached."""

    INSIDE = "inside"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Endpoint:
    """端点: an address, name or URL; no port means the ports are to be found out."""

    id: EndpointId
    no: int
    kind: EndpointKind
    value: str
    port: int | None = None
    side: Side = Side.INSIDE
    systems: tuple[SystemId, ...] = ()
    components: tuple[ComponentId, ...] = ()
    retired_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """供应商: who supplies what to a system, until when."""

    id: SupplyId
    no: int
    system: SystemId
    supplier: UnitId
    service: str
    until: date | None = None


@unique
class DataLevel(Enum):
    """拟定数据级别, table 6 field 02."""

    GENERAL = "1"
    IMPORTANT = "2"


@unique
class PersonalData(Enum):
    """个人信息涉及情况, table 6 field 06; NONE excludes the others."""

    SENSITIVE = "1"
    MINORS = "2"
    GENERAL = "3"
    NONE = "4"


@unique
class DataSource(Enum):
    """数据来源, table 6 field 09."""

    COLLECTED = "1"
    PRODUCED = "2"
    ENTERED = "3"
    BOUGHT = "4"
    SHARED = "5"
    OTHER = "9"


@unique
class DataExchange(Enum):
    """与其他数据处理者的交互情况, table 6 field 11; NONE excludes the others."""

    PROVIDED = "1"
    ENTRUSTED = "2"
    JOINT = "3"
    NONE = "4"


@unique
class VolumeUnit(Enum):
    """Unit of a data volume on the form."""

    GB = "GB"
    TB = "TB"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataVolume:
    """数据总量 and 数据月增长量, table 6 fields 07 and 08."""

    size: Decimal | None = None
    size_unit: VolumeUnit | None = None
    ten_thousand_records: Decimal | None = None  # 万条
    monthly_growth: Decimal | None = None
    growth_unit: VolumeUnit | None = None


@unique
class StoreCloud(Enum):
    """数据存储位置 云类型, table 6 field 12."""

    PRIVATE = "1"
    PUBLIC = "2"
    HYBRID = "3"
    GOVERNMENT = "4"
    NO_CLOUD = "5"


@unique
class StoreRoom(Enum):
    """数据存储位置 机房类型."""

    OWN = "1"
    OTHER_UNIT = "2"
    COLOCATION = "3"


@unique
class StoreRegion(Enum):
    """数据存储位置 地域."""

    INSIDE_CHINA = "1"
    OUTSIDE_CHINA = "2"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFlow:
    """数据来源, 流转 and 交互: table 6 fields 09 to 11."""

    sources: tuple[DataSource, ...] = ()
    source_units: tuple[str, ...] = ()
    target_units: tuple[str, ...] = ()
    exchanges: tuple[DataExchange, ...] = ()
    receiver: str = ""
    entrusted_party: str = ""
    joint_party: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataStorage:
    """数据存储位置, table 6 field 12."""

    cloud: StoreCloud | None = None
    cloud_name: str = ""
    room: StoreRoom | None = None
    room_name: str = ""
    region: StoreRegion | None = None
    region_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCategory:
    """One sheet of table 6: the smallest data category, not a single data item."""

    id: DataCategoryId
    no: int
    system: SystemId
    name: str
    level: DataLevel | None = None
    category: str = ""
    department: str = ""
    person: PersonId | None = None
    personal_data: tuple[PersonalData, ...] = ()
    volume: DataVolume = field(default_factory=DataVolume)
    flow: DataFlow = field(default_factory=DataFlow)
    storage: DataStorage = field(default_factory=DataStorage)
