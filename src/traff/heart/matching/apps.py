from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MatchingConfig(AppConfig):
    name = "traff.heart.matching"
    verbose_name = _("Matching")

    def ready(self) -> None:
        from traff.community.people.first_steps import Step, put_in
        from traff.ground.accounts import own_data
        from traff.ground.activity import news
        from traff.ground.activity.bulk import IMPORTED
        from traff.ground.activity.listeners import listen, listen_to_batches
        from traff.ground.core import digest as weekly_mail
        from traff.ground.core import slots
        from traff.heart.matching import asked, digest, fillings, taking, tasks
        from traff.heart.matching import news as own

        listen("post.published", tasks.post_published)
        listen("post.edited", tasks.post_edited)
        listen("reply.written", tasks.reply_written)
        listen("group.closed", tasks.group_closed)
        listen_to_batches(IMPORTED, tasks.rebuild_ties)
        listen("profile.told", tasks.profile_told)
        news.register("listening.heard", hear=own.its_owner, say=own.heard, sort=own.HEARD)
        news.register("question.passed", hear=own.its_owner, say=own.passed_on, sort=own.PASSED)
        slots.fill("home.traffar", fillings.home)
        slots.fill("home.traffar", asked.waiting, weight=60)
        slots.fill("post.after", asked.told_its_asker)
        slots.fill("search.beneath", fillings.keep_listening)
        slots.fill("own_data", fillings.own_listening, weight=60)
        own_data.give("interests", taking.interests)
        own_data.give("listening", taking.listening)
        own_data.give("shown", taking.shown)
        own_data.give("answers", taking.answers)
        slots.fill("composer.panel", fillings.composer)
        slots.fill("composer.told", fillings.told)
        slots.fill("post.aside", fillings.others)
        slots.fill("search.aside", fillings.knowers)
        weekly_mail.fill(digest.section, weight=10)
        slots.fill("own_data", fillings.mine, weight=20)
        meeting = Step(
            word=_("Meet today's träffar"),
            why=_("Colleagues you did not know of, and why. Read one, and say whether it was useful."),
            url_name="traffar",
            is_done=fillings.has_met_somebody,
        )
        put_in(meeting, weight=40)
