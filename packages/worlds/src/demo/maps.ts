import type { DescribedMap } from '../templates/describedWorld.ts'

/** The maps of the demo world, on its pictures. */
export const demoMaps: readonly DescribedMap[] = [
  {
    name: 'The Iron Coast',
    picture: 'Map of the Iron Coast',
    of: 'The Iron Shore',
    unit: 'miles',
    unitsAcross: 60,
    layers: [
      { id: 1, name: 'Lights and harbours', isHidden: false },
      { id: 2, name: 'Dangers', isHidden: false },
    ],
    markers: [
      { marks: 'Harrowgate', points: [[0.358, 0.188]], color: 'red', layerId: 1 },
      { marks: 'The Ninth Light', points: [[0.405, 0.43]], color: 'yellow', layerId: 1 },
      { marks: 'Tarrow’s Landing', points: [[0.475, 0.625]], color: 'blue', layerId: 1 },
      {
        marks: 'The Teeth',
        points: [
          [0.52, 0.83],
          [0.84, 0.83],
          [0.86, 0.97],
          [0.51, 0.97],
        ],
        color: 'gray',
        layerId: 2,
      },
      {
        label: 'Not to be trusted below here',
        points: [[0.3, 0.8]],
        color: 'orange',
        layerId: 2,
      },
    ],
  },
  {
    name: 'The steps of the Ninth Light',
    picture: 'The steps of the Ninth Light',
    of: 'The Ninth Light',
    unit: 'feet',
    unitsAcross: 40,
    layers: [],
    markers: [{ marks: 'The Lamp Room', points: [[0.5, 0.5]], color: 'yellow' }],
  },
]
