import { packageBuild } from '../../tsup.base';

export default packageBuild({
  index: 'src/index.ts',
  node: 'src/node.ts',
  browser: 'src/browser.ts',
  explorer: 'src/explorer.ts',
});
