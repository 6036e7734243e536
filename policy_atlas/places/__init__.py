"""Places: the gazetteer, the candidates it finds in a text, and the one rule that decides about each."""
