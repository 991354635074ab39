import { type Operation, operation } from "../api/operation.ts";
import { readTask } from "../tasks/async-tasks.ts";

export const asyncTaskOperations: readonly Operation[] = [
  operation({
    name: "async_tasks.retrieve",
    method: "GET",
    path: "/async_tasks/:task_id",
    handle: (scope, { params: { task_id = "" } }) => readTask(scope, task_id),
  }),
];
