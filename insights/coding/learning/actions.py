"""Models: the fitting sweep, putting a model in use, and erasing what was learned from deleted texts."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from consultation.access import require_permission
from consultation.audit.audit_log import record_event
from insights.coding.codebook_in_force import CODEBOOK_LANGUAGE
from insights.coding.learning import model_fitting, policies
from insights.coding.learning.model_fitting import ENGINE, FittedModel
from insights.coding.learning.models import STORED, LearnedModel, ModelMove, ModelState
from insights.coding.models import Code, Codebook, CodebookVersion, CodeSource, MachineReading
from insights.corpus.models import Text

MOST_STORED = 10  # earlier models kept with their artefact


def list_codebook_keys() -> list[str]:
    return [str(pk) for pk in Codebook.objects.order_by("pk").values_list("pk", flat=True)]


def fit_due_model(codebook_key: str) -> int:
    """Sweep: fit the model of the codebook with this id, where it needs one. Returns how many."""
    codebook = Codebook.objects.filter(pk=codebook_key).first()
    version = codebook.current if codebook else None
    if codebook is None or version is None or not (why := why_model_is_due(codebook, version)):
        return 0
    fitted = model_fitting.fit_model(version)  # without a lock, so that people can go on coding
    return int(_save_model(version, fitted, why, answers=True) is not None)


def why_model_is_due(codebook: Codebook, version: CodebookVersion) -> str:
    fitted = codebook.learned.fitted().without_artefact()
    newest = fitted.filter(version=version, engine=ENGINE).newest_first().first()
    return policies.why_fit_model(
        asked=codebook.learned.waiting().exists(),
        marked=codebook.learned.filter(state=ModelState.REFIT).exists(),
        fits=newest is not None or not fitted.exists(),
        seen=newest.texts if newest else 0,
        confirmed=model_fitting.coded_statuses(version).count(),
    )


def get_model_in_use(version: CodebookVersion) -> LearnedModel:
    """The model in use for this version; without one, fit a model from the codebook alone."""
    model = _usable_model(version)
    if model is None:
        why = "The codebook alone: nothing was learned from people yet."
        _save_model(version, model_fitting.fit_model(version, with_codes=False), why)
        model = _usable_model(version)
    assert model is not None  # noqa: S101 - ours, or one of another worker
    return model


def _usable_model(version: CodebookVersion) -> LearnedModel | None:
    return version.learned.in_use().filter(engine=ENGINE).first()


@transaction.atomic
def _save_model(
    version: CodebookVersion, fitted: FittedModel, why: str, *, answers: bool = False
) -> LearnedModel | None:
    """Save a fitted model; None where one of its texts was deleted meanwhile, or another worker saved the same model.

    `answers`: the model learned from people's codes and so fulfils an open request for a model.
    """
    codebook = Codebook.objects.select_for_update().get(pk=version.codebook_id)
    asked = codebook.learned.waiting().first() if answers else None
    # The learned texts that still exist, locked against withdrawal until the model is saved.
    texts = Text.objects.filter(pk__in=fitted.texts).order_by("pk").select_for_update(no_key=True)
    gone = len(texts.values_list("pk", flat=True)) != len(fitted.texts)
    same = codebook.learned.filter(version=version, digest=fitted.digest, state=ModelState.LIVE)
    if gone or (same.exists() and asked is None):
        return None
    model = asked or LearnedModel(codebook=codebook)
    model.version, model.engine, model.digest = version, ENGINE, fitted.digest
    model.artefact, model.texts, model.figures = fitted.artefact, len(fitted.texts), fitted.figures
    model.why, model.made_on = why, timezone.localdate()
    _put_new_model_in_place(model, codebook.learned.in_use().first())
    model.learned_from.set(fitted.texts)
    if model.in_use:
        _save_held_out_proposals(model, fitted)
    for old in codebook.learned.filter(state__in=STORED).without_artefact().newest_first()[MOST_STORED:]:
        old.erase()
    record_event("model fitted", obj=model, texts=round(model.texts, -1), digest=model.digest)
    return model


def _save_held_out_proposals(model: LearnedModel, fitted: FittedModel) -> None:
    """Coded texts get the proposals of this model's own cross-validation, so that they show how often it is right where
    nobody has coded yet. Texts in other languages keep theirs: the machine reads them in another way."""
    texts = Text.objects.filter(pk__in=list(fitted.held_out), language=CODEBOOK_LANGUAGE).values_list("pk", flat=True)
    themes = dict(model.version.entries.values_list("theme__slug", "theme_id"))
    Code.objects.filter(text__in=texts, source=CodeSource.MODEL).delete()
    MachineReading.objects.filter(text__in=texts).update(version=model.version, engine=model.mark)
    Code.objects.bulk_create(
        Code(
            text_id=text,
            theme_id=themes[proposal.theme],
            version=model.version,
            source=CodeSource.MODEL,
            confidence=proposal.confidence,
            engine=model.mark,
        )
        for text in texts
        for proposal in fitted.held_out[text]
    )


def _put_new_model_in_place(model: LearnedModel, old: LearnedModel | None) -> None:
    """Put the new model in use, unless a person chose the current one and it can still be used."""
    usable = old is not None and old.version_id == model.version_id and old.engine == ENGINE
    if old is not None and usable and not policies.may_take_over(chosen=old.chosen, why=model.why):
        model.state = ModelState.KEPT
        model.save()
        return
    if old is not None and old.state == ModelState.REFIT:
        old.erase()
    elif old is not None:
        old.state, old.chosen = ModelState.KEPT, False
        old.save(update_fields=["state", "chosen"])
    model.state = ModelState.LIVE
    model.save()


@transaction.atomic
def ask_for_model(*, codebook: Codebook, by: Any) -> LearnedModel:
    """Ask for a new model, which a worker fits. An open request is returned instead of a second one."""
    require_permission(by, "insights.propose_codebook")
    if codebook.current is None:
        raise ValidationError("This codebook has no approved version yet.")
    Codebook.objects.select_for_update().get(pk=codebook.pk)
    waiting = codebook.learned.waiting().first()
    if waiting:
        return waiting
    model = LearnedModel.objects.create(
        codebook=codebook, version=codebook.current, state=ModelState.WAITING, asked_by=by, why=policies.ASKED
    )
    record_event("model asked for", by=by, obj=model)
    return model


def why_not_use(model: LearnedModel) -> str:
    current = model.codebook.current
    return policies.why_not_use(
        in_use=model.in_use,
        erased=model.state not in STORED,
        same_version=current is not None and model.version_id == current.pk,
        same_engine=model.engine == ENGINE,
    )


@transaction.atomic
def put_model_in_use(*, model: LearnedModel, by: Any, reason: str) -> LearnedModel:
    """Put a stored model in use. It stays until a person chooses another, or until its texts are withdrawn."""
    require_permission(by, "insights.approve_codebook")
    if not reason.strip():
        raise ValidationError("Say why.")
    codebook = Codebook.objects.select_for_update().get(pk=model.codebook_id)
    model = LearnedModel.objects.get(pk=model.pk)
    refused = why_not_use(model)
    if refused:
        raise ValidationError(refused)
    old = codebook.learned.in_use().first()
    if old is not None:
        _take_out_of_use(old, for_an_earlier_one=old.pk > model.pk)
    model.state, model.chosen = ModelState.LIVE, True
    model.save(update_fields=["state", "chosen"])
    ModelMove.objects.create(model=model, instead_of=old, by=by, reason=reason.strip(), day=timezone.localdate())
    record_event("model put in use", by=by, obj=model, instead_of=old.pk if old else None)
    return model


def _take_out_of_use(old: LearnedModel, *, for_an_earlier_one: bool) -> None:
    if old.state == ModelState.REFIT:
        old.erase()
        return
    old.state, old.chosen = (ModelState.ROLLED_BACK if for_an_earlier_one else ModelState.KEPT), False
    old.save(update_fields=["state", "chosen"])


def forget_learned_text(text: Text) -> None:
    """Before a text is deleted: mark the model in use for refitting, and erase other models that learned from the
    text.

    Runs inside the transaction of the withdrawal or of retention.
    """
    for model in LearnedModel.objects.without_artefact().filter(learned_from=text):
        if model.in_use:
            model.state = ModelState.REFIT
            model.save(update_fields=["state"])
        else:
            model.erase()
