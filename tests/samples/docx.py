"""A minimal Word file with the structure that Word and WPS write: styles, runs, tables with
gridSpan and vMerge. Standard library only; the same input gives the same bytes."""
import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WHEN = (2022, 10, 20, 8, 30, 0)

CONTENT_TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Default Extension="jpeg" ContentType="image/jpeg"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/docProps/app.xml" ContentType="application/vnd.openxmlformats-officedocument.extended-properties+xml"/></Types>"""
RELS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/extended-properties" Target="docProps/app.xml"/></Relationships>"""
# WPS writes 0 here: the number must not be trusted.
APP = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"><Application>WPS Office_11.1.0.12598</Application><Words>0</Words><Characters>0</Characters></Properties>"""
STYLES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr></w:rPrDefault></w:docDefaults><w:style w:type="paragraph" w:default="1" w:styleId="1"><w:name w:val="Normal"/></w:style><w:style w:type="paragraph" w:styleId="2"><w:name w:val="heading 1"/><w:basedOn w:val="1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/><w:sz w:val="44"/></w:rPr></w:style><w:style w:type="table" w:styleId="4"><w:name w:val="Table Grid"/></w:style></w:styles>"""


def run(text, bold=False, size=None):
    properties = ('<w:rFonts w:hint="eastAsia"/>' + ("<w:b/>" if bold else "")
                  + (f'<w:sz w:val="{size}"/>' if size else ""))
    # Word breaks a sentence into runs wherever somebody once edited; readers must join them.
    cut = len(text) // 2 if len(text) > 12 else len(text)
    return "".join(f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
                   for part in (text[:cut], text[cut:]) if part)


def paragraph(text="", center=False, bold=False, size=None, heading=False):
    properties = ('<w:pStyle w:val="2"/>' if heading else "") + ('<w:jc w:val="center"/>' if center else "")
    lines = text.split("\v")  # \v: a line break inside the paragraph
    inner = "<w:r><w:br/></w:r>".join(run(line, bold, size) for line in lines)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inner}</w:p>"


def title(text):
    return paragraph(text, center=True, bold=True, size=44)


def body(texts):
    return "".join(paragraph("\u3000\u3000" + text) for text in texts)


class Cell:
    """merge: "restart" begins a vertical merge, "continue" belongs to the cell above."""

    def __init__(self, text="", span=1, merge=None, image=None):
        self.text, self.span, self.merge, self.image = text, span, merge, image

    def xml(self):
        properties = '<w:tcW w:w="1200" w:type="dxa"/>'
        if self.span > 1:
            properties += f'<w:gridSpan w:val="{self.span}"/>'
        if self.merge:
            properties += "<w:vMerge/>" if self.merge == "continue" else '<w:vMerge w:val="restart"/>'
        inner = "".join(paragraph(line) for line in self.text.split("\n"))
        return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(rows, columns):
    grid = '<w:gridCol w:w="1200"/>' * columns
    out = f'<w:tbl><w:tblPr><w:tblStyle w:val="4"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    for row in rows:
        cells = [cell if isinstance(cell, Cell) else Cell(cell) for cell in row]
        assert sum(cell.span for cell in cells) == columns, [c.text for c in cells]
        out += "<w:tr>" + "".join(cell.xml() for cell in cells) + "</w:tr>"
    return out + "</w:tbl>"


def picture(number):
    return (f'<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
            f'<wp:extent cx="4800000" cy="3600000"/><wp:docPr id="{number}" name="图片 {number}"/>'
            f'<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
            f'<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:embed="rIdImage{number}"/></pic:blipFill></pic:pic>'
            f"</a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>")


def document(*blocks, images=()):
    """The bytes of a .docx; `images` are JPEG bytes, shown after the blocks."""
    shown = "".join(picture(i + 1) for i in range(len(images)))
    xml = (f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>'
           + "".join(blocks) + shown
           + '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>')
    relations = "".join(
        f'<Relationship Id="rIdImage{i + 1}" Type="{R}/image" Target="media/image{i + 1}.jpeg"/>'
        for i in range(len(images)))
    document_rels = ('<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
                     f'<Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>{relations}</Relationships>')
    parts = [("[Content_Types].xml", CONTENT_TYPES), ("_rels/.rels", RELS), ("docProps/app.xml", APP),
             ("word/document.xml", xml), ("word/styles.xml", STYLES),
             ("word/_rels/document.xml.rels", document_rels)]
    parts += [(f"word/media/image{i + 1}.jpeg", data) for i, data in enumerate(images)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts:
            info = zipfile.ZipInfo(name, WHEN)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return out.getvalue()
