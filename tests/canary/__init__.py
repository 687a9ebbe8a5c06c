"""Words that must stay inside, planted everywhere, and a search of all that comes out."""
