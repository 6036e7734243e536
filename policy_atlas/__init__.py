"""Policy Atlas: policy documents mapped onto China's western provinces, with evidence for every number."""

__version__ = "0.1.0"
