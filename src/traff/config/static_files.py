"""Static files under names that change with what they hold, also where one of our modules imports another."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class StaticFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Rewrites imports between the modules of `content/write/`; what others ship is left as it came."""

    patterns = (
        *CompressedManifestStaticFilesStorage.patterns,
        ("content/write/*.js", CompressedManifestStaticFilesStorage._js_module_import_aggregation_patterns[1]),
    )
