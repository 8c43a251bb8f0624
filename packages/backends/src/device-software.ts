/** Programs that play a GPU: SwiftShader (Chromium), Mesa's llvmpipe, lavapipe and softpipe, Windows's WARP. */
const programs = /swiftshader|llvmpipe|lavapipe|softpipe|microsoft basic render|software/i;

/** Whether a driver's words about its device name a program instead of a GPU. */
export function isSoftwareDevice(words: string): boolean {
  return programs.test(words);
}
