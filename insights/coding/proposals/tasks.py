from insights.coding.proposals import actions


def propose_codes():
    """Sweep: propose themes for texts new to the model in use. The model loads in the worker alone."""
    return not actions.propose_codes()
