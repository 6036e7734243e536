"""Documents: bytes to text, text to sections, articles and sentences, witnesses beside each other."""
