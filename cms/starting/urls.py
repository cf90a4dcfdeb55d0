from django.urls import path

from cms.starting import bank_views, views

app_name = "start"
urlpatterns = [
    path("", views.start, name="start"),
    path("template/<slug:name>/", views.from_template, name="template"),
    path("past/<int:pk>/", views.from_past, name="past"),
    path("blank/", views.blank, name="blank"),
    path("questions/", bank_views.question_bank, name="bank"),
    path("questions/put/", bank_views.put, name="put"),
    path("<int:pk>/", views.the_guide, name="guide"),
    path("<int:pk>/steps/", views.steps_now, name="steps"),
    path("<int:pk>/guide/", views.hide, name="hide"),
    path("<int:pk>/undo/", bank_views.undo, name="undo"),
]
