from django.urls import path

from insights.search import views

urlpatterns = [
    path("search/", views.words, name="search"),
    path("search/answers/", views.answers, name="search-answers"),
    path("search/answers/<uuid:pk>/like/", views.like_answer, name="like-answer"),
    path("search/words/<int:pk>/like/", views.like_words, name="like-words"),
]
