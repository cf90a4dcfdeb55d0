from django.urls import path

from insights.search import views

urlpatterns = [
    path("search/", views.show_quote_search, name="search"),
    path("search/answers/", views.show_answer_search, name="search-answers"),
    path("search/answers/<uuid:pk>/like/", views.show_similar_answers, name="like-answer"),
    path("search/words/<int:pk>/like/", views.show_similar_quotes, name="like-words"),
]
