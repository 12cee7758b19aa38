"""Making and opening a workspace; its years, units and leaders."""
