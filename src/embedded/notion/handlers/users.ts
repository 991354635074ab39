import { z } from "zod";
import { notFound } from "../api/errors.ts";
import { type Operation, operation } from "../api/operation.ts";
import { pagingShape } from "../api/schemas.ts";
import { listOf, paginate } from "../query/paginate.ts";
import { showUser, showUserById } from "../show/user.ts";

export const userOperations: readonly Operation[] = [
  operation({
    name: "users.me",
    method: "GET",
    path: "/users/me",
    handle: (scope) => showUserById(scope.actor.id, scope),
  }),
  operation({
    name: "users.list",
    method: "GET",
    path: "/users",
    query: z.strictObject(pagingShape),
    handle(scope, { query }) {
      const { items, nextCursor } = paginate(
        scope.users.filter(({ isGuest }) => !isGuest),
        query,
        (user) => user.id,
      );
      return listOf(
        "user",
        items.map((user) => showUser(user, scope)),
        nextCursor,
      );
    },
  }),
  operation({
    name: "users.retrieve",
    method: "GET",
    path: "/users/:user_id",
    handle(scope, { params: { user_id = "" } }) {
      const user = scope.users.find((candidate) => candidate.id === user_id);
      if (!user) throw notFound("user", user_id);
      return showUser(user, scope);
    },
  }),
];
