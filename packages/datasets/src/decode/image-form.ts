/** How every picture comes to the same form. */
export interface ImageForm {
  readonly height: number;
  readonly width: number;
  /** 1 luminance, 3 sRGB, 4 with alpha. */
  readonly channels: 1 | 3 | 4;
  /** `cover` cuts the middle out, `contain` adds margins, `stretch` distorts. */
  readonly fit: 'cover' | 'contain' | 'stretch';
  /** What shows through where a picture is transparent, and around one that is contained. */
  readonly background: readonly [red: number, green: number, blue: number];
}
