"""Reference pages: they read files, know no patient, and answer nothing but GET and HEAD."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .document_lines import runs
from .library import ClaimStatus, library
from .own_texts import on_search, on_topic
from .vocabulary import TOPICS

LONGEST_SEARCH: Final = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    topics = [(drug, library().topics(drug)) for drug in library().drugs]
    found, own_texts = library().search(query), on_search.of(request, query) if query else []
    context = {"query": query, "found": found, "own_texts": own_texts, "topics": topics}
    return render(request, "guidance/index.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What each reference document is, what became of each of its lines, what was added, and every source."""
    documents = [
        {
            "document": library().document(drug),
            "corrected": library().with_status(ClaimStatus.CORRECTED, drug),
            "runs": runs(library().lines(drug)),
            "added": library().with_status(ClaimStatus.ADDED, drug),
        }
        for drug in library().drugs
    ]
    return render(request, "guidance/about.html", {"documents": documents, "sources": library().sources})


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """What patients read, each text in each language with its sources and its own review."""
    by_text = zip(*map(library().patient_texts, library().languages), strict=True)
    return render(request, "guidance/paper.html", {"texts": list(by_text)})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    by_drug = [(drug, library().topic(topic, drug)) for drug in library().drugs] if topic in TOPICS else []
    if not any(entries for _, entries in by_drug):
        raise Http404
    context = {"topic": TOPICS[topic], "by_drug": by_drug, "own_texts": on_topic.of(request, topic)}
    return render(request, "guidance/topic.html", context)


@require_safe
def entry(request: HttpRequest, topic: str, slug: str) -> HttpResponse:
    try:
        found = library().entry(topic, slug)
    except KeyError as error:
        raise Http404 from error
    return render(request, "guidance/entry.html", {"entry": found, "entries": [found]})
