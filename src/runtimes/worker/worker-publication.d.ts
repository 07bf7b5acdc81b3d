/** The publication that a deployment carries: written by `node/worker-bundle.ts`, put in place by wrangler.toml's alias. */
declare module 'broadsheet-publication' {
  const publication: import('../../store/asset-store.ts').DeployedPublication
  export default publication
}
