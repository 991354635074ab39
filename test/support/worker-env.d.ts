/** What `cloudflare:workers` gives the tests: the Worker's exports and its bindings. */
declare namespace Cloudflare {
  interface GlobalProps {
    mainModule: typeof import("../../src/worker.ts");
    durableNamespaces: "Workspace";
  }
  interface Env extends Readonly<ReturnType<typeof import("./worker-bindings.ts").workerBindings>> {
    readonly WORKSPACE: DurableObjectNamespace<import("../../src/worker.ts").Workspace>;
  }
}
