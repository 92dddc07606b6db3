from django.urls import path

from hue.listening.views import desk, sources, summaries, watches

app_name = "listening"
urlpatterns = [
    path("", desk.desk, name="desk"),
    path("claims/<slug:role>/<str:claim>/", desk.claim, name="claim"),
    path("remarks/<int:pk>/teach/", desk.teach, name="teach"),
    path("remarks/<int:pk>/mark/", desk.mark, name="mark"),
    path("remarks/<int:pk>/open/", desk.open_sealed, name="open"),
    path("dangers/<int:pk>/hand-off/", desk.hand_off, name="hand_off"),
    path("watches/", watches.index, name="watches"),
    path("watches/new/", watches.new, name="new_watch"),
    path("watches/<int:pk>/", watches.watch, name="watch"),
    path("watches/<int:pk>/approve/", watches.approve, name="approve"),
    path("watches/<int:pk>/refuse/", watches.refuse, name="refuse"),
    path("watches/<int:pk>/end/", watches.end, name="end"),
    path("watches/<int:pk>/review/", watches.review, name="review"),
    path("watches/<int:pk>/declare/", watches.declare, name="declare"),
    path("watches/<int:pk>/stand-down/", watches.stand_down, name="stand_down"),
    path("sources/", sources.index, name="sources"),
    path("sources/new/", sources.new, name="new_source"),
    path("sources/<int:pk>/", sources.source, name="source"),
    path("sources/<int:pk>/terms/", sources.terms, name="terms"),
    path("sources/<int:pk>/<slug:state>/", sources.switch, name="switch"),
    path("impact/", watches.impact, name="impact"),
    path("files/", sources.files, name="files"),
    path("summaries/", summaries.index, name="summaries"),
    path("summaries/<int:pk>/", summaries.summary, name="summary"),
    path("summaries/<int:pk>/paper.pdf", summaries.paper, name="paper"),
    path("watches/<int:pk>/report/", summaries.report, name="report"),
]
