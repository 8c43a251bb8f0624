/** A convolution in channels-last layout, as plain numbers. */
export interface Convolution {
  readonly batch: number;
  /** Of the input `[batch, height, width, input]`. */
  readonly height: number;
  readonly width: number;
  readonly input: number;
  /** Of the output `[batch, outHeight, outWidth, output]`. */
  readonly outHeight: number;
  readonly outWidth: number;
  readonly output: number;
  /** Of the filter `[filterHeight, filterWidth, input, output]`. */
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strides: readonly [number, number];
  /** Rows of zeros above and columns of zeros left of the input. */
  readonly top: number;
  readonly left: number;
}

type Numbers = ArrayLike<number>;

/** The convolution itself by loops, in double precision. */
export function referenceConvolution(x: Numbers, filter: Numbers, c: Convolution): Float64Array {
  const y = new Float64Array(c.batch * c.outHeight * c.outWidth * c.output);
  eachProduct(c, (xi, fi, yi) => {
    y[yi] = at(y, yi) + at(x, xi) * at(filter, fi);
  });
  return y;
}

/** Its gradient with respect to the input, by loops. */
export function referenceInputGradient(dy: Numbers, filter: Numbers, c: Convolution): Float64Array {
  const dx = new Float64Array(c.batch * c.height * c.width * c.input);
  eachProduct(c, (xi, fi, yi) => {
    dx[xi] = at(dx, xi) + at(dy, yi) * at(filter, fi);
  });
  return dx;
}

/** Its gradient with respect to the filter, by loops. */
export function referenceFilterGradient(x: Numbers, dy: Numbers, c: Convolution): Float64Array {
  const dw = new Float64Array(c.filterHeight * c.filterWidth * c.input * c.output);
  eachProduct(c, (xi, fi, yi) => {
    dw[fi] = at(dw, fi) + at(x, xi) * at(dy, yi);
  });
  return dw;
}

/** Visits every product of the convolution with its indices in input, filter and output. */
function eachProduct(c: Convolution, visit: (x: number, filter: number, y: number) => void): void {
  for (let b = 0; b < c.batch; b++) {
    for (let p = 0; p < c.outHeight; p++) {
      for (let q = 0; q < c.outWidth; q++) {
        for (let i = 0; i < c.filterHeight; i++) {
          const row = p * c.strides[0] + i - c.top;
          if (row < 0 || row >= c.height) continue;
          for (let j = 0; j < c.filterWidth; j++) {
            const column = q * c.strides[1] + j - c.left;
            if (column < 0 || column >= c.width) continue;
            const x = ((b * c.height + row) * c.width + column) * c.input;
            const y = ((b * c.outHeight + p) * c.outWidth + q) * c.output;
            const filter = (i * c.filterWidth + j) * c.input * c.output;
            for (let k = 0; k < c.input; k++) {
              for (let o = 0; o < c.output; o++) visit(x + k, filter + k * c.output + o, y + o);
            }
          }
        }
      }
    }
  }
}

function at(values: Numbers, index: number): number {
  return values[index] as number;
}
