import { assertFields } from '@eigengan/core';
import { assertFiles } from './bytes/assert-files';
import type { ByteSource } from './bytes/byte-source';
import { cifarOptionNames, cifarPictures } from './cifar/cifar-pictures';
import type { Formats } from './formats';
import { idxOptionNames, idxPictures } from './idx/idx-pictures';
import { type ImageOptions, imageOptionNames } from './image-set/image-options';
import { type ImageSet, imageSet } from './image-set/image-set';
import type { Platform } from './image-set/platform';
import { npyOptionNames, npyPictures } from './npy/npy-pictures';
import { npzOptionNames, npzPictures } from './npy/npz-pictures';
import { parquetOptionNames, parquetPictures } from './parquet/parquet-pictures';
import type { PictureSource } from './pictures/picture-source';
import { tfrecordOptionNames, tfrecordPictures } from './tfrecord/tfrecord-pictures';
import { zipOptionNames, zipPictures } from './zip/zip-pictures';

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
