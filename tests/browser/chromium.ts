/** Debian's Chromium unless CHROMIUM names another. */
export const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';

/** For a machine without a GPU, where SwiftShader plays one, and without a desktop. */
export const args = [
  '--no-sandbox',
  '--disable-gpu-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-swiftshader',
  '--enable-unsafe-webgpu',
];
