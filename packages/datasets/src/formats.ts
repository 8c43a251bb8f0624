import type { ByteSource } from './bytes/byte-source';
import type { CifarPicturesOptions } from './cifar/cifar-pictures';
import type { IdxFit } from './idx/idx-fit';
import type { IdxPicturesOptions } from './idx/idx-pictures';
import type { ImageOptions } from './image-set/image-options';
import type { ImageSet } from './image-set/image-set';
import type { NpyPicturesOptions } from './npy/npy-pictures';
import type { NpzPicturesOptions } from './npy/npz-pictures';
import type { ParquetPicturesOptions } from './parquet/parquet-pictures';
import type { TfrecordPicturesOptions } from './tfrecord/tfrecord-pictures';
import type { ZipPicturesOptions } from './zip/zip-pictures';

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
