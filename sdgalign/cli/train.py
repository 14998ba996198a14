"""``sdgalign train``: make a model from annotated segments."""
