"""What happens to a page on its way: nothing, a scanner, a telephone. Each way gives the picture and a
function that tells where a point of the page went."""
import io
import math

from PIL import Image, ImageChops, ImageDraw, ImageFilter

import marks


def _noise(rng, image, amount):
    layers = []
    for _ in range(3 if rng.random() < 0.5 else 1):
        layers.append(Image.frombytes("L", image.size, rng.randbytes(image.width * image.height))
                      .point(lambda v: int(127 + (v - 127) * amount / 127)))
    grain = Image.merge("RGB", layers * (3 // len(layers)))
    return ImageChops.add(image, grain, offset=-127)


def _tint(image, colour):
    return ImageChops.multiply(image, Image.new("RGB", image.size, colour))


def _jpeg(image, quality, subsampling):
    out = io.BytesIO()
    image.save(out, "JPEG", quality=quality, subsampling=subsampling)
    return out.getvalue()


def clean(rng, page, wild):
    return _jpeg(page, 95, 0), page.size, lambda x, y: (x, y)


def scan(rng, page, wild):
    scale = rng.uniform(0.62, 1.25)
    angle = rng.gauss(0, 2.2 if wild else 1.1)
    size = (int(page.width * scale), int(page.height * scale))
    image = page.resize(size, Image.BICUBIC)
    image = image.rotate(angle, resample=Image.BICUBIC, fillcolor=rng.choice([(255, 255, 255), (235, 235, 230), (30, 30, 30)]))
    yellow = rng.uniform(0, 0.22 if wild else 0.16)
    light = rng.uniform(0.82, 1)
    image = _tint(image, (int(255 * light), int(255 * light * (1 - yellow * 0.25)), int(255 * light * (1 - yellow))))
    if rng.random() < 0.3:  # the other side shines through
        back = marks.clouds(rng, size, 40).point(lambda v: 255 if v < 150 else 246)
        image = ImageChops.multiply(image, Image.merge("RGB", [back] * 3))
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0, 0.9)))
    if rng.random() < 0.2:
        image = image.filter(ImageFilter.UnsharpMask(2, 120, 2))
    if rng.random() < 0.25:  # "make it brighter" of scanning apps
        low, high = rng.uniform(0, 50), rng.uniform(190, 240)
        image = image.point(lambda v: int(max(0, min(255, (v - low) * 255 / (high - low)))))
    image = _noise(rng, image, rng.uniform(0, 14))
    a, cx, cy = math.radians(angle), page.width / 2, page.height / 2

    def place(x, y):
        dx, dy = x - cx, y - cy
        return ((cx + dx * math.cos(a) + dy * math.sin(a)) * scale, (cy - dx * math.sin(a) + dy * math.cos(a)) * scale)
    return _jpeg(image, rng.randrange(18 if wild else 28, 92), rng.choice([0, 2, 2])), size, place


def _homography(source, target):
    """The eight numbers that bring four points to four others, as PIL wants them."""
    rows = []
    for (x, y), (u, v) in zip(source, target):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for i in range(8):
        pivot = max(range(i, 8), key=lambda k: abs(rows[k][i]))
        rows[i], rows[pivot] = rows[pivot], rows[i]
        rows[i] = [value / rows[i][i] for value in rows[i]]
        for k in range(8):
            if k != i and rows[k][i]:
                factor = rows[k][i]
                rows[k] = [p - factor * q for p, q in zip(rows[k], rows[i])]
    return [row[8] for row in rows]


def photo(rng, page, wild):
    width = rng.randrange(900, 1500)
    height = int(width * rng.choice([4 / 3, 1.414, 1.414, 16 / 9]))
    margin = rng.uniform(0.0, 0.1)
    tilt = 0.09 if wild else 0.06
    w, h = width * (1 - 2 * margin), min(height * (1 - margin), width * (1 - 2 * margin) * 1.414)
    left, top = (width - w) / 2, (height - h) / 2
    turn = math.radians(rng.gauss(0, 2.5))
    corners = []
    for x, y in ((left, top), (left + w, top), (left + w, top + h), (left, top + h)):
        x, y = x - width / 2, y - height / 2
        x, y = x * math.cos(turn) - y * math.sin(turn), x * math.sin(turn) + y * math.cos(turn)
        corners.append((width / 2 + x + rng.uniform(-tilt, tilt) * w, height / 2 + y + rng.uniform(-tilt, tilt) * h))
    flat = [(0, 0), (page.width, 0), (page.width, page.height), (0, page.height)]
    back, forth = _homography(corners, flat), _homography(flat, corners)
    table = Image.new("RGB", (width, height), rng.choice([(120, 84, 60), (60, 60, 64), (170, 150, 130), (35, 30, 28), (200, 200, 205), (150, 60, 50)]))
    table = _noise(rng, table, 10)
    paper = page.transform((width, height), Image.PERSPECTIVE, back, Image.BICUBIC)
    mask = Image.new("L", (width, height), 0)
    ImageDraw.Draw(mask).polygon(corners, fill=255)
    image = Image.composite(paper, table, mask)
    ramp = Image.linear_gradient("L").rotate(rng.choice([0, 45, 90, 135, 180, 225, 270, 315])).resize(image.size)
    least = rng.uniform(0.55 if wild else 0.65, 1)
    image = ImageChops.multiply(image, Image.merge("RGB", [ramp.point(lambda v: int(255 * (least + (1 - least) * v / 255)))] * 3))
    if rng.random() < 0.5:  # the shadow of a hand or a head
        dark = rng.uniform(0.5, 0.85)
        shadow = Image.new("L", image.size, 255)
        x, y, r = rng.uniform(0, width), rng.uniform(0, height), rng.uniform(0.2, 0.6) * width
        ImageDraw.Draw(shadow).ellipse((x - r, y - r * 1.3, x + r, y + r * 1.3), fill=int(255 * dark))
        soft = max(4, width // rng.randrange(15, 60))
        small = shadow.resize((width // 8, height // 8)).filter(ImageFilter.GaussianBlur(soft / 8)).resize(image.size, Image.BILINEAR)
        image = ImageChops.multiply(image, Image.merge("RGB", [small] * 3))
    warm = rng.gauss(0, 0.09)
    light = rng.uniform(0.7, 1)
    image = _tint(image, (int(255 * light * min(1, 1 + warm)), int(255 * light * (1 - abs(warm) * 0.35)), int(255 * light * min(1, 1 - warm))))
    image = image.filter(ImageFilter.GaussianBlur(rng.uniform(0.2, 1.3 if wild else 1.0) * width / 1000))
    image = _noise(rng, image, rng.uniform(2, 16))

    def place(x, y):
        d = forth[6] * x + forth[7] * y + 1
        return ((forth[0] * x + forth[1] * y + forth[2]) / d, (forth[3] * x + forth[4] * y + forth[5]) / d)
    return _jpeg(image, rng.randrange(30 if wild else 40, 93), 2), (width, height), place
