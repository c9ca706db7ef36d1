import type { CountyPlan } from '../county-plan.ts'
import { lucheng, xiangfen } from './neighbours.ts'
import { zezhou } from './zezhou.ts'

/** The counties of a demonstration installation; the first is the one that has a history. */
export const DEMONSTRATION_COUNTIES: readonly CountyPlan[] = [zezhou, xiangfen, lucheng]

/** 2023-12-18 08:30 in the county: where the demonstration's clock stands at the first start. */
export const DEMONSTRATION_START = Date.UTC(2023, 11, 18, 0, 30)

/** 2023-11-03 08:00 in the county: where its history begins. */
export const HISTORY_START = Date.UTC(2023, 10, 3, 0, 0)

export type { CountyPlan } from '../county-plan.ts'
export { placeId } from '../county-plan.ts'
export { setUpCounty, setUpDemonstration } from './set-up.ts'
export { zezhou } from './zezhou.ts'
