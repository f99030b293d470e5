"""Reference pages: they read files, know no patient, and answer nothing but GET and HEAD."""

from __future__ import annotations

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from .library import Standing, library
from .own_texts import beside_topic, found_by
from .vocabulary import TOPICS

LONGEST_SEARCH: Final = 200


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    shelf = library()
    query = " ".join(request.GET.get("q", "").split())[:LONGEST_SEARCH]
    topics = [(drug, shelf.topics(drug)) for drug in shelf.drugs]
    context = {
        "query": query,
        "found": shelf.search(query),
        "own_texts": found_by(request, query),
        "topics": topics,
    }
    return render(request, "guidance/index.html", context)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What each reference document is, what was left out, corrected and added, and every source."""
    shelf = library()
    documents = [
        {
            "document": shelf.document(drug),
            "corrected": [entry for entry in shelf.of_drug(drug) if entry.standing is Standing.CORRECTED],
            "added": [entry for entry in shelf.of_drug(drug) if entry.standing is Standing.ADDED],
        }
        for drug in shelf.drugs
    ]
    return render(request, "guidance/about.html", {"documents": documents, "sources": shelf.sources})


@require_safe
def paper(request: HttpRequest) -> HttpResponse:
    """What patients read, each text in each language with its sources and its own review."""
    shelf = library()
    by_text = zip(*(shelf.patient_texts(language) for language in shelf.languages), strict=True)
    return render(request, "guidance/paper.html", {"texts": list(by_text)})


@require_safe
def topic(request: HttpRequest, topic: str) -> HttpResponse:
    shelf = library()
    by_drug = [(drug, shelf.topic(topic, drug)) for drug in shelf.drugs] if topic in TOPICS else []
    if not any(entries for _, entries in by_drug):
        raise Http404
    context = {"topic": TOPICS[topic], "by_drug": by_drug, "own_texts": beside_topic(request, topic)}
    return render(request, "guidance/topic.html", context)


@require_safe
def entry(request: HttpRequest, topic: str, slug: str) -> HttpResponse:
    try:
        found = library().entry(topic, slug)
    except KeyError as error:
        raise Http404 from error
    return render(request, "guidance/entry.html", {"entry": found, "entries": [found]})
