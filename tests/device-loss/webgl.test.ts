import { describeDeviceLoss } from './describe-device-loss';

await describeDeviceLoss('webgl');
