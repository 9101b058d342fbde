from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    name = "traff.ground.audit"
    verbose_name = _("Audit")
