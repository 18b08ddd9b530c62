"""The rules of the meeting, by their names in meeting.md and files.md."""
