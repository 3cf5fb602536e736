"""Outcomes of a result in a word."""

from sim.store.read import Result

TAKEN = {"total over the run": "total", "at the end": "end", "of the whole run": "whole"}


def taken(result: Result, outcome: str) -> str:
    """When an outcome is taken, in a word; empty where its name says it."""
    _, meaning = result.units[outcome]
    return TAKEN.get(meaning.rpartition("; ")[2], "")
