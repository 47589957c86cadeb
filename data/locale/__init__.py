"""How each language says it; Chinese is the source text."""
