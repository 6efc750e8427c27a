"""One transaction with everything that an operation may read and write in it."""

from __future__ import annotations

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from secops.contracts.forms import Forms
from secops.contracts.platforms import Inheritances
from secops.contracts.store import (
    Answers,
    Assessments,
    Chain,
    Documents,
    EvidenceRecords,
    Findings,
    Observations,
    Records,
    Scans,
    Settings,
)
from secops.contracts.world import Now
from secops.model.assessment import AgencyReport
from secops.model.asset import Component, DataCategory, Endpoint, Supply
from secops.model.key import Key
from secops.model.permit import Permit
from secops.model.platform_statement import StatementRecord
from secops.model.system import System
from secops.model.unit import Appointment, Contact, Person, Unit
from secops.model.waiver import Waiver
from secops.store import kinds, platforms
from secops.store.assessments import SqlAnswers, SqlAssessments
from secops.store.chain import SqlChain
from secops.store.documents import SqlDocuments
from secops.store.evidence import SqlEvidence
from secops.store.findings import SqlFindings
from secops.store.forms import SqlForms
from secops.store.records import SqlRecords
from secops.store.scans import SqlObservations, SqlScans
from secops.store.settings import SqlSettings


class SqlUnitOfWork:
    """Fits contracts.store.UnitOfWork."""

    def __init__(self, connection: Connection, now: Now) -> None:
        chain = SqlChain(connection, now)
        self.units: Records[Unit] = SqlRecords(connection, chain, kinds.UNITS)
        self.persons: Records[Person] = SqlRecords(connection, chain, kinds.PERSONS)
        self.contacts: Records[Contact] = SqlRecords(connection, chain, kinds.CONTACTS)
        self.appointments: Records[Appointment] = SqlRecords(connection, chain, kinds.APPOINTMENTS)
        self.systems: Records[System] = SqlRecords(connection, chain, kinds.SYSTEMS)
        self.components: Records[Component] = SqlRecords(connection, chain, kinds.COMPONENTS)
        self.endpoints: Records[Endpoint] = SqlRecords(connection, chain, kinds.ENDPOINTS)
        self.supplies: Records[Supply] = SqlRecords(connection, chain, kinds.SUPPLIES)
        self.data_categories: Records[DataCategory] = SqlRecords(
            connection, chain, kinds.DATA_CATEGORIES
        )
        self.permits: Records[Permit] = SqlRecords(connection, chain, kinds.PERMITS)
        self.agency_reports: Records[AgencyReport] = SqlRecords(
            connection, chain, kinds.AGENCY_REPORTS
        )
        self.waivers: Records[Waiver] = SqlRecords(connection, chain, kinds.WAIVERS)
        self.scans: Scans = SqlScans(connection, chain)
        self.observations: Observations = SqlObservations(connection, now)
        self.evidence: EvidenceRecords = SqlEvidence(connection, chain, now)
        self.findings: Findings = SqlFindings(connection, chain, now)
        self.assessments: Assessments = SqlAssessments(connection, chain)
        self.answers: Answers = SqlAnswers(connection, chain)
        self.documents: Documents = SqlDocuments(connection, chain)
        self.forms: Forms = SqlForms(connection, chain)
        self.keys: Records[Key] = SqlRecords(connection, chain, platforms.KEYS)
        self.statements: Records[StatementRecord] = SqlRecords(
            connection, chain, platforms.STATEMENTS
        )
        self.inheritances: Inheritances = platforms.SqlInheritances(connection, chain)
        self.chain: Chain = chain
        self._chain = chain
        self.settings: Settings = SqlSettings(connection, chain)
        self._connection = connection

    def commit(self) -> None:
        """Make the changes last; whoever writes next may be somebody else."""
        try:
            self._connection.commit()
        except DBAPIError:  # a deferred check failed: SQLite leaves the transaction open
            self._connection.connection.rollback()
            raise
        self._chain.forget_head()
