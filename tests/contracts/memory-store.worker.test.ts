import { createMemoryStore } from '../../src/store/memory.ts'
import { runStoreContract } from './store-contract.ts'

runStoreContract('memory, in workerd', () => createMemoryStore())
