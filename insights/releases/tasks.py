"""Sweeps of the releases; cms.operations.scheduler.sweep_schedule sets their intervals."""


def run_release_orders():
    """Runs ordered previews and releases, and arranges the quotes of drafts."""
    # numpy, the solver and the encoders load with them.
    from insights.releases.chosen_quotes.arrangement import arrange_waiting_quotes
    from insights.releases.release_builder.release_worker import run_waiting_orders

    done = run_waiting_orders()
    arrange_waiting_quotes()
    return done
