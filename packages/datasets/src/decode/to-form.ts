import type { Picture } from '../pictures/picture';
import { fitted } from './fit';
import type { ImageForm } from './image-form';
import { resampleRows } from './resample-rows';
import { type Taps, triangleTaps } from './taps';

/**
 * Brings a picture to a form: scaled with a triangle filter (linear between pixels when enlarging, free of
 * aliasing when reducing), cut or stretched so that edges map to edges, and in the channels of the form.
 * Sizes need not divide: the part of the picture that becomes the image is a rectangle in real numbers.
 *
 * - Gray becomes RGB of three equal values; RGB becomes luminance by the weights of ITU-R BT.601 on sRGB
 *   values, as Pillow, OpenCV and TensorFlow do.
 * - Alpha lays the picture over the background, or stays, straight, with 4 channels. Scaling weighs colors by
 *   alpha, so nothing dark comes in at the border of what is transparent; what is wholly transparent
 *   has the background's color in 4 channels, whatever the file hid there.
 * - Margins of `contain` are the background, transparent with 4 channels; a pixel at the picture's edge is
 *   mixed by the part of it that the picture covers.
 * - A picture that has the form's size and channels comes back byte for byte, but for the color of what is
 *   wholly transparent.
 *
 * @returns [height, width, channels], bytes of its own, 0 .. 255
 */
export function toForm(picture: Picture, form: ImageForm): Uint8Array<ArrayBuffer> {
  const { height, width, channels } = form;
  if (picture.height === height && picture.width === width && picture.channels === channels) {
    const image = picture.data.slice();
    if (channels === 4) paintTransparent(image, form);
    return image;
  }
  const parts = fitted(picture, form);
  const rows = triangleTaps(picture.height, height, parts.rows.start, parts.rows.length);
  const columns = triangleTaps(picture.width, width, parts.columns.start, parts.columns.length);
  const image = new Uint8Array(height * width * channels);
  if (form.fit === 'contain') fillBackground(image, form);
  const paint = channels === 4 ? paintStraight : paintOver;
  resampleRows(picture, rows, columns, (y, row) => {
    const line = image.subarray(y * width * channels, (y + 1) * width * channels);
    paint(line, row, picture.channels, form, rows.coverage[y]!, columns);
  });
  return image;
}

const luminance = (red: number, green: number, blue: number) => 0.299 * red + 0.587 * green + 0.114 * blue;

function fillBackground(image: Uint8Array, { channels, background: [r, g, b] }: ImageForm): void {
  const pixel = channels === 1 ? [Math.round(luminance(r, g, b))] : [r, g, b, 0];
  for (let i = 0; i < image.length; i++) image[i] = pixel[i % channels]!;
}

/** Gives the background's color to what is wholly transparent, where decoders differ. */
function paintTransparent(image: Uint8Array, { background }: ImageForm): void {
  for (let i = 0; i < image.length; i += 4) if (image[i + 3] === 0) image.set(background, i);
}

/** Writes a row of 1 or 3 channels: the picture over the background. */
function paintOver(
  line: Uint8Array,
  row: Float32Array,
  from: Picture['channels'],
  { channels, background: [r, g, b] }: ImageForm,
  rowCoverage: number,
  columns: Taps,
): void {
  const hasAlpha = from === 2 || from === 4;
  const hasColor = from >= 3;
  for (let x = 0; x < columns.counts.length; x++) {
    const coverage = rowCoverage * columns.coverage[x]!;
    if (coverage === 0) continue;
    const at = x * from;
    // What a premultiplied color, and the background, count.
    const scale = hasAlpha ? coverage / 255 : coverage;
    const rest = hasAlpha ? 1 - scale * row[at + from - 1]! : 1 - coverage;
    const red = scale * row[at]! + rest * r;
    const green = scale * row[hasColor ? at + 1 : at]! + rest * g;
    const blue = scale * row[hasColor ? at + 2 : at]! + rest * b;
    if (channels === 1) {
      line[x] = luminance(red, green, blue) + 0.5;
    } else {
      line[3 * x] = red + 0.5;
      line[3 * x + 1] = green + 0.5;
      line[3 * x + 2] = blue + 0.5;
    }
  }
}

/** Writes a row of 4 channels. */
function paintStraight(
  line: Uint8Array,
  row: Float32Array,
  from: Picture['channels'],
  { background }: ImageForm,
  rowCoverage: number,
  columns: Taps,
): void {
  const hasAlpha = from === 2 || from === 4;
  const hasColor = from >= 3;
  for (let x = 0; x < columns.counts.length; x++) {
    const coverage = rowCoverage * columns.coverage[x]!;
    if (coverage === 0) continue;
    const at = x * from;
    const alpha = hasAlpha ? row[at + from - 1]! : 255;
    const scale = hasAlpha ? 1 / alpha : 1;
    const seen = coverage * alpha >= 0.5;
    for (let c = 0; c < 3; c++) {
      line[4 * x + c] = seen ? scale * row[hasColor ? at + c : at]! + 0.5 : background[c]!;
    }
    line[4 * x + 3] = coverage * alpha + 0.5;
  }
}
