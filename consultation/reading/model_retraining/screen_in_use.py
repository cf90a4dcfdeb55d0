"""The screen that a worker uses: the one that a person took into use, or else the repository's."""

import io
import logging

from consultation.reading.model_retraining.models import ScreenModel

logger = logging.getLogger(__name__)


def refresh_screen() -> None:
    """Called before each batch: one small query; the artefact is loaded only after a change. If it cannot be loaded,
    the repository's screen is used, so that reading goes on."""
    from consultation.reading.screening import learned_score

    digest = ScreenModel.objects.filter(in_use=True).values_list("digest", flat=True).first()
    if digest == learned_score.in_use_digest():
        return
    if digest is None:
        learned_score.use_score(None)
        return
    try:
        artefact = bytes(ScreenModel.objects.filter(in_use=True).values_list("artefact", flat=True)[0])
        if learned_score.artefact_digest(artefact) != digest:
            raise ValueError("digest")
        learned_score.use_score(learned_score.load_score(io.BytesIO(artefact)), digest)
    except (ValueError, KeyError, OSError, IndexError) as error:
        logger.error("the fitted screen cannot be read: %s", type(error).__name__)
        learned_score.use_score(None, digest)
