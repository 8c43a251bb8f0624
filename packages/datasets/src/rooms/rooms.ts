import type { FactorSource } from '../factors/factor-source';
import { type GridSourceOptions, gridSource } from '../factors/grid-source';
import { renderRoom } from './draw-room';
import { type RoomFactors, roomFactorRanges, roomFactorsOf, roomFactorValues } from './factors';

export type RoomsOptions = GridSourceOptions;

/** Rooms, each with the factors it was drawn from. */
export type RoomSource = FactorSource<RoomFactors>;

/**
 * An object in a room, with the factors of 3D Shapes, drawn when read: [height, width, 3].
 *
 * @see https://github.com/google-deepmind/3d-shapes
 * @throws ArgumentError for options that are unknown, out of range, or without meaning in the grid's order
 */
export function rooms(options: RoomsOptions): RoomSource {
  return gridSource(
    {
      name: 'rooms',
      channels: 3,
      ranges: roomFactorRanges,
      values: roomFactorValues,
      whole: ['shape'],
      compose: roomFactorsOf,
      render: renderRoom,
    },
    options,
  );
}
