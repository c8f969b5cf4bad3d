"""What Microsoft's old programs write: compound files, workbooks of Excel 97-2003, winmail.dat."""
import io
import xml.etree.ElementTree as ET
import zipfile

import docx

W = "{%s}" % docx.W
FREE, END = 0xFFFFFFFF, 0xFFFFFFFE


def le(value, size):
    return value.to_bytes(size, "little")


def compound(streams):
    """[MS-CFB]; streams: (name, bytes), each in sectors of its own."""
    fat, sectors, entries = [], b"", []

    def place(data):
        nonlocal sectors
        first, count = len(fat), (len(data) + 511) // 512
        fat.extend(range(first + 1, first + count))
        fat.append(END)
        sectors += data.ljust(count * 512, b"\0")
        return first

    def entry(name, kind, start, size, child, right):
        wide = name.encode("utf-16le")
        return (wide.ljust(64, b"\0") + le(len(wide) + 2, 2) + bytes([kind, 1]) + le(FREE, 4) + le(right, 4) + le(child, 4)
                + bytes(36) + le(start, 4) + le(size, 8))

    for i, (name, data) in enumerate(streams):
        entries.append(entry(name, 2, place(data), len(data), FREE, i + 2 if i + 1 < len(streams) else FREE))
    directory = place((entry("Root Entry", 5, END, 0, 1, FREE) + b"".join(entries)))
    used, tables = len(fat), 1
    while tables * 128 < used + tables:
        tables += 1
    fat += [0xFFFFFFFD] * tables + [FREE] * (tables * 128 - used - tables)
    head = (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1" + bytes(16) + le(0x3E, 2) + le(3, 2) + le(0xFFFE, 2) + le(9, 2) + le(6, 2) + bytes(10)
            + le(tables, 4) + le(directory, 4) + bytes(8) + le(END, 4) + le(0, 4) + le(END, 4) + le(0, 4))
    difat = [used + i if i < tables else FREE for i in range(109)]
    return head + b"".join(le(n, 4) for n in difat) + sectors + b"".join(le(n, 4) for n in fat)


def rows_of(word):
    """The lines and table rows of a file of docx.py."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        body = ET.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    text = lambda e: "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in e.iter(f"{W}p"))
    for block in body:
        if block.tag == W + "p":
            yield [text(block)]
        elif block.tag == W + "tbl":
            yield from ([text(cell) for cell in row.findall(f"{W}tc")] for row in block.findall(f"{W}tr"))


def record(kind, data):
    return le(kind, 2) + le(len(data), 2) + data


def workbook(rows):
    """BIFF8 ([MS-XLS]); a row of one cell is merged over the width of the widest, numbers are numbers."""
    strings, cells, merged = [], b"", []
    width = max(map(len, rows))
    for r, row in enumerate(rows):
        if len(row) == 1:
            merged.append((r, r, 0, width - 1))
        for c, text in enumerate(row):
            if not text:
                continue
            where = le(r, 2) + le(c, 2) + le(15, 2)
            if text.isdigit() and len(text) < 9:
                cells += record(0x027E, where + le(int(text) << 2 | 2, 4))
            else:
                cells += record(0x00FD, where + le(len(strings), 4))
                strings.append(text)
    cells += record(0x00E5, le(len(merged), 2) + b"".join(le(n, 2) for m in merged for n in m))
    # A shared string is cut wherever the record is full; the rest begins with its flags again.
    sst, block = [], le(len(strings), 4) * 2
    for text in strings:
        data = text.encode("utf-16le")
        block += le(len(data) // 2, 2) + b"\1"
        while len(block) + len(data) > 8224:
            room = (8224 - len(block)) // 2 * 2
            sst.append(block + data[:room])
            block, data = b"\1", data[room:]
        block += data
    sst.append(block)
    shared = record(0x00FC, sst[0]) + b"".join(record(0x003C, b) for b in sst[1:])
    bof = lambda kind: record(0x0809, le(0x0600, 2) + le(kind, 2) + le(0x0DBB, 2) + le(0x07CC, 2) + bytes(8))
    name = "Sheet1".encode("ascii")
    sheet = lambda at: record(0x0085, le(at, 4) + bytes(2) + bytes([len(name), 0]) + name)
    eof = record(0x000A, b"")
    at = len(bof(5) + sheet(0) + shared + eof)
    return compound([("Workbook", bof(5) + sheet(at) + shared + eof + bof(0x10) + cells + eof)])


def xls(word):
    """The workbook that says what the Word file says, as somebody retypes a summary table in Excel."""
    return workbook([row for row in rows_of(word) if any(row)])


def winmail(text, files):
    """TNEF ([MS-OXTNEF]): the long names only as UTF-16 properties, the short ones in 8.3."""
    def attribute(level, kind, data):
        return bytes([level]) + le(kind, 4) + le(len(data), 4) + data + le(sum(data) & 0xFFFF, 2)

    def prop(number, value):
        data = value.encode("utf-16le") + b"\0\0"
        return le(0x001F, 2) + le(number, 2) + le(1, 4) + le(len(data), 4) + data.ljust((len(data) + 3) // 4 * 4, b"\0")

    out = le(0x223E9F78, 4) + le(1, 2) + attribute(1, 0x00069007, le(936, 8)) + attribute(1, 0x00069003, le(1, 4) + prop(0x1000, text))
    for i, (name, data) in enumerate(files, 1):
        out += attribute(2, 0x00069002, bytes(14)) + attribute(2, 0x00018010, f"FILE~{i}.DAT\0".encode())
        out += attribute(2, 0x0006800F, data) + attribute(2, 0x00069005, le(1, 4) + prop(0x3707, name))
    return out
