import type { ImageForm } from './image-form';

/** Where an output's first edge lies in a picture, and how long the output is there, both in the picture's pixels. */
interface Span {
  readonly start: number;
  readonly length: number;
}

/**
 * The part of a picture that becomes the whole image, in real numbers: edges map to edges, nothing is rounded
 * to whole pixels. `stretch` takes the picture. `cover` takes the largest part in its middle with the image's
 * aspect ratio; `contain` the smallest rectangle of that ratio around it.
 */
export function fitted(
  { height, width }: { readonly height: number; readonly width: number },
  form: ImageForm,
): { readonly rows: Span; readonly columns: Span } {
  const rows = { start: 0, length: height };
  const columns = { start: 0, length: width };
  if (form.fit === 'stretch') return { rows, columns };
  // Compared without division: equal ratios must come out equal.
  const wider = width * form.height > height * form.width;
  if (wider === (form.fit === 'cover')) {
    return { rows, columns: middle(width, (form.width * height) / form.height) };
  }
  return { rows: middle(height, (form.height * width) / form.width), columns };
}

function middle(whole: number, length: number): Span {
  return { start: (whole - length) / 2, length };
}
