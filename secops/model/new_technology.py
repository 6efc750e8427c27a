"""新技术新应用场景信息: table 4 of the 2025 filing form; five blocks, each opened by yes or no."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, unique

from secops.model.common import SecurityLevel


@unique
class CloudRole(Enum):
    """责任主体类型; a private cloud of one's own ticks both."""

    PROVIDER = "provider"
    CUSTOMER = "customer"


@unique
class ServiceModel(Enum):
    """云计算服务模式."""

    IAAS = "iaas"
    PAAS = "paas"
    SAAS = "saas"
    OTHER = "other"


@unique
class DeployModel(Enum):
    """云计算部署模式."""

    PRIVATE = "private"
    PUBLIC = "public"
    HYBRID = "hybrid"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformUsed:
    """The platform of somebody else that carries ours; its level is never below ours."""

    provider: str = ""
    name: str = ""
    level: SecurityLevel | None = None
    filing_number: str = ""
    certificate_held: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cloud:
    """云计算应用场景."""

    used: bool | None = None
    roles: tuple[CloudRole, ...] = ()
    service_models: tuple[ServiceModel, ...] = ()
    deploy_models: tuple[DeployModel, ...] = ()
    customers: int | None = None
    infrastructure_place: str = ""
    operations_place: str = ""
    customer_operations_place: str = ""
    platform: PlatformUsed = field(default_factory=PlatformUsed)


@unique
class Wireless(Enum):
    """无线通道."""

    PUBLIC_WIFI = "public_wifi"
    PRIVATE_WIFI = "private_wifi"
    MOBILE_NETWORK = "mobile_network"


@unique
class TerminalKind(Enum):
    """移动终端."""

    GENERAL = "general"
    DEDICATED = "dedicated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mobile:
    """移动互联应用场景."""

    used: bool | None = None
    app_names: tuple[str, ...] = ()
    wireless: tuple[Wireless, ...] = ()
    terminals: tuple[TerminalKind, ...] = ()


@unique
class Perception(Enum):
    """系统感知层."""

    NODE = "node"
    GATEWAY = "gateway"
    RFID_TAG = "rfid_tag"
    RFID_READER = "rfid_reader"
    OTHER = "other"


@unique
class Transport(Enum):
    """系统网络传输层."""

    INTERNET = "internet"
    PRIVATE_NETWORK = "private_network"
    MOBILE_NETWORK = "mobile_network"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class InternetOfThings:
    """物联网应用场景."""

    used: bool | None = None
    perception: tuple[Perception, ...] = ()
    transport: tuple[Transport, ...] = ()


@unique
class ControlLayer(Enum):
    """系统功能层次."""

    PRODUCTION_MANAGEMENT = "production_management"
    PROCESS_MONITORING = "process_monitoring"
    FIELD_CONTROL = "field_control"
    FIELD_DEVICE = "field_device"


@unique
class ControlPart(Enum):
    """工业控制系统组成."""

    SCADA = "scada"
    DCS = "dcs"
    PLC = "plc"
    RTU = "rtu"
    MTU = "mtu"
    SUPERVISORY_COMPUTER = "supervisory_computer"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndustrialControl:
    """工业控制系统应用场景."""

    used: bool | None = None
    layers: tuple[ControlLayer, ...] = ()
    parts: tuple[ControlPart, ...] = ()


@unique
class BigDataPart(Enum):
    """大数据系统组成."""

    PLATFORM = "platform"
    APPLICATION = "application"
    RESOURCE = "resource"


@dataclass(frozen=True, slots=True, kw_only=True)
class BigData:
    """大数据应用场景."""

    used: bool | None = None
    parts: tuple[BigDataPart, ...] = ()
    cross_border: bool | None = None
    applications: int | None = None
    infrastructure_place: str = ""
    operations_place: str = ""
    platform: PlatformUsed = field(default_factory=PlatformUsed)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewTechnology:
    """The five blocks of table 4."""

    cloud: Cloud = field(default_factory=Cloud)
    mobile: Mobile = field(default_factory=Mobile)
    internet_of_things: InternetOfThings = field(default_factory=InternetOfThings)
    industrial_control: IndustrialControl = field(default_factory=IndustrialControl)
    big_data: BigData = field(default_factory=BigData)
