"""The text engine: theme proposals, sentiment and discovery. No database; its parts load on first use."""

from importlib import import_module

_HOMES = {
    "ThemeProposal": "theme_model",
    "ThemeModel": "theme_model",
    "Sentiment": "sentiment_model",
    "SentimentModel": "sentiment_model",
    "english_sentiment": "sentiment_model",
    "lexicon_sentiment": "sentiment_model",
    "TextClusters": "clustering",
    "discover_clusters": "clustering",
}
__all__ = sorted(_HOMES)


def __getattr__(name):
    """Import numpy, scipy and scikit-learn only in the process that codes, never in a web process that lists pages."""
    if name not in _HOMES:
        raise AttributeError(name)
    value = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
