/** What the data sets of the Hugging Face hub say of their columns. */
export interface HubFeatures {
  /** The columns that hold pictures. */
  readonly images: readonly string[];
  /** The columns that hold classes, and what each class is called. */
  readonly classes: ReadonlyMap<string, readonly string[]>;
}

/**
 * Reads the note `huggingface` of a Parquet file: JSON of
 * `info.features: { column: { _type: "Image" } | { _type: "ClassLabel", names } }`, as
 * https://huggingface.co/docs/datasets/about_dataset_features says them. What is otherwise says nothing.
 */
export function hubFeatures(note: string | undefined): HubFeatures {
  const images: string[] = [];
  const classes = new Map<string, readonly string[]>();
  const features = fieldOf(fieldOf(parsed(note), 'info'), 'features');
  for (const column of isRecord(features) ? Object.keys(features) : []) {
    const feature = fieldOf(features, column);
    const type = fieldOf(feature, '_type');
    const names = fieldOf(feature, 'names');
    if (type === 'Image') images.push(column);
    if (type === 'ClassLabel') {
      classes.set(column, Array.isArray(names) ? names.map(String) : []);
    }
  }
  return { images, classes };
}

function parsed(note: string | undefined): unknown {
  if (note === undefined) return undefined;
  try {
    return JSON.parse(note);
  } catch {
    return undefined;
  }
}

function fieldOf(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
