"""Files of people, units, lines, positions and appointments: read, matched, checked, applied, undone.

`web.tables_in` makes tables of files. The reading half (cells, columns) is pure; the other half (staging,
entities, lines, undo) is set-based SQL in the transaction at hand. `importing` puts them together.
"""
