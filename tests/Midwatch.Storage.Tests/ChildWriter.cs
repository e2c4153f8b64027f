using System.Globalization;
using System.Runtime.CompilerServices;
using Midwatch.Incidents;
using Midwatch.Incidents.Journal;
using Midwatch.Storage.Sqlite;

namespace Midwatch.Storage.Tests;

/// <summary>
/// The process that is killed: appends one event after another and prints each version once it is answered.
/// </summary>
internal static class ChildWriter
{
    public const string Argument = "append-until-killed";

    // The test runner owns Main; a module initializer comes before it.
    [ModuleInitializer]
    internal static void RunWhenAsked()
    {
        var arguments = Environment.GetCommandLineArgs();
        if (arguments.Length == 3 && arguments[1] == Argument)
        {
            AppendAsync(arguments[2]).GetAwaiter().GetResult();
            Environment.Exit(0);
        }
    }

    private static async Task AppendAsync(string directory)
    {
        if (SqliteEventStore.Open(directory, "child") is not StoreOpening.Opened { Store: { } store })
        {
            return;
        }

        var stream = StreamId.Of(IncidentId.FromNumber(1));
        var output = Console.Out;
        for (var version = 0L; version < 100_000; version++)
        {
            var result = await store.AppendAsync(
                stream, version, [new JournalEntry("note-added", new string('x', 500))], CancellationToken.None);
            if (result is AppendResult.Appended appended)
            {
                await output.WriteLineAsync(appended.Version.ToString(CultureInfo.InvariantCulture));
                await output.FlushAsync();
            }
        }
    }
}
