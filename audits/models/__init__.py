from audits.models.audit import TRANSITIONS, Answer, Audit, AuditEvent, Result, Status, Verdict
from audits.models.figures import AreaFigures, StaleMark
from audits.models.standard import Edition, Requirement, Standard
from audits.models.violation import Violation

__all__ = [
    "TRANSITIONS",
    "Answer",
    "AreaFigures",
    "Audit",
    "AuditEvent",
    "Edition",
    "Requirement",
    "Result",
    "StaleMark",
    "Standard",
    "Status",
    "Verdict",
    "Violation",
]
