/** Puts back what was there. */
export type Restore = () => void;

/** Replaces properties of an object until the returned function is called. */
export function patchProperties(
  target: object,
  properties: Readonly<Record<string, PropertyDescriptor>>,
): Restore {
  const before = Object.keys(properties).map(
    (name) => [name, Object.getOwnPropertyDescriptor(target, name)] as const,
  );
  for (const [name, descriptor] of Object.entries(properties)) {
    Object.defineProperty(target, name, { ...descriptor, configurable: true });
  }
  return () => {
    for (const [name, descriptor] of before) {
      if (descriptor === undefined) Reflect.deleteProperty(target, name);
      else Object.defineProperty(target, name, descriptor);
    }
  };
}
