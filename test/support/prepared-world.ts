import { copyOf } from "./copy-database.ts";
import { createWorld, type World, type WorldOptions } from "./world.ts";

export type Prepared<T> = {
  /** A copy of the world as it was left. `options` are those of the service alone. */
  readonly open: (options?: Pick<WorldOptions, "pollSeconds" | "service" | "webhooks" | "mail">) => World & {
    readonly there: T;
  };
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
