"""``sdgalign evaluate``: measure a model on held-out documents."""
