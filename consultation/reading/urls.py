from django.urls import path

from consultation.reading import group_views, list_views, practice_views, short_views, views
from consultation.reading.retraining import views as screen_models
from consultation.reading.second_look import views as second_look

app_name = "reading"
urlpatterns = [
    path("", views.desk, name="desk"),
    path("colleagues/", views.colleagues, name="colleagues"),
    path("short/", short_views.few, name="short"),
    path("held/", list_views.held, name="held"),
    path("done/", list_views.done, name="done"),
    path("waiting/", list_views.waiting, name="waiting"),
    path("guide/", list_views.guide, name="guide"),
    path("keys/", list_views.keys, name="keys"),
    path("away/", list_views.away, name="away"),
    path("pause/", list_views.pause, name="pause"),
    path("practice/", practice_views.sets, name="practice"),
    path("practice/<uuid:pk>/", practice_views.one_set, name="practice-set"),
    path("practice/<uuid:pk>/end/", practice_views.end, name="practice-end"),
    path("second-look/", second_look.months, name="second-look"),
    path("second-look/next/", second_look.start, name="second-look-start"),
    path("second-look/<uuid:pk>/", second_look.answer, name="second-look-answer"),
    path("screen/", screen_models.screens, name="screen-models"),
    path("<uuid:pk>/", views.answer, name="answer"),
    path("<uuid:pk>/like/", group_views.group, name="group"),
    path("together/<uuid:together_id>/undo/", group_views.undo, name="undo-together"),
    path("<uuid:pk>/undo/", list_views.undo, name="undo"),
]
