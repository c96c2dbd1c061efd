"""Reforms of areas: a plan says what goes where, one act carries it out."""

from schools.reform.act import Takeover, reform, weigh
from schools.reform.plan import Part, Plan, read_plan

__all__ = ["Part", "Plan", "Takeover", "read_plan", "reform", "weigh"]
