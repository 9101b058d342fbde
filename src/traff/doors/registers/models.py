"""Where imported things come from, so that the same file can be read again without doubling anything."""

from django.db import models


class Origin(models.Model):
    """One thing of one source: what it is called there, what it became here, and how it looked when last read."""

    source = models.CharField(max_length=80)  # "nordanvind", "org_18f" …
    kind = models.CharField(max_length=12)  # the row's kind: "person", "post", "membership" …
    external_id = models.CharField(max_length=200)
    object_id = models.IntegerField()
    digest = models.CharField(max_length=32)  # BLAKE2b of the row's fields

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "kind", "external_id"], name="one_origin")]
        indexes = [models.Index(fields=["kind", "object_id"], name="origin_of_object")]  # whence somebody's things came

    def __str__(self) -> str:
        return f"{self.source} {self.kind} {self.external_id}"
