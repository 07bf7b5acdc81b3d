import { runLibraryCases } from './library-cases.ts'

runLibraryCases('on Node')
