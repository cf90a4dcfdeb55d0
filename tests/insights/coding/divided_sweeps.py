"""Divided sweeps, for each of their parts in turn, as a lone worker runs them."""

from consultation.handover import list_consultation_keys
from insights.coding.discovery import discovery_runs
from insights.coding.learning import actions


def run_discovery_sweep():
    return sum([discovery_runs.run_discovery_sweep(key) for key in list_consultation_keys()])


def fit_due_model():
    return sum([actions.fit_due_model(key) for key in actions.list_codebook_keys()])
