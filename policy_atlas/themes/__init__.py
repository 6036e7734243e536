"""Themes: the codebook, its phrases in a text, and the themes, instruments and tasks of sentences and places."""
