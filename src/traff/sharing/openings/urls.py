"""All under one path, so that a proxy leaves them out of its log with one line (docs/trust/operators.md)."""

from django.urls import path

from traff.sharing.openings.door import door
from traff.sharing.openings.views import answering, asking, offering, own, reading

urlpatterns = [
    path("openings/", door(reading.openings), name="openings"),
    path("openings/new/", door(offering.new), name="opening_new"),
    path("openings/mine/", door(own.mine), name="openings_mine"),
    path("openings/mine/wishes/<int:wish_id>/end/", door(own.end_wish), name="wish_end"),
    path("openings/asked/", door(asking.asked), name="asked"),
    path("openings/asked/more/", door(asking.go_on), name="asked_more"),
    path("openings/asked/end/", door(asking.end), name="asked_end"),
    path("openings/asked/stepping-forward/", door(asking.step_forward), name="asked_step_forward"),
    path("openings/handed-over/", door(answering.handed_over), name="asks_handed_over"),
    path("openings/asks/<uuid:ask_id>/answer/", door(answering.answer), name="ask_answer"),
    path("openings/asks/<uuid:ask_id>/end/", door(answering.close), name="ask_close"),
    path("openings/asks/<uuid:ask_id>/handing-over/", door(answering.hand_over), name="ask_hand_over"),
    path("openings/<int:opening_id>/", door(reading.opening), name="opening"),
    path("openings/<int:opening_id>/edit/", door(offering.edit), name="opening_edit"),
    path("openings/<int:opening_id>/closing/", door(offering.close), name="opening_close"),
    path("openings/<int:opening_id>/withdrawal/", door(offering.withdraw), name="opening_withdraw"),
    path("openings/<int:opening_id>/saving/", door(own.save), name="opening_save"),
    path("openings/<int:opening_id>/saving/end/", door(own.unsave), name="opening_unsave"),
    path("openings/<int:opening_id>/putting-away/", door(own.put_away), name="opening_put_away"),
    path("openings/<int:opening_id>/question/", door(asking.ask), name="opening_ask"),
]
