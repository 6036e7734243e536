"""Tables: the rows of one document and of many, as tidy frames and as JSON lines."""
