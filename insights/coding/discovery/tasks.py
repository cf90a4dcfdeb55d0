def run_discovery(consultation):
    """Sweep of one consultation, by id: place new texts in suggestions, then carry out discovery runs. The encoder loads
    in the worker alone."""
    # numpy and the encoder load with it.
    from insights.coding.discovery.discovery_runs import run_discovery_sweep

    return run_discovery_sweep(consultation)
