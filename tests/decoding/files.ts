import sharp, { type Sharp } from 'sharp';

interface NamedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Whether decoders must agree. */
  readonly lossless: boolean;
}

const [width, height] = [40, 30];

/** Smooth and sharp parts, all of 0 .. 255; alpha, the last of 2 or 4 channels, from 0 to 255 in columns. */
function pixels(channels: number): Uint8Array {
  const data = new Uint8Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * channels;
      const all = [
        (255 * x) / (width - 1),
        (255 * y) / (height - 1),
        ((x >> 3) + (y >> 3)) % 2 === 0 ? 230 : 20,
      ];
      for (let c = 0; c < channels; c++) data[at + c] = all[c % 3]!;
      if (channels % 2 === 0) data[at + channels - 1] = Math.min(255, x * 7);
    }
  }
  return data;
}

function picture(channels: 1 | 2 | 3 | 4): Sharp {
  const image = sharp(pixels(channels), { raw: { width, height, channels } });
  return channels < 3 ? image.toColourspace('b-w') : image;
}

function deep(channels: 1 | 3): Sharp {
  const data = Uint16Array.from(pixels(channels), (value, i) => value * 256 + ((i * 37) % 256));
  return sharp(data, { raw: { width, height, channels } }).toColourspace(channels === 1 ? 'grey16' : 'rgb16');
}

/** Two frames, one below the other. */
function frames(): Sharp {
  const data = new Uint8Array(2 * height * width * 3);
  data.set(pixels(3));
  return sharp(data, { raw: { width, height: 2 * height, channels: 3, pageHeight: height } });
}

/** Image files of each kind that both platforms read, written by sharp. */
export async function files(): Promise<NamedFile[]> {
  const lossless: Record<string, Sharp> = {
    'gray.png': picture(1).png(),
    'gray-alpha.png': picture(2).png(),
    'rgb.png': picture(3).png(),
    'rgba.png': picture(4).png(),
    'interlaced.png': picture(4).png({ progressive: true }),
    'palette.png': picture(3).png({ palette: true, colors: 64 }),
    'palette-alpha.png': picture(4).png({ palette: true, colors: 64 }),
    'two-colors.png': picture(3).threshold(100).png({ palette: true, colors: 2 }),
    'deep.png': deep(3).png(),
    'deep-gray.png': deep(1).png(),
    'turned.png': picture(3).withMetadata({ orientation: 6 }).png(),
    'rgb.webp': picture(3).webp({ lossless: true }),
    'rgba.webp': picture(4).webp({ lossless: true, exact: true }),
    'animated.webp': frames().webp({ lossless: true }),
    'rgb.gif': picture(3).gif(),
    'alpha.gif': picture(4).gif(),
    'animated.gif': frames().gif(),
  };
  const lossy: Record<string, Sharp> = {
    'gray.jpg': picture(1).jpeg({ quality: 100 }),
    'progressive.jpg': picture(3).jpeg({ quality: 100, progressive: true, chromaSubsampling: '4:4:4' }),
    'rgb.avif': picture(3).avif({ lossless: true }),
    'rgb.webp': picture(3).webp({ quality: 95 }),
    'p3.png': picture(3).withIccProfile('p3').png(),
  };
  for (let orientation = 1; orientation <= 8; orientation++) {
    lossy[`turned-${orientation}.jpg`] = picture(3)
      .withMetadata({ orientation })
      .jpeg({ quality: 100, chromaSubsampling: '4:4:4' });
  }
  const named: NamedFile[] = [];
  for (const [name, image] of Object.entries(lossless)) {
    named.push({ name, bytes: new Uint8Array(await image.toBuffer()), lossless: true });
  }
  for (const [name, image] of Object.entries(lossy)) {
    named.push({ name, bytes: new Uint8Array(await image.toBuffer()), lossless: false });
  }
  return named;
}
