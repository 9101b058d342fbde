"""Topics as concepts: what texts are linked to by their names in either language."""

from traff.community.topics.models import Topic
from traff.ground.search.findable import ConceptDraft


def topic_concept(topic: Topic) -> ConceptDraft | None:
    """A merged topic links as what it became; one of a closed circle, or a sensitive one, only where its author said so."""
    if topic.merged_into_id:
        return None
    return ConceptDraft(
        kind="topic",
        subject_id=topic.pk,
        label=topic.name,
        label_sv=topic.name_sv,
        aliases=[*topic.aliases, topic.slug.replace("-", " ")],
        is_linking=topic.is_open and not topic.is_sensitive,
        is_sensitive=topic.is_sensitive,
    )
