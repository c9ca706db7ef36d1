import { remoteEngine } from '../builders/remote-engine.ts'
import { describeEngineContract } from './engine-contract.ts'

describeEngineContract('remote, Operaton', () => remoteEngine({ url: process.env.OPERATON_URL ?? '', now: Date.now }))
