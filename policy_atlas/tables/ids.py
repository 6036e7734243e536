"""The ids that tie the rows of one document's tables together."""

from policy_atlas.documents.document import Document


def article_id(document: Document, index: int | None) -> str | None:
    """Return the id of the article at `index`, None for text outside numbered articles."""
    return None if index is None else f"{document.doc_id}:a{index + 1:03d}"


def sentence_id(document: Document, index: int) -> str:
    """Return the id of the sentence at `index`."""
    return f"{document.doc_id}:s{index + 1:05d}"


def mention_id(document: Document, index: int) -> str:
    """Return the id of the mention at `index`."""
    return f"{document.doc_id}:m{index + 1:05d}"
