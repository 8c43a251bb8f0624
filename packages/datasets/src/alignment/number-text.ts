/** A decimal number and nothing else: no hexadecimal, no empty text, no `nan` or `inf`. */
export const decimal = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?$/i;
