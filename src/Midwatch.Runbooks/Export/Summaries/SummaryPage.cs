using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Midwatch.Runbooks.Effects;

namespace Midwatch.Runbooks.Export.Summaries;

/// <summary>
/// Writes a summary as one HTML page: no script, nothing from elsewhere, light or dark as the reader's system.
/// </summary>
public static class SummaryPage
{
    private const string Style = """
        :root{color-scheme:light dark;--bg:#f7f7f5;--card:#fff;--ink:#1c1c1a;--dim:#6a6a64;--line:#e3e3de;
        --read:#2e8b57;--change:#c98a12;--unknown:#8a5fbf;--destroy:#c8372d}
        @media(prefers-color-scheme:dark){:root{--bg:#15161a;--card:#1e2026;--ink:#e8e8e4;--dim:#9a9ca6;--line:#32343d;
        --read:#4fb57c;--change:#e0a83c;--unknown:#ab86dd;--destroy:#ec6a60}}
        *{box-sizing:border-box}body{margin:0;background:var(--bg);color:var(--ink);
        font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,sans-serif}
        main{max-width:1440px;margin:0 auto;padding:32px 20px 64px}h1{font-size:24px;margin:0 0 4px}
        h2{font-size:16px;margin:36px 0 12px}p.dim,.dim{color:var(--dim)}
        .tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(136px,1fr));gap:12px;margin:24px 0}
        .tile{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px}
        .tile b{display:block;font-size:26px;line-height:1.2;font-variant-numeric:tabular-nums}
        .bar{display:flex;height:12px;border-radius:6px;overflow:hidden;background:var(--line);min-width:90px}
        .bar.big{height:22px}.bar i{display:block;height:100%}
        .read{background:var(--read)}.change{background:var(--change)}
        .unknown{background:var(--unknown)}.destroy{background:var(--destroy)}
        .key{display:flex;flex-wrap:wrap;gap:6px 20px;margin:10px 0 0;padding:0;list-style:none}
        .key i{display:inline-block;width:10px;height:10px;border-radius:3px;margin-right:6px}
        .parts{display:grid;grid-template-columns:max-content 1fr max-content;gap:8px 14px;align-items:center}
        .scroll{overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:10px}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        th,td{padding:8px 7px;text-align:right;border-bottom:1px solid var(--line);white-space:nowrap}
        th{font-weight:600;color:var(--dim);font-size:13px}tr:last-child td{border-bottom:0}
        th:first-child,td:first-child{text-align:left;white-space:normal;min-width:220px;overflow-wrap:anywhere}
        th:last-child,td:last-child{white-space:normal;min-width:84px}td:last-child span{white-space:nowrap}
        td small{display:block;color:var(--dim);overflow-wrap:anywhere}.bad{color:var(--destroy);font-weight:600}
        """;

    /// <summary>Writes the page.</summary>
    public static void Write(TextWriter writer, CollectionDigest collection)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(collection);
        writer.WriteLine("<!doctype html>");
        writer.WriteLine("<html lang=\"en\"><head><meta charset=\"utf-8\">");
        writer.WriteLine("<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">");
        writer.WriteLine($"<title>Runbooks</title><style>{Style}</style></head><body><main>");
        writer.WriteLine("<h1>Runbooks, as Midwatch understands them</h1>");
        writer.WriteLine($"<p class=\"dim\">{Number(collection.Lines)} lines read, "
            + $"{Share(collection.Unrecognised, collection.Lines)} given no meaning (they are still shown to people).</p>");
        Tiles(writer, collection);
        Effects(writer, collection);
        Parts(writer, collection);
        Table(writer, collection);
        writer.WriteLine("</main></body></html>");
    }

    private static void Tiles(TextWriter writer, CollectionDigest collection)
    {
        writer.WriteLine("<section class=\"tiles\" aria-label=\"Totals\">");
        Tile(writer, collection.Runbooks.Length, "runbook", "runbooks");
        Tile(writer, collection.Procedures, "procedure", "procedures");
        Tile(writer, collection.Alerts, "alert bound", "alerts bound");
        Tile(writer, collection.Scenarios, "scenario", "scenarios");
        Tile(writer, collection.Commands.Sum(), "command", "commands");
        Tile(writer, collection.HumanSteps, "step by hand", "steps by hand");
        Tile(writer, collection.Errors, "error", "errors");
        Tile(writer, collection.Warnings, "warning", "warnings");
        writer.WriteLine("</section>");
    }

    private static void Tile(TextWriter writer, int number, string one, string many) => writer.WriteLine(
        $"<div class=\"tile\"><b>{Number(number)}</b><span class=\"dim\">{(number == 1 ? one : many)}</span></div>");

    private static void Effects(TextWriter writer, CollectionDigest collection)
    {
        var all = collection.Commands.Sum();
        writer.WriteLine("<h2>What the commands would do</h2>");
        writer.WriteLine(Bar(collection.Commands, "bar big"));
        writer.WriteLine("<ul class=\"key\">");
        foreach (var (effect, index) in Named())
        {
            writer.WriteLine($"<li><i class=\"{effect}\"></i>{effect} {Number(collection.Commands[index])} "
                + $"<span class=\"dim\">{Share(collection.Commands[index], all)}</span></li>");
        }

        writer.WriteLine(collection.Inside == 0 ? "</ul>"
            : $"<li class=\"dim\">{Number(collection.Inside)} of them inside another shell or a database: "
            + "put to a person</li></ul>");
    }

    private static void Parts(TextWriter writer, CollectionDigest collection)
    {
        if (collection.Parts.All(part => part.Of == 0))
        {
            return;
        }

        var answers = Number(collection.Parts.Max(part => part.Of));
        writer.WriteLine($"<h2>What the {answers} answers to alerts and failures have</h2>");
        writer.WriteLine("<div class=\"parts\">");
        foreach (var part in collection.Parts)
        {
            var width = Percent(part.Has, part.Of).ToString("0.##", CultureInfo.InvariantCulture);
            writer.WriteLine($"<span>{part.Name}</span>"
                + $"<div class=\"bar\"><i class=\"read\" style=\"width:{width}%\"></i></div>"
                + $"<span class=\"dim\">{Number(part.Has)} of {Number(part.Of)}</span>");
        }

        writer.WriteLine("</div>");
    }

    private static void Table(TextWriter writer, CollectionDigest collection)
    {
        writer.WriteLine("<h2>Runbook by runbook</h2><div class=\"scroll\"><table><thead><tr><th>Runbook</th>"
            + "<th>Procedures</th><th>Alerts</th><th>Scenarios</th><th>Commands</th><th>By effect</th><th>By hand</th>"
            + "<th>Complete</th><th>No meaning</th><th>Diagnostics</th></tr></thead><tbody>");
        foreach (var each in collection.Runbooks)
        {
            var complete = each.Completeness is { } percent
                ? string.Create(CultureInfo.InvariantCulture, $"{percent} %")
                : "<span class=\"dim\">–</span>";
            var diagnostics = Diagnostics(each);
            writer.WriteLine($"<tr><td>{WebUtility.HtmlEncode(each.Title)}"
                + $"<small>{WebUtility.HtmlEncode(each.Path)}</small></td>"
                + $"<td>{Number(each.Procedures)}</td><td>{Number(each.Alerts)}</td><td>{Number(each.Scenarios)}</td>"
                + $"<td>{Number(each.Commands.Sum())}</td><td>{Bar(each.Commands, "bar")}</td>"
                + $"<td>{Number(each.HumanSteps)}</td><td>{complete}</td>"
                + $"<td>{Share(each.Unrecognised, each.Lines)}</td><td>{diagnostics}</td></tr>");
        }

        writer.WriteLine("</tbody></table></div>");
    }

    private static string Diagnostics(RunbookDigest runbook)
    {
        string[] told =
        [
            runbook.Errors > 0 ? $"<span class=\"bad\">{Count(runbook.Errors, "error")}</span>" : "",
            runbook.Warnings > 0 ? $"<span>{Count(runbook.Warnings, "warning")}</span>" : "",
        ];
        return runbook.Errors + runbook.Warnings == 0
            ? "<span class=\"dim\">–</span>"
            : string.Join(", ", told.Where(part => part.Length > 0));
    }

    private static string Bar(ImmutableArray<int> commands, string style)
    {
        var all = commands.Sum();
        var words = string.Join(", ", Named().Select(each => $"{commands[each.Index]} {each.Effect}"));
        var parts = string.Concat(Named().Where(each => commands[each.Index] > 0).Select(each => string.Create(
            CultureInfo.InvariantCulture,
            $"<i class=\"{each.Effect}\" style=\"width:{Percent(commands[each.Index], all):0.##}%\"></i>")));
        return $"<div class=\"{style}\" role=\"img\" aria-label=\"{words}\" title=\"{words}\">{parts}</div>";
    }

    private static IEnumerable<(string Effect, int Index)> Named() =>
        Enum.GetValues<Effect>().Order().Select((effect, index) => (effect.Name(), index));

    private static double Percent(int part, int all) => all == 0 ? 0 : 100.0 * part / all;

    private static string Share(int part, int all) =>
        string.Create(CultureInfo.InvariantCulture, $"{Percent(part, all):0.#} %");

    private static string Count(int number, string noun) => $"{Number(number)} {noun}{(number == 1 ? "" : "s")}";

    private static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
