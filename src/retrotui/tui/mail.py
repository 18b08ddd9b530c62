"""The minutes as text for a mail.

Owns nothing but the choice of language and list of factors: the text is `interchange.linear`'s.
"""

from __future__ import annotations

from retrotui.interchange import linear
from retrotui.tui.session import Session


def mail_text(session: Session) -> str:
    """The whole minutes, discretion obeyed, in the meeting's language."""
    minutes = session.meeting.minutes
    titles = {item.id: item.title for item in session.meeting.open_items}
    return linear.linear_text(minutes, minutes.language, own_factors=session.settings.factor, titles=titles)
