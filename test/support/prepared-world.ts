import { copyOf } from "./copy-database.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

type Opened = Pick<WorldOptions, "pollSeconds" | "service" | "webhooks" | "mail">;

export type Prepared<T> = {
  /** A copy of the world as it was left. `options` are those of the service alone. */
  readonly open: (options?: Opened) => World & { readonly there: T };
  readonly drop: () => void;
};

/** A world that is made and arranged once, so that each case of a file plays on a copy of it. */
export const prepareWorld = async <T>(
  options: WorldOptions,
  arrange: (world: World) => Promise<T>,
): Promise<Prepared<T>> => {
  const world = createWorld(options);
  const there = await arrange(world);
  const left = { workspace: copyOf(world.workspaceDatabase), store: copyOf(world.store) };
  const startAt = world.clock.now();
  world.close();
  let opened = 0;
  return {
    open: (changed = {}) => {
      opened += 1;
      const databases = { workspace: copyOf(left.workspace), store: copyOf(left.store) };
      // Polls that were planned at another pace fall due at once.
      if (changed.pollSeconds !== undefined) databases.store.exec("UPDATE polls SET due_at = 0");
      const seed = 1000 * opened;
      return Object.assign(createWorld({ ...options, ...changed, startAt, databases, seed }), { there });
    },
    drop: () => {
      left.workspace.close();
      left.store.close();
    },
  };
};

const blanks = new Map<string, Promise<Prepared<void>>>();

/**
 * A world five minutes after `createWorld`, in which Milepost has set the workspace up and has nothing left to do. Made once
 * for each kind in a process, because a set-up costs thirty times as much as the copy.
 */
export const setUpWorld = async (options: Opened & Pick<WorldOptions, "startAt"> = {}): Promise<World> => {
  const { service: _service, mail: _mail, ...kind } = options;
  const key = JSON.stringify(kind);
  const blank = blanks.get(key) ?? prepareWorld(kind, (world) => world.pass(5 * 60_000));
  blanks.set(key, blank);
  const { service, mail } = options;
  return (await blank).open({ ...(service && { service }), ...(mail && { mail }) });
};
