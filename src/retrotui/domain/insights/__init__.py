"""What many meetings show: figures over all of them, each with its n and the meetings behind it.

`facts` is what the figures are made of, `columns` those of many meetings, `figures` their shape, `causes`, `trials`,
`room` and `looked` the rules, a room each, and `report` all of them for a period. Pure functions over facts that
somebody else has read. Must not know files, SQL or words for people; must not name, rank or count a person, and
adds no amounts: currencies differ.
"""
