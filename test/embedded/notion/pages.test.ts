import { describe, expect, it } from "vitest";
import {
  clientOf,
  createDatabase,
  createRow,
  type Loose,
  openWorkspace,
  refusal,
  text,
} from "./open-workspace.ts";

const stages = {
  status: {
    options: [
      { name: "Intake", group: "To-do" },
      { name: "QA", group: "In progress" },
      { name: "Complete", group: "Complete" },
    ],
  },
};

const openProjects = async () => {
  const opened = openWorkspace();
  const { bot, workspace } = opened;
  const projects = await createDatabase(bot, workspace.rootPageId, "Projects", {
    Name: { title: {} },
    Stage: stages,
    Health: { select: { options: [{ name: "Green" }] } },
    Points: { number: {} },
    Live: { date: {} },
    Code: { unique_id: { prefix: "P" } },
    Edited: { last_edited_time: {} },
  });
  const milestones = await createDatabase(bot, workspace.rootPageId, "Milestones", {
    Name: { title: {} },
    Project: {
      relation: {
        data_source_id: projects.dataSourceId,
        type: "dual_property",
        dual_property: { synced_property_name: "Milestones" },
      },
    },
  });
  const row = await createRow(bot, projects.dataSourceId, { Name: { title: text("Acme") } });
  return { ...opened, projects, milestones, row };
};

const read = async (opened: Awaited<ReturnType<typeof openProjects>>, id: string): Promise<Loose> =>
  opened.bot.pages.retrieve({ page_id: id });

describe("a page", () => {
  it("shows the person who edited it last, and when, to the minute", async () => {
    const opened = await openProjects();
    const [dana] = opened.workspace.people;
    await opened.clock.advance(150_000);
    await opened.dana.pages.update({ page_id: opened.row.id, properties: { Points: { number: 3 } } });
    const page = await read(opened, opened.row.id);
    expect(page.last_edited_by).toEqual({ object: "user", id: dana?.id });
    expect(page.created_by).toEqual({ object: "user", id: opened.workspace.botId });
    expect(page.created_time).toBe("2026-03-03T09:00:00.000Z");
    expect(page.last_edited_time).toBe("2026-03-03T09:02:00.000Z");
    expect(page.properties.Edited.last_edited_time).toBe("2026-03-03T09:02:00.000Z");
  });

  it("is found by its id in any spelling, and answers it dashed and in lower case", async () => {
    const opened = await openProjects();
    const spelt = String(opened.row.id).replaceAll("-", "").toUpperCase();
    expect((await read(opened, spelt)).id).toBe(opened.row.id);
  });

  it("takes properties by name, by id and by id as it was answered", async () => {
    const opened = await openProjects();
    const answered: string = opened.row.properties.Points.id;
    for (const [number, key] of ["Points", answered, decodeURIComponent(answered)].entries()) {
      await opened.bot.pages.update({ page_id: opened.row.id, properties: { [key]: { number } } });
      expect((await read(opened, opened.row.id)).properties.Points.number).toBe(number);
    }
  });

  it("reads as its default status when the status is cleared", async () => {
    const opened = await openProjects();
    const update = (status: Loose | null) =>
      opened.bot.pages.update({ page_id: opened.row.id, properties: { Stage: { status } } as never });
    await update({ name: "QA" });
    await update(null);
    expect((await read(opened, opened.row.id)).properties.Stage.status.name).toBe("Intake");
  });

  it("gets a new option from an unknown select name, and none from an unknown status", async () => {
    const opened = await openProjects();
    await opened.bot.pages.update({
      page_id: opened.row.id,
      properties: { Health: { select: { name: "Amber" } } },
    });
    const source: Loose = await opened.bot.dataSources.retrieve({
      data_source_id: opened.projects.dataSourceId,
    });
    expect(source.properties.Health.select.options.map((option: Loose) => option.name)).toEqual([
      "Green",
      "Amber",
    ]);
    const refused = await refusal(
      opened.bot.pages.update({
        page_id: opened.row.id,
        properties: { Points: { number: 9 }, Stage: { status: { name: "Blocked" } } },
      }),
    );
    expect(refused).toEqual({
      status: 400,
      code: "validation_error",
      message: 'Invalid status option. Status option "Blocked" does not exist".',
    });
    expect((await read(opened, opened.row.id)).properties.Points.number).toBeNull();
  });

  it("numbers rows and never gives a number twice", async () => {
    const opened = await openProjects();
    opened.workspace.control.trash(opened.row.id);
    const second = await createRow(opened.bot, opened.projects.dataSourceId, {});
    expect(opened.row.properties.Code.unique_id).toEqual({ prefix: "P", number: 1 });
    expect(second.properties.Code.unique_id).toEqual({ prefix: "P", number: 2 });
  });

  it("keeps the moment of a date-time and its offset", async () => {
    const opened = await openProjects();
    const dates: [Loose, string][] = [
      [{ start: "2026-12-01" }, "2026-12-01"],
      [{ start: "2026-12-01T09:30:00Z" }, "2026-12-01T09:30:00.000+00:00"],
      [{ start: "2026-12-01T09:30:00-05:00" }, "2026-12-01T09:30:00.000-05:00"],
      [{ start: "2026-07-01T09:30:00", time_zone: "Europe/Paris" }, "2026-07-01T09:30:00.000+02:00"],
    ];
    for (const [date, shown] of dates) {
      await opened.bot.pages.update({ page_id: opened.row.id, properties: { Live: { date } } as never });
      expect((await read(opened, opened.row.id)).properties.Live.date.start).toBe(shown);
    }
  });

  it("leaves no trace of a write that changes nothing", async () => {
    const opened = await openProjects();
    await opened.bot.pages.update({ page_id: opened.row.id, properties: { Points: { number: 4 } } });
    await opened.clock.advance(120_000);
    const before = opened.workspace.control.journal().length;
    await opened.bot.pages.update({ page_id: opened.row.id, properties: { Points: { number: 4 } } });
    expect(opened.workspace.control.journal()).toHaveLength(before);
    expect((await read(opened, opened.row.id)).last_edited_time).toBe("2026-03-03T09:00:00.000Z");
  });

  it("takes no edit in the trash, and comes back whole", async () => {
    const opened = await openProjects();
    await opened.bot.pages.update({ page_id: opened.row.id, in_trash: true });
    expect((await read(opened, opened.row.id)).in_trash).toBe(true);
    const refused = await refusal(
      opened.bot.pages.update({ page_id: opened.row.id, properties: { Points: { number: 1 } } }),
    );
    expect(refused.message).toMatch(/Can't edit block that is archived/);
    await opened.dana.pages.update({ page_id: opened.row.id, in_trash: false });
    expect((await read(opened, opened.row.id)).in_trash).toBe(false);
  });

  it("that a person made outside what is shared does not exist for the bot", async () => {
    const { workspace, dana, bot } = openWorkspace();
    const page: Loose = await dana.pages.create({
      parent: { type: "workspace", workspace: true },
      properties: { title: { title: text("Private") } },
    });
    expect(await refusal(bot.pages.retrieve({ page_id: page.id }))).toMatchObject({
      status: 404,
      code: "object_not_found",
    });
    expect((await bot.search({ query: "Private" })).results).toEqual([]);
    expect((await dana.search({ query: "Private" })).results).toHaveLength(1);
    expect((await bot.pages.retrieve({ page_id: workspace.rootPageId })).id).toBe(workspace.rootPageId);
  });

  it("speaks the older version with `archived`, which the newer refuses", async () => {
    const { workspace, bot } = openWorkspace();
    const old = clientOf(workspace, workspace.tokens.bot, "2025-09-03");
    const page: Loose = await old.pages.create({
      parent: { page_id: workspace.rootPageId },
      properties: { title: { title: text("Old") } },
    });
    expect(page).toMatchObject({ archived: false, in_trash: false });
    const trashed = await old.pages.update({ page_id: page.id, archived: true });
    expect(trashed).toMatchObject({ archived: true, in_trash: true });
    const refused = await refusal(bot.pages.update({ page_id: page.id, archived: false }));
    expect(refused.message).toBe(
      "body failed validation: body.archived should be not present, instead was `false`.",
    );
    expect(await bot.pages.retrieve({ page_id: page.id })).not.toHaveProperty("archived");
  });
});

describe("a two-way relation", () => {
  const related = (page: Loose, name: string): string[] =>
    page.properties[name].relation.map((one: Loose) => one.id);

  it("is written on either side and read on both", async () => {
    const opened = await openProjects();
    const project = { Project: { relation: [{ id: opened.row.id }] } };
    const kickoff = await createRow(opened.bot, opened.milestones.dataSourceId, project);
    expect(related(await read(opened, opened.row.id), "Milestones")).toEqual([kickoff.id]);
    await opened.bot.pages.update({ page_id: opened.row.id, properties: { Milestones: { relation: [] } } });
    expect(related(await read(opened, kickoff.id), "Project")).toEqual([]);
  });

  it("hides a page in the trash and shows it again when it is restored", async () => {
    const opened = await openProjects();
    const project = { Project: { relation: [{ id: opened.row.id }] } };
    const kickoff = await createRow(opened.bot, opened.milestones.dataSourceId, project);
    opened.workspace.control.trash(kickoff.id);
    expect(related(await read(opened, opened.row.id), "Milestones")).toEqual([]);
    opened.workspace.control.restore(kickoff.id);
    expect(related(await read(opened, opened.row.id), "Milestones")).toEqual([kickoff.id]);
  });

  it("shows 25 pages, says that there are more, and pages through all of them", async () => {
    const opened = await openProjects();
    const project = { Project: { relation: [{ id: opened.row.id }] } };
    const made: string[] = [];
    for (let index = 0; index < 30; index++) {
      made.push((await createRow(opened.bot, opened.milestones.dataSourceId, project)).id);
    }
    const { Milestones } = (await read(opened, opened.row.id)).properties;
    expect(Milestones).toMatchObject({ has_more: true, relation: made.slice(0, 25).map((id) => ({ id })) });
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const list: Loose = await opened.bot.pages.properties.retrieve({
        page_id: opened.row.id,
        property_id: Milestones.id,
        page_size: 11,
        ...(cursor ? { start_cursor: cursor } : {}),
      });
      found.push(...list.results.map((item: Loose) => item.relation.id));
      cursor = list.next_cursor;
    } while (cursor);
    expect(found).toEqual(made);
  });

  it("refuses a page of another database", async () => {
    const opened = await openProjects();
    const own = { Project: { relation: [{ id: opened.workspace.rootPageId }] } };
    expect(await refusal(createRow(opened.bot, opened.milestones.dataSourceId, own))).toMatchObject({
      code: "validation_error",
    });
  });
});
