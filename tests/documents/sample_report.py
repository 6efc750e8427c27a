"""A made-up system with all 211 items of level 3 answered in every way there is."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from secops.files.checklists import load_checklist
from secops.files.regulation import load_bands
from secops.model.actor import Actor, Means
from secops.model.answer import Answer, OfComponent, OfSystem, Value, Verdict
from secops.model.assessment import Assessment, AssessmentKind, Conclusion, Frozen
from secops.model.checklist import GENERAL, Item
from secops.model.common import NotApplicable, SecurityLevel
from secops.model.evidence import EvidenceKind, EvidenceRecord, digest_of
from secops.model.grades import Grades
from secops.model.history import Head
from secops.model.ids import (
    AnswerId,
    AssessmentId,
    ComponentId,
    Digest,
    EvidenceId,
    FindingId,
    PersonId,
    SystemId,
    UnitId,
)
from secops.model.judgement import Finding, Risk, Score, Source, SourceKind
from secops.model.report import DEFAULT_DAYS, Deadlines, ReportFacts, SystemFacts
from secops.model.score import Concluded, Scored, ScoredItem
from secops.model.system import (
    Filing,
    FilingState,
    Grading,
    LifecycleStage,
    Ownership,
    Responsibility,
    System,
    SystemKind,
)

BANDS = load_bands(Path(__file__).parents[2] / "checklists" / "regulation" / "conclusion-2025.yaml")
CHECKLIST = Path(__file__).parents[2] / "checklists" / "gbt22239-2019"
AS_OF = date(2026, 11, 24)
AT = datetime(2026, 11, 20, 1, 30, tzinfo=UTC)
NAMES = {
    "unit-1": "江临市教育考试与数据中心",
    "unit-2": "江临市云麓软件服务部",
    "unit-3": "江临市教育局",
    "person-1": "陈望舒",
    "person-2": "王㛃",
    "person-3": "欧阳照临",
    "component-1": "门户前置服务器",
    "component-2": "招生数据库",
}
ACTOR = Actor(account="officer", person=PersonId("person-1"))
_STATEMENTS = (
    (
        "服务器同时接受 TLSv1.0 与 TLSv1.1 握手，未强制使用 TLSv1.2 及以上版本",
        Risk.MEDIUM,
        "component-1",
    ),
    ("Redis 6379 端口无需口令即可读取数据", Risk.HIGH, "component-2"),
    ("响应头暴露产品版本 nginx/1.18.0", Risk.LOW, "component-1"),
    (
        "登录表单经 http 明文提交口令，提交地址 http://zs.jianglin.example/login?next=%2Fadmin%2Findex",
        Risk.HIGH,
        "",
    ),
    ("证书将于 9 天后到期，且签名算法为 sha1", Risk.MEDIUM, "component-1"),
)
_NOTES = (
    "已抽查制度文件与近三个月记录。",
    "访谈管理员并查看配置截图，配置与制度一致。",
    "",
    "由运维单位提供巡检单，编号见佐证材料。",
)


def items() -> tuple[Item, ...]:
    """Read the general items of level 3 as the checklist folder has them."""
    return tuple(
        replace(item, at=(at,), concerns=())
        for item in load_checklist(CHECKLIST).items
        for at in item.at
        if at.level is SecurityLevel.THREE and item.part.code == GENERAL
    )


def system(no: int = 1, name: str = "江临市普通高中招生管理系统") -> System:
    """Give a system with all that the inventory knows."""
    return System(
        id=SystemId(f"system-{no}"),
        no=no,
        name=name,
        kind=SystemKind.INFORMATION_SYSTEM,
        stage=LifecycleStage.RUNNING,
        ownership=Ownership(
            operating_unit=UnitId("unit-1"),
            supervises=Responsibility(
                unit=UnitId("unit-3"), person=PersonId("person-3"), post="基础教育科科长"
            ),
            maintains=Responsibility(
                unit=UnitId("unit-2"), person=PersonId("person-2"), post="运维负责人"
            ),
            uses=Responsibility(
                unit=UnitId("unit-1"), person=PersonId("person-1"), post="招生业务主管"
            ),
        ),
        grading=Grading(business_information=SecurityLevel.THREE, system_service=SecurityLevel.TWO),
        filing=Filing(state=FilingState.CERTIFIED, number="99009900001-26001"),
    )


def _value(n: int) -> Value | None:
    if n % 17 == 5:
        return None
    if n % 23 == 7:
        return NotApplicable("本系统部署在市政务云，机房由云平台管理，见平台声明。")
    if n % 13 == 3:
        return Verdict.PARTIALLY_COMPLIANT
    if n % 19 == 4:
        return Verdict.NON_COMPLIANT
    return Verdict.COMPLIANT


def evidence(n: int) -> Digest:
    """Give a digest that looks like one."""
    return digest_of(f"evidence {n}".encode())


def _answers(n: int, item: Item, value: Value | None, about: str) -> tuple[Answer, ...]:
    if value is None:
        return ()
    fails = isinstance(value, Verdict) and value < Verdict.COMPLIANT
    note = "现场核查与配置不一致，需补充完善并留存记录。" if fails else _NOTES[n % 4]
    subject = (
        OfComponent(SystemId("system-1"), ComponentId(about))
        if about
        else OfSystem(SystemId("system-1"))
    )
    return (
        Answer(
            id=AnswerId(f"answer-{n}"),
            assessment=AssessmentId("assessment-1"),
            subject=subject,
            item=item.id,
            revision=1,
            value=value,
            answered_by=PersonId("person-1" if n % 3 else "person-3"),
            recorded_by=Actor(
                account="officer",
                person=PersonId("person-1"),
                means=Means.DECLARED if n % 5 else Means.SIGNED,
            ),
            recorded_at=AT + timedelta(hours=n),
            note=note,
            evidence=(evidence(n),) if fails or n % 6 == 0 else (),
        ),
    )


def _findings(scored: tuple[ScoredItem, ...]) -> tuple[Finding, ...]:
    failing = [
        one for one in scored if isinstance(one.value, Verdict) and one.value < Verdict.COMPLIANT
    ]
    found = []
    for n, (item, (statement, risk, about)) in enumerate(
        zip(failing, _STATEMENTS, strict=False), 1
    ):
        subject = (
            OfComponent(SystemId("system-1"), ComponentId(about))
            if about
            else OfSystem(SystemId("system-1"))
        )
        found.append(
            Finding(
                id=FindingId(f"finding-{n}"),
                no=n,
                source=Source(SourceKind.SCAN, f"attempt-{n}"),
                subject=subject,
                item=item.item.id,
                fingerprint=f"rule-{n}",
                risk=risk,
                statement=statement,
                evidence=evidence(1000 + n),
                first_seen=AT,
                last_seen=AT,
                measure="关闭 TLSv1.0、TLSv1.1，仅保留 TLSv1.2 及以上版本，重启后复测。"
                if n != 2
                else "为服务设置口令，只监听内部地址，并在边界限制访问来源。",
            )
        )
    good = next(one for one in scored if one.value is Verdict.COMPLIANT)
    nobody = Finding(
        id=FindingId("finding-99"),
        no=99,
        source=Source(SourceKind.SCAN, "attempt-99"),
        subject=OfSystem(SystemId("system-1")),
        item=good.item.id,
        fingerprint="nobody-stands-behind-it",
        risk=Risk.HIGH,
        statement="这一条没有人确认，不得印出",
        evidence=None,
        first_seen=AT,
        last_seen=AT,
    )
    return (*found, nobody)


def scored(most: int | None = None) -> Scored:
    """Give an assessment of all items, or of the first ones."""
    scored_items = []
    for n, item in enumerate(items()[:most]):
        value = _value(n)
        scored_items.append(
            ScoredItem(item=item, at=item.at[0], value=value, answers=_answers(n, item, value, ""))
        )
    counts = Counter(
        one.value.value if isinstance(one.value, Verdict) else str(type(one.value).__name__)
        for one in scored_items
    )
    score = Score(
        compliant=counts["compliant"],
        partially_compliant=counts["partially_compliant"],
        non_compliant=counts["non_compliant"],
        not_applicable=counts["NotApplicable"],
        unanswered=counts["NoneType"],
    )
    return Scored(
        assessment=Assessment(
            id=AssessmentId("assessment-1"),
            no=1,
            subject=OfSystem(SystemId("system-1")),
            kind=AssessmentKind.SELF,
            pack="gb22239",
            grades=Grades(
                business_information=SecurityLevel.THREE, system_service=SecurityLevel.TWO
            ),
            item_set=digest_of(b"item set"),
            revision=2,
            started_at=AT,
            started_by=ACTOR,
            cycle="2026",
            frozen=Frozen(
                at=AT, by=PersonId("person-1"), state=digest_of(b"state"), rules=digest_of(b"rules")
            ),
        ),
        items=tuple(scored_items),
        score=score,
        concluded=Concluded(
            conclusion=Conclusion.BASICALLY_COMPLIANT,
            rate=score.rate,
            on_border=False,
            hazards=None,
        ),
        bands=BANDS,
    )


def _records(assessed: Scored) -> tuple[EvidenceRecord, ...]:
    digests = [evidence(1000 + n) for n in range(1, 6)]
    digests += [
        digest for one in assessed.items for answer in one.answers for digest in answer.evidence
    ]
    return tuple(
        EvidenceRecord(
            id=EvidenceId(f"evidence-{n}"),
            no=n,
            digest=digest,
            size=2048,
            media="application/octet-stream",
            kind=EvidenceKind.COLLECTED if n <= 5 else EvidenceKind.SUPPLIED,
            taken_at=AT + timedelta(minutes=n),
            by=ACTOR,
            subject="192.0.2.10:443" if n <= 5 else "招生系统巡检记录",
            title="zs.jianglin.example:443" if n <= 5 else f"招生系统巡检记录（{n}）.pdf",
        )
        for n, digest in enumerate(dict.fromkeys(digests), 1)
    )


def facts_of(
    no: int = 1, name: str = "江临市普通高中招生管理系统", most: int | None = None
) -> SystemFacts:
    """One assessed system."""
    assessed = scored(most)
    findings = _findings(assessed.items)
    return SystemFacts(
        system=system(no, name),
        scored=assessed,
        findings=findings,
        evidence=_records(assessed),
        tools={evidence(1000 + n): "tls 0.1 (OpenSSL 3.0.17)" for n in range(1, 6)},
    )


def sample_facts(*, sample: bool = True, most: int | None = None) -> ReportFacts:
    """Give a report about one system."""
    return ReportFacts(
        subject="江临市普通高中招生管理系统",
        unit="江临市教育考试与数据中心",
        whole_unit=False,
        systems=(facts_of(most=most),),
        names=NAMES,
        deadlines=Deadlines(days=DEFAULT_DAYS, by_default=frozenset(Risk) - {Risk.HIGH}),
        as_of=AS_OF,
        sample=sample,
        head=Head(seq=4711, hash="9f" * 32, at=AT),
        program="secops 0.1.0",
        rules=str(digest_of(b"rules")),
        thresholds=(("tls.certificate.days-left", "30"),),
        checks={one.id: one.check for one in items() if one.check},
    )


def unit_facts() -> ReportFacts:
    """Give a report about a unit with three systems, one of them not assessed yet."""
    one = sample_facts(most=60)
    later = SystemFacts(
        system=system(3, "江临教育门户网站"), scored=None, findings=(), evidence=(), tools={}
    )
    return ReportFacts(
        subject=one.unit,
        unit=one.unit,
        whole_unit=True,
        systems=(*one.systems, facts_of(2, "江临市学籍档案查询系统", most=40), later),
        names=one.names,
        deadlines=one.deadlines,
        as_of=one.as_of,
        sample=one.sample,
        head=one.head,
        program=one.program,
        rules=one.rules,
        thresholds=one.thresholds,
        checks=one.checks,
    )
