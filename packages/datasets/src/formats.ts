import { assertFields } from '@eigengan/core';
import { assertFiles } from './bytes/assert-files';
import type { ByteSource } from './bytes/byte-source';
import { type CifarPicturesOptions, cifarOptionNames, cifarPictures } from './cifar/cifar-pictures';
import type { IdxFit } from './idx/idx-fit';
import { type IdxPicturesOptions, idxOptionNames, idxPictures } from './idx/idx-pictures';
import { type ImageOptions, imageOptionNames } from './image-set/image-options';
import { type ImageSet, imageSet } from './image-set/image-set';
import type { Platform } from './image-set/platform';
import { type NpyPicturesOptions, npyOptionNames, npyPictures } from './npy/npy-pictures';
import { type NpzPicturesOptions, npzOptionNames, npzPictures } from './npy/npz-pictures';
import { type ParquetPicturesOptions, parquetOptionNames, parquetPictures } from './parquet/parquet-pictures';
import type { PictureSource } from './pictures/picture-source';
import {
  type TfrecordPicturesOptions,
  tfrecordOptionNames,
  tfrecordPictures,
} from './tfrecord/tfrecord-pictures';
import { type ZipPicturesOptions, zipOptionNames, zipPictures } from './zip/zip-pictures';

/** Options of which some are files, named as the platform names them. */
type WithFiles<Options, File> = {
  readonly [Name in keyof Options]: ByteSource extends Options[Name]
    ? Exclude<Options[Name], ByteSource> | File
    : Options[Name];
};

export type ZipFileOptions = ZipPicturesOptions & ImageOptions;
export type ParquetFilesOptions = ParquetPicturesOptions & ImageOptions;
export type TfrecordFilesOptions<File> = WithFiles<TfrecordPicturesOptions, File> & ImageOptions;

export type NpyFileOptions<File> = WithFiles<NpyPicturesOptions, File> & ImageOptions;
export type NpzFileOptions = NpzPicturesOptions & ImageOptions;
export type CifarFilesOptions<File> = WithFiles<CifarPicturesOptions, File> & ImageOptions;
export type IdxFileOptions<File> = WithFiles<Pick<IdxPicturesOptions, 'labels' | 'maxBytes'>, File> &
  Omit<ImageOptions, 'fit'> & {
    /**
     * `pad` puts the picture in the middle of black, unscaled; the others are those of every format. By
     * default `pad` when that adds at most a quarter to each side (28 to 32), else `cover`.
     */
    readonly fit?: IdxFit | undefined;
  };

/** The formats of one file or several, by what the platform names a file with. */
export interface Formats<File> {
  /**
   * The image files in a zip archive, sorted by path, with the labels of StyleGAN's `dataset.json` where it has
   * such. Opening reads the archive's directory alone. `size` must be given.
   *
   * @throws FormatError when the file is no whole archive, holds no images, or is made to do harm;
   * MissingPackageError in Node without sharp; ArgumentError for a bad option
   */
  zipFile(file: File, options: ZipFileOptions): Promise<ImageSet>;
  /**
   * The pictures of TFRecord files of tf.train.Example, in the order of the files: encoded images, or the
   * planes of StyleGAN's sets. Opening reads the lengths of the records.
   *
   * @throws FormatError when a file is none, or its first whole record holds no picture; ArgumentError for a
   * bad option
   */
  tfrecordFiles(files: readonly File[], options?: TfrecordFilesOptions<File>): Promise<ImageSet>;
  /**
   * The pictures in a column of Parquet files, as the Hugging Face hub has them, in the order of the files.
   * Opening reads their footers and the labels. `size` must be given.
   *
   * @throws FormatError when a file is none, or has no such column; ArgumentError for a bad option
   */
  parquetFiles(files: readonly File[], options: ParquetFilesOptions): Promise<ImageSet>;
  /**
   * The pictures of a numpy array (.npy), [pictures, height, width] or with 1 to 4 channels.
   *
   * @throws FormatError when the file is no such array, whole; ArgumentError for a bad option
   */
  npyFile(file: File, options?: NpyFileOptions<File>): Promise<ImageSet>;
  /**
   * The pictures of an array in a numpy archive (.npz).
   *
   * @throws FormatError when the file is no such archive; ArgumentError for a bad option
   */
  npzFile(file: File, options?: NpzFileOptions): Promise<ImageSet>;
  /**
   * The pictures of CIFAR-10 or CIFAR-100 in the binary version, in the order of the files.
   *
   * @throws FormatError when a file is not whole records of one kind; ArgumentError for a bad option
   */
  cifarFiles(files: readonly File[], options?: CifarFilesOptions<File>): Promise<ImageSet>;
  /**
   * The pictures of an IDX file, gzipped or not: MNIST, Fashion-MNIST and their like.
   *
   * @throws FormatError when the file is none of images, whole; ArgumentError for a bad option
   */
  idxFile(file: File, options?: IdxFileOptions<File>): Promise<ImageSet>;
}

/** The formats on a platform, which says how it opens a file. */
export function formatsOn<File extends string | object>(
  open: (file: File) => Promise<ByteSource>,
  platform: Platform,
): Formats<File> {
  /** Images of what `pictures` finds in the files that it opens; when it fails these are closed. */
  const images = async (
    where: string,
    options: ImageOptions,
    pictures: (opened: (file: File) => Promise<ByteSource>) => Promise<PictureSource>,
  ): Promise<ImageSet> => {
    const files: ByteSource[] = [];
    const opened = async (file: File): Promise<ByteSource> => {
      const source = await open(file);
      files.push(source);
      return source;
    };
    try {
      return await imageSet(await pictures(opened), options, platform, where);
    } catch (error) {
      await Promise.all(files.map((file) => file.close()));
      throw error;
    }
  };

  /** Each of a list of files, opened. */
  const all = (
    where: string,
    files: readonly File[],
    opened: (file: File) => Promise<ByteSource>,
  ): Promise<ByteSource[]> => {
    assertFiles(where, files);
    return Promise.all(files.map(opened));
  };

  return {
    zipFile: async (file, options) => {
      assertFields('zipFile', options ?? {}, [...zipOptionNames, ...imageOptionNames]);
      const { labels, maxBytes, ...rest } = options ?? {};
      // All pictures in an archive are encoded: without a decoder, this is said at once.
      await platform.decoding.decoder();
      return images('zipFile', rest, async (opened) => zipPictures(await opened(file), { labels, maxBytes }));
    },
    tfrecordFiles: async (files, options = {}) => {
      assertFields('tfrecordFiles', options, [...tfrecordOptionNames, ...imageOptionNames]);
      const { feature, label, labels, resolution, ...rest } = options;
      return images('tfrecordFiles', rest, async (opened) =>
        tfrecordPictures(await all('tfrecordFiles', files, opened), {
          feature,
          label,
          labels: labels === undefined || typeof labels === 'boolean' ? labels : await opened(labels),
          resolution,
        }),
      );
    },
    parquetFiles: async (files, options) => {
      assertFields('parquetFiles', options ?? {}, [...parquetOptionNames, ...imageOptionNames]);
      const { column, label, paths, pages, ...rest } = options ?? {};
      return images('parquetFiles', rest, async (opened) =>
        parquetPictures(await all('parquetFiles', files, opened), {
          column,
          label,
          paths,
          pages,
        }),
      );
    },
    npyFile: async (file, options = {}) => {
      assertFields('npyFile', options, [...npyOptionNames, ...imageOptionNames]);
      const { labels, layout, range, maxBytes, ...rest } = options;
      return images('npyFile', rest, async (opened) =>
        npyPictures(await opened(file), {
          labels: labels === undefined ? undefined : await opened(labels),
          layout,
          range,
          maxBytes,
        }),
      );
    },
    npzFile: async (file, options = {}) => {
      assertFields('npzFile', options, [...npzOptionNames, ...imageOptionNames]);
      const { images: name, labels, layout, range, maxBytes, ...rest } = options;
      return images('npzFile', rest, async (opened) =>
        npzPictures(await opened(file), { images: name, labels, layout, range, maxBytes }),
      );
    },
    cifarFiles: async (files, options = {}) => {
      assertFields('cifarFiles', options, [...cifarOptionNames, ...imageOptionNames]);
      const { kind, labels, classes, ...rest } = options;
      return images('cifarFiles', rest, async (opened) =>
        cifarPictures(await all('cifarFiles', files, opened), {
          kind,
          labels,
          classes: classes === undefined ? undefined : await opened(classes),
        }),
      );
    },
    idxFile: async (file, options = {}) => {
      assertFields('idxFile', options, [...idxOptionNames, ...imageOptionNames]);
      const { labels, maxBytes, fit, ...rest } = options;
      // Padded pictures have their size already.
      const scaled = fit === 'pad' ? rest : { ...rest, fit };
      return images('idxFile', scaled, async (opened) =>
        idxPictures(await opened(file), {
          labels: labels === undefined ? undefined : await opened(labels),
          size: rest.size,
          fit,
          maxBytes,
        }),
      );
    },
  };
}
