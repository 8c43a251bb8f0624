import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where this user's programs keep what can be made anew, and in it a folder of ours. */
export function defaultCacheFolder(
  system: NodeJS.Platform = process.platform,
  environment: NodeJS.ProcessEnv = process.env,
  home = homedir(),
): string {
  const { XDG_CACHE_HOME, LOCALAPPDATA } = environment;
  if (system === 'win32') return join(LOCALAPPDATA || join(home, 'AppData', 'Local'), 'eigengan', 'Cache');
  if (system === 'darwin') return join(home, 'Library', 'Caches', 'eigengan');
  // https://specifications.freedesktop.org/basedir-spec/latest/
  return join(XDG_CACHE_HOME || join(home, '.cache'), 'eigengan');
}
