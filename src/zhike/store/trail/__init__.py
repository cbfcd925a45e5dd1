"""The trail: what people did, kept in logs that nobody can change unseen."""

from zhike.store.trail.notes import note, note_sign_in

__all__ = ["note", "note_sign_in"]
