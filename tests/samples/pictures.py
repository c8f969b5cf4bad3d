"""Pictures: photos that look like photos to a program (size, noise, edges, EXIF) and scanned pages
with a red seal. Drawn with PIL; the same seed gives the same picture."""
import io
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont


def noise(rng, size, small=4):
    """Grain: coarse clouds and fine grain together, as a sensor leaves them."""
    width, height = size
    fine = Image.frombytes("L", size, rng.randbytes(width * height))
    coarse = Image.frombytes("L", (width // 64, height // 64),
                             rng.randbytes((width // 64) * (height // 64)))
    return fine, coarse.resize(size, Image.BICUBIC)


def scene(seed, size):
    rng = random.Random(f"photo {seed}")
    width, height = size
    top = tuple(rng.randrange(120, 235) for _ in range(3))
    bottom = tuple(rng.randrange(40, 150) for _ in range(3))
    ramp = Image.linear_gradient("L").resize(size)
    image = Image.composite(Image.new("RGB", size, bottom), Image.new("RGB", size, top), ramp)
    draw = ImageDraw.Draw(image)
    for _ in range(26):  # walls, tables, boards
        x, y = rng.randrange(-100, width), rng.randrange(height // 8, height)
        w, h = rng.randrange(60, width // 4), rng.randrange(30, height // 3)
        draw.rectangle((x, y, x + w, y + h), fill=tuple(rng.randrange(20, 240) for _ in range(3)),
                       outline=(20, 20, 20), width=rng.randrange(1, 5))
    for _ in range(18):  # people: a head above shoulders
        x, y, r = rng.randrange(width), rng.randrange(height // 3, height), rng.randrange(24, 80)
        draw.ellipse((x - 2 * r, y + r, x + 2 * r, y + 5 * r), fill=tuple(rng.randrange(20, 230) for _ in range(3)))
        draw.ellipse((x - r, y - r, x + r, y + r), fill=(rng.randrange(170, 240), rng.randrange(130, 190), 120))
    for _ in range(120):  # writing on boards, leaves, railings: sharp detail
        x, y = rng.randrange(width), rng.randrange(height)
        points = [(x + rng.randrange(-60, 60), y + rng.randrange(-60, 60)) for _ in range(4)]
        draw.line(points, fill=tuple(rng.randrange(256) for _ in range(3)), width=rng.randrange(1, 4))
    fine, coarse = noise(rng, size)
    grain = Image.merge("RGB", [fine.point(lambda v: 118 + v // 14)] * 3)
    image = ImageChops.add(image, grain, offset=-127)
    shade = Image.merge("RGB", [coarse.point(lambda v: 200 + v // 5)] * 3)
    return ImageChops.multiply(image, shade)


def photo(seed, size=(1920, 1440), at_least=310_000, taken=None, blurred=False):
    """JPEG bytes of a picture of `size`; its quality is raised until it has `at_least` bytes."""
    image = scene(seed, size)
    if blurred:
        image = image.filter(ImageFilter.GaussianBlur(12))
    exif = Image.Exif()
    if taken:
        exif[0x010F], exif[0x0110] = "HUAWEI", "ANA-AN00"
        exif[0x0132] = taken
        exif[0x8769] = {0x9003: taken, 0x9004: taken}
    for quality in (62, 70, 78, 84, 89, 93, 96):
        out = io.BytesIO()
        image.save(out, "JPEG", quality=quality, exif=exif.tobytes() if taken else b"")
        if out.tell() >= at_least:
            break
    return out.getvalue()


def copied(data):
    """What becomes of a photo that was turned, made smaller and saved again: other bytes, the same picture."""
    out = io.BytesIO()
    Image.open(io.BytesIO(data)).transpose(Image.ROTATE_90).resize((1200, 1600)).save(out, "JPEG", quality=95)
    return out.getvalue()


def other_format(seed, kind, size=(320, 240)):
    out = io.BytesIO()
    scene(seed, (1200, 900)).resize(size).save(out, kind)
    return out.getvalue()


def seal(rng, pixels):
    """A round official seal: ring, star, a band of character-like strokes along the upper arc."""
    scale = 3
    side = pixels * scale
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    draw = ImageDraw.Draw(image)
    red = (214, 28, 36, 255)
    middle, radius = side / 2, side / 2 - 6
    draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=red,
                 width=side // 34)
    points = []
    for i in range(10):
        r = side * (0.15 if i % 2 == 0 else 0.06)
        angle = -math.pi / 2 + i * math.pi / 5
        points.append((middle + r * math.cos(angle), middle + r * math.sin(angle)))
    draw.polygon(points, fill=red)
    box = side // 9
    for i in range(11):  # characters stand upright to the centre
        angle = math.pi * (0.86 + i * 1.28 / 10)
        glyph = Image.new("RGBA", (box, box), (0, 0, 0, 0))
        pen = ImageDraw.Draw(glyph)
        for _ in range(5):
            a, b = rng.randrange(box), rng.randrange(box)
            pen.line((a, 2, a, box - 3), fill=red, width=max(2, box // 12))
            pen.line((2, b, box - 3, b), fill=red, width=max(2, box // 12))
        glyph = glyph.rotate(-math.degrees(angle) - 90, resample=Image.BICUBIC, expand=True)
        r = radius * 0.78
        image.alpha_composite(glyph, (int(middle + r * math.cos(angle) - glyph.width / 2),
                                      int(middle + r * math.sin(angle) - glyph.height / 2)))
    return image.resize((pixels, pixels), Image.LANCZOS).rotate(rng.uniform(-12, 12), resample=Image.BICUBIC)


PRINT = "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc"


def scan(seed, sealed=True, dpi=120, grey=False, title=None):
    """JPEG bytes of an A4 page: a form with strokes that stand for handwriting, a seal at the foot.
    Its title can be read by those who can read pictures when one is given, else it is strokes too."""
    rng = random.Random(f"scan {seed}")
    width, height = int(8.27 * dpi), int(11.69 * dpi)
    page = Image.new("RGB", (width, height), (250, 249, 246))
    draw = ImageDraw.Draw(page)
    left, right = width // 10, width - width // 10

    def strokes(x, y, end, size):
        while x + size < end:
            for _ in range(4):
                a, b = rng.randrange(size), rng.randrange(size)
                draw.line((x + a, y, x + a, y + size), fill=(40, 40, 44), width=1)
                draw.line((x, y + b, x + size, y + b), fill=(40, 40, 44), width=1)
            x += size + 3

    if title is None:
        strokes(width // 4, height // 14, width - width // 4, 18)
    else:
        font = ImageFont.truetype(PRINT, dpi // 5)
        draw.text(((width - draw.textlength(title, font)) / 2, height // 14), title, (40, 40, 44), font)
    y = height // 8
    for row in range(16):
        step = height // 20 if row < 9 else height // 22
        draw.rectangle((left, y, right, y + step), outline=(30, 30, 30))
        draw.line((left + 120, y, left + 120, y + step), fill=(30, 30, 30))
        strokes(left + 8, y + step // 3, left + 112, 12)
        strokes(left + 128, y + step // 3, rng.randrange(left + 240, right), 12)
        y += step
    if sealed:
        stamp = seal(rng, int(42 / 25.4 * dpi))
        page.paste(stamp, (right - stamp.width - 40, y - stamp.height + 20), stamp)
    fine, _ = noise(rng, page.size)
    page = ImageChops.add(page, Image.merge("RGB", [fine.point(lambda v: 122 + v // 24)] * 3), offset=-127)
    if grey:  # a scanner that knows no colour
        page = page.convert("L")
    out = io.BytesIO()
    page.convert("RGB").save(out, "JPEG", quality=50, dpi=(dpi, dpi))
    return out.getvalue()
