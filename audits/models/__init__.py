from audits.models.audit import TRANSITIONS, Answer, Audit, AuditEvent, Result, Status, Verdict
from audits.models.figures import AreaFigures, SchoolFacts, StaleMark
from audits.models.precheck import Expectation
from audits.models.standard import Building, Edition, Requirement, Standard
from audits.models.violation import Violation

__all__ = [
    "TRANSITIONS",
    "Answer",
    "AreaFigures",
    "Audit",
    "AuditEvent",
    "Building",
    "Edition",
    "Expectation",
    "Requirement",
    "Result",
    "SchoolFacts",
    "StaleMark",
    "Standard",
    "Status",
    "Verdict",
    "Violation",
]
