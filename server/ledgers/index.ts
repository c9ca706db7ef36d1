export { campaignFor } from './campaign.ts'
export { type FactValue, type NewFact, recordFact, UndeclaredFactError } from './fact.ts'
export { attributesOf, FACT_TYPES, type FactTypeId, isFactType } from './fact-type.ts'
