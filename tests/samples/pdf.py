"""PDF files, written by hand: with a text layer (STSong-Light, UniGB-UCS2-H: the way a converted
Word file looks to a reader) and scans (one JPEG a page, no text)."""
import io
import math

from PIL import Image

HEADER = b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"


def write(objects, info):
    out = io.BytesIO()
    out.write(HEADER)
    offsets = []
    for number, data in enumerate(objects, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n" % number + data + b"\nendobj\n")
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
              % (len(objects) + 1, info, start))
    return out.getvalue()


def stream(data, dictionary=b""):
    return b"<< " + dictionary + b" /Length %d >>\nstream\n" % len(data) + data + b"\nendstream"


def assemble(pages, shared, producer, sheet=(595, 842)):
    """pages: list of (content bytes, resources bytes, [extra objects]); object numbers of extras are
    filled in for %d in resources, in order. shared: objects every page may name as FONT."""
    count = len(pages)
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", None]
    objects += shared
    kids = []
    for content, resources, extras in pages:
        numbers = []
        for extra in extras:
            objects.append(extra)
            numbers.append(len(objects))
        objects.append(stream(content))
        body = len(objects)
        objects.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 %d %d] /Contents %d 0 R /Resources << %s >> >>"
                       % (*sheet, body, resources % tuple(numbers)))
        kids.append(len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (
        count, b" ".join(b"%d 0 R" % kid for kid in kids))
    objects.append(b"<< /Producer (%s) /CreationDate (D:20221020083000+08'00') >>" % producer)
    return write(objects, len(objects))


FONT = [
    b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
    b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> /FontDescriptor 5 0 R /DW 1000 >>",
    b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 93 >>",
]


def strokes_of_text():
    """Along the upper side of the seal, eleven times a few strokes that are like a character."""
    out = b""
    for i in range(11):
        angle = math.radians(200 - i * 22)
        c, s = math.cos(angle), math.sin(angle)
        # The character's own axes: x along the ring, y outwards, its middle 41 points from the centre.
        out += b"q %.4f %.4f %.4f %.4f %.2f %.2f cm 1.3 w " % (s, -c, c, s, 41 * c, 41 * s)
        for a, b, x, y in ((-5, 5, 5, 5), (-5, 0, 5, 0), (0, 6, 0, -6), (-4, -6, 4, -6), (-5, 5, -5 + i % 4, -5), (5, 3 - i % 3, 4, -5)):
            out += b"%d %d m %d %d l S " % (a, b, x, y)
        out += b"Q\n"
    return out


# A ring, a star and writing in red, in a square of 119 points (42 mm).
SEAL = (b"q 0.84 0.11 0.14 RG 0.84 0.11 0.14 rg 3.4 w 1 0 0 1 %d %d cm "
        b"57 0 m 57 31.5 31.5 57 0 57 c -31.5 57 -57 31.5 -57 0 c -57 -31.5 -31.5 -57 0 -57 c 31.5 -57 57 -31.5 57 0 c s "
        b"0 18 m 4.2 5.7 l 17 5.6 l 6.8 -2.2 l 10.6 -14.6 l 0 -7.2 l -10.6 -14.6 l -6.8 -2.2 l -17 5.6 l -4.2 5.7 l f\n") + strokes_of_text() + b"Q\n"


def shown(text, x, y, size):
    return b"BT /F1 %d Tf 1 0 0 1 %d %d Tm <%s> Tj ET\n" % (
        size, x, y, text.encode("utf-16-be").hex().upper().encode())


def with_text(title, lines, sealed=True):
    """One or more pages; long lines are broken after 36 characters."""
    broken = []
    for line in lines:
        broken += [line[i:i + 36] for i in range(0, len(line), 36)] or [""]
    pages = []
    first = True
    while broken or first:
        content, y = b"", 780
        if first:
            for part in title.split("\v"):
                content += shown(part, 80, y, 18)
                y -= 30
            first = False
        while broken and y > 90:
            content += shown(broken.pop(0), 60, y, 12)
            y -= 20
        if sealed and not broken:
            content += SEAL % (470, 130)
        pages.append((content, b"/Font << /F1 3 0 R >>", []))
    return assemble(pages, FONT, b"WPS Writer")


def scanned(images, wide=False):
    """images: JPEG bytes, one a page. wide: the sheets lie on their long side."""
    sheet = (842, 595) if wide else (595, 842)
    pages = []
    for data in images:
        width, height = Image.open(io.BytesIO(data)).size
        image = stream(data, b"/Type /XObject /Subtype /Image /Width %d /Height %d /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode"
                       % (width, height))
        pages.append((b"q %d 0 0 %d 0 0 cm /Im0 Do Q\n" % sheet, b"/XObject << /Im0 %d 0 R >>", [image]))
    return assemble(pages, [], b"intsig.com pdf producer", sheet)
