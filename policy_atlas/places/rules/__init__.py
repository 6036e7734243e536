"""The rules that decide about a candidate by what stands around it, and find names that no table lists."""
