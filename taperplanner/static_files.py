"""Static files in production: far-future names that change with the content, also where a script imports one."""

from __future__ import annotations

from typing import Final

from whitenoise.storage import CompressedManifestStaticFilesStorage

# `… from "./x.js"` and `import "./x.js"`. In our own scripts only: a package's may say so in a comment.
_IMPORTS: Final = (
    "js/*.js",
    ((r"""(?P<matched>(?P<word>\b(?:from|import)\s)"(?P<url>\./[^"]+)")""", '%(word)s"%(url)s"'),),
)


class NamedByContent(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    patterns = (*CompressedManifestStaticFilesStorage.patterns, _IMPORTS)
