export { browserStore } from './checkpoint/browser-store';
