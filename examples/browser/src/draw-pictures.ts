import type { Picture } from '@eigengan/viz';

/** Draws pictures of one size side by side, pixel by pixel; the style sheet enlarges them. */
export function drawPictures(canvas: HTMLCanvasElement, pictures: readonly Picture[], columns: number): void {
  const [first] = pictures;
  const context = canvas.getContext('2d');
  if (first === undefined || context === null) return;
  const { width, height } = first;
  // Setting a canvas's size clears it, and is left out where nothing changed.
  const [across, down] = [columns * width, Math.ceil(pictures.length / columns) * height];
  if (canvas.width !== across) canvas.width = across;
  if (canvas.height !== down) canvas.height = down;
  pictures.forEach(({ data }, i) => {
    const image = new ImageData(new Uint8ClampedArray(data), width, height);
    context.putImageData(image, (i % columns) * width, Math.floor(i / columns) * height);
  });
}
