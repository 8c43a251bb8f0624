import { FormatError } from '@eigengan/core';
import type { ImageCache } from '../cache/image-cache';
import { type Limited, limited } from '../concurrency/limited';
import { type Cut, type Prepared, prepareHere } from '../decode/prepare';
import { type Decoding, type Preparer, preparer } from '../decode/preparer';
import { isDamage, withoutName } from '../pictures/damage';
import type { Picture, StoredPicture } from '../pictures/picture';
import type { PictureSource } from '../pictures/picture-source';
import type { ImagePlan } from './image-plan';
import type { DamagedPicture } from './image-set';

/** Finds images in memory, in the cache, or in the pictures, and remembers what is damaged. */
export class ImageReader {
  readonly names: readonly string[];
  readonly #pictures: PictureSource;
  readonly #plan: ImagePlan;
  readonly #cache: ImageCache | undefined;
  readonly #preparer: Preparer;
  readonly #prepareHere: Preparer['prepare'];
  /** Pictures being read and decoded, their bytes in memory, are no more than this, however many are asked for. */
  readonly #limited: Limited;
  readonly #kept = new Map<number, Prepared>();
  readonly #underWay = new Map<number, Promise<Prepared>>();
  readonly #reasons = new Map<number, string>();
  #room: number;
  #closing: Promise<void> | undefined;

  constructor(pictures: PictureSource, plan: ImagePlan, decoding: Decoding, cache: ImageCache | undefined) {
    this.names = pictures.names;
    this.#pictures = pictures;
    this.#plan = plan;
    this.#cache = cache;
    this.#preparer = preparer(decoding, { workers: plan.workers });
    this.#prepareHere = prepareHere(() => decoding.decoder());
    this.#limited = limited(2 * plan.workers + 2);
    const { height, width, channels } = plan.form;
    this.#room = Math.floor(plan.memory / (height * width * channels));
  }

  get damaged(): readonly DamagedPicture[] {
    return [...this.#reasons]
      .map(([index, reason]) => ({ index, name: this.#name(index), reason }))
      .sort((a, b) => a.index - b.index);
  }

  /** Image `index`, which the caller must not change. */
  async read(index: number): Promise<Prepared> {
    const kept = this.#kept.get(index);
    if (kept !== undefined) return kept;
    const shared = this.#underWay.get(index);
    if (shared !== undefined) return shared;
    const work = this.#find(index).finally(() => this.#underWay.delete(index));
    this.#underWay.set(index, work);
    return work;
  }

  async close(): Promise<void> {
    this.#closing ??= this.#drained().finally(() => {
      this.#closing = undefined;
    });
    return this.#closing;
  }

  async #drained(): Promise<void> {
    await Promise.allSettled(this.#underWay.values());
    await Promise.all([this.#preparer.close(), this.#pictures.close(), this.#cache?.close()]);
  }

  async #find(index: number): Promise<Prepared> {
    const known = this.#reasons.get(index);
    if (known !== undefined) throw this.#damage(index, known);
    await this.#closing;
    try {
      const found = (await this.#cached(index)) ?? (await this.#limited(() => this.#decoded(index)));
      if (this.#kept.size < this.#room) this.#kept.set(index, found);
      return found;
    } catch (error) {
      if (!isDamage(error)) throw error;
      const reason = this.#reasonOf(index, error);
      this.#reasons.set(index, reason);
      throw this.#damage(index, reason);
    }
  }

  async #cached(index: number): Promise<Prepared | undefined> {
    const cached = await this.#cache?.read(index);
    if (cached !== undefined && 'reason' in cached) throw this.#damage(index, cached.reason);
    return cached;
  }

  async #decoded(index: number): Promise<Prepared> {
    const name = this.#name(index);
    const { form } = this.#plan;
    const cut = this.#cut(index);
    const stored = await this.#pictures.read(index);
    // As it is wanted: there is nothing to gain from a thread.
    if (cut === undefined && this.#isOfForm(stored)) return this.#prepareHere(name, stored, form);
    try {
      const prepared = await this.#preparer.prepare(name, stored, form, cut);
      await this.#cache?.write(index, prepared);
      return prepared;
    } catch (error) {
      // That a file could not be read is not written down: it may be there again the next time.
      if (isDamage(error)) await this.#cache?.write(index, { reason: this.#reasonOf(index, error) });
      throw error;
    }
  }

  #cut(index: number): Cut | undefined {
    const { align } = this.#plan;
    if (align === undefined) return undefined;
    const affine = align.of(this.#name(index));
    if (affine === undefined) throw new FormatError('there is no alignment for it');
    return { affine, size: align.size };
  }

  #isOfForm(stored: StoredPicture): stored is Picture {
    const { height, width, channels } = this.#plan.form;
    if (stored instanceof Uint8Array) return false;
    return stored.height === height && stored.width === width && stored.channels === channels;
  }

  #name(index: number): string {
    return this.names[index] ?? String(index);
  }

  #damage(index: number, reason: string): FormatError {
    return new FormatError(`${this.#name(index)}: ${reason}`);
  }

  /** One line, without the name, which comes before it again. */
  #reasonOf(index: number, { message }: Error): string {
    const [line = message] = message.split('\n');
    return withoutName(this.#name(index), line);
  }
}
