import { formatError } from '@eigengan/core';
import type { Picture, StoredPicture } from '../pictures/picture';
import type { Affine } from './alignment';
import type { Decoder } from './decoder';
import type { ImageForm } from './image-form';
import { assertPixels } from './pixel-limit';
import { toForm } from './to-form';
import { warp } from './warp';

/** What an `Alignment` says of one picture. */
export interface Cut {
  /** From the cut's pixels to the picture's. */
  readonly affine: Affine;
  /** Of the cut, pixels. */
  readonly size: readonly [height: number, width: number];
}

export interface Prepared {
  /** [height, width, channels] of the form, bytes of its own. */
  readonly image: Uint8Array<ArrayBuffer>;
  /** The picture as it was decoded, before cut and form. */
  readonly original: { readonly height: number; readonly width: number; readonly channels: number };
}

/**
 * A stored picture as an image of a form: decoded where it is encoded, cut where there is a cut.
 *
 * @throws FormatError with the reason when the picture is damaged
 */
export type Prepare = (name: string, stored: StoredPicture, form: ImageForm, cut?: Cut) => Promise<Prepared>;

/** `Prepare` in the calling thread. `decoder` is called at the first encoded picture. */
export function prepareHere(decoder: () => Promise<Decoder>): Prepare {
  let loaded: Promise<Decoder> | undefined;
  return async (name, stored, form, cut) => {
    const picture = stored instanceof Uint8Array ? await (await load())(name, stored) : whole(name, stored);
    const { height, width, channels } = picture;
    const upright = cut === undefined ? picture : warp(picture, cut.affine, cut.size);
    return { image: toForm(upright, form), original: { height, width, channels } };
  };

  function load(): Promise<Decoder> {
    loaded ??= decoder();
    return loaded;
  }
}

function whole(name: string, picture: Picture): Picture {
  const { height, width, channels, data } = picture;
  assertPixels(name, height, width);
  if (data.length === height * width * channels) return picture;
  throw formatError(name, `must hold ${height} x ${width} x ${channels} bytes`, data.length);
}
