"""Whole corpora: manifests, runs that can be stopped and resumed, datasets and overviews."""
