from django.urls import path

from consultation.reading import batch_views, desk_list_views, short_answer_views, views
from consultation.reading.audit_sample import views as audit_sample_views
from consultation.reading.model_retraining import views as screen_models
from consultation.reading.panel_words import views as panel_words_views
from consultation.reading.practice_desk import views as practice_views
from consultation.reading.seeded_answers import views as seeded_answers_views

app_name = "reading"
urlpatterns = [
    path("", views.show_desk, name="desk"),
    path("colleagues/", views.show_next_awaiting_colleague, name="colleagues"),
    path("short/", short_answer_views.show_short_answers, name="short"),
    path("awaiting-colleague/", desk_list_views.show_awaiting_colleague, name="awaiting-colleague"),
    path("done/", desk_list_views.show_decided, name="done"),
    path("waiting/", desk_list_views.show_waiting_counts, name="waiting"),
    path("languages/", desk_list_views.edit_own_languages, name="languages"),
    path("guide/", desk_list_views.show_guide, name="guide"),
    path("keys/", desk_list_views.toggle_single_keys, name="keys"),
    path("away/", desk_list_views.take_break, name="away"),
    path("pause/", desk_list_views.show_break, name="pause"),
    path("panel-words/", panel_words_views.show_panel_words, name="panel-words"),
    path("practice-desk/", practice_views.start_practice, name="practice"),
    path("practice-desk/<int:number>/", practice_views.show_practice_answer, name="practice-answer"),
    path("practice-desk/result/", practice_views.show_practice_result, name="practice-result"),
    path("seeded-answers/", seeded_answers_views.show_seeded_sets, name="seeded-answers"),
    path("seeded-answers/<uuid:pk>/", seeded_answers_views.show_seeded_set, name="seeded-set"),
    path("seeded-answers/<uuid:pk>/end/", seeded_answers_views.end_seeded_set, name="end-seeded-set"),
    path("audit-sample/", audit_sample_views.show_audit_months, name="audit-sample"),
    path("audit-sample/next/", audit_sample_views.lease_audit_answer, name="lease-audit-answer"),
    path("audit-sample/<uuid:pk>/", audit_sample_views.show_audit_answer, name="audit-answer"),
    path("screen/", screen_models.show_screens, name="screen-models"),
    path("<uuid:pk>/", views.show_answer, name="answer"),
    path("<uuid:pk>/like/", batch_views.show_similar_answers, name="group"),
    path("together/<uuid:together_id>/undo/", batch_views.undo_batch_decision, name="undo-together"),
    path("<uuid:pk>/undo/", desk_list_views.undo_answer_decision, name="undo"),
]
