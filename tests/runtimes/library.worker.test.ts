import { runLibraryCases } from './library-cases.ts'

runLibraryCases('in workerd')
