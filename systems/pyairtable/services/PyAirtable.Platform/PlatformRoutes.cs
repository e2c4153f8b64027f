using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Reference.Database;
using Reference.Web;

namespace PyAirtable.Platform;

/// <summary>Tables and records, for the user whom the gateway names in <c>X-User-Id</c>.</summary>
internal sealed partial class PlatformRoutes(TableStore tables, RecordStore records, TimeProvider time, ILogger log)
{
    private const string Root = "/api/v1/tables";
    private const string One = Root + "/{table:guid}";
    private const int PageMost = 100;

    public void MapTo(WebApplication app)
    {
        app.MapGet(Root, context => ServeAsync(context, async owner =>
        {
            var list = await tables.ListAsync(owner, context.RequestAborted);
            await context.AnswerAsync(200, new JsonArray([.. list.Select(table => table.Tell())]));
        }));
        app.MapPost(Root, context => ServeAsync(context, owner => AddTableAsync(context, owner)));
        app.MapGet(One, context => OfTableAsync(context, table => context.AnswerAsync(200, table.Tell())));
        app.MapDelete(One, context => OfTableAsync(context, async table =>
        {
            await tables.DeleteAsync(table.Id, context.RequestAborted);
            context.Response.StatusCode = StatusCodes.Status204NoContent;
        }));
        app.MapGet(One + "/records", context => OfTableAsync(context, async table => await context.AnswerAsync(200,
            await records.ListAsync(
                table.Id, Query(context, "limit", PageMost), Query(context, "offset", int.MaxValue, otherwise: 0),
                context.RequestAborted))));
        app.MapPost(One + "/records", context => OfTableAsync(context, table => WriteAsync(context, table, null)));
        const string Record = One + "/records/{record:guid}";
        app.MapPatch(Record, context => OfTableAsync(
            context, table => WriteAsync(context, table, Id(context, "record"))));
        app.MapGet(Record, context => OfTableAsync(context, async table => await GiveAsync(
            context, 200, await records.FindAsync(table.Id, Id(context, "record"), context.RequestAborted))));
        app.MapDelete(Record, context => OfTableAsync(context, async table => await GiveAsync(
            context, 200, await records.DeleteAsync(table.Id, Id(context, "record"), context.RequestAborted))));
    }

    private async Task AddTableAsync(HttpContext context, Guid owner)
    {
        var (table, problem) = Table.Parse(
            await context.ReadObjectAsync(), Guid.CreateVersion7(time.GetUtcNow()));
        if (table is null)
        {
            await context.RefuseAsync(422, problem);
            return;
        }

        await tables.AddAsync(owner, table, context.RequestAborted);
        await context.AnswerAsync(201, table.Tell());
    }

    /// <summary>Adds a record, or changes the one of that id.</summary>
    private async Task WriteAsync(HttpContext context, Table table, Guid? id)
    {
        if ((await context.ReadObjectAsync())?["fields"] is not JsonObject fields)
        {
            await context.RefuseAsync(422, "fields are needed");
        }
        else if (table.Refuses(fields) is { } problem)
        {
            await context.RefuseAsync(422, problem);
        }
        else if (id is { } known)
        {
            await GiveAsync(context, 200, await records.ChangeAsync(table.Id, known, fields, context.RequestAborted));
        }
        else
        {
            await GiveAsync(context, 201, await records.AddAsync(table.Id, fields, context.RequestAborted));
        }
    }

    private Task OfTableAsync(HttpContext context, Func<Table, Task> serve) => ServeAsync(context, async owner =>
        await (await tables.FindAsync(owner, Id(context, "table"), context.RequestAborted) is { } table
            ? serve(table) : context.RefuseAsync(404, "there is no such table")));

    private async Task ServeAsync(HttpContext context, Func<Guid, Task> serve)
    {
        if (!Guid.TryParse(context.Request.Headers["X-User-Id"], out var owner))
        {
            await context.RefuseAsync(401, "this service is asked through the gateway");
            return;
        }

        try
        {
            await serve(owner);
        }
        catch (Exception failure) when (DatabaseOutage.Is(failure))
        {
            LogOutage(log, context.Request.Path.ToString(), DatabaseOutage.Describe(failure));
            await context.RefuseAsync(503, $"database: {DatabaseOutage.Describe(failure)}");
        }
    }

    private static Task GiveAsync(HttpContext context, int status, JsonNode? found) =>
        found is null ? context.RefuseAsync(404, "there is no such record") : context.AnswerAsync(status, found);

    private static Guid Id(HttpContext context, string name) =>
        Guid.Parse((string)context.Request.RouteValues[name]!, CultureInfo.InvariantCulture);

    private static int Query(HttpContext context, string name, int most, int? otherwise = null) =>
        int.TryParse(context.Request.Query[name], NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? Math.Min(value, most) : otherwise ?? most;

    [LoggerMessage(EventId = 1, Level = LogLevel.Error, Message = "{Path} failed: database: {Reason}")]
    private static partial void LogOutage(ILogger log, string path, string reason);
}
