"""Things that are pressed or printed on a page: official seals in many forms, and what is like one
without being one. Each is a mask (how much ink, 0 to 255) on a square or a box, drawn large and made
smaller, and is laid on the page as ink: what lies below shows through."""
import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont

FONTS = [("/usr/share/fonts/truetype/arphic/uming.ttc", 0), ("/usr/share/fonts/truetype/wqy/wqy-microhei.ttc", 0)]
OVER = 2  # drawn this much larger
PLACES = "朝阳 南关 宽城 二道 绿园 双阳 九台 农安 榆树 德惠 清和 曙光 春光 东岭 白桦 松园 北湖 向阳 同心 和平".split()
BODIES = "教育局 社区教育学院 社区学校 老年大学 开放大学 职业教育中心 街道办事处 人民政府 教育体育局 广播电视大学分校 " \
         "图书馆 文化馆 科学技术协会 社区居民委员会 终身学习服务指导中心".split()
_fonts = {}


def font(rng_or_index, size):
    index = rng_or_index if isinstance(rng_or_index, int) else rng_or_index.randrange(len(FONTS))
    key = (index, size)
    if key not in _fonts:
        path, face = FONTS[index]
        _fonts[key] = ImageFont.truetype(path, size, index=face)
    return _fonts[key]


def name(rng):
    head = rng.choice(["", "长春市", "吉林省", "长春"])
    return head + rng.choice(PLACES) + rng.choice(["区", "县", "市", "镇", "街道"]) + rng.choice(BODIES)


def clouds(rng, size, cells):
    """Smooth noise over the whole range."""
    small = Image.frombytes("L", (cells, cells), rng.randbytes(cells * cells))
    return small.resize(size, Image.BICUBIC)


def ink_colour(rng, wild=False):
    """From magenta to orange, as (r, g, b) of the full ink."""
    hue = rng.uniform(-48, 26) if wild else rng.triangular(-42, 20, -4)
    value, saturation = rng.uniform(0.62, 0.97), rng.uniform(0.68, 0.95)
    low = value * (1 - saturation)
    mid = low + (value - low) * abs(hue) / 60
    rgb = (value, mid, low) if hue > 0 else (value, low, mid)
    return tuple(int(255 * c) for c in rgb)


def glyph(char, face, height, width, bold):
    """One character fitted into a box."""
    big = font(face, 64)
    image = Image.new("L", (76, 76), 0)
    ImageDraw.Draw(image).text((6, 2), char, fill=255, font=big, stroke_width=bold)
    return image.crop(image.getbbox() or (0, 0, 76, 76)).resize((max(3, int(width)), max(3, int(height))), Image.LANCZOS)


def put(mask, piece, x, y):
    """Adds a piece centred on (x, y)."""
    box = (int(x - piece.width / 2), int(y - piece.height / 2))
    layer = Image.new("L", mask.size, 0)
    layer.paste(piece, box)
    mask.paste(ImageChops.lighter(mask, layer))


def arc_text(mask, text, face, radius, height, width, centre_angle, span, bold, inward=True):
    middle = mask.width / 2
    for i, char in enumerate(text):
        share = (i + 0.5) / len(text) - 0.5
        angle = centre_angle + (share * span if inward else -share * span)
        piece = glyph(char, face, height, width, bold)
        turn = -math.degrees(angle) - 90 if inward else -math.degrees(angle) + 90
        piece = piece.rotate(turn, resample=Image.BICUBIC, expand=True)
        put(mask, piece, middle + radius * math.cos(angle), middle + radius * math.sin(angle))


def star(draw, x, y, size, turn=-math.pi / 2):
    points = [(x + size * (1 if i % 2 == 0 else 0.382) * math.cos(turn + i * math.pi / 5),
               y + size * (1 if i % 2 == 0 else 0.382) * math.sin(turn + i * math.pi / 5)) for i in range(10)]
    draw.polygon(points, fill=255)


def emblem(draw, rng, middle, radius):
    """Like the state emblem from afar: a wreath, a gate, stars."""
    line = max(2, int(radius / 14))
    for side in (-1, 1):
        for i in range(9):
            angle = math.pi / 2 + side * (0.3 + i * 0.26)
            x, y = middle + radius * 0.85 * math.cos(angle), middle + radius * 0.85 * math.sin(angle)
            draw.ellipse((x - radius * .11, y - radius * .17, x + radius * .11, y + radius * .17), fill=255)
    draw.rectangle((middle - radius * .42, middle + radius * .05, middle + radius * .42, middle + radius * .3), outline=255, width=line)
    draw.line((middle - radius * .5, middle + radius * .05, middle + radius * .5, middle + radius * .05), fill=255, width=line)
    star(draw, middle, middle - radius * .4, radius * .24)
    for i in range(4):
        angle = -math.pi / 2 + (i - 1.5) * 0.8
        star(draw, middle + radius * .62 * math.cos(angle), middle - radius * .05 + radius * .62 * math.sin(angle), radius * .09)
    draw.arc((middle - radius * .5, middle + radius * .35, middle + radius * .5, middle + radius * .95), 0, 180, fill=255, width=line)


def seal(rng, pixels):
    """An official seal: ring, text along its upper side, something or nothing in the middle."""
    side = int(pixels * OVER)
    mask = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(mask)
    radius, middle = side / 2 - 2, side / 2
    mm = radius / 21  # as if it were 42 mm across
    draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255,
                 width=max(2, int(mm * rng.uniform(0.7, 1.7))))
    if rng.random() < 0.08:  # a thin line inside the ring
        r = radius - mm * rng.uniform(1.6, 2.2)
        draw.ellipse((middle - r, middle - r, middle + r, middle + r), outline=255, width=max(1, int(mm * 0.4)))
    text = name(rng)
    face, bold = rng.randrange(len(FONTS)), rng.randrange(3)
    height = mm * rng.uniform(3.4, 5.6)
    centre = radius - mm * rng.uniform(1.6, 2.6) - height / 2
    pitch = min(math.radians(rng.uniform(17, 25)), math.radians(310) / len(text))
    width = min(pitch * centre * rng.uniform(0.72, 0.95), height * 1.1)
    arc_text(mask, text, face, centre, height, width, -math.pi / 2, pitch * len(text), bold)
    what = rng.random()
    if what < 0.58:
        star(draw, middle, middle - mm * rng.uniform(-0.5, 1), mm * rng.uniform(5.5, 8))
    elif what < 0.78:
        emblem(draw, rng, middle, mm * rng.uniform(7.5, 10))
    elif what < 0.9:
        lines = rng.choice([["合同", "专用章"], ["业务章"], ["2022"], ["教务处"]])
        for i, line in enumerate(lines):
            for k, char in enumerate(line):
                put(mask, glyph(char, face, mm * 4.2, mm * 3.6, bold), middle + (k - (len(line) - 1) / 2) * mm * 4.3,
                    middle + (i - (len(lines) - 1) / 2) * mm * 5.2)
    if rng.random() < 0.25:
        line = rng.choice(["专用章", "业务专用章", "财务专用章", "人事章", "（1）"])
        for k, char in enumerate(line):
            put(mask, glyph(char, face, mm * 3.4, mm * 2.6, bold), middle + (k - (len(line) - 1) / 2) * mm * 3.2, middle + mm * rng.uniform(10.5, 11.5))
    elif rng.random() < 0.2:
        arc_text(mask, "".join(rng.choice("0123456789") for _ in range(13)), face, radius - mm * 2.2, mm * 1.5, mm * 0.9,
                 math.pi / 2, math.radians(70), 0, inward=False)
    squash = rng.uniform(0.965, 1)
    mask = mask.resize((int(pixels), int(pixels * squash)), Image.LANCZOS)
    return mask.rotate(rng.triangular(-180 if rng.random() < .05 else -30, 30, 0), resample=Image.BICUBIC)


def amount(mask):
    return sum(i * n for i, n in enumerate(mask.histogram()))


def worn(rng, mask, wild=False):
    """Ink as a stamp leaves it: too little here, smeared there, grain all over. Fainter than a quarter
    (wild: a fifth) of the full ink nobody hands in, so that is pressed again."""
    while True:
        out = _wear(rng, mask, wild)
        if amount(out) >= (0.2 if wild else 0.25) * amount(mask):
            return out


def _wear(rng, mask, wild):
    strength = rng.uniform(0.32, 1) if not wild else rng.uniform(0.24, 1)
    if rng.random() < 0.6:  # uneven pressure
        turned = Image.linear_gradient("L").rotate(rng.uniform(0, 360)).resize(mask.size)
        least = rng.uniform(0.35, 1)
        mask = ImageChops.multiply(mask, turned.point(lambda v: int(255 * (least + (1 - least) * v / 255))))
    if rng.random() < 0.6:  # dry patches
        share = rng.uniform(0, 90 if not wild else 110)
        patches = clouds(rng, mask.size, rng.randrange(4, 10)).point(lambda v: int(max(0, min(255, (v - share) * 4 + 60))))
        mask = ImageChops.multiply(mask, patches)
    grain = rng.uniform(0, 0.5)
    fine = Image.frombytes("L", mask.size, rng.randbytes(mask.width * mask.height)).filter(ImageFilter.GaussianBlur(0.6))
    mask = ImageChops.multiply(mask, fine.point(lambda v: int(255 * (1 - grain) + grain * min(255, v * 1.6))))
    if rng.random() < 0.5:
        mask = mask.filter(ImageFilter.GaussianBlur(rng.uniform(0.3, 1.1)))
    return mask.point(lambda v: int(v * strength))


def press(page, mask, colour, x, y):
    """Lays ink on the page, the mask's middle at (x, y). Parts beyond the page are lost."""
    left, top = int(x - mask.width / 2), int(y - mask.height / 2)
    box = (max(0, left), max(0, top), min(page.width, left + mask.width), min(page.height, top + mask.height))
    if box[0] >= box[2] or box[1] >= box[3]:
        return
    mask = mask.crop((box[0] - left, box[1] - top, box[2] - left, box[3] - top))
    ink = Image.composite(Image.new("RGB", mask.size, colour), Image.new("RGB", mask.size, (255, 255, 255)), mask)
    page.paste(ImageChops.multiply(page.crop(box), ink), box)
