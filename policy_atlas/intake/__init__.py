"""Documents that a reader brings along: files of several formats to text, within limits, in a process of its own."""
