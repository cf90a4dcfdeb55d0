from django.urls import path

from insights.coding.discovery import views

urlpatterns = [
    path("", views.show_discovery_overview, name="discovery"),
    path("of/<slug:slug>/", views.show_suggestions, name="discovery-of"),
    path("of/<slug:slug>/words/", views.edit_new_words, name="new-words"),
    path("of/<slug:slug>/words/decline/", views.decline_new_word, name="decline-new-word"),
    path("of/<slug:slug>/words/again/", views.propose_word_again, name="propose-word-again"),
    path("of/<slug:slug>/run/", views.save_discovery_request, name="run-discovery"),
    path("of/<slug:slug>/merge/", views.save_merge, name="merge-suggestions"),
    path("<int:pk>/", views.show_suggestion, name="suggestion"),
    path("<int:pk>/accept/", views.save_acceptance, name="accept-suggestion"),
    path("<int:pk>/join/", views.save_join, name="join-suggestion"),
    path("<int:pk>/split/", views.save_split_request, name="split-suggestion"),
    path("<int:pk>/dismiss/", views.save_dismissal, name="dismiss-suggestion"),
    path("<int:pk>/undo/", views.save_undo, name="undo-suggestion"),
]
