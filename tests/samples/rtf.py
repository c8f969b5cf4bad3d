"""Turns the Word files of docx.py into RTF as Word on a Chinese Windows writes it: GBK bytes as
\\'hh in an East Asian font, Unicode escapes for some, tables by \\trowd, merged cells, a header."""
import io
import xml.etree.ElementTree as ET
import zipfile

import docx

W = "{%s}" % docx.W
COLUMN = 1200  # twips


def _text(text):
    out = ""
    for i, c in enumerate(text):
        if c in "\\{}":
            out += "\\" + c
        elif ord(c) < 0x80:
            out += c
        else:
            code = "".join(f"\\'{b:02x}" for b in c.encode("gbk"))
            # Word writes both where the font's charset cannot be relied on.
            out += f"\\u{ord(c) - (0x10000 if ord(c) > 0x7FFF else 0)}{code}" if i % 7 == 3 else code
    return out


def _paragraph(p, end="\\par\n", table=False):
    value = lambda path: None if p.find(path) is None else p.find(path).get(W + "val")
    out = "\\pard\\plain" + ("\\intbl" if table else "") + ("\\qc" if value(f"{W}pPr/{W}jc") == "center" else "")
    for run in p.findall(f"{W}r"):
        if run.find(f"{W}br") is not None:
            out += "\\line "
            continue
        bold = "\\b" if run.find(f"{W}rPr/{W}b") is not None else ""
        size = run.find(f"{W}rPr/{W}sz")
        out += f"{{\\f1\\fs{32 if size is None else size.get(W + 'val')}{bold}\\uc2 {_text(run.findtext(W + 't') or '')}}}"
    return out + end


def _table(tbl):
    out = ""
    for row in tbl.findall(f"{W}tr"):
        definition, right, cells = "\\trowd\\trgaph108\\trleft0", 0, ""
        for cell in row.findall(f"{W}tc"):
            span = cell.find(f"{W}tcPr/{W}gridSpan")
            merge = cell.find(f"{W}tcPr/{W}vMerge")
            if merge is not None:
                definition += "\\clvmgf" if merge.get(W + "val") == "restart" else "\\clvmrg"
            right += COLUMN * (1 if span is None else int(span.get(W + "val")))
            definition += f"\\clbrdrt\\brdrs\\cellx{right}"
            paragraphs = cell.findall(f"{W}p")
            cells += "".join(_paragraph(p, "\\cell\n" if p is paragraphs[-1] else "\\par\n", True) for p in paragraphs)
        out += definition + "\n" + cells + "{" + definition + "\\row}\n"
    return out


def of(word):
    """The bytes of the .rtf that says what the .docx `word` says."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        body = ET.fromstring(archive.read("word/document.xml")).find(f"{W}body")
    blocks = "".join(_table(b) if b.tag == W + "tbl" else _paragraph(b) for b in body if b.tag != W + "sectPr")
    return ("{\\rtf1\\adeflang1025\\ansi\\ansicpg936\\uc2\\deff0\\deflang1033\\deflangfe2052{\\fonttbl{\\f0\\froman\\fcharset0 Times New Roman;}"
            "{\\f1\\fnil\\fcharset134 " + _text("仿宋") + ";}}{\\info{\\title x}}{\\*\\generator WPS Office;}\n"
            "{\\header\\pard " + _text("双面打印") + "\\par}\n" + blocks + "}").encode("ascii")
